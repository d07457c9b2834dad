"""Examples for selectors: the least markup that one matches, around a sentence."""

from __future__ import annotations

import html
from collections.abc import Iterable

from stripper.read.selector import Among, Attribute, Compound, Contains, Has, Nth, Step, Tag
from stripper.rules.base import CLOSE, OPEN

SENTENCE = "The ferry runs again."
_FILLER = "A lamp burns at the pier."
_FARTHEST = 12
"""Places among siblings for which an example is written."""
_SILENT = frozenset({"audio", "base", "br", "canvas", "embed", "head", "hr", "iframe", "img", "input", "link", "meta", "noscript", "object"}) | {
    *("option", "script", "select", "source", "style", "svg", "template", "textarea", "title", "video")
}
"""Elements that show no text."""
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tbody", "thead", "tfoot"})
_OF_TABLES = _CELLS | _ROWS | {"tr", "caption", "colgroup"}


def shows_text(chain: tuple[Step, ...]) -> bool:
    """Whether what a chain matches may show text: pictures, scripts and frames don't."""
    return _tag(chain[-1].compound) not in _SILENT


def example(chain: tuple[Step, ...]) -> str:
    """Markup whose marked text the chain matches, as far as that can be told without trying it."""
    *before, last = chain
    tag = _tag(last.compound)
    markup = _placed(last.compound, _fitting(f"{OPEN}{_text(last.compound)}{CLOSE}", "", tag))
    combinator = last.combinator
    for step in reversed(before):
        if combinator in ("+", "~"):
            tag = _tag(step.compound)
            markup = _placed(step.compound, _fitting(_FILLER, "", tag)) + markup
        else:
            outer = _tag(step.compound)
            markup, tag = _placed(step.compound, _fitting(markup, tag, outer)), outer
        combinator = step.combinator
    return _fitting(markup, tag, "div")


def _tag(compound: Compound) -> str:
    for test in compound:
        if isinstance(test, Tag):
            return test.name
        if isinstance(test, Among) and not test.negated and (name := _tag(test.compounds[0])) != "div":
            return name
    return "div"


def _text(compound: Compound) -> str:
    """What the element says: the texts that it must begin with or contain, and a sentence; or just what it must say."""
    needed = sorted(_needed_texts(compound), key=lambda test: test.place)  # what it begins with comes before what it contains
    whole = [test.text for test in needed if test.place == "says"]
    return html.escape(whole[0] if whole else " ".join([*(test.text for test in needed), SENTENCE]), quote=False)


def _needed_texts(compound: Compound) -> list[Contains]:
    found: list[Contains] = []
    for test in compound:
        if isinstance(test, Contains):
            found.append(test)
        elif isinstance(test, Among) and not test.negated:
            found += _needed_texts(test.compounds[0])
    return found


def _placed(compound: Compound, content: str) -> str:
    """An element, with the siblings that put it into its place."""
    markup = _element(compound, content)
    for test in compound:
        if isinstance(test, Nth) and (place := next((p for p in range(1, _FARTHEST + 1) if is_place(test, p)), 0)) > 1:
            like = test.compounds[0] if test.compounds else (Tag(_tag(compound)),)
            siblings = _element(like, _fitting(_FILLER, "", _tag(like))) * (place - 1)
            markup = markup + siblings if test.last else siblings + markup
    return markup


def is_place(test: Nth, place: int) -> bool:
    """Whether a place, from 1, is one that the test asks for."""
    steps = place - test.first
    return steps == 0 or (test.step != 0 and steps % test.step == 0 and steps // test.step > 0)


def _element(compound: Compound, content: str) -> str:
    tag = _tag(compound)
    inside = "".join(_fitting(_element(c, ""), _tag(c), tag) for c in _needed_inside(compound))
    return f"<{tag}{_attributes(compound)}>{inside}{content}</{tag}>"


def _needed_inside(compound: Compound) -> Iterable[Compound]:
    for test in compound:
        if isinstance(test, Has):
            yield test.compounds[0]
        elif (isinstance(test, Among) and not test.negated) or (isinstance(test, Nth) and test.compounds):
            yield from _needed_inside(test.compounds[0])


def _attributes(compound: Compound) -> str:
    whole: dict[str, str] = {}
    parts: dict[str, list[tuple[int, str]]] = {}
    _gather(compound, whole, parts)
    values = {name: " ".join(value for _, value in sorted(found)) for name, found in parts.items()} | whole
    return "".join(f' {name}="{html.escape(value)}"' for name, value in values.items())


def _gather(compound: Compound, whole: dict[str, str], parts: dict[str, list[tuple[int, str]]]) -> None:
    """What attributes must be, and what they must begin with (0), hold (1) or end in (2)."""
    for test in compound:
        if isinstance(test, Attribute) and test.operator == "=":
            whole[test.name] = test.value
        elif isinstance(test, Attribute):
            parts.setdefault(test.name, []).append(({"^=": 0, "$=": 2}.get(test.operator, 1), test.value or "x"))
        elif (isinstance(test, Among) and not test.negated) or (isinstance(test, Nth) and test.compounds):
            _gather(test.compounds[0], whole, parts)


def _fitting(markup: str, tag: str, outer: str) -> str:
    """Markup whose outermost elements have this name ("" for text), with what parsers want between it and the element around it."""
    if tag in _CELLS and outer != "tr":
        markup, tag = f"<tr>{markup}</tr>", "tr"
    if tag == "tr" and outer not in _ROWS:
        markup, tag = f"<tbody>{markup}</tbody>", "tbody"
    if tag in _OF_TABLES and outer not in ("table", "tr", *_ROWS):
        return f"<table>{markup}</table>"
    if not markup or tag in _OF_TABLES:
        return markup
    if outer == "tr":
        return f"<td>{markup}</td>"
    if outer in _ROWS:
        return f"<tr><td>{markup}</td></tr>"
    if outer == "table":
        return f"<tbody><tr><td>{markup}</td></tr></tbody>"
    return markup
