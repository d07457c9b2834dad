"""Imports configurations of single sites in the format of full-text feeds (ftr-site-config) as a pack of rules.

Such a file is named after its site, and says in XPath which elements are title, body, author and date, and which are to be stripped. What has no
translation is reported line by line. The files themselves are the user's: none comes along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from stripper.rules.base import RuleSet
from stripper.rules.ftr.kinds import guessed
from stripper.rules.ftr.lines import Line, Note, cut, host_of, lines_of
from stripper.rules.ftr.pack import Site, rule_sets, toml
from stripper.rules.ftr.predicates import quoted
from stripper.rules.ftr.tokens import Untranslatable
from stripper.rules.ftr.xpath import translated
from stripper.types import Kind

_FIELDS = {"title": Kind.HEADLINE, "body": Kind.BODY, "author": Kind.BYLINE, "date": Kind.DATE}
_KEPT = frozenset({"test_url", "test_contains"})
_FETCHES = "it is about fetching pages, which stripper never does"
_EDITS = "it changes the source or the tree of a page, which stripper never does"
_SETTING = "it is a setting of another program"
_REASONS = {
    **dict.fromkeys(["single_page_link", "single_page_link_in_feed", "next_page_link", "autodetect_next_page", "if_page_contains"], _FETCHES),
    **dict.fromkeys(["requires_login", "not_logged_in_xpath", "login_uri", "login_username_field", "login_password_field"], _FETCHES),
    **dict.fromkeys(["login_extra_fields", "http_header"], _FETCHES),
    **dict.fromkeys(["find_string", "replace_string", "dissolve", "wrap_in", "strip_attr", "move_into", "convert_double_br_tags"], _EDITS),
    **dict.fromkeys(["prune", "tidy", "parser", "autodetect_on_failure", "skip_json_ld", "insert_detected_image", "native_ad_clue"], _SETTING),
    **dict.fromkeys(["src_lazy_load_attr", "footnotes", "strip_comments", "skip_id_or_class", "og_image"], _SETTING),
    "strip_image_src": "images hold no text",
}
_SUBDOMAINS = "the rules hold on the subdomains of the site, too"


@dataclass(frozen=True)
class Imported:
    """A pack of rules, and what became of each line that is none of it."""

    sets: tuple[RuleSet, ...]
    sites: Mapping[str, Site]
    untranslated: tuple[Note, ...]
    """Lines that no rule says."""
    inexact: tuple[Note, ...]
    """Lines whose rules mean a little more or less."""
    counts: Mapping[str, int]
    """How many lines of each directive became part of a rule."""

    @property
    def rules(self) -> int:
        """How many rules the pack has."""
        return sum(len(rule_set.rules) for rule_set in self.sets)

    @property
    def pages(self) -> dict[str, tuple[str, ...]]:
        """For each site the pages that its configuration names for trying it."""
        return {host: tuple(site.pages) for host, site in self.sites.items() if site.pages}

    def files(self) -> dict[str, str]:
        """Name and content of each file of the pack."""
        return {f"{rule_set.name}.toml": toml(rule_set, self.sites) for rule_set in self.sets}

    def write(self, folder: Path) -> None:
        """Write the pack into a folder. Raises OSError; FileExistsError where the folder already holds rules, which are left as they are."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.glob("*.toml")):
            raise FileExistsError(f"{folder} already holds rules")
        for name, content in self.files().items():
            (folder / name).write_text(content, "utf-8")


def import_ftr(files: Iterable[Path]) -> Imported:
    """The rules that these files make, in the order of their names, a site's own file before that of its subdomains.

    Nothing is raised for what is wrong with them: it is reported.
    """
    sites: dict[str, Site] = {}
    untranslated: list[Note] = []
    inexact: list[Note] = []
    counts: Counter[str] = Counter()
    for file in sorted(files, key=lambda file: (file.name.lstrip("."), file.name.startswith("."), str(file))):
        host = host_of(file)
        if host is None:
            untranslated.append(Note(str(file), 0, "", "its name is no host with '.txt' behind it"))
            continue
        site = sites.setdefault(host, Site(host))
        if not file.name.startswith("."):
            inexact.append(Note(str(file), 0, "", _SUBDOMAINS))
        for line in lines_of(file):
            if isinstance(line, Note):
                untranslated.append(line)
                continue
            try:
                inexact += (_note(line, reason) for reason in _taken(site, line))
            except Untranslatable as reason:
                untranslated.append(_note(line, str(reason)))
            else:
                counts[line.directive] += 1
    return Imported(rule_sets(list(sites.values())), sites, tuple(untranslated), tuple(inexact), dict(counts))


def _note(line: Line, reason: str) -> Note:
    return Note(line.file, line.number, cut(f"{line.directive}: {line.value}"), cut(reason, 300))


def _taken(site: Site, line: Line) -> tuple[str, ...]:
    """Take a line into its site's rules; the answer says where they mean more or less. Raises Untranslatable."""
    directive, value = line.directive, line.value
    if directive in _KEPT:
        if directive == "test_url" and value:
            site.pages.append(value)
        return ()
    reason = _REASONS.get(directive.partition("(")[0])
    if reason is None and directive not in (*_FIELDS, "strip", "strip_id_or_class"):
        reason = "no directive of this name is known"
    if reason is not None or not value:
        raise Untranslatable(reason or "it says nothing")
    if directive == "strip_id_or_class":
        text = value.strip("'\" ")
        if not text:
            raise Untranslatable("every class and id contains the empty text")
        return _added(site, guessed(f"'{text}'"), f"[class*={quoted(text)}], [id*={quoted(text)}]", line)
    kind = _FIELDS.get(directive) or guessed(value)
    found = translated(value)
    return (*_added(site, kind, found.selector, line), *found.inexact)


def _added(site: Site, kind: Kind, selector: str, line: Line) -> tuple[str, ...]:
    if reason := site.add(kind, selector, line):
        raise Untranslatable(reason)
    return ()
