# What only Telegram needs to say.

telegram-anonymous = You are anonymous here, so I cannot count your voice. Turn off "Remain anonymous", or write as yourself, and press again.
telegram-lacks-messages = I do not see ordinary messages in this group. Make me an admin, or turn off privacy mode with /setprivacy at @BotFather, then remove me and add me again.
telegram-lacks-reactions = I do not see reactions in this group, so only buttons count. Make me an admin to let 👍 and 👎 count too; I need no particular right.
telegram-lacks-writing = I may not write in this group. Allow me to send messages in my permissions, or make me an admin.
telegram-lacks-signs = I may not show by a reaction what I have received. Allow 👀, ✍ and 🤷 in the group's settings under Reactions.
telegram-description = I keep what your community reads. Send me links, texts or files: I summarise them, suggest labels, and find them again. You vote on whether the labels are right.

    I store what you send me, your votes, and your name here. /privacy says what is kept and for how long.
telegram-short-description = Keeps what your community reads: summaries, labels that you vote on, and search.
