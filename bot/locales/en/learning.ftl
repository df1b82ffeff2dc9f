# A community's own model: /train, /model, what a version is, how it was judged.

command-train = train
    .argument = [stop]
    .about = Make a model that learns from what you decided (admins)
command-model = model
    .argument = [NUMBER | use NUMBER | keep NUMBER | rollback]
    .about = Which model labels here, what it learnt from, how good it is; use another (admins)

model-word-stop = stop
model-word-use = use
model-word-keep = keep
model-word-rollback = rollback, back

model-state-training = is being trained
model-state-stopped = stopped
model-state-judging = is being judged
model-state-candidate = waits for an admin
model-state-aside = kept aside
model-state-live = in use
model-state-retired = was in use
model-state-failed = failed

model-begun = Version { $number } is learning from { $n ->
    [one] one decided item.
   *[other] { $n } decided items.
}
model-begun-more = I go on answering meanwhile, and tell here when it is done. /train says how far it is, /train stop stops it. Nothing is used before an admin says so.
model-stopped = Version { $number } is stopped. /train goes on where it was.
model-progress = Version { $number } { $state ->
    [training] is being trained
    [judging] is being judged
   *[other] waits
}: { $share }
model-remaining = , about { $wait } left

model-passed = Version { $number } is better. Nothing has changed yet.
model-not-passed = Version { $number } is not surely better, so it is kept aside. Nothing changes.
model-failed = Version { $number } could not be made: { $failure }
model-in-use = Version { $number } labels here from now on.
model-relabels = { $n ->
    [0] Nothing is to be labelled again.
    [one] One item is labelled again behind the scenes; what people decided stays.
   *[other] { $n } items are labelled again behind the scenes; what people decided stays.
}
model-kept-aside = Version { $number } is kept aside. Nothing has changed.
model-back = Version { $number } labels here again, and items are labelled again.
model-back-to-package = The model that I came with labels here again, and items are labelled again.
model-package = The model that I came with labels here.
model-none-yet = It has not learnt from you yet. Once some dozen items are decided, an admin can begin with /train.
model-broken = It cannot be opened, so { $model } labels for now. The log says why; training again mends it.

model-version = Version { $number } · { $state } · { $day }{ $cause ->
    [import] {" "}· brought in
    [weekly] {" "}· weekly
   *[command] {""}
}
model-learnt = learnt from { $n ->
    [one] one decided item
   *[other] { $n } decided items
}{ $others ->
    [0] {""}
    [one] , and read one other
   *[other] , and read { $others } others
}
model-codebook = codebook { $codebook }, wording { $wording }, { $rounds ->
    [one] one closed review round
   *[other] { $rounds } closed review rounds
}
model-agreement = agreement on { $dimension }: α = { $alpha }
model-label = { $label }: holds { $holds }×, does not { $fails }×
model-labels-more = { $n ->
    [one] and one more label
   *[other] and { $n } more labels
}
model-licence = Licence: as of the model it adds to; what was learnt is yours and stays here. The folder’s README.md says the same.

model-judged = On { $texts ->
    [one] one decided item
   *[other] { $texts } decided items
} ({ $decisions } decided labels), each answered by a model that had not learnt from it, { $against } → this one:
model-against = version { $number }
model-against-package = the model before
model-figure = { $name }: { $live } → { $candidate } ({ $gain } points, { $low } … { $high })
model-figure-hierarchical = F1 with the labels above
model-figure-micro = F1, all labels together
model-figure-macro = F1, each label alike
model-figure-exact = all labels right
model-figure-calibration = error of probabilities
model-figure-general = general knowledge
model-objection = { $reason ->
    [too-few] There are only { $value } decided items; { $limit } are needed to tell.
    [not-better] The difference is within chance.
    [dimension] { $name } would be { $value } points worse; { $limit } are the limit.
   *[general] It forgot: { $value } points worse on general texts; { $limit } are the limit.
}
model-shift = { $changed } of { $items } would change: { $towards } towards your decisions, { $away } away.
model-change = #{ $number } { $title }: { $labels } { $direction ->
    [towards] (as you decided)
    [away] (against what you decided)
   *[neither] {""}
}

model-button-use = ✓ use version { $number }
model-button-keep = ✗ keep it aside
model-button-rollback = go back
model-button-version = version { $number }
model-button-train = train
model-button-stop = stop

status-lead-model = own model
status-lead-training = training
status-model = version { $number }
status-model-broken = {" "}(cannot be opened: /model)

error-bad-model = { $reason ->
    [under-way] A version is being made or judged right now. /train says how far it is.
    [too-few] { $found } decided items can be learnt from so far; at least { $expected } are needed, and { $labelled } of them with the same label. Some more votes or a review round (/round) will do. (Other people’s own words need their /consent.)
    [not-under-way] Nothing of that kind is under way. /model shows the versions.
    [unknown] There is no version { $number }. /model shows which there are.
    [no-weights] Version { $number } has no weights (any more). /model shows which there are.
    [is-live] Version { $number } is in use already.
    [not-live] The model that I came with is in use; there is nothing to go back from.
    [not-passed] Version { $number } was not surely better, so it stays aside. Decide some more and /train again.
   *[grammar] “{ $found }” is no version. Write its number, like: /model 2
}

# commonplace model

cli-model = List, take out or bring in the models that a community trained
cli-model-more =
    list shows all versions; export copies one (--version; otherwise the one in use) to FOLDER, with its
    model card; import checks such a FOLDER and judges it beside the model in use. An admin then decides
    by /model, or --use takes it at once if it is better.
cli-model-examples =
    commonplace model export our-model
    commonplace model import our-model --community neighbours
model-option-version = Which version
model-option-use = Use it at once, if it is better
model-exported = Version { $number } is in { $folder }
model-imported = { $folder } is version { $number }
model-judging = Judging it
