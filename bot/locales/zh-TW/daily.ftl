# 每天三題：想幫忙的人，每天私下收到幾題。

command-daily = 每天三題
    .argument = 開｜關｜時間｜現在
    .about = 每天私下問你三題，一起把標籤貼準
    .also = 每日三題

daily-is-off =
    「{ $community }」的每天三題：你還沒打開。
    打開之後，每天會私下問你三題，大約兩分鐘，可以隨時跳過或關掉。
daily-is-on =
    「{ $community }」的每天三題：開著，每天 { $at }（{ $zone }）。
    改時間就打 /daily 08:30 這樣。
daily-turned-on =
    好，每天 { $at }（{ $zone }）會私下問你三題「{ $community }」的標籤，{ $day ->
        [tomorrow] 從明天開始。
       *[today] 從今天開始。
    }
    沒有值得問的，就不會打擾你。
daily-turned-off = 好，不再每天問你了。想再打開就打 /daily on。
daily-nothing = 現在沒有值得問的題目，標籤都好好的。
daily-is-done = 今天的都答完了，謝謝你！明天再來。
daily-which = 要哪一個社群的？
daily-not-understood =
    我看不懂「{ $found }」。
    可以打：/daily on、/daily off、/daily 20:00，或 /daily now。

button-daily-on = 打開
button-daily-off = 關掉
button-daily-now = 現在就問

word-on = 開
    .also = 打開,開始,要
word-off = 關
    .also = 關掉,關閉,停止,不要
word-now = 現在
    .also = 馬上,立刻
daily-means-on = 打開
daily-means-off = 關掉
daily-means-now = 現在就問
