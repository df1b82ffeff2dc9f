# Discord 伺服器的管理員可以給機器人的權限。

discord-lacks-view = 我看不到這個頻道：請在頻道權限裡給我的身分組「檢視頻道」。
discord-lacks-send = 我不能在這裡發言：請在頻道權限裡給我的身分組「傳送訊息」。
discord-lacks-threads = 我不能在討論串裡回覆：請給我的身分組「在討論串中傳送訊息」。
discord-lacks-opening = 我不能開討論串，標籤的討論只好留在頻道裡：請給我的身分組「建立公開討論串」。
discord-lacks-embed = 我的卡片只能顯示成純文字：請給我的身分組「嵌入連結」。
discord-lacks-history = 我讀不到離線時的訊息，也不能直接回覆：請給我的身分組「讀取訊息歷史」。
discord-lacks-reactions = 我不能用表情表示看到了：請給我的身分組「新增反應」。
discord-lacks-content = 我只讀得到提到我的訊息，還有你從選單收進來的：想收下每則連結，請架設機器人的人在 Discord 開發者後台打開「Message Content Intent」，並設定 discord.reads_messages = true。
