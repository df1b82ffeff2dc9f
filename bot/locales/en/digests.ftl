# What a week brought: /digest, and /keep and /hold for editors.

command-digest = digest
    .argument = 7d | on | off | preview
    .about = What a week brought, now or every week
    .also = weekly
command-keep = keep
    .argument = NUMBER
    .about = Something that the next digest must tell (editors)
    .also = prefer
command-hold = hold
    .argument = NUMBER
    .about = Something that the next digest must not tell (editors)
    .also = withhold

digest-title = { $community }: { $since } – { $until }
digest-about = About: { $about }
digest-everything = everything
digest-no-stories = Nothing new came in these days.
digest-shares = sent by { $n }
digest-others = { $n ->
    [one] told by one more
   *[other] told by { $n } more
}
digest-rest = { $n ->
    [one] And one more:
   *[other] And { $n } more:
}
digest-rest-file = { $n ->
    [one] And one more.
   *[other] And { $n } more.
}
digest-changes = What became of labels
digest-change = { $label }: { $status } on { $n }
digest-codebook = The labels themselves changed: version { $version }
digest-disputes = What needs discussion
digest-disputed = “{ $label }”, people differ
digest-discussed = “{ $label }”, being discussed
digest-disputes-rest = and { $n } more:
digest-count = { $label } { $n } (usually { $usual })
digest-counts = Most came under: { $counts }.
digest-bar = { $n } · usually { $usual }
digest-chart-title = What came in
digest-chart-subtitle = Bar: these days. Mark: usual, by the four weeks before.
digest-chart-alt = Items that came in, by label: { $counts }.
digest-csv-label = label
digest-csv-now = these days
digest-csv-usual = usual
digest-files = { $title }, as Markdown and as an Atom feed.

digest-preview = Preview: the last seven days.
digest-preview-at = Preview: as things stand, this goes out on { $at }.
digest-preview-hint = /keep 12 puts something first, /hold 12 leaves it out; with “off” behind, neither.
digest-kept = First: { $numbers }
digest-held = Left out: { $numbers }
digest-picked-keep = “{ $title }” comes first in the next digest. /keep { $number } off takes that back.
digest-picked-hold = “{ $title }” stays out of the digest. /hold { $number } off takes that back.
digest-unpicked = “{ $title }” is told like anything else.
digest-pick-unknown =
    I do not understand “{ $found }” behind the number.
    Try /{ $command } 12, or /{ $command } 12 off to take it back.

digest-none =
    No digest comes here every week.
    /digest on, or /digest on monday 09:00, lets one come; /digest subscribe label:topic/labour friday 18:00 is about one label. /digest 7d shows the last days at once.
digest-wanted = Digests that come here
digest-when = { $day } { $time }
digest-next = next: { $at }
digest-hint =
    Another one: /digest subscribe label:topic/labour friday 18:00
    No more: /digest off 1
digest-turned-on =
    All right: a digest of { $community } every { $when } ({ $zone }), about: { $about }.
    The first one: { $next }. A quiet week has none.
digest-turned-off = { $n ->
    [0] No digest came here.
    [one] All right, this digest comes no more.
   *[other] All right, these { $n } digests come no more.
}
digest-is-late =
    I was away when the digest of { $community } was due ({ $when }; about: { $about }), and now it is too late for it.
    It can still be read: /digest 7d. The next one comes as usual.
digest-is-unreadable =
    The digest of { $community } cannot be made: I no longer understand “{ $about }”, perhaps since labels changed.
    /digest shows what is set; /digest subscribe sets it anew.
digest-unknown =
    I do not understand “{ $found }”. Behind /digest there can be a span (7d, 2w), on, off, subscribe or preview.
    Try /digest 7d, or /digest on monday 09:00.
digest-unknown-time =
    “{ $found }” is no day of the week and no time.
    Try /digest on monday 09:00.
digest-span =
    “{ $found }” is not between 1 and { $most } days.
    Try /digest 7d.
digest-no-such =
    There is no digest { $found } here; there { $most ->
        [0] are none
        [1] is one, number 1
       *[other] are 1 to { $most }
    }.
    /digest shows them.

button-digest-on = every Monday at nine
button-digest-off = no more { $n }
button-digest-week = the last 7 days
button-digest-preview = preview
button-digest-files = as files
button-digest-keep = 📌 #{ $number }
button-digest-hold = leave out #{ $number }

digest-word-on = on
    .also = subscribe,start,every
digest-word-off = off
    .also = unsubscribe,stop,cancel
digest-word-preview = preview
    .also = next
digest-word-files = files
    .also = file,markdown,atom

weekday-0 = Monday
    .also = mon
weekday-1 = Tuesday
    .also = tue,tues
weekday-2 = Wednesday
    .also = wed
weekday-3 = Thursday
    .also = thu,thur,thurs
weekday-4 = Friday
    .also = fri
weekday-5 = Saturday
    .also = sat
weekday-6 = Sunday
    .also = sun

cli-digest = Tell what the last days brought
cli-digest-more =
    Stories with a sentence each, what became of labels, what needs discussion; about everything, or
    about a query as in search. No weekly digest of a chat is moved by it.
cli-digest-examples =
    commonplace digest > week.md
    commonplace digest label:topic/labour --days 30 --format atom --output labour.atom
cli-option-digest-days = How many days, today included
cli-option-digest-format = markdown or atom
cli-option-digest-output = Write it to this file
cli-digest-written = { $stories ->
    [one] One story
   *[other] { $stories } stories
} written to { $file }.
