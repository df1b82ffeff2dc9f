# `commonplace train`

cli-train = Train a model of your own on texts that people labelled
cli-train-more =
    Every line of the file is a text with its labels (see the README); a line may also have "not",
    labels that do not hold, and "story", so that texts about the same thing stay together. Some
    hundred texts are good; twelve, three of them with the same label, are the least. Texts that
    nobody has labelled yet, in another file (--texts), help to tell where labels lie; they count
    only as far as labels of unseen texts are found better with them. A run that was stopped goes on
    when the same command is run again.

    At the end it tells how well labels of unseen texts were found before and after: each text was
    judged by a model that was trained without it. Name the folder as models.entailer to use it. It
    needs torch: pip install '.[train]'.
cli-train-examples =
    commonplace train --data labelled.jsonl --taxonomy labels.toml --output our-model
cli-option-train-output = folder for the model; a run that was stopped goes on in it
cli-option-train-texts = more texts of the same kind, not labelled: lines with id and text
cli-option-train-base = model to begin with: builtin, a folder, or a name on the hub
cli-option-device = where to compute: cpu, cuda or mps
cli-training = Training
cli-training-stopped = Stopped. The same command goes on where it was; what is done so far is in { $folder }.
cli-trained = Done. The model is in { $folder }; name it as models.entailer in the configuration.
cli-trained-head = Learnt { $labels ->
    [one] one label
   *[other] { $labels } labels
 } from { $texts } texts about { $stories ->
    [one] one story
   *[other] { $stories } stories
 }{ $others ->
    [0] {""}
    [one] {" "}and one text without labels
   *[other] {" "}and { $others } texts without labels
 }. On texts that the model had not seen, before → after:
cli-trained-all = All
cli-trained-row = { $name }: micro F1 { $micro-before } → { $micro }, macro F1 { $macro-before } → { $macro }
cli-trained-calibration = Probabilities miss the truth by { $before } → { $after } on average (ECE; less is better)
cli-trained-rare = Rare, so hardly anything was learnt of them: { $labels }
