# 標籤的討論：意見不一的時候怎麼談、誰決定、寫下哪一句。

command-discussions = 討論
    .argument = 編號
    .about = 還在討論的標籤；寫編號就看那一篇
    .also = 討論串
command-suggest = 提議
    .argument = 編號 一句話
    .about = 為正在討論的標籤提議一句說明，由編輯決定要不要採用
    .also = 建議

setting-discussions = 同時幾個討論
    .about = 意見不一的標籤，同時最多開幾個討論，其他的排隊；off 是不開。例如 /settings 討論 5
    .also = 討論
setting-discussions-off = 不開
    .also = 關

discussion-thread = #{ $number } 是「{ $label }」嗎？{ $title }
discussion-split = 🤔 大家看法不一：這篇算「{ $label }」嗎？
discussion-asked = 🤔 有人想討論：這篇算「{ $label }」嗎？
discussion-none = 🤔 有人想討論：這篇真的沒有合適的標籤嗎？
discussion-voices = 覺得算的 { $pro } 人，覺得不算的 { $contra } 人。
discussion-hint = 在這裡聊聊你的理由吧，聊天內容我不會存。覺得說明該補一句，就打 /suggest 加上那句話，或是回覆這則訊息，用「算：」「不算：」「難判斷：」開頭。最後由編輯決定：
discussion-hint-none = 在這裡聊聊你的理由吧，聊天內容我不會存。想到合適的標籤，按卡片上的「＋ 標籤」。最後由編輯決定：
button-settle-right = ✓ 算
button-settle-wrong = ✗ 不算
button-settle-leave = 先放著

discussion-right = 編輯決定：算「{ $label }」。
discussion-wrong = 編輯決定：不算「{ $label }」。
discussion-none-right = 編輯決定：都不合適。
discussion-none-wrong = 編輯決定：應該有合適的標籤，再找找看。
discussion-left = 編輯決定先放著。有人再投票的話，會再討論。
discussion-agreed-right = 已經有結果了：算「{ $label }」。討論到這裡。
discussion-agreed-wrong = 已經有結果了：不算「{ $label }」。討論到這裡。
discussion-dropped = 沒有人要討論了，就到這裡。
discussion-lost = 這個討論已經結束。
discussion-removed = 這篇移除了，討論就到這裡。

sentence-ask = 要不要把這次的判斷寫進「{ $label }」的說明，下次好判斷？
sentence-hint = 回覆這則訊息就可以提議別的寫法。由編輯選一句：
sentence-right = 「{ $title }」這樣的內容算「{ $label }」
sentence-right-because = 「{ $title }」這樣的內容算「{ $label }」，因為{ $reason }
sentence-wrong = 「{ $title }」這樣的內容不算「{ $label }」
sentence-wrong-because = 「{ $title }」這樣的內容不算「{ $label }」，因為{ $reason }
sentence-rival = 主要談的是「{ $label }」
button-sentence-edit = 改寫
button-sentence-none = 都不用
button-sentence-yes = 寫進去
button-sentence-no = 先不要
sentence-edit = 回覆討論的訊息，把你要的那句話打給我，我會列進去讓你選。
sentence-edit-here = 把你要的那句話打給我，我會列進去讓你選。
sentence-preview = 要寫進「{ $label }」的說明：
sentence-asks-the-same = 問模型的話沒有變，社群已經決定的 { $n } 篇都維持原樣，這句話是給大家判斷時看的。
sentence-asks = 問模型的話會跟著變，建議的標籤可能不同；社群已經決定的 { $n } 篇都維持原樣。
sentence-taken = 已寫進「{ $label }」的說明（第 { $version } 版）：
sentence-unknown = 那一句已經不在了。
sentence-there = 說明裡已經有這一句了。選別句，或按「都不用」。
sentence-declined = 好，說明維持原樣。
sentence-not-yet = 好，先不寫。還可以選別句，或提議別的寫法。

suggest-noted = 記下了，編輯決定後可以選它寫進「{ $label }」的說明：{ $sentence }
suggest-long = 這句有 { $n } 個字，太長了，說明裡的一句最多 { $most } 個字。挑最要緊的一點寫吧。
suggest-which = 現在有 { $n } 個討論，你說的是哪一篇？打 /suggest 編號 一句話，編號在 /discussions 裡。
suggest-nothing = 現在沒有標籤在討論，所以沒有地方放這句話。對哪一篇的標籤有疑問，在卡片按 🤔 就會開始討論。

colon = ：
word-because = 因為
word-include = 算
    .also = 包括,包含,include,includes,yes
word-exclude = 不算
    .also = 不包括,不包含,exclude,excludes,no
word-edge = 難判斷
    .also = 難判斷時,邊界,edge,edge case

discussions-none = 現在沒有標籤在討論。
discussions-title = 還在討論的標籤：{ $n } 個
discussions-from = 從第 { $n } 個開始
discussions-label = 算「{ $label }」嗎？
discussions-queued = 排隊中
discussions-open = 算 { $pro }，不算 { $contra }
discussions-decided = 決定了，等編輯選一句
discussions-hint = /discussions 編號 可以看一篇的討論
discussions-not = #{ $number } 現在沒有標籤在討論。

error-discussion-over = 這個討論已經有結果了。
    .next = 還在討論的：/discussions
