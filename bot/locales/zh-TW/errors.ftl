# 每種錯誤一句話：發生什麼事，接下來怎麼辦。名稱是 error- 加上錯誤代碼。

error-internal = 我這邊出了點狀況，已經記下來了。東西沒有丟，晚點可以再試一次。

# 送來的人可以處理

error-sender = 這個我用不上。換一個連結，或直接貼上文字吧。
error-bad-address = { $reason ->
    [scheme] 我只看得懂 http 和 https 開頭的網址。
    [credentials] 網址裡有帳號密碼，為了安全我不會打開。拿掉再貼一次吧。
    [too-long] 這個網址太長了。
   *[other] 這不像是完整的網址。檢查一下再貼一次吧。
}
error-blocked-address = { $reason ->
    [port] 這個網址用了不尋常的連接埠，我不會連過去。可以直接把文字貼給我。
   *[other] 這個網址通往內部網路，我不會打開。可以直接把文字貼給我。
}
error-not-found = { $reason ->
    [no-such-name] 找不到這個網站。檢查一下網址有沒有打錯。
   *[other] 這個頁面已經不在了。檢查一下網址，或貼上全文。
}
error-forbidden = { $reason ->
    [login] 這個頁面要登入才看得到。你看得到的話，把全文貼給我就好。
    [paywall] 這篇要付費才看得到。你看得到的話，把全文貼給我就好。
    [bot-challenge] 這個網站要先確認來的是真人，我過不去。把全文貼給我就好。
    [redirects] 這個網站一直把我轉來轉去，多半是要登入。把全文貼給我就好。
   *[other] 這個網站不讓我看。你看得到的話，把全文貼給我就好。
}
error-too-large = { $what ->
    [pages] 這份文件的頁數太多了。挑出重要的部分再傳給我吧。
    [characters] 這段文字太長了。分成幾段，或只貼重要的部分吧。
   *[other] 檔案太大了。挑出重要的部分，或直接貼上文字吧。
}
error-not-an-article = { $reason ->
    [consent-wall] 這個頁面只有隱私權同意視窗，看不到文章。把全文貼給我就好。
    [error-page] 這個頁面只顯示錯誤訊息。檢查一下網址吧。
    [empty-shell] 這個頁面要用瀏覽器才看得到內容。把全文貼給我就好。
    [link-list] 這是文章列表，不是一篇文章。貼其中一篇的網址給我吧。
   *[other] 這裡面找不到文章。把全文貼給我就好。
}
error-unsupported-type = 這種檔案我還讀不了。我看得懂網頁、PDF 和純文字檔。
error-unreadable = { $reason ->
    [encrypted] 這個檔案有密碼保護。解開再傳，或直接貼上文字吧。
    [no-text-layer] 這份 PDF 是掃描的圖，裡面沒有文字。找得到文字的話，貼給我就好。
    [charset] 這個檔案的文字編碼我認不出來。另存成 UTF-8 再傳一次吧。
   *[other] 這個檔案打不開，可能壞了。再傳一次，或直接貼上文字吧。
}
error-bad-query = { $reason ->
    [unclosed-quote] 「{ $part }」的引號沒有收尾。
    [unknown-key] 沒有「{ $part }」這種條件。
    [no-value] 「{ $part }」後面要接東西。
    [no-words] 「{ $part }」裡沒有可以找的字。
    [minus] 「{ $part }」不能用減號，只有字詞和標籤可以。
    [unknown-label] 「{ $part }」：沒有這個標籤。
    [bad-date] 「{ $part }」：日期可以寫成 2026、2026-03、2026-03-05 或 7d。
    [bad-range] 「{ $part }」：結束比開始還早。
    [unknown-language] 「{ $part }」：語言可以寫成 zh、zh-Hant 或 en。
    [unknown-status] 「{ $part }」：is: 後面可以接 suggested、confirmed、disputed、rejected、none-fits 或 failed。
    [not-in-log] 「{ $part }」：決定紀錄只能用 label:、by:、since:、until: 和 is:（confirmed、rejected、disputed、none-fits）來找。
    [contradiction] 「{ $part }」互相矛盾，不會有結果。
    [figures-by] 統計不看個別的人，「{ $part }」裡不能有 by:。
    [digest-days] 週報只看它自己的那幾天，「{ $part }」裡不能有 since: 或 until:。
    [figures-words] 「{ $part }」不是標籤、面向或期間。期間可以寫 90d、6個月、1年或全部。
   *[other] 「{ $part }」我看不懂。
}
    .next = /help search 有搜尋的寫法。
    .next-in-shell = commonplace search --help 有搜尋的寫法。
error-try = 試試這樣寫：{ $suggestion }
error-unknown-item = 沒有編號 { $number } 的文章。/recent 可以看到編號。
error-unknown-label = { $name } 不是這裡的標籤。/labels 可以看到所有標籤。
error-unknown-label-near = { $name } 不是這裡的標籤。你要的是 { $suggestions } 嗎？
error-not-allowed = 你在這裡沒有這個權限。請找社群的管理員幫忙。
error-bad-code = 這個代碼不對、已經用過，或已經過期。請在另一邊重新取得一個。

# 等一下就好

error-later = 現在還不行，過一會兒再試吧。
error-rate-limited = 這個網站請我晚點再來。
error-timed-out = 等了很久還是沒有回應。過一會兒再試，或把全文貼給我。
error-unreachable = { $reason ->
    [certificate] 這個網站的安全憑證有問題，我沒有連過去。把全文貼給我就好。
   *[other] 現在連不上這個網站。過一會兒再試，或把全文貼給我。
}
error-model-busy = { $reason ->
    [timed-out] 語言模型太久沒有回答。
    [rate-limited] 語言模型的伺服器請我等一下。
   *[other] 現在連不上語言模型的伺服器。
}東西沒有丟，晚點會再問一次。
error-over-budget = 語言模型今天的用量（{ $limit } token）用完了。東西沒有丟，明天會接著問。
error-bad-answer = 語言模型 { $model } 沒有照要求的格式回答。換大一點的模型也許可以。
error-data-in-use = 資料正被另一個程式使用。先把那個程式關掉，再試一次。
error-wait = 請等 { $wait }後再試。

# 架設的人要處理

error-operator = 這裡的設定有點問題，請架設的人執行 commonplace doctor 看看。
error-bad-config = 設定「{ $key }」的值不能用：{ $found }。應該是：{ $expected }。
error-bad-taxonomy = 標籤檔有問題，在 { $where }。請架設的人檢查標籤檔。
error-bad-file = { $file } 讀不了。請檢查檔案路徑和內容。
error-model-unavailable = 模型 { $model } 載入不了。請架設的人執行 commonplace doctor 看看。
error-bad-store = 資料庫 { $file } 打不開。請架設的人執行 commonplace doctor 看看。
