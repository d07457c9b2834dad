"""The expressions of rule tables: RE2, with letters, digits and words of every script.

RE2 is linear in time, so no rule and no page can hang a worker. But its \\w, \\d and \\b know ASCII alone. Here \\w, \\d, \\pL and \\pN mean the
letters and digits of every script; \\b is refused, because an expression begins and ends at word borders anyway (scripts written without blanks
have none, so a character of theirs is a border).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import ahocorasick
import re2

from stripper.read.text import fold

_MAX_MEM = 64 << 20
"""Bytes that RE2 may use for one expression; 285 alternatives fail to compile with 3 MB."""
MAX_PROGRAM = 150_000
"""Instructions that an expression may compile to; the largest of the core pack has 64,000. Where RE2 has no memory left for states, its time grows
with them. A thousand counted repetitions of one class are 10,000."""
_MAX_DEPTH = 50
"""Parentheses in parentheses; looking for what an expression begins with takes a pass over it for each. The core pack has five."""

_PLAIN_RUN = r"""[a-z0-9 .,;:!?'"{}|*+^$<>=&%#@/_~-]+"""
_TOKEN = re.compile(rf"\\(?:x\{{[0-9A-Fa-f]+\}}|x[0-9A-Fa-f]{{2}}|[pP]\{{\^?\w+\}}|[pP]\w|.)|\[\^?\]?|\]|\(\?[a-zA-Z<P!=:-]*|{_PLAIN_RUN}|.", re.S)
"""An escape, what begins or ends a class or a group, a run of characters that need no look, or any other one."""
_NO_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.S)
"""Escapes and classes: parentheses and bars in them stand for themselves."""
_INNER_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)")
_DIGITS = r"0-9\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{ff10}-\x{ff19}"
_LETTERS = (
    r"A-Za-z\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{60b}\x{60d}-\x{61a}\x{61c}-\x{61e}\x{620}-\x{65f}\x{66e}-\x{6d3}\x{6d5}-\x{6ef}"
    r"\x{6fa}-\x{963}\x{970}-\x{1fff}\x{2c00}-\x{2dff}\x{3005}-\x{3007}\x{3031}-\x{3035}\x{3041}-\x{d7ff}\x{f900}-\x{fdff}\x{fe70}-\x{fefc}"
    r"\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ff66}-\x{ffdc}\x{10000}-\x{1f1ff}\x{20000}-\x{3ffff}"
)
"""Letters and their marks, by the blocks of Unicode they stand in. RE2's own classes are exact, and compile to programs twenty times as large: an
expression with twenty of them took 27 ms to compile, 0.9 ms so."""
_WORD = rf"{_LETTERS}{_DIGITS}_"
_CLASSES = {r"\w": _WORD, r"\d": _DIGITS, r"\pL": _LETTERS, r"\p{L}": _LETTERS, r"\pN": _DIGITS, r"\p{N}": _DIGITS, r"\p{Nd}": _DIGITS}
_NEGATED = {r"\W": f"[^{_WORD}]", r"\D": f"[^{_DIGITS}]", r"\PL": f"[^{_LETTERS}]", r"\PN": f"[^{_DIGITS}]"}
_UNSPACED = r"\x{e00}-\x{eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3041}-\x{d7ff}\x{f900}-\x{faff}\x{ff66}-\x{ffdc}\x{20000}-\x{3ffff}"
"""Thai, Lao, Burmese, Khmer, Kana, Han and Hangul: no blank stands between their words, or particles hang on them."""
_BETWEEN = rf"[^{_WORD}]"
_BORDER = rf"{_BETWEEN}|[{_UNSPACED}]"


class PatternError(ValueError):
    """An expression that can't be used; says why. Only the loader sees it."""


class TooLargeError(PatternError):
    """An expression that compiles to more than MAX_PROGRAM instructions."""


def unicode_pattern(pattern: str) -> str:
    """The expression as RE2 must see it.

    Raises PatternError where it holds what can never match the folded text (capitals, typographic quotes), what RE2 doesn't know, or parentheses that
    don't pair up (among alternatives joined to one expression they might, by accident).
    """
    out: list[str] = []
    in_class = False
    depth = 0
    for token in _TOKEN.findall(pattern):
        if token.startswith("["):
            if not in_class:
                in_class = True
            elif token != "[":
                token = "\\" + token
        elif token == "]":
            in_class = False
        elif not in_class and (token == ")" or token.startswith("(")):
            depth += -1 if token == ")" else 1
            if depth < 0:
                break
            if depth > _MAX_DEPTH:
                raise PatternError(f"more than {_MAX_DEPTH} parentheses stand in one another")
        elif token in (r"\b", r"\B"):
            raise PatternError(rf"{token} is not available: an expression begins and ends at word borders by itself")
        elif token in _CLASSES:
            token = _CLASSES[token] if in_class else f"[{_CLASSES[token]}]"
        elif token in _NEGATED:
            if in_class:
                raise PatternError(f"{token} can't stand inside [...]")
            token = _NEGATED[token]
        elif len(token) == 1 and _folded(token) != token:
            raise PatternError(f"{token!r} can never match: rules see the text folded, so write {_folded(token)!r}")
        out.append(token)
    if depth:
        raise PatternError("RE2 refuses the expression: its parentheses don't pair up")
    if in_class:  # what the engine puts behind it would close it
        raise PatternError("RE2 refuses the expression: a [ has no ]")
    return "".join(out)


_folded = functools.lru_cache(4096)(fold)
"""For single characters, of which a pack has the same ones a thousand times."""


@functools.cache
def compile_block(pattern: str) -> Any:
    """The expression for use with fullmatch. It has no groups: RE2 takes half as long again to find what they hold."""
    return _compile(unicode_pattern(pattern), groups=False)


@functools.cache
def compile_inline(pattern: str) -> Any:
    """The expression between word borders; its own match is group 1.

    One that can begin at a block's start only needs no border before it; with one RE2 would look for it everywhere, at thrice the cost in new text.
    """
    before = "^" if _begins_at_start(pattern) else f"(?:^|{_BORDER})"
    return _compile(rf"{before}({unicode_pattern(pattern)})(?:$|{_BORDER})")


def _begins_at_start(pattern: str) -> bool:
    """Whether all alternatives of an expression begin with ^. Its groups are reduced from within: to ^ where all of theirs do, else to a dot."""
    rest = _NO_GROUP.sub(".", pattern)
    while (outer := _INNER_GROUP.sub(lambda group: "^" if _all_begin_at_start(group[1]) else ".", rest)) != rest:
        rest = outer
    return _all_begin_at_start(rest)


def _all_begin_at_start(alternatives: str) -> bool:
    return all(alternative.startswith("^") and not alternative.startswith(("^?", "^*", "^{")) for alternative in alternatives.split("|"))


@functools.cache
def compile_run(words: tuple[str, ...]) -> tuple[Any, Any]:
    """Two expressions: one for a block that is nothing but these words (use fullmatch), one for each word in it."""
    longest_first = sorted((fold(word) for word in words), key=lambda word: (-len(word), word))
    unspaced = _compile(f"[{_UNSPACED}]")
    spaced = [re2.escape(word) for word in longest_first if not unspaced.fullmatch(word[-1:])]
    joined = [re2.escape(word) for word in longest_first if unspaced.fullmatch(word[-1:])]
    ends = [f"(?:{'|'.join(spaced)})(?:$|{_BETWEEN}+)"] if spaced else []
    ends += [f"(?:{'|'.join(joined)}){_BETWEEN}*"] if joined else []
    word = f"(?:{'|'.join(ends)})"
    return _compile(f"{word}+", groups=False), _compile(word, groups=False)


def keyword_finder(values: Mapping[str, Any]) -> Callable[[str], Iterable[tuple[int, tuple[int, Any]]]]:
    """What finds all keywords in a text in one pass: for each occurrence the index of its last character, and the keyword's length and value.

    They come in the order of their ends. A node of the automaton tries its letters one after another, so it works on bytes: keywords in Chinese begin
    with a thousand different characters, but with a few bytes.
    """
    automaton = ahocorasick.Automaton()
    for keyword, value in values.items():
        automaton.add_word(_as_bytes(keyword.encode()), (len(keyword), value))
    automaton.make_automaton()

    def find(text: str) -> Iterable[tuple[int, tuple[int, Any]]]:
        encoded = text.encode()
        found: Iterator[tuple[int, Any]] = automaton.iter(_as_bytes(encoded))
        return found if text.isascii() else _in_characters(found, encoded)

    return find if values else lambda text: ()


def _as_bytes(encoded: bytes) -> str:
    """A text whose characters are bytes: the automaton takes no others."""
    return encoded.decode("latin-1")


def _in_characters(found: Iterable[tuple[int, Any]], encoded: bytes) -> Iterator[tuple[int, Any]]:
    """The same with the indices of characters instead of those of bytes."""
    done = characters = 0
    for last, value in found:
        characters += len(encoded[done : last + 1].decode())
        done = last + 1
        yield characters - 1, value


def _compile(pattern: str, groups: bool = True) -> Any:
    options = re2.Options()
    options.never_capture = not groups
    options.log_errors = False
    options.max_mem = _MAX_MEM
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        said = _said(error)
        raise (TooLargeError if "too large" in said else PatternError)(f"RE2 refuses the expression: {said}") from None
    if compiled.programsize > MAX_PROGRAM:
        raise TooLargeError(
            f"it compiles to {compiled.programsize:,} instructions, more than {MAX_PROGRAM:,}; long counts such as {{0,500}} are copies"
        )
    return compiled


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
