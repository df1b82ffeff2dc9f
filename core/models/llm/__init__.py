"""A language model on a server, kept in its place: off unless configured, and never the last word.

`server` speaks with any server that speaks as OpenAI's does; `budget` says how often and how much;
`prompt` quotes, `answers` checks; `annotator` labels and `writer` summarises. The only home of the
package `openai`.
"""
