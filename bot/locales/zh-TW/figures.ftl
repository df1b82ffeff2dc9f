# 圖表：/stats、/trend、/gaps，還有命令列的 stats、trend、gaps。

command-stats = 統計
    .argument = 來源｜交叉｜參與｜1年
    .about = 收了多少、從哪裡來、哪些標籤常一起出現，附圖和 CSV
    .also = 數字
command-trend = 趨勢
    .argument = 標籤 1y
    .about = 標籤這段時間有多少，附圖和 CSV
    .also = 走勢
command-gaps = 缺口
    .argument = 30d 主題
    .about = 哪些標籤很久沒有收到內容
    .also = 缺

figures-word-sources = 來源
    .also = 媒體,出處,網站
figures-word-together = 交叉
    .also = 標籤,對照,熱圖
figures-word-people = 參與
    .also = 大家,人,貢獻
figures-word-all = 全部
    .also = 所有,至今

figures-title-overview = 「{ $community }」收了什麼
figures-title-trend = 「{ $label }」的趨勢
figures-title-trends = 標籤的趨勢
figures-title-together = { $rows } × { $columns }
figures-title-sources = 內容從哪裡來
figures-title-gaps = 超過 { $days } 天沒有收到的標籤
figures-title-people = 多少人參與

figures-span = { $first }到{ $last }
figures-period-week = { $date }那一週
figures-period-month = { $year }年{ $month }月
figures-period-year = { $year }年

figures-nothing = 這段時間沒有內容。
figures-longer = 可以看久一點：後面加 2y、全部，或換個條件。
figures-came = 收進 { $n } 篇。
figures-items = { $n } 篇
figures-most = { $period }最多，{ $n } 篇。
figures-change-more = 後半段比前半段多（{ $earlier } → { $later } 篇）。
figures-change-fewer = 後半段比前半段少（{ $earlier } → { $later } 篇）。
figures-change-alike = 前半段和後半段差不多（{ $earlier }、{ $later } 篇）。
figures-gap-between = {""}
figures-count = { $name } { $n } 篇
figures-labels = 最多的標籤：{ $labels }。
figures-silent = { $all } 個標籤裡，有 { $n } 個超過 { $days } 天沒有新內容。
figures-people-year = 最近一年有 { $n } 人參與。

figures-of-all = { $n } 篇 · 全部的 { $percent } · 大家確認過 { $confirmed } 篇
figures-trend = { $label }：{ $figures }。
figures-trend-nothing = { $label }：這段時間沒有內容。
figures-left-out = 還有 { $n } 個比較少的標籤沒畫出來。
figures-by-text-day = 依文章發表的日期計算；沒有寫日期的，用收到的日期。
figures-key-confirmed = 大家確認過
figures-key-cut = 淺色：{ $step ->
    [week] 不滿一週
    [year] 不滿一年
   *[month] 不滿一個月
}
figures-key-suggested = 建議的，還沒確認

figures-none-together = 這段時間沒有同時有「{ $rows }」和「{ $columns }」標籤的內容。
figures-pair = { $row } × { $column }（{ $n } 篇）
figures-both = { $n } 篇同時有「{ $rows }」和「{ $columns }」的標籤。
figures-pairs = 最常一起出現：{ $pairs }。
figures-empty = { $all } 格裡有 { $n } 格是空的。
figures-no-pair =
    要兩個面向才能對照，這裡只有一個。
    /trend 可以看它的標籤。

figures-no-sources = { $n } 篇都沒有來源，例如直接貼上的文字。
figures-concentration = { $n ->
    [1] 全部來自「{ $name }」。
   *[other] 共 { $n } 個來源，一半的內容來自其中 { $half } 個；最多的是「{ $name }」，佔 { $percent }。
}
figures-effective = 集中的程度，相當於 { $n } 個一樣大的來源。
figures-nameless = 另有 { $n } 篇沒有來源，不列入。
figures-share = { $n } 篇 · { $percent }
figures-other-sources = 其他 { $n } 個來源

figures-no-gaps = { $n } 個標籤最近 { $days } 天都有新內容。
figures-gaps = { $all } 個標籤裡，有 { $n } 個超過 { $days } 天沒有新內容。
figures-gap = { $label }：{ $silence }
figures-below = ，底下 { $n } 個也是
figures-silence = { $days } 天（最後一篇 { $date }）
figures-silence-never = 從來沒有
figures-days = { $n } 天
figures-rest = 還有 { $n } 個，在 CSV 裡。
figures-never = 從來沒有的：{ $labels }
figures-never-rest = ，還有 { $n } 個
figures-gaps-subtitle = { $kind ->
    [never] 斜線：從來沒有收到。
    [both] 長條：多久沒有收到。短線：{ $days } 天。斜線：從來沒有。
   *[once] 長條：多久沒有收到。短線：{ $days } 天。
}
figures-gaps-hint = 依收到的日期計算。很久沒有，可能是沒人注意，也可能是標籤該改了。

figures-people = 這段時間共有 { $n } 人分享或投票。
figures-people-most = { $period }最多，{ $n } 人。
figures-people-did = 人數夠的月份裡，分享 { $shares } 次，投票 { $votes } 次。
figures-people-hidden = 有 { $n } 個月不到 { $floor } 人，不列數字。
figures-people-why = 至少 { $floor } 人才列數字，這裡不會出現誰做了什麼。
figures-few-people = 參與的人太少，不列人數。
figures-panel-items = 收進來的
figures-panel-people = 參與的人
figures-panel-people-told = 共 { $n } 人
figures-panel-shares = 分享
figures-panel-shares-told = { $n } 次
figures-panel-votes = 投票
figures-panel-votes-told = { $n } 次
figures-key-hidden = 不到 { $floor } 人，不列數字

figures-csv-start = 起日
figures-csv-items = 篇數
figures-csv-path = 路徑
figures-csv-label = 標籤
figures-csv-confirmed = 確認過
figures-csv-all = 全部
figures-csv-source = 來源
figures-csv-share = 比例
figures-csv-last = 最後一篇
figures-csv-days = 天數
figures-csv-people = 人數
figures-csv-shares = 分享
figures-csv-votes = 投票

button-figures-sources = 來源
button-figures-together = 標籤交叉
button-figures-people = 參與
button-figures-trend = 趨勢
button-figures-gaps = 缺口
button-figures-agreement = 一致性
button-figures-days = { $days } 天
button-figures-year = 一年
button-figures-all = 全部

cli-chapter-figures = 數字
cli-stats = 收了多少、從哪裡來、哪些標籤常一起出現
cli-stats-more =
    不加字是總覽；也可以加「來源」、「交叉」、「參與」，或兩個面向的名字。期間寫 90d、6m、1y，條件和搜尋一樣。
    參與的人數至少 5 人才列，不會列出是誰。
cli-stats-examples =
    commonplace stats
    commonplace stats 來源 1y --png 來源.png --csv 來源.csv
    commonplace stats topic stance --json
cli-trend = 標籤這段時間有多少
cli-trend-more =
    依文章發表的日期計算，沒有寫日期的用收到的日期。可以寫好幾個標籤（用逗號隔開）或一個面向；沒寫就是第一個面向。
cli-trend-examples =
    commonplace trend labour/migrant-workers 1y --png 趨勢.png
    commonplace trend 移工,環境 6m --json
cli-gaps = 哪些標籤很久沒有收到內容
cli-gaps-more = 沒寫期間就是 30 天；可以只看一個面向，或一個標籤底下的。
cli-gaps-examples =
    commonplace gaps
    commonplace gaps 90d topic --csv 缺口.csv
cli-option-figures-png = 把圖存成這個 PNG 檔
cli-option-figures-csv = 把數字存成這個 CSV 檔
cli-figures-written = 寫好 { $file }。
cli-figures-no-chart = 沒有東西可以畫，{ $file } 沒有寫。
