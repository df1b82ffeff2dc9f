# 一週摘要：/digest；編輯者用的 /keep 和 /hold。

command-digest = 週報
    .argument = 7d｜開｜關｜預覽
    .about = 這週收了什麼，馬上看，或每週送來
    .also = 一週摘要
command-keep = 優先
    .argument = 編號
    .about = 下一期週報一定要有這篇（編輯者）
    .also = 置頂
command-hold = 不放
    .argument = 編號
    .about = 週報先不要放這篇（編輯者）
    .also = 保留

digest-title = 「{ $community }」週報：{ $since }到{ $until }
digest-about = 內容：{ $about }
digest-everything = 全部
digest-no-stories = 這幾天沒有新的內容。
digest-shares = { $n } 人分享
digest-others = 另有 { $n } 篇同樣的內容
digest-rest = 還有 { $n } 則：
digest-rest-file = 還有 { $n } 則。
digest-changes = 有結果的標籤
digest-change = { $label }：{ $n } 篇「{ $status }」
digest-codebook = 標籤表改到第 { $version } 版
digest-disputes = 需要討論
digest-disputed = 「{ $label }」，大家看法不同
digest-discussed = 「{ $label }」，正在討論
digest-disputes-rest = 還有 { $n } 個：
digest-count = { $label } { $n } 篇（平常 { $usual }）
digest-counts = 收得最多的：{ $counts }。
digest-bar = { $n } 篇 · 平常 { $usual }
digest-chart-title = 這幾天收了什麼
digest-chart-subtitle = 長條：這幾天。短線：平常的數量，看前四週。
digest-chart-alt = 各標籤收了幾篇：{ $counts }。
digest-csv-label = 標籤
digest-csv-now = 這幾天
digest-csv-usual = 平常
digest-files = { $title }，附上 Markdown 和 Atom 檔。

digest-preview = 預覽：最近七天。
digest-preview-at = 預覽：照現在的樣子，{ $at } 會送出這些。
digest-preview-hint = /keep 12 讓一篇排在最前面，/hold 12 不放；後面加「關」就取消。
digest-kept = 排在前面：{ $numbers }
digest-held = 不放：{ $numbers }
digest-picked-keep = 下一期週報會先放〈{ $title }〉。要取消就打 /keep { $number } 關。
digest-picked-hold = 週報不會放〈{ $title }〉。要取消就打 /hold { $number } 關。
digest-unpicked = 〈{ $title }〉照一般的方式排。
digest-pick-unknown =
    編號後面的「{ $found }」我看不懂。
    可以打 /{ $command } 12；要取消就打 /{ $command } 12 關。

digest-none =
    這裡還沒有訂週報。
    打 /digest on 或 /digest 開 星期一 09:00，就會每週送來；/digest 訂閱 label:topic/labour 星期五 18:00 只看一個標籤。/digest 7d 馬上看最近幾天。
digest-wanted = 會送來這裡的週報
digest-when = { $day } { $time }
digest-next = 下一期：{ $at }
digest-hint =
    多訂一份：/digest 訂閱 label:topic/labour 星期五 18:00
    不要了：/digest 關 1
digest-turned-on =
    好，「{ $community }」的週報每{ $when }（{ $zone }）送來，內容：{ $about }。
    第一期：{ $next }。沒什麼事的那一週就不送。
digest-turned-off = { $n ->
    [0] 這裡本來就沒有週報。
   *[other] 好，{ $n } 份週報不再送了。
}
digest-is-late =
    「{ $community }」的週報該送的時候（{ $when }，內容：{ $about }）我不在，現在太晚了，這期就跳過。
    想看還是可以打 /digest 7d。下一期照常。
digest-is-unreadable =
    「{ $community }」的週報做不出來：我看不懂「{ $about }」了，可能是標籤改過。
    打 /digest 看目前的設定，再用 /digest 訂閱 重新訂。
digest-unknown =
    我看不懂「{ $found }」。/digest 後面可以接天數（7d、2週）、開、關、訂閱或預覽。
    例如：/digest 7d，或 /digest 開 星期一 09:00。
digest-unknown-time =
    「{ $found }」不是星期幾，也不是時間。
    例如：/digest 開 星期一 09:00。
digest-span =
    「{ $found }」不在 1 到 { $most } 天之間。
    例如：/digest 7d。
digest-no-such =
    這裡沒有第 { $found } 份週報，{ $most ->
        [0] 一份都沒有
       *[other] 只有 1 到 { $most }
    }。
    打 /digest 看看。

button-digest-on = 每週一早上九點
button-digest-off = 不要第 { $n } 份
button-digest-week = 最近七天
button-digest-preview = 預覽
button-digest-files = 存成檔案
button-digest-keep = 📌 #{ $number }
button-digest-hold = 不放 #{ $number }

digest-word-on = 開
    .also = 訂閱,打開,每週,訂
digest-word-off = 關
    .also = 關掉,取消,退訂,停
digest-word-preview = 預覽
    .also = 下一期
digest-word-files = 檔案
    .also = 存檔

weekday-0 = 星期一
    .also = 週一,周一,禮拜一
weekday-1 = 星期二
    .also = 週二,周二,禮拜二
weekday-2 = 星期三
    .also = 週三,周三,禮拜三
weekday-3 = 星期四
    .also = 週四,周四,禮拜四
weekday-4 = 星期五
    .also = 週五,周五,禮拜五
weekday-5 = 星期六
    .also = 週六,周六,禮拜六
weekday-6 = 星期日
    .also = 週日,周日,禮拜日,星期天,週天,禮拜天

cli-digest = 最近幾天收了什麼
cli-digest-more =
    每則內容配一句原文，還有哪些標籤有了結果、哪些需要討論；可以看全部，也可以像搜尋一樣只看一部分。
    不影響聊天室每週的週報。
cli-digest-examples =
    commonplace digest > 週報.md
    commonplace digest label:topic/labour --days 30 --format atom --output 勞動.atom
cli-option-digest-days = 最近幾天，包含今天
cli-option-digest-format = markdown 或 atom
cli-option-digest-output = 寫到這個檔案
cli-digest-written = { $stories } 則寫進 { $file }。
