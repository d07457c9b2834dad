"""The name of the section that a story stands in, above its headline or behind a metadata date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind, Mark

_NAME_WORDS = """
news|latest news|top news|top stories|breaking news|world|world news|international|national|nation|local|local news|regional|region|regions|metro
city|politics|policy|elections
government|business|economy|economics|finance|markets|money|industry|companies|technology|tech|science|health|environment|climate|energy
education|culture|arts|entertainment
lifestyle|life|style|fashion|food|travel|sport|sports|football|soccer|cricket|rugby|tennis|golf|motorsport|opinion|comment|analysis|editorial
features|crime|law|courts|society|people
community|media|africa|asia|europe|americas|middle east|asia pacific|asia-pacific|uk|us|usa|australia|india|china|canada|uk news|us news
home news|weather|science & technology|video|live
nachrichten|politik|inland|ausland|wirtschaft|finanzen|panorama|kultur|wissen|wissenschaft|gesundheit|gesellschaft|lokales|regionales|welt
fußball|meinung|reise|digital|netzwelt|technik|medien|leben|österreich|schweiz|deutschland
actualité|actualités|politique|monde|société|économie|entreprises|faits divers|santé|sciences|planète|sports|environnement|région|régions|débats
idées
noticias|política|mundo|internacional|nacional|economía|sociedad|cultura|deportes|ciencia|tecnología|salud|opinión|sucesos|españa|economia
sociedade|esportes|desporto|brasil|saúde|ciência|país
cronaca|politica|esteri|mondo|cultura|spettacoli|salute|scienza|tecnologia|italia|nieuws|binnenland|buitenland|politiek|economie|cultuur
wetenschap|regio
wiadomości|polska|świat|kraj|polityka|gospodarka|biznes|kultura|nauka|zdrowie|haberler|gündem|dünya|ekonomi|siyaset|spor|kültür|sağlık|teknoloji
новости|политика|экономика|общество|мир|в мире|россия|происшествия|культура|наука|спорт|технологии
ニュース|政治|経済|社会|国際|スポーツ|文化|科学|国内|新闻|国际|财经|体育|社会
科技|娱乐|要闻
"""
_NAMES = frozenset(_NAME_WORDS.strip("\n").replace("\n", "|").split("|"))
"""What sections are called on many sites."""

_SEPARATOR = re.compile(r"\s*(?:[/|•·»›>]|&gt;|\s-\s)\s*")
_LABEL_CHARS = 40
_PART_CHARS = 28
_HEADLINE_CHARS = range(20, 260)
_HEAD = 60
"""Labels are looked for in so many blocks at the page's beginning."""
_STORY_WITHIN = 14
"""A paragraph of the story stands at most so many blocks under its headline."""
_PARAGRAPH_CHARS = 110
_ENDS = (".", "!", "?", "…", "。", "！", "？", ".”", '."', ".»", "“.")


@dataclass(frozen=True, slots=True)
class AboveHeadline:
    """A section's name, alone or as a short trail, on the line directly above the headline.

    A headline is a longer line that ends no sentence, with a paragraph of the story soon after it.
    On a page's first line any one to three words do ("Harbour news"), elsewhere only names that many sites use.
    """

    id: str = "above-headline"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "⟦International⟧\n\nIsland council votes for a second ferry\n\n"
            "The island council voted on Tuesday for a second ferry, which is to sail from May and to carry forty cars and two "
            "hundred people a trip."
        ),
        Example(
            "Skip to content\n⟦World / Asia⟧\nIsland council votes for a second ferry\nMara Quill\n"
            "The island council voted on Tuesday for a second ferry, which is to sail from May and to carry forty cars and two "
            "hundred people a trip."
        ),
        Example(
            "⟦Gesellschaft⟧\nDer Inselrat stimmt für eine zweite Fähre\n"
            "Der Inselrat hat am Dienstag für eine zweite Fähre gestimmt, die ab Mai fahren und je Fahrt vierzig Autos und "
            "zweihundert Menschen tragen soll."
        ),
        Example("International\nSport\nPolitics\nAbout us"),
        Example(
            "The council met for the last time before the summer, and the island waited for its word on the second ferry that was "
            "promised.\nPolitics\n"
            "What the mayor said about the ferry\nThe mayor said that the ferry was coming, and that nobody on the island had to "
            "wait for longer than a summer."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        blocks = page.blocks
        for index in range(min(_HEAD, len(blocks) - 2)):
            block = blocks[index]
            if block.end - block.start > _LABEL_CHARS or block.lead:
                continue
            if not _is_headline(page, blocks[index + 1]):
                if _is_paragraph(page, block):
                    return
                continue
            label = page.folded[block.start : block.end]
            if not (_is_trail(label) or (index == 0 and page.source == "text" and _is_title(page.text[block.start : block.end]))):
                continue
            if any(_is_paragraph(page, b) for b in blocks[index + 2 : index + 2 + _STORY_WITHIN]) and not any(
                _is_paragraph(page, b) for b in blocks[:index]
            ):
                yield Hit(block.start, block.end, None if _is_trail(label) else 0.6)
                return


@dataclass(frozen=True, slots=True)
class BehindDate:
    """What stands behind a metadata date on the page's first line, where it is a section's name or a short trail of them."""

    id: str = "behind-date"
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example(" date 2021-03-09 ⟦Politics / Council⟧\nThe bridge opens in May\nThe council said so."),
        Example("published: 2021-03-09 ⟦News | Harbour⟧\nThe bridge opens in May\nThe council said so."),
        Example("date 2021-03-09 ⟦Sport⟧\nThe bridge runners win in May"),
        Example("date 2021-03-09 The bridge opens in May\nThe council said so."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        head = page.blocks[:3][-1].end if page.blocks else 0
        for date in takewhile(lambda mark: mark.start < head, marks):
            if date.kind is not Kind.DATE:
                continue
            block = next((b for b in page.blocks[:3] if b.start == date.start and date.end < b.end), None)
            if block is None:
                continue
            end = min([block.end, *(m.start for m in marks if date.end <= m.start < block.end and m.kind is Kind.ICON_ALT)])
            rest = page.folded[date.end : end]
            label = rest.strip()
            if label and ">" not in label and "›" not in label and (_is_trail(label) or (_SEPARATOR.search(label) and _is_short_trail(label))):
                start = date.end + len(rest) - len(rest.lstrip())
                yield Hit(start, start + len(label))


def _is_trail(label: str) -> bool:
    """One to three short names, of which the first is one that sections have."""
    parts = _SEPARATOR.split(label.strip(" |/>•·:"))
    return parts[0] in _NAMES and _is_short_trail(label)


def _is_short_trail(label: str) -> bool:
    parts = _SEPARATOR.split(label.strip(" |/>•·:"))
    return len(parts) <= 3 and len(label) <= _LABEL_CHARS * 2 and all(part and len(part) <= _PART_CHARS and part.count(" ") < 4 for part in parts)


def _is_title(label: str) -> bool:
    """One to three words with capitals, and nothing else."""
    words = label.split()
    return 1 <= len(words) <= 3 and label[0].isupper() and all(word.replace("-", "").replace("&", "a").isalpha() for word in words)


def _is_headline(page: Lines, block: Block) -> bool:
    text = page.text[block.start : block.end]
    long_enough = block.end - block.start in _HEADLINE_CHARS or (block.end - block.start >= 8 and text[0] > "\u2e80")
    return long_enough and not block.lead and (text.count(" ") >= 3 or text[0] > "\u2e80") and not text.endswith((".", "…", "。", ":"))


def _is_paragraph(page: Lines, block: Block) -> bool:
    size = block.end - block.start
    limit = _PARAGRAPH_CHARS if page.text[block.start] < "\u2e80" else _PARAGRAPH_CHARS // 3
    return size >= limit and page.text[block.start : block.end].rstrip("\"'”’»)").endswith(_ENDS)


RULE_SET = RuleSet(
    name="section",
    kind=Kind.SECTION,
    marks="The section's name above the headline, alone or as a short trail ('World / Asia').",
    why="It says where on the site the story stands; it is read as the article's section.",
    misses="Names that only one site uses, unless they are the page's first line.",
    rules=(AboveHeadline(), BehindDate()),
)
