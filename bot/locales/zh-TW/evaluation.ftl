# `commonplace evaluate`。

cli-evaluate = 用自己標好的文字，比較各種貼標籤的方法
cli-evaluate-more =
    entailment 是機器人平常的做法：每個標籤當成一題是非題來問。可以和它比的有：flat，每個標籤各自一個分類器；
    cascade，一層一層往下，每一層接上一層的結果；sequence，像寫句子一樣依序寫出標籤的路徑；llm，設定好的大型語言模型。
    加上 --shots 時，會先留下五分之二的文字來測，再從其餘的文字裡替每個標籤抽那麼多篇來學，抽三次；
    差多少會附上 95% 的區間。story 一樣的文字不會拆開。
    例子少到學不起來的方法不會有數字；不是我們自己的模型，只測它原本的樣子。

    每行有 id、text 和 labels（標籤的路徑，都不適合就寫 []；title、lang、story 可有可無），寫到的面向就要標完整；
    還有哪些面向沒有合適的標籤，寫在 dimensions；確定不適合的標籤寫在 not。
    加上 --repeat 會多跑幾次，看每次差多少：大型語言模型每次的回答可能不一樣。
    文字會送到它的伺服器，用量上限只算這一次執行。
cli-evaluate-examples =
    commonplace evaluate --taxonomy 標籤.toml --data 標好的.jsonl
    commonplace evaluate --data 標好的.jsonl --methods entailment,flat,cascade,sequence --picture 曲線.png
    commonplace evaluate --data 標好的.jsonl --methods entailment,llm --repeat 3 --json

evaluate-option-shots = 每個標籤學幾篇；不寫就是不學，有方法非學不可時是 0,4,8,16,64
evaluate-option-limit = 和 --shots 一起用：最多拿幾篇來測
evaluate-option-seed = 分組、抽樣和學習用的亂數種子
evaluate-option-picture = 畫出學習曲線；數字另外存成旁邊的 .csv

evaluate-bad-shots = 「{ $found }」不是 0 到 { $most } 的數字。請用逗號隔開，例如 0,4,16。
evaluate-needs-shots = { $methods } 沒有例子就沒得學。請加上例子，例如 --shots 0,4,16，或者不要寫 --shots。
evaluate-no-repeat = --repeat 只能和 --shots 0 一起用：有例子時，本來就會抽三次。
evaluate-no-curve = 要有例子才畫得出曲線。請在 --methods { $methods } 後面加上例子，例如 --shots 0,4,16。
evaluate-not-png = 圖檔是 PNG，{ $file } 的檔名請用 .png 結尾。
evaluate-no-folder = 沒有 { $folder } 這個資料夾。請先建立，或把圖存到別的地方。

evaluate-measured = 用 { $measured } 篇沒學過的文字來測，可以學的有 { $learnable } 篇。數字是抽三次的平均，括號裡是 95% 的區間。
evaluate-column-method = 方法
evaluate-column-shots = 每個標籤
evaluate-column-learnt = 共學幾篇
evaluate-column-hierarchical = 階層 F1
evaluate-column-micro = micro F1
evaluate-column-macro = macro F1
evaluate-column-exact = 全對
evaluate-column-ece = ECE
evaluate-column-time = 學習／每篇
evaluate-time = { $learning } 秒／{ $labelling } 毫秒
evaluate-by-dimension = 各面向的階層 F1
evaluate-calibration = 校準：說的機率平均差了 { $error }（ECE）
evaluate-contest = { $method } 和 { $against } 比{ $shots ->
    [0] {""}
   *[other] （每個標籤 { $shots } 篇）
 }：階層 F1 { $verdict ->
    [better] 比較好，{ $gain }（{ $low } … { $high }）
    [worse] 比較差，{ $gain }（{ $low } … { $high }）
   *[noise] 看不出差別，{ $gain }（{ $low } … { $high }）
 }
evaluate-drawn = 圖畫好了：{ $file }，數字在 { $csv }
    { $alt }
evaluate-see-wording = 標籤怎麼問，影響也一樣大。想知道換個問法會不會更好：commonplace wording --data { $file }

evaluate-curve-title = 要給多少例子才夠？
evaluate-curve-subtitle = { $measured } 篇沒看過的文字，階層 F1
evaluate-curve-across = 每個標籤給幾個例子
evaluate-alt = 學習曲線：{ $measured } 篇文字的階層 F1，依每個標籤給的例子多少。
evaluate-alt-line = { $method }：{ $dots }。
evaluate-alt-dot = 給 { $shots } 個時 { $value }
evaluate-csv-method = 方法
evaluate-csv-shots = 每個標籤的例子
evaluate-csv-learnt = 共學幾篇
evaluate-csv-figure = 指標
evaluate-csv-value = 數值
evaluate-csv-low = 下限
evaluate-csv-high = 上限
