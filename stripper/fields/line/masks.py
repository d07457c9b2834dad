"""What stands beside the names in a byline and is none of them: times, reading times, numbers of comments, "Updated on", mail addresses."""

from __future__ import annotations

import re

from stripper.fields.line.dates import AGO, Moment

_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:uhr|Z|[A-Z]{2,5})\b)?|\b\d{1,3}[\s-]?(?:min(?:ute)?s?|minuten|minuti|"
    r"minutos)\b(?:[\s-](?:read|lesezeit|de lecture|de lectura|leestijd))?(?: time)?|"
    r"(?<!\w)stand: ?(?=\x00)|\b\d{1,2} ?[–-] ?(?=\x00)|"
    r"(?<=\x00)[ -](?:read|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|czytania)(?!\w)|"
    r"\b\d[\d,.]{0,9}[\s]?(?:comments?|views?|shares?|kommentare|"
    r"words|wörter|mots|palabras|palavras|parole|woorden)\b|(?<![\w])(?:last )?(?:updated|published|posted|modified)(?: on| at)?:?(?![\w])|"
    r"(?<!\w)(?:publié le|mis à jour le|veröffentlicht(?: am)?|aktualisiert(?: am)?|publicado(?: el| em)?|actualizado(?: el)?|"
    r"pubblicato(?: il)?|aggiornato(?: il)?|gepubliceerd(?: op)?|publikacja|aktualizacja):?(?!\w)|"
    r"(?<!\w)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?!\w),?|(?<!\w)on$|(?<!\w)(?:montag|dienstag|mittwoch|"
    r"donnerstag|freitag|samstag|sonntag),?(?!\w)|"
    r"(?<!\w)(?:(?:estimated )?read(?:ing)? time|lesezeit|leesduur|leestijd|temps de lecture|tempo de leitura|tiempo de lectura|tempo di lettura|"
    r"czas czytania|время чтения)(?!\w)\s?:?",
    re.I,
)
_BEFORE_DATE = re.compile(r"(?<!\w)(?:on|am|vom|le|el|em|il|op|den|dnia|dne)[ ,]{1,2}(?=\x00)", re.I)
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?:Last Updated|Updated|Published|Posted|Aktualisiert|Veröffentlicht|Publié le|Publicado|"
    r"Pubblicato)(?: on)?:?(?![a-z])"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,80}|(?<!\w)@\w{2,30}")
_MASKED = re.compile(r"[\d@]")


def masked_line(line: str, dates: tuple[Moment, ...]) -> str:
    """The line with its dates, times, reading times and labels of these as NULs, so that offsets stay."""
    chars = line.replace("\x00", " ").replace("\xa0", " ")
    if not _MASKED.search(chars) and not _has_label(chars):
        return chars
    for moment in dates:
        chars = chars[: moment.start] + "\x00" * (moment.end - moment.start) + chars[moment.end :]
    if dates:
        chars = _BEFORE_DATE.sub(_blank, chars)
    for pattern in (AGO, _GLUED, _MAIL, _CLOCK) if "@" in chars else (AGO, _GLUED, _CLOCK):
        chars = pattern.sub(_blank, chars)
    return chars


def _has_label(line: str) -> bool:
    """Whether a line may hold a word such as "Updated" or "Publié". So spelt out it costs a fifth of a loop."""
    return "ubli" in line or "pdat" in line or "osted" in line or "ktual" in line or "ubblic" in line or "iorna" in line


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])
