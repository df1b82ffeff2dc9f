# 編碼簿和它的修改：/codebook、標籤的歷史、重新貼標籤。

command-codebook = 編碼簿
    .argument = 動作 標籤 | …
    .about = 標籤的版本；編輯者可以新增、改名、移動、合併、拆分、停用或改寫

label-retired-brief = { $sure }（已停用）
label-retired = 已經停用，不會再貼這個標籤；之前決定的都還在。
label-split = 已經拆成「{ $into }」；之前決定的都還在。
label-version = 編碼簿第 { $version } 版

codebook-word-add = 新增, 加
codebook-word-rename = 改名
codebook-word-alias = 別名
codebook-word-move = 移動, 移到
codebook-word-merge = 合併, 併入
codebook-word-split = 拆分, 拆開
codebook-word-retire = 停用
codebook-word-restore = 恢復
codebook-word-wording = 說明, 改寫
codebook-word-history = 歷史, 紀錄
codebook-word-accept = 採用
codebook-word-cancel = 取消
codebook-word-take = 用檔案
codebook-word-keep = 保留
codebook-word-open = 打開

codebook-field-definition = 定義
codebook-field-hypothesis = 問法, 問句
codebook-field-include = 包括
codebook-field-exclude = 不包括
codebook-field-edge-case = 難判斷, 難判斷時

codebook-named-name = 名稱
codebook-named-definition = 定義
codebook-named-hypothesis = 問法
codebook-named-include = 包括
codebook-named-exclude = 不包括
codebook-named-edge-case = 難判斷時
codebook-named-choice = 選法
codebook-named-threshold = 門檻

codebook-version = 第 { $number } 版
codebook-cause-starter = 入門標籤
codebook-cause-file = 架設者的檔案
codebook-cause-chat = 在聊天裡修改
codebook-cause-applied = 從檔案匯入
codebook-note = 「{ $note }」
codebook-began = 從這一版開始就有。
codebook-more = 還有 { $n } 項修改

codebook-change-added = 新標籤：{ $label }
codebook-change-renamed = { $label }：{ $language }名稱從「{ $before }」改成「{ $after }」
codebook-change-reworded = { $label }的{ $field }（{ $language }）：從「{ $before }」改成「{ $after }」
codebook-change-reworded-more = { $label }的{ $field }（{ $language }）：加上「{ $after }」
codebook-change-reworded-less = { $label }的{ $field }（{ $language }）：拿掉「{ $before }」
codebook-change-alias-added = { $label }也叫「{ $after }」
codebook-change-alias-dropped = { $label }不再叫「{ $before }」
codebook-change-moved = { $label }換了位置，原本是 { $to }
codebook-change-merged = { $label }併入{ $to }
codebook-change-split = { $label }停用，改用「{ $into }」
codebook-change-retired = { $label }停用
codebook-change-restored = { $label }恢復使用
codebook-change-gone = { $label }不見了
codebook-change-dimension-added = 新面向：{ $label }
codebook-change-dimension-gone = 面向「{ $label }」不見了
codebook-change-choice = { $label }：可選幾個從「{ $before }」改成「{ $after }」
codebook-change-threshold = { $label }：門檻從 { $before } 改成 { $after }

codebook-proposed = 這樣改會是第 { $number } 版，現在還沒有生效。
codebook-carriers = { $shown ->
    [0] 會影響 { $n } 篇。
   *[other] 會影響 { $n } 篇，例如這 { $shown } 篇：
}
codebook-will-relabel = { $n ->
    [0] 還沒有貼過標籤的文章，不需要重新貼。
   *[other] 會在背景重新貼 { $n } 篇的標籤，大家決定過的不會動。
}
codebook-no-effect = 沒有文章會變，問模型的問題也不變。
codebook-nothing-decided = 問法有變的標籤還沒有大家決定過的文章，所以沒辦法先試試看。
codebook-trying = 正在用大家決定過的文章試試看：{ $done } / { $total }…
codebook-tried = 試了 { $decided } 篇決定過的文章中的 { $tried } 篇：{ $answers } 個答案裡，現在有 { $before } 個跟大家的決定一樣，改了以後會有 { $after } 個。
codebook-better = 有 { $n } 個答案會變對：
codebook-worse = 有 { $n } 個答案會變錯：

codebook-accepted = 從現在起用第 { $number } 版。
codebook-due = 正在重新貼 { $n } 篇的標籤，/status 可以看到進度。
codebook-offer = 有 { $n } 篇用過舊標籤，新的哪個合適？
codebook-cancelled = 好，先不改，什麼都沒有變。
codebook-kept-own = 標籤照你們改的用。架設者的檔案再有變動時，我會再說一聲。
codebook-behind = 架設者的標籤檔案改了，你們也自己改過。現在用的是你們的，什麼都沒有弄丟。要用哪一份？
codebook-how = 想修改的話（會先給你看影響，有人按「採用」才會生效）：
    .examples =
        /編碼簿 新增 勞動 | platform-work 平台工作 / platform work
        /編碼簿 改名 勞動 | 勞動權益
        /編碼簿 移動 移工 | 族群
        /編碼簿 合併 生態 | 環境
        /編碼簿 拆分 環境 | air 空氣 | water 水
        /編碼簿 停用 環境
        /編碼簿 說明 勞動 | 難判斷 | 外送員算勞動。

codebook-button-accept = ✓ 採用
codebook-button-cancel = ✗ 取消
codebook-button-history = 歷史
codebook-button-take = 用檔案的
codebook-button-keep = 用我們的
codebook-button-open = 提案 { $id }

status-lead-codebook = 標籤
status-codebook = 編碼簿第 { $version } 版
status-codebook-behind = （架設者的檔案不一樣：/codebook）
status-lead-relabelling = 重新貼標籤
status-relabelling = { $done } / { $total } 篇，{ $changed } 篇的標籤變了

doctor-codebook-behind = 標籤：「{ $community }」在聊天裡改過標籤，你的檔案也改了；現在用的是社群的
doctor-codebook-behind-mend = 先用「commonplace taxonomy diff --community { $community }」比較；「commonplace taxonomy take --community { $community }」改用你的檔案，「keep」則照舊。

error-bad-change = { $reason ->
    [id-taken] { $name } 已經是（或曾經是）一個標籤（{ $found }），舊連結會指到那裡，請換一個代號。
    [name-taken] { $found } 已經叫「{ $name }」了，請取一個分得出來的名字。
    [own-child] 標籤不能放到自己底下，也不能併入自己底下的標籤。
    [last] { $name } 是這個面向最後一個標籤，請先新增別的。
    [retired] { $name } 已經停用了。/codebook restore { $name } 可以恢復。
    [above-retired] { $name } 是跟著上一層停用的，請恢復上一層。
    [not-there] 編碼簿那裡沒有「{ $name }」，所以沒辦法拿掉。
    [too-few] 請至少寫兩個新標籤，中間用 | 分開。
    [nothing] 編碼簿現在就是這樣寫的。
    [needs-id] 「{ $name }」前面請加一個英文代號，例如：people { $name }
    [form] 這樣改，標籤就過不了檢查：{ $problem }
   *[grammar] 這個我看不懂。/codebook 可以看到修改的寫法。
}
error-changed-meanwhile = { $reason ->
    [newer] 這段時間標籤又改過了（現在是第 { $number } 版）。請再提一次，免得跟你看到的不一樣。
   *[closed] 這個提案已經採用或取消了，或是沒有這個提案。
}

# commonplace taxonomy

cli-taxonomy = 匯出、檢查、比較或修改社群的標籤
cli-taxonomy-more =
    export 寫到 FILE（或畫面）；check 檢查 FILE；diff 說明 FILE（沒寫就是設定的檔案）會改變什麼；
    apply 讓它成為下一版；history 列出所有版本。社群和設定的檔案都改過時，take 用檔案，keep 照舊。
cli-taxonomy-examples =
    commonplace taxonomy export labels.toml
    commonplace taxonomy apply labels.toml --dry-run
taxonomy-option-dry-run = 只說會改變什麼，不真的改
taxonomy-option-note = 為什麼改，會留在歷史裡
taxonomy-sound = { $file } 沒有問題：{ $dimensions } 個面向，{ $labels } 個標籤
taxonomy-exported = 第 { $version } 版寫到 { $file } 了
taxonomy-kept = 照用社群自己的標籤，設定的檔案不動
taxonomy-trying = 正在用大家決定過的文章試試看
