"""The picture in the README: a real conversation, painted as the terminal shows it.

    python -m tests.conversations.picture docs/conversation.svg

The library, the models and the pages are real; the pages come from a server on this machine.
"""

import asyncio
import html
import io
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.app import build
from bot.config import load
from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.platforms.console import ConsolePlatform
from bot.platforms.console_paint import Look
from bot.platforms.console_screen import Busy, Say, Suggest
from core.domain import MemberRef
from tests.servers import serve

COLUMNS = 78
CHARACTER_WIDTH = 12.2  # rich's SVG: font size 20 by an aspect of 0.61
THEME = TerminalTheme(
    (28, 30, 36),
    (216, 220, 228),
    [(60, 64, 72), (232, 110, 110), (130, 200, 130), (226, 190, 110), (120, 170, 240),
     (200, 140, 220), (110, 200, 210), (216, 220, 228)],
    [(120, 126, 138), (240, 130, 130), (150, 220, 150), (240, 210, 130), (140, 190, 250),
     (220, 160, 240), (130, 220, 230), (240, 244, 250)],
)  # fmt: skip

MIGRANTS = """<!doctype html><html lang="zh-TW"><head><meta charset="utf-8">
<title>家庭看護工休假難：移工團體要求修法 | 島嶼公民報</title>
<meta property="og:site_name" content="島嶼公民報"><meta name="author" content="陳怡君">
<meta property="article:published_time" content="2026-03-08T09:30:00+08:00"></head><body><article>
<h1>家庭看護工休假難：移工團體要求修法</h1>
<p>移工團體昨天在勞動部前集會，要求把家庭看護工納入勞動基準法，讓外籍移工也有每週一天的休假。</p>
<p>來台七年的印尼籍看護工雅蒂說，她照顧的長輩需要全天陪伴，去年一整年只休了九天，加班費也從來沒有算清楚。</p>
<p>團體公布的問卷顯示，六百多位受訪的家庭看護工裡，有四成整年沒有休過假，七成被仲介收取額外費用。</p>
<p>勞動部回應，將和衛福部研議擴大喘息服務，讓家屬在移工休假時有人接手，修法則需要社會進一步討論。</p>
<p>主辦單位說，喘息服務的名額連需求的一成都不到，政府應該先訂出期程，而不是再等一個世代。</p>
</article></body></html>"""

FISHERS = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Migrant fishers ask for Wi-Fi at sea</title>
<meta property="og:site_name" content="Harbour Watch">
<meta property="article:published_time" content="2026-02-20"></head><body><article>
<h1>Migrant fishers ask for Wi-Fi at sea</h1>
<p>Migrant fishers on distant-water vessels are asking ship owners to provide internet access, so
that workers who spend ten months at sea can call their families and report abuse.</p>
<p>A union of Indonesian and Filipino crew members says that wages were withheld on a third of the
vessels it visited last year, and that nobody on board could ask for help.</p>
<p>The fisheries agency offered a subsidy for satellite terminals, but only forty of more than a
thousand vessels have applied so far.</p>
</article></body></html>"""


class Painter:
    """A screen that types what it is told and keeps everything as the terminal would show it."""

    is_terminal = False
    look = Look(width=COLUMNS - 4, colours=True, margin=2)

    def __init__(self, typed: list[str]) -> None:
        self._typed = typed
        self.painted = io.StringIO()

    async def messages(self, *, suggest: Suggest, say: Say, busy: Busy) -> AsyncIterator[str]:
        """The script, after the prompt."""
        del suggest, say, busy
        for text in self._typed:
            self.painted.write(f"\x1b[1;36m›\x1b[0m \x1b[1m{text}\x1b[0m\n")
            yield text

    def show(self, text: str) -> None:
        """Keep it."""
        self.painted.write(f"{text}\n\n")

    def progress(self, key: str, text: str | None) -> None:
        """It passes."""
        del key, text


async def conversation() -> str:
    """Hold it; return what was painted, with colours."""
    with tempfile.TemporaryDirectory() as folder, serve() as web:
        environ = {"COMMONPLACE_FETCH__ALLOW": f'["{web.authority}"]'}
        migrants = web.page("/2026/caregivers", MIGRANTS)
        fishers = web.page("/fishers", FISHERS)
        settings = load(data=Path(folder), environ=environ, language="zh-TW")
        with build(settings) as app:
            screen = Painter([migrants, fishers, "/search migrant workers rights"])
            console = ConsolePlatform(screen, member=MemberRef("local", "operator"))
            dispatch = Dispatch(app.library, FEATURES, [console], homes={"console": app.community})
            await console.start(dispatch)
            await console.finished()
            await console.stop()
            await dispatch.stop()
        return screen.painted.getvalue().replace(web.authority, "civic.example")


def main() -> None:
    """Write the picture to the file named on the command line."""
    painted = Text.from_ansi(asyncio.run(conversation()).rstrip())
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(painted)
    picture = console.export_svg(title="commonplace chat", theme=THEME)
    Path(sys.argv[1]).write_text(widened(picture), "utf-8")


def widened(picture: str) -> str:
    """Give each run of text the width of its columns: rich counts a Chinese character as one."""

    def width(found: re.Match[str]) -> str:
        columns = cell_len(html.unescape(found[2]).replace("\xa0", " "))
        return f'textLength="{columns * CHARACTER_WIDTH:g}"{found[1]}>{found[2]}<'

    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', width, picture)


if __name__ == "__main__":
    main()
