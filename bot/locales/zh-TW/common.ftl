# 到處都用得到的詞：日期、數量、單位。

comma = 、
or = {" "}或{" "}
date = { $year }年{ $month }月{ $day }日
percent = { $n }%
seconds = { $n } 秒
minutes = { $n } 分鐘
hours = { $n } 小時

language-name = 繁體中文

# 對「要不要」的回答
answer-yes = yes
    .also = 是,好,要,對,嗯,確定,y,ok
answer-no = no
    .also = 否,不,不要,不用,取消,n,cancel
