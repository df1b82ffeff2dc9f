# commonplace wording: which questions a model understands best.

cli-wording = Measure which wording of your labels the model understands best
cli-wording-more =
    Needs texts that you have labelled: lines with id, text and labels (paths; [] if none fits; title
    and lang optional), complete for the dimensions that they name. Templates, names, aliases and
    definitions are compared on them; a change is proposed only if it is better beyond noise on texts
    that had no part in choosing it. Some 200 texts say something, 50 seldom do.
cli-wording-examples =
    commonplace wording --taxonomy labels.toml --data labelled.jsonl
    commonplace wording --data labelled.jsonl --dimension topic --language en --json
    commonplace wording --data labelled.jsonl --template "The author writes about {"{"}label{"}"}." --output new.toml

wording-option-dimension = Only this dimension of the taxonomy (its id)
wording-option-template = Another sentence to try, with {"{"}label{"}"} in the name's place (may be repeated)
wording-option-seed = Another number draws other halves and resamples; the same one repeats a result
wording-option-output = Write the taxonomy with the proposed wording to this file or folder
wording-option-overwrite = Let --output replace a file that is there

wording-no-place = The template “{ $template }” does not say where the name goes. Write {"{"}label{"}"} there: "This text is about {"{"}label{"}"}."
wording-exists = { $file } is there already. Name another file, or add --overwrite.
wording-asking = Asking
wording-weighing = Comparing { $dimension }

wording-heading = { $dimension }, asked in { $language }: { $texts } texts, { $labels ->
    [one] one label with examples
   *[other] { $labels } labels with examples
 }
wording-column-question = Question
wording-column-ranking = Ranking
wording-column-f1 = F1
wording-column-gain = against now
wording-kind-present = as it is now
wording-kind-template = “{ $words }”
wording-kind-template-for-all = “{ $words }” for every label
wording-kind-alias = “{ $words }” in the name's place
wording-kind-aliases = name and aliases in a row
wording-kind-definition = the definition
wording-kind-definition-after = the question of now, then the definition
wording-kind-mean = the mean of all these (asks all of them)
wording-key =
    Both in percent, as a mean over labels. Ranking: how far a label's own texts stand before the others
    (average precision); F1: of the labels that would be given. In brackets, where the difference most
    likely lies on other texts of this kind (95 %): if zero is inside, it may be chance. The best of
    many looks better than it is.

wording-labels = Labels
wording-column-label = Label
wording-column-examples = Texts
wording-column-found = Found
wording-column-extra = Too many
wording-column-best = Would rank best
wording-few = Too few examples to say anything of these ({ $least } are needed): { $labels }
wording-label-count = { $label } ({ $count })
wording-none = { $count ->
    [one] One more label has no example.
   *[other] { $count } more labels have no example.
 }
wording-confused = Confused with each other
wording-confusion = { $holds } holds, { $given } is given: { $count ->
    [one] one text
   *[other] { $count } texts
 }
wording-example = #{ $id } { $words }

wording-nothing = Nothing is better beyond noise; the wording can stay as it is.
wording-proposals = Better, also on texts that had no part in choosing
wording-proposal-dimension = Every label: { $question }. Ranking { $gain } (p = { $p })
wording-proposal-label = { $label }: “{ $question }” Ranking { $gain } (p = { $p })
wording-together = All together: ranking { $ranking }, F1 { $f1 }; on the texts that they were chosen on, so expect a little less.
wording-paste = Put these lines in the place of those in the taxonomy file, or run again with --output:
wording-sparse = { $dimension }, asked in { $language }: { $texts ->
    [one] one text
   *[other] { $texts } texts
 }, at most { $examples } examples of a label. Too few to say anything: { $least-texts } and { $least-examples } are needed.
wording-written = Written: { $file }
wording-not-written = Nothing to change, so { $file } was not written.

error-bad-examples = { $reason ->
    [unknown-label] Line { $line } of { $file }: the taxonomy has no label “{ $found }”. Write a path, such as topic/labour.
    [unknown-dimension] Line { $line } of { $file }: the taxonomy has no dimension “{ $found }”. Check the id.
    [no-labels] Line { $line } of { $file } says { $found }. Labels are written as ["topic/labour"], or [] if none fits.
    [no-text] Line { $line } of { $file } has an empty text. Fill it in, or leave the line out.
    [too-few-to-learn] There are { $texts } labelled texts, and the most frequent label is on { $examples } of them. Learning needs { $least-texts } texts, and { $least-examples } with the same label. Label some more, the rarest labels first.
    [empty] There is nothing in { $file }. Write one labelled text a line.
    [too-few] { $file } has { $texts } texts and at most { $examples } examples of a label. Label more: nothing can be said with fewer than { $least-texts } and { $least-examples }.
    [too-few-to-split] There are { $found } labelled texts. Learning from some and measuring on others needs at least { $expected }; 200 say much more. Label some more, or leave --shots out.
    [nothing-learnt] There are { $found } texts to learn from, and with { $expected } a label nothing could be learnt. Label some more, or ask for more a label with --shots.
    [contradiction] Line { $line } of { $file }: { $found } is both in "labels" and in "not". Take it out of one of them.
   *[other] { $file } cannot be used as labelled texts. Please check it.
}
