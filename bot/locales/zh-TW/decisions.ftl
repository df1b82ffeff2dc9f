# 決定：編輯者的裁定、決定紀錄、都不合適。

command-rule = 裁定
    .argument = 編號 標籤 對／不對 理由
    .about = 編輯者直接決定標籤對不對；大家的票都留著，收回裁定就再照票數算
    .also = 判定
command-log = 決定紀錄
    .argument = 編號或條件
    .about = 哪個標籤什麼時候、為什麼變成怎樣；可以加 label:、by:、since:、until:、is: 和字詞
    .also = 紀錄,記錄,決定記錄

# 卡片

card-none-decided = ✓ 大家認定沒有合適的標籤
card-none-ruled = ⚖ 已裁定沒有合適的標籤
card-none-disputed = 是不是都不合適，還在討論
card-none-brief = 都不合適
label-ruled = ⚖
ruling-editor = 編輯者
ruling-right = ⚖ { $who }裁定：{ $label } ✓
ruling-wrong = ⚖ { $who }裁定：{ $label } ✗
ruling-reason = （{ $reason }）
ruling-more = 還有 { $n } 項裁定，/log { $number } 可以看到

# 裁定

rule-ask = 這篇的標籤由你裁定：✓ 對，✗ 不對，↩ 收回裁定。
rule-hint = 也可以一次打完，加上理由：
    .example = 標籤 對 理由
rule-yes = 對
    .also = 是,正確,合適,成立,yes,y,right,correct
rule-no = 不對
    .also = 不是,錯,不合適,不成立,否,no,n,wrong
rule-withdraw = 收回
    .also = 撤回,取消,withdraw,undo,back
rule-none = 都不合適
    .also = 都不適合,none,none fits
button-reason = ✎ 寫理由
rule-why = 為什麼這樣裁定「{ $label }」？下一則訊息就當作理由；理由和你的名字大家都看得到。
rule-anonymous = 裁定要讓大家知道是誰做的，請換回自己的帳號。
ruled-right = 裁定了：✓ { $label }
ruled-wrong = 裁定了：✗ { $label }
ruled-withdrawn = 收回了對「{ $label }」的裁定，再照大家的票算
ruled-nothing = #{ $number } 的「{ $label }」沒有裁定可以收回。
standing-ruled = （編輯者已經裁定；你的票留著，收回裁定時就會算）

# 決定紀錄

moment = { $date } { $time }
log-found = 第 { $first }–{ $last } 筆，共 { $total } 筆決定，新的在前
log-nothing = 還沒有任何決定。
log-nothing-for = 沒有符合「{ $query }」的決定。
log-hint = 可以寫 /log 12、/log label:勞動、/log by:裁定、/log since:2026-10，或直接寫字詞
log-change = { $label }：{ $before } → { $after }
log-same = { $label }：{ $after }（沒有變）
log-tally = （{ $pro } 票贊成，{ $con } 票反對）
log-by = { $cause }（{ $who }）
log-reason = 「{ $reason }」
log-codebook = 編碼簿第 { $version } 版
log-me = 我
    .also = 我自己,me,myself
status-none = 沒有
status-open = 未決定
status-suggested = 建議
status-confirmed = 確認
status-rejected = 不合適
status-disputed = 討論中
cause-vote = 投票
    .also = 票
cause-ruling = 裁定
cause-withdrawal = 收回裁定
    .also = 撤回裁定
cause-import = 匯入
cause-labelling = 重新貼標籤
cause-merge = 併成同一篇
    .also = 合併
cause-customs = 改了計票方式
    .also = 設定
cause-taxonomy = 標籤表改了
    .also = 標籤表
cause-recount = 重新計票
