# The terminal's own words.

console-hint = Enter sends · Alt-Enter new line · Tab completes · Ctrl-D leaves
console-busy = { $n ->
    [one] One item in work; go on typing if you like
   *[other] { $n } items in work; go on typing if you like
}
console-leave-busy = { $n ->
    [one] One item is not finished. Ctrl-D again leaves; next time I go on with it.
   *[other] { $n } items are not finished. Ctrl-D again leaves; next time I go on with them.
}
console-leaving = Leaving as soon as the one in hand is done.
console-interrupt = Ctrl-D leaves.
console-pasted = { $n } lines pasted
console-no-file = { $path } cannot be opened. Please check the path.
console-folder = { $path } is a folder. Please give me the path of one of its files.
console-large-file = { $path } is too large. Please send the part that matters, or paste the text.
