# 私下一題一題問：標籤合不合。

command-answer = 回答
    .about = 接著回答等你回答的題目，只有你看得到
    .also = 答題

asking-title-daily = 每天三題
asking-title-round = 判讀
asking-title-practice = 練習
asking-place = 第 { $n } 題，共 { $total } 題
asking-fits = 「{ $label }」適合這一篇嗎？
asking-yours = 你的回答：{ $answer }
asking-reason = 你的理由：
asking-noted = 記下了：「{ $label }」{ $answer }
asking-skipped = 跳過了：「{ $label }」
asking-done = 都答完了，謝謝你！
asking-stopped =
    好，今天先到這裡。
    想繼續的話，打 /answer 就會接著問。
asking-nothing = 現在沒有等你回答的題目。想每天收到幾題，可以打 /daily on。
asking-explain = 為什麼覺得「{ $label }」合適或不合適？寫在下一則訊息就好。
asking-how-to-explain = 理由請這樣寫：/answer { $number } why 你的理由
asking-not-understood =
    「{ $found }」不是可以選的回答。
    可以用：/answer { $number } 加上「合適」、「不合適」、「不確定」、「跳過」或「停」。

button-said-yes = 合適
button-said-no = 不合適
button-said-unsure = 不確定
button-skip = 跳過
button-stop = 今天先這樣
button-explain = ✎ 說理由
button-before = ‹ 上一題
button-change = ‹ 改上一題

answer-unsure = unsure
    .also = 不確定,不知道,?,？
answer-skip = skip
    .also = 跳過,略過
answer-stop = stop
    .also = 停,停止,今天先這樣
answer-show = show
    .also = 看,改
answer-why = why
    .also = 理由,因為

error-question-over = 這一題已經結束了，不能再回答。打 /answer 看看還有沒有別的。
