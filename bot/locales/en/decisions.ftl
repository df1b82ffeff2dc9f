# Decisions: editors' rulings, the decision log, and that none fits.

command-rule = rule
    .argument = NUMBER LABEL yes|no REASON
    .about = Editors decide whether a label is right; votes stay, and count again when it is withdrawn
command-log = log
    .argument = NUMBER or FILTERS
    .about = What became of labels, when and why; filters are label: by: since: until: is: and words

# cards

card-none-decided = ✓ decided: no label fits
card-none-ruled = ⚖ ruled: no label fits
card-none-disputed = whether none fits is in discussion
card-none-brief = none fits
label-ruled = ⚖
ruling-editor = an editor
ruling-right = ⚖ { $who } ruled: { $label } ✓
ruling-wrong = ⚖ { $who } ruled: { $label } ✗
ruling-reason = {" "}({ $reason })
ruling-more = { $n ->
    [one] and one more ruling: /log { $number } shows it
   *[other] and { $n } more rulings: /log { $number } shows them
}

# rulings

rule-ask = You decide about these labels: ✓ right, ✗ wrong, ↩ withdraw the ruling.
rule-hint = Or all in one line, with a reason:{" "}
    .example = LABEL yes REASON
rule-yes = yes
    .also = y,right,correct,對,是,正確,合適,成立
rule-no = no
    .also = n,wrong,不對,不是,錯,不合適,不成立,否
rule-withdraw = withdraw
    .also = undo,back,收回,撤回,取消
rule-none = none fits
    .also = none,都不合適,都不適合
button-reason = ✎ say why
rule-why = Why is “{ $label }” ruled so? Your next message is the reason; everybody sees it, with your name.
rule-anonymous = Everybody is told who ruled. Please do it as yourself.
ruled-right = Ruled: ✓ { $label }
ruled-wrong = Ruled: ✗ { $label }
ruled-withdrawn = Withdrawn: the ruling on { $label }; votes decide again
ruled-nothing = There is no ruling on “{ $label }” of #{ $number } to withdraw.
standing-ruled = {" "}(an editor has ruled; your vote stays, and counts if that is withdrawn)

# the decision log

moment = { $date }, { $time }
log-found = Decisions { $first }–{ $last } of { $total }, newest first
log-nothing = Nothing was decided yet.
log-nothing-for = No decision is like “{ $query }”.
log-hint = Try /log 12, /log label:labour, /log by:rulings, /log since:2026-10, or any words
log-change = { $label }: { $before } → { $after }
log-same = { $label }: { $after } (as before)
log-tally = {" "}({ $pro } for, { $con } against)
log-by = { $cause } by { $who }
log-reason = “{ $reason }”
log-codebook = codebook version { $version }
log-me = me
    .also = myself,我,我自己
status-none = not there
status-open = not decided
status-suggested = suggested
status-confirmed = confirmed
status-rejected = wrong
status-disputed = in discussion
cause-vote = votes
    .also = vote
cause-ruling = ruling
    .also = rulings
cause-withdrawal = ruling withdrawn
    .also = withdrawal,withdrawals
cause-import = import
    .also = imports
cause-labelling = labelled again
    .also = labelling
cause-merge = found to be the same
    .also = merge,merged
cause-customs = change of how votes count
    .also = customs,settings
cause-taxonomy = change of the labels
    .also = taxonomy
cause-recount = counted again
    .also = recount
