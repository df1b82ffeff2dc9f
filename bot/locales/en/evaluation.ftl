# `commonplace evaluate`.

cli-evaluate = Compare ways of labelling on your own labelled texts
cli-evaluate-more =
    entailment is what the bot does: each label is asked as a yes/no question. Beside it: flat, a
    classifier for each label; cascade, level by level, each handed the result above; sequence, label
    paths written one after the other; llm, the configured language model. With --shots, two fifths of
    the texts are set aside; from the rest, so many a label are learnt from, in three draws, and the
    differences are told with 95 % intervals. Texts with the same "story" stay together. A way has no
    figure where so few teach it nothing; a model that is not ours is measured as it is.

    Lines have id, text and labels (paths; [] if none fits; title, lang and story optional), complete
    for the dimensions that they name; "dimensions" names further ones in which no label fits; "not"
    lists labels that do not hold. With --repeat, how far runs differ is told: a language model may
    answer otherwise each time. Texts are sent to its server, and its tokens are limited for this run
    only.
cli-evaluate-examples =
    commonplace evaluate --taxonomy labels.toml --data labelled.jsonl
    commonplace evaluate --data labelled.jsonl --methods entailment,flat,cascade,sequence --picture curve.png
    commonplace evaluate --data labelled.jsonl --methods entailment,llm --repeat 3 --json

evaluate-option-shots = Texts a label to learn from; without it, none, or 0,4,8,16,64 if a way needs some
evaluate-option-limit = With --shots, measure on so many texts at most
evaluate-option-seed = Of the division, the draws and the learning
evaluate-option-picture = Draw the learning curve; its data go beside it as .csv

evaluate-bad-shots = “{ $found }” is no number from 0 to { $most }. Write numbers with commas between, such as 0,4,16.
evaluate-needs-shots = Without examples there is nothing to learn for: { $methods }. Add some, such as --shots 0,4,16, or leave --shots out.
evaluate-no-repeat = --repeat goes with --shots 0 only: with examples, each number is drawn three times anyway.
evaluate-no-curve = A curve needs examples. Add some, such as --shots 0,4,16, to --methods { $methods }.
evaluate-not-png = { $file } should end in .png, since the picture is one.
evaluate-no-folder = There is no folder { $folder }. Make it first, or name another one for the picture.

evaluate-measured = Measured on { $measured ->
    [one] one text
   *[other] { $measured } texts
 } that nobody learnt from; { $learnable } to learn from. Mean of three draws; in brackets the 95 % interval.
evaluate-column-method = Method
evaluate-column-shots = A label
evaluate-column-learnt = Texts
evaluate-column-hierarchical = Hierarchical F1
evaluate-column-micro = Micro F1
evaluate-column-macro = Macro F1
evaluate-column-exact = All right
evaluate-column-ece = ECE
evaluate-column-time = Learning, a text
evaluate-time = { $learning } s, { $labelling } ms
evaluate-by-dimension = Hierarchical F1 by dimension
evaluate-calibration = Calibration: probabilities are off by { $error } (ECE)
evaluate-contest = { $method } against { $against }{ $shots ->
    [0] {""}
   *[other] , { $shots } a label
 }: { $verdict ->
    [better] better by { $gain } ({ $low } … { $high })
    [worse] worse by { $gain } ({ $low } … { $high })
   *[noise] no difference beyond noise, { $gain } ({ $low } … { $high })
 } in hierarchical F1
evaluate-drawn = Drawn: { $file }, data: { $csv }
    { $alt }
evaluate-see-wording = What a label is called changes as much. To see what to ask instead: commonplace wording --data { $file }

evaluate-curve-title = How many examples does it take?
evaluate-curve-subtitle = Hierarchical F1 on { $measured } texts not seen before
evaluate-curve-across = examples a label
evaluate-alt = Learning curve: hierarchical F1 on { $measured } texts, by examples a label.
evaluate-alt-line = { $method }: { $dots }.
evaluate-alt-dot = { $value } with { $shots }
evaluate-csv-method = method
evaluate-csv-shots = examples a label
evaluate-csv-learnt = texts learnt from
evaluate-csv-figure = figure
evaluate-csv-value = value
evaluate-csv-low = low
evaluate-csv-high = high
