"""Selectors as people write them, parsed: a subset of CSS, and `:contains`. Nothing here knows the tree; `select` runs them.

Every part of a selector is looked for once in the whole page, so all of them are linear; what CSS has besides would not be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Combinator = Literal["", " ", ">", "+", "~"]
"""How a step's element stands to the one of the step before: below it, its child, its next sibling, a later sibling; "" for the first step."""

LONGEST = 4_000
"""Characters of a selector."""
_LONGEST_TEXT = 200
"""Characters of a text that an element must contain."""
_DEEPEST = 8
"""Levels of selectors in the brackets of others."""


class Tag(NamedTuple):
    """The element has this name."""

    name: str


class Attribute(NamedTuple):
    """The element has this attribute; with an operator, and the attribute is, holds, begins or ends with the value, or has it as a word."""

    name: str
    operator: Literal["", "=", "~=", "*=", "^=", "$="] = ""
    value: str = ""


class Contains(NamedTuple):
    """The element's text, as its source has it, holds this, begins with it, or is just this."""

    text: str
    place: Literal["contains", "begins", "says"] = "contains"


class Among(NamedTuple):
    """The element is one of these, or none of them: `:is(...)` and `:not(...)`."""

    compounds: tuple[Compound, ...]
    negated: bool = False


class Has(NamedTuple):
    """One of these stands inside the element, or is its child: `:has(...)` and `:has(> ...)`."""

    compounds: tuple[Compound, ...]
    child: bool = False


class Nth(NamedTuple):
    """The element is in place `step * k + first`, for some whole k from 0, among its parent's children that are one of `compounds`.

    Without these all children count, or with `same_name` those of the element's own name. Places begin with 1, from the end where `last`.
    """

    step: int
    first: int
    compounds: tuple[Compound, ...] = ()
    last: bool = False
    same_name: bool = False


class Edge(NamedTuple):
    """Of all elements that match up to here only the first of the page, or the last."""

    last: bool = False


Test = Tag | Attribute | Contains | Among | Has | Nth | Edge
Compound = tuple[Test, ...]
"""What one element must be, all of it; () for any element."""


class Step(NamedTuple):
    """A compound, and how its element stands to the one of the step before."""

    combinator: Combinator
    compound: Compound


Selector = tuple[tuple[Step, ...], ...]
"""Chains of steps, as commas part them; an element matches by any of them."""

NO_SELECTORS: Mapping[str, Selector] = {}


class SelectorError(ValueError):
    """A text that is no selector, or one that isn't available; says why, and at which character."""


_BLANKS = re.compile(r"[ \t\r\n\f]*")
_COMBINATOR = re.compile(r"[ \t\r\n\f]*([>+~])[ \t\r\n\f]*|[ \t\r\n\f]+")
_NAME = re.compile(r"(?:[A-Za-z0-9_-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}[ \t\r\n\f]?|\\[^0-9a-fA-F\r\n\f])+")
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(.))", re.S)
_OPERATOR = re.compile(r"[ \t\r\n\f]*([~*^$]?=)[ \t\r\n\f]*")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.S)
_PLACE = re.compile(r"[ \t\r\n\f]*(?:(even|odd)|([+-]?\d{0,7})n(?:[ \t]*([+-])[ \t]*(\d{1,7}))?|([+-]?\d{1,7}))(?=[ \t\r\n\f)])[ \t\r\n\f]*", re.I)
_OF = re.compile(r"of[ \t\r\n\f]+", re.I)
_NTHS = {"nth-child": (False, False), "nth-last-child": (True, False), "nth-of-type": (False, True), "nth-last-of-type": (True, True)}
_ENDS = {"first-child": (False, False), "last-child": (True, False), "first-of-type": (False, True), "last-of-type": (True, True)}
_EDGES = {"first": False, "last": True}
_TEXTS: tuple[Literal["contains", "begins", "says"], ...] = ("contains", "begins", "says")
_PSEUDO = (*_NTHS, *_ENDS, *_EDGES, *_TEXTS, "not", "is", "has")


def parse_selector(text: str) -> Selector:
    """A selector's steps. Raises SelectorError."""
    if len(text) > LONGEST:
        raise SelectorError(f"it has {len(text)} characters; at most {LONGEST} are read")
    return _Parser(text).selector()


class _Parser:
    """Reads a selector from left to right, and never back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def selector(self) -> Selector:
        chains = [self._chain()]
        while self._took(","):
            chains.append(self._chain())
        if self.at < len(self.text):
            raise self._error("this is no part of a selector")
        return tuple(chains)

    def _chain(self) -> tuple[Step, ...]:
        self._blanks()
        steps = [Step("", self._compound())]
        while (found := _COMBINATOR.match(self.text, self.at)) and found.end() < len(self.text) and self.text[found.end()] != ",":
            self.at = found.end()
            combinator: Combinator = found[1] or " "  # type: ignore[assignment]  # one of its literals
            steps.append(Step(combinator, self._compound()))
        self._blanks()
        return tuple(steps)

    def _compound(self, depth: int = 0) -> Compound:
        """One element's tests; `depth` counts the brackets around it."""
        start, tests = self.at, list[Test]()
        if self._took("*"):
            pass
        elif name := _NAME.match(self.text, self.at):
            self.at = name.end()
            tests.append(Tag(_plain(name[0]).lower()))
        while self.at < len(self.text):
            if self._took("."):
                tests.append(Attribute("class", "~=", self._name("a class")))
            elif self._took("#"):
                tests.append(Attribute("id", "=", self._name("an id")))
            elif self._took("["):
                tests.append(self._attribute())
            elif self._took(":"):
                tests.append(self._pseudo(depth))
            else:
                break
        if self.at == start:
            raise self._error("an element is missing here")
        return tuple(tests)

    def _attribute(self) -> Attribute:
        self._blanks()
        name = self._name("an attribute").lower()
        operator = _OPERATOR.match(self.text, self.at)
        if not operator:
            self._blanks()
            self._need("]")
            return Attribute(name)
        self.at = operator.end()
        value = self._string() if self.text[self.at : self.at + 1] in ("'", '"') else self._name("a value")
        if operator[1] != "=" and not value:
            raise self._error("an empty value matches nothing")
        if operator[1] == "~=" and len(value.split()) != 1:
            raise self._error("a word of an attribute holds no blank")
        self._blanks()
        self._need("]")
        return Attribute(name, operator[1], value)  # type: ignore[arg-type]  # one of its literals

    def _pseudo(self, depth: int) -> Test:
        start = self.at
        name = self._name("a pseudo-class").lower()
        if name in _ENDS:
            last, same_name = _ENDS[name]
            return Nth(0, 1, (), last, same_name)
        if name in _EDGES and not depth:
            return Edge(_EDGES[name])
        if name not in _PSEUDO or name in _EDGES:
            self.at = start
            raise self._error(f"':{name}' is not available; there are {', '.join(sorted(_PSEUDO))}")
        if depth >= _DEEPEST:
            raise self._error("brackets stand too deep in brackets")
        self._need("(")
        self._blanks()
        test: Test
        if name in _TEXTS:
            test = Contains(self._string(), name)
            if not 0 < len(test.text) <= _LONGEST_TEXT:
                raise self._error(f"a text of 1 to {_LONGEST_TEXT} characters is looked for")
        elif name in _NTHS:
            test = self._nth(*_NTHS[name], depth + 1)
        elif name == "has":
            child = self._took(">")
            test = Has(self._compounds(depth + 1), child)
        else:
            test = Among(self._compounds(depth + 1), name == "not")
        self._blanks()
        self._need(")")
        return test

    def _nth(self, last: bool, same_name: bool, depth: int) -> Nth:
        found = _PLACE.match(self.text, self.at)
        if not found:
            raise self._error("expected a place: 2, odd, even or 3n+1")
        self.at = found.end()
        word, every, sign, plus, place = found.groups()
        step, first = (2, int(word.lower() == "odd")) if word else (0, int(place)) if place else (_factor(every), int(f"{sign or ''}{plus or 0}"))
        compounds: tuple[Compound, ...] = ()
        if not same_name and (of := _OF.match(self.text, self.at)):
            self.at = of.end()
            compounds = self._compounds(depth)
        return Nth(step, first, compounds, last, same_name)

    def _compounds(self, depth: int) -> tuple[Compound, ...]:
        self._blanks()
        found = [self._compound(depth)]
        self._blanks()
        while self._took(","):
            self._blanks()
            found.append(self._compound(depth))
            self._blanks()
        return tuple(found)

    def _name(self, what: str) -> str:
        found = _NAME.match(self.text, self.at)
        if not found:
            raise self._error(f"the name of {what} is missing here")
        self.at = found.end()
        return _plain(found[0])

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            raise self._error("a text between quotation marks is missing here")
        self.at = found.end()
        return _plain(found[1] if found[1] is not None else found[2])

    def _took(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._took(sign):
            raise self._error(f"{sign!r} is missing here")

    def _blanks(self) -> None:
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _error(self, reason: str) -> SelectorError:
        return SelectorError(f"character {self.at + 1} ({self.text[self.at : self.at + 20]!r}): {reason}")


def _plain(text: str) -> str:
    """A name or text without its escapes."""
    return _ESCAPED.sub(lambda found: _character(found[1]) if found[1] else found[2], text) if "\\" in text else text


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _factor(every: str) -> int:
    return int(every + "1") if every in ("", "+", "-") else int(every)
