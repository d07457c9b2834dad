"""Labels of advertisements that stand on a page again and again, each where an advertisement was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_LABEL_TEXT = """
advertisement|advertisment|ad|anzeige|werbung|werbung überspringen|publicité|publicidad|publicidade|pubblicità|advertentie|reklama|reklam|реклама
annons|annonce|annonse|広告|スポンサーリンク|广告|廣告|광고|إعلان
"""
_LABELS = frozenset(_LABEL_TEXT.strip().replace("\n", "|").split("|"))
_BEFORE, _BEHIND = "-–—=( ", "-–—=) "
"""Signs around a label."""
_LABEL_CHARS, _LEAST = 24, 2


@dataclass(frozen=True, slots=True)
class Repeated:
    """A label that stands alone in two lines or more, none of them an item of a list: in a menu it leads to those who sell advertisements."""

    id: str = "repeated-label"
    score: float = 0.98
    examples: tuple[Example, ...] = (
        Example("The ferry left on Monday.\n⟦Advertisement⟧\nIt will not come back.\n⟦Advertisement⟧\nThe islanders row."),
        Example("Die Fähre fuhr am Montag.\n⟦Anzeige⟧\nSie kommt nicht wieder.\n⟦Anzeige⟧\nDie Leute rudern."),
        Example("Паром ушёл в понедельник.\n⟦Реклама⟧\nОн не вернётся.\n⟦Реклама⟧\nЛюди гребут."),
        Example("• Imprint\n• Reklama\n• Jobs\nThe ferry left on Monday.\n• Imprint\n• Reklama\n• Jobs"),
        Example("The ferry left on Monday.\nAdvertisement"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        found: dict[str, list[int]] = {}
        for index, line in page.short.items():
            if len(line) <= _LABEL_CHARS and line.lstrip(_BEFORE).rstrip(_BEHIND) in _LABELS and not page.blocks[index].lead:
                found.setdefault(line, []).append(index)
        for indices in found.values():
            for index in indices if len(indices) >= _LEAST else ():
                yield Hit(page.blocks[index].start, page.blocks[index].end)


RULE_SET = RuleSet(
    name="advert-slots",
    kind=Kind.ADVERT,
    marks="A label of advertising alone on a line, which stands on the page more than once.",
    why="It announces an advertisement that isn't there.",
    misses="Labels that stand once; the rules for their words know them.",
    rules=(Repeated(),),
)
