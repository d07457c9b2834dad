"""Lines that are the alternative text of one logo or icon, known by the word for it and by the capitals of the name beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_WORD = r"(?:[Ll]ogos?|LOGO|[Ll]ogotype|[Ll]ogotipo|[Ww]ordmark|[Ee]mblem|[Лл]оготип)"
_NAME = r"[\"'“„«(]?[^\Wa-zß-öø-ÿ_][^\s]{0,29}"
"""A word of a name: it begins with a capital or a digit."""
_PLAIN = (
    r"(?i:a|an|and|at|by|d'|da|das|de|dei|del|della|der|des|di|die|do|dos|du|e|el|en|et|for|für|from|il|im|in|la|le|les|mit|of|on|the|to|und"
    r"|van|von"
    r"|voor|with|x|y|z|&|\+|-|–|—|\||/|·"
    r"|alt|bank|black|blue|brand|bunt|button|circle|club|color|colou?red|company|dark|default|desktop|footer|full|go|gold|green|grey|gray|group"
    r"|header"
    r"|home|homepage|horizontal|icon|image|inline|inverted|large|left|light|link|main|masthead|mega|menu|mini|mobile|nav|negative|new|page"
    r"|partner|png"
    r"|positive|primary|print|red|retina|right|round|secondary|site|small|social|sponsor|square|stacked|sticky|svg|text|top|transparent|undefined"
    r"|vertical|website|weiß|weiss|white|schwarz|blanc|noir|blanco|negro|bianco|nero|branco|preto)"
)
_SEP = r"[,.:;!]?[ _-]{1,3}"
_WORDS = rf"(?:{_NAME}|{_PLAIN})"
_LOGO = re.compile(
    rf"(?:{_WORDS}{_SEP}){{0,9}}?{_WORD}(?:{_SEP}(?:{_PLAIN}|{_WORD})){{0,4}}[.:]?"
    rf"|{_WORD}{_SEP}(?:[^\s]{{2,20}}|(?:{_WORDS}{_SEP}){{0,9}}?{_WORDS})[.:]?"
)
_DRAWN = re.compile(
    r".{0,60}\blogo\b.{0,60}\b(?:(?:in|with|on|and|mit|auf|en|sur|con|su|com|em|met|op) .{0,30}"
    r"(?:letters?|lettering|font|text|background|type|schrift|buchstaben|hintergrund|lettres|fond|letras|fondo|fundo|lettere|sfondo|achtergrond)"
    r"|above the words?|next to the words?)\b.{0,60}"
)
"""What a logo looks like, told at length ("Tarnport Courier logo in white letters on a red ground")."""
_NEWS = re.compile(
    r"\b(?:new|its|his|her|their|our|your|my|old|why|how|what|who|when|best|famous|iconic|unveils?|reveals?|changes?|drops?|gets?|launch(?:es)?"
    r"|redesign\w*"
    r"|designs?|designing|create|make|makes|making|history|meaning|contest|maker|ideas|tips|rebrand\w*|neue[sn]?|altes?|sein|ihr|warum|wie"
    r"|nouveau|son|leur|nuevo|su"
    r"|novo|nuovo|nieuwe?|nowe|is|are|was|has)\b"
)
"""Words of headlines and guides that are about a logo."""
_CHARS = range(4, 121)

_ICON = re.compile(
    r"(?:[\w+&/.'-]{1,20} ){0,4}(?:icons?|glyph|svg|pictogram|pictogramme|icône|icono|ícone|icona|icoon|ikona|иконка|значок|アイコン|图标|圖標)"
    r"(?:@\dx)?"
    r"(?: (?:white|black|dark|light|small|large|blue|red|green|gr[ae]y|orange|yellow|outline|filled|left|right|up|down|\d{1,2})){0,2}"
    r"(?:\.svg|\.png)?"
)
_PERSON = re.compile(
    r"(?:an?|the|this|that|his|her|its|their|our|my|your|one|every|no|not|is|are|as|\d+) .*"
    r"|.*\b(?:fashion|style|pop|rock|soul|jazz|music|film|screen|movie|cinema|tv|television|sports?|football|soccer|basketball|baseball|tennis"
    r"|cricket|golf"
    r"|cultural?|national|feminist|gay|lgbtq?\+?|queer|rights|literary|hollywood|bollywood|country|folk|punk|rap|hop|design|culinary|comedy"
    r"|political|beauty"
    r"|global|local|american|british|australian|canadian|french|italian|indian|irish|african|international|religious|orthodox|byzantine|russian"
    r"|holy|disco"
    r"|reggae|living|true|real|lost|fallen|late|beloved|legendary|future|teen|nba|nfl|modern|style|royal|metal|guitar|reality"
    r"|theat(?:er|re)|of|for) icons?"
)
"""People who are called icons, and paintings of saints."""
_ICON_CHARS = range(4, 61)

_PORTRAITS = (
    "picture of ",
    "photo of ",
    "photograph of ",
    "image of ",
    "avatar of ",
    "headshot of ",
    "foto von ",
    "bild von ",
    "foto de ",
    "foto di ",
    "foto van ",
)
_PORTRAIT = re.compile(r"\w+ (?:of|von|de|di|van) [^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,2}")
_NAME_CHARS, _NAME_WORDS = range(4, 41), 4
_TOP, _END = 6, 10
"""Blocks at the page's beginning and end where its logo may stand: further within an author's name stands twice, beside the portrait."""
_STORY = (
    "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
    "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
)
_ID = re.compile(
    r"search|close|arrow|chevron|comment|whatsapp|caret|angle|down|up|left|right|print|phone|mail|envelope|facebook|linkedin|youtube|twitter"
    r"|instagram|pinterest|google"
    r"|xing|bars|menu|ellipsis|check|times|user|play|plus|minus|share|link|rss|circle|square"
)
"""What icons of the common fonts are called."""
_LEAST_CHARS, _MOST_CHARS = 30, 1000


@dataclass(frozen=True, slots=True)
class Logo:
    """A short line with the word for a logo, all other words of which are a name's or say where on the page it stands or in which colour."""

    id: str = "logo-line"
    keywords: tuple[str, ...] = ("logo", "wordmark", "emblem", "логотип")
    score: float = 0.86
    examples: tuple[Example, ...] = (
        Example("⟦University of Lower Quay, Tarnport logo⟧\nThe ferry left on Monday."),
        Example("⟦Logo Tarnport Courier Logo Tarnport Courier⟧\nThe ferry left on Monday."),
        Example("⟦Tarnport Courier. Home of the Sunday Courier. logo⟧\nThe ferry left on Monday."),
        Example("⟦Quay FM LogoTide Logo⟧\nThe ferry left on Monday."),
        Example("⟦Tarnbote Logo Tarnbote in weißer Schrift auf blauem Hintergrund.⟧\nDie Fähre fuhr am Montag."),
        Example("The ferry left on Monday.\n⟦The Tarnport Ferries logo above the words, Rows since 1931, in white letters⟧"),
        Example("Club Unveils New Logo\nThe ferry left on Monday."),
        Example("Why the Tarnport Ferries Logo Has No Boat\nThe ferry left on Monday."),
        Example("The logo, he said, is his.\nHe paid fifty pounds for a logo\nTarnport Logo Contest\nThe ferry left on Monday."),
        Example(
            "Tarnport Ferries logo\nThe logo was drawn in 1931 by a rower who had never seen the sea, and it has been on every hull since.\nIt stays."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index in sorted({index for word in self.keywords for index in page.holding(word)}):
            start, end, lead = page.blocks[index][:3]
            line = page.text[start + lead : end]
            if len(line) not in _CHARS or _NEWS.search(page.folded, start, end) or _is_told(page, index + 1):
                continue
            if _LOGO.fullmatch(_unglued(line)) or _DRAWN.fullmatch(page.folded, start + lead, end):
                yield Hit(start, end)


@dataclass(frozen=True, slots=True)
class Icon:
    """A line of five words at most, the last of which means an icon, unless it tells of a person or of a saint's picture."""

    id: str = "icon-line"
    keywords: tuple[str, ...] = (" icon", " svg", " glyph", "pictogram", "icône", "ikona", "иконка", "значок", "アイコン", "图标")
    score: float = 0.84
    examples: tuple[Example, ...] = (
        Example("⟦Black cancel icon⟧\n⟦White refresh button icon⟧\nThe ferry left on Monday."),
        Example("⟦Quayspace icon@2x⟧\n⟦Filters SVG⟧\n⟦Tideline AI Icon⟧\nThe ferry left on Monday."),
        Example("⟦検索 アイコン⟧\n船は月曜日に出た。"),
        Example("⟦Значок поиска иконка⟧\nПаром ушёл в понедельник."),
        Example("Fashion icon\nThe island's pop icon\nAn icon\nThe ferry left on Monday."),
        Example("She has long been an icon\nIcon of the harbour\nThe ferry left on Monday."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index in sorted({index for word in self.keywords for index in page.holding(word)}):
            line = page.short.get(index, "")
            if len(line) in _ICON_CHARS and _ICON.fullmatch(line) and not _PERSON.fullmatch(line):
                yield Hit(page.blocks[index].start, page.blocks[index].end)


@dataclass(frozen=True, slots=True)
class Sprite:
    """A long line that is many icons' ids in a row ("searchclosearrow-downprintchevron-left")."""

    id: str = "sprite-ids"
    keywords: tuple[str, ...] = ("arrow", "chevron", "caret", "angle")
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example("The ferry left on Monday.\n⟦searchclosearrow-downprintchevron-leftchevron-rightphonebars⟧"),
        Example("The ferry left on Monday.\narrow-down\nThe chevron-right on her sleeve was new."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index in sorted({index for word in self.keywords for index in page.holding(word)}):
            start, end = page.blocks[index][:2]
            line = page.folded[start:end]
            if _LEAST_CHARS <= len(line) <= _MOST_CHARS and line.count(" ") < 3 and 2 * sum(map(len, _ID.findall(line))) > len(line):
                yield Hit(start, end)


@dataclass(frozen=True, slots=True)
class NameTwice:
    """A name of four words at most that stands twice, in one line or two, at the page's very beginning or end: a logo and its link."""

    id: str = "name-twice"
    score: float = 0.7
    examples: tuple[Example, ...] = (
        Example(f"⟦The Tarnport CourierThe Tarnport Courier⟧\nNews\nTides\n{_STORY}"),
        Example(f"⟦Tarnport Courier\nTarnport Courier⟧\nNews\nTides\n{_STORY}"),
        Example(f"{_STORY}⟦Courier Courier⟧\nAll rights reserved."),
        Example(f"Ferry leaves\nRow, row\n{_STORY}Row! Row!"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks: of one name, since more are titles of goods, each with its picture."""
        hits = list(self._hits(page))
        names = {page.folded[hit.start : hit.start + (hit.end - hit.start) // 2].strip() for hit in hits}
        if len(names) == 1:
            yield from hits

    def _hits(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        first, last = page.story
        for index, line in page.short.items():
            half = len(line) // 2
            if line[0] in (line[half], line[-half]) and (index < min(_TOP, first) or index > max(last, len(page.blocks) - _END)):
                start, end, lead = page.blocks[index][:3]
                said = line[:half].rstrip()
                is_name = len(said) in _NAME_CHARS and said.count(" ") < _NAME_WORDS and said[-1].isalnum() and page.text[start].isupper()
                if is_name and not lead and line.endswith(said) and 2 * len(said) >= len(line) - 1:
                    yield Hit(start, end)
        for index in range(min(_TOP, first) - 1):
            line = page.short.get(index, "")
            if (
                line
                and line == page.short.get(index + 1)
                and len(line) in _NAME_CHARS
                and line.count(" ") < _NAME_WORDS
                and not page.blocks[index].lead
            ):
                yield Hit(page.blocks[index].start, page.blocks[index + 1].end)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A line that says whose picture it is, and no more ("Picture of Mara Quill")."""

    id: str = "portrait-of"
    keywords: tuple[str, ...] = _PORTRAITS
    score: float = 0.75
    examples: tuple[Example, ...] = (
        Example("⟦Picture of Mara Quill⟧\nThe ferry left on Monday."),
        Example("⟦Foto von Mara Quill⟧\nDie Fähre fuhr am Montag."),
        Example("Picture of the year\nPortrait of a Rower\nThe ferry left on Monday."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index, line in page.short.items():
            if line.startswith(_PORTRAITS):
                start, end, lead = page.blocks[index][:3]
                if _PORTRAIT.fullmatch(page.text, start + lead, end):
                    yield Hit(start, end)


def _unglued(line: str) -> str:
    """The line with a blank where a name follows the word for a logo without one ("LogoTide")."""
    return re.sub(r"(?<=[Ll]ogo)(?=[A-ZÀ-Þ])", " ", line)


def _is_told(page: Lines, index: int) -> bool:
    """Whether a block is a paragraph that goes on about the logo: the line above it is its heading."""
    if index >= len(page.blocks) or page.size(index) < 80:
        return False
    start, end = page.blocks[index][:2]
    return page.folded.find("logo", start, end) >= 0


RULE_SET = RuleSet(
    name="icon-lines",
    kind=Kind.ICON_ALT,
    marks="The alternative text of one logo or icon on a line of its own: a name and the word for it.",
    why="It names a drawing of the page; nothing of it is the story.",
    misses="Logos whose text is the site's name alone.",
    rules=(Logo(), Icon(), Sprite(), NameTwice(), Portrait()),
)
