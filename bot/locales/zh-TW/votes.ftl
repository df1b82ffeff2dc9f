# 卡片、投票，和在聊天裡收藏時說的話。

# 卡片

label-proposed = ?
card-none-fits = { $n } 人覺得都不合適
card-discuss = { $n } 人想討論

button-vote = 標籤對嗎
button-wrong = 👎 不對
button-add = ＋ 標籤
button-none-fits = 都不合適
button-discuss = 🤔 討論
button-back = ‹ 返回
button-further = 其他 ›
button-choose = ✓ 就選「{ $label }」
button-tree = 從標籤表找
button-split = 拆開

# 投票

vote-ask = 標籤貼得對嗎？對的按 ✓，不對的按 ✗，再按一次就收回。
vote-for = 記下了：✓ { $label }
vote-against = 記下了：✗ { $label }
vote-withdrawn = 收回了：{ $label }
vote-none-fits = 記下了：都不合適
vote-none-fits-withdrawn = 收回了：都不合適
vote-discuss = 記下了：想討論這一篇
vote-discuss-withdrawn = 收回了：不討論這一篇
standing-missing = { $n ->
    [0] （還差 { $missing } 票）
   *[other] （{ $n } 票，還差 { $missing } 票）
}
standing-confirmed = （{ $n } 票，大家確認了）
standing-rejected = （{ $n } 票，大家覺得不合適）
standing-disputed = （意見不一，討論中）
standing-own = （這是你分享的，這裡不計分享者自己的票）

pick-dimension = 要加哪一種標籤？
pick-which = 「{ $words }」可能是這些標籤，你要哪一個？
pick-nothing = 沒有像「{ $words }」的標籤。
pick-hint = 也可以直接打{" "}
    .example = 標籤名稱

# 一次很多篇

burst-progress = 收到 { $total } 篇，做完 { $done } 篇…
burst-done = { $failed ->
    [0] 收好了 { $n } 篇
   *[other] 收好了 { $n } 篇，{ $failed } 篇沒有收成
}
burst-rest = 還有 { $n } 篇，/recent 可以看到

failed-bad-address = 網址不對
failed-blocked-address = 網址不能開
failed-not-found = 頁面不在了
failed-forbidden = 網站不給看
failed-too-large = 太大了
failed-not-an-article = 沒有文章
failed-unsupported-type = 讀不了這種檔案
failed-unreadable = 檔案打不開
failed-rate-limited = 網站太忙
failed-timed-out = 等太久了
failed-unreachable = 連不上
failed-other = 出了點狀況

# 訊息和門口

picture-only = 我還看不懂圖片。加上幾句說明，或把文字、連結貼給我吧。
split-nothing = #{ $number } 只有一則訊息，沒有可以拆的。
keep-ask = 帶來 #{ $number }「{ $title }」的訊息刪掉了。收藏也要一起移除嗎？
no-way-in = 這個回答只給你一個人看，但我沒辦法私訊你。請開放這裡的成員私訊你，再問一次。
at-the-door = 這個我私下回你。先打開這裡一次就好：
    .link = 跟我說聲嗨
not-let-in = 這裡是某個社群自己的機器人，你還不在名單上。想加入的話，把這串給管理的人：{ $chat }
vote-anonymous = 用群組或頻道的身分沒辦法投票，請換回自己的帳號。
