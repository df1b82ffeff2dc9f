# A data set's pages: datasheet (after Gebru et al., "Datasheets for Datasets") and codebook.

datasheet-title = Datasheet
datasheet-about = Written by Commonplace from the data. The questions follow Gebru et al. 2021, “Datasheets for Datasets”.
datasheet-motivation = Motivation
datasheet-motivation-text = A community collected what it reads and labelled it by its own codebook, to find it again, to discuss it, and to write about it. Nothing was collected for this data set in particular. Add who you are, and who pays for the work.
datasheet-composition = Composition
datasheet-items = { $items ->
    [one] One item
   *[other] { $items } items
 }{ $query ->
    [none] , all that were finished
   *[other] , chosen by the search: { $query }
 }. Each is one page, text or file that members handed in. It is no random sample of anything: it is what members found worth keeping.
datasheet-entry = { $name }: { $about }
datasheet-files = Files:
datasheet-file-items-jsonl = an item a line
datasheet-file-items-csv = the same as a table; labels in one cell are divided by “; ”; a cell that a spreadsheet would take for a formula begins with '
datasheet-file-votes-csv = an item, a label (“-” is that none fits), whether a member said that it is right (1) or wrong (0), and the member's pseudonym in this release
datasheet-file-agreement-csv = how far members agree, by dimension
datasheet-file-codebook-history-jsonl = every version of the codebook, oldest first: what changed, and its whole text
datasheet-file-codebook-toml = the labels as programs read them; codebook.en.md is the same for people
datasheet-columns = What is told of an item:
datasheet-unknown = not known
datasheet-column-language = Language
datasheet-column-site = Site
datasheet-column-medium = Read from
datasheet-column-items = Items
datasheet-column-label = Label
datasheet-column-path = Path
datasheet-column-suggested = Suggested
datasheet-column-confirmed = Confirmed
datasheet-column-rejected = Rejected
datasheet-column-disputed = Disputed
datasheet-column-by = Decided by
datasheet-column-labels = Labels
datasheet-column-dimension = Dimension
datasheet-column-alpha = Alpha
datasheet-column-interval = 95 % interval
datasheet-column-agreement = Same answer
datasheet-more-sites = And { $count ->
    [one] one more site.
   *[other] { $count } more sites.
 }
datasheet-left-out = { $count ->
    [0] Nothing was left out for want of consent.
    [one] One item was left out: a text or file of members who did not agree that their own words are used.
   *[other] { $count } items were left out: texts and files of members who did not agree that their own words are used.
 } { $notes ->
    [0] No notes of members are in it.
    [one] One item has notes, of members who agreed.
   *[other] { $notes } items have notes, of members who agreed.
 }
datasheet-people = No member is named. Pseudonyms are made anew for each release by a key that nobody keeps. Whoever has two releases could still recognise somebody by a vote pattern that is the same in both. Pages may name people, as their authors wrote them.
datasheet-collection = Collection process
datasheet-collection-text = Members sent links, texts and files to a chat bot; it fetched pages as the public sees them, and kept their text, with date, author and site as pages state them. Handed in: { $received }. Published: { $published }.
datasheet-labelling = Preprocessing, cleaning and labelling
datasheet-labelling-text = A summary is whole sentences of the source, chosen by an algorithm. Labels are suggested by an entailment model that is asked one yes-or-no question for each; only people decide: a suggestion (“suggested”) is no judgement of anybody. Codebook: version { $number } ({ $codebook }).
datasheet-decided = { $count ->
    [0] No label is decided.
    [one] One label of an item is decided (confirmed or rejected):
   *[other] { $count } labels of items are decided (confirmed or rejected):
 }
datasheet-by-ruling = an editor's ruling
datasheet-by-import = brought in with the item
datasheet-by-votes = members' votes
datasheet-votes = { $votes ->
    [one] One vote that counts, by
   *[other] { $votes } votes that count, by
 } { $voters ->
    [one] one member.
   *[other] { $voters } members.
 } { $told ->
    [yes] They are in votes.csv.
   *[no] They are left out, and agreement with them: with fewer than { $least } voters, everybody would know who said what.
 }
datasheet-agreement = Agreement is Krippendorff's alpha (nominal) over these votes, with a bootstrap interval over items: 1 is perfect, 0 is chance; above 0.8 it can be relied on, from 0.667 on for tentative conclusions.
datasheet-uses = Uses
datasheet-uses-text = Training and evaluating classifiers of these labels; studying what a community reads. Do not use it to say what “the media” write: it is a choice. Do not use it to find out who voted what. Use decided labels as truth, and suggested ones not.
datasheet-distribution = Distribution
datasheet-licence = { $licence ->
    [none] No licence is given: without one, others may look, and nothing more.
   *[other] Licence of what the community made (labels, votes, codebook, choice of items): { $licence }.
 }
datasheet-texts-out = Titles and sentences of pages are quoted; pages themselves are not in it, and stay their authors' works. Addresses lead to them.
datasheet-texts-in = Full texts are in it. They are their authors' works: the licence does not cover them. Do not publish them unless you may.
datasheet-maintenance = Maintenance
datasheet-maintenance-text = Made on { $date }. A release is not changed. The collection goes on: a later release has new items and new decisions, and lacks what was removed. Whoever wants something removed writes to the community; add how.

export-column-number = number of the item in the community, the same in all exports
export-column-id = the id that an import gave it
export-column-title = title, or the beginning of the text
export-column-url = address
export-column-site = name of the site
export-column-author = author, as the page states it
export-column-published-at = day of publication, as the page states it
export-column-language = language of the text (BCP 47)
export-column-media = what it was read from: web, pdf, text or picture
export-column-received-at = when it was handed in first (UTC)
export-column-shares = how many members handed it in
export-column-story = the same number for items that tell the same text
export-column-labels = confirmed labels: people decided that they are right
export-column-suggested = labels that a model suggests; nobody has decided
export-column-disputed = labels on which people do not agree
export-column-rejected = labels that people decided are wrong
export-column-none-fits = “confirmed” if people decided that no label fits
export-column-summary = whole sentences of the text
export-column-generated = a summary that a language model worded, where there is one
export-column-notes = what members wrote beside it, of those who agreed
export-column-text = the full text, if it was asked for

codebook-title = Codebook
codebook-page-about = Version { $number } ({ $digest }). Ids never change; names may.
codebook-page-history = How it became so
codebook-choice-one = One label is chosen.
codebook-choice-many = Several labels may fit.
codebook-include = Includes: { $words }
codebook-exclude = Does not include: { $words }
codebook-edge-case = Edge case: { $words }
codebook-aliases = Also called: { $words }
codebook-hypothesis = What the model is asked: { $words }
