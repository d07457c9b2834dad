"""Paid links that say so: a label, and then nothing but a link. HTML only, since flat text doesn't show where a link begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stripper.rules.base import Example, RuleSet
from stripper.types import Hit, Kind, Page

_LABEL = re.compile(
    r"(?:sponsored(?: (?:content|post|link|story|by [\w&' -]{2,24}))?|promoted(?: by [\w&' -]{2,24})?|paid (?:post|content)|partner content"
    r"|advertisement|advertorial|ad|anzeige|werbung|gesponsert|publicité|sponsorisé|publicidad|patrocinado|publicidade|pubblicità"
    r"|sponsorizzato|advertentie|reklama|sponsorowane|реклама|annons|annonce|reklam)[ |:·•-]{1,3}"
)
_CHARS = 200
"""A longer block is a paragraph that holds a link."""


class LabelledLink:
    """A short block that begins with a label of advertising, all of the rest being one link or several."""

    id = "labelled-link"
    score = 0.9
    examples = (
        Example('<html><body><p>The pier was built of oak.</p><p>⟦<b>Sponsored</b> <a href="/x">One odd trick for dry roofs</a>⟧</p></body></html>'),
        Example('<html><body><p>The pier was built of oak.</p><div>⟦Anzeige: <a href="/x">Dachrinnen für Eilige</a>⟧</div></body></html>'),
        Example('<html><body><p>The pier was built of oak.</p><p><a href="/x">Sponsored walk brings nine thousand</a></p></body></html>'),
        Example('<html><body><p>Oak.</p><p>Sponsored by the town, <a href="/x">the walk</a> brought in nine thousand.</p></body></html>'),
    )

    def find(self, page: Page) -> Iterator[Hit]:
        if page.source != "html":
            return
        for block in page.blocks:
            if not 0 < block.link_chars < block.end - block.start <= _CHARS:
                continue
            label = _LABEL.match(page.folded, block.start, block.end)
            if label and block.link_chars >= block.end - label.end() > 0:
                yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="advert-links",
    kind=Kind.ADVERT,
    marks="Links that a label in front of them calls sponsored.",
    why="It is a paid link; nothing of the story is lost with it.",
    misses="Labels inside the link, and labels that stand below it.",
    rules=(LabelledLink(),),
)
