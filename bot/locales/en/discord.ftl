# What an admin of a Discord server can give the bot.

discord-lacks-view = I cannot see this channel: give my role “View Channel” in the channel’s permissions.
discord-lacks-send = I cannot write here: give my role “Send Messages” in the channel’s permissions.
discord-lacks-threads = I cannot answer in threads: give my role “Send Messages in Threads”.
discord-lacks-opening = I cannot open threads, so discussions of labels stand in the channel: give my role “Create Public Threads”.
discord-lacks-embed = My cards come out as plain text: give my role “Embed Links”.
discord-lacks-history = I cannot read what was written while I was away, nor answer in place: give my role “Read Message History”.
discord-lacks-reactions = I cannot show by a sign that I saw a message: give my role “Add Reactions”.
discord-lacks-content = I read only messages that mention me, and what you save by the menu: to keep every link, whoever runs me turns on “Message Content Intent” in Discord’s developer portal and sets discord.reads_messages = true.
