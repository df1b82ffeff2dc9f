# The command line.

cli-tagline = a community's own library of what its members send
cli-intro =
    Send links, texts and files; each is fetched, summarised in its own sentences, labelled by your
    own labels, and can be found again in Chinese and English. Everything stays on this machine.
cli-start-here = begin here: paste a link, or type /help
cli-footer = More about one command: { $command }
cli-options = Options
cli-examples = Examples
cli-chapter-daily = Every day
cli-chapter-bulk = Many at once
cli-chapter-closer = A closer look

cli-commonplace = a community's own library of what its members send
cli-chat = Talk with the library in this terminal
cli-chat-more =
    Paste links, texts, or paths of PDF, HTML and text files; type /help for the commands. In a pipe,
    each line is a message, and the exit code is 1 if any of them failed.
cli-chat-examples =
    commonplace chat
    echo "/search migrant workers" | commonplace chat
cli-add = Add links, texts or files
cli-add-more =
    Each is fetched, summarised, labelled and kept. “-” reads a text from standard input. The exit
    code is 1 if some failed, 2 if all did; a failed one is kept and can be tried again.
cli-add-examples =
    commonplace add https://example.org/article report.pdf
    pbpaste | commonplace add - --json
cli-search = Find by words and meaning
cli-search-more =
    Words, "phrases", -without, label: -label: site: by: lang: since: until: is:suggested|confirmed|disputed|rejected|none-fits|failed.
    With --queries, many at once: lines with id and query become lines with id and hits.
cli-search-examples =
    commonplace search "移工 label:topic/labour since:2026-03"
    commonplace search "housing -rent" --json
    commonplace search --queries questions.jsonl --output answers.jsonl
cli-import = Bring in a collection from elsewhere
cli-import-more =
    JSON lines (url or text; optional id, title, published_at, labels), CSV with the same columns, bookmarks
    exported by a browser, or a list of links. What is already there is passed over: start a broken
    run again and it goes on.
cli-import-examples =
    commonplace import bookmarks.html
    commonplace import archive.jsonl --no-fetch --no-label
cli-label = Label the texts of a file; keep nothing
cli-label-more =
    Lines with id and text (title optional) become lines with id, labels (path, score), unsure (labels
    that nearly fitted) and scores: the probability of every question asked. A model that reads text
    and label together is asked about likely labels only.
cli-label-examples =
    commonplace label --taxonomy labels.toml --input texts.jsonl --output labelled.jsonl
cli-reindex = Rebuild the search indexes from the database
cli-fetch = Fetch one page or file and print what was read; keep nothing
cli-fetch-examples =
    commonplace fetch https://example.org/article --json
    commonplace fetch --html saved.html --url https://example.org/article
cli-canonical = Print the one true form of addresses
cli-canonical-more = One a line, in the order given; “-” reads them from standard input.
cli-build-model = Make the built-in model anew, from base models and public data
cli-build-model-more =
    For those who want to improve the model or check how it came about; nobody needs it to run the bot.
    Takes about an hour on two processor cores. A run that was stopped goes on where it was. The model
    card (core/models/builtin/README.md) names the data and the bases.
cli-build-model-examples =
    commonplace build-model --data sets --chinese-base bge-small-zh-v1.5 --output model
cli-doctor = Check configuration, storage, models, fonts and network

cli-option-help = Show this page
cli-option-version = Show the version
cli-option-data = Folder of the database, vectors and history (or COMMONPLACE_DATA)
cli-option-config = Configuration file (or COMMONPLACE_CONFIG)
cli-option-community = Community to work on
cli-option-json = Print JSON for scripts
cli-option-html = Read a saved page instead of fetching one
cli-option-url = The address that the saved page came from
cli-option-limit = How many hits at most
cli-option-queries = A file of queries: lines with id and query
cli-option-results = Where the answers go: lines with id and hits
cli-option-no-fetch = Keep what the file says; fetch nothing
cli-option-sets = folder with the public data sets
cli-option-model-output = folder for the model; a run that was stopped goes on in it
cli-option-chinese-base = folder with bge-small-zh-v1.5: tokenizer.json, and config.json with model.safetensors or one ONNX file
cli-option-seed = seed of everything that chance decides
cli-option-stated-only = leave out the sets that state no licence
cli-option-leave-out = a topic set that is not trained on, to measure on it (may be repeated)
cli-option-quick = a few steps of each stage, only to see that everything runs
cli-option-no-label = Do not label
cli-option-taxonomy = Your labels; without it, the configured or the starter ones
cli-option-input = Texts: lines with id and text
cli-option-output = Where the labelled lines go
cli-option-labelled = Labelled texts: lines with id, text and labels
cli-option-methods = Which to compare, the first with each other: entailment, flat, cascade, sequence, llm
cli-option-repeat = How often each is run
cli-option-model = "builtin", or a hub name or folder of an entailment model
cli-option-language = Language of the questions; without it, each text's own
cli-option-exhaustive = Ask every question, also about unlikely labels and below those that do not fit

cli-try-help = Try: { $command }
cli-interrupted = Interrupted. What was done so far is kept.
cli-unknown-word = There is no “{ $word }”. { $near ->
    [none] { "" }
   *[other] Did you mean { $near }?
 }
cli-extra-words = More words than expected: { $words }. Put quotes around words that belong together.
cli-missing = Something is missing: { $what }
cli-bad-value = { $option }: { $problem }
cli-one-of = { $option } is one of: { $known }.
cli-number = { $option } is a number from { $least } to { $most }.
cli-needs-value = { $option } needs a value behind it.
cli-system = The system does not let this be done: { $problem }
cli-fetch-one-of = Give either an address or file, or --html FILE with --url URL.
cli-search-one-of = Give either a query, or --queries together with --output.

cli-new = kept
cli-known = already here
cli-same-story = kept, same story
cli-failed = failed
cli-like = (tells the same as #{ $number })
cli-building = { $stage ->
    [bilingual] Training the bilingual tower
    [chinese] Training the Chinese tower
   *[judge] Training the judge
}
cli-built = Done. The model is in { $folder }; name it as models.entailer in the configuration.
cli-labelling = Labelling
cli-labelled = { $count ->
    [one] One text labelled: { $file }
   *[other] { $count } texts labelled: { $file }
 }
cli-effort = { $questions ->
    [one] One question
   *[other] { $questions } questions
 } asked, { $per-text } a text; { $milliseconds } ms a text, { $per-second } questions a second.
cli-evaluating = Evaluating { $method }
cli-evaluated = { $method }: { $model }, { $seconds } s a text
cli-evaluated-all = All
cli-evaluated-row = { $name }: hierarchical F1 { $hierarchical }, micro F1 { $micro }, macro F1 { $macro }, all right { $exact } of { $texts ->
    [one] one text
   *[other] { $texts } texts
 }
cli-evaluated-spread = { $runs } runs: they differ on { $differing } of the decisions; micro F1 ± { $micro }, macro F1 ± { $macro }
cli-evaluated-failed = { $n ->
    [one] One text got no usable answer, and counts as without labels.
   *[other] { $n } texts got no usable answer, and count as without labels.
 }
cli-importing = Importing
cli-imported = { $new } new, { $same-story } of a known story, { $known } already here, { $failed } failed, { $broken } lines could not be read.
cli-more-lines = { $count ->
    [one] One more line like these.
   *[other] { $count } more lines like these.
 }
cli-unknown-labels = Labels that the taxonomy does not know were left out: { $labels }
cli-reindexing = Rebuilding
cli-reindexed = { $count ->
    [one] One item indexed.
   *[other] { $count } items indexed.
 }
cli-searched = { $count ->
    [one] One query answered: { $file }
   *[other] { $count } queries answered: { $file }
 }
cli-found = { $count ->
    [0] Nothing found. Try fewer or other words.
    [one] One found.
   *[other] { $count } found.
 }

# The doctor.

doctor-result = { $failures ->
    [0] All is well enough to work.
    [one] One thing must be mended first.
   *[other] { $failures } things must be mended first.
 }
doctor-configuration = Configuration: { $file }
doctor-configuration-none = Configuration: all defaults (settings would be read from { $file })
doctor-data = Data folder: { $folder } ({ $free-mb } MB free)
doctor-data-mend = Little room is left. Free some space, or move the folder and set --data.
doctor-data-not-writable = Data folder { $folder } cannot be written: { $problem }
doctor-data-not-writable-mend = Change its owner or permissions, or name another one with --data.
doctor-taxonomy = Labels: { $labels } in { $dimensions } dimensions
doctor-taxonomy-bad = The labels cannot be used
doctor-taxonomy-bad-mend = Mend the file that “taxonomy” in the configuration names, or remove the setting.
doctor-database = Database: { $items ->
    [one] one item
   *[other] { $items } items
 }
doctor-database-bad = The database cannot be used
doctor-database-bad-mend = Bring back a copy (the folder keeps one from before each upgrade), or use a newer version of the program.
doctor-data-in-use = Another commonplace is at work in this data folder
doctor-data-in-use-mend = That is fine. Stop it if you want storage checked too.
doctor-unfinished = { $items ->
    [one] One item is unfinished
   *[other] { $items } items are unfinished
 }
doctor-unfinished-mend = Start “commonplace chat”: it goes on by itself.
doctor-failed-items = { $items ->
    [one] One item failed
   *[other] { $items } items failed
 }
doctor-failed-items-mend = See them with “commonplace search is:failed”, then /retry or /paste in the chat.
doctor-vectors = Vectors: { $stored } stored, { $missing } missing
doctor-vectors-mend = Run “commonplace reindex”.
doctor-vectors-bad = The vectors cannot be used
doctor-vectors-bad-mend = Run “commonplace reindex”: they are made anew from the database.
doctor-database-damaged = The database is damaged: { $first }{ $count ->
    [one] { "" }
   *[other] {" "}(and more)
 }
doctor-database-damaged-mend = Bring back a copy (the folder keeps one from before each upgrade).
doctor-embedder = Search model: { $model } ({ $seconds } s)
doctor-embedder-bad = The search model does not load
doctor-embedder-bad-mend = Install the program again, in its folder: pip install --force-reinstall .
doctor-entailer = Label model: { $model } ({ $seconds } s)
doctor-entailer-bad = The label model does not load
doctor-entailer-bad-mend = Check “entailer” under [models] in the configuration, or set it to "builtin".
doctor-llm = Language model: { $model } at { $host } ({ $seconds } s); texts are sent there
doctor-llm-bad = The language model does not answer
doctor-llm-bad-mend = Everything else works without it. Check [llm] in the configuration, and whether its server runs.
doctor-fonts = Chinese font for pictures: { $font }
doctor-fonts-missing = No Chinese font is installed; charts would show boxes
doctor-fonts-missing-mend = Debian, Ubuntu: apt install fonts-noto-cjk. macOS and Windows bring one.
doctor-network = Network: { $url } answers ({ $seconds } s)
doctor-network-bad = No page can be fetched from here
doctor-network-bad-mend = Texts and files still work. Check the connection, the DNS and the firewall.

# run
cli-run = Serve Telegram and Discord, as configured
cli-run-more =
    Every platform that has a token in the configuration, in one process, until Ctrl-C or SIGTERM.
    What is under way then goes on after the next start.
cli-run-examples =
    commonplace run
    COMMONPLACE_TELEGRAM__TOKEN=123:abc commonplace run --data /srv/commonplace
cli-option-alive = Only say whether “commonplace run” serves this folder (exit code 0 or 1)
doctor-alive = A process serves this folder.
doctor-not-alive = No process serves this folder.
doctor-platforms = Chat platforms with a token: { $names } (“commonplace run” serves them)
doctor-platforms-none = No chat platform has a token; the terminal needs none
