"""Who signs below the story: a line with a by-word, a name behind a dash or in brackets, or a paragraph that says who the author is."""

from __future__ import annotations

import re

from stripper.fields.backing import common_words, portrait_at, signed
from stripper.fields.head import Head
from stripper.fields.line.byline import parse
from stripper.fields.line.bywords import INTRODUCES
from stripper.fields.line.names import is_agency, is_person, is_role, without_degree
from stripper.fields.line.people import Byline
from stripper.fields.printed import Printed, read
from stripper.fields.witnesses import AT_END
from stripper.types import Kind

_BEYOND = 16
"""A box about the author stands at most so many blocks after the story."""
_OPEN = frozenset({None, Kind.CREDIT, Kind.AUTHOR_BIO, Kind.SHARE, Kind.TOPICS})
_SIGNED = re.compile(
    r"(?:about the author|this (?:post|article|story|piece|guide|blog|report|page) (?:was|is) |(?:last )?updated|posted|published|written|"
    r"reporting|story|words|text|"
    r"autor|author|por|par|von|by|door|di|auteur|writer|contributor|автор|yazan|記者|文|geschrieben|verfasst|escrito|rédigé|article (?:by|par))",
    re.I,
)
"""How a line begins that may sign a story."""
_AUTHOR = re.compile(r"(?:written by|autor|auteur|autore|author|автор|yazar|penulis|作者|執筆|szerző)", re.I)
_DASHES = frozenset("-–—―~.")
_IS = re.compile(
    r",? (?:is|was|has|writes|covers|reports|works|joined|serves|specializes|specialises|leads|edits|teaches|ist|war|schreibt|arbeitet|est|écrit|es|"
    r"escribe|trabaja|é|escreve|è|scrive|jest|pisze|er|är) "
)
_BEHIND_DASH = re.compile(r"(?:[-–—―~]{1,3}|\. \. \.) ?(?P<name>[^\d@()|,]{4,50}?)(?: \(@\w{2,30}\))?(?:[,|]? [^()@]{6,30}\d{4})?")
_BRACKETS = 120
_LONGEST_NAME = 50


def signature(head: Head) -> Printed | None:
    """The byline below the story; None where nothing there names its author, or where paragraphs there say who several persons are."""
    described: dict[tuple[str, ...], Printed] = {}
    found = None
    for index in range(max(head.body + 1, head.last - 2), min(len(head.page.blocks), head.last + _BEYOND)):
        if head.kinds[index] is Kind.COMMENTS:
            break
        if head.kinds[index] not in _OPEN:
            continue
        if found := _by_word(head, index) or _behind_dash(head, index):
            break
        if biography := _biography(head, index) or _portrait(head, index):
            described.setdefault(biography.line.names, biography)
    found = found or (next(iter(described.values())) if len(described) == 1 else None) or _in_brackets(head) or _only_one(head)
    return found._replace(reader=AT_END) if found else None


def _only_one(head: Head) -> Printed | None:
    """The one person whom lines among the links below the story call an author; where they name several, these wrote the stories behind the links."""
    named: dict[tuple[str, ...], Printed] = {}
    for index in range(max(head.body + 1, head.last + 1), min(len(head.kinds), head.last + _BEYOND)):
        if _AUTHOR.match(head.text(index)[:20]) and (found := read(head, index)) and found.line.strength >= 3:
            named.setdefault(found.line.names, found)
    found = next(iter(named.values())) if len(named) == 1 else None
    return found if found and all(is_person(n) for n in found.line.names) else None


def _by_word(head: Head, index: int) -> Printed | None:
    """A line that begins with a by-word, just below the story; further down where markup or the next paragraph tells that it is this one's."""
    text = head.text(index)
    label = len(text) <= 40 and INTRODUCES.search(text) is not None and head.only_by(index)
    if not label and not _SIGNED.match(text):
        return None
    found = read(head, index)
    if found is None or found.line.strength < 3 or not all(is_person(n, introduced=bool(found.line.dates)) for n in found.line.names):
        return None
    return found if label or index <= head.last + 2 or signed(head, index) or _goes_on(head, found.last + 1, found.line.names[0]) else None


def _goes_on(head: Head, index: int, name: str) -> bool:
    """Whether one of the next two blocks begins with the name, or with the first part of it, and says who that is."""
    for after in range(index, min(index + 2, len(head.kinds))):
        text = head.text(after)
        for start in (name, name.split(" ", 1)[0]):
            if text.startswith(start) and _IS.match(text, len(start)):
                return True
    return False


def _biography(head: Head, index: int) -> Printed | None:
    """A name alone above the paragraph that says who that is; or this paragraph, where it names a profession."""
    text = head.text(index).removeprefix("About ").removeprefix("about ")
    shift = head.page.blocks[index].end - len(text)
    if len(text) <= _LONGEST_NAME:
        name = without_degree(text.strip(" :"))
        if not is_person(name) or not (_goes_on(head, index + 1, name) or head.kinds[index] is Kind.AUTHOR_BIO):
            return None
        return Printed(index, index, shift, shift + len(name), Byline((name,), name, 0, len(name), 2))
    verb = _IS.search(text, 3, _LONGEST_NAME + 10)
    name = without_degree(text[: verb.start()].strip(" *")) if verb else ""
    if verb is None or not is_person(name) or not is_role(" ".join(re.findall(r"[^\W\d_]+", text[verb.end() : verb.end() + 60])[:6])):
        return None
    if index <= head.last and head.kinds[index] is not Kind.AUTHOR_BIO and text.find(name, len(name)) < 0 and _is_told(head, index, name):
        return None
    at = head.page.text.index(name, head.page.blocks[index].start)
    return Printed(index, index, at, at + len(name), Byline((name,), name, 0, len(name), 2))


def _is_told(head: Head, index: int, name: str) -> bool:
    """Whether the story itself mentions the person before: then the paragraph is a part of it."""
    blocks = head.page.blocks
    return head.page.text.find(name.rsplit(" ", 1)[-1], blocks[min(head.body, index)].start, blocks[index].start) >= 0


def _behind_dash(head: Head, index: int) -> Printed | None:
    """A name behind a dash as the story's last line: "— Ana Lima"."""
    block = head.page.blocks[index]
    if not head.last <= index <= head.last + 1 or head.page.text[block.start] not in _DASHES or block.end - block.start > 2 * _LONGEST_NAME:
        return None
    found = _BEHIND_DASH.fullmatch(head.page.text, block.start, block.end)
    if found is None or not is_person(found["name"]) or common_words(head, (found["name"],)):
        return None
    name, start = found["name"], found.start("name")
    return Printed(index, index, start, start + len(name), Byline((name,), name, 0, len(name), 2))


def _portrait(head: Head, index: int) -> Printed | None:
    """A name beside its portrait just below the story."""
    name = portrait_at(head, index) if index > head.last else None
    if name is None or not is_person(name):
        return None
    at = head.page.text.index(name, head.page.blocks[index].start)
    return Printed(index, index, at, at + len(name), Byline((name,), name, 0, len(name), 2))


def _in_brackets(head: Head) -> Printed | None:
    """Persons or an agency in brackets at the end of the story's last paragraph: "(Ana Lima, Bo Chen)", "(dpa)"."""
    if not 0 <= head.last < len(head.kinds):
        return None
    block = head.page.blocks[head.last]
    text = head.page.text[max(block.start, block.end - _BRACKETS) : block.end]
    opening = text.rfind("(")
    if not text.endswith(")") or opening < 0:
        return None
    inside, start = text[opening + 1 : -1].strip(), block.end - len(text) + opening + 1
    agency = inside.replace(",", "/").split("/")[0].strip()
    if is_agency(agency):
        return Printed(head.last, head.last, start, start + len(agency), Byline((agency,), agency, 0, len(agency), 1))
    line = parse("by " + inside, head.language) if "/" not in inside else None
    if line is None or not all(is_person(n) for n in line.names) or len(line.printed) + 40 < len(inside):
        return None
    return Printed(head.last, head.last, start + line.start - 3, start + line.end - 3, line._replace(strength=2))
