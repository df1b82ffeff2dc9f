# Communities: settings, links between chats, editors, health.

section-group = The community

command-settings = settings
    .argument = NAME VALUE
    .about = What is kept here, and how I answer
command-link = link
    .about = A code that lets another group or server share this collection
command-join = join
    .argument = CODE
    .about = Share another community's collection, by its code
command-editor = editor
    .argument = MEMBER
    .about = In answer to somebody's message: make them an editor; with “remove”, no longer
    .also = editors
command-doctor = doctor
    .about = Which rights are missing here, and whether anything is stuck
word-remove = remove
    .also = delete,off,移除,取消

setup-hello = Hello, I am Commonplace.
setup-intro = Forward articles to me: I summarise, label and keep them, and all of you can find them again. Admins, this is how I would do it; press to change:
setup-title = How this community wants things done
setup-hint = Only admins can change this. Later: /settings; what I may not do here: /doctor; what I store: /privacy.
setup-page-1 = ‹ Basics
setup-page-2 = Votes and more ›
setup-finish = Done
setup-done = All set. /help shows what there is.
setup-back = { $n ->
    [one] I am back, and the one item here is still here.
   *[other] I am back, and all { $n } items are still here.
}

setting-language = Language
    .about = of what I say in the group, and of the labels
setting-timezone = Time zone
    .about = any other: /settings timezone Asia/Tokyo
setting-intake = Keep
    .about = which messages of the group
    .also = intake
setting-intake-mention = what mentions me
    .also = mentions
setting-intake-links = every link
    .also = link
setting-intake-reaction = what gets a 📌
    .also = reactions
setting-intake-off = only by command
setting-reply = Answer
    .about = when something is kept
    .also = reply
setting-reply-card = with a card
    .also = cards
setting-reply-reaction = with a sign
    .also = sign
setting-reply-silent = not at all
setting-quorum = Quorum
    .about = so many voices at least make a decision
setting-lead = Lead
    .about = and so many more than on the other side
setting-own = Own voices
    .about = count on what one sent oneself
setting-own-yes = count
setting-own-no = do not count
setting-deletion = A deleted message
    .about = and what it brought (where the platform tells)
    .also = deletion
setting-deletion-ask = ask
setting-deletion-remove = remove it too
setting-deletion-keep = keep it
setting-taxonomy = Labels
    .about = the ones that ship with me: /settings labels starter; back again: own
    .also = taxonomy
setting-taxonomy-starter = the starter ones
setting-taxonomy-own = the ones of whoever runs me
setting-unknown = There is no setting “{ $name }”. There are: { $known }.

link-code = On the other side, let an admin type this line, and it will share this collection. It works once, within 30 minutes:
join-how = Type /link on the other side first; it gives a code. Then type /join CODE here.
join-ask = { $n ->
    [one] The one item collected here stays with the old community, and is not seen here any more. Join?
   *[other] The { $n } items collected here stay with the old community, and are not seen here any more. Join?
}
button-join-yes = Join
button-join-no = Not now
join-done = Done: this chat shares the collection of “{ $name }” now.
join-not = All right, nothing changes here.

editors = Editors: { $names }
editors-none = There are no editors yet.
editors-hint = Answer somebody's message with /editor to make them one, with /editor remove to end it.
editor-new = { $name } is an editor now, and may mend and remove what anybody sent.
editor-over = { $name } is no longer an editor.

doctor-chat-well = All is well.
doctor-chat-failed = { $n ->
    [one] One item could not be kept; /retry tries it again.
   *[other] { $n } items could not be kept; /retry tries them all again.
}
doctor-chat-facts = { $busy } under way · labels by { $entailer } · search by { $embedder }
join-same = This chat shares the collection of “{ $name }” already.
editor-who = I do not know who is meant. Answer one of their messages here with /editor.
doctor-chat-stuck = { $n ->
    [one] One item is stuck on its way; /retry takes it up again.
   *[other] { $n } items are stuck on their way; /retry takes them up again.
}
