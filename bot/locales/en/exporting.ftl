# Exports: the command line, /export, what columns mean, and what went wrong.

cli-export = Give the collection away: tables, notes, bookmarks, feeds, a data set
cli-export-more =
    QUERY is a search (see “commonplace search --help”); here every word of it must stand in an item. Without one, all
    finished items are written. The form follows from the file's ending or from --format; a name without an ending is a
    folder of Markdown notes. “library” holds all that makes the same collection elsewhere by “commonplace import”.
    Members are never named. Full texts are others' works and are only written with --texts.
cli-export-examples =
    commonplace export --output collection.csv
    commonplace export "label:topic/labour since:2026-03" --output labour.atom
    commonplace export --output notes
    commonplace export --format library --votes
    commonplace export --release dataset --licence CC-BY-4.0
cli-option-place = Where to: a file, or for Markdown a new folder
cli-option-format = csv, jsonl, parquet, markdown, bookmarks, rss, atom or library
cli-option-release = Make a data set in this new folder: items, labels, votes, codebook, datasheet, agreement
cli-option-licence = The licence of a data set, as SPDX names it (CC-BY-4.0); without it, the datasheet says that none is given
cli-option-texts = Write full texts, too
cli-option-votes = In a library: who voted what, under pseudonyms
cli-export-release-alone = --release makes a folder of its own: leave out --output, --format and --votes. --licence goes with --release.
cli-export-which = Say where to (--output collection.csv) or in which form (--format); forms are: { $known }.
cli-export-votes-where = --votes goes with --format library; a release (--release) has votes by itself.
cli-export-texts-warning = Mind: full texts are their authors' works. Keep this export among yourselves, unless you may publish them.
cli-exporting = Exporting
cli-exported = { $count ->
    [0] No items: { $place }
    [one] One item: { $place }
   *[other] { $count } items: { $place }
 }
cli-export-library-holds = It holds full texts and files of members: as private as the collection itself.
cli-released = { $count ->
    [one] One item: { $place }
   *[other] { $count } items: { $place }
 } Read datasheet.en.md before you publish it.
cli-released-without = { $count ->
    [one] One text or file was
   *[other] { $count } texts or files were
 } left out: they are members’ own words, and not all who handed them in agreed (/consent).
cli-restored = { $new } new, { $known } already here.
cli-restored-labels = Labels that the taxonomy does not know were kept all the same: { $labels }
export-feed-about = { $query ->
    [none] What a community collected
   *[other] What a community collected: { $query }
 }
error-bad-place = { $reason ->
    [folder] { $place } is a folder. Please name a file in it.
    [taken] { $place } is there already. Please name a folder that is new or empty.
   *[other] { $place } cannot be written. Please check the folder, its rights, and whether the disk is full.
 }
error-missing-extra = A part of the program is missing for this ({ $extra }). Whoever runs me can install it: pip install ".[{ $extra }]"

cli-schema = Tell the database: views and tables, and what their columns mean
cli-schema-more = For Datasette, notebooks and SQL. The views (view_…) are made for reading and name nobody; tables are as the program needs them. Meanings come from the code. Open the file read-only while the bot runs.
cli-schema-examples =
    commonplace schema
    commonplace schema view_items view_decided_labels
    commonplace schema --json
schema-about = The database is the SQLite file { $file }. For all tables:
schema-view = view
schema-table = table
schema-key = key
schema-null = can be null
schema-unknown = There is no table “{ $name }”. There are: { $known }.

command-export = export
    .argument = FORM SEARCH
    .about = Take the collection along, as a table, notes, bookmarks or a feed
export-word-csv = csv
    .also = table,excel
export-word-jsonl = jsonl
    .also = json
export-word-markdown = markdown
    .also = notes,md,obsidian
export-word-bookmarks = bookmarks
    .also = html
export-word-rss = rss
export-word-atom = atom
    .also = feed
export-word-parquet = parquet
export-form-csv = Table (CSV)
export-form-jsonl = JSON lines
export-form-markdown = Markdown notes
export-form-bookmarks = Bookmarks
export-form-rss = RSS feed
export-form-atom = Atom feed
export-form-parquet = Parquet
export-which = { $count ->
    [one] One item. In which form?
   *[other] { $count } items. In which form?
 }
export-how = A search chooses what is in it: /export csv label:topic/labour since:2026-03. Members are not named.
export-nothing = { $query ->
    [none] There is nothing to export yet.
   *[other] Nothing fits “{ $query }”. In an export each word must stand in the item; try fewer words, or label: and since:.
 }
export-done = { $count ->
    [0] There is nothing to put in it; the file is empty.
    [one] One item, without members' names and full texts.
   *[other] { $count } items, without members' names and full texts.
 }
export-left-out = { $count ->
    [one] One item was
   *[other] { $count } items were
 } left out: { $form ->
    [bookmarks] bookmarks hold only what has a web address.
   *[other] a feed holds the newest { $most } that have a web address.
 }
export-too-large = The file has { $megabytes } MB, too much for a chat. Take less by a search (/export csv since:2026-03), or let whoever runs me type: commonplace export
