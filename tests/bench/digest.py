"""How long a digest takes to compose when ten thousand items came in its week, and its picture."""

import random
import time
from datetime import UTC, datetime, timedelta

from bot.render.digests import digest as render
from bot.render.digests import view
from bot.texts import Texts
from core.charts.weekly import draw
from core.digests import Digests
from core.domain import Document, LabelPath, LabelStatus, MemberRef, PastedText, Share, Vote
from core.fingerprints import fingerprint
from core.search import Search
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.taxonomy import starter
from tests.bench.rows import Options, Row
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.models import FakeEmbedder
from tests.fakes.sources import HandClock
