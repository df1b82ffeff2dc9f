# Asked in private, one question at a time: does a label fit?

command-answer = answer
    .about = Go on with the questions that wait for you; nobody else sees them
    .also = questions

asking-title-daily = Three questions a day
asking-title-round = Review
asking-title-practice = Practice
asking-place = { $n } of { $total }
asking-fits = Does “{ $label }” fit this text?
asking-yours = Your answer: { $answer }
asking-reason = Your reason:{" "}
asking-noted = Noted for “{ $label }”: { $answer }
asking-skipped = Skipped: “{ $label }”
asking-done = That was all. Thank you!
asking-stopped =
    All right, enough for today.
    /answer goes on whenever you like.
asking-nothing = No question waits for you. /daily on brings you a few every day.
asking-explain = Why does “{ $label }” fit, or why not? Write it as your next message.
asking-how-to-explain = Write the reason like this: /answer { $number } why YOUR REASON
asking-not-understood =
    “{ $found }” is none of the answers.
    Try /answer { $number } with yes, no, unsure, skip or stop behind it.

button-said-yes = Yes
button-said-no = No
button-said-unsure = Not sure
button-skip = skip
button-stop = enough for today
button-explain = ✎ say why
button-before = ‹ before
button-change = ‹ change the last one

answer-unsure = unsure
    .also = ?,not-sure,maybe
answer-skip = skip
    .also = pass
answer-stop = stop
    .also = enough
answer-show = show
    .also = change
answer-why = why
    .also = because

error-question-over = This question is over and cannot be answered any more. /answer shows whether there are others.
