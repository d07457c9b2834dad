"""What somebody should know of a batch who has twenty seconds: plain sentences with figures, each for something that may be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from stripper.article import Status
from stripper.batch.rows import ERROR
from stripper.report.progress import counted
from stripper.report.table.figures import NOWHERE
from stripper.report.table.summary import BINS_A_DECADE, OTHERS, SCORE_BINS, HostCount, Summary
from stripper.report.words import printable

LEAST_ROWS = 20
"""Rows that a host must have before its share of anything is told."""
LOW_SCORE = 0.5
SHORT_BIN = 2 * BINS_A_DECADE
"""The bin of lengths from which on bodies aren't called short: 100 characters."""
NOTABLE = 0.02
"""Statuses, low scores and short bodies are told from this share on; errors always."""
_NAMED = 3
"""Hosts that are named in a sentence."""


def findings(summary: Summary) -> tuple[str, ...]:
    """Sentences on what stands out in a table, what is worst first; none where nothing does."""
    return tuple(printable(said) for part in (_statuses, _hosts, _scores, _fields, _others) for said in part(summary))


def share(part: int, whole: int) -> str:
    """A share in percent; one that isn't nothing, or isn't all, never looks like it."""
    if not whole:
        return "0%"
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "<0.1%"
    if 99.9 < percent < 100:
        return ">99.9%"
    return f"{percent:.0f}%" if percent in (0, 100) else f"{percent:.1f}%"


def hosts_in(summary: Summary) -> str:
    """How many hosts there are: "1 host", "more than 100,000 hosts"."""
    if OTHERS in summary.hosts:
        return f"more than {len(summary.hosts) - 1:,} hosts"
    return counted(len(summary.hosts.keys() - {NOWHERE}), "host")


def _statuses(summary: Summary) -> Iterator[str]:
    if not summary.rows:
        yield "The table has no rows."
    if errors := summary.statuses[ERROR]:
        common = summary.errors[0]
        often = "" if errors == 1 else ", all of them like the first" if common.rows == errors else f", {common.rows:,} of them like the first"
        yield f"{_rows(errors, summary.rows)} {'is an error' if errors == 1 else 'are errors'}{often}: {common.message}"
    said = {
        str(Status.NO_ARTICLE): "no article was found (status no-article)",
        str(Status.FLOOR): "too little would have been left, so nothing was removed (status floor)",
        str(Status.EMPTY): "the page held no text (status empty)",
    }
    for status, words in said.items():
        if (count := summary.statuses[status]) >= NOTABLE * summary.rows and count:
            yield f"In {_rows(count, summary.rows)} {words}."
    strange = {status: count for status, count in summary.statuses.items() if status not in (Status.OK, ERROR, *said)}
    if count := sum(strange.values()):
        yield f"{_rows(count, summary.rows)} {_have(count)} a status that this stripper doesn't know: {', '.join(sorted(strange)[:_NAMED])}."


def _hosts(summary: Summary) -> Iterator[str]:
    hosts = {name: host for name, host in summary.hosts.items() if host.rows >= LEAST_ROWS and name not in (NOWHERE, OTHERS)}
    failing = {name: host for name, host in hosts.items() if 2 * host.statuses[Status.OK] < host.rows}
    if failing:
        named = _worst(failing, lambda host: host.statuses[Status.OK] / host.rows, lambda host: f"{host.statuses[Status.OK]} of {host.rows}")
        yield f"{counted(len(failing), 'host')} with {LEAST_ROWS} rows or more {_have(failing)} fewer than half of them with status ok: {named}."
    low = {name: host for name, host in hosts.items() if host.statuses[Status.OK] >= LEAST_ROWS and host.mean_score < LOW_SCORE}
    if low:
        named = _worst(low, lambda host: host.mean_score, lambda host: f"{host.mean_score:.2f}")
        yield f"{counted(len(low), 'host')} with {LEAST_ROWS} such rows or more {_have(low)} a mean score below {LOW_SCORE}: {named}."
    for field in ("headline", "date"):
        without = {name: host for name, host in hosts.items() if host.with_body >= LEAST_ROWS and not host.filled[field]}
        if without and summary.filled[field]:
            named = _worst(without, lambda host: -host.with_body, lambda host: f"{host.with_body:,} rows")
            yield f"{counted(len(without), 'host')} with {LEAST_ROWS} articles or more {_have(without)} none with a {field}: {named}."


def _scores(summary: Summary) -> Iterator[str]:
    ok = summary.statuses[Status.OK]
    low = sum(summary.scores[: int(LOW_SCORE * SCORE_BINS)])
    if low and low >= NOTABLE * ok:
        yield f"{_rows(low, ok)} with status ok {_have(low)} a score below {LOW_SCORE}: the body may be wrong."
    brief = sum(count for bin_, count in summary.lengths.items() if bin_ < SHORT_BIN)
    if brief and brief >= NOTABLE * ok:
        yield f"{_rows(brief, ok)} with status ok {_have(brief)} a body of fewer than 100 characters."


def _fields(summary: Summary) -> Iterator[str]:
    whole = summary.with_body
    for field in ("headline", "date"):
        if whole and 2 * summary.filled[field] < whole:
            yield f"Only {_rows(summary.filled[field], whole)} with a body {_have(summary.filled[field])} a {field}."
    if teasers := summary.paywalls.total():
        yield f"{_rows(teasers, whole)} with a body {_are(teasers)} only the beginning of a story behind a paywall."
    if summary.odd_dates:
        yield f"{_rows(summary.odd_dates, whole)} with a body {_have(summary.odd_dates)} a date that isn't in ISO 8601."


def _others(summary: Summary) -> Iterator[str]:
    names = Counter(label.split(" ")[0] for label in summary.packs if label != OTHERS)
    for name, versions in names.items():
        if versions > 1:
            used = {label: count for label, count in summary.packs.items() if label.split(" ")[0] == name}
            yield (
                f"Rows were made with {versions} versions of the pack {name}: "
                + ", ".join(f"{label} ({count:,})" for label, count in used.items())
                + "."
            )
    if summary.warnings:
        text, count = summary.warnings.most_common(1)[0]
        yield f"{summary.warnings.total():,} warnings, most often ({count:,}): {text}"
    if summary.rows and not summary.listed:
        yield "The table doesn't list what was removed; stripper batch --removed does. So nothing can be said here of kinds and rules."
    elif summary.listed < summary.rows:
        yield f"Only {_rows(summary.listed, summary.rows)} list what was removed from them."


def _worst(hosts: dict[str, HostCount], by: Callable[[HostCount], float], said: Callable[[HostCount], str]) -> str:
    named = sorted(hosts.items(), key=lambda item: (by(item[1]), item[0]))
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return ", ".join(f"{name} ({said(host)})" for name, host in named[:_NAMED]) + more


def _rows(count: int, whole: int) -> str:
    return f"{counted(count, 'row')} ({share(count, whole)})"


def _have(found: int | dict[str, HostCount]) -> str:
    return "has" if (found if isinstance(found, int) else len(found)) == 1 else "have"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
