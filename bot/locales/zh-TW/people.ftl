# 個人：存了什麼、帶走、忘記、同意。

command-privacy = 隱私
    .about = 我存了什麼、多久、怎麼刪
command-mydata = 我的資料
    .about = 和你有關的資料，整份給你
command-forgetme = 忘記我
    .about = 刪掉和你有關的資料
command-consent = 同意
    .argument = 要｜不要
    .about = 模型能不能用你自己寫的話學習

privacy =
    我存了什麼
    大家轉給我的連結、文字、檔案和附註，是誰在什麼時候收的；文章全文、摘要和標籤；每個人投的票；編輯者的裁定和理由。
    誰投了什麼票不會給別人看，大家只看得到票數；裁定會寫出是誰做的。
    其他訊息看過就算，處理完就刪，不會留下內容。
    資料都在架設者自己的機器上，只有這個社群的成員找得到，{ $server ->
        [none] 不會傳給別人。
       *[other] 除了下面說的文字，不會傳給別人。
    }
    收藏會一直留著，直到有人移除；我被移出所有群組之後，過一段時間（預設 30 天）會整份刪掉。
    模型只會從抓下來的文章和大家的票學習；你自己寫的話，除非你用 /consent 同意，否則不會用。
privacy-llm = 這裡有請大型語言模型幫忙建議標籤或寫摘要，所以文章和大家貼上的文字（含標題）會送到它的伺服器（{ $server }）；名字、附註和投票不會送出去。
privacy-more = /mydata 帶走你的資料 · /forgetme 刪掉你的資料 · /consent 同意或收回

mydata =
    你在 { $communities } 個社群裡，收過 { $items } 篇，投過 { $votes } 票。
    全部都在附上的檔案裡。
forget-ask =
    要刪掉和你有關的資料嗎？這不能復原。
    會刪掉：你的個人收藏、你的名字、附註、語言設定，還有只有你貼過的文字和檔案。
    會留下但不再有你的名字：你收進社群的連結、你投的票，和你的裁定（理由會刪掉）。
button-forget-yes = 全部刪掉
button-forget-no = 先不要
forget-not = 好，什麼都沒有刪。
forgotten =
    刪好了。
    移除了 { $removed } 篇你自己的文字或檔案；{ $anonymous } 篇收藏和 { $votes } 張票留著，但已經沒有你的名字。
consent-ask =
    標籤模型能不能也從你自己寫的話（貼上的文字、附註）學習？
    抓下來的文章和投票本來就會用；這裡問的只是你自己的話。隨時可以收回。
consent-is-given = 現在：你同意。
consent-is-not-given = 現在：你沒有同意。
button-consent-yes = 同意
button-consent-no = 不同意
consent-yes = 謝謝，記下了。要收回就打 /consent 不要。
consent-no = 好，不會用你寫的話。
