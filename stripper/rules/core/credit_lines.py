"""The agency's name on a line of its own at the story's end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_AGENCIES = (
    r"(?:ap|(?:the )?associated press|afp|agence france[- ]presse|reuters|thomson reuters foundation|dpa|epa|efe|ansa|apa|pap|tass|"
    r"ritzau|ntb|tt|anp|belga|keystone(?:-sda)?|sda|ats"
    r"|lusa|pti|ians|ani|uni|xinhua|kyodo(?: news)?|jiji(?: press)?|yonhap|kcna|bernama|antara|upi|pa|pa media|press association|"
    r"the canadian press|cp|aap|aa|anadolu(?: agency| ajansı)?"
    r"|iha|dha|ria novosti|interfax|tanjug|agerpres|čtk|ctk|mti|kna|epd|sid|bloomberg|ap news|europa press|télam|adnkronos|agi|"
    r"askanews|agência brasil|共同通信|時事通信|新华社|新華社"
    r"|[^\W\d_]{3,15} (?:press|press agency|news agency|news service|newswire|wire service))"
)
_LINE = re.compile(rf"(?:[-(~]|source: )?\s?{_AGENCIES}(?:(?: ?[/,&+] ?| and | und | et | y | e | with )(?:{_AGENCIES}|[a-z]{{2,4}})){{0,4}}[).]?")
_PARAGRAPH_CHARS = 90
_LINE_CHARS = 60


@dataclass(frozen=True, slots=True)
class AgencyAtEnd:
    """An agency, or a few, alone on a line right under a paragraph, where the story doesn't go on."""

    id: str = "agency-at-end"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday, and the harbour office says that the next one is not due before the autumn.\n\n⟦Reuters⟧\n\n"
            "The bridge that nobody crosses"
        ),
        Example("Die Fähre fuhr am Montag ab, und das Hafenamt sagt, dass die nächste nicht vor dem Herbst erwartet wird.\n⟦dpa/lnw⟧"),
        Example("The ferry left on Monday, and the harbour office says that the next one is not due before the autumn.\n⟦Tarnport News Agency⟧"),
        Example("Le bac est parti lundi, et le port annonce que le prochain ne viendra pas avant l'automne, si tout va bien.\n⟦(AFP)⟧"),
        Example(
            "Ferry leaves the island\nReuters\nThe ferry left on Monday, and the harbour office says that the next one is not due before the autumn."
        ),
        Example(
            "The ferry left the island on Monday for the last time, and the harbour office waved it off with flags.\nAP\n"
            "The harbour office says that the next ferry is not due before the autumn, and that the islanders have to wait until it comes."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        paragraphs = set(page.paragraphs(_PARAGRAPH_CHARS))
        for above in page.sentences if paragraphs else ():
            if above + 1 in page.short and paragraphs.isdisjoint(range(above + 2, above + 5)):
                block = page.blocks[above + 1]
                if block.end - block.start <= _LINE_CHARS and _LINE.fullmatch(page.folded, block.start, block.end):
                    yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="credit-lines",
    kind=Kind.CREDIT,
    marks="A news agency's name alone on a line at the story's end.",
    why="It says who sold the text to the site; the story has ended.",
    misses="Agencies that it doesn't know by name.",
    rules=(AgencyAtEnd(),),
)
