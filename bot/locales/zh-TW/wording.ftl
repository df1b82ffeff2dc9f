# commonplace wording：怎麼問，模型最聽得懂

error-bad-examples = { $reason ->
    [unknown-label] { $file } 第 { $line } 行：標籤檔裡沒有「{ $found }」這個標籤。請寫標籤的路徑，例如 topic/labour。
    [unknown-dimension] { $file } 第 { $line } 行：標籤檔裡沒有「{ $found }」這個面向。請檢查 id。
    [no-labels] { $file } 第 { $line } 行寫的是 { $found }。labels 要寫成 ["topic/labour"]，都不適合就寫 []。
    [no-text] { $file } 第 { $line } 行的文字是空的。請補上，或刪掉這一行。
    [empty] { $file } 裡沒有內容。請每行寫一篇標好的文字。
    [too-few] { $file } 只有 { $texts } 篇文字，一個標籤最多 { $examples } 個例子。至少要 { $least-texts } 篇和 { $least-examples } 個才看得出差別，請再多標一些。
   *[other] { $file } 不能當作標好的文字使用，請檢查一下。
}
