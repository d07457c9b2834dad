"""Boxes about the author in lines of their own: the name, what they are for the site, and a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]+(?: (?:[^\W\d_a-z][\w.'’-]*|al|bin|da|de|del|den|der|di|du|el|la|le|van|von)){1,3}")
"""Two to four words with capitals."""
_ROLE = re.compile(
    r"(?:(?:the|our|a|an) )?(?:[a-z&'-]{2,16} ){0,4}?(?:writer|reporter|editor(?:-in-chief| in chief| at large)?|correspondent|journalist|columnist"
    r"|contributor|producer|critic|photographer|blogger)(?:(?: (?:at|for|of|in|on|and|based)|,| \|) .{2,60})?"
    r"|(?:freie[rs]? |leitende[rs]? |politische[rs]? |stellvertretende[rs]? )?(?:redakteur(?:in)?|journalist(?:in)?|korrespondent(?:in)?"
    r"|reporter(?:in)?|volontär(?:in)?|ressortleiter(?:in)?|chefredakteur(?:in)?|kolumnist(?:in)?)(?: .{2,90})?"
    r"|(?:journaliste|rédact(?:eur|rice)(?: en chef)?|correspondante?|periodista|redactora?|corresponsal|giornalista|redattore|redattrice"
    r"|jornalista"
    r"|repórter|redacteur|verslaggever|dziennikarz|dziennikarka|redaktor(?:ka)?|журналист(?:ка)?|корреспондент|редактор|обозреватель|journalist"
    r"|redaktør|redaktör"
    r"|muhabir|gazeteci|editör|újságíró|toimittaja|δημοσιογράφος)(?:,? .{2,60})?\.?"
)
_FULL_NAME = re.compile(rf"(?:(?:Dr|Prof|Mr|Ms|Mrs|Sir|Dame)\.? )*(?:{_NAME.pattern}|[^\W\d_a-z][^\W\d_]{{2,12}})(?:, [A-Z][A-Za-z.]{{1,6}}){{0,3}}")
_TITLES = frozenset({"dr", "prof", "mr", "ms", "mrs", "sir", "dame"})
_SIGNED = re.compile(
    r"^(?:(?:[Ww]ritten |[Pp]osted |[Pp]ublished )?[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]utore?|[Aa]uthor|[Aa]uteur)(?::| ) ?|[:|•]+$"
)
_SAID = re.compile(
    r"(?:, [^.]{2,60},| \([^)]{2,40}\))? (?:is|was|has|holds|writes|wrote|covers|reports|lives|teaches|works|worked|edits|runs|joined|began"
    r"|started|speciali[sz]es"
    r"|brings|co-?founded|founded|serves|served|studied|leads|loves|enjoys|graduated|earned|received|spent|grew|currently|also|contributes"
    r"|helps|hosts|produces|ist|schreibt|lebt"
    r"|arbeitet|studierte|hat|wurde|leitet|berichtet|beschäftigt|est|écrit|vit|a |travaille|couvre|es|escribe|vive|trabaja|ha|é|escreve"
    r"|trabalha|scrive|lavora|is een|schrijft|werkt|jest|pisze|pracuje|gazeteci|yazar)\b"
)
"""What is said of a person behind their name."""
_BIO = re.compile(
    r"(?:seit \d{4} (?:bei|beim|in|im|für|redakt)|jahrgang \d{4}|geboren (?:\d{4}|am|in)|redakteur|(?:freie[rs]? )?journalist"
    r"|hat (?:[\w ,]{3,40} )?studiert"
    r"|journaliste (?:au|à|chez|depuis|pour)|né(?:e)? (?:en|à)|periodista|licenciad[oa] en|redactora? (?:de|en)|giornalista|jornalista"
    r"|formad[oa] em"
    r"|writer|reporter|editor|senior|staff|award-winning|born in|graduate of|former)\b"
)
"""How notes begin that leave out the name."""
_WRITES = re.compile(
    r"\b(?:writers?|reporters?|editors?|journalists?|authors?|columnist|correspondent|contributors?|blogger|blog|copywriter|photographer"
    r"|producer|editor-in-chief|newsroom"
    r"|redakteur(?:in)?|journalistin|autor(?:in|a)?|reporterin|schreibt|journaliste|rédactrice|rédacteur|periodista|redactora?|jornalista"
    r"|giornalista|scrive|redacteur"
    r"|schrijft|dziennikar\w+|redaktor\w*|autork\w|gazeteci|yazar\w*|editör\w*|журналист\w*|автор\w*|корреспондент\w*|редактор\w*)\b"
)
"""What those do who write for a site."""
_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|er|sie|ihr|sein|il|elle|él|ella|ele|ela|lui|lei|hij|zij|on|ona|он|она|lives|studied|graduate\w*|professor|founder"
    r"|co-founder|director|ceo|cto|president|teach\w*|lecturer|consultant|engineer|specialist|expert|fellow|researcher|attorney|lawyer"
    r"|physician|years|phd"
    r"|lebt|wohnt|studi\w+|vit|vive|woont|mieszka|yaşıyor|живёт|живет)\b"
)
"""What is said of people, and not of things."""
_BETWEEN = 3
"""A note stands so many blocks below the name at most: a handle and what the person is may stand between."""
_MOST_AUTHORS = 2
_STORY = (
    "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
    "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
)
_NAME_CHARS = 40
_NAME_BLANKS = 3
_NOTE_CHARS = 700
_LEAST_NOTE_CHARS = 40


@dataclass(frozen=True, slots=True)
class NameAndRole:
    """Behind the story's beginning a name on a line, under it what that person is for the site, and the note that follows."""

    id: str = "name-and-role"
    score: float = 0.8
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "⟦Mara Quill\nHarbour reporter\nMara Quill has rowed to school and written about it.⟧\n© Tarnport Courier"
        ),
        Example(
            "Die Fähre fuhr am Montag zum letzten Mal, und das Hafenamt sagt, dass vor dem Herbst keine andere mehr kommen wird als diese.\n"
            "Bis dahin werden die Leute rudern, was einige von ihnen schon getan haben, und was keiner von ihnen noch einmal tun möchte.\n"
            "⟦Mara Quill\nRedakteurin im Ressort Hafen⟧\nZur Startseite"
        ),
        Example(
            "Ferry leaves the island for good\nMara Quill\nHarbour reporter\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        for index, line in page.short.items():
            if index > page.story[0] + 1 and _is_name(page, index - 1) and _ROLE.fullmatch(line):
                end = index + 1
                if _is_note(page, end, page.text[page.blocks[index - 1].start : page.blocks[index - 1].end]):
                    end += 1
                yield Hit(page.blocks[index - 1].start, page.blocks[end - 1].end)


@dataclass(frozen=True, slots=True)
class NameAndNote:
    """In the page's second half a name on a line, and under it, or under a line or two about them, a paragraph about that person.

    The paragraph begins with the name, or says what is said of authors alone. More than two such names are a list of people.
    """

    id: str = "name-and-note"
    score: float = 0.82
    examples: tuple[Example, ...] = (
        Example(
            f"{_STORY}⟦Mara Quill\nMara Quill teaches the island's children to row, as she says, and has done so for eleven years.⟧\n© Tarnport"
            f" Courier"
        ),
        Example(f"{_STORY}⟦Written by Mara Quill\n@quill\nMara is the founder of a school for rowers, and teaches there.⟧\n© Tarnport Courier"),
        Example(f"{_STORY}⟦Mara Quill, PhD\nMara Quill, PhD, is a professor of tides who has rowed to work since 2004.⟧\n© Tarnport Courier"),
        Example(f"{_STORY}⟦Jonte Ahlers\nSeit 2019 beim Tarnboten, Redakteur für Häfen und alles, was schwimmt.⟧\n© Tarnbote"),
        Example(f"{_STORY}⟦Mara Quill\nMara Quill est journaliste et vit sur l'île depuis vingt ans.⟧\n© Le Bac"),
        Example(
            f"{_STORY}Mara Quill\nMara Quill teaches the island's children to row, as she says, and has done so for eleven years.\n"
            "Jo Reed\nJo Reed has rowed the mail across since the spring, as he says, and is going to do so until the autumn.\n"
            "Ada Sund\nAda Sund has rowed the doctor across since the winter, as she says, and is not going to do so again."
        ),
        Example(f"{_STORY}Lower Quay\nLower stands the tide than in any year since 1931, the harbour office says."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits from the name to the end of the note."""
        if page.story is None:
            return
        half = page.blocks[-1].end - _NOTE_CHARS
        found = []
        for index in page.sentences:
            if index - 1 not in page.short or 2 * page.starts[index] <= half or index <= page.story[0] + 1:
                continue
            if not _LEAST_NOTE_CHARS <= page.size(index) <= _NOTE_CHARS:
                continue
            start, end = page.blocks[index][:2]
            word = page.text[start : start + _NAME_CHARS].split(maxsplit=1)[0].rstrip(",")
            told = _BIO.match(page.folded, start, end) is not None
            for above in range(index - 1, max(index - 1 - _BETWEEN, 0), -1):
                if above not in page.short:
                    break
                if (told or word in _text(page, above)) and _notes(page, above, index, told):
                    found.append((above, index))
                    break
        if len({_text(page, name) for name, _ in found}) <= _MOST_AUTHORS:
            for name, index in found:
                if _is_writer(page, name, index):
                    yield Hit(page.blocks[name].start, page.blocks[index].end)


def _is_writer(page: Lines, name: int, index: int) -> bool:
    """Whether a note, or the lines above it, say that somebody writes; behind the story it is enough to say something of a person."""
    said = page.folded[page.blocks[name].start : page.blocks[index].end]
    if _WRITES.search(said):
        return True
    return page.story is not None and index >= page.story[1] and " " in _text(page, name) and _PERSON.search(said) is not None


def _notes(page: Lines, above: int, index: int, told: bool) -> bool:
    """Whether a block is a person's name and another, which may tell of an author without naming them, a paragraph about that person."""
    line = _SIGNED.sub("", _text(page, above)).strip()
    if len(line) > _NAME_CHARS or not _FULL_NAME.fullmatch(line):
        return False
    start, end = page.blocks[index][:2]
    words = line.split()
    first = words[1] if words[0].rstrip(".").lower() in _TITLES else words[0]
    if not page.text.startswith((f"{line} ", f"{line},", f"{first} "), start):
        return told
    at = start + (len(line) + page.text.startswith(",", start + len(line)) if page.text.startswith(line, start) else len(first))
    return _SAID.match(page.folded, at, end) is not None


def _text(page: Lines, index: int) -> str:
    return page.text[page.blocks[index].start : page.blocks[index].end]


def _is_name(page: Lines, index: int) -> bool:
    start, end = page.blocks[index][:2]
    if end - start > _NAME_CHARS or not 1 <= page.text.count(" ", start, end) <= _NAME_BLANKS:
        return False
    return page.text[start].isupper() and _NAME.fullmatch(page.text, start, end) is not None


def _is_note(page: Lines, index: int, name: str, begins: bool = False) -> bool:
    """Whether a block tells about a person: by their whole name at its beginning, or by a part of it."""
    if index >= len(page.blocks) or page.size(index) not in range(_LEAST_NOTE_CHARS, _NOTE_CHARS + 1):
        return False
    note = _text(page, index)
    return note.startswith(f"{name} ") or (not begins and any(f"{part} " in note for part in name.split() if len(part) > 3))


RULE_SET = RuleSet(
    name="author-box",
    kind=Kind.AUTHOR_BIO,
    marks="The author's name below the story with what they are for the site, or with a paragraph about them.",
    why="It is about who wrote the story, and the same under each of theirs.",
    misses="Boxes that begin otherwise than with the name.",
    rules=(NameAndRole(), NameAndNote()),
)
