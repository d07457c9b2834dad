"""One TOML file to a table, and where its keys stand. Packs come from anywhere, so what TOML's parser chokes on is refused before it sees it."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import Any

import re2

_MAX_PARTS = 12
"""Parts of a dotted key, of which a pack needs one. The parser takes time with their square: half a minute for one of 40,000."""
_DOTTED = re2.compile(rf"""(?m)(?:^|[{{,])[ \t]*\[*[ \t]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_MAX_PARTS}}}""")
_AT_LINE = re.compile(r"at line (\d+)")
_HEADER = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_KEY = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([\w-]+))\s*=")


class TableError(ValueError):
    """A file that is no table: the line, and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def table_of(content: bytes) -> tuple[dict[str, Any], Places]:
    """What a file holds, and where. Raises TableError."""
    try:
        source = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableError(line, f"not UTF-8: {error.reason}, byte 0x{content[error.start]:02x}") from None
    if dotted := _DOTTED.search(content):
        raise TableError(content.count(b"\n", 0, dotted.start()) + 1, f"a key of more than {_MAX_PARTS} dotted parts")
    try:
        return tomllib.loads(source), Places(source)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        raise TableError(int(at[1]) if at else source.count("\n") + 1, f"not TOML: {error}") from None
    except RecursionError:
        raise TableError(1, "not TOML that a pack needs: its values stand too deep in one another") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise TableError(1, f"not TOML: {error}") from None


class Places:
    """Where the keys of a file stand: TOML's parser doesn't say it."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _lines(self) -> list[str]:
        return self._source.splitlines()

    @cached_property
    def _headers(self) -> list[int]:
        """The lines at which the rules begin, after that of the file's head."""
        return [1, *(n for n, line in enumerate(self._lines, 1) if _HEADER.match(line))]

    @cached_property
    def _keys(self) -> list[dict[str, int]]:
        """For the head and for each rule the line of each key."""
        found: list[dict[str, int]] = []
        for start, end in zip(self._headers, [*self._headers[1:], len(self._lines) + 1], strict=True):
            here: dict[str, int] = {}
            for number in range(start, end):
                if key := _KEY.match(self._lines[number - 1]):
                    here.setdefault(next(name for name in key.groups() if name is not None), number)
            found.append(here)
        return found

    def of(self, key: str, rule: int = -1) -> int:
        """The line of a key in the rule of this number, or in the file's head; else the first line of these. 0 where rules are no blocks."""
        if rule + 1 >= len(self._headers):
            return 0
        return self._keys[rule + 1].get(key, self._headers[rule + 1]) if key else self._headers[rule + 1]
