# The codebook and its changes: /codebook, what a label's history tells, items labelled again.

command-codebook = codebook
    .argument = ACT LABEL | …
    .about = The versions of the labels; editors add, rename, move, merge, split, retire or reword them

label-retired-brief = { $sure } (retired)
label-retired = Retired: nothing is asked about it any more. What was decided stays.
label-split = Split into { $into }. What was decided stays.
label-version = Codebook version { $version }

codebook-word-add = add
codebook-word-rename = rename
codebook-word-alias = alias
codebook-word-move = move
codebook-word-merge = merge
codebook-word-split = split
codebook-word-retire = retire
codebook-word-restore = restore
codebook-word-wording = wording
codebook-word-history = history
codebook-word-accept = accept
codebook-word-cancel = cancel
codebook-word-take = take
codebook-word-keep = keep
codebook-word-open = open

codebook-field-definition = definition
codebook-field-hypothesis = question, hypothesis
codebook-field-include = include, includes
codebook-field-exclude = exclude, excludes
codebook-field-edge-case = edge, edge-case

codebook-named-name = name
codebook-named-definition = definition
codebook-named-hypothesis = question
codebook-named-include = includes
codebook-named-exclude = excludes
codebook-named-edge-case = edge case
codebook-named-choice = choice
codebook-named-threshold = threshold

codebook-version = Version { $number }
codebook-cause-starter = starter labels
codebook-cause-file = the operator’s file
codebook-cause-chat = changed in the chat
codebook-cause-applied = from a file
codebook-note = “{ $note }”
codebook-began = It begins here.
codebook-more = { $n ->
    [one] and one more change
   *[other] and { $n } more changes
}

codebook-change-added = New label: { $label }
codebook-change-renamed = { $label }: the name ({ $language }) “{ $before }” becomes “{ $after }”
codebook-change-reworded = { $label }, { $field } ({ $language }): “{ $before }” becomes “{ $after }”
codebook-change-reworded-more = { $label }, { $field } ({ $language }): new “{ $after }”
codebook-change-reworded-less = { $label }, { $field } ({ $language }): no longer “{ $before }”
codebook-change-alias-added = { $label } is also called “{ $after }”
codebook-change-alias-dropped = { $label } is no longer called “{ $before }”
codebook-change-moved = { $label } moved; it was { $to }
codebook-change-merged = { $label } became part of { $to }
codebook-change-split = { $label } is retired; { $into } take its place
codebook-change-retired = { $label } is retired
codebook-change-restored = { $label } is asked again
codebook-change-gone = { $label } is gone
codebook-change-dimension-added = New dimension: { $label }
codebook-change-dimension-gone = The dimension { $label } is gone
codebook-change-choice = { $label }: “{ $before }” becomes “{ $after }” (how many labels may hold)
codebook-change-threshold = { $label }: the threshold { $before } becomes { $after }

codebook-proposed = This would be version { $number }. Nothing has changed yet.
codebook-carriers = { $n ->
    [one] One item would change:
   *[other] { $n } items would change, here { $shown ->
        [one] is one
       *[other] are { $shown }
    }:
}
codebook-will-relabel = { $n ->
    [0] No item has been labelled yet, so none is labelled again.
    [one] One item would be labelled again behind the scenes. What people decided stays.
   *[other] { $n } items would be labelled again behind the scenes. What people decided stays.
}
codebook-no-effect = No item changes, and models are asked as before.
codebook-nothing-decided = Nobody has decided anything yet about a label that is asked otherwise, so there is nothing to try it on.
codebook-trying = Trying it on what you decided: { $done } of { $total }…
codebook-tried = Tried on { $tried } of { $decided } decided items: of { $answers } answers { $before } are as you decided now, { $after } would be.
codebook-better = { $n ->
    [one] One answer would become right:
   *[other] { $n } answers would become right:
}
codebook-worse = { $n ->
    [one] One answer would become wrong:
   *[other] { $n } answers would become wrong:
}

codebook-accepted = Version { $number } holds from now on.
codebook-due = { $n ->
    [one] One item is labelled again; /status shows how far it is.
   *[other] { $n } items are labelled again; /status shows how far it is.
}
codebook-offer = { $n ->
    [one] One item had the old label. Which of the new ones fits?
   *[other] { $n } items had the old label. Which of the new ones fit?
}
codebook-cancelled = Put away. Nothing has changed.
codebook-kept-own = The labels stay as you made them. I speak up when the operator’s file changes again.
codebook-behind = The operator’s file of labels changed, and so did yours. Yours hold; nothing is lost. Which shall it be?
codebook-how = To change something (it is shown first, and nothing happens until somebody accepts it):
    .examples =
        /codebook add labour | platform-work 平台工作 / platform work
        /codebook rename labour | work
        /codebook move migrants | people
        /codebook merge ecology | environment
        /codebook split environment | air / 空氣 | water / 水
        /codebook retire environment
        /codebook wording labour | edge | Couriers count.

codebook-button-accept = ✓ accept
codebook-button-cancel = ✗ cancel
codebook-button-history = history
codebook-button-take = take the file
codebook-button-keep = keep ours
codebook-button-open = proposal { $id }

status-lead-codebook = labels
status-codebook = version { $version }
status-codebook-behind = {" "}(the operator’s file says otherwise: /codebook)
status-lead-relabelling = labelled again
status-relabelling = { $done } of { $total }, { $changed } with other labels

doctor-codebook-behind = Labels: “{ $community }” changed its labels in the chat, and your file changed, too; theirs hold
doctor-codebook-behind-mend = Compare them with “commonplace taxonomy diff --community { $community }”; “commonplace taxonomy take --community { $community }” takes your file, “keep” leaves it.

error-bad-change = { $reason ->
    [id-taken] There is, or was, a label at { $name } ({ $found }). Old links lead there, so choose another id.
    [name-taken] { $found } is called “{ $name }” already. Choose a name that tells them apart.
    [own-child] A label cannot stand below itself, or become part of what is below it.
    [last] { $name } is the last label of its dimension. Add another one first.
    [retired] { $name } is retired. /codebook restore { $name } brings it back.
    [above-retired] { $name } is retired with the label above it. Restore that one.
    [not-there] The codebook does not say “{ $name }” there, so it cannot be taken out.
    [too-few] Name at least two new labels, divided by |.
    [nothing] That is what the codebook says already.
    [needs-id] “{ $name }” needs a short id of Latin letters, such as: people { $name }
    [form] The labels would not pass their checks then: { $problem }
   *[grammar] I do not understand that. /codebook shows how changes are written.
}
error-changed-meanwhile = { $reason ->
    [newer] The labels changed in between (version { $number } by now). Please propose it again, so that what you see is what happens.
   *[closed] That was accepted or put away already, or there is no such proposal.
}

# commonplace taxonomy

cli-taxonomy = Take out, check, compare or change the labels of a community
cli-taxonomy-more =
    export writes them to FILE, or to the screen; check looks at a FILE; diff tells what a FILE (or,
    without one, the configured file) would change; apply makes it the next version; history tells all
    versions. If the community and the configured file both changed, take uses the file, keep leaves it.
cli-taxonomy-examples =
    commonplace taxonomy export labels.toml
    commonplace taxonomy apply labels.toml --dry-run
taxonomy-option-dry-run = Tell what would change, and change nothing
taxonomy-option-note = Why, for the history
taxonomy-sound = { $file } is sound: { $labels } labels in { $dimensions } dimensions
taxonomy-exported = Version { $version } is in { $file }
taxonomy-kept = The community’s own labels hold; the configured file is left as it is
taxonomy-trying = Trying it on decided items
