"""Teasers in boxes between the story's paragraphs, under a label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import CLOSERS, UNSURE, Example, Lines, RuleSet
from stripper.types import Hit, Kind

_LABEL_TEXT = """
read more|read also|also read|read next|more on this topic|more on this story|more on this|related|related article|related articles|related story
related stories|see also|recommended|don't miss|must read|editor's pick|you may also like|up next|more from this series|explore more|keep reading
mehr zum thema|lesen sie auch|lest auch|lies auch|auch interessant|passend zum artikel|passend dazu|siehe auch|weiterlesen|lesetipp|mehr dazu
zum thema
lesen sie mehr|das könnte sie auch interessieren|empfohlener artikel|die redaktion empfiehlt
lire aussi|à lire aussi|à lire|a lire aussi|lire également|à lire également|voir aussi|sur le même sujet|pour aller plus loin
lee también|lea también|leer también|te puede interesar|más información|ver también|también te puede interesar|noticias relacionadas|relacionado
leia também|leia mais|veja também|saiba mais|ler mais|leia ainda|notícias relacionadas|relacionadas
leggi anche|leggi di più|approfondisci|vedi anche|per approfondire|ti potrebbe interessare
lees ook|lees meer|lees verder|meer over dit onderwerp|bekijk ook|gerelateerd|ook interessant
czytaj więcej|czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|zobacz również|przeczytaj także|przeczytaj też|polecamy|warto przeczytać
ilgili haber|ilgili haberler|ayrıca okuyun|bunu da oku|bunlar da ilginizi çekebilir|devamını oku|haberin devamı
читайте также|читать также|смотрите также|по теме|материалы по теме|подробнее|на эту тему|читайте подробнее|читайте ещё
čtěte také|přečtěte si|mohlo by vás zajímat|související|čítajte tiež|olvassa el|kapcsolódó|citește și
läs också|läs mer|läs även|les også|les mer|læs også|læs mere
lue myös|lue lisää|διαβάστε επίσης|διαβάστε ακόμα|читайте також|baca juga|simak juga|selengkapnya|xem thêm|اقرأ أيضا|اقرأ أيضاً|इसे भी पढ़ें|यह भी पढ़ें
関連記事|あわせて読みたい|こちらも読まれています|おすすめ記事|相关阅读|相關閱讀|相关新闻|延伸阅读|延伸閱讀|推荐阅读|관련기사|관련 기사
"""
_LABELS = frozenset(_LABEL_TEXT.strip("\n").replace("\n", "|").split("|"))
_SENTENCE = (".", "!", "…", "。", "！", ":", ";")
_LINE_CHARS = 200
_MOST_LINES = 4
_MOST_BOXES = 4
"""Where more of these words stand alone they are buttons under texts, not labels over them."""
_TITLE_CHARS = 30
_LONE_TITLE_CHARS = 45
"""A shorter line with nothing else in the box may be the heading of what follows."""
_KICKER_CHARS = 36
"""A section's name or who is in the picture: what says that the line under it is a title."""
_DECK_CHARS = 420
_SHORT_DECK_CHARS = 180
"""Where a subheading follows, the story may have gone on with what would be a deck."""
_PARAGRAPH_CHARS = 100


@dataclass(frozen=True, slots=True)
class Boxed:
    """A label such as "Read more" between the story's paragraphs, and under it up to four lines that end no sentence: picture, section, title.

    A deck under them is taken only where two lines or more stand above it; else it may be the story that goes on.
    """

    id: str = "box-within"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Read more\nMara Quill\nHarbour office sells the old crane\nIt stood on the quay for ninety years, and nobody wants it.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "Die Fähre fuhr am Montag zum letzten Mal, und das Hafenamt sagt, dass vor dem Herbst keine andere mehr kommen wird als diese.\n"
            "⟦Lesen Sie auch\nHafenamt verkauft den alten Kran an ein Museum auf dem Festland⟧\n"
            "Bis dahin werden die Leute rudern, was einige von ihnen schon getan haben, und was keiner von ihnen noch einmal tun möchte."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "Readings\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        first, last = page.paragraphs(_PARAGRAPH_CHARS)[0], page.story[1]
        labels = [index for index, line in page.short.items() if first < index < last and line.strip(" :：»›>|→•-.") in _LABELS]
        for index in labels if len(labels) <= _MOST_BOXES else ():
            end = _box_end(page, index)
            if end > index + 1:
                yield Hit(page.blocks[index].start, page.blocks[end - 1].end, None if page.tells else UNSURE)


def _box_end(page: Lines, label: int) -> int:
    """Where the box under a label ends; right behind the label where nothing says so."""
    end = label + 1
    while end <= label + _MOST_LINES and _is_line(page, end):
        end += 1
    sizes = [page.size(index) for index in range(label + 1, end)]
    if not sizes or len(sizes) > _MOST_LINES:
        return label + 1  # a list
    wide = 3 if page.text[page.starts[end - 1]] >= "\u2e80" else 1
    if len(sizes) == 1 or min(sizes[:-1]) > _KICKER_CHARS or wide * sizes[-1] < _TITLE_CHARS:
        return label + 1 + (wide * sizes[0] >= _LONE_TITLE_CHARS)
    if sizes[0] > _KICKER_CHARS or end + 1 >= len(page.blocks):
        return end
    return end + (page.size(end) <= (_SHORT_DECK_CHARS if _is_line(page, end + 1) else _DECK_CHARS))


def _is_line(page: Lines, index: int) -> bool:
    block = page.blocks[index] if index < len(page.blocks) else None
    if block is None or block.end - block.start > _LINE_CHARS or block.level:
        return False
    return not page.text[block.start : block.end].rstrip(CLOSERS).endswith(_SENTENCE)


RULE_SET = RuleSet(
    name="teasers-within",
    kind=Kind.RELATED,
    marks="Boxes between the story's paragraphs: a label such as 'Read more', and the lines of a teaser under it.",
    why="They lead to other stories.",
    misses="Boxes without a label, and labels that it doesn't know.",
    rules=(Boxed(),),
)
