"""What an address says of its site, and names as addresses spell them."""

from __future__ import annotations

_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"})
"""What may stand before a country's ending of a host ("co.uk")."""
_LONGEST_HOST = 100


def letters(text: str) -> str:
    """The letters and digits of a text, in small letters: "The Bell" and "thebell" are one name."""
    return "".join(c for c in text.casefold() if c.isalnum())


def host_name(url: str) -> str:
    """The name in an address's host: "example" for https://www.example.co.uk/a; "" where there is none."""
    labels = url.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0].lower()[:_LONGEST_HOST].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels.pop()
    return letters(labels[-1]) if labels else ""
