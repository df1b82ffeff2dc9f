# 判讀：大家各自看同一批文章，再比一比；還有新成員的練習。

command-round = 判讀
    .argument = 開始 30 面向
    .about = 大家各自判讀同一批文章，再比較看法；不加字就看進度
    .also = 共同判讀,輪
command-practice = 練習
    .about = 五題小練習，熟悉標籤的界線
    .also = 練習題

round-word-start = 開始
    .about = 編輯開一輪：篇數和面向，例如 開始 30 topic
    .also = start,開
round-word-join = 參加
    .about = 參加，或接著回答
    .also = join,加入,繼續
round-word-leave = 退出
    .about = 不再參加；答過的會留著
    .also = leave,離開
round-word-close = 結束
    .about = 編輯結束一輪，公布比較結果
    .also = close,關閉
round-word-results = 結果
    .about = 看結束的那一輪：一致程度和分歧的文章
    .also = results,result,比較
round-word-practice = 練習
    .also = practice

round-title-practice = 第 { $number } 輪判讀：{ $dimension }（練習）
round-title-counted = 第 { $number } 輪判讀：{ $dimension }
round-invites = { $items } 篇文章、最多 { $questions } 題，我會私下一題一題問你，隨時可以停、可以接著答。
round-about-practice = 這一輪是練習：答完會告訴你標籤表怎麼說，答案不會算票，也不會拿去訓練。
round-about-counted = 請照自己的看法回答。結束之前，誰都看不到別人的答案；結束之後，答案會變成你的票。
round-fewer = 沒看過的文章只剩 { $items } 篇（原本想要 { $asked } 篇）。
round-joined = { $n ->
    [0] 還沒有人參加
   *[other] { $n } 人參加
}
round-is-closed = 這一輪結束了。
round-which = 要判讀哪一個面向？
round-how =
    我不懂「{ $found }」。可以這樣打：
    /round 開始 30 topic（編輯）、/round 參加、/round 結束（編輯）、/round 結果
    只打 /round 可以看進度。

round-nobody = 還沒有人參加。
round-done-of = { $done }／{ $total } 題
round-so-far = 目前的一致程度（{ $items } 篇可以比較）：
round-target = 目標 { $target }
round-none = 現在沒有進行中的判讀。
round-last = 上一輪：{ $title }
round-how-to-start = 想開一輪：/round 開始 { $size } { $dimension }
round-nothing-left = 第 { $number } 輪你已經全部答完了，謝謝！
round-left = 好，你退出第 { $number } 輪了，答過的會留著。想回來就按「參加」。
round-not-there = 你本來就沒有參加第 { $number } 輪。
round-reminder = { $title }還有 { $n } 題在等你。
round-reminder-hint = 一天最多提醒一次，三次沒回就不再提醒。
round-all-through = { $title }：參加的人都答完了。編輯可以結束這一輪；還沒參加的人也還來得及。
round-through =
    這一輪你都答完了，謝謝你！
    結束之後會在群組裡公布比較結果。
round-begin = 題目只給你一個人看。先私下打開我，再打 /answer 就可以開始。

round-raters = { $n } 人回答，共 { $items } 篇
round-agreement = 一致程度：
round-before = 之前（第 { $number } 輪）：
round-interval = （{ $low } 到 { $high }）
round-better = 進步 { $change }
round-worse = 退步 { $change }
round-same = 差不多
round-no-alpha-nothing = 還沒有人回答
round-no-alpha-one-rater = 只有一個人回答，還不能比
round-no-alpha-no-overlap = 還沒有兩個人答過同一題
round-no-alpha-no-variation = 大家每題都答一樣，算不出來
round-was-practice = 這一輪是練習，不列入紀錄。
round-split = 看法分歧的有 { $n } 篇，最分歧的是：
round-no-split = 大家對每一篇的看法都一樣。
round-divided = 「{ $label }」：合適 { $yes } 人，不合適 { $no } 人
round-next-practice = 下一步：先來一輪練習。
round-next-counted = 下一步：談談上面的分歧，再判讀一批新的文章（每個標籤都會抽到，少見的和模型拿不準的也在內）。
round-next-none = 這個面向告一段落了。以後標籤有變，可以從練習再來一次。

button-round-join = ✋ 參加
button-round-go-on = 接著回答
button-round-leave = 退出
button-round-close = 結束這一輪
button-round-results = 看結果
button-round-next = ▶ 開始下一輪

# 練習

practice-same = 對，標籤表也是這樣看。
practice-other = 標籤表的看法不一樣。
practice-decided = 大家決定的是：「{ $label }」{ $answer }。
practice-definition = 這句話是「{ $label }」的定義。
practice-include = 「{ $label }」包括：{ $says }
practice-exclude = 「{ $label }」不包括：{ $says }
practice-edge = 「{ $label }」的界線：{ $says }
practice-done = 練習做完了，謝謝你！想再做一次，打 /practice。
practice-counts = 練習做完了，謝謝你！從現在起，你的票會算數。
practice-counts-earlier = 你先前在 { $n } 篇文章投的票，也開始算了。
practice-nothing = 標籤表裡還沒有可以練習的例子，你不用練習，票直接算數。
practice-hint =
    你的票我留著了。這個社群請新成員先做五題小練習，做完就開始算，先前投的也算。
    大約一分鐘，只有你看得到。
button-practice = 開始練習

setting-practice = 新成員先練習
    .about = 新成員做完五題練習，票才算：/settings 練習 要（投過票的人不受影響）
    .also = 練習,practice
setting-practice-yes = 要
    .also = 是,yes,on
setting-practice-no = 不用
    .also = 否,不要,no,off

cause-round = 判讀結束
cause-practice = 新成員做完練習

error-unknown-round = { $number ->
    [0] 沒有這樣的判讀。
   *[other] 沒有第 { $number } 輪判讀。
}
    .next = /round 可以看進度和上一輪。
error-bad-round = { $reason ->
    [size] 一輪可以有 { $expected } 篇，不是 { $found } 篇。
    [target] 目標是 0 到 1 之間的數字，例如 0.8，不是 { $found }。
    [dimension] 「{ $found }」不是面向。有的是：{ $expected }。
    [no-items] 沒看過的文章只剩 { $found } 篇，至少要 { $expected } 篇。多收幾篇再開一輪吧。
    [is-open] 第 { $found } 輪還在進行，先結束它：/round 結束 { $found }
    [is-closed] 第 { $found } 輪已經結束了。
   *[not-closed] 第 { $found } 輪還沒結束，結束之前不公布答案。
}
