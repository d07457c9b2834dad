"""What the workbench works out: a draft checked, a page explained with it and without it, and what it changes in the pages of the folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from stripper.article import Article
from stripper.cleaner import Cleaner
from stripper.errors import Defect, ReadError, StripperError
from stripper.report.trial import Trial, changed_fields, trials
from stripper.rules.base import Pack
from stripper.rules.load import Found, find_pack, load_packs
from stripper.workbench.draft import Checked, Draft, checked
from stripper.workbench.folder import is_whole_pack, path_of, read_page, stamp, tag_of, whole_pack, write_pack
from stripper.workbench.recent import Recent
from stripper.workbench.refusal import Refusal

_CLEANERS = 6
"""Cleaners that are kept: with the draft and without it, and those of the texts before. One takes 3 MB."""
_DRAFTS = 8
_PAGES = 20_000
"""Pages of the folder of which it is kept how they look without the draft, in some hundred bytes each."""
_LONG = 1 << 20
"""A page of more bytes is shown without what weighed most with the locator, which takes three times as long to say."""
_PATIENCE = 0.1
"""Seconds after which a part of the folder is answered, so that the page that somebody looks at never waits for long."""


class Source(NamedTuple):
    """A page to look at: one of the folder, or else what it holds."""

    name: str
    content: str | bytes | None = None
    url: str | None = None
    """Where it comes from, which rules for single sites ask for."""
    as_: Literal["html", "text"] | None = None


class Look(NamedTuple):
    """A page with a draft and without it."""

    before: Article
    after: Article
    trials: tuple[Trial, ...]
    """The draft's own marks."""


class Plain(NamedTuple):
    """What a page is without the draft."""

    body: int
    """Characters of the body."""
    article: Article
    """Its fields and status alone."""


class Row(NamedTuple):
    """What a draft does to a page of the folder."""

    name: str
    marks: int = 0
    removed: int = 0
    """Characters that the draft's marks took away."""
    before: int = 0
    """Characters of the body without the draft."""
    after: int = 0
    fields: tuple[str, ...] = ()
    """Fields whose values differ, and "status"."""
    error: str = ""
    """Why the page can't be read."""


class Bench:
    """A folder and the packs in use. It works on one thing at a time, and answers the same whatever it was asked before.

    `packs` are what a Cleaner takes. Where a file or folder among them is the one that is being written, the draft takes its place. Raises
    PackError where one of them has defects.
    """

    def __init__(self, root: Path, packs: Sequence[str | Path | Pack] = ("core",)) -> None:
        loaded = {pack.name: pack for pack in load_packs(packs)}
        self.root = root.resolve()
        self._specs = tuple(loaded[spec] if isinstance(spec, str) else spec for spec in packs)  # what is installed is loaded once
        self._lock = Lock()
        self._saving = Lock()
        self._found: Recent[Found] = Recent(max(1, len(self._specs)))
        self._cleaners: Recent[Cleaner] = Recent(_CLEANERS)
        self._drafts: Recent[Checked] = Recent(_DRAFTS)
        self._plain: Recent[Plain] = Recent(_PAGES)
        self._shown: Recent[Article] = Recent(1)  # the page that somebody looks at, without the draft

    def check(self, draft: Draft) -> Checked:
        """What is to be said of a draft. Raises Refusal where it can't be a file of the folder."""
        with self._lock:
            return self._checked(draft)

    def look(self, source: Source, draft: Draft | None = None) -> Look:
        """A page, with the reasons for all that became of it. Raises Refusal where it can't be read, or the draft can't run."""
        with self._lock:
            content = read_page(self.root, source.name) if source.content is None else source.content
            packs = self._others(draft)
            if draft is None:
                after = _article(_telling(self._cleaner(packs), content), content, source)
                return Look(after, after, ())
            cleaner, own = self._with(draft)
            said = content if isinstance(content, bytes) else content.encode()
            key = (tag_of(said), type(content), source.url, source.as_, _labels(packs))
            before = self._shown.get(key, lambda: _article(self._cleaner(packs).clean, content, source))
            after = _article(_telling(cleaner, content), content, source)
            return Look(before, after, trials(before, after, own))

    def survey(self, names: Sequence[str], draft: Draft | None = None, url: str | None = None) -> tuple[Row, ...]:
        """What a draft does to pages of the folder: to the first of these, and to as many others as can be looked at in a moment."""
        with self._lock:
            enough = time.monotonic() + _PATIENCE
            rows: list[Row] = []
            for name in names:
                rows.append(self._row(Source(name, url=url), draft))
                if time.monotonic() > enough:
                    break
            return tuple(rows)

    def save(self, draft: Draft, tag: str | None) -> str:
        """Writes a draft to its file, which had this tag when it was opened; None for a new one. Gives its new tag, or raises Refusal."""
        with self._saving:
            return write_pack(self.root, draft.name, draft.text, tag)

    def _row(self, source: Source, draft: Draft | None) -> Row:
        try:
            content = read_page(self.root, source.name)
            before = self._before(content, source, draft)
            if draft is None:
                return Row(source.name, before=before.body, after=before.body)
            cleaner, own = self._with(draft)
            after = _article(cleaner.clean, content, source)
        except Refusal as refusal:
            return Row(source.name, error=refusal.reason)
        removed = sum(mark.end - mark.start for mark in after.removed if mark.rule in own)
        marks = sum(mark.rule in own for mark in after.marks)
        return Row(source.name, marks, removed, before.body, len(after.body), changed_fields(before.article, after))

    def _before(self, content: bytes, source: Source, draft: Draft | None) -> Plain:
        packs = self._others(draft)

        def make() -> Plain:
            article = _article(self._cleaner(packs).clean, content, source)
            return Plain(len(article.body), replace(article, body="", evidence={}, removed=(), marks=(), parts=(), text="", warnings=()))

        return self._plain.get((tag_of(content), source.url, _labels(packs)), make)

    def _with(self, draft: Draft) -> tuple[Cleaner, frozenset[str]]:
        """What cleans with a draft, and its rules. Raises Refusal where it can't run."""
        ready = self._checked(draft)
        if not ready.can_run:
            raise Refusal(422, "the pack can't run as it stands")
        return self._cleaner((*self._others(draft), ready.pack)), ready.own

    def _checked(self, draft: Draft) -> Checked:
        path, home = path_of(self.root, draft.name), self._home(draft)
        others = whole_pack(self.root, draft.name) if home != path else {}
        key = (draft.name, tag_of(draft.text.encode()), *((name, tag_of(content)) for name, content in others.items()))
        ready = self._drafts.get(key, lambda: checked(draft, home.name if home != path else "", others))
        if ready.pack.name in {pack.name for pack in self._others(draft)}:
            clash = Defect(path.name, "", 0, f"a pack of the name {ready.pack.name!r} is in use")
            return ready._replace(defects=(clash, *ready.defects), can_run=False)
        return ready

    def _home(self, draft: Draft) -> Path:
        """The pack that a draft is, or is a file of: its own path, or that of the folder around it."""
        path = path_of(self.root, draft.name)
        in_use = {spec.resolve() for spec in self._specs if isinstance(spec, Path)}
        return path.parent if is_whole_pack(path.parent) or path.parent in in_use else path

    def _others(self, draft: Draft | None) -> tuple[Pack, ...]:
        """The packs in use beside a draft. One that got defects since the start is left out, as the draft of it shows what they are."""
        home = self._home(draft) if draft else None
        specs = [spec for spec in self._specs if isinstance(spec, Pack) or spec.resolve() != home]
        return tuple(pack for pack, defects in map(self._find, specs) if not defects)

    def _find(self, spec: Path | Pack) -> Found:
        return Found(spec, ()) if isinstance(spec, Pack) else self._found.get((spec, stamp(spec)), lambda: find_pack(spec))

    def _cleaner(self, packs: tuple[Pack, ...]) -> Cleaner:
        return self._cleaners.get(_labels(packs), lambda: Cleaner(packs))


def _labels(packs: tuple[Pack, ...]) -> tuple[str, ...]:
    return tuple(pack.label for pack in packs)


def _telling(cleaner: Cleaner, content: str | bytes) -> Callable[..., Article]:
    """What cleans a page that is to be shown."""
    return cleaner.clean if len(content) > _LONG else cleaner.explain


def _article(clean: Callable[..., Article], content: str | bytes, source: Source) -> Article:
    """The article of a source. Raises Refusal with a reason to show."""
    try:
        return clean(content, source.url, as_=source.as_)
    except ReadError as error:
        raise Refusal(422, f"{error}; expected HTML or text") from None
    except StripperError as error:
        raise Refusal(422, str(error)) from None
