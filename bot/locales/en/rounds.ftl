# Review rounds: members judge the same texts, each for themself, and compare; practice of newcomers.

command-round = round
    .argument = start 30 DIMENSION
    .about = Judge the same texts, each for yourself, then compare; without a word, how far it is
    .also = rounds,review
command-practice = practice
    .about = Five small exercises about where labels end
    .also = practise,exercises

round-word-start = start
    .about = an editor opens one: how many texts, which dimension, such as start 30 topic
    .also = begin,open,開始
round-word-join = join
    .about = take part, or go on
    .also = continue,參加
round-word-leave = leave
    .about = take part no longer; answers stay
    .also = quit,退出
round-word-close = close
    .about = an editor closes it, and everybody sees the comparison
    .also = end,stop,結束
round-word-results = results
    .about = a closed one: agreement, and the texts that split people
    .also = result,compare,結果
round-word-practice = practice
    .also = practise,練習

round-title-practice = Round { $number }: { $dimension } (practice)
round-title-counted = Round { $number }: { $dimension }
round-invites = { $items } texts, at most { $questions } questions. I ask you in private, one at a time; stop and go on whenever you like.
round-about-practice = This one is practice: after each answer you hear what the codebook says. Nothing becomes a vote or trains a model.
round-about-counted = Say what you think. Until it closes, nobody sees anybody's answers; then yours become your votes.
round-fewer = { $items ->
    [one] Only one text was not judged before ({ $asked } were wanted).
   *[other] Only { $items } texts were not judged before ({ $asked } were wanted).
}
round-joined = { $n ->
    [0] Nobody has joined yet
    [one] One has joined
   *[other] { $n } have joined
}
round-is-closed = This round is closed.
round-which = Which dimension is it to be about?
round-how =
    I do not understand “{ $found }”. You can type:
    /round start 30 topic (editors), /round join, /round close (editors), /round results
    /round alone tells how far it is.

round-nobody = Nobody has joined yet.
round-done-of = { $done } of { $total }
round-so-far = { $items ->
    [one] Agreement so far (one text can be compared):
   *[other] Agreement so far ({ $items } texts can be compared):
}
round-target = target { $target }
round-none = No round is open.
round-last = The last one: { $title }
round-how-to-start = To open one: /round start { $size } { $dimension }
round-nothing-left = You have answered everything of round { $number }. Thank you!
round-left = You no longer take part in round { $number }; your answers stay. “Join” brings you back.
round-not-there = You were not taking part in round { $number }.
round-reminder = { $n ->
    [one] { $title }: one question waits for you.
   *[other] { $title }: { $n } questions wait for you.
}
round-reminder-hint = Once a day at most, and no more after three without an answer.
round-all-through = { $title }: all who joined have answered everything. An editor can close it; others can still join.
round-through =
    You have answered everything of this round. Thank you!
    When it closes, the comparison is told in the group.
round-begin = The questions are for your eyes only. Write to me in private first, then type /answer to begin.

round-raters = { $n ->
    [one] one person answered, { $items } texts
   *[other] { $n } people answered, { $items } texts
}
round-agreement = Agreement (alpha):
round-before = Before (round { $number }):
round-interval = ({ $low } to { $high })
round-better = better by { $change }
round-worse = worse by { $change }
round-same = about the same
round-no-alpha-nothing = nobody has answered
round-no-alpha-one-rater = only one person answered: nothing to compare
round-no-alpha-no-overlap = no two people have answered the same question
round-no-alpha-no-variation = everybody always said the same: it cannot be told
round-was-practice = This was practice, and is kept out of all records.
round-split = { $n ->
    [one] One text split people:
   *[other] { $n } texts split people, these most of all:
}
round-no-split = People agree about every text.
round-divided = “{ $label }”: fits { $yes }, does not fit { $no }
round-next-practice = Next: a round of practice.
round-next-counted = Next: talk about what split you, then judge new texts (every label has a place, rare ones too, and what the model was unsure of).
round-next-none = That is enough about this dimension for now. When labels change, begin again with practice.

button-round-join = ✋ join
button-round-go-on = go on
button-round-leave = leave
button-round-close = close this round
button-round-results = see what it showed
button-round-next = ▶ start the next round

# practice

practice-same = Yes, the codebook sees it so.
practice-other = The codebook sees it otherwise.
practice-decided = The community decided: “{ $label }” { $answer }.
practice-definition = That sentence defines “{ $label }”.
practice-include = “{ $label }” includes: { $says }
practice-exclude = “{ $label }” does not include: { $says }
practice-edge = Where “{ $label }” ends: { $says }
practice-done = That was all; thank you! For another set: /practice.
practice-counts = That was all; thank you! From now on your votes count.
practice-counts-earlier = { $n ->
    [one] So do those on the one item that you voted on before.
   *[other] So do those on the { $n } items that you voted on before.
}
practice-nothing = The codebook has nothing to practise on yet, so you need no practice: your votes count.
practice-hint =
    Your vote is kept. This community asks newcomers for five small exercises first; then it counts, like all your earlier ones.
    It takes about a minute, and only you see it.
button-practice = begin

setting-practice = Newcomers practise
    .about = their votes count after five exercises: /settings practice yes (who voted before is not asked)
    .also = practice,practise
setting-practice-yes = first
    .also = yes,on
setting-practice-no = if they like
    .also = no,off

cause-round = a review round closed
cause-practice = a newcomer is through with practice

error-unknown-round = { $number ->
    [0] There is no such round.
   *[other] There is no round { $number }.
}
    .next = /round shows what is open, and the last one.
error-bad-round = { $reason ->
    [size] A round can have { $expected } texts, not { $found }.
    [target] A target is a number from 0 to 1, such as 0.8, not { $found }.
    [dimension] “{ $found }” is no dimension. There are: { $expected }.
    [no-items] Texts that were not judged before: { $found }; it takes { $expected }. Keep some more, then start.
    [is-open] Round { $found } is still open. Close it first: /round close { $found }
    [is-closed] Round { $found } is closed already.
   *[not-closed] Round { $found } is still open; its answers are told when it closes.
}
