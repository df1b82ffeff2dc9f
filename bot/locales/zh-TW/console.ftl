# 終端機自己的話。

console-hint = Enter 送出 · Alt-Enter 換行 · Tab 補完 · Ctrl-D 離開
console-busy = 還有 { $n } 篇在處理，可以繼續輸入
console-leave-busy = 還有 { $n } 篇沒做完。再按一次 Ctrl-D 就離開，下次打開會接著做。
console-leaving = 好，把手上這篇做完就離開。
console-interrupt = 要離開請按 Ctrl-D。
console-pasted = 貼上的文字，共 { $n } 行
console-no-file = 打不開 { $path }。檢查一下路徑吧。
console-folder = { $path } 是資料夾。請給我其中一個檔案的路徑。
console-large-file = { $path } 太大了。挑出重要的部分，或直接貼上文字吧。
