# Words for everywhere: dates, amounts, units.

comma = {", "}
or = {" or "}
date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
percent = { $n }%
seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}

language-name = English

# Answers to a question
answer-yes = yes
    .also = y,ok,okay,sure,是,好
answer-no = no
    .also = n,cancel,keep,不,不要
