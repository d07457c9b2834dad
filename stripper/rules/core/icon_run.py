"""Runs of icon descriptions: the alternative texts of a page's icons, one after the other, as a flattener leaves them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_NAME_WORDS = """
account add alert app arrow avatar back bag bars basket bell block bluesky bookmark brand breaking bubble burger calendar camera cancel
caret cart chat check checkmark chevron circle clear clock close cloud cog collapse comment comments copy cross dark date delete dot dots
double down download drop dropdown duration edit ellipsis email envelope error exclamation expand external eye facebook favourite feed
filter flag folder forward gallery gear glass globe google grid hamburger hand headphones heart help hide home horizontal house icon image
in info information instagram is left light like line link linked linkedin list loading location lock log login logo logout magnifier
magnifying mail map mark menu message messenger microphone minus mode moon more mute navigation next not notice notification open outline
pause pencil person phone photo picture pin pinterest play plus prev previous print printer profile public question quote rating reddit
refresh reload reply right rss save search settings share sign slider small sort speaker speech spinner square star success sun symbol tag
telegram telephone thread threads thumb thumbs tick tiktok time timeout toggle top trash triangle tumblr twitter unlock up upload user
vertical video view volume warning weather whatsapp x youtube
"""
_NAMES = frozenset(_NAME_WORDS.split())
"""Words that icons are named by on many sites."""

_SHAPES = re.compile(
    r"\b(?:arrow|bars?|bubble|circles?|cross|diagonal|dots?|glass|icon|lines?|logo|mark|outline|pointing|shapes?|squares?|star|symbol|triangles?)\b",
    re.I,
)

_DESCRIPTION = re.compile(
    r"""(?<!\w)(?:
      (?:(?:[Aa]n?|[Tt]he)[ ](?:[^\WA-Z][\w'’-]{0,19}[ ]){0,3}?)?[Ii]con[ ]
      (?:of|for|to|with|that|which|used|in[ ]the[ ]shape|representing|resembling|showing|displaying|indicating|denoting|depicting)
    | (?:An?[ ])?(?:[Ii]llustration|[Dd]rawing|[Gg]raphic|[Pp]ictogram)[ ](?:of|showing|representing)[ ](?=an?[ ]|the[ ]|two[ ]|three[ ])
    | (?:An?[ ])?(?:Picture|Image|Silhouette|Outline)[ ]of[ ](?=an?[ ]|the[ ]|two[ ]|three[ ]|four[ ])|Logo[ ]of[ ](?=[A-Z])
    | (?:Ein[ ])?(?:Symbol|Icon|Piktogramm)[ ](?:für|eine[rs]|von|mit|zum|zur|in[ ]Form|das)
    | (?:Une?[ ])?(?:Ic[oô]ne|Symbole|Pictogramme)[ ](?:de|des|du|d['’]|représentant|pour|en[ ]forme|avec|qui)
    | (?:Un[ ])?(?:[IÍ]cono|Símbolo)[ ](?:de|del|que|con|para|en[ ]forma)
    | (?:Um[ ])?(?:Ícone|Símbolo)[ ](?:de|do|da|que|com|para|em[ ]forma)
    | (?:Un['’][ ]?)?(?:[Ii]cona|Simbolo)[ ](?:di|del|dell['’]|della|che|con|per|a[ ]forma)
    | (?:Een[ ])?(?:[Ii]coon|[Pp]ictogram|[Ss]ymbool)[ ](?:van|voor|met|dat)
    | (?:Ikona|Symbol)[ ](?:przedstawiająca|przedstawiający|z|ze|w[ ]kształcie|do|dla|\w{3,}[aeiuy])
    | (?:Иконка|Значок|Символ|Пиктограмма)[ ]\w
    )""",
    re.X,
)
_STEM_WORDS = "icon icône ícon símbol symbol simbol icoon ikona illustration pictogram piktogram иконк значок символ"
_STEMS = (*_STEM_WORDS.split(), "drawing of", "graphic of", "picture of a", "image of a", "silhouette of", "outline of", "logo of")
_LABEL = re.compile(r"(?:(?:[A-Z0-9][\w'’.&-]{0,19}[ ]){1,3}?(?:[Ii]con|[Ll]ogo)|(?<!\w)[a-z][a-z0-9_-]{0,24}[ ]icon)(?!\w)[ \t|•·,]*\n?")
_LEAST_SMALL = 4
"""Fewer labels in small letters might be prose."""

_OPENING_CHARS = 70
"""Most characters of a description before the word that means an icon."""
_LABEL_CHARS = 62
_MOST_PLACES = 3000
"""So many words that mean an icon are looked at; no page has more icons."""
_APART = 220
"""Most characters from the beginning of one item of a run to the next."""
_LONGEST = 160
"""Most characters of the last description of a run."""
_SENTENCE = re.compile(r"[ \n]{1,2}(?=[A-Z])[^.\n]{3,120}\.(?=\s|$)")
_STOP = re.compile(r"[.。](?=\s|$)")
_FALL = re.compile(r"[a-zß-öø-ÿ] (?=[A-ZÀ-Þ0-9])(?!\w+ (?:logo|icon|mark|symbol|app)\b)")
"""Where a description without a full stop ends: before the next capital."""


class _Item(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Three descriptions or more that follow each other closely ("Close An icon of a cross. Clock ..."), and the names between."""

    id: str = "described-icons"
    keywords: tuple[str, ...] = _STEMS
    score: float = 0.97
    examples: tuple[Example, ...] = (
        Example(
            "⟦Anchor An icon of a ship's anchor. Bell An icon of a brass bell. Cart A shopping cart icon that is used to open the basket. "
            "Globe An icon of a globe. Plus A mathematical plus symbol.⟧\nFerry to the islands sails again\nThe ferry has sailed again since Monday."
        ),
        Example("⟦Anchor Picture of an anchor. Bell Picture of a brass bell. Crab Picture of a crab. Harbourgram Logo of Harbourgram.⟧ Ferry sails"),
        Example(
            "published 2022-03-04 ⟦Clock An icon of a clock face. Close An icon of a cross. Globe An icon of a globe.⟧ Ferry to "
            "the islands sails again"
        ),
        Example(
            "⟦Close\nAn icon of a cross.\nMenu\nAn icon of three lines.\nSearch\nA magnifying glass icon used to represent "
            "searching.⟧\nThe ferry sails again."
        ),
        Example(
            "⟦Menü Symbol für ein Menü. Suche Symbol für eine Suche. Drucken Symbol eines Druckers. Merken Symbol für eine "
            "Merkliste.⟧\nDie Fähre fährt wieder."
        ),
        Example("⟦Fermer Icône de fermeture. Chercher Icône de loupe. Courriel Icône d'une enveloppe.⟧\nLe bac repart lundi."),
        Example("⟦Close Icon representing a cross Search Icon representing a lens Menu Icon representing three lines⟧\nFerry sails again"),
        Example("⟦Cerrar Icono de una cruz. Buscar Icono de una lupa. Correo Icono de un sobre.⟧\nEl barco zarpa el lunes."),
        Example(
            "The painter showed an icon of Saint Brendan. Beside it hung an icon of the Virgin, and an icon of an unknown martyr closed the wall."
        ),
        Example(
            "An icon of a floppy disk still means save, she said. Few pupils know why. An icon of a telephone receiver puzzles "
            "them as well, and an icon of an envelope does not."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        for run in _close_together(list(_descriptions(page))):
            if _are_captions(page.text, run):
                yield Hit(_name_start(page.text, run[0].start), _run_end(page.text, run))


@dataclass(frozen=True, slots=True)
class Labels:
    """Three names or more in one line, each with "icon" or "logo" behind it ("Close icon Search icon Harbour FM logo")."""

    id: str = "labelled-icons"
    keywords: tuple[str, ...] = (" icon", " logo")
    score: float = 0.95
    examples: tuple[Example, ...] = (
        Example("⟦Close icon Search icon Menu icon Harbour FM Logo⟧\nThe harbour stays shut."),
        Example("date 2023-09-11 ⟦anchor icon bell-ring icon chevron-up icon boat icon close icon⟧\nThe harbour stays shut"),
        Example("Press the search icon menu icon first."),
        Example("2023-09-11 ⟦Search icon | Facebook logo | Twitter logo⟧ The harbour stays shut"),
        Example("The designer drew the Tidewater logo, the Search icon and the Menu icon in a week."),
        Example("Her Tidewater logo won a prize."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        places = sorted(at for word in (" icon", " logo") for at in _places(page.folded, word))
        if len(places) < 3:
            return
        run: list[_Item] = []
        for at in places:
            match = _LABEL.search(page.text, run[-1].end if run and run[-1].end > at - _LABEL_CHARS else max(0, at - _LABEL_CHARS), at + 12)
            if match is None:
                continue
            if run and match.start() != run[-1].end:
                yield from _labels(page, run)
                run = []
            run.append(_Item(match.start(), match.end()))
        yield from _labels(page, run)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A line of nothing but characters of an icon font, which stand in Unicode's private use area."""

    id: str = "icon-font"
    score: float = 0.97
    examples: tuple[Example, ...] = (
        Example("⟦\uf09a⟧\n⟦\uf099 \ue001⟧\nThe harbour stays shut."),
        Example("The harbour stays shut \uf8ff today."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        text = page.text
        for index in [i for i, start in enumerate(page.starts) if text[start] >= "\ue000"]:
            block = page.blocks[index]
            if all(c == " " or "\ue000" <= c <= "\uf8ff" for c in text[block.start : block.end]):
                yield Hit(block.start, block.end)


def _labels(page: Lines, run: list[_Item]) -> Iterator[Hit]:
    small = bool(run) and page.text[run[0].start].islower()
    if len(run) >= (_LEAST_SMALL if small else 3):
        end = run[-1].start + len(page.text[run[-1].start : run[-1].end].rstrip(" \t\n|•·,"))
        first = page.text.rfind(" ", run[0].start, run[0].start + len(page.text[run[0].start : run[0].end].rstrip(" \t\n|•·,")))
        yield Hit(run[0].start if small else _name_start(page.text, first + 1), end)


def _places(text: str, word: str) -> Iterator[int]:
    at, found = text.find(word), 0
    while at >= 0 and found < _MOST_PLACES:
        yield at
        at, found = text.find(word, at + len(word)), found + 1


def _descriptions(page: Lines) -> Iterator[_Item]:
    """The beginnings of descriptions, found by the word in each of them that means an icon."""
    places = sorted(at for stem in _STEMS for at in _places(page.folded, stem))
    end = 0
    for at in places if len(places) >= 3 else ():
        if at >= end and (match := _DESCRIPTION.search(page.text, max(end, at - _OPENING_CHARS), at + 40)) and match.start() <= at:
            yield _Item(match.start(), match.end())
            end = match.end()


def _close_together(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Groups of three or more, each beginning shortly after the one before."""
    run: list[_Item] = []
    for item in items:
        if run and item.start - run[-1].start > _APART:
            if len(run) >= 3:
                yield run
            run = []
        run.append(item)
    if len(run) >= 3:
        yield run


def _are_captions(text: str, run: Sequence[_Item]) -> bool:
    """Whether the descriptions stand like captions of icons, not like sentences of a story.

    Captions follow a bare name without punctuation ("Close An icon of"), or nothing but captions follows captions.
    Prose begins them in small letters.
    """
    capital = sum(text[item.start].isupper() for item in run)
    if capital < 0.8 * len(run):
        return False
    named = sum(_follows_name(text, item.start) for item in run)
    sizes = sorted(b.start - a.start for a, b in pairwise(run))
    middle = sizes[len(sizes) // 2]
    return (named >= 0.5 * len(run) and middle <= 140) or (len(run) >= 4 and sizes[-1] <= 90)


def _follows_name(text: str, at: int) -> bool:
    before = text[max(0, at - 40) : at].rstrip()
    return bool(before) and (before[-1].isalnum() or before[-1] in "'\"")


def _name_start(text: str, at: int) -> int:
    """Where the name before the first description begins: words that icons are named by, or else one word with a capital."""
    from_ = max(0, at - 60)
    start = at
    words = [word for word in re.finditer(r"\S+", text[from_:at]) if word.start() or not from_]
    for word in reversed(words[-4:]):
        capital = word.group().isalpha() and word.group()[0].isupper()
        known = capital and word.group().lower() in _NAMES
        if known or (capital and start == at):
            start = from_ + word.start()
        if not known:
            break
    return start


def _run_end(text: str, run: Sequence[_Item]) -> int:
    """Where the last description ends, and what else describes shapes behind it."""
    dotted = sum(bool(_STOP.search(text, a.end, b.start)) for a, b in pairwise(run)) * 2 >= len(run) - 1
    end = _description_end(text, run[-1].end, dotted)
    while len(run) >= 4 and (rest := _SENTENCE.match(text, end)) and _SHAPES.search(rest.group()):
        end = rest.end()
    return end


def _description_end(text: str, at: int, dotted: bool) -> int:
    newline = text.find("\n", at, at + _LONGEST)
    line = newline if newline >= 0 else min(len(text), at + _LONGEST)
    if dotted and (stop := _STOP.search(text, at, line)):
        return stop.end()
    if fall := _FALL.search(text, at, line):
        return fall.start() + 1
    return at + len(text[at:line].rstrip())


RULE_SET = RuleSet(
    name="icon-run",
    kind=Kind.ICON_ALT,
    marks="Rows of icons' alternative texts, in one line or on many: a name, and a sentence that describes a drawing.",
    why="It describes the page's drawings to those who can't see them; nothing of it is the story.",
    misses="Fewer than three in a row, and descriptions that name no icon ('a cross in a circle').",
    rules=(Descriptions(), Labels(), Glyphs()),
)
