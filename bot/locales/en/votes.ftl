# Cards, votes, and what is said while things are kept in a chat.

# cards

label-proposed = ?
card-none-fits = { $n ->
    [one] one thinks that none fits
   *[other] { $n } think that none fits
}
card-discuss = { $n ->
    [one] one would like to discuss it
   *[other] { $n } would like to discuss it
}

button-vote = are the labels right?
button-wrong = 👎 wrong
button-add = ＋ label
button-none-fits = none fits
button-discuss = 🤔 discuss
button-back = ‹ back
button-further = others ›
button-choose = ✓ choose { $label }
button-tree = look through all labels
button-split = split

# votes

vote-ask = Are the labels right? Press ✓ or ✗; the same again takes it back.
vote-for = Noted: ✓ { $label }
vote-against = Noted: ✗ { $label }
vote-withdrawn = Taken back: { $label }
vote-none-fits = Noted: none fits
vote-none-fits-withdrawn = Taken back: none fits
vote-discuss = Noted: to be discussed
vote-discuss-withdrawn = Taken back: to be discussed
standing-missing = { $n ->
    [0] {" "}({ $missing } to go)
    [one] {" "}(one vote, { $missing } to go)
   *[other] {" "}({ $n } votes, { $missing } to go)
}
standing-confirmed = { $n ->
    [one] {" "}(one vote: confirmed)
   *[other] {" "}({ $n } votes: confirmed)
}
standing-rejected = { $n ->
    [one] {" "}(one vote: it does not fit)
   *[other] {" "}({ $n } votes: it does not fit)
}
standing-disputed = {" "}(opinions differ: in discussion)
standing-own = {" "}(you handed it in; here one’s own items are for others to decide)

pick-dimension = What kind of label?
pick-which = “{ $words }” may mean one of these. Which one?
pick-nothing = No label is like “{ $words }”.
pick-hint = or type{" "}
    .example = LABEL

# many at once

burst-progress = { $total } came in, { $done } done…
burst-done = { $failed ->
    [0] { $n } kept
   *[other] { $n } kept, { $failed } failed
}
burst-rest = { $n ->
    [one] and one more: /recent shows it
   *[other] and { $n } more: /recent shows them
}

failed-bad-address = bad address
failed-blocked-address = address not allowed
failed-not-found = page is gone
failed-forbidden = site refuses
failed-too-large = too large
failed-not-an-article = no article
failed-unsupported-type = unknown kind of file
failed-unreadable = unreadable file
failed-rate-limited = site too busy
failed-timed-out = took too long
failed-unreachable = no answer
failed-other = something went wrong

# messages, and the door

picture-only = I cannot read pictures yet. Add a few words, or send the text or a link.
split-nothing = #{ $number } is one message; there is nothing to split.
keep-ask = The message that brought #{ $number } “{ $title }” was deleted. Remove the item too?
no-way-in = The answer is for you alone, and I cannot write to you in private. Please let members of this place send you messages, then ask again.
at-the-door = I answer that in private. Open this once:{" "}
    .link = say hello
not-let-in = This bot belongs to a community, and you are not on its list. To join, give this to whoever runs it: { $chat }
vote-anonymous = Whoever writes for a group or channel has no voice of their own. Please vote as yourself.
