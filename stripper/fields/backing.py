"""What shows that a bare name is the author's: markup, a portrait, a date, an introduction of the person elsewhere on the page."""

from __future__ import annotations

import re
from bisect import bisect_right

from stripper.fields.head import Head, normal
from stripper.fields.line.dates import has_time
from stripper.fields.line.names import is_agency, is_person, is_role, is_team
from stripper.fields.line.words import AUTHOR_MARKUP, NO_PERSON, OTHERS_MARKUP
from stripper.types import Kind

_LOOK = 400_000
"""Characters of a page in which a name is looked for."""
_OTHERS = re.compile(
    r"(?:fact[- ]check(?:ed)?|(?:medically |clinically |expert )?reviewed|edited|photos?|photographs?|photography|illustrations?|illustrated|"
    r"translated|presented|produced|sponsored|approved|verified|recommended) by:?$|"
    r"(?:redigiert|übersetzt|fotos?|illustration(?:en)?) von:?$|(?:photos?|traduit|illustrations?) (?:par|de):?$"
)
"""A line that ends so introduces someone who did not write the story."""
_NAMED = re.compile(
    r"(?:fact[- ]check(?:ed)?|(?:medically |clinically |expert )?reviewed|edited|photos?|photography|illustrated|translated|redigiert) "
    r"(?:by|von) ?:? ?",
    re.I,
)
"""The same before the name itself."""
_NEAR = 100_000
"""Characters in which a word is looked for that is written small."""
_BEFORE_ADDRESS, _BEHIND_ADDRESS = frozenset("@/_."), frozenset("@/_")
"""What joins words to mail addresses and paths."""
_LONGEST_ALT = 60
_BEYOND = 30
"""A name stands again at most so many blocks after the story."""
_ALT = re.compile(
    r"(?:(?:profile )?(?:picture|photo|photograph|image|portrait|headshot|avatar|bild|bilde|foto) (?:of|von|av|de|di|för) |avatar:? |"
    r"author (?:image|photo|avatar):? )(?P<name>[^|•·,:;]{2,40})|"
    r"(?P<owner>[^|•·,:;]{2,40}?)(?:['’]s)? (?:avatar|(?:profile )?(?:picture|photo|pic|image)|headshot|portrait)",
    re.I,
)
"""What stands for a portrait in the text, by its alternative text."""
_WORD = re.compile(r"[^\W\d_]+")
_IS = (" is a ", " is an ", " is the ", " is one ", " has been ", " was born ", " writes ", " covers ", " ist ", " est ", " es ")


def signed(head: Head, index: int) -> bool:
    """Whether the markup around a block says that it names the author; not where it says so of the story, too."""
    words = head.page.blocks[index].words
    if AUTHOR_MARKUP.isdisjoint(words):
        return False
    own = words - head.page.blocks[head.body].words if head.body < len(head.kinds) else words
    return not AUTHOR_MARKUP.isdisjoint(own) and OTHERS_MARKUP.isdisjoint(own)


def dated_block(head: Head, index: int) -> bool:
    """Whether a block says when the page was published, be it a time alone."""
    text = head.text(index)
    return head.kinds[index] is Kind.TIMESTAMP or (len(text) < 100 and (bool(head.dates(index)) or (len(text) < 40 and has_time(text))))


def has_bio(head: Head, names: tuple[str, ...]) -> bool:
    """Whether a paragraph at the story's end begins with the first name, which the story itself doesn't mention: it says who that is."""
    blocks, text = head.page.blocks, head.page.text
    first = min(head.story.chosen, default=len(blocks))
    for index in range(max(first + 1, head.last - 2), min(len(blocks), head.last + 4)):
        block = blocks[index]
        if text.startswith(names[0] + " ", block.start) and block.end - block.start > len(names[0]) + 12:
            return text.find(names[0], blocks[first + 1].start, block.start) < 0
    return False


def has_portrait(head: Head, index: int, name: str) -> bool:
    """Whether the name stands in the line above or below too: as the alternative text of a portrait."""
    near = [head.text(i) for i in (index - 1, index + 1) if 0 <= i < len(head.kinds)]
    return any(name in text and len(text) <= len(name) + 30 for text in near)


def portrait_at(head: Head, index: int) -> str | None:
    """The name with which a block begins, where one of the two blocks above or the one below is a portrait's alternative text of this name."""
    text = head.text(index)
    first = text[: text.find(" ")] if " " in text else text
    if len(first) < 2:
        return None
    for beside in (index - 1, index - 2, index + 1):
        if not 0 <= beside < len(head.kinds) or first not in (line := head.text(beside)) or len(line) > _LONGEST_ALT or line == text:
            continue
        if (alt := _ALT.fullmatch(line)) is None:
            continue
        name = (alt["name"] or alt["owner"]).strip()
        if text.startswith(name) and not text[len(name) : len(name) + 1].isalpha() and is_person(name, introduced=True):
            return name
    return None


def echoed(head: Head, name: str) -> bool:
    """Whether the name stands alone in a block after the story, as it does in a box about the author."""
    blocks, text = head.page.blocks, head.page.text
    if head.last < 0 or head.last + 1 >= len(blocks):
        return False
    stop = blocks[min(head.last + _BEYOND, len(blocks) - 1)].end
    at = text.find(name, blocks[head.last].start, stop)
    for _ in range(5):
        if at < 0:
            return False
        index = bisect_right(blocks, at, key=lambda b: b.end)
        block = blocks[index]
        if at - block.start <= 3 and block.end - at == len(name) and head.kinds[index] not in (Kind.COMMENTS, Kind.RELATED):
            return True
        at = text.find(name, at + 1, stop)
    return False


def introduced(head: Head, name: str) -> bool:
    """Whether the page says who the person is: "I'm Ana Lima", or "Ana Lima is a ..." with what she does; things and firms are said to be something,
    too."""
    text = head.page.text
    if text.find(f"I'm {name}", 0, _LOOK) >= 0 or text.find(f"I’m {name}", 0, _LOOK) >= 0:
        return True
    reach, most = (90, 12) if " " in name else (45, 5)
    at = text.find(name + " ", 0, _LOOK)
    for _ in range(20):
        if at < 0:
            return False
        behind = at + len(name)
        if text.startswith(_IS, behind) and text[at - 1 : at] in ("", "\n") and is_role(" ".join(_WORD.findall(text, behind, behind + reach)[:most])):
            return True
        at = text.find(name + " ", at + 1, _LOOK)
    return False


def is_about(head: Head, names: tuple[str, ...], backed: bool) -> bool:
    """Whether the story is about these names: its beginning holds half of their words, of `backed` ones more than half."""
    words = [w for name in names if not is_team(name) for w in normal(name).split()]
    about = sum(w[:5] in head.stems for w in words if len(w) > 3)
    return about > len(words) / 2 if backed and len(words) > 1 else about >= max(1, len(words) / 2)


def in_headline(head: Head, names: tuple[str, ...], headline: int | None) -> bool:
    title = set(head.said(headline).split()) if headline is not None else set()
    return any(set(normal(name).split()) <= title for name in names)


def common_words(head: Head, names: tuple[str, ...]) -> bool:
    """Whether half of the words of what looks like names are written small elsewhere on the page: "Key Takeaways" is nobody."""
    doubtful = [name for name in names if not is_agency(name) and not is_team(name) and name.lower() not in head.page.text]
    words = [w for name in doubtful for w in re.findall(r"[^\W\d_]{3,}", name)][:8]
    small = sum(_occurs(head.page.text, w.lower()) for w in words if w[0].isupper())
    return 2 * small >= max(2, len(words))


def _occurs(text: str, word: str) -> bool:
    """Whether a word stands in a text as it is, within its first part; not as a part of an address ("ana.lima@", "/ana-lima/", "ana-lima-1024")."""
    at = text.find(word, 0, _NEAR)
    while at >= 0:
        end = at + len(word)
        before, after, next_one = text[at - 1 : at], text[end : end + 1], text[end + 1 : end + 2]
        inside = before.isalnum() or before in _BEFORE_ADDRESS or after.isalnum() or after in _BEHIND_ADDRESS
        if not inside and not (after == "." and next_one.isalnum()) and not ("-" in (before, after) and _is_slug(text, at, end)):
            return True
        at = text.find(word, at + 1, _NEAR)
    return False


def _is_slug(text: str, start: int, end: int) -> bool:
    """Whether the run of characters around a word is a file's name or the like: words joined by several hyphens."""
    left, right = text[max(0, start - 40) : start].split(), text[end : end + 40].split()
    return (left[-1] if left else "").count("-") + (right[0] if right else "").count("-") > 1


def of_another(head: Head, index: int, names: tuple[str, ...]) -> bool:
    """Whether the line above introduces a reviewer, a photographer or the like, or one of three lines above names one of these persons so."""
    if index and _OTHERS.search(head.text(index - 1)[-60:].lower()):
        return True
    for above in range(max(0, index - 3), index):
        label = _NAMED.match(head.text(above)[:_LONGEST_ALT])
        if label and any(head.text(above).startswith(name, label.end()) for name in names):
            return True
    return False


def may_sign(head: Head, name: str) -> bool:
    """Whether markup may make it an author: a person, be it by the first name only, an agency, a team, or the site itself."""
    if is_person(name) or is_agency(name) or is_team(name):
        return True
    return (" " not in name and name.lower() not in NO_PERSON) or any(
        w.field == "site" and normal(str(w.value)) == normal(name) for w in head.page.declared
    )
