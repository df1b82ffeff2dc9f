# What is said in the conversation.

welcome-title = Commonplace
welcome-count = { $n ->
    [0] The shelves are empty. Paste a first link; summary and labels are on me.
    [one] One item on the shelves. Paste a link, a text or the path of a file; summary and labels are on me.
   *[other] { $n } items on the shelves. Paste a link, a text or the path of a file; summary and labels are on me.
}
welcome-hint = /help shows what I can do · /search finds things · /language 中文

unknown-command = There is no command /{ $name }.
did-you-mean = Did you mean{" "}
    .end = ?
see-help = Type /help to see what there is.
usage = Write it like this:{" "}
door-is-open = The door is open: from now on I can answer you here. Ask again in the group.
button-too-old = This button is too old; please ask again.
no-more = That was the last page.

help-intro = Send me a link, a text, or a PDF, HTML or text file (in a terminal, its path): I keep it, summarise it and label it.
help-outro = A number alone shows that item, as in “7”.

# keeping

step-fetching = Fetching…
step-summarising = Summarising…
step-labelling = Labelling…
step-saving = Saving…

card-known = { $shares ->
    [one] Already here, since { $date }.
   *[other] Already here: shared by { $shares } people, first on { $date }.
}
card-waiting = “{ $title }” is already here, and being worked on.
card-same-story = It tells the same story as #{ $number }; they now stand together.
card-same-story-at = It tells the same story as #{ $number } ({ $site }); they now stand together.
card-no-labels = no fitting label yet
card-shared = { $shares ->
    [one] kept on { $date }
   *[other] kept on { $date }, shared by { $shares } people
}

card-llm = 🤖 = suggested by a language model only
card-generated = 🤖 Summary worded by a model, not quoted from the text
label-llm = 🤖?
label-brief-llm = 🤖 { $name }?
label-suggested = { $percent }?
label-confirmed = ✓
label-disputed = in discussion
label-brief-suggested = { $name }?
label-brief-confirmed = { $name }
label-brief-disputed = { $name } (in discussion)

button-why = why
button-similar = similar
button-remove = remove
button-more = more
button-all = list all
button-find = show them
button-failed = show the failed ones
button-retry = Try again
button-paste = Paste the text
button-search-it = Search for it
button-save-it = Keep it as a text
button-remove-yes = Remove it
button-remove-no = Keep it

short-text = That is short. Shall I look for it, or keep it?
resuming = { $n ->
    [one] One item was left unfinished last time; going on with it now.
   *[other] { $n } items were left unfinished last time; going on with them now.
}
retry-all = { $n ->
    [one] Trying one item again.
   *[other] Trying { $n } items again.
}
retry-nothing = Nothing needs another try.
retry-done = #{ $number } is fine; no need to try again.
paste-ask = Paste the text of “{ $title }” now; your next message becomes its content.
remove-ask = Remove “{ $title }”? Its summary and labels go with it.
removed = Removed “{ $title }”.
kept = “{ $title }” stays.

# finding

search-found = { $total } found, showing { $first }–{ $last }
search-found-all = { $total ->
    [one] One found
   *[other] { $total } found
}
search-nothing = Nothing found for “{ $query }”.
search-nothing-hint = Try other words or fewer conditions. /help search shows how to write them.
found-title = in the title: { $words }
found-text = in the text: { $words }
found-meaning = alike in meaning
found-label = labelled { $words }
found-filter = matches { $words }
found-others = { $n ->
    [one] one more tells the same story
   *[other] { $n } more tell the same story
}
similar-found = Like “{ $title }”
similar-nothing = Nothing is like “{ $title }” yet.
recent-found = Kept last, { $first }–{ $last } of { $total }
recent-found-all = { $total ->
    [one] One item
   *[other] { $total } items, latest first
}
recent-nothing = The shelves are empty. Paste a first link.

search-help = Ways to search
    .examples =
        migrant residency — these words, or what means the same
        "right to strike" — exactly this phrase
        migrant -broker — without this word
        label:labour — with this label or one below it
        -label:labour — without it
        site:pts — from this site
        by:chen — by this author, or shared by this member
        lang:zh — in Chinese
        since:2026-01 until:2026-03 — of this time
        is:suggested — labels nobody has confirmed (also confirmed, disputed, rejected, none-fits, failed)

filter-label = has this label
filter-site = from this site
filter-by = author, or who shared it
filter-lang = language of the text
filter-since = from this day on
filter-until = up to this day
filter-is = state of labels or items
filter-suggested = suggested by a model only
filter-confirmed = confirmed by people
filter-disputed = in discussion
filter-rejected = wrong, as people decided
filter-none-fits = decided: no label fits
filter-failed = could not be kept
filter-zh = Chinese
filter-en = English

# labels

labels-hint = /labels DIMENSION shows a whole tree · /label NAME explains one
choice-one = choose one
choice-many = any number
label-count = { $n ->
    [0] no items yet
    [one] one item
   *[other] { $n } items
}
label-also = also
label-asked = asked as
label-include = includes
label-exclude = excludes
label-edge = when in doubt
label-below = narrower

why-premise-summary = Judged by the summary:
why-premise-text = Judged by the whole text:
why-accepted = ✓
why-refused = ·
why-threshold = ≥ { $percent }
why-because = because of “{ $label }”, { $percent }
why-rest = { $n ->
    [one] one more, { $percent } or less
   *[other] { $n } more, { $percent } or less
}
why-llm = 🤖 A language model ({ $model }) suggests: { $labels }
why-model = model { $model } · wording { $wording }
why-nothing = “{ $title }” has not been labelled yet.

# status

status-title = The collection “{ $community }”
status-lead-items = items
status-lead-busy = progress
status-lead-labels = label model
status-lead-llm = language model
status-llm = { $n ->
    [0] nothing waits for it
    [one] one item waits for it
   *[other] { $n } items wait for it
}; { $tokens } tokens today (UTC)
status-lead-search = search model
status-lead-storage = storage
status-items = { $n } in all
status-state = { $n } { $state }
status-busy = { $n ->
    [0] all done
    [one] one item in work
   *[other] { $n } items in work
}
status-storage = { $items } in the database, { $vectors } in the index of meanings
state-received = received
state-fetched = fetched
state-summarised = summarised
state-labelled = labelled
state-done = done
state-failed = failed

# language

language-ask = Which language would you like?
language-unknown = I do not speak “{ $name }” yet.
language-set = English it is.
