"""Corpora: pages to measure or to learn from, with a gold body where one is known.

A corpus is a folder with `cases.jsonl`, one object a line, and the pages as `html/ID.html.gz`. Each object has `id`, and `url`, `kind`, `body` and
others as far as they are known. A folder without `cases.jsonl` is searched for .html and .txt files (also .htm, also with .gz behind), and a
single such file will do; these have no gold.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from stripper.errors import CorpusError

CASES = "cases.jsonl"
_FORMS: dict[str, Literal["html", "text"]] = {".html": "html", ".htm": "html", ".txt": "text"}


@dataclass(frozen=True, slots=True)
class Source:
    """A page of a corpus, still in its file."""

    corpus: str
    """Name of the corpus: that of the folder."""
    id: str
    file: Path
    form: Literal["html", "text"]
    url: str | None = None
    kind: str = "article"
    """What sort of page it is ("article", "forum", "product"), as far as the corpus says."""
    body: str | None = None
    """The gold body; None where nobody knows, "" where nothing on the page is content."""
    case: Mapping[str, Any] = field(default_factory=dict)
    """All that the corpus says of it."""

    def content(self) -> bytes:
        """The page's bytes. Raises CorpusError where the file can't be read."""
        try:
            data = self.file.read_bytes()
            return gzip.decompress(data) if self.file.suffix == ".gz" else data
        except (OSError, EOFError, zlib.error) as error:
            raise CorpusError(str(self.file), 0, getattr(error, "strerror", None) or str(error)) from None


def sources(path: Path) -> Iterator[Source]:
    """The pages of a corpus, in the order of its cases or of their files' names. Raises CorpusError, at the latest at the place that is wrong."""
    if (path / CASES).is_file():
        yield from _cases(path)
    elif path.is_dir():
        yield from _pages(path)
    elif not path.exists():
        raise CorpusError(str(path), 0, "there is no such file or folder")
    elif form := _form(path):
        yield Source(path.absolute().parent.name, path.name, path, form)
    else:
        raise CorpusError(str(path), 0, f"a page's file ends in {', '.join(_FORMS)}")


def _pages(folder: Path) -> Iterator[Source]:
    found = [(file, form) for file in sorted(folder.rglob("*")) if (form := _form(file)) and file.is_file()]
    if not found:
        raise CorpusError(str(folder), 0, f"the folder holds neither {CASES} nor pages ({', '.join(_FORMS)})")
    for file, form in found:
        yield Source(folder.absolute().name, file.relative_to(folder).as_posix(), file, form)


def _form(file: Path) -> Literal["html", "text"] | None:
    plain = file.with_suffix("") if file.suffix == ".gz" else file
    return _FORMS.get(plain.suffix.lower())


def _cases(folder: Path) -> Iterator[Source]:
    file = folder / CASES
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _source(folder, _case(line, str(file), number))


def _case(line: bytes, file: str, number: int) -> dict[str, Any]:
    """One line of the cases, with the keys that are read here checked."""
    try:
        case = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CorpusError(file, number, f"not JSON: {error}") from None
    if not isinstance(case, dict):
        raise CorpusError(file, number, "expected an object with id, url, kind and body")
    for key in ("id", "url", "kind", "body"):
        value = case.get(key)
        if not isinstance(value, str) and (key == "id" or value is not None):
            raise CorpusError(file, number, f"{key} is {value!r:.60}, expected text")
    if not case["id"] or Path(case["id"]).name != case["id"]:
        raise CorpusError(file, number, f"id is {case['id']!r:.60}, which names no file in html/")
    return case


def _source(folder: Path, case: dict[str, Any]) -> Source:
    file = folder / "html" / f"{case['id']}.html.gz"
    return Source(folder.absolute().name, case["id"], file, "html", case.get("url"), case.get("kind") or "article", case.get("body"), case)
