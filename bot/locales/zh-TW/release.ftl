# 資料集附的說明：資料說明書（依 Gebru 等人的 Datasheets for Datasets）和編碼簿

datasheet-title = 資料說明書
datasheet-about = 由 Commonplace 依資料產生。問題依照 Gebru 等人 2021 年的〈Datasheets for Datasets〉。
datasheet-motivation = 動機
datasheet-motivation-text = 社群把讀到的東西收下來，用自己的編碼簿分類，方便日後找到、討論和寫作；並不是專為這份資料集而收集。請補上你們是誰、由誰支持這項工作。
datasheet-composition = 組成
datasheet-items = 共 { $items } 筆{ $query ->
    [none] ，是全部處理完的收藏
   *[other] ，用這個搜尋挑出：{ $query }
 }。每筆是成員交來的一個網頁、一段文字或一個檔案。這不是隨機樣本，而是成員覺得值得留下的東西。
datasheet-entry = { $name }：{ $about }
datasheet-files = 檔案：
datasheet-file-items-jsonl = 一行一筆
datasheet-file-items-csv = 同樣內容的表格；同一格裡的標籤用「; 」分開；會被試算表當成公式的格子，前面加了 '
datasheet-file-votes-csv = 項目、標籤（「-」表示沒有合適的）、成員說對（1）或不對（0），以及成員在這一版的代號
datasheet-file-agreement-csv = 各面向的一致程度
datasheet-file-codebook-history-jsonl = 編碼簿的每個版本，由舊到新：改了什麼，以及全文
datasheet-file-codebook-toml = 給程式讀的編碼簿；給人讀的是 codebook.zh-TW.md
datasheet-columns = 每筆的欄位：
datasheet-unknown = 不詳
datasheet-column-language = 語言
datasheet-column-site = 網站
datasheet-column-medium = 來源類型
datasheet-column-items = 筆數
datasheet-column-label = 標籤
datasheet-column-path = 路徑
datasheet-column-suggested = 建議中
datasheet-column-confirmed = 已確認
datasheet-column-rejected = 已否決
datasheet-column-disputed = 有爭議
datasheet-column-by = 由誰決定
datasheet-column-labels = 標籤數
datasheet-column-dimension = 面向
datasheet-column-alpha = Alpha
datasheet-column-interval = 95% 區間
datasheet-column-agreement = 答案相同
datasheet-more-sites = 另外還有 { $count } 個網站。
datasheet-left-out = { $count ->
    [0] 沒有因為未獲同意而排除的資料。
   *[other] 排除了 { $count } 筆：成員自己的文字或檔案，交來的人沒有同意使用。
 }{ $notes ->
    [0] 不含成員的附註。
   *[other] 有 { $notes } 筆帶著附註，寫的人都已同意。
 }
datasheet-people = 不會出現任何成員的名字。代號每一版都用新的金鑰重新產生，金鑰不會保存。不過，拿到兩個版本的人，還是可能從相同的投票認出是同一個人。網頁裡可能提到一些人，那是原作者寫的。
datasheet-collection = 收集過程
datasheet-collection-text = 成員把連結、文字和檔案傳給聊天機器人；它抓下任何人都看得到的網頁，留下文字，以及網頁上寫的日期、作者和網站。交來的時間：{ $received }。發表的時間：{ $published }。
datasheet-labelling = 前處理、整理與標記
datasheet-labelling-text = 摘要是用演算法挑出的原文句子。標籤由蘊涵模型一題一題用是非題建議；只有人能決定，「建議中」不代表任何人的判斷。編碼簿：第 { $number } 版（{ $codebook }）。
datasheet-decided = { $count ->
    [0] 還沒有決定任何標籤。
   *[other] 已決定（確認或否決）的標籤共 { $count } 個：
 }
datasheet-by-ruling = 編輯者裁定
datasheet-by-import = 隨資料一起匯入
datasheet-by-votes = 成員投票
datasheet-votes = 算數的票共 { $votes } 張，由 { $voters } 位成員投出。{ $told ->
    [yes] 內容在 votes.csv。
   *[no] 投票的人不到 { $least } 位，公開的話大家都會知道誰投了什麼，所以投票和一致程度都不放。
 }
datasheet-agreement = 一致程度是這些票的 Krippendorff's alpha（名目尺度），區間以項目為單位做拔靴法：1 是完全一致，0 等於碰運氣；0.8 以上可以信賴，0.667 以上只能做暫時的結論。
datasheet-uses = 用途
datasheet-uses-text = 可以用來訓練和評估這些標籤的分類器，或研究一個社群在讀什麼。請不要用來說「媒體都怎麼報」，因為這是挑選過的；也請不要用來追查誰投了什麼。已確認的標籤可以當作答案，建議中的不行。
datasheet-distribution = 散布
datasheet-licence = { $licence ->
    [none] 沒有給授權：別人只能看，不能使用。
   *[other] 社群自己做的部分（標籤、投票、編碼簿、挑選）的授權：{ $licence }。
 }
datasheet-texts-out = 引用了網頁的標題和句子；網頁本身不在裡面，仍屬於原作者，可以從網址找到。
datasheet-texts-in = 裡面有全文。全文是作者的作品，不在授權範圍內；除非有權公開，請不要公開。
datasheet-maintenance = 維護
datasheet-maintenance-text = 產生於 { $date }。發布之後不再更動。收藏會繼續成長：之後的版本會有新的項目和決定，也會少了被移除的。想移除某筆資料的人請聯絡社群；請補上聯絡方式。

export-column-number = 項目在社群裡的編號，每次匯出都一樣
export-column-id = 匯入時給的 id
export-column-title = 標題，或文字的開頭
export-column-url = 網址
export-column-site = 網站名稱
export-column-author = 作者，依網頁所寫
export-column-published-at = 發表日期，依網頁所寫
export-column-language = 文字的語言（BCP 47）
export-column-media = 讀自什麼：web、pdf、text 或 picture
export-column-received-at = 第一次交來的時間（UTC）
export-column-shares = 有多少成員交來
export-column-story = 內容相同的項目，數字也相同
export-column-labels = 已確認的標籤：大家認定是對的
export-column-suggested = 模型建議的標籤，還沒有人決定
export-column-disputed = 大家意見不同的標籤
export-column-rejected = 大家認定不對的標籤
export-column-none-fits = 大家認定沒有合適的標籤時，是 confirmed
export-column-summary = 原文的句子
export-column-generated = 語言模型寫的摘要（有的話）
export-column-notes = 成員寫的附註，只有同意的人的
export-column-text = 全文（有要求才有）

codebook-title = 編碼簿
codebook-page-about = 第 { $number } 版（{ $digest }）。id 不會變，名稱可能會改。
codebook-page-history = 歷次修改
codebook-choice-one = 只能選一個標籤。
codebook-choice-many = 可以有好幾個標籤。
codebook-include = 包含：{ $words }
codebook-exclude = 不包含：{ $words }
codebook-edge-case = 邊界案例：{ $words }
codebook-aliases = 也叫：{ $words }
codebook-hypothesis = 問模型的話：{ $words }
