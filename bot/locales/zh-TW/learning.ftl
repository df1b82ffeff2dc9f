# 社群自己的模型：/train、/model、每一版是什麼、怎麼評的。

command-train = 訓練
    .argument = [停止]
    .about = 讓模型從大家的決定學習（管理員）
command-model = 模型
    .argument = [編號 | 採用 編號 | 擱著 編號 | 退回]
    .about = 現在用哪個模型、學了什麼、準不準；換成另一版（管理員）

model-word-stop = 停止, 停
model-word-use = 採用, 用
model-word-keep = 擱著, 先不用
model-word-rollback = 退回, 回復

model-state-training = 訓練中
model-state-stopped = 已停止
model-state-judging = 評測中
model-state-candidate = 等管理員決定
model-state-aside = 擱著
model-state-live = 使用中
model-state-retired = 以前用過
model-state-failed = 沒有成功

model-begun = 第 { $number } 版開始學了，用 { $n } 篇大家決定過的文章。
model-begun-more = 這段時間我照常回話，好了會在這裡說。/train 看進度，/train 停止 可以停。管理員同意之前，什麼都不會變。
model-stopped = 第 { $number } 版停下來了。/train 會接著做。
model-progress = 第 { $number } 版{ $state ->
    [training] 訓練中
    [judging] 評測中
   *[other] 等待中
}：{ $share }
model-remaining = ，大約還要 { $wait }

model-passed = 第 { $number } 版比較好，現在還沒有生效。
model-not-passed = 第 { $number } 版不能確定比較好，先擱著，什麼都不會變。
model-failed = 第 { $number } 版沒有做成：{ $failure }
model-in-use = 從現在起用第 { $number } 版貼標籤。
model-relabels = { $n ->
    [0] 沒有要重新貼標籤的。
   *[other] 會在背景重新貼 { $n } 篇的標籤，大家決定過的不會動。
}
model-kept-aside = 第 { $number } 版先擱著，什麼都沒有變。
model-back = 又改回第 { $number } 版，會在背景重新貼標籤。
model-back-to-package = 又改回我原本的模型，會在背景重新貼標籤。
model-package = 現在用的是我原本的模型。
model-none-yet = 還沒有跟你們學過。決定過幾十篇以後，管理員可以用 /train 開始。
model-broken = 打不開，所以先用 { $model }。原因在紀錄檔裡，重新訓練就會好。

model-version = 第 { $number } 版 · { $state } · { $day }{ $cause ->
    [import] {" "}· 匯入
    [weekly] {" "}· 每週
   *[command] {""}
}
model-learnt = 學了 { $n } 篇決定過的文章{ $others ->
    [0] {""}
   *[other] ，也讀了 { $others } 篇還沒決定的
}
model-codebook = 編碼簿第 { $codebook } 版，問句版本 { $wording }，{ $rounds } 回合共同標註
model-agreement = { $dimension }的一致程度：α = { $alpha }
model-label = { $label }：對 { $holds } 次，不對 { $fails } 次
model-labels-more = 還有 { $n } 個標籤
model-licence = 授權：跟原本的模型一樣；學到的是你們的，只留在這裡。資料夾裡的 README.md 也寫著。

model-judged = 用大家決定過的 { $texts } 篇（{ $decisions } 個決定）比較，每一篇都由沒學過它的模型來答，{ $against } → 這一版：
model-against = 第 { $number } 版
model-against-package = 原本的模型
model-figure = { $name }：{ $live } → { $candidate }（{ $gain } 分，{ $low } … { $high }）
model-figure-hierarchical = F1（連同上層標籤）
model-figure-micro = F1（全部一起算）
model-figure-macro = F1（每個標籤一樣重）
model-figure-exact = 標籤全對
model-figure-calibration = 機率的誤差
model-figure-general = 一般常識
model-objection = { $reason ->
    [too-few] 決定過的文章只有 { $value } 篇，要 { $limit } 篇才看得出來。
    [not-better] 差別可能只是碰巧。
    [dimension] 「{ $name }」會差 { $value } 分，最多只能差 { $limit } 分。
   *[general] 忘了原本會的：一般文章差 { $value } 分，最多只能差 { $limit } 分。
}
model-shift = { $items } 篇裡有 { $changed } 篇會變：{ $towards } 篇更接近大家的決定，{ $away } 篇更遠。
model-change = #{ $number } { $title }：{ $labels }{ $direction ->
    [towards] （跟大家的決定一樣）
    [away] （跟大家的決定相反）
   *[neither] {""}
}

model-button-use = ✓ 採用第 { $number } 版
model-button-keep = ✗ 先擱著
model-button-rollback = 退回上一個
model-button-version = 第 { $number } 版
model-button-train = 訓練
model-button-stop = 停止

status-lead-model = 自己的模型
status-lead-training = 訓練
status-model = 第 { $number } 版
status-model-broken = （打不開：/model）

error-bad-model = { $reason ->
    [under-way] 有一版正在訓練或評測，/train 看得到進度。
    [too-few] 目前能學的只有 { $found } 篇，至少要 { $expected } 篇，其中 { $labelled } 篇有同一個標籤。再投一些票，或開一回合共同標註（/round）就可以。（別人自己寫的話要本人 /consent 同意。）
    [not-under-way] 現在沒有這樣的事在進行。/model 看得到有哪些版本。
    [unknown] 沒有第 { $number } 版。/model 看得到有哪些版本。
    [no-weights] 第 { $number } 版的權重沒有（或已經不再）保留。/model 看得到有哪些版本。
    [is-live] 現在用的就是第 { $number } 版。
    [not-live] 現在用的是我原本的模型，沒有可以退回的。
    [not-passed] 第 { $number } 版不能確定比較好，所以擱著。再多決定一些，然後 /train。
   *[grammar] 「{ $found }」不是版本。請寫編號，例如：/model 2
}

# commonplace model

cli-model = 列出、匯出或匯入社群訓練的模型
cli-model-more =
    list 列出所有版本；export 把一版（--version，沒寫就是使用中的）連同模型說明卡複製到 FOLDER；
    import 檢查這樣的 FOLDER，並跟使用中的模型比較。之後由管理員用 /model 決定，或用 --use 在比較好時直接採用。
cli-model-examples =
    commonplace model export our-model
    commonplace model import our-model --community neighbours
model-option-version = 哪一版
model-option-use = 比較好的話直接採用
model-exported = 第 { $number } 版在 { $folder } 裡
model-imported = { $folder } 是第 { $number } 版
model-judging = 正在評測
