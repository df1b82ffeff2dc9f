# 匯出：指令列、/export、各欄的意思，以及出錯時的說明。

cli-export = 把收藏帶出去：表格、筆記、書籤、訂閱源、資料集
cli-export-more =
    QUERY 就是一般的搜尋（見「commonplace search --help」），不過這裡每個字詞都要出現才算；不寫就匯出全部處理完的資料。
    格式看副檔名或 --format；沒有副檔名就是一個 Markdown 筆記資料夾。「library」會存下所有東西，在別處用
    「commonplace import」就能得到一模一樣的收藏。成員的名字一律不會出現。全文是別人的作品，加上 --texts 才會寫出來。
cli-export-examples =
    commonplace export --output 收藏.csv
    commonplace export "label:topic/labour since:2026-03" --output 勞動.atom
    commonplace export --output 筆記
    commonplace export --format library --votes
    commonplace export --release 資料集 --licence CC-BY-4.0
cli-option-place = 寫到哪裡：一個檔案；Markdown 的話是一個新資料夾
cli-option-format = csv、jsonl、parquet、markdown、bookmarks、rss、atom 或 library
cli-option-release = 在這個新資料夾做一份資料集：項目、標籤、投票、編碼簿、資料說明書、一致程度
cli-option-licence = 資料集的授權，用 SPDX 的名稱（例如 CC-BY-4.0）；不填的話，資料說明書會寫明沒有授權
cli-option-texts = 連全文也寫出來
cli-option-votes = 匯出 library 時，連誰投了什麼也寫出來（用代號）
cli-export-release-alone = --release 會自己做一個資料夾，請不要同時用 --output、--format、--votes。--licence 要和 --release 一起用。
cli-export-which = 請說要寫到哪裡（--output 收藏.csv）或哪一種格式（--format）：{ $known }。
cli-export-votes-where = --votes 要和 --format library 一起用；資料集（--release）本來就有投票。
cli-export-texts-warning = 請注意：全文是作者的作品。除非你們有權公開，這份匯出請只留在社群裡使用。
cli-exporting = 匯出
cli-exported = { $count ->
    [0] 沒有可以放進去的資料：{ $place }
   *[other] 匯出 { $count } 筆：{ $place }
 }
cli-export-library-holds = 裡面有全文和成員的檔案，請和收藏本身一樣小心保管。
cli-released = 資料集有 { $count } 筆：{ $place }。公開之前，請先讀過 datasheet.zh-TW.md。
cli-released-without = 另有 { $count } 筆成員自己的文字或檔案沒有放進去，因為交來的人沒有全部同意（/consent）。
cli-restored = 新增 { $new } 筆，早已收藏 { $known } 筆。
cli-restored-labels = 標籤檔裡沒有這些標籤，但還是保留了下來：{ $labels }
export-feed-about = { $query ->
    [none] 社群的收藏
   *[other] 社群的收藏：{ $query }
 }
error-bad-place = { $reason ->
    [folder] { $place } 是資料夾，請指定裡面的一個檔案。
    [taken] { $place } 已經有東西了，請指定新的或空的資料夾。
   *[other] { $place } 無法寫入。請檢查資料夾、權限，以及磁碟是不是滿了。
 }
error-missing-extra = 少了程式的一個部分（{ $extra }）。請架設的人安裝：pip install ".[{ $extra }]"

cli-schema = 說明資料庫：有哪些檢視和資料表，各欄是什麼意思
cli-schema-more = 給 Datasette、筆記本和 SQL 使用。檢視（view_…）是專門拿來讀的，裡面沒有任何人的名字；資料表則是程式自己用的樣子。各欄的說明直接取自程式碼，只有英文。機器人執行時，請用唯讀方式開啟檔案。
cli-schema-examples =
    commonplace schema
    commonplace schema view_items view_decided_labels
    commonplace schema --json
schema-about = 資料庫是這個 SQLite 檔：{ $file }。所有資料表都適用：
schema-view = 檢視
schema-table = 資料表
schema-key = 主鍵
schema-null = 可為空
schema-unknown = 沒有「{ $name }」這個資料表。有的是：{ $known }。

command-export = 匯出
    .argument = 格式 搜尋
    .about = 把收藏帶走：表格、筆記、書籤或訂閱源
export-word-csv = 表格
    .also = 試算表
export-word-jsonl = jsonl
    .also = json
export-word-markdown = 筆記
    .also = markdown
export-word-bookmarks = 書籤
export-word-rss = rss
    .also = 訂閱
export-word-atom = atom
export-word-parquet = parquet
export-form-csv = 表格（CSV）
export-form-jsonl = JSON Lines
export-form-markdown = Markdown 筆記
export-form-bookmarks = 書籤
export-form-rss = RSS 訂閱源
export-form-atom = Atom 訂閱源
export-form-parquet = Parquet
export-which = 共 { $count } 筆，要哪一種格式？
export-how = 可以用搜尋挑選：/匯出 表格 label:topic/labour since:2026-03。裡面不會有成員的名字。
export-nothing = { $query ->
    [none] 還沒有可以匯出的資料。
   *[other] 沒有符合「{ $query }」的資料。匯出時每個字詞都要出現才算；可以少打幾個字，或改用 label:、since:。
 }
export-done = { $count ->
    [0] 沒有可以放進去的資料，檔案是空的。
   *[other] 共 { $count } 筆，不含成員的名字和全文。
 }
export-left-out = 另有 { $count } 筆沒有放進去：{ $form ->
    [bookmarks] 書籤只收有網址的。
   *[other] 訂閱源只收有網址的，而且最多放最新的 { $most } 筆。
 }
export-too-large = 檔案有 { $megabytes } MB，聊天室放不下。請用搜尋縮小範圍（/匯出 表格 since:2026-03），或請架設的人執行 commonplace export。
