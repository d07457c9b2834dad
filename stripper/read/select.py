"""Which elements of a page selectors match.

The tree is laid out once as lists in the order of the document. Every test of a selector, and every step from one element to the next, is a walk over
some of these lists, so the time is linear in elements times parts of selectors, whatever the page and the selectors are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from selectolax.lexbor import LexborNode

from stripper.read.selector import Among, Attribute, Compound, Contains, Edge, Has, Nth, Selector, Step, Tag, Test

Matched = frozenset[int]
"""Numbers of elements."""

_HOLDS: Mapping[str, Callable[[str, str], bool]] = {
    "": lambda value, wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "*=": lambda value, wanted: wanted in value,
    "^=": lambda value, wanted: value.startswith(wanted),
    "$=": lambda value, wanted: value.endswith(wanted),
}


def selected(top: LexborNode, selectors: Mapping[str, Selector]) -> dict[int, tuple[str, ...]]:
    """For the `mem_id` of each element below `top`, or `top` itself, that is matched by any selector the names of these, in their order."""
    elements = Elements(top)
    found: dict[int, list[str]] = {}
    for name, selector in selectors.items():
        for number in elements.matched(selector):
            found.setdefault(elements.ids[number], []).append(name)
    return {mem_id: tuple(names) for mem_id, names in found.items()}


class Elements:
    """The elements of a page, numbered from 0 in the order of the document."""

    def __init__(self, top: LexborNode) -> None:
        self.ids: list[int] = []
        """The `mem_id` of each element."""
        self._parents: list[int] = []
        """The element around each; -1 for the first."""
        self._before: list[int] = []
        """Its sibling before it; -1 for a first child."""
        self._ends: list[int] = []
        """One more than the last element inside it."""
        self._tags: list[str] = []
        self._by_tag: dict[str, list[int]] = defaultdict(list)
        self._by_value: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        """For each attribute, and each value of it, the elements that have it."""
        self._texts: list[tuple[int, int]] = []
        """The span of each element's text in `_text`."""
        self._text = self._lay_out(top)
        self._known: dict[Test, Matched] = {}

    def _lay_out(self, top: LexborNode) -> str:
        """Fill the lists; the answer is all text of the tree as its source has it, scripts and all."""
        pieces: list[str] = []
        length = 0
        open_: list[tuple[int, LexborNode]] = []
        before = [-1]  # the last child so far, of each open element and of what is around the first
        node: LexborNode | None = top
        while node is not None or open_:
            if node is None:
                number, closed = open_.pop()
                before.pop()
                self._ends[number] = len(self.ids)
                self._texts[number] = (self._texts[number][0], length)
                node = closed.next if open_ else None
                continue
            tag = node.tag or "-comment"
            if tag.startswith("-"):
                if tag == "-text":
                    pieces.append(text := node.text_content or "")
                    length += len(text)
                node = node.next
                continue
            before[-1] = self._add(node, tag, open_[-1][0] if open_ else -1, before[-1])
            self._texts.append((length, length))
            open_.append((before[-1], node))
            before.append(-1)
            node = node.first_child
        return "".join(pieces)

    def _add(self, node: LexborNode, tag: str, parent: int, before: int) -> int:
        number = len(self.ids)
        self.ids.append(node.mem_id)
        self._parents.append(parent)
        self._before.append(before)
        self._ends.append(number + 1)
        self._tags.append(tag)
        self._by_tag[tag].append(number)
        for name, value in node.attributes.items():
            self._by_value[name][value or ""].append(number)
        return number

    def text_of(self, number: int) -> str:
        """The text of an element, as the source has it."""
        start, end = self._texts[number]
        return self._text[start:end]

    def matched(self, selector: Selector) -> Matched:
        """The elements that a selector matches."""
        return frozenset().union(*(self._chain(steps) for steps in selector))

    def _chain(self, steps: Iterable[Step]) -> Matched:
        found: Matched = frozenset()
        for combinator, compound in steps:
            here = self._compound(compound)
            found = here if not combinator else self._after(found, combinator, here) if found and here else frozenset()
            for test in compound:
                if isinstance(test, Edge) and found:
                    found = frozenset({max(found) if test.last else min(found)})
        return found

    def _after(self, firsts: Matched, combinator: str, here: Matched) -> Matched:
        """Those of `here` that stand so to one of `firsts`."""
        if combinator == " ":
            return self._inside(firsts, here)
        if combinator == ">":
            return frozenset(number for number in here if self._parents[number] in firsts)
        if combinator == "+":
            return frozenset(number for number in here if self._before[number] in firsts)
        earliest: dict[int, int] = {}
        for number in sorted(firsts, reverse=True):
            earliest[self._parents[number]] = number
        return frozenset(number for number in here if earliest.get(self._parents[number], number) < number)

    def _inside(self, firsts: Matched, here: Matched) -> Matched:
        """Those of `here` that stand inside one of `firsts`."""
        starts, ends = [0], [0]
        for number in sorted(firsts):
            if number >= ends[-1]:  # else it stands inside the one before
                starts.append(number + 1)
                ends.append(self._ends[number])
        return frozenset(number for number in here if number < ends[bisect_right(starts, number) - 1])

    def _any(self, compounds: Iterable[Compound]) -> Matched:
        return frozenset().union(*map(self._compound, compounds))

    def _compound(self, compound: Compound) -> Matched:
        if not compound:
            return frozenset(range(len(self.ids)))
        return frozenset.intersection(*map(self._test, compound))

    def _test(self, test: Test) -> Matched:
        """The elements that pass a test. The same stand in many selectors, so each is done once."""
        known = self._known.get(test)
        if known is None:
            known = self._known[test] = self._passing(test)
        return known

    def _passing(self, test: Test) -> Matched:
        if isinstance(test, Tag):
            return frozenset(self._by_tag.get(test.name, ()))
        if isinstance(test, Attribute):
            holds, values = _HOLDS[test.operator], self._by_value.get(test.name, {})
            return frozenset(number for value, numbers in values.items() if holds(value, test.value) for number in numbers)
        if isinstance(test, Among):
            found = self._any(test.compounds)
            return frozenset(range(len(self.ids))) - found if test.negated else found
        if isinstance(test, Has):
            return self._around(self._any(test.compounds), test.child)
        if isinstance(test, Contains):
            return self._containing(test.text, test.place)
        return self._placed(test) if isinstance(test, Nth) else frozenset(range(len(self.ids)))

    def _around(self, inner: Matched, child: bool) -> Matched:
        """The elements around these: their parents, or all."""
        found: set[int] = set()
        for number in inner:
            parent = self._parents[number]
            while parent >= 0 and parent not in found:
                found.add(parent)
                parent = -1 if child else self._parents[parent]
        return frozenset(found)

    def _containing(self, text: str, place: str) -> Matched:
        if place != "contains":
            found = frozenset(number for number, (start, _) in enumerate(self._texts) if self._text.startswith(text, start))
            ends = [end - start for start, end in self._texts]
            return frozenset(number for number in found if ends[number] == len(text) or (place == "begins" and ends[number] > len(text)))
        places: list[int] = []
        at = self._text.find(text)
        while at >= 0:
            places.append(at)
            at = self._text.find(text, at + 1)
        places.append(len(self._text))  # no text reaches beyond it
        return frozenset(number for number, (start, end) in enumerate(self._texts) if places[bisect_left(places, start)] + len(text) <= end)

    def _placed(self, test: Nth) -> Matched:
        """The elements in a place among the children of their parents."""
        counts: dict[tuple[int, str], int] = defaultdict(int)
        found: set[int] = set()
        for number in sorted(self._any(test.compounds or ((),)), reverse=test.last):
            place = self._parents[number], self._tags[number] if test.same_name else ""
            counts[place] += 1
            steps = counts[place] - test.first
            if steps == 0 or (test.step and steps % test.step == 0 and steps // test.step > 0):
                found.add(number)
        return frozenset(found)
