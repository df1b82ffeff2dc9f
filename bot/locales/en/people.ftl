# One person: what is stored, taken along, forgotten, consented to.

command-privacy = privacy
    .about = What I store, for how long, and how to get rid of it
command-mydata = mydata
    .about = Everything that is kept about you, as a file
command-forgetme = forgetme
    .about = Remove what is kept about you
command-consent = consent
    .argument = yes | no
    .about = Whether models may learn from your own words

privacy =
    What I store
    The links, texts, files and notes that members send me, who sent them and when; articles in full, their summaries and labels; everybody's votes; editors' rulings with their reasons.
    What somebody voted is shown to nobody else, only how many did; rulings tell who made them.
    Questions that you are asked in private, your answers and reasons, and whether you want three a day; only you see your answers. Those to the three a day are votes at once, those in review rounds when the round closes; then the reasons are told without your name. Practice counts nowhere.
    Other messages are looked at and let go; nothing of what they say is kept.
    All of it lies on the machine of whoever runs me; only members of this community can find it, and { $server ->
        [none] it is passed on to nobody.
       *[other] nothing but the texts named below is passed on.
    }
    The collection stays until somebody removes an item; once I was removed from every group, it is deleted after a while (30 days, unless set otherwise).
    Models learn only from fetched articles and from votes; from your own words only if you agree by /consent.
    What a model learnt from a text that was removed later stays in that version until one that learns without it takes its place; a few older versions are kept to go back to. Beside each lie the labels that it would give its texts, under digests by which only somebody who has a text can recognise it; they go with the version.
privacy-llm = A language model suggests labels, words summaries or drafts for writers here. For that, the titles and texts of articles, texts that members paste, and what a writer asks for are sent to its server ({ $server }); names, notes and votes are not.
privacy-more = /mydata takes your data along · /forgetme removes them · /consent agrees, or takes it back

mydata =
    You are in { $communities } communities, have sent { $items } items, cast { $votes } votes and been asked { $questions } questions.
    All of it is in the file.
forget-ask =
    Remove what is kept about you? This cannot be undone.
    Gone will be: your personal collection, your name, notes and language, the questions that you were asked and your reasons, and texts and files that only you sent.
    What stays, without your name: links that you sent to a community, your votes, your rulings (their reasons go), and your answers in review rounds.
    A model that learnt from your texts keeps what it learnt until a version without them takes its place (/privacy).
button-forget-yes = Remove it all
button-forget-no = Not now
forget-not = All right, nothing was removed.
forgotten =
    Done.
    { $removed } texts or files of your own are gone; { $anonymous } items and { $votes } votes stay without your name.
consent-ask =
    May label models learn from your own words too (texts that you paste, notes)?
    Fetched articles and votes are used anyway; this is only about what you wrote yourself. You can take it back at any time.
consent-is-given = Now: you agree.
consent-is-not-given = Now: you do not.
button-consent-yes = I agree
button-consent-no = I do not
consent-yes = Thank you, noted. /consent no takes it back.
consent-no = All right, your words are not used.
