# `commonplace train`：訓練自己的模型。

cli-train = 用大家標好的文字訓練自己的模型
cli-train-more =
    檔案每行一篇文字和它的標籤（格式見 README）；也可以加上 "not"（確定不適合的標籤）和 "story"
    （講同一件事的文字會放在一起，不會拆開）。有一兩百篇最好；至少要 12 篇，其中 3 篇有同一個標籤。
    還沒標的文字可以放在另一個檔案（--texts），有助於看出標籤落在哪裡；要在沒看過的文字上確實比較準，
    才會採用。中斷了再執行一次同樣的指令，就會從停下來的地方繼續。

    最後會列出訓練前後在沒看過的文字上表現如何：每篇都是由沒學過它的模型來判斷。要使用新模型，就在
    設定檔的 models.entailer 填這個資料夾。需要 torch：pip install '.[train]'。
cli-train-examples =
    commonplace train --data 標好的.jsonl --taxonomy 標籤.toml --output 我們的模型
cli-option-train-output = 模型要寫到哪個資料夾；之前中斷的會接著做
cli-option-train-texts = 同類但還沒標的文字：每行有 id 和 text
cli-option-train-base = 從哪個模型開始：builtin、資料夾，或 hub 上的名稱
cli-option-device = 在哪裡計算：cpu、cuda 或 mps
cli-training = 訓練中
cli-training-stopped = 已停下。再執行同樣的指令就會接著做，做到一半的東西在 { $folder }。
cli-trained = 完成，模型在 { $folder }。在設定檔的 models.entailer 填這個資料夾就能使用。
cli-trained-head = 從 { $texts } 篇文字（{ $stories } 件事）{ $others ->
    [0] {""}
   *[other] 和 { $others } 篇沒標的文字
 }學了 { $labels } 個標籤。在沒看過的文字上，訓練前 → 訓練後：
cli-trained-all = 全部
cli-trained-row = { $name }：micro F1 { $micro-before } → { $micro }，macro F1 { $macro-before } → { $macro }
cli-trained-calibration = 機率和事實平均差了 { $before } → { $after }（ECE，越小越好）
cli-trained-rare = 例子少、幾乎沒學到什麼的標籤：{ $labels }
