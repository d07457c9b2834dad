"""Cleaner: read, mark, locate, resolve, build, and nothing else."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from stripper.article import Article, Status
from stripper.build import build
from stripper.fields import find_fields
from stripper.locate import locate, locate_and_explain
from stripper.locate.second import DEFAULT, Engine, advised, checked
from stripper.locate.told import told_story
from stripper.read import Source, read
from stripper.resolve import resolve, spare, status_of
from stripper.rules.base import Pack
from stripper.rules.coverage import spoken, unspoken
from stripper.rules.load import load_packs
from stripper.rules.match import Matcher
from stripper.types import Mark, Page, Policy, Story


class Cleaner:
    """Cleans any number of documents with the same packs, policy and engine.

    `packs` are names of installed packs, Paths of TOML files or folders of them, or packs that `load_packs` has loaded. `engine` says who chooses the
    body of HTML: "locator"; "trafilatura"; or "both", which is the locator, but trafilatura on pages where that finds next to nothing. Rules, fields
    and removed spans are the same for all. A Cleaner keeps nothing between documents; it may be shared by threads, and pickled (it loads its packs
    anew on the other side). Raises PackError where a pack has defects, and PolicyError for an unknown engine.
    """

    def __init__(self, packs: Iterable[str | Path | Pack] = ("core",), policy: Policy | None = None, engine: Engine = DEFAULT) -> None:
        self._specs = tuple(packs)
        self.policy = policy or Policy()
        self.engine = checked(engine)
        loaded = load_packs(self._specs)
        self.packs = tuple(pack.label for pack in loaded)
        self._matcher = Matcher(loaded)
        self._spoken = spoken(loaded)

    def __reduce__(self) -> tuple[type[Cleaner], tuple[tuple[str | Path | Pack, ...], Policy, Engine]]:
        return Cleaner, (self._specs, self.policy, self.engine)

    def clean(
        self,
        source: Source,
        url: str | None = None,
        *,
        as_: Literal["html", "text"] | None = None,
        encoding: str | None = None,
        crawled: date | None = None,
    ) -> Article:
        """The article of a page, HTML or flat text, given as str or bytes.

        `url` is where it comes from; `as_` says what it is where it shouldn't be guessed; `encoding` is the charset that came with it; `crawled` is
        when it was fetched: with it "2 hours ago" is a date, and one in the future needs a second witness.
        Raises TypeError for other types, ReadError for binary formats and RuleError where a rule written in Python raises.
        """
        return self._cleaned(self._read(source, url, as_, encoding, crawled), source, encoding, locate)

    def explain(
        self,
        source: Source,
        url: str | None = None,
        *,
        as_: Literal["html", "text"] | None = None,
        encoding: str | None = None,
        crawled: date | None = None,
    ) -> Article:
        """The same article as from `clean`, but the locator's marks also say what weighed most (`Mark.why`), which takes several times as long."""
        return self._cleaned(self._read(source, url, as_, encoding, crawled), source, encoding, locate_and_explain)

    def _read(self, source: Source, url: str | None, as_: Literal["html", "text"] | None, encoding: str | None, crawled: date | None) -> Page:
        return read(source, url, as_, encoding, crawled, self._matcher.selectors(url))

    def _cleaned(self, page: Page, source: Source, encoding: str | None, locate: Callable[[Page, Sequence[Mark]], Story]) -> Article:
        marks = self._matcher.mark(page)
        located = locate(page, marks)
        story = told_story(page, marks, located)
        if story is None:
            page, story = advised(page, marks, located, self.engine, source, encoding)
        fields = find_fields(page, marks, story)
        language = next((witness.value for witness in fields.witnesses.get("language", ())), None)
        if warning := unspoken(language, self._spoken):
            page = replace(page, warnings=(*page.warnings, warning))
        settled = resolve(page, marks, fields.marks, story, self.policy)
        status = status_of(page, settled, story, self.policy)
        if status is Status.FLOOR:
            settled = spare(settled)
        return build(page, settled, fields.witnesses, story, status, self.packs)


def clean(
    source: Source,
    url: str | None = None,
    *,
    as_: Literal["html", "text"] | None = None,
    encoding: str | None = None,
    crawled: date | None = None,
) -> Article:
    """The article of a page, with the core pack and the default policy. See `Cleaner.clean`."""
    return _default().clean(source, url, as_=as_, encoding=encoding, crawled=crawled)


@functools.cache
def _default() -> Cleaner:
    return Cleaner()
