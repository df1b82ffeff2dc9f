# 標籤說明本和它的修改：/codebook、標籤的歷史、重新貼標籤。

label-retired-brief = { $sure }（已停用）
