"""Events find their feature here; work finds its thread; what goes wrong becomes a sentence.

`dispatcher` takes events in and names its parts, `context` is what features are and what they are
given.
"""

from bot.dispatch.context import Command, Context, Features, Manner, Topic
from bot.dispatch.dispatcher import Dispatch

__all__ = ["Command", "Context", "Dispatch", "Features", "Manner", "Topic"]
