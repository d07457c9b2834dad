"""XPath as configurations of sites use it, said as a selector. What a selector can't say is refused with the reason, never bent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from stripper.read.selector import SelectorError, parse_selector

LONGEST = 2_000
"""Characters of an expression."""
_DEEPEST = 20
"""Brackets within brackets."""
_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"[^\"]*\"|'[^']*')|(?P<number>\d{1,6}(?![\d.]))|(?P<name>[^\W\d][\w.-]*(?::(?!:)[\w.-]+)?)"
    r"|(?P<sign>//|::|!=|<=|>=|\.\.|[/|()\[\]@,.=<>*-]))"
)
_PLAIN = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
_SILENT = frozenset({"meta", "link", "img", "input", "base", "script", "style", "title", "head"})
"""Elements that show no text."""
_TEXT_BESIDE = frozenset({"datetime", "content", "title"})
"""Attributes that say what their element shows, in another form."""
_WHOLE_TEXT = "text() is taken for the text of the whole element"
_SHOWN_TEXT = "the element's text is read, not its attribute"
_BEFORE = {"preceding-sibling": "~", "ancestor": " ", "parent": ">"}
"""Axes that lead backwards, and how an element stands to what they lead to."""
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


class Untranslatable(ValueError):
    """An expression that no selector can say; says why."""


class Translated(NamedTuple):
    """A selector, and where it means a little more or less than the expression, in words."""

    selector: str
    inexact: tuple[str, ...]


def translated(expression: str) -> Translated:
    """The selector that matches the same elements as an XPath expression. Raises Untranslatable; where it is no XPath, too."""
    if len(expression) > LONGEST:
        raise Untranslatable(f"it has {len(expression):,} characters; at most {LONGEST:,} are read")
    try:
        etree.XPath(expression)
    except (etree.XPathError, ValueError) as error:
        raise Untranslatable(f"it is no XPath: {error}") from None
    parser = _Parser(_tokens(expression))
    chains = parser.union()
    if parser.at < len(parser.tokens):
        raise Untranslatable(f"{parser.tokens[parser.at][1]!r} has no translation")
    selector = ", ".join(dict.fromkeys("".join(f"{_sign(step.combinator)}{step.css()}" for step in chain) for chain in chains))
    try:
        parse_selector(selector)
    except SelectorError as error:
        raise Untranslatable(f"as a selector it is refused: {error}") from None
    return Translated(selector, tuple(dict.fromkeys(parser.inexact)))


def quoted(value: str) -> str:
    """A text as it stands between quotation marks in a selector."""
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\{ord(found[0]):x} ", value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


@dataclass
class _Step:
    """One element: how it stands to the one before, its name, and what else must hold, as tests of a selector."""

    combinator: str
    tag: str
    tests: list[str] = field(default_factory=list)
    axis: str = "child"

    def css(self) -> str:
        return (self.tag if self.tag != "*" else "") + "".join(self.tests) or "*"


_Chain = list[_Step]


def _sign(combinator: str) -> str:
    return combinator if combinator in ("", " ") else f" {combinator} "


def _tokens(expression: str) -> list[tuple[str, str]]:
    """Kind and text of each token."""
    tokens: list[tuple[str, str]] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        found = _TOKEN.match(expression, at)
        if not found or not found.lastgroup:
            raise Untranslatable(f"{expression[at : at + 20].strip()!r} has no translation")
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return tokens


class _Parser:
    """Reads tokens from left to right, and never back."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.inexact: list[str] = []

    def union(self) -> list[_Chain]:
        """Paths, with "|" between them."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Untranslatable("its brackets stand too deep in brackets")
        chains = self._path()
        while self._took("|"):
            chains += self._path()
        self.depth -= 1
        return chains

    def _path(self) -> list[_Chain]:
        if self._took("("):
            chains = self.union()
            self._need(")")
            while self._took("["):
                self._predicate_of_all(chains)
        elif self._peek("(", 1) and self._kind() == "name":
            chains = self._called()
        elif self._took("//"):
            chains = self._step([[]], "")
        elif self._took("/"):
            chains = self._step([[]], "/")
        elif self._took("."):
            if not self._peek("//"):
                raise Untranslatable("it begins at no element of the page")
            self._took("//")
            chains = self._step([[]], "")
        else:
            raise Untranslatable("it begins at no element of the page; '//' is missing")
        return self._steps(chains)

    def _called(self) -> list[_Chain]:
        """id('x'), or a function that gives the text of what is in its brackets."""
        name = self._next()
        self._need("(")
        if name == "id":
            chains = [[_Step("", "*", [_attribute("id", "=", self._string())])]]
        elif name in ("string", "normalize-space"):
            chains = self.union()
        else:
            raise Untranslatable(f"{name}() has no translation")
        self._need(")")
        return chains

    def _steps(self, chains: list[_Chain]) -> list[_Chain]:
        while self._peek("/") or self._peek("//"):
            chains = self._step(chains, " " if self._next() == "//" else ">")
        return chains

    def _step(self, chains: list[_Chain], combinator: str) -> list[_Chain]:
        """The chains with the next step, and its predicates, at their ends."""
        if self._took("@"):
            return self._ended_by_attribute(chains, self._next())
        if self._took(".."):
            return [_with_parent(chain, "*") for chain in chains]
        if self._took("."):
            raise Untranslatable("'.' within a path has no translation")
        axis = "child"
        if self._peek("::", 1):
            axis = self._next()
            self._need("::")
        if self._peek("(", 1):
            return self._ended_by_node(chains, self._next())
        step = _Step(combinator, self._tag(), axis=axis)
        if combinator == "/":
            if step.tag not in ("html", "*") or axis != "child":
                raise Untranslatable("nothing but html stands at the root of a page")
            step = _Step("", "html")
        found = self._joined(chains, step)
        while self._took("["):
            self._predicate_of_all(found, step)
        return found

    def _tag(self) -> str:
        """The name of an element, or "*"."""
        tag = self._next() if self._peek("*") or self._kind() == "name" else ""
        if not (tag == "*" or _PLAIN.fullmatch(tag)):
            raise Untranslatable(f"{tag or 'a step of this kind'!r} has no translation")
        if tag != tag.lower():
            raise Untranslatable(f"{tag} in capitals matches no element of HTML")
        return tag

    def _joined(self, chains: list[_Chain], step: _Step) -> list[_Chain]:
        if step.axis in ("child", "descendant"):
            if step.axis == "descendant" and step.combinator:
                step.combinator = " "
            rows = [_Step(">", "tbody")] if step.tag == "tr" and step.combinator == ">" else []  # where parsers put the rows of a table
            return [[*chain, *(rows if chain and chain[-1].tag == "table" else []), step] for chain in chains]
        if step.axis == "following-sibling" and step.combinator == ">":
            step.combinator = "~"
            return [[*chain, step] for chain in chains]
        if step.axis == "parent" and step.combinator == ">":
            return [_with_parent(chain, step.tag) for chain in chains]
        if step.axis == "self" and step.combinator == ">":
            return [[*chain[:-1], _narrowed(chain[-1], step.tag)] for chain in chains]
        if step.axis == "ancestor" and step.combinator == ">" and all(len(chain) == 1 for chain in chains):
            return [[_Step("", step.tag, [f":has({chain[0].css()})"], "ancestor")] for chain in chains]
        raise Untranslatable(f"the axis {step.axis}:: has no translation here")

    def _ended_by_attribute(self, chains: list[_Chain], name: str) -> list[_Chain]:
        """The elements that have an attribute, where what they show says the same."""
        if not all(chains) or any(chain[-1].tag in _SILENT for chain in chains):
            raise Untranslatable("the elements show no text; what a page declares is read without rules")
        if name not in _TEXT_BESIDE or (self.at < len(self.tokens) and not self._peek("|") and not self._peek(")")):
            raise Untranslatable(f"an attribute ({name}) isn't text of the page")
        self.inexact.append(_SHOWN_TEXT)
        return [[*chain[:-1], _with(chain[-1], f"[{_name(name)}]")] for chain in chains]

    def _ended_by_node(self, chains: list[_Chain], name: str) -> list[_Chain]:
        self._need("(")
        self._need(")")
        if name != "text" or not all(chains):
            raise Untranslatable(f"{name}() has no translation")
        self.inexact.append(_WHOLE_TEXT)
        return chains

    def _predicate_of_all(self, chains: list[_Chain], step: _Step | None = None) -> None:
        """Read a predicate, behind its "[", and add it to the last step of each chain. `step` is None behind a bracket."""
        place = self._place()
        if step and step.axis == "child" and self._kind() == "name" and self._peek("::", 1) and self.tokens[self.at][1] in _BEFORE:
            self._preceded(chains, step)
        elif place and not step:
            if place[1:] != (0, 1) or len(chains) > 1:
                raise Untranslatable("a place among all matches of the page has no translation but the first and the last of a single path")
            chains[0][-1].tests.append(":last" if place[0] else ":first")
        elif place and step and all(chain[-1] is step for chain in chains):
            _place_among(step, place)
        elif place:
            raise Untranslatable("a place on this axis has no translation")
        else:
            test = self._or()
            for last in {id(chain[-1]): chain[-1] for chain in chains}.values():
                last.tests.append(test)
        self._need("]")

    def _preceded(self, chains: list[_Chain], step: _Step) -> None:
        """Read an axis that leads backwards, alone in its predicate: what it leads to becomes the step before."""
        axis = self._next()
        self._need("::")
        found = _Step(step.combinator, self._tag())
        step.combinator, step.axis = _BEFORE[axis], axis
        while self._took("["):
            if self._place():
                raise Untranslatable("a place within a predicate has no translation")
            found.tests.append(self._or())
            self._need("]")
        if not self._peek("]") or found.combinator not in (("", " ", ">") if axis == "preceding-sibling" else ("",)):
            raise Untranslatable(f"{axis}:: in a predicate has no translation here")
        for chain in chains:
            chain.insert(len(chain) - 1, found)

    def _place(self) -> tuple[bool, int, int] | None:
        """A predicate that is a place: whether it counts from the end, and step and first place as CSS has them."""
        shapes = [text for _, text in self.tokens[self.at : self.at + 6]]
        if len(shapes) > 1 and shapes[1] == "]" and self._kind() == "number":
            self.at += 1
            return False, 0, int(shapes[0])
        if shapes[:4] == ["last", "(", ")", "]"]:
            self.at += 3
            return True, 0, 1
        if shapes[:4] == ["last", "(", ")", "-"] and len(shapes) == 6 and shapes[5] == "]" and shapes[4].isdigit():
            self.at += 5
            return True, 0, int(shapes[4]) + 1
        if (
            shapes[:3] == ["position", "(", ")"]
            and len(shapes) > 4
            and shapes[4].isdigit()
            and self.tokens[self.at + 5 : self.at + 6] == [("sign", "]")]
        ):
            number, operator = int(shapes[4]), shapes[3]
            steps = {"=": (0, number), "<": (-1, number - 1), "<=": (-1, number), ">": (1, number + 1), ">=": (1, number)}
            if operator in steps:
                self.at += 5
                return False, *steps[operator]
        return None

    def _or(self) -> str:
        """Tests joined by "or", as one test."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Untranslatable("its brackets stand too deep in brackets")
        found = [self._and()]
        while self._took("or"):
            found.append(self._and())
        self.depth -= 1
        return found[0] if len(found) == 1 else f":is({', '.join(found)})"

    def _and(self) -> str:
        tests = [self._test()]
        while self._took("and"):
            tests.append(self._test())
        return "".join(tests)

    def _test(self) -> str:
        if self._took("("):
            test = self._or()
            self._need(")")
            return test
        if self._took("@"):
            return self._compared(_name(self._next()))
        if (self._peek(".") and self._peek("=", 1)) or (self._peek("text") and self._peek("(", 1)):
            return self._said()
        if self._kind() == "name" and self._peek("(", 1):
            return self._function()
        return self._inside()

    def _compared(self, name: str) -> str:
        for operator in ("=", "!="):
            if self._took(operator):
                test = _attribute(name, "=", self._string())
                return test if operator == "=" else f"[{name}]:not({test})"
        return f"[{name}]"

    def _said(self) -> str:
        """A text that is compared: .='x' or text()='x'."""
        self._whole_text()
        if self._took("="):
            return _text(":says", self._string())
        raise Untranslatable("a text that isn't compared with another has no translation")

    def _function(self) -> str:
        name = self._next()
        self._need("(")
        if name == "not":
            test = self._or()
            self._need(")")
            return f":not({test})"
        if name in ("contains", "starts-with"):
            return self._searched(name)
        raise Untranslatable(f"{name}() has no translation")

    def _searched(self, name: str) -> str:
        """contains(...) or starts-with(...), behind the bracket."""
        operator = "*=" if name == "contains" else "^="
        if self._took("@"):
            attribute = _name(self._next())
            self._need(",")
            value = self._string()
            self._need(")")
            return _attribute(attribute, operator, value)
        if name == "contains" and self._took("concat"):
            return self._word()
        if self._whole_text():
            self._need(",")
            value = self._string()
            self._need(")")
            return _text(":contains" if name == "contains" else ":begins", value)
        raise Untranslatable(f"{name}() of anything but an attribute or the text has no translation")

    def _whole_text(self) -> bool:
        if self._took("."):
            return True
        if self._peek("text") and self._peek("(", 1):
            self.at += 2
            self._need(")")
            self.inexact.append(_WHOLE_TEXT)
            return True
        return False

    def _word(self) -> str:
        """contains(concat(' ', @class, ' '), ' x '), behind "concat"."""
        self._need("(")
        if self._string() != " ":
            raise Untranslatable("concat() of anything but blanks around an attribute has no translation")
        self._need(",")
        spaced = self._took("normalize-space")
        if spaced:
            self._need("(")
        self._need("@")
        name = _name(self._next())
        if spaced:
            self._need(")")
        self._need(",")
        blank = self._string()
        self._need(")")
        self._need(",")
        value = self._string()
        self._need(")")
        if blank != " " or value != f" {value.strip()} " or len(value.split()) != 1:
            raise Untranslatable("concat() of anything but blanks around one word of an attribute has no translation")
        return f".{value.strip()}" if name == "class" and _PLAIN.fullmatch(value.strip()) else _attribute(name, "~=", value.strip())

    def _inside(self) -> str:
        """A path that begins at the element: what it is itself, or what stands in it."""
        child = True
        if self._took("."):
            child = not self._peek("//")
            if not (self._took("//") or self._took("/")):
                raise Untranslatable("the text of an element can't be compared, only searched")
        axis = "child" if child else "descendant"
        if self._peek("::", 1):
            axis = self._next()
            self._need("::")
        tag = self._tag()
        if axis not in ("child", "descendant", "self") or self._peek("("):
            raise Untranslatable(f"{axis}::{tag} in a predicate has no translation")
        step = _Step("", tag)
        while self._took("["):
            if self._place():
                raise Untranslatable("a place within a predicate has no translation")
            step.tests.append(self._or())
            self._need("]")
        if self._took("/"):
            if not self._took("@"):
                raise Untranslatable("a path of several steps in a predicate has no translation")
            step.tests.append(self._compared(_name(self._next())))
        if self._kind() == "sign" and self.tokens[self.at][1] in ("//", *_MIRRORED):
            raise Untranslatable("a path that is compared in a predicate has no translation")
        if axis == "self":
            return f":is({step.css()})"
        return f":has({'> ' if axis == 'child' else ''}{step.css()})"

    def _kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _peek(self, text: str, ahead: int = 0) -> bool:
        place = self.at + ahead
        return place < len(self.tokens) and self.tokens[place][0] != "string" and self.tokens[place][1] == text

    def _took(self, text: str) -> bool:
        if self._peek(text):
            self.at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._took(text):
            raise Untranslatable(f"{self.tokens[self.at][1]!r} has no translation here" if self.at < len(self.tokens) else "its end is missing")

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise Untranslatable("its end is missing")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _string(self) -> str:
        if self._kind() != "string":
            raise Untranslatable("a comparison with anything but a text has no translation")
        return self._next()[1:-1]


def _attribute(name: str, operator: str, value: str) -> str:
    if operator != "=" and not value:
        raise Untranslatable("every attribute contains the empty text")
    return f"#{value}" if (name, operator) == ("id", "=") and _PLAIN.fullmatch(value) else f"[{name}{operator}{quoted(value)}]"


def _text(pseudo: str, value: str) -> str:
    if not 0 < len(value) <= 200:
        raise Untranslatable("a text to look for has 1 to 200 characters")
    return f"{pseudo}({quoted(value)})"


def _name(name: str) -> str:
    """The name of an attribute."""
    if not _PLAIN.fullmatch(name):
        raise Untranslatable(f"the attribute {name} has no translation")
    return name.lower()


def _with(step: _Step, test: str) -> _Step:
    return _Step(step.combinator, step.tag, [*step.tests, test], step.axis)


def _narrowed(step: _Step, tag: str) -> _Step:
    """The step where its element has this name, too."""
    return step if tag == "*" else _Step(step.combinator, tag, step.tests) if step.tag == "*" else _with(step, f":is({tag})")


def _with_parent(chain: _Chain, tag: str) -> _Chain:
    """The parents of what a chain matches."""
    if not chain:
        raise Untranslatable("it begins at no element of the page")
    *before, last = chain
    test = f":has(> {last.css()})"
    if last.combinator == "" and not before:
        return [_Step("", tag, [test], "parent")]
    if last.combinator == ">":
        return [*before[:-1], _narrowed(_with(before[-1], test), tag)]
    raise Untranslatable("the parent of what stands somewhere below has no translation")


def _place_among(step: _Step, place: tuple[bool, int, int]) -> None:
    """Let a step be only in a place among its siblings that are like it."""
    last, every, first = place
    if step.axis == "following-sibling":
        if step.tag != "*" or step.tests or place != (False, 0, 1):
            raise Untranslatable("a place among following siblings has no translation but '*[1]'")
        step.combinator, step.axis = "+", "child"
        return
    if step.axis != "child":
        raise Untranslatable(f"a place on the axis {step.axis}:: has no translation")
    said = f"{'-' if every < 0 else ''}n{first:+d}" if every else str(first)
    what = "last-" if last else ""
    if step.tests:
        step.tests[:] = [f":nth-{what}child({said} of {step.css()})"]
    else:
        step.tests.append(f":nth-{what}{'child' if step.tag == '*' else 'of-type'}({said})")
