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
    r"|(?:journaliste|rédact(?:eur|rice)(?: en chef)?|correspondante?|periodista|redactora?|corresponsal|giornalista|redattore|redattrice|jornalista"
    r"|repórter|redacteur|verslaggever|dziennikarz|dziennikarka|redaktor(?:ka)?|журналист(?:ка)?|корреспондент|редактор|обозреватель|journalist|redaktør|redaktör"
    r"|muhabir|gazeteci|editör|újságíró|toimittaja|δημοσιογράφος)(?:,? .{2,60})?\.?"
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
    """In the page's second half a name on a line, and under it a paragraph that begins with that name; once a page, else it is a list of people."""

    id: str = "name-and-note"
    score: float = 0.75
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "⟦Mara Quill\nMara Quill teaches the island's children to row, and has done so for eleven years.⟧\n© Tarnport Courier"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "Mara Quill\nMara Quill teaches the island's children to row, and has done so for eleven years.\n"
            "Jo Reed\nJo Reed has rowed the mail across since the spring, and is going to do so until the autumn."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        last = page.blocks[-1].end
        found = [
            index
            for index in page.sentences
            if index > page.story[0] + 1 and _is_name(page, index - 1) and _is_note(page, index, _text(page, index - 1), begins=True)
        ]
        if len(found) == 1 and 2 * page.starts[found[0]] > last - _NOTE_CHARS and found[0] >= page.story[1]:
            yield Hit(page.blocks[found[0] - 1].start, page.blocks[found[0]].end)


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
