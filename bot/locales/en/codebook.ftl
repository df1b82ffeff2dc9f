# The codebook and its changes: /codebook, what a label's history tells, items labelled again.

label-retired-brief = { $sure } (retired)
