# 指令列

cli-tagline = 社群自己的內容資料庫
cli-intro =
    把連結、文字和檔案交給它，它會抓下全文、用原文的句子做摘要、依你們自己的標籤分類，之後中英文都找得到。
    所有資料都留在這台機器上。
cli-start-here = 從這裡開始：貼上連結，或輸入 /help
cli-footer = 想看某個指令的說明：{ $command }
cli-options = 選項
cli-examples = 範例
cli-chapter-daily = 日常使用
cli-chapter-bulk = 大量處理
cli-chapter-closer = 細看與檢查

cli-commonplace = 社群自己的內容資料庫
cli-chat = 在終端機裡和資料庫對話
cli-chat-more =
    貼上連結、文字，或 PDF、HTML、純文字檔的路徑；輸入 /help 看所有指令。接在管線後面時，一行就是一則訊息；
    只要有一則失敗，結束代碼就是 1。
cli-chat-examples =
    commonplace chat
    echo "/search 移工" | commonplace chat
cli-add = 收藏連結、文字或檔案
cli-add-more =
    逐一抓取、摘要、貼標籤並存下來。「-」表示從標準輸入讀文字。部分失敗時結束代碼是 1，全部失敗是 2；
    失敗的項目會留著，之後可以重試。
cli-add-examples =
    commonplace add https://example.org/article 報告.pdf
    pbpaste | commonplace add - --json
cli-search = 用字詞和語意搜尋
cli-search-more =
    可以用字詞、"完整片語"、-排除、label: -label: site: by: lang: since: until: is:suggested|confirmed|disputed|rejected|none-fits|failed。
    加上 --queries 可以一次查很多筆：每行有 id 和 query，輸出每行有 id 和 hits。
cli-search-examples =
    commonplace search "移工 label:topic/labour since:2026-03"
    commonplace search "居住正義 -房貸" --json
    commonplace search --queries 問題.jsonl --output 答案.jsonl
cli-import = 匯入其他地方的收藏
cli-import-more =
    支援 JSON Lines（url 或 text，可加 id、title、published_at、labels）、相同欄位的 CSV、瀏覽器匯出的書籤，
    或一行一個連結的清單。已經收藏的會略過，所以中斷後重新執行就會接著做。
cli-import-examples =
    commonplace import bookmarks.html
    commonplace import 舊資料.jsonl --no-fetch --no-label
cli-label = 替檔案裡的文字貼標籤，不存進資料庫
cli-label-more =
    輸入每行有 id 和 text（title 可有可無），輸出每行有 id、labels（path 與 score）、unsure（差一點就符合的標籤）
    和 scores：每個問題的機率。一併讀文字和標籤的模型，只會被問到比較可能的標籤。
cli-label-examples =
    commonplace label --taxonomy 標籤.toml --input 文章.jsonl --output 結果.jsonl
cli-reindex = 從資料庫重建搜尋索引
cli-fetch = 抓一個網頁或檔案，印出讀到的內容，不存下來
cli-fetch-examples =
    commonplace fetch https://example.org/article --json
    commonplace fetch --html 存檔.html --url https://example.org/article
cli-canonical = 印出網址的標準寫法
cli-canonical-more = 一行一個，順序不變；「-」表示從標準輸入讀。
cli-build-model = 從基礎模型和公開資料重新做出內建模型
cli-build-model-more =
    給想改進模型、或想確認模型怎麼來的人用；只是要跑機器人的話用不到。兩個處理器核心大約要跑一個小時，
    中斷了再執行一次，就會從停下來的地方繼續。需要哪些資料和基礎模型，寫在模型說明
    （core/models/builtin/README.md）裡。
cli-build-model-examples =
    commonplace build-model --data 資料 --chinese-base bge-small-zh-v1.5 --output 模型
cli-doctor = 檢查設定、儲存、模型、字型和網路

cli-option-help = 顯示這一頁
cli-option-version = 顯示版本
cli-option-data = 資料庫、向量與輸入紀錄所在的資料夾（或設 COMMONPLACE_DATA）
cli-option-config = 設定檔（或設 COMMONPLACE_CONFIG）
cli-option-community = 要使用的社群
cli-option-json = 輸出 JSON，方便程式讀取
cli-option-html = 讀取存檔的網頁，不上網抓
cli-option-url = 存檔網頁原本的網址
cli-option-limit = 最多幾筆結果
cli-option-queries = 查詢檔：每行有 id 和 query
cli-option-results = 結果寫到哪裡：每行有 id 和 hits
cli-option-no-fetch = 直接用檔案裡的內容，不上網抓
cli-option-sets = 放公開資料集的資料夾
cli-option-model-output = 模型要寫到哪個資料夾；之前中斷的會接著做
cli-option-chinese-base = 放 bge-small-zh-v1.5 的資料夾：tokenizer.json，加上 config.json 和 model.safetensors，或一個 ONNX 檔
cli-option-seed = 亂數種子
cli-option-stated-only = 不使用沒有寫明授權的資料集
cli-option-leave-out = 不拿來訓練、留著評估用的主題資料集（可重複使用）
cli-option-quick = 每個階段只跑幾步，確認流程能跑完
cli-option-no-label = 不貼標籤
cli-option-taxonomy = 你們的標籤檔；不指定就用設定檔裡的，或內建的標籤
cli-option-input = 要處理的文字：每行有 id 和 text
cli-option-output = 結果寫到哪裡
cli-option-labelled = 標好的文字：每行有 id、text 和 labels
cli-option-methods = 要比較哪些方法（第一個和其他的比）：entailment、flat、cascade、sequence、llm
cli-option-repeat = 每個各跑幾次
cli-option-model = 「builtin」，或蘊涵模型在 hub 上的名稱或資料夾
cli-option-language = 用哪種語言提問；不指定就依每篇文字的語言
cli-option-exhaustive = 每個問題都問，可能性低的標籤、上層不符合的也照問

cli-try-help = 說明請看：{ $command }
cli-interrupted = 已中斷，做完的部分都留著。
cli-unknown-word = 沒有「{ $word }」。{ $near ->
    [none] { "" }
   *[other] 是不是要打 { $near }？
 }
cli-extra-words = 多了這些字：{ $words }。屬於同一句的話，請用引號包起來。
cli-missing = 還少了：{ $what }
cli-bad-value = { $option }：{ $problem }
cli-one-of = { $option } 只能是：{ $known }。
cli-number = { $option } 要填 { $least } 到 { $most } 的數字。
cli-needs-value = { $option } 後面還要接一個值。
cli-system = 系統不允許這個動作：{ $problem }
cli-fetch-one-of = 請給一個網址或檔案，或用 --html 檔案 加上 --url 網址。
cli-search-one-of = 請給一個查詢，或同時用 --queries 和 --output。

cli-new = 已收藏
cli-known = 早就收藏過了
cli-same-story = 已收藏，和舊的是同一篇
cli-failed = 失敗
cli-like = （內容和 #{ $number } 相同）
cli-building = { $stage ->
    [bilingual] 訓練雙語模型
    [chinese] 訓練中文模型
   *[judge] 訓練判斷模型
}
cli-built = 完成，模型在 { $folder }。在設定檔的 models.entailer 填這個資料夾就能使用。
cli-labelling = 貼標籤
cli-labelled = 貼好 { $count } 篇：{ $file }
cli-effort = 共問了 { $questions } 題，平均每篇 { $per-text } 題；每篇 { $milliseconds } 毫秒，每秒 { $per-second } 題。
cli-evaluating = 評估 { $method }
cli-evaluated = { $method }：{ $model }，每篇 { $seconds } 秒
cli-evaluated-all = 全部
cli-evaluated-row = { $name }：階層 F1 { $hierarchical }、micro F1 { $micro }、macro F1 { $macro }，{ $texts } 篇裡有 { $exact } 全對
cli-evaluated-spread = 跑了 { $runs } 次：有 { $differing } 的判斷不一致；micro F1 ± { $micro }、macro F1 ± { $macro }
cli-evaluated-failed = 有 { $n } 篇得不到能用的回答，當作沒有標籤計算。
cli-importing = 匯入
cli-imported = 新增 { $new } 筆，同一篇的轉載 { $same-story } 筆，早已收藏 { $known } 筆，失敗 { $failed } 筆，無法讀取 { $broken } 行。
cli-more-lines = 還有 { $count } 行也無法讀取。
cli-unknown-labels = 標籤檔裡沒有這些標籤，已略過：{ $labels }
cli-reindexing = 重建索引
cli-reindexed = 已為 { $count } 筆資料建好索引。
cli-searched = 查完 { $count } 筆：{ $file }
cli-found = { $count ->
    [0] 找不到。換個說法或少打幾個字試試看。
   *[other] 找到 { $count } 筆。
 }

# 健康檢查

doctor-result = { $failures ->
    [0] 一切正常，可以使用。
   *[other] 有 { $failures } 個地方要先修好。
 }
doctor-configuration = 設定檔：{ $file }
doctor-configuration-none = 設定：全部使用預設值（要改的話，設定檔放在 { $file }）
doctor-data = 資料夾：{ $folder }（還有 { $free-mb } MB 空間）
doctor-data-mend = 空間快用完了。請清出空間，或把資料夾搬走再用 --data 指定。
doctor-data-not-writable = 資料夾 { $folder } 無法寫入：{ $problem }
doctor-data-not-writable-mend = 請調整擁有者或權限，或用 --data 指定別的資料夾。
doctor-taxonomy = 標籤：{ $dimensions } 個面向，共 { $labels } 個
doctor-taxonomy-bad = 標籤檔無法使用
doctor-taxonomy-bad-mend = 請修正設定裡 taxonomy 指定的檔案，或拿掉這項設定。
doctor-database = 資料庫：{ $items } 筆資料
doctor-database-bad = 資料庫無法使用
doctor-database-bad-mend = 請還原備份（每次升級前資料夾裡都會留一份），或改用較新的版本。
doctor-data-in-use = 另一個 commonplace 正在使用這個資料夾
doctor-data-in-use-mend = 這樣沒問題。想連儲存一起檢查的話，先把它停掉。
doctor-unfinished = 有 { $items } 筆還沒處理完
doctor-unfinished-mend = 執行「commonplace chat」就會自動接著做。
doctor-failed-items = 有 { $items } 筆失敗
doctor-failed-items-mend = 用「commonplace search is:failed」看是哪些，再到對話裡用 /retry 或 /paste 處理。
doctor-vectors = 向量：已存 { $stored } 筆，缺 { $missing } 筆
doctor-vectors-mend = 請執行「commonplace reindex」。
doctor-vectors-bad = 向量無法使用
doctor-vectors-bad-mend = 請執行「commonplace reindex」，會從資料庫重新建立。
doctor-database-damaged = 資料庫損壞：{ $first }{ $count ->
    [1] { "" }
   *[other] （還有其他問題）
 }
doctor-database-damaged-mend = 請還原備份（每次升級前資料夾裡都會留一份）。
doctor-embedder = 搜尋模型：{ $model }（{ $seconds } 秒）
doctor-embedder-bad = 搜尋模型載入失敗
doctor-embedder-bad-mend = 請到程式的資料夾裡重新安裝：pip install --force-reinstall .
doctor-entailer = 標籤模型：{ $model }（{ $seconds } 秒）
doctor-entailer-bad = 標籤模型載入失敗
doctor-entailer-bad-mend = 請檢查設定裡 [models] 的 entailer，或改成 "builtin"。
doctor-llm = 語言模型：{ $host } 的 { $model }（{ $seconds } 秒）；文字會送到那裡
doctor-llm-bad = 語言模型沒有回答
doctor-llm-bad-mend = 沒有它，其他功能都照常。請檢查設定裡的 [llm]，以及它的伺服器有沒有開。
doctor-fonts = 圖表用的中文字型：{ $font }
doctor-fonts-missing = 沒有安裝中文字型，圖表上的中文會變成方框
doctor-fonts-missing-mend = Debian、Ubuntu 請執行 apt install fonts-noto-cjk；macOS 和 Windows 內建就有。
doctor-network = 網路：{ $url } 有回應（{ $seconds } 秒）
doctor-network-bad = 從這裡抓不到任何網頁
doctor-network-bad-mend = 文字和檔案還是可以用。請檢查連線、DNS 和防火牆。

# run
cli-run = 在設定好的 Telegram、Discord 上服務
cli-run-more =
    設定裡有 token 的平台都在同一個程式裡跑，直到按 Ctrl-C 或收到 SIGTERM 為止。
    還沒做完的事，下次啟動會接著做。
cli-run-examples =
    commonplace run
    COMMONPLACE_TELEGRAM__TOKEN=123:abc commonplace run --data /srv/commonplace
cli-option-alive = 只回答「commonplace run」有沒有在這個資料夾上跑（結束碼 0 或 1）
doctor-alive = 有程式正在這個資料夾上服務。
doctor-not-alive = 沒有程式在這個資料夾上服務。
doctor-platforms = 有設定 token 的平台：{ $names }（用「commonplace run」啟動）
doctor-platforms-none = 沒有平台設定 token；在終端機使用不需要
