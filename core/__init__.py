"""The library of a community: articles, labels and votes. Plain synchronous Python; knows no chat."""
