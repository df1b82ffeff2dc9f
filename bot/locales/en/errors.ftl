# A sentence for each error: what happened, what to do next. The id is error- and the error's code.

error-internal = Something went wrong on my side, and is in the log. Nothing is lost; try again later.

# the sender can act

error-sender = I cannot use this. Try another link, or paste the text.
error-bad-address = { $reason ->
    [scheme] I only read addresses that begin with http or https.
    [credentials] There is a name or password in this address, so I leave it closed. Please send it without.
    [too-long] This address is too long.
   *[other] This does not look like a whole address. Please check it and paste it again.
}
error-blocked-address = { $reason ->
    [port] This address uses an unusual port, which I do not connect to. You can paste the text instead.
   *[other] This address leads into a private network, so I leave it closed. You can paste the text instead.
}
error-not-found = { $reason ->
    [no-such-name] There is no site of that name. Please check the address.
   *[other] This page is gone. Please check the address, or paste the text.
}
error-forbidden = { $reason ->
    [login] This page is behind a login. If you can read it, paste the text.
    [paywall] This page is behind a paywall. If you can read it, paste the text.
    [bot-challenge] This site wants to see a human first, and I am not one. Please paste the text.
    [redirects] This site sends me round in circles; perhaps it wants a login. Please paste the text.
   *[other] This site does not let me in. If you can read it, paste the text.
}
error-too-large = { $what ->
    [pages] This document has too many pages. Please send the part that matters.
    [characters] This text is too long. Please send it in parts, or the part that matters.
   *[other] This is too large. Please send the part that matters, or paste the text.
}
error-not-an-article = { $reason ->
    [consent-wall] This page shows only a request for consent. Please paste the text.
    [error-page] This page shows only an error. Please check the address.
    [empty-shell] This page is empty without a browser. Please paste the text.
    [link-list] This is a list of articles. Please send the address of one of them.
   *[other] I found no article in it. Please paste the text.
}
error-unsupported-type = I cannot read this kind of file. I read web pages, PDF and plain text.
error-unreadable = { $reason ->
    [encrypted] This file is protected by a password. Please send it without one, or paste the text.
    [no-text-layer] This PDF is a scanned picture without text. If you have the text, paste it.
    [charset] I cannot tell how this file's letters are encoded. Please save it as UTF-8 and send it again.
   *[other] This file cannot be opened; it may be broken. Send it again, or paste the text.
}
error-bad-query = { $reason ->
    [unclosed-quote] The quotation “{ $part }” does not end.
    [unknown-key] There is no condition “{ $part }”.
    [no-value] “{ $part }” needs something behind it.
    [no-words] There is nothing to look for in “{ $part }”.
    [minus] “{ $part }” cannot have a minus; only words and labels can.
    [unknown-label] “{ $part }”: there is no such label.
    [bad-date] “{ $part }”: a date is 2026, 2026-03, 2026-03-05 or 7d.
    [bad-range] “{ $part }” ends before it begins.
    [unknown-language] “{ $part }”: a language is zh, zh-Hant or en.
    [unknown-status] “{ $part }”: is: takes suggested, confirmed, disputed, rejected, none-fits or failed.
    [not-in-log] “{ $part }”: the decision log takes label:, by:, since:, until: and is: (confirmed, rejected, disputed, none-fits).
    [contradiction] “{ $part }” contradicts itself; nothing can be found.
    [figures-by] Figures are about no single person; “{ $part }” cannot have by: in it.
    [digest-days] A digest is about its own days; “{ $part }” cannot have since: or until: in it.
    [figures-words] “{ $part }” is no label, dimension or time. A time is 90d, 6 months, 1y or all.
   *[other] I do not understand “{ $part }”.
}
    .next = /help search shows how to write it.
    .next-in-shell = commonplace search --help shows how to write it.
error-try = Try: { $suggestion }
error-unknown-item = There is no item { $number }. /recent shows the numbers.
error-unknown-label = { $name } is not one of the labels. /labels shows them all.
error-unknown-label-near = { $name } is not one of the labels. Did you mean { $suggestions }?
error-not-allowed = You may not do this here. Please ask an admin of this community.
error-bad-code = This code is wrong, was used already or is too old. Ask for a new one on the other side.

# waiting helps

error-later = Not now; please try again in a while.
error-rate-limited = This site asks me to come back later.
error-timed-out = There was no answer for too long. Try again in a while, or paste the text.
error-unreachable = { $reason ->
    [certificate] The security certificate of this site is not in order, so I did not connect. Please paste the text.
   *[other] This site cannot be reached now. Try again in a while, or paste the text.
}
error-model-busy = { $reason ->
    [timed-out] The language model took too long to answer.
    [rate-limited] The language model's server asks to wait.
   *[other] The language model's server cannot be reached now.
} Nothing is lost; it is asked again later.
error-over-budget = Today's { $limit } tokens for the language model are spent. Nothing is lost; it goes on tomorrow.
error-bad-answer = The language model { $model } does not answer in the form it was asked for. A larger one may.
error-data-in-use = Another program is using the data. Stop it, then try again.
error-wait = Please wait { $wait } before the next try.

# the person who runs the bot must act

error-operator = Something is not set up as it should be. Whoever runs me can start with: commonplace doctor
error-bad-config = The setting “{ $key }” cannot be { $found }. Expected: { $expected }.
error-bad-taxonomy = The file of labels has a problem at { $where }. Whoever runs me can mend it.
error-bad-file = { $file } cannot be read. Please check its path and content.
error-model-unavailable = The model { $model } cannot be loaded. Whoever runs me can start with: commonplace doctor
error-bad-store = The database { $file } cannot be opened. Whoever runs me can start with: commonplace doctor
