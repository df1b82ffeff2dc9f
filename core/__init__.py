"""The library of a community: articles, labels, votes. Plain synchronous Python, without chat."""
