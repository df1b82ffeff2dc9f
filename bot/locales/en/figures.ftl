# Pictures of figures: /stats, /trend, /gaps, and the same on the command line.

command-stats = stats
    .argument = sources | labels | people | 1y
    .about = How much came, where from, and which labels go together, with a picture and CSV
    .also = statistics
command-trend = trend
    .argument = LABEL 1y
    .about = How much a label has over time, with a picture and CSV
    .also = trends
command-gaps = gaps
    .argument = 30d topic
    .about = Labels under which nothing came for long
    .also = gap

figures-word-sources = sources
    .also = source,sites,media
figures-word-together = labels
    .also = together,heatmap,map,cross
figures-word-people = people
    .also = contributions,members
figures-word-all = all
    .also = ever,alltime

figures-title-overview = What “{ $community }” collected
figures-title-trend = “{ $label }” over time
figures-title-trends = Labels over time
figures-title-together = { $rows } × { $columns }
figures-title-sources = Where it comes from
figures-title-gaps = Nothing for more than { $days ->
    [one] one day
   *[other] { $days } days
}
figures-title-people = How many take part

figures-span = { $first } to { $last }
figures-period-week = the week of { $date }
figures-period-month = { $month ->
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
figures-period-year = { $year }

figures-nothing = Nothing is there in this time.
figures-longer = Try a longer time (2y, all behind it) or another condition.
figures-came = { $n ->
    [one] One item came.
   *[other] { $n } items came.
}
figures-items = { $n ->
    [one] 1 item
   *[other] { $n } items
}
figures-most = Most in { $period }: { $n }.
figures-change-more = More in the second half than in the first ({ $earlier } → { $later }).
figures-change-fewer = Fewer in the second half than in the first ({ $earlier } → { $later }).
figures-change-alike = About as many in both halves ({ $earlier }, { $later }).
figures-gap-between = {" "}
figures-count = { $name } { $n }
figures-labels = Labels with most: { $labels }.
figures-silent = { $n ->
    [one] One of { $all } labels has nothing new for more than { $days } days.
   *[other] { $n } of { $all } labels have nothing new for more than { $days } days.
}
figures-people-year = { $n } people took part in the last year.

figures-of-all = { $n ->
    [one] 1 item
   *[other] { $n } items
} · { $percent } of all · { $confirmed } confirmed by people
figures-trend = { $label }: { $figures }.
figures-trend-nothing = { $label }: nothing in this time.
figures-left-out = { $n ->
    [one] One label with fewer items is not drawn.
   *[other] { $n } labels with fewer items are not drawn.
}
figures-by-text-day = By the day a text was published, or else the day it came.
figures-key-confirmed = confirmed by people
figures-key-cut = pale: not the whole { $step ->
    [week] week
    [year] year
   *[month] month
}
figures-key-suggested = suggested, not confirmed

figures-none-together = Nothing in this time has labels of both “{ $rows }” and “{ $columns }”.
figures-pair = { $row } × { $column } ({ $n })
figures-both = { $n ->
    [one] One item has labels
   *[other] { $n } items have labels
} of both “{ $rows }” and “{ $columns }”.
figures-pairs = Most often together: { $pairs }.
figures-empty = { $n } of { $all } pairs are nowhere.
figures-no-pair =
    That takes two dimensions, and there is one here.
    /trend shows its labels.

figures-no-sources = { $n ->
    [one] The one item has
   *[other] All { $n } items have
} no source, such as pasted text.
figures-concentration = { $n ->
    [one] All of it comes from “{ $name }”.
   *[other] { $n } sources, and half of it comes from { $half } of them; most from “{ $name }”, { $percent }.
}
figures-effective = That is as concentrated as { $n } sources of the same size.
figures-nameless = { $n ->
    [one] One item without a source is left out.
   *[other] { $n } items without a source are left out.
}
figures-share = { $n } · { $percent }
figures-other-sources = { $n } other sources

figures-no-gaps = Each of { $n } labels has something new in the last { $days } days.
figures-gaps = { $n ->
    [one] One of { $all } labels has nothing new for more than { $days } days.
   *[other] { $n } of { $all } labels have nothing new for more than { $days } days.
}
figures-gap = { $label }: { $silence }
figures-below = ; so have { $n } below it
figures-silence = { $days } days (the last one on { $date })
figures-silence-never = never
figures-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
figures-rest = { $n } more are in the CSV.
figures-never = Never: { $labels }
figures-never-rest = , and { $n } more
figures-gaps-subtitle = { $kind ->
    [never] Striped: nothing ever came.
    [both] Bar: how long nothing came. Mark: { $days } days. Striped: never.
   *[once] Bar: how long nothing came. Mark: { $days } days.
}
figures-gaps-hint = By the day things came. Silence may mean that nobody looked, or that a label needs changing.

figures-people = { $n } people shared or voted in this time.
figures-people-most = Most in { $period }: { $n }.
figures-people-did = In months with enough people: { $shares ->
    [one] 1 share
   *[other] { $shares } shares
} and { $votes ->
    [one] 1 vote
   *[other] { $votes } votes
}.
figures-people-hidden = { $n ->
    [one] One month had fewer than { $floor } people; its figures are left out.
   *[other] { $n } months had fewer than { $floor } people; their figures are left out.
}
figures-people-why = Figures are shown of at least { $floor } people, and never who did what.
figures-few-people = Too few people took part to say how many.
figures-panel-items = Collected
figures-panel-people = People
figures-panel-people-told = { $n } in all
figures-panel-shares = Shared
figures-panel-shares-told = { $n ->
    [one] once
   *[other] { $n } times
}
figures-panel-votes = Voted
figures-panel-votes-told = { $n ->
    [one] once
   *[other] { $n } times
}
figures-key-hidden = fewer than { $floor }: not shown

figures-csv-start = start
figures-csv-items = items
figures-csv-path = path
figures-csv-label = label
figures-csv-confirmed = confirmed
figures-csv-all = all
figures-csv-source = source
figures-csv-share = share
figures-csv-last = last
figures-csv-days = days
figures-csv-people = people
figures-csv-shares = shares
figures-csv-votes = votes

button-figures-sources = Sources
button-figures-together = Labels together
button-figures-people = People
button-figures-trend = Over time
button-figures-gaps = Gaps
button-figures-agreement = Agreement
button-figures-days = { $days } days
button-figures-year = One year
button-figures-all = All time

cli-chapter-figures = In figures
cli-stats = How much came, where from, and which labels go together
cli-stats-more =
    Without words it is an overview; or "sources", "labels", "people", or the names of two dimensions.
    A time is 90d, 6m or 1y; conditions are those of search. People are counted only where at least 5 did
    something, and never named.
cli-stats-examples =
    commonplace stats
    commonplace stats sources 1y --png sources.png --csv sources.csv
    commonplace stats topic stance --json
cli-trend = How much labels have over time
cli-trend-more =
    By the day a text was published, or else the day it came. Several labels (divided by commas) or a
    dimension; without, the first dimension.
cli-trend-examples =
    commonplace trend labour/migrant-workers 1y --png trend.png
    commonplace trend "migrant workers,environment" 6m --json
cli-gaps = Labels under which nothing came for long
cli-gaps-more = For 30 days if no time is named; of a dimension, or below a label, if one is named.
cli-gaps-examples =
    commonplace gaps
    commonplace gaps 90d topic --csv gaps.csv
cli-option-figures-png = Write the picture to this PNG file
cli-option-figures-csv = Write the figures to this CSV file
cli-figures-written = { $file } is written.
cli-figures-no-chart = There is nothing to draw; { $file } is not written.
