"""Rules for single sites. They cost the pages of other sites nothing, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import urlsplit

from stripper.rules.base import ContextRule, PatternRule, Rule, RuleSet

_MOST_READY = 64
"""Sites whose rules are kept ready to run: crawls come to a site for many pages."""

T = TypeVar("T")


class Entry(NamedTuple):
    """A rule with its full name and its rule set."""

    name: str
    rule_set: RuleSet
    rule: PatternRule | Rule | ContextRule


def hosts_of(entry: Entry) -> tuple[str, ...]:
    """The sites that a rule is for; none where it is for all."""
    return entry.rule.hosts if isinstance(entry.rule, PatternRule) else ()


class Sites(Generic[T]):
    """The rules for single sites, made ready when the first page of their site comes.

    What is ready is kept for some sites; that saves time, and changes no result. It may be used by several threads.
    """

    def __init__(self, entries: Iterable[Entry], ready: Callable[[Iterable[Entry]], T]) -> None:
        by_host: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for host in dict.fromkeys(hosts_of(entry)):
                by_host[host].append(entry)
        self._hosts = frozenset(by_host)
        self._ready = lru_cache(maxsize=_MOST_READY)(lambda hosts: ready({entry.name: entry for host in hosts for entry in by_host[host]}.values()))

    def at(self, url: str | None) -> T | None:
        """What holds for the page at this address; None where nothing does."""
        if not self._hosts or not isinstance(url, str):
            return None
        hosts = tuple(host for host in _names(url) if host in self._hosts)
        return self._ready(hosts) if hosts else None


def _names(url: str) -> list[str]:
    """An address's host, and those that it is a subdomain of: "a.example.org", "example.org", "org"."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    labels = host.rstrip(".").split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]
