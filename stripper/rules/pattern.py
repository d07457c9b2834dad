"""The expressions of rule tables: RE2, with letters, digits and words of every script.

RE2 is linear in time, so no rule and no page can hang a worker. But its \\w, \\d and \\b know ASCII alone. Here \\w and \\d mean Unicode letters and
digits; \\b is refused, because an expression begins and ends at word borders anyway (scripts written without blanks have none, so a character of
theirs is a border).
"""

from __future__ import annotations

import re
from typing import Any

import re2

from stripper.read.text import fold

_MAX_MEM = 64 << 20
"""Bytes that RE2 may use for one expression; 285 alternatives fail to compile with 3 MB."""

_ESCAPE = re.compile(r"\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{\^?\w+\}|[pP]\w|.)|\[\^?\]?|\]|\(\?[a-zA-Z<P!=:-]*|.", re.S)
_CLASSES = {r"\w": r"\pL\pM\pN_", r"\d": r"\p{Nd}"}
_NEGATED = {r"\W": r"[^\pL\pM\pN_]", r"\D": r"\P{Nd}"}
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_BORDER = rf"[^\pL\pM\pN_]|[{_UNSPACED}]"


class PatternError(ValueError):
    """An expression that can't be used; says why. Only the loader sees it."""


def unicode_pattern(pattern: str) -> str:
    """The expression as RE2 must see it.

    Raises PatternError where it holds what can never match the folded text (capitals, typographic quotes) or what RE2 doesn't know.
    """
    out: list[str] = []
    in_class = False
    for token in _ESCAPE.findall(pattern):
        if token.startswith("["):
            if not in_class:
                in_class = True
            elif token != "[":
                token = "\\" + token
        elif token == "]":
            in_class = False
        elif token in (r"\b", r"\B"):
            raise PatternError(rf"{token} is not available: an expression begins and ends at word borders by itself")
        elif token in _CLASSES:
            token = _CLASSES[token] if in_class else f"[{_CLASSES[token]}]"
        elif token in _NEGATED:
            if in_class:
                raise PatternError(f"{token} can't stand inside [...]")
            token = _NEGATED[token]
        elif len(token) == 1 and fold(token) != token:
            raise PatternError(f"{token!r} can never match: rules see the text folded, so write {fold(token)!r}")
        out.append(token)
    return "".join(out)


def compile_block(pattern: str) -> Any:
    """The expression for use with fullmatch."""
    return _compile(unicode_pattern(pattern))


def compile_inline(pattern: str) -> Any:
    """The expression between word borders; its own match is group 1."""
    return _compile(rf"(?:^|{_BORDER})({unicode_pattern(pattern)})(?:$|{_BORDER})")


def compile_run(words: tuple[str, ...]) -> tuple[Any, Any]:
    """Two expressions: one for a block that is nothing but these words (use fullmatch), one for each word in it."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    word = rf"(?:{'|'.join(re2.escape(fold(w)) for w in longest_first)})(?:$|[^\pL\pM\pN_]+|[{_UNSPACED}])"
    return _compile(f"(?:{word})+"), _compile(word)


def keyword_set(keywords: list[str]) -> Any:
    """A set whose Match(text) gives the indices of the keywords that occur in a text, and len(keywords) always.

    RE2 can't tell "none" from "out of memory" (github.com/google/re2/issues/136); the last index, which always matches, can.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 256 << 20
    found = re2.Set.SearchSet(options)
    for keyword in keywords:
        found.Add(re2.escape(keyword))
    found.Add("")
    found.Compile()
    return found


def _compile(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEM
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise PatternError(f"RE2 refuses the expression: {_said(error)}") from None


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
