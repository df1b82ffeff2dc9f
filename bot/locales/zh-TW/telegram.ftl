# 只有 Telegram 會用到的話。

telegram-anonymous = 你在這裡是匿名身分，所以我沒辦法計入你的意見。關閉「保持匿名」，或改用自己的身分，再按一次吧。
telegram-lacks-messages = 我看不到這個群組裡的一般訊息。請把我設為管理員；或在 @BotFather 用 /setprivacy 關閉隱私模式，再把我移出群組、重新加入。
telegram-lacks-reactions = 我看不到這個群組裡的表情回應，所以只有按鈕算數。把我設為管理員（不需要任何特別權限），👍 和 👎 就也能算數。
telegram-lacks-writing = 我不能在這個群組裡發言。請在權限裡允許我傳送訊息，或把我設為管理員。
telegram-lacks-signs = 我不能用表情回應告訴大家收到了。請在群組設定的「回應」裡允許 👀、✍ 和 🤷。
telegram-description = 我幫你們的社群保存讀到的東西。把連結、文字或檔案傳給我：我會做摘要、建議標籤，之後也找得回來。標籤對不對，由你們投票決定。

    我會保存你傳來的內容、你的投票，以及你在這裡的名字。保存什麼、保存多久，看 /privacy。
telegram-short-description = 保存社群讀到的東西：做摘要、建議標籤讓大家投票，也找得回來。
