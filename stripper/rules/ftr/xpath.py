"""XPath as configurations of sites use it, said as a selector. What a selector can't say is refused with the reason, never bent."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from stripper.read.selector import SelectorError, parse_selector
from stripper.rules.ftr.predicates import DEEPEST, WHOLE_TEXT, Predicates, Step, attribute, attribute_name
from stripper.rules.ftr.tokens import Untranslatable

LONGEST = 2_000
"""Characters of an expression."""
_SILENT = frozenset({"meta", "link", "img", "input", "base", "script", "style", "title", "head"})
"""Elements that show no text."""
_TEXT_BESIDE = frozenset({"datetime", "content", "title"})
"""Attributes that say what their element shows, in another form."""
_SHOWN_TEXT = "the element's text is read, not its attribute"
_BEFORE = {"preceding-sibling": "~", "ancestor": " ", "parent": ">"}
"""Axes that lead backwards, and how an element stands to what they lead to."""


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
    parser = _Parser(expression)
    chains = parser.union()
    if parser.at < len(parser.tokens):
        raise Untranslatable(f"{parser.tokens[parser.at][1]!r} has no translation")
    selector = ", ".join(dict.fromkeys("".join(f"{_sign(step.combinator)}{step.css()}" for step in chain) for chain in chains))
    try:
        parse_selector(selector)
    except SelectorError as error:
        raise Untranslatable(f"as a selector it is refused: {error}") from None
    return Translated(selector, tuple(dict.fromkeys(parser.inexact)))


_Chain = list[Step]


def _sign(combinator: str) -> str:
    return combinator if combinator in ("", " ") else f" {combinator} "


class _Parser(Predicates):
    """Reads tokens from left to right, and never back."""

    def union(self) -> list[_Chain]:
        """Paths, with "|" between them."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Untranslatable("its brackets stand too deep in brackets")
        chains = self._path()
        while self.took("|"):
            chains += self._path()
        self.depth -= 1
        return chains

    def _path(self) -> list[_Chain]:
        if self.took("("):
            chains = self.union()
            self.need(")")
            while self.took("["):
                self._predicate_of_all(chains)
        elif self.peek("(", 1) and self.kind() == "name":
            chains = self._called()
        elif self.took("//"):
            chains = self._step([[]], "")
        elif self.took("/"):
            chains = self._step([[]], "/")
        elif self.took("."):
            if not self.peek("//"):
                raise Untranslatable("it begins at no element of the page")
            self.took("//")
            chains = self._step([[]], "")
        else:
            raise Untranslatable("it begins at no element of the page; '//' is missing")
        return self._steps(chains)

    def _called(self) -> list[_Chain]:
        """id('x'), or a function that gives the text of what is in its brackets."""
        name = self.next()
        self.need("(")
        if name == "id":
            chains = [[Step("", "*", [attribute("id", "=", self.string())])]]
        elif name in ("string", "normalize-space"):
            chains = self.union()
        else:
            raise Untranslatable(f"{name}() has no translation")
        self.need(")")
        return chains

    def _steps(self, chains: list[_Chain]) -> list[_Chain]:
        while self.peek("/") or self.peek("//"):
            chains = self._step(chains, " " if self.next() == "//" else ">")
        return chains

    def _step(self, chains: list[_Chain], combinator: str) -> list[_Chain]:
        """The chains with the next step, and its predicates, at their ends."""
        if self.took("@"):
            return self._ended_by_attribute(chains, self.next())
        if self.took(".."):
            return [_with_parent(chain, "*") for chain in chains]
        if self.took("."):
            raise Untranslatable("'.' within a path has no translation")
        axis = "child"
        if self.peek("::", 1):
            axis = self.next()
            self.need("::")
        if self.peek("(", 1):
            return self._ended_by_node(chains, self.next())
        step = Step(combinator, self.tag(), axis=axis)
        if combinator == "/":
            if step.tag not in ("html", "*") or axis != "child":
                raise Untranslatable("nothing but html stands at the root of a page")
            step = Step("", "html")
        found = self._joined(chains, step)
        while self.took("["):
            self._predicate_of_all(found, step)
        return found

    def _joined(self, chains: list[_Chain], step: Step) -> list[_Chain]:
        if step.axis in ("child", "descendant"):
            if step.axis == "descendant" and step.combinator:
                step.combinator = " "
            rows = [Step(">", "tbody")] if step.tag == "tr" and step.combinator == ">" else []  # where parsers put the rows of a table
            return [[*chain, *(rows if chain and chain[-1].tag == "table" else []), step] for chain in chains]
        if step.axis == "following-sibling" and step.combinator == ">":
            step.combinator = "~"
            return [[*chain, step] for chain in chains]
        if step.axis == "parent" and step.combinator == ">":
            return [_with_parent(chain, step.tag) for chain in chains]
        if step.axis == "self" and step.combinator == ">":
            return [[*chain[:-1], _narrowed(chain[-1], step.tag)] for chain in chains]
        if step.axis == "ancestor" and step.combinator == ">" and all(len(chain) == 1 for chain in chains):
            return [[Step("", step.tag, [f":has({chain[0].css()})"], "ancestor")] for chain in chains]
        raise Untranslatable(f"the axis {step.axis}:: has no translation here")

    def _ended_by_attribute(self, chains: list[_Chain], name: str) -> list[_Chain]:
        """The elements that have an attribute, where what they show says the same."""
        if not all(chains) or any(chain[-1].tag in _SILENT for chain in chains):
            raise Untranslatable("the elements show no text; what a page declares is read without rules")
        if name not in _TEXT_BESIDE or (self.at < len(self.tokens) and not self.peek("|") and not self.peek(")")):
            raise Untranslatable(f"an attribute ({name}) isn't text of the page")
        self.inexact.append(_SHOWN_TEXT)
        return [[*chain[:-1], _with(chain[-1], f"[{attribute_name(name)}]")] for chain in chains]

    def _ended_by_node(self, chains: list[_Chain], name: str) -> list[_Chain]:
        self.need("(")
        self.need(")")
        if name != "text" or not all(chains):
            raise Untranslatable(f"{name}() has no translation")
        self.inexact.append(WHOLE_TEXT)
        return chains

    def _predicate_of_all(self, chains: list[_Chain], step: Step | None = None) -> None:
        """Read a predicate, behind its "[", and add it to the last step of each chain. `step` is None behind a bracket."""
        place = self.place()
        if step and step.axis == "child" and self.kind() == "name" and self.peek("::", 1) and self.tokens[self.at][1] in _BEFORE:
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
            test = self.any_of()
            for last in {id(chain[-1]): chain[-1] for chain in chains}.values():
                last.tests.append(test)
        self.need("]")

    def _preceded(self, chains: list[_Chain], step: Step) -> None:
        """Read an axis that leads backwards, alone in its predicate: what it leads to becomes the step before."""
        axis = self.next()
        self.need("::")
        found = Step(step.combinator, self.tag())
        step.combinator, step.axis = _BEFORE[axis], axis
        while self.took("["):
            if self.place():
                raise Untranslatable("a place within a predicate has no translation")
            found.tests.append(self.any_of())
            self.need("]")
        if not self.peek("]") or found.combinator not in (("", " ", ">") if axis == "preceding-sibling" else ("",)):
            raise Untranslatable(f"{axis}:: in a predicate has no translation here")
        for chain in chains:
            chain.insert(len(chain) - 1, found)


def _with(step: Step, test: str) -> Step:
    return Step(step.combinator, step.tag, [*step.tests, test], step.axis)


def _narrowed(step: Step, tag: str) -> Step:
    """The step where its element has this name, too."""
    return step if tag == "*" else Step(step.combinator, tag, step.tests) if step.tag == "*" else _with(step, f":is({tag})")


def _with_parent(chain: _Chain, tag: str) -> _Chain:
    """The parents of what a chain matches."""
    if not chain:
        raise Untranslatable("it begins at no element of the page")
    *before, last = chain
    test = f":has(> {last.css()})"
    if last.combinator == "" and not before:
        return [Step("", tag, [test], "parent")]
    if last.combinator == ">":
        return [*before[:-1], _narrowed(_with(before[-1], test), tag)]
    raise Untranslatable("the parent of what stands somewhere below has no translation")


def _place_among(step: Step, place: tuple[bool, int, int]) -> None:
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
