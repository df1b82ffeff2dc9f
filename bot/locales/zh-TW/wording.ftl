# commonplace wording：怎麼問，模型最聽得懂

cli-wording = 量量看標籤怎麼寫，模型最聽得懂
cli-wording-more =
    需要一批你們已經標好的文字：每行有 id、text 和 labels（標籤的路徑，都不適合就寫 []；title 和 lang 可有可無），
    寫到的面向就要標完整。它會比較句型、名稱、別名和定義，只有在沒參與挑選的文字上也確實比較好，才會建議修改。
    大約 200 篇才看得出差別，50 篇多半不夠。
cli-wording-examples =
    commonplace wording --taxonomy 標籤.toml --data 標好的.jsonl
    commonplace wording --data 標好的.jsonl --dimension topic --language zh-TW --json
    commonplace wording --data 標好的.jsonl --template "作者在談{"{"}label{"}"}。" --output 新標籤.toml

wording-option-dimension = 只看標籤檔裡的這個面向（填 id）
wording-option-template = 另外想試的句型，名稱的位置寫 {"{"}label{"}"}（可以重複指定）
wording-option-seed = 換個數字就重新隨機抽樣；數字一樣，結果就一樣
wording-option-output = 把改好的標籤檔寫到這個檔案或資料夾
wording-option-overwrite = 允許 --output 蓋掉原有的檔案

wording-no-place = 句型「{ $template }」沒有放名稱的位置。請在那裡寫 {"{"}label{"}"}，例如「這篇文章與「{"{"}label{"}"}」有關。」
wording-exists = { $file } 已經存在。請換個檔名，或加上 --overwrite。
wording-asking = 提問
wording-weighing = 比較 { $dimension }

wording-heading = { $dimension }，用{ $language }提問：{ $texts } 篇文字，{ $labels } 個標籤有例子
wording-column-question = 問法
wording-column-ranking = 排序
wording-column-f1 = F1
wording-column-gain = 和現在相比
wording-kind-present = 現在的問法
wording-kind-template = 「{ $words }」
wording-kind-template-for-all = 「{ $words }」，每個標籤都用
wording-kind-alias = 名稱換成「{ $words }」
wording-kind-aliases = 名稱和別名並列
wording-kind-definition = 直接問定義
wording-kind-definition-after = 現在的問法，後面接定義
wording-kind-mean = 以上的平均（每種都要問）
wording-key =
    兩者都是百分比，取各標籤的平均。「排序」看標籤自己的文字能不能排在其他文字前面（平均精確率）；「F1」看實際會貼上的標籤
    對不對。括號裡是換一批類似的文字時，差距最可能落在哪裡（95%）；範圍跨過零，就可能只是碰巧。
    比較的問法一多，最好的那個總會顯得比實際上更好。

wording-labels = 各個標籤
wording-column-label = 標籤
wording-column-examples = 篇數
wording-column-found = 找到
wording-column-extra = 多貼
wording-column-best = 排得最好的問法
wording-few = 例子太少，還說不準（至少要 { $least } 篇）：{ $labels }
wording-label-count = { $label }（{ $count }）
wording-none = 另外有 { $count } 個標籤沒有例子。
wording-confused = 容易搞混的標籤
wording-confusion = 應該是「{ $holds }」，卻貼成「{ $given }」：{ $count } 篇
wording-example = #{ $id } { $words }

wording-nothing = 沒有明顯更好的問法，維持現在的寫法就好。
wording-proposals = 拿沒參與挑選的文字來驗證，也確實比較好的問法
wording-proposal-dimension = 所有標籤：{ $question }。排序 { $gain }（p = { $p }）
wording-proposal-label = { $label }：「{ $question }」排序 { $gain }（p = { $p }）
wording-together = 全部改完：排序 { $ranking }，F1 { $f1 }；這是在挑選用的文字上量的，實際上會再少一點。
wording-paste = 把標籤檔裡原來的那幾行換成下面這些，或加上 --output 再執行一次：
wording-sparse = { $dimension }，用{ $language }提問：只有 { $texts } 篇文字，一個標籤最多 { $examples } 個例子。太少了，至少要 { $least-texts } 篇和 { $least-examples } 個。
wording-written = 已寫入：{ $file }
wording-not-written = 沒有要改的地方，所以沒有寫入 { $file }。

error-bad-examples = { $reason ->
    [unknown-label] { $file } 第 { $line } 行：標籤檔裡沒有「{ $found }」這個標籤。請寫標籤的路徑，例如 topic/labour。
    [unknown-dimension] { $file } 第 { $line } 行：標籤檔裡沒有「{ $found }」這個面向。請檢查 id。
    [no-labels] { $file } 第 { $line } 行寫的是 { $found }。labels 要寫成 ["topic/labour"]，都不適合就寫 []。
    [no-text] { $file } 第 { $line } 行的文字是空的。請補上，或刪掉這一行。
    [too-few-to-learn] 標好的文字有 { $texts } 篇，最常見的標籤只有 { $examples } 篇。要 { $least-texts } 篇以上、其中 { $least-examples } 篇有同一個標籤才學得起來。請再多標一些，先補最少的標籤。
    [empty] { $file } 裡沒有內容。請每行寫一篇標好的文字。
    [too-few] { $file } 只有 { $texts } 篇文字，一個標籤最多 { $examples } 個例子。至少要 { $least-texts } 篇和 { $least-examples } 個才看得出差別，請再多標一些。
    [too-few-to-split] 標好的文字只有 { $found } 篇。要拿一部分來學、另一部分來測，至少需要 { $expected } 篇（有 200 篇會準得多）。請再多標一些，或者不要加 --shots。
    [nothing-learnt] 可以學的文字有 { $found } 篇，每個標籤只給 { $expected } 篇學不到東西。請再多標一些，或用 --shots 多給一些。
    [contradiction] { $file } 第 { $line } 行：{ $found } 同時寫在 labels 和 not 裡，請拿掉其中一個。
   *[other] { $file } 不能當作標好的文字使用，請檢查一下。
}
