"""The labels and buttons of a cookie banner, which stand between its sentences and under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.rules.boxes import blocks_of, groups
from stripper.types import Hit, Kind, Mark

_BRIDGE = 2
"""Most lines between two of a banner."""
_LABEL_CHARS = 90
_SURE = 0.8
_CLOSE = re.compile(
    r"ok(?:ay)?|got it|close|dismiss|accept|agree|i agree|decline|continue|yes|no|x|schlie(?:ß|ss)en|verstanden|alles klar|fermer|j'ai compris"
    r"|cerrar|entendido|de acuerdo|vale|fechar|entendi|concordo|chiudi|ho capito|va bene|sluiten|begrepen|zamknij|rozumiem|zgoda|kapat|tamam|anladım"
    r"|закрыть|понятно|хорошо|閉じる|了解|关闭|關閉|知道了|确定|lukk|luk|stäng|jag förstår"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A banner: lines that speak of cookies, at least one of them a sentence, the short ones between them, and the button under the last."""

    id: str = "box"
    score: float = 0.98
    examples: tuple[Example, ...] = (
        Example(
            "The vote is on Monday.\n⟦This website uses cookies to improve your visit.\nAnalytics\n"
            "These cookies help us understand how visitors move on our website.\nOthers\nAccept all cookies⟧\nThe ferry sails in May."
        ),
        Example("Der Rat tagt am Montag.\n⟦Wir verwenden Cookies\nOk⟧\nDie Fähre fährt ab Mai."),
        Example("The vote is on Monday.\nOk\nThe ferry sails in May."),
        Example("The vote is on Monday.\nCookie policy\nThe ferry sails in May."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        known = blocks_of(page, marks, (Kind.COOKIE,), _SURE)
        for group in groups(known, set(), _BRIDGE, lambda at, lines: page.size(at) <= _LABEL_CHARS):
            below = group[-1] + 1
            closed = below in page.short and bool(_CLOSE.fullmatch(page.short[below].strip(" .!|[]")))
            if closed or any(page.size(index) > _LABEL_CHARS // 2 and page.blocks[index].lead == 0 for index in group):
                for index in range(group[0], below + closed):
                    yield Hit(page.blocks[index].start, page.blocks[index].end)


RULE_SET = RuleSet(
    name="cookie-box",
    kind=Kind.COOKIE,
    marks="The labels between the sentences of a cookie banner, and its last button.",
    why="It asks for consent; it tells nothing of the story.",
    misses="Banners of which only one short line is known.",
    rules=(Box(),),
)
