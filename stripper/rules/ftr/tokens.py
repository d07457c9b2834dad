"""The words and signs of an XPath expression, read from left to right."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"[^\"]*\"|'[^']*')|(?P<number>\d{1,6}(?![\d.]))|(?P<name>[^\W\d][\w.-]*(?::(?!:)[\w.-]+)?)"
    r"|(?P<sign>//|::|!=|<=|>=|\.\.|[/|()\[\]@,.=<>*-]))"
)
PLAIN = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
"""A name that needs no escapes in a selector."""


class Untranslatable(ValueError):
    """An expression that no selector can say; says why."""


def _split(expression: str) -> list[tuple[str, str]]:
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


class Tokens:
    """An expression, and the place in it that was reached."""

    def __init__(self, expression: str) -> None:
        self.tokens = _split(expression)
        self.at = 0
        self.depth = 0
        """Brackets around the place."""
        self.inexact: list[str] = []
        """Where the selector means a little more or less than what was read, in words."""

    def tag(self) -> str:
        """The name of an element, or "*"."""
        tag = self.next() if self.peek("*") or self.kind() == "name" else ""
        if not (tag == "*" or PLAIN.fullmatch(tag)):
            raise Untranslatable(f"{tag or 'a step of this kind'!r} has no translation")
        if tag != tag.lower():
            raise Untranslatable(f"{tag} in capitals matches no element of HTML")
        return tag

    def kind(self) -> str:
        """The kind of the next token: "name", "number", "string", "sign"; "" at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def peek(self, text: str, ahead: int = 0) -> bool:
        """Whether this name or sign comes next, or so many tokens behind."""
        place = self.at + ahead
        return place < len(self.tokens) and self.tokens[place][0] != "string" and self.tokens[place][1] == text

    def took(self, text: str) -> bool:
        """The same; if so it is passed."""
        if self.peek(text):
            self.at += 1
            return True
        return False

    def need(self, text: str) -> None:
        """Pass this name or sign, which must come next."""
        if not self.took(text):
            raise Untranslatable(f"{self.tokens[self.at][1]!r} has no translation here" if self.at < len(self.tokens) else "its end is missing")

    def next(self) -> str:
        """Pass the next token, whatever it is."""
        if self.at >= len(self.tokens):
            raise Untranslatable("its end is missing")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def string(self) -> str:
        """Pass a text; the answer is what stands between its quotation marks."""
        if self.kind() != "string":
            raise Untranslatable("a comparison with anything but a text has no translation")
        return self.next()[1:-1]
