"""Lines that say when a page was published or changed, or how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.rules.times import KNOWN, LABEL_WORDS, MINUTES, READING_WORDS, TIME_WORDS, says_ago, tells_time
from stripper.types import Hit, Kind

_DIGIT = re.compile(r"\d")
_ONE = frozenset({"a", "an", "ein", "einer"})
_LABELS = LABEL_WORDS | READING_WORDS
_NO_LABEL = frozenset({"stand", "read"})
"""Words that label a time only beside others."""
_CJK_LABEL = re.compile("公開|更新|掲載|発行|投稿|配信|发布|發布|发表")
_CJK_READING = re.compile("読了|読めます|阅读|閱讀")
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "ja", "zh")
_FEW = 4
"""More lines of one sort are not the page's own times, but those of a list's entries."""


def _is_labelled(line: str, words: Sequence[str]) -> bool:
    if not words:
        return bool(_CJK_LABEL.match(line) and _DIGIT.search(line))
    return not LABEL_WORDS.isdisjoint(words) and tells_time(line, words)


def _is_reading(line: str, words: Sequence[str]) -> bool:
    if not words:
        return bool(_CJK_READING.search(line) and _DIGIT.search(line))
    return not READING_WORDS.isdisjoint(words) and MINUTES.search(line) is not None


def _is_ago(line: str, words: Sequence[str]) -> bool:
    if not words:
        return line[-1] == "前" and line[0].isdigit()
    if not says_ago(words):
        return tuple(words) == ("just", "now")
    return TIME_WORDS.issuperset(words) and (_DIGIT.search(line) is not None or not _ONE.isdisjoint(words))


_LABEL_KEYS = """
publish publication updat posted modif revised reviewed uploaded aktualisier|veröffentlich|publiziert|erschienen|stand|akt.|online seit|publié
mis à jour|mise à jour|mis en ligne|actualisé
publicado|actualizad|última actual|última atual|fecha de pub|atualizado|data de pub|pubblicat|aggiorna|ultima modifica|gepubliceerd|geplaatst
bijgewerkt|laatst
offentliggjort|publicer|publisert|opdateret|opdatert|uppdaterad|oppdatert|publikováno|aktualizováno|vydáno|julkaistu|päivitetty|megjelent
frissítve|δημοσίευση|ενημέρωση|публикувана|оновлено|опубліковано|diterbitkan|diperbarui
opublikowan|publikacja|aktualizacja|dodano|modyfikacja|yayın|güncelle|giriş|опубликован|обновлен|дата публ|изменено
公開|更新|掲載|発行|投稿|配信|发布|發布|发表
"""
_READING_KEYS = """
 views|read|lesezeit|lesedauer|lesen|lecture|lectura|leitura|lettura|leestijd|lezen|leesduur|czytania|okuma|чтени|読了|読めます|阅读|閱讀
"""
_AGO_KEYS = " ago|vor |il y a|hace |há | fa|geleden|temu|önce|назад|前|just now|yesterday|gestern"


def _keys(text: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            {key for line in text.strip("\n").replace("\n", "|").split("|") for key in ([line] if len(line) < 20 else line.split()) if key.strip()}
        )
    )


_WITHIN_KEYS = _keys(
    """
published:|updated:|posted:|modified:|updated |aktualisiert:|veröffentlicht:|publié le |mis à jour le |actualizado:|publicado:|atualizado:|aggiornato:
pubblicato:|bijgewerkt:|gepubliceerd:|aktualizacja:|publikacja:|güncelleme:|обновлено:|опубликовано:
"""
)
_WITHIN_LABEL = re.compile(
    r"(?:(?:First\s|Last\s|Originally\s)?(?:Published|Updated|Posted|Modified|PUBLISHED|UPDATED|POSTED)(?:\son|\sat)?\s?:\s?|^Updated\s(?=\w{3,9}\.?\s\d)"
    r"|(?:Zuletzt )?(?:[Aa]ktualisiert|[Vv]eröffentlicht)(?: am)?\s?:\s?|Publié\sle\s|Mis\sà\sjour\sle\s|Actualizado\s?: ?|Publicado\s?: ?"
    r"|Atualizado\s?: ?|Aggiornato\s?: ?|Pubblicato\s?: ?|Bijgewerkt\s?: ?|Gepubliceerd\s?: ?|Aktualizacja\s?: ?|Publikacja\s?: ?|Güncelleme\s?: ?"
    r"|Обновлено\s?: ?|Опубликовано\s?: ?)"
)
"""Labels as they are printed: with a capital, because no blank need stand before them."""
_TOKEN = re.compile(r"(\d{1,4}|[^\W\d_]+(?:\.[^\W\d_])*\.?)[\s,.:;|/·•()+-]*")
_WITHIN_CHARS = 200
_LABEL_CHARS = 30


@dataclass(frozen=True, slots=True)
class TimeLines:
    """Lines of one sort: of nothing but words that tell times, and that a test takes."""

    id: str
    keywords: tuple[str, ...]
    score: float
    is_one: Callable[[str, Sequence[str]], bool]
    examples: tuple[Example, ...]
    languages: tuple[str, ...] = _LANGUAGES

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks; unsure where there are too many, or on a forum, whose posts have their times."""
        found = [index for index, words in page.time_lines.items() if self.is_one(page.short[index], words)]
        score = UNSURE if len(found) > _FEW or (found and page.is_thread) else None
        for index in found:
            yield Hit(page.blocks[index].start, page.blocks[index].end, score)


@dataclass(frozen=True, slots=True)
class Within:
    """A label with its time inside a line that holds more: a name, a place, a category; also where no blank parts them."""

    id: str = "labelled-time-within"
    keywords: tuple[str, ...] = _WITHIN_KEYS
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example("Mara Quill · Tarnport News · ⟦Posted: Mar 08, 2022 4:00 AM EDT⟧"),
        Example("By Mara Quill ⟦Updated: 3 March 2022, 10:15⟧"),
        Example("By Mara Quill⟦Updated: Mar 3, 2022⟧"),
        Example("Tarnport Desk⟦Last Updated: Mar 03, 2022, 01:00 AM IST⟧"),
        Example("Von Mara Quill ⟦Aktualisiert: 3. März 2022, 10:15 Uhr⟧"),
        Example("⟦Updated Mar 3, 2022⟧ / Source: Tarnport News"),
        Example("⟦Updated\u00a0Mar 3, 2022⟧ / Source: Tarnport News"),
        Example("The list was last updated on 3 March 2022, the office said."),
        Example("The harbour rules, updated: what changes on 3 March"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on the label and what follows it of the time; unsure where there are too many."""
        held = {index for key in self.keywords for index in page.holding(key) if page.size(index) <= _WITHIN_CHARS}
        found = [span for index in sorted(held - page.time_lines.keys()) for span in _labelled(page, index)]
        for start, end in found:
            yield Hit(start, end, UNSURE if len(found) > _FEW else None)


def _labelled(page: Lines, index: int) -> Iterator[tuple[int, int]]:
    """The spans of labels in a block, each with its time."""
    block = page.blocks[index]
    line = page.text[block.start : block.end]
    for label in _WITHIN_LABEL.finditer(line):
        if (end := _time_end(line, label.end())) > label.end():
            yield block.start + label.start(), block.start + end


def _time_end(line: str, at: int) -> int:
    """Where the time that begins there ends; `at` itself where none does."""
    end = at
    dated = False
    while (token := _TOKEN.match(line, at)) is not None:
        word = token[1].lower().rstrip(".")
        if not word.isdigit() and word not in KNOWN:
            break
        dated = dated or word.isdigit()
        end, at = token.end(1), token.end()
    return end if dated else 0


@dataclass(frozen=True, slots=True)
class LabelAbove:
    """A label that is a line of its own, and the date, the time or the minutes in the line under it; also two labels above two times."""

    id: str = "label-above-time"
    score: float = 0.86
    examples: tuple[Example, ...] = (
        Example("Storm closes the harbour\n⟦Last updated:\nDec 12, 2025⟧\nThe harbour stays shut."),
        Example("⟦Posted on\nUpdated at\nDec 10, 2025\nDec 11, 2025\nReading time\n5 Minutes⟧\nThe harbour stays shut."),
        Example("⟦Veröffentlicht am\n3. März 2022, 10:15 Uhr⟧\nDer Hafen bleibt zu."),
        Example("Updated\nThe harbour stays shut."),
        Example("Reading\n5 September is the day of the fair."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        labels = {index for index, words in page.time_lines.items() if words and _is_label(page.short[index], words)}
        for index in sorted(labels) if len(labels) <= 2 * _FEW else ():
            below = next((at for at in range(index + 1, index + 4) if at not in labels), index + 1)
            times = range(below, below + below - index)
            if all(page.time_lines.get(at) and _is_time(page.short[at], page.time_lines[at]) for at in times) and not page.is_thread:
                for at in (index, *times):
                    yield Hit(page.blocks[at].start, page.blocks[at].end)


def _is_label(line: str, words: Sequence[str]) -> bool:
    if len(line) > _LABEL_CHARS or _DIGIT.search(line) or (len(words) == 1 and words[0] in _NO_LABEL):
        return False
    return not _LABELS.isdisjoint(words)


def _is_time(line: str, words: Sequence[str]) -> bool:
    return TIME_WORDS.issuperset(words) and (tells_time(line, words) or MINUTES.match(line) is not None)


RULE_SET = RuleSet(
    name="timestamp",
    kind=Kind.TIMESTAMP,
    marks="Lines of nothing but when the page was published or updated, or how long it takes to read. The date in them is still read.",
    why="It is about the page, not part of what the story tells.",
    misses="Bare dates without a word that says what they are, and times glued to an author's name.",
    rules=(
        TimeLines(
            id="labelled-time",
            keywords=_keys(_LABEL_KEYS),
            score=0.93,
            is_one=_is_labelled,
            examples=tuple(
                Example(source)
                for source in (
                    "Storm closes the harbour\n⟦Last Updated : Mar 3 2022 | 8:15 PM IST⟧\nThe harbour stays shut.",
                    "⟦4 min read Last Updated : Mar 03 2022 | 8:15 PM IST⟧\nThe harbour stays shut.",
                    "⟦First Published: Mar 3, 2022, 20:15⟧",
                    "⟦Published April 9, 2018⟧",
                    "⟦Updated 5 hours ago⟧",
                    "⟦Posted: Aug 11, 2021 4:00 AM EDT | Last Updated: August 12⟧",
                    "⟦UPDATED 16:47 EST / NOVEMBER 2 2021⟧",
                    "⟦Aktualisiert am 3. März 2022, 20:15 Uhr⟧",
                    "⟦Publié le 4 mai 2021 à 08:01Mis à jour le 5 mai 2021 à 09:06⟧",
                    "⟦Última actualización: 4 de mayo de 2021 a las 10:32⟧",
                    "⟦Publicado em 4 de maio de 2021 às 10h32⟧",
                    "⟦Pubblicato il 4 maggio 2021 alle 10:32⟧",
                    "⟦Laatst bijgewerkt op 4 mei 2021 om 10:32⟧",
                    "⟦Aktualizacja: 19.04.2021 19:45 Publikacja: 19.04.2021 19:05⟧",
                    "⟦Son güncelleme: 4 Mayıs 2021 10:32⟧",
                    "⟦Offentliggjort torsdag 6. feb 2025 17:25⟧",
                    "⟦Uppdaterad 2021-05-04 10:32⟧",
                    "⟦Опубликовано: 4 мая 2021 в 10:32⟧",
                    "⟦公開日：2021年5月4日⟧",
                    "⟦发布时间：2021-05-04 10:32⟧",
                    "⟦Published a day ago⟧",
                    "4 May 2021",
                    "Stand",
                    "Giriş",
                    "By Mara Quill, 4 May 2021",
                    "Updated maps of the harbour were published on 4 May 2021, the office said.",
                    "Updated harbour plan shown in May",
                    "The ferry sails at 9:30 on 4 May and at 10:15 on 5 May",
                )
            ),
        ),
        Within(),
        LabelAbove(),
        TimeLines(
            id="reading-time",
            keywords=_keys(_READING_KEYS),
            score=0.93,
            is_one=_is_reading,
            examples=tuple(
                Example(source)
                for source in (
                    "⟦3 min read⟧\nThe harbour stays shut.",
                    "⟦Reading time: 4 minutes⟧",
                    "⟦6 minute read time⟧",
                    "⟦Lesezeit: 4 Minuten⟧",
                    "⟦Temps de lecture : 3 min⟧",
                    "⟦5 min de lectura⟧",
                    "⟦Tempo di lettura: 2 minuti⟧",
                    "⟦Leestijd 3 minuten⟧",
                    "⟦Czas czytania: 4 min⟧",
                    "⟦この記事は約3分で読めます⟧",
                    "It took her 3 minutes to read it.",
                    "Bake for 30 minutes",
                    "Lecture 7",
                )
            ),
        ),
        TimeLines(
            id="time-ago",
            keywords=_keys(_AGO_KEYS),
            score=0.75,
            is_one=_is_ago,
            examples=tuple(
                Example(source)
                for source in (
                    "⟦3 hours ago⟧\nThe harbour stays shut.",
                    "⟦vor 3 Stunden⟧",
                    "⟦il y a 2 heures⟧",
                    "⟦hace 5 minutos⟧",
                    "⟦3時間前⟧",
                    "Two men left the island three hours ago, and nobody has seen them since.",
                    "Years ago, before the storm",
                )
            ),
        ),
    ),
)
