# commonplace wording: which questions a model understands best.

error-bad-examples = { $reason ->
    [unknown-label] Line { $line } of { $file }: the taxonomy has no label “{ $found }”. Write a path, such as topic/labour.
    [unknown-dimension] Line { $line } of { $file }: the taxonomy has no dimension “{ $found }”. Check the id.
    [no-labels] Line { $line } of { $file } says { $found }. Labels are written as ["topic/labour"], or [] if none fits.
    [no-text] Line { $line } of { $file } has an empty text. Fill it in, or leave the line out.
    [empty] There is nothing in { $file }. Write one labelled text a line.
    [too-few] { $file } has { $texts } texts and at most { $examples } examples of a label. Label more: nothing can be said with fewer than { $least-texts } and { $least-examples }.
   *[other] { $file } cannot be used as labelled texts. Please check it.
}
