# 一致性：大家標得一不一致、哪些標籤分不清、每週的提醒。

command-agreement = 一致性
    .argument = 面向｜我｜提醒
    .about = 大家標得一不一致，哪些標籤最常分不清
    .also = 一致
word-me = me
    .also = 我,自己,我的
word-note = note
    .also = 提醒,週報

agreement-title = 大家標得一不一致
agreement-title-of = 「{ $dimension }」標得一不一致
agreement-from = { $raters } 人 · { $votes } 票
agreement-alpha = α { $alpha }
agreement-interval = （{ $low }–{ $high }）
agreement-percent = { $percent } 說法相同
agreement-items = { $n } 篇
agreement-raters = { $n } 人
agreement-reliable = 可以信賴
agreement-tentative = 勉強可用
agreement-low = 還不夠一致
agreement-few = 篇數太少，還看不準
agreement-key-reliable = { $at } 以上可以信賴
agreement-key-tentative = { $at } 以上勉強可用
agreement-reason-nothing = 還沒有人投票
agreement-reason-one-rater = 只有一個人投過，至少要兩個人
agreement-reason-no-overlap = 還沒有兩個人投過同一個標籤
agreement-reason-no-variation = 大家都選一樣的，看不出是一致還是剛好
agreement-words = α（Krippendorff's alpha）看的是「比亂猜好多少」：1 是完全一致，0 跟亂猜差不多，負的表示常常相反。{ $reliable } 以上可以信賴；{ $tentative } 到 { $reliable } 勉強可用，下結論要保留；再低，就先一起把標籤的界線講清楚。括號是 95% 信賴區間，篇數太少時不列。（門檻出自 Krippendorff 2004）
agreement-silence = 沒有按的標籤不算反對，只比較兩個人都表示過意見的地方。編輯的裁定和練習不算。
agreement-none = 還沒有票可以比。兩個人都對同一篇的標籤按過 ✓ 或 ✗，就看得出來。
agreement-unknown = 沒有「{ $words }」這個面向。有的是：{ $known }。也可以寫「我」看自己的。

agreement-disputed = 最常分不清的標籤
agreement-pair = { $first }／{ $second }
agreement-split = { $label }（有人說是，有人說不是）
agreement-example = 例：#{ $number }〈{ $title }〉
agreement-labels-none = 這個面向的標籤還沒有人投票。
agreement-kappas = 兩人一組比：Cohen's κ 的中位數 { $median }（{ $n } 組）
button-agreement-me = 我的
button-agreement-more = 下一頁

agreement-me-title = 你和大家一不一致（只有你看得到）
agreement-me-none = 你還沒有投過票，沒有可以比的。
agreement-me-votes = 你投了 { $n } 票。
agreement-me-decided = 已經有結論的 { $n } 個標籤裡，{ $same } 個和你說的一樣（{ $percent }）。結論裡也有你自己的票。
agreement-me-undecided = 你投過的標籤還沒有結論。
agreement-me-others = 和別人對同一個標籤的意見比，{ $n } 次裡有 { $same } 次相同（{ $percent }）。
agreement-me-alone = 還沒有人和你投過同一個標籤。
agreement-me-kappa = 和你一起投過票的 { $n } 個人，Cohen's κ 的中位數是 { $kappa }（1 是完全一致，0 跟亂猜差不多）。
agreement-me-words = 不一樣不代表你錯了：常常是標籤的界線沒講清楚。按 🤔 可以請大家討論。

agreement-chart-alt = 「{ $title }」：{ $strips }。{ $disputed }
agreement-chart-strip = { $dimension } { $now }
agreement-chart-strip-trend = { $dimension } { $now }，{ $first }是 { $from }，{ $last }是 { $to }
agreement-chart-and = ；
agreement-chart-bar = { $name }（{ $counted }）
agreement-chart-disputed = 最常分不清：{ $pairs }。
agreement-chart-span = { $from } 到 { $to } · { $raters } 人 · { $votes } 票
agreement-csv-dimension = 面向
agreement-csv-start = 起日
agreement-csv-alpha = alpha
agreement-csv-low = 下限
agreement-csv-high = 上限
agreement-csv-percent = 相同比例
agreement-csv-items = 篇數
agreement-csv-raters = 人數
agreement-csv-all = 全部

note-title = 一週的標註一致性（{ $from } 到 { $to }）
note-votes = 這週有 { $n } 票。
note-quiet = 這七天沒有人投票，沒有可以說的。
note-disputed = 最有爭議的
note-suggestion = 標籤說明可以考慮加這一句：
note-suggestion-open = 還沒有結論，先討論：
note-excludes = 「{ $label }」不包括主要在談「{ $other }」的文章，例如 #{ $number }〈{ $title }〉。
note-both = 「{ $label }」和「{ $other }」可以同時成立，例如 #{ $number }〈{ $title }〉。
note-open = #{ $number }〈{ $title }〉該標「{ $label }」還是「{ $other }」？
note-open-single = #{ $number }〈{ $title }〉算不算「{ $label }」？
note-edge-yes = 像 #{ $number }〈{ $title }〉這樣的文章，算「{ $label }」。
note-edge-no = 像 #{ $number }〈{ $title }〉這樣的文章，不算「{ $label }」。
note-honest = { $against ->
    [0] 這句是照 { $n } 篇有結論的文章自動拼出來的，不是誰的裁定；要不要用、怎麼寫，由編輯決定。
   *[other] 這句是照 { $n } 篇有結論的文章自動拼出來的（{ $against } 篇的結論不是這樣），不是誰的裁定；要不要用、怎麼寫，由編輯決定。
}
note-why = 每週一次，設定裡的「一致性提醒」可以關掉或改給大家看。

setting-note = 一致性提醒
    .about = 每週一說標得一不一致、哪些標籤有爭議：/settings 一致性提醒 編輯
    .also = 提醒
setting-note-off = 不用
    .also = 關
setting-note-editors = 私下給編輯
    .also = 編輯
setting-note-chat = 發在這裡
    .also = 大家

cli-agreement = 量一量大家判斷得一不一致
cli-agreement-more =
    CSV 檔，欄位是 rater、item、label、value：誰對哪一篇的哪個標籤怎麼說。沒有的列和空白的 value 算缺漏，
    不算反對。會算 Krippendorff's alpha（名目尺度）、相同比例，以及每兩個人的 Cohen's kappa；95% 信賴區間
    是把各篇重新抽樣算出來的。value 怎麼寫就怎麼比。標籤裡「/」之前的當作面向；幾個標籤合起來算的數字，
    只有 value 用的是同一組說法才有意義。
cli-agreement-examples =
    commonplace agreement judgements.csv
    commonplace agreement judgements.csv --json
cli-option-agreement-times = 算信賴區間時重新抽樣幾次；0 就不算
cli-option-agreement-seed = 換個數字，抽樣就不同
cli-agreement-label = 標籤
cli-agreement-pair = 兩個人
cli-agreement-alpha = α
cli-agreement-kappa = κ
cli-agreement-interval = 95% 信賴區間
cli-agreement-percent = 相同
cli-agreement-items = 篇數
cli-agreement-raters = 人數
cli-agreement-more-pairs = 還有 { $n } 組（用 --json 看全部）
error-bad-judgements = { $reason ->
    [unreadable] { $file } 讀不了。請檢查路徑。
    [encoding] { $file } 第 { $line } 行不是 UTF-8。請存成「CSV UTF-8」。
    [no-csv] { $file } 第 { $line } 行不是 CSV。請存成「CSV UTF-8」。
    [too-large] { $file } 有 { $found } 位元組，最多只能讀 { $limit }。請拆成幾個檔。
    [columns] { $file } 的欄位是 { $found }，缺了 { $expected }。第一行請寫 rater,item,label,value。
    [empty-cell] { $file } 第 { $line } 行的 { $found } 是空的。請補上，或刪掉這一行。
    [contradiction] { $file } 第 { $line } 行寫「{ $found }」，第 { $where } 行同一個人對同一篇、同一個標籤寫的是「{ $expected }」。請留一個。
    [empty] { $file } 裡沒有判斷。請每行寫一筆：rater,item,label,value。
   *[other] { $file } 不能當作判斷的表格使用，請檢查一下。
}
