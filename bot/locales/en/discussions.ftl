# Discussions of labels: how people talk where they disagree, who decides, what is written down.

command-discussions = discussions
    .argument = NUMBER
    .about = Labels that are being discussed; with a number, that item’s discussion
    .also = disputes
command-suggest = suggest
    .argument = NUMBER SENTENCE
    .about = Suggest a sentence for the label under discussion; an editor decides whether it is used
    .also = propose

setting-discussions = Discussions at a time
    .about = about labels that people disagree on; the rest wait their turn. For example /settings discussions 5, or off
setting-discussions-off = none
    .also = off

discussion-thread = #{ $number } Is it “{ $label }”? { $title }
discussion-split = 🤔 Opinions differ: is this “{ $label }”?
discussion-asked = 🤔 Somebody would like to discuss: is this “{ $label }”?
discussion-none = 🤔 Somebody would like to discuss: does really no label fit?
discussion-voices = { $pro } say yes, { $contra } say no.
discussion-hint = Tell each other why; what you write here is not kept. If the definition lacks a sentence, type /suggest and the sentence, or answer this message beginning with “yes:”, “no:” or “edge:”. In the end an editor decides:
discussion-hint-none = Tell each other why; what you write here is not kept. If you know a label that fits, press “＋ label” on the card. In the end an editor decides:
button-settle-right = ✓ yes
button-settle-wrong = ✗ no
button-settle-leave = leave open

discussion-right = An editor decided: yes, it is “{ $label }”.
discussion-wrong = An editor decided: no, it is not “{ $label }”.
discussion-none-right = An editor decided: no label fits.
discussion-none-wrong = An editor decided: some label should fit; please look again.
discussion-left = An editor leaves the question open. If somebody votes again, it is discussed again.
discussion-agreed-right = It is settled: yes, it is “{ $label }”. The discussion is over.
discussion-agreed-wrong = It is settled: no, it is not “{ $label }”. The discussion is over.
discussion-dropped = Nobody asks any more, so the discussion is over.
discussion-lost = This discussion is over.
discussion-removed = The item was removed, so the discussion is over.

sentence-ask = Shall the definition of “{ $label }” say so from now on, so that the next one is easier?
sentence-hint = Answer this message to suggest other words. An editor chooses one:
sentence-right = Something like “{ $title }” counts as “{ $label }”
sentence-right-because = Something like “{ $title }” counts as “{ $label }”, because { $reason }
sentence-wrong = Something like “{ $title }” does not count as “{ $label }”
sentence-wrong-because = Something like “{ $title }” does not count as “{ $label }”, because { $reason }
sentence-rival = it is mainly about “{ $label }”
button-sentence-edit = other words
button-sentence-none = none
button-sentence-yes = write it down
button-sentence-no = not yet
sentence-edit = Answer the discussion’s message with the sentence as you want it, and it will be there to choose.
sentence-edit-here = Type the sentence as you want it, and it will be there to choose.
sentence-preview = This would be written into the entry of “{ $label }”:
sentence-asks-the-same = { $n ->
    [one] Models are asked what they were asked before, and the one item that you have decided stays as it is; the sentence is for people who judge.
   *[other] Models are asked what they were asked before, and the { $n } items that you have decided stay as they are; the sentence is for people who judge.
}
sentence-asks = { $n ->
    [one] Models will be asked otherwise, so their suggestions may change; the one item that you have decided stays as it is.
   *[other] Models will be asked otherwise, so their suggestions may change; the { $n } items that you have decided stay as they are.
}
sentence-taken = Written into the entry of “{ $label }” (version { $version }):
sentence-unknown = That sentence is not there any more.
sentence-there = The entry says so already. Choose another sentence, or “none”.
sentence-declined = All right, the entry stays as it is.
sentence-not-yet = All right, not yet. You can choose another one, or suggest other words.

suggest-noted = Noted; after deciding, an editor can choose it for the entry of “{ $label }”: { $sentence }
suggest-long = That sentence has { $n } characters; a sentence of an entry has { $most } at most. Keep the one point that matters most.
suggest-which = { $n } discussions are under way. Which one do you mean? Type /suggest NUMBER SENTENCE; /discussions shows the numbers.
suggest-nothing = No label is being discussed now, so there is nowhere to put the sentence. If you doubt the labels of an item, press 🤔 on its card to begin a discussion.

colon = {": "}
word-because = because
word-include = yes
    .also = include,includes,算,包括,包含
word-exclude = no
    .also = exclude,excludes,不算,不包括,不包含
word-edge = edge
    .also = edge case,難判斷,難判斷時,邊界

discussions-none = No label is being discussed now.
discussions-title = { $n ->
    [one] One label is being discussed
   *[other] { $n } labels are being discussed
}
discussions-from = from number { $n } on
discussions-label = Is it “{ $label }”?
discussions-queued = waits its turn
discussions-open = { $pro } yes, { $contra } no
discussions-decided = decided; an editor is to choose a sentence
discussions-hint = /discussions NUMBER shows the discussion of an item
discussions-not = No label of #{ $number } is being discussed now.

error-discussion-over = That discussion is settled already.
    .next = Those still going on: /discussions
