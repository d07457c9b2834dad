"""Whether a page holds only the beginning of its story.

What a page declares is a claim about the site, not about this copy of the page: a story that isn't free may stand on it in full, and a pitch may
follow a story that everyone may read. So the text decides: how it ends, what follows it, and how long it is beside the text that the page declares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stripper.fields.head import SCRIPTIO_CONTINUA, Head, ends_sentence
from stripper.types import Kind, Witness

_SHORT_CHARS = 700
"""Fewer characters are hardly ever a whole story; in scripts without blanks a third of them."""
_LONG_CHARS = 1_500
"""A beginning has rarely more of them; the shortest tenth of all news has fewer."""
_WHOLE = 0.85
"""A story with this share of the declared text is complete: captions, subheadings and bylines are counted on one side only."""
_PART = 0.4
"""One with less than this share isn't."""
_NEAR = 8
"""So many blocks behind the story a pitch belongs to it."""
_STRAY_CHARS = 200
_PITCH_CHARS = 300
_LEAST_DECLARED = 500
"""A shorter declared text is a summary."""
_AGENCY = re.compile(r" \([^()]{1,20}\)$")
_ADDRESS = re.compile(r"(?:www\.|://)[^\s.]+\.[^\s…]+[^\s.…]$|[a-z0-9]\.[a-z]{2,6}/[^\s.…]*$")
"""What stories end with besides sentences."""
_CUT = ("...", "…", "[…]", "[...]", "……")
_PITCHES = (Kind.PAYWALL, Kind.LOGIN)
_READERS = r"(?:subscri|members?\b|abb?onn?|suscri|socios|assinant|prenumer|subskry|подпис)"
_THIS = r"(?:this|the|diese[rs]?|der|ce|cet|este|esta|questo|dit|deze|denn[ae]|den här|ten)"
_STORY = (
    r"(?:story|article|post|content|report|artikel\w*|text|beitrag|inhalt|artículo|contenido|contenuto|articolo|conteúdo|matéria|reportagem|"
    r"artykuł|tekst)"
)
_RESTRICTED = re.compile(
    "|".join(
        (
            rf"{_THIS} (?:\w{{1,20}} ){{0,2}}{_STORY} (?:is|ist|er|är|est|es|è|é|jest)\b.{{0,60}}{_READERS}",
            rf"{_STORY} (?:\w{{1,20}} ){{0,2}}(?:para|per|agli|dla|för|for|voor|für) (?:\w{{1,20}} ){{0,2}}{_READERS}",
            r"(?:cet |l')?(?:article|suite)(?: de .{0,30})? (?:est )?réservée? (?:à|aux)|il vous reste .{0,20}article",
            r"unlock (?:this|the (?:full|rest|whole|entire)) (?:story|article|post)|read the (?:full|rest|whole|entire) (?:story|article|post)",
            r"lees (?:het|dit) (?:hele |volledige )?(?:artikel|verhaal)|(?:läs|lås upp) hela artikeln|(?:les|læs|lås opp) hele (?:saken|artik\w*)",
            r"(?:diesen|den ganzen) artikel (?:weiter)?lesen|weiterlesen mit .{0,30}(?:\+|plus|abo|premium)",
            r"(?:материал|статья|текст) .{0,30}подпис|доступно по подписке",
            r"この記事は.{0,8}会員|残り:?\s?\d{1,6}文字|(?:付费|付費|订阅|訂閱|会员|會員).{0,8}全文|유료 회원 전용",
        )
    )
)
"""What says that this very story is for those who pay."""
_ASKING = re.compile(
    r"(?:continue|keep|finish) reading|weiter(?:zu)?lesen|lire la suite|(?:seguir|continuar) leyendo|continuar (?:lendo|a ler)|continuare a leggere|"
    r"verder (?:te )?lezen|läs vidare|l[æe]s videre|czytaj dalej|читать дальше|чтобы продолжить|続き|全文|okumaya devam"
)
"""What asks readers to do something and go on."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the page holds of the story, and what follows it."""

    size: int
    """Characters; in scripts without blanks each counts three."""
    ending: str
    share: float | None
    """Of the text that the page declares, or of its number of words; None where it declares neither."""
    pitch: int | None
    """The block behind the story that is for those who haven't paid: the first that speaks of this story, else the first of any."""
    restricted: bool
    """Whether the pitch says that the story is for those who pay."""
    asking: bool
    """Whether it asks them to do something and read on."""

    @property
    def cut(self) -> bool:
        """Whether it ends in dots."""
        return self.ending.endswith(_CUT)

    @property
    def breaks_off(self) -> bool:
        """Whether it doesn't end as sentences do."""
        whole = ends_sentence(self.ending) or ends_sentence(_AGENCY.sub("", self.ending)) or _ADDRESS.search(self.ending)
        return self.cut or not whole

    @property
    def short(self) -> bool:
        return self.size < _SHORT_CHARS

    @property
    def whole(self) -> bool:
        """Whether all that the page declares is here; a declared text that is short and followed by a pitch may be a beginning itself."""
        return self.share is not None and self.share >= _WHOLE and not self.cut and (self.pitch is None or self.size >= _LONG_CHARS)


def find_paywall(head: Head) -> tuple[Witness, ...]:
    """Witnesses of "teaser", where the page holds only the beginning of the story; none where it holds all of it, whatever it declares."""
    told = _told(head)
    if told is None or told.whole:
        return ()
    claims = [(w, free) for w in head.page.declared if w.field == "isAccessibleForFree" and (free := _truth(w.value)) is not None]
    claim, free = claims[0] if claims else (None, None)
    witnesses: list[Witness] = []
    if told.pitch is not None and _is_cut_for(told, free):
        block = head.page.blocks[told.pitch]
        witnesses.append(Witness("paywall", "teaser", "text:paywall", block.start, block.end))
    part = told.share is not None and told.share < _PART
    if claim is not None and free is False and (witnesses or told.short or told.cut or part):
        witnesses.append(Witness("paywall", "teaser", claim.origin))
    return (witnesses[0]._replace(why=_why(told, witnesses)), *witnesses[1:]) if witnesses else ()


def _why(told: _Told, witnesses: Sequence[Witness]) -> str:
    """What decided that only the story's beginning is here, in a sentence."""
    if witnesses[0].origin != "text:paywall":
        if told.share is not None and told.share < _PART:
            return "The page declares that the story isn't free, and holds less than half of the text that it declares."
        return f"The page declares that the story isn't free, and its text {'breaks off' if told.cut else 'is short'}."
    text = "The story breaks off" if told.breaks_off else "The story is short" if told.short else "The story ends"
    pitch = (
        "behind it says that it is for those who pay"
        if told.restricted
        else "behind it asks readers to do something and go on"
        if told.asking
        else "follows it"
    )
    claim = ", and the page declares that it isn't free" if len(witnesses) > 1 else ""
    return f"{text}; a pitch {pitch}{claim}."


def _is_cut_for(told: _Told, free: bool | None) -> bool:
    """Whether the story before a pitch is cut. The more the pitch says of this story, the less the story itself has to show."""
    if told.restricted:
        return free is not True or told.short or told.breaks_off
    if told.asking:
        return free is False or told.short or told.breaks_off
    return told.breaks_off and (told.short or told.cut)


def _told(head: Head) -> _Told | None:
    blocks = head.page.blocks
    kept = [index for index in sorted(head.story.chosen) if head.kinds[index] is None]
    if not kept:
        return None
    size = sum(blocks[index].end - blocks[index].start for index in kept)
    near = [index for index in range(_end(head, kept, size) + 1, min(kept[-1] + 1 + _NEAR, len(blocks))) if _is_pitch(head, index)]
    says = {index: head.page.folded[blocks[index].start : blocks[index].end] for index in near}
    restricted = [index for index in near if _RESTRICTED.search(says[index])]
    other = next((index for index in near if head.kinds[index - 1] is Kind.RELATED), len(blocks))
    behind = [index for index in near if kept[-1] < index < other]
    asking = [index for index in behind if _ASKING.search(says[index])]
    pitch = next(iter(restricted or asking or behind), None)
    ending = head.text(max((index for index in kept if pitch is None or index < pitch), default=kept[-1]))[-40:].rstrip()
    dense = SCRIPTIO_CONTINUA.search(ending) is not None
    return _Told(3 * size if dense else size, ending, _share(head, kept, size), pitch, bool(restricted), bool(asking))


def _end(head: Head, kept: Sequence[int], size: int) -> int:
    """The block after which hardly anything of the story stands: what stands below a pitch may have been taken for a line of it."""
    left = min(_STRAY_CHARS, size // 10)
    for index in reversed(kept):
        left -= head.page.blocks[index].end - head.page.blocks[index].start
        if left < 0:
            return index
    return kept[0]


def _is_pitch(head: Head, index: int) -> bool:
    block = head.page.blocks[index]
    return head.kinds[index] in _PITCHES and block.end - block.start <= _PITCH_CHARS


def _share(head: Head, kept: Sequence[int], size: int) -> float | None:
    """How much of the declared text the story's blocks are, by characters, or by words where only their number is declared."""
    text = next((w.value for w in head.page.declared if w.field == "articleBody"), None)
    if isinstance(text, str) and len(text) >= _LEAST_DECLARED and not text.rstrip().endswith(_CUT):
        return size / len(text)
    count = next((w.value for w in head.page.declared if w.field == "wordCount"), None)
    if isinstance(count, int) and count >= _LEAST_DECLARED // 5:
        return sum(head.text(index).count(" ") + 1 for index in kept) / count
    return None


def _truth(value: object) -> bool | None:
    """A declared value as a truth value; None for anything else."""
    if isinstance(value, str):
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None
