# 對話裡說的話。

welcome-title = Commonplace
welcome-count = { $n ->
    [0] 書架還空著。貼上第一個連結吧，摘要和標籤交給我。
   *[other] 已經收藏了 { $n } 篇。貼上連結、文字或檔案路徑，摘要和標籤交給我。
}
welcome-hint = /help 看能做什麼 · /search 搜尋 · /language English

unknown-command = 沒有 /{ $name } 這個指令。
did-you-mean = 你要的是{" "}
    .end = {" "}嗎？
see-help = 輸入 /help 看有哪些指令。
usage = 寫法：
door-is-open = 門開了，以後可以在這裡回答你。請回群組再問一次。
button-too-old = 這個按鈕太舊了，請再問一次。
no-more = 沒有下一頁了。

help-intro = 把連結、一段文字，或 PDF、HTML、文字檔給我（在終端機是檔案路徑），我就會收下、摘要、貼標籤。
help-outro = 中文指令也通，例如「/搜尋 移工」。只輸入編號就能看那一篇。

# 收藏

step-fetching = 正在抓取…
step-summarising = 正在摘要…
step-labelling = 正在貼標籤…
step-saving = 正在存檔…

card-known = { $shares ->
    [1] 這篇已經收藏過了：{ $date }收進來的。
   *[other] 這篇已經收藏過了：有 { $shares } 個人分享過，最早是 { $date }。
}
card-waiting = 「{ $title }」已經收到，正在處理。
card-same-story = 和 #{ $number } 講的是同一件事，已經放在一起。
card-same-story-at = 和 #{ $number }（{ $site }）講的是同一件事，已經放在一起。
card-no-labels = 還沒有合適的標籤
card-shared = { $shares ->
    [1] { $date }收藏
   *[other] { $date }收藏，{ $shares } 個人分享過
}

card-llm = 🤖＝只有大型語言模型這樣建議
card-generated = 🤖 摘要是模型自己寫的，不是引用原文
label-llm = 🤖?
label-brief-llm = 🤖 { $name }?
label-suggested = { $percent }?
label-confirmed = ✓
label-disputed = 討論中
label-brief-suggested = { $name }?
label-brief-confirmed = { $name }
label-brief-disputed = { $name }（討論中）

button-why = 為什麼
button-similar = 類似
button-remove = 移除
button-more = 更多
button-all = 全部列出
button-find = 看有哪些
button-failed = 看失敗的
button-retry = 再試一次
button-paste = 貼上全文
button-search-it = 搜尋這句話
button-save-it = 收藏這段文字
button-remove-yes = 移除
button-remove-no = 留著

short-text = 這段話不長，要找它，還是收藏它？
resuming = 上次有 { $n } 篇還沒做完，現在接著做。
retry-all = 好，重試 { $n } 篇。
retry-nothing = 沒有需要重試的。
retry-done = #{ $number } 已經好好的，不需要重試。
paste-ask = 把「{ $title }」的全文貼過來吧，下一則訊息就當作它的內容。
remove-ask = 要移除「{ $title }」嗎？摘要和標籤也會一起刪掉。
removed = 已經移除「{ $title }」。
kept = 好，「{ $title }」留著。

# 尋找

search-found = 找到 { $total } 篇，這是第 { $first }–{ $last } 篇
search-found-all = 找到 { $total } 篇
search-nothing = 找不到「{ $query }」。
search-nothing-hint = 換個說法，或少一點條件試試。/help search 有搜尋的寫法。
found-title = 標題有「{ $words }」
found-text = 內文有「{ $words }」
found-meaning = 意思相近
found-label = 標籤「{ $words }」
found-filter = 符合 { $words }
found-others = 另有 { $n } 篇講同一件事
similar-found = 和「{ $title }」相近的
similar-nothing = 還沒有和「{ $title }」相近的文章。
recent-found = 最近收藏，第 { $first }–{ $last } 篇，共 { $total } 篇
recent-found-all = 共 { $total } 篇，新的在前
recent-nothing = 書架還空著。貼上第一個連結吧。

search-help = 搜尋可以這樣寫
    .examples =
        移工 居留權 — 有這些字，或意思相近
        "三年出國一日" — 一字不差的句子
        移工 -仲介 — 不要提到「仲介」
        label:勞動 — 有這個標籤，或它底下的
        -label:勞動 — 沒有這個標籤
        site:公視 — 這個網站的
        by:王小明 — 這位作者寫的，或這位成員分享的
        lang:en — 英文的
        since:2026-01 until:2026-03 — 這段時間的
        is:suggested — 標籤還沒有人確認的（還有 confirmed、disputed、rejected、none-fits、failed）

filter-label = 有這個標籤
filter-site = 來自這個網站
filter-by = 作者或分享的人
filter-lang = 文章的語言
filter-since = 從這天起
filter-until = 到這天為止
filter-is = 標籤或文章的狀態
filter-suggested = 只有模型的建議
filter-confirmed = 大家確認過
filter-disputed = 還在討論
filter-rejected = 大家覺得不合適的
filter-none-fits = 大家認定沒有合適的標籤
filter-failed = 沒有收成
filter-zh = 中文
filter-en = 英文

# 標籤

labels-hint = /labels 面向 看整棵樹 · /label 名稱 看定義
choice-one = 擇一
choice-many = 可複選
label-count = { $n ->
    [0] 還沒有文章
   *[other] { $n } 篇
}
label-also = 又稱
label-asked = 問法
label-include = 包括
label-exclude = 不包括
label-edge = 難判斷時
label-below = 下一層

why-premise-summary = 根據摘要判斷：
why-premise-text = 根據全文判斷：
why-accepted = ✓
why-refused = ·
why-threshold = ≥ { $percent }
why-because = 因為「{ $label }」有 { $percent }
why-rest = 另外 { $n } 個最多 { $percent }
why-llm = 🤖 大型語言模型（{ $model }）的建議：{ $labels }
why-model = 模型 { $model } · 問句版本 { $wording }
why-nothing = 「{ $title }」還沒有貼標籤。

# 狀態

status-title = { $community } 的收藏
status-lead-items = 文章
status-lead-busy = 進度
status-lead-labels = 標籤模型
status-lead-llm = 語言模型
status-llm = { $n ->
    [0] 都問過了
   *[other] 還有 { $n } 篇等著問
}，今天（UTC）用了 { $tokens } token
status-lead-search = 語意模型
status-lead-storage = 儲存
status-items = 共 { $n } 篇
status-state = { $state } { $n } 篇
status-busy = { $n ->
    [0] 都做完了
   *[other] 還有 { $n } 篇在處理
}
status-storage = 資料庫 { $items } 篇，語意索引 { $vectors } 篇
state-received = 已收到
state-fetched = 已抓取
state-summarised = 已摘要
state-labelled = 已貼標籤
state-done = 完成
state-failed = 失敗

# 語言

language-ask = 你想用哪一種語言？
language-unknown = 我還不會說「{ $name }」。
language-set = 好，以後說中文。
