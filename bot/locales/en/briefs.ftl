# A dossier for writers: /brief, its files, and `commonplace brief`.

command-brief = brief
    .argument = label:topic/labour since:2026-03
    .about = Quotations, numbers and sources about something, to write from (Markdown, Word, references)
    .also = dossier,pack

brief-title = Dossier: { $about }
brief-everything = Everything
brief-span = { $since } – { $until }
brief-items = { $items } items ({ $stories ->
    [one] one text
   *[other] { $stories } different texts
}), { $days }.
brief-items-same = { $items ->
    [one] One item
   *[other] { $items } items
}, { $days }.
brief-left-out = { $n } older items were not read: a dossier rests on { $most } at most. Narrow it with since: or a label.
brief-made = { $community } · { $at } · /brief { $query }
brief-how =
    Every sentence that is quoted stands word for word in the item whose number follows it; nothing was worded anew. “?” behind a label: a model suggests it, and nobody has decided yet. Days without “kept” are the publisher's.
brief-archive =
    Archive links are built from the address and the day on which the item was kept. Nobody has looked whether the archive has a copy.
brief-archive-short = archive
brief-kept = kept { $date }
brief-also-told = also told in { $numbers }
brief-rest = Also here, not quoted: { $numbers }
brief-elsewhere = Also under this label, told under another: { $numbers }
brief-only = { $label }, nothing narrower
brief-other = Under none of these labels
brief-year = { $year }
brief-month = { $month ->
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
brief-day = { $day } { $month ->
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
}
brief-label-suggested = { $label }?
brief-label-disputed = { $label } (disputed)
brief-group = { $label } ({ $n })

brief-voices = Voices and counter-voices
brief-voices-about = By “{ $dimension }”. Whoever is in few texts is quoted as well as whoever is in many.
brief-numbers = Numbers
brief-numbers-about = As they stand in the texts, by the day of the text. Items that give the same number are named behind it; whether they mean the same thing is for you to see.
brief-number-same = the same number in { $numbers }
brief-number-equals = { $written } = { $value }
brief-days = What happened when
brief-days-about = Dates that the texts mention. A year in [brackets] is not in the text: it is the one nearest to the day of publication.
brief-year-guessed = [{ $year }] { $day }

brief-gaps = What is missing
brief-gaps-none = Nothing that counting could find.
brief-gap-empty = Nothing is collected on: { $labels }
brief-gap-unused = { $dimension }: nothing here is { $labels }
brief-gap-silent = Nothing from: { $months }
brief-gap-months = { $first } to { $last }
brief-gap-site = { $share } of the texts are from one site: { $site }
brief-gap-suggested = { $n ->
    [one] Nobody has decided the label of one text; a model suggests it.
   *[other] Nobody has decided the labels of { $n } texts; a model suggests them.
}
brief-gap-disputes = People disagree about labels of { $numbers }
brief-gap-undated = The publisher gives no date: { $numbers }
brief-gap-unaddressed = No address to cite, only a text or file: { $numbers }
brief-gap-unheard = No voice here is: { $labels }
brief-gap-no-stance = Whether a text is for or against something, this codebook does not ask, so no counter-voices are set apart. A dimension called “stance” would do it: /codebook.
brief-numbers-rest = { $numbers } and { $n } more

brief-draft = 🤖 A draft
brief-draft-about = { $model } worded these { $n } sentences from the quotations above. Behind each stand the item and the words that it rests on; that the item says these words was checked, that they mean it was not. Read them before you use a sentence.
brief-draft-dropped = { $n ->
    [one] One sentence was
   *[other] { $n } sentences were
} thrown away: { $reasons }.
brief-drop-no-item = { $n } with an item that is not here
brief-drop-no-quote = { $n } with words that the item does not say
brief-drop-short-quote = { $n } with too few words to show anything
brief-drop-unfounded = { $n } with a number, name or address that is not in those words
brief-words = “{ $words }”
brief-draft-none = Nothing was left of the language model's draft ({ $model }).
brief-draft-in-chat = 🤖 A draft of { $n } sentences is in the files; each names the item and the words that it rests on. Thrown away: { $dropped }.
brief-draft-busy = The language model does not answer now, so there is no draft. Ask again later.
brief-draft-spent = Today's budget for the language model is used up, so there is no draft. Ask again tomorrow.
brief-draft-unreadable = The language model answered in a form that cannot be checked, so there is no draft.
brief-draft-unavailable = The language model cannot be used now, so there is no draft. Whoever runs the bot can see why with “commonplace doctor”.

brief-sources = Sources

brief-usage =
    A dossier to write from: key sentences with their sources, numbers, dates, what is missing; as Markdown, Word, and references for Zotero and LaTeX.
    Say what it is to be about, as in a search:
brief-usage-examples =
    /brief label:topic/labour since:2026-03
    /brief minimum wage
brief-nothing =
    Nothing here has all of this: { $query }.
    A dossier takes what holds every word and every filter. Try fewer words, a label, or an earlier since:; /search finds by meaning, too.
brief-drafting = { $quotes } quotations found; the language model is drafting …
brief-attached = Attached: { $files }.
brief-file-md = to read and paste (Markdown)
brief-file-docx = for Word and LibreOffice
brief-file-csl = references for Zotero (CSL-JSON)
brief-file-bib = references for LaTeX (BibTeX)
brief-counts = { $quotes } quotations, { $numbers } with numbers, { $days } dates
brief-more-groups = { $n ->
    [one] and one more label
   *[other] and { $n } more labels
}
brief-in-chat-gaps = Missing, among other things:

cli-brief = Make a dossier to write from
cli-brief-more =
    Key sentences with number, source, date and archive link, by label and time; numbers and dates; what
    is missing; references. About what a query keeps, as in search. Nothing is fetched, nothing invented.
cli-brief-examples =
    commonplace brief label:topic/labour since:2026-03 --output labour
    commonplace brief "minimum wage" --json
cli-option-brief-output = Write the files into this folder
cli-option-brief-language = Language of the dossier: zh-TW or en
cli-option-brief-no-draft = Do not ask the language model
cli-brief-written = { $items ->
    [one] One item
   *[other] { $items } items
}, { $quotes } quotations, in { $folder }: { $files }
