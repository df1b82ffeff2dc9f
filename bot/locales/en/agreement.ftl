# Agreement: how consistently people label, which labels are confused, and the weekly note.

command-agreement = agreement
    .argument = DIMENSION | me | note
    .about = How consistently we label, and which labels are taken for one another
word-me = me
    .also = mine,myself
word-note = note
    .also = weekly

agreement-title = How consistently we label
agreement-title-of = How consistently we label: { $dimension }
agreement-from = { $raters ->
    [one] one person
   *[other] { $raters } people
} · { $votes ->
    [one] one vote
   *[other] { $votes } votes
}
agreement-alpha = α { $alpha }
agreement-interval = {" "}({ $low }–{ $high })
agreement-percent = { $percent } said the same
agreement-items = { $n ->
    [one] one item
   *[other] { $n } items
}
agreement-raters = { $n ->
    [one] one person
   *[other] { $n } people
}
agreement-reliable = reliable
agreement-tentative = tentative
agreement-low = not consistent yet
agreement-few = too few items to tell
agreement-key-reliable = from { $at }: reliable
agreement-key-tentative = from { $at }: tentative
agreement-reason-nothing = nobody has voted yet
agreement-reason-one-rater = only one person has voted; it takes two
agreement-reason-no-overlap = no two people have voted on the same label yet
agreement-reason-no-variation = all chose the same, which may be agreement or chance
agreement-words = α (Krippendorff's alpha) is how much better than dice we agree: 1 is perfect, 0 is what dice would give, below 0 we contradict each other. From { $reliable } the labels can be relied on; from { $tentative } to { $reliable } they are good for tentative conclusions; below, talk about where labels begin and end first. In brackets: the 95 % interval, left out where items are few. (Thresholds: Krippendorff 2004.)
agreement-silence = A label that somebody did not press is no “no”: only what two people spoke about is compared. Editors' rulings and practice do not count.
agreement-none = There is nothing to compare yet. When two people have pressed ✓ or ✗ on labels of the same item, there will be.
agreement-unknown = There is no dimension “{ $words }”. There are: { $known }. “me” shows your own figures.

agreement-disputed = Labels most often taken for one another
agreement-pair = { $first } / { $second }
agreement-split = { $label } (some say yes, some no)
agreement-example = e.g. #{ $number }: { $title }
agreement-labels-none = Nobody has voted on labels of this dimension yet.
agreement-kappas = Two by two: the median of Cohen's κ is { $median } ({ $n ->
    [one] one pair
   *[other] { $n } pairs
})
button-agreement-me = My own
button-agreement-more = Next page

agreement-me-title = How far you agree with others (only you see this)
agreement-me-none = You have not voted yet, so there is nothing to compare.
agreement-me-votes = { $n ->
    [one] You have cast one vote.
   *[other] You have cast { $n } votes.
}
agreement-me-decided = { $n ->
    [one] The one label of these that is decided
   *[other] Of the { $n } labels of these that are decided, { $same }
} is as you said ({ $percent }). Your own votes are part of these decisions.
agreement-me-undecided = None of the labels you voted on is decided yet.
agreement-me-others = Compared with what others said of the same labels: the same { $same } times of { $n } ({ $percent }).
agreement-me-alone = Nobody has voted on the same labels as you yet.
agreement-me-kappa = { $n ->
    [one] With the one person who voted on the same labels, Cohen's κ is { $kappa }
   *[other] With the { $n } people who voted on the same labels, the median of Cohen's κ is { $kappa }
} (1 is perfect, 0 is what dice would give).
agreement-me-words = To differ is not to be wrong: often a label's limits are not clear. 🤔 asks for a discussion.

agreement-chart-alt = { $title }: { $strips }. { $disputed }
agreement-chart-strip = { $dimension } { $now }
agreement-chart-strip-trend = { $dimension } { $now }, { $from } on { $first } and { $to } on { $last }
agreement-chart-and = {"; "}
agreement-chart-bar = { $name } ({ $counted })
agreement-chart-disputed = Most often taken for one another: { $pairs }.
agreement-chart-span = { $from } to { $to } · { $raters ->
    [one] one person
   *[other] { $raters } people
} · { $votes ->
    [one] one vote
   *[other] { $votes } votes
}
agreement-csv-dimension = dimension
agreement-csv-start = start
agreement-csv-alpha = alpha
agreement-csv-low = low
agreement-csv-high = high
agreement-csv-percent = percent agreement
agreement-csv-items = items
agreement-csv-raters = raters
agreement-csv-all = all

note-title = A week's consistency ({ $from } to { $to })
note-votes = { $n ->
    [one] One vote was cast this week.
   *[other] { $n } votes were cast this week.
}
note-quiet = Nobody voted in these seven days, so there is nothing to say.
note-disputed = Most disputed
note-suggestion = The codebook might say:
note-suggestion-open = Nothing is decided yet, so discuss first:
note-excludes = “{ $label }” does not include what is mainly about “{ $other }”, such as #{ $number } ({ $title }).
note-both = “{ $label }” and “{ $other }” can both hold, as for #{ $number } ({ $title }).
note-open = Is #{ $number } ({ $title }) “{ $label }” or “{ $other }”?
note-open-single = Is #{ $number } ({ $title }) “{ $label }” or not?
note-edge-yes = Something like #{ $number } ({ $title }) is “{ $label }”.
note-edge-no = Something like #{ $number } ({ $title }) is not “{ $label }”.
note-honest = A suggestion put together by rule from { $n ->
    [one] one decided item
   *[other] { $n } decided items
}{ $against ->
    [0] {""}
   *[other] {" "}({ $against } decided otherwise)
}, nobody's ruling: whether and how to say it is up to the editors.
note-why = Once a week; the setting “Consistency note” turns it off, or shows it to all.

setting-note = Consistency note
    .about = each Monday, how consistent labels are and which are disputed: /settings note editors
    .also = note
setting-note-off = no
    .also = none
setting-note-editors = to editors, in private
    .also = editors
setting-note-chat = here, to all
    .also = chat

cli-agreement = Measure how far people agree who judged the same things
cli-agreement-more =
    A CSV file with the columns rater, item, label and value: what each person said of each item. Rows
    that are not there, and values that are empty, are missing, never a “no”. Krippendorff's alpha
    (nominal), percent agreement, and Cohen's kappa for each two people; 95 % intervals by drawing the
    items anew. Values are compared as they are written. What stands before “/” in a label is taken for its
    dimension; figures over several labels mean something only where these share their values.
cli-agreement-examples =
    commonplace agreement judgements.csv
    commonplace agreement judgements.csv --json
cli-option-agreement-times = How often items are drawn anew for an interval; 0: no intervals
cli-option-agreement-seed = Another number gives other redraws
cli-agreement-label = Label
cli-agreement-pair = Two people
cli-agreement-alpha = α
cli-agreement-kappa = κ
cli-agreement-interval = 95 % interval
cli-agreement-percent = Same
cli-agreement-items = Items
cli-agreement-raters = People
cli-agreement-more-pairs = and { $n ->
    [one] one more pair
   *[other] { $n } more pairs
} (--json tells all)
error-bad-judgements = { $reason ->
    [unreadable] { $file } cannot be read. Please check the path.
    [encoding] { $file }, line { $line }: this is not UTF-8. Save it as “CSV UTF-8”.
    [no-csv] { $file }, line { $line }: this is no CSV. Save it as “CSV UTF-8”.
    [too-large] { $file } has { $found } bytes; at most { $limit } can be read. Split it.
    [columns] { $file } has the columns { $found }; { $expected } is missing. The first line should be rater,item,label,value.
    [empty-cell] { $file }, line { $line }: the column { $found } is empty. Fill it in, or leave the line out.
    [contradiction] { $file }, line { $line } says “{ $found }”, and line { $where } says “{ $expected }” for the same person, item and label. Keep one.
    [empty] { $file } holds no judgement. Write one a line: rater,item,label,value.
   *[other] { $file } cannot be used as a table of judgements.
}
