"""A dossier in a chat: how much there is, the first of what is missing, and the files."""

from bot.chat import Line, Reply
from bot.papers.docx import docx
from bot.papers.markdown import markdown
from bot.render import brief_gaps
from bot.render.brief_paper import extent, group_name, paper, title
from bot.render.spans import EMPTY, code, faint, joined, line, paragraphs, reply, strong
from bot.texts import Texts
from core.bibliography import bibtex, csl_json
from core.brief import Brief
from core.domain import Community, SentFile
from core.taxonomy import Taxonomy

GROUPS, GAPS = 12, 3
"""How many of each are told in the chat; the files have all."""

FILES = {"brief.md": "md", "brief.docx": "docx", "brief.csl.json": "csl", "brief.bib": "bib"}


def brief(found: Brief, community: Community, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """What it holds, in short, with its files."""
    lines: list[Line] = [
        line(strong(title(found, taxonomy, texts))),
        line(extent(found, texts)),
        line(faint(_counts(found, texts))),
        EMPTY,
    ]
    for group in found.groups[:GROUPS]:
        called = group_name(group, found, taxonomy, texts)
        lines.append(line(texts.say("brief-group", label=called, n=group.size), indent=1))
    if (rest := len(found.groups) - GROUPS) > 0:
        lines.append(line(faint(texts.say("brief-more-groups", n=rest)), indent=1))
    if missing := brief_gaps.told(found, taxonomy, texts)[:GAPS]:
        lines += [EMPTY, line(strong(texts.say("brief-in-chat-gaps")))]
        lines += [line(each, indent=1) for each in missing]
    lines += _draft(found, texts)
    told = texts.listed(f"{name} {texts.say(f'brief-file-{kind}')}" for name, kind in FILES.items())
    lines += [EMPTY, line(faint(texts.say("brief-attached", files=told)))]
    lines.append(line(faint(texts.say("brief-archive"))))
    return Reply(tuple(lines), files=files(found, community, taxonomy, texts))


def files(
    found: Brief, community: Community, taxonomy: Taxonomy, texts: Texts
) -> tuple[SentFile, ...]:
    """Markdown, DOCX, CSL-JSON and BibTeX, in the order of `FILES`."""
    whole = paper(found, community, taxonomy, texts)
    data = (
        markdown(whole).encode(),
        docx(whole),
        csl_json(found.items, community).encode(),
        bibtex(found.items, community).encode(),
    )
    return tuple(SentFile(name, each) for name, each in zip(FILES, data, strict=True))


def drafting(found: Brief, texts: Texts) -> Reply:
    """A language model is being asked, which takes a while."""
    said = texts.say("brief-drafting", quotes=len(found.quotes))
    return reply(line(faint(said)), passing=True)


def usage(texts: Texts) -> Reply:
    """How it is asked for."""
    examples = [line(code(each)) for each in texts.say("brief-usage-examples").split("\n")]
    return reply(paragraphs(texts.say("brief-usage")), examples)


def nothing(query: str, texts: Texts) -> Reply:
    """There is nothing to make it of."""
    return reply(paragraphs(texts.say("brief-nothing", query=query)))


def _counts(found: Brief, texts: Texts) -> str:
    counts = {
        "quotes": len(found.quotes),
        "numbers": len(found.figures),
        "days": len(found.days),
    }
    return texts.say("brief-counts", **counts)


def _draft(found: Brief, texts: Texts) -> list[Line]:
    if found.draft is None:
        return []
    if found.draft.trouble is not None:
        return [EMPTY, line(texts.say(f"brief-draft-{found.draft.trouble}"))]
    dropped = sum(found.draft.dropped.values())
    said = texts.say("brief-draft-in-chat", n=len(found.draft.claims), dropped=dropped)
    return [EMPTY, line(*joined([said]))]
