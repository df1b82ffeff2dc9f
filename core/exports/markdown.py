"""Words that Markdown shows as they are."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$%!&])")
_LIST = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([-+=.)])", re.MULTILINE)


def escaped(text: str) -> str:
    """What a page says is data: it cannot become a heading, a link, a picture or HTML.

    Any ASCII punctuation may stand behind a backslash (CommonMark 0.31, section 2.4).
    """
    return _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
