# A few questions a day, for who wants to help.

command-daily = daily
    .argument = on | off | HH:MM | now
    .about = Three questions a day in private, so that labels get better
    .also = three

daily-is-off =
    Three questions a day about { $community }: off.
    On, I ask you three questions in private every day; it takes two minutes, and you can skip them or turn it off at any time.
daily-is-on =
    Three questions a day about { $community }: on, at { $at } ({ $zone }).
    Another time: /daily 08:30
daily-turned-on =
    All right: from { $day ->
        [tomorrow] tomorrow
       *[today] today
    } on, I ask you three questions about { $community } in private, every day at { $at } ({ $zone }).
    When nothing is worth asking, I leave you in peace.
daily-turned-off = All right, I ask no more. /daily on turns it on again.
daily-nothing = Nothing is worth asking now; the labels are in good order.
daily-is-done = You have answered everything of today. Thank you, and until tomorrow!
daily-which = Of which community?
daily-not-understood =
    I do not understand “{ $found }”.
    Try /daily on, /daily off, /daily 20:00 or /daily now.

button-daily-on = turn on
button-daily-off = turn off
button-daily-now = ask me now

word-on = on
    .also = yes,start
word-off = off
    .also = no,stop
word-now = now
    .also = go
daily-means-on = turn on
daily-means-off = turn off
daily-means-now = ask me now
