# 寫作素材包：/brief、附的檔案，和 `commonplace brief`。

command-brief = 素材
    .argument = label:topic/labour since:2026-03
    .about = 寫作用的素材包：原文句子、數字、出處（Markdown、Word、書目）
    .also = 素材包,寫作包,資料包

brief-title = 寫作素材：{ $about }
brief-everything = 全部
brief-span = { $since }到{ $until }
brief-items = { $items } 篇（{ $stories } 則不同的內容），{ $days }。
brief-items-same = { $items } 篇，{ $days }。
brief-left-out = 還有比較舊的 { $n } 篇沒有讀：一份素材最多用 { $most } 篇。可以用 since: 或標籤縮小範圍。
brief-made = { $community } · { $at } · /brief { $query }
brief-how =
    引用的每一句都一字不差出自後面那個編號的原文，沒有改寫。標籤後面的「?」表示只是模型建議，還沒有人決定。日期是發布日；寫「收藏」的是收進來的日子。
brief-archive =
    存檔連結是用網址和收藏時間組出來的，沒有去看網站時光機（Wayback Machine）有沒有存到。
brief-archive-short = 存檔
brief-kept = { $date }收藏
brief-also-told = { $numbers } 也是同樣的內容
brief-rest = 還有這些，沒有引用：{ $numbers }
brief-elsewhere = 也有這個標籤，放在別的標籤下：{ $numbers }
brief-only = { $label }，沒有更細的標籤
brief-other = 不在以上標籤裡的
brief-year = { $year }年
brief-month = { $year }年{ $month }月
brief-day = { $month }月{ $day }日
brief-label-suggested = { $label }?
brief-label-disputed = { $label }（有爭議）
brief-group = { $label }（{ $n } 則）

brief-voices = 不同立場的聲音
brief-voices-about = 依「{ $dimension }」分。篇數少的一方，一樣引用。
brief-numbers = 數字
brief-numbers-about = 照原文的寫法，依文章日期排。別篇有同樣的數字會寫在後面，是不是同一件事要自己看。
brief-number-same = { $numbers } 有同樣的數字
brief-number-equals = { $written } = { $value }
brief-days = 時間軸
brief-days-about = 文章裡提到的日期。［］裡的年份原文沒寫，是離發布日最近的那一年。
brief-year-guessed = ［{ $year }年］{ $day }

brief-gaps = 還缺什麼
brief-gaps-none = 光用數的，看不出缺什麼。
brief-gap-empty = 還沒有收到這些主題：{ $labels }
brief-gap-unused = { $dimension }：沒有一篇是{ $labels }
brief-gap-silent = 這段時間沒有任何一篇：{ $months }
brief-gap-months = { $first }到{ $last }
brief-gap-site = { $share }的內容來自同一個網站：{ $site }
brief-gap-suggested = 有 { $n } 則的標籤只是模型建議，還沒有人決定。
brief-gap-disputes = 大家對標籤看法不同：{ $numbers }
brief-gap-undated = 沒有發布日期：{ $numbers }
brief-gap-unaddressed = 沒有網址可以引用，只有文字或檔案：{ $numbers }
brief-gap-unheard = 這裡沒有這一方的聲音：{ $labels }
brief-gap-no-stance = 這份標籤表沒有問贊成或反對，所以沒有把不同立場分開。加一個叫「立場」的面向就可以：/codebook。
brief-numbers-rest = { $numbers } 等，另外還有 { $n } 篇

brief-draft = 🤖 草稿
brief-draft-about = 這 { $n } 句是 { $model } 根據上面的引文寫的，每句後面是它依據的編號和原文。已經查過那一篇真的有這些字，但沒有查意思對不對；要用之前請自己讀過。
brief-draft-dropped = 另外丟掉了 { $n } 句：{ $reasons }。
brief-drop-no-item = { $n } 句的編號不在這裡
brief-drop-no-quote = { $n } 句引的字原文裡沒有
brief-drop-short-quote = { $n } 句引的字太少，看不出依據
brief-drop-unfounded = { $n } 句有引文裡沒有的數字、名字或網址
brief-words = 「{ $words }」
brief-draft-none = 語言模型（{ $model }）的草稿沒有一句通過查核。
brief-draft-in-chat = 🤖 檔案裡有一份 { $n } 句的草稿，每句都附依據的編號和原文。沒通過查核而丟掉的有 { $dropped } 句。
brief-draft-busy = 語言模型現在沒有回應，所以沒有草稿。晚一點再試一次。
brief-draft-spent = 今天語言模型的用量用完了，所以沒有草稿。明天就可以再用。
brief-draft-unreadable = 語言模型的回答沒辦法查核，所以沒有草稿。
brief-draft-unavailable = 現在不能用語言模型，所以沒有草稿。管理這個機器人的人可以用「commonplace doctor」看原因。

brief-sources = 出處

brief-usage =
    寫作用的素材包：重要的原文句子和出處、數字、日期、還缺什麼；有 Markdown、Word，還有 Zotero 和 LaTeX 用的書目。
    後面寫要找什麼，寫法和搜尋一樣：
brief-usage-examples =
    /brief label:topic/labour since:2026-03
    /brief 最低工資
brief-nothing =
    沒有一篇同時符合這些：{ $query }。
    素材包只收每個詞、每個條件都符合的。可以少寫幾個詞、改用標籤，或把 since: 往前移；/search 也會用意思找。
brief-drafting = 找到 { $quotes } 句引文，正在請語言模型寫草稿……
brief-attached = 附檔：{ $files }。
brief-file-md = 直接看或貼到別處（Markdown）
brief-file-docx = 用 Word 或 LibreOffice 開
brief-file-csl = Zotero 用的書目（CSL-JSON）
brief-file-bib = LaTeX 用的書目（BibTeX）
brief-counts = { $quotes } 句引文、{ $numbers } 句有數字、{ $days } 個日期
brief-more-groups = 還有 { $n } 個標籤
brief-in-chat-gaps = 還缺這些（節錄）：

cli-brief = 做一份寫作用的素材包
cli-brief-more =
    重要的原文句子，附編號、出處、日期和存檔連結，依標籤和時間排；還有數字、日期、還缺什麼和書目。
    範圍的寫法和搜尋一樣。不會連網抓東西，也不會自己編。
cli-brief-examples =
    commonplace brief label:topic/labour since:2026-03 --output 勞動
    commonplace brief 最低工資 --json
cli-option-brief-output = 檔案寫到這個資料夾
cli-option-brief-language = 素材包用的語言：zh-TW 或 en
cli-option-brief-no-draft = 不要問語言模型
cli-brief-written = { $items } 篇、{ $quotes } 句引文，寫在 { $folder }：{ $files }
