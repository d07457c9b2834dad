"""How things are said to people, in the terminal and on pages: what a scraped page holds can't harm whoever looks at it."""

from __future__ import annotations

from datetime import date, datetime

_UNSEEN = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROL = dict.fromkeys(_UNSEEN, "\ufffd") | {0x09: " "}


def printable(text: str) -> str:
    """Text of a page that can't harm whoever looks at it: escape sequences and reversals of direction are shown as what they are."""
    return text.translate(_CONTROL)


def said(value: object) -> str:
    """A field's value in one printable line; empty for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    return " ".join(printable(str(value)).split())


def agree(one: object, other: object) -> bool:
    """Whether two values of a field say the same. One may know the day only, or no zone; then no more is compared, and seconds never are."""
    if not isinstance(one, date) or not isinstance(other, date):
        return said(one) == said(other)
    if not isinstance(one, datetime) or not isinstance(other, datetime):
        return one.timetuple()[:3] == other.timetuple()[:3]
    if one.tzinfo is None or other.tzinfo is None:
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def cut_inside(name: str, most: int) -> str:
    """A name of no more than so many characters: the beginning and the end stay, because long ones often differ at their ends only."""
    return name if len(name) <= most else f"{name[: most // 2]}…{name[len(name) - (most - 1) // 2 :]}"


def named(kind: str, rule: str) -> str:
    """The rule's id; the locator's verdicts with their kind before it. Ids of rules mostly begin with their kind anyway."""
    return rule if kind in rule else f"{kind}: {rule}"
