"""A rule set to begin with: what must be filled in stands empty, so that a check names it."""

from __future__ import annotations

import json
import re

from stripper.read.text import fold
from stripper.rules.base import CLOSE, OPEN
from stripper.rules.match import DECORATION
from stripper.types import Kind

_SPECIAL = re.compile(r"([\\.^$|?*+()\[\]{}])")
_WORD = re.compile(r"[^\W_]+")
_KEYWORDS = 3
"""So many words of a line are a keyword to begin with: fewer stand in many lines, more in few."""


_SKELETON = """\
kind = "{kind}"
marks = ""  # what the rules mark, in a sentence
why = ""  # why that is no part of a story; stands beside every removed span
misses = ""  # what they are known to miss

[[rule]]
# what it finds, in lower-case words with hyphens; unique in this file
id = {id}
languages = ["en"]
# the expression is tried only on blocks that hold one of these
keywords = {keywords}
# the whole block, in lower case; `inline` instead finds a part of it
block = {block}
examples = [
  {marked}
  # "A sentence of a story that looks much like it, and must be left alone.",
]
"""


def skeleton(kind: Kind, line: str = "") -> str:
    """A rule set of a kind as TOML, with one rule; where a leftover line is given, the rule finds just that line."""
    said = " ".join(line.split())
    folded = fold(said).strip(DECORATION)
    words = _WORD.findall(folded)
    keyword = _first_words(folded) or folded
    name = "-".join(words[:_KEYWORDS]) if folded.isascii() else ""
    return _SKELETON.format(
        kind=kind,
        id=_quoted(name),
        keywords=f"[{_quoted(keyword)}]" if keyword else "[]",
        block=_quoted(_SPECIAL.sub(_escaped, folded)),
        marked=f"{_quoted(OPEN + said + CLOSE)}," if said else f'# "{OPEN}A line that it must mark{CLOSE}\\nA line of the story.",',
    )


def _quoted(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)


def _first_words(folded: str) -> str:
    found = list(_WORD.finditer(folded))[:_KEYWORDS]
    return folded[found[0].start() : found[-1].end()] if found else ""


def _escaped(special: re.Match[str]) -> str:
    return "\\" + special[1]
