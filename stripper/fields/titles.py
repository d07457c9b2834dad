"""Declared titles without the site's name, which stands behind or before most of them."""

from __future__ import annotations

import re

from stripper.fields.head import Head, normal

LONGEST = 250
"""Longest headline in characters."""
_SEPARATOR = re.compile(r"\s+[|–—:·»«•\-/]{1,2}\s+|\s*[|｜»]\s*|――|--")
_KICKER_BEFORE = re.compile(r" ?: | / | [–—|] ")
_SITE_BEHIND = re.compile(r" [|–—-] ")


def without_site(title: str, site: str | None, others: set[str], head: Head | None = None) -> str:
    """A title without the site's name behind or before it.

    A part goes where it is the site's name, where what is left is what another witness says, or where a block of the page prints just what is left.
    """
    stops = list(_SEPARATOR.finditer(title))[:6]
    host = _host(head.page.url) if head and head.page.url else ""
    for stop in stops:
        left, right = title[: stop.start()].strip(), title[stop.end() :].strip()
        if _is_most(left, right) and normal(left) in others:
            return left
        if _is_most(right, left) and normal(right) in others:
            return right
    for stop in (*reversed(stops), *stops[:1]):
        left, right = title[: stop.start()].strip(), title[stop.end() :].strip()
        if left and right and (_names_site(right, site, host)):
            return without_site(left, site, others, head)
        if left and right and _names_site(left, site, host):
            return without_site(right, site, others, head)
    if head and stops:
        printed = {normal(head.text(i)) for i in head.before() if head.page.blocks[i].end - head.page.blocks[i].start <= LONGEST}
        for stop in reversed(stops):
            left = title[: stop.start()].strip()
            if left and normal(left) in printed:
                return left
    return title


def _is_most(part: str, rest: str) -> bool:
    """Whether a part of a title may be the headline: neither a kicker nor a single word."""
    return len(part) >= 12 and " " in part and len(part) >= 0.5 * len(rest)


def _host(url: str) -> str:
    """The name in a URL's host: "example" for https://www.example.co.uk/a."""
    host = url.split("//", 1)[-1].split("/", 1)[0].lower()[:100]
    parts = [p for p in host.split(".") if p not in ("www", "m", "amp", "com", "org", "net", "co", "blog", "news")]
    return max(parts[:-1] or parts, key=len, default="")


def _names_site(part: str, site: str | None, host: str) -> bool:
    said = "".join(c for c in part.casefold() if c.isalnum())
    if not said:
        return False
    if site and said == "".join(c for c in site.casefold() if c.isalnum()):
        return True
    plain = host.replace("-", "")
    return len(plain) > 3 and (said == plain or ((said.endswith(plain) or said.startswith(plain)) and len(said) <= len(plain) + 5))


def is_variant(line: str, declared: str, head: Head) -> bool:
    """Whether a page's own line is a declared title but for a kicker in front of one of them, or the site's name behind the line."""
    said, whole = glued(line), glued(declared)
    if said == whole:
        return False
    if said.endswith(whole):
        return len(said) < 2 * len(whole) and not _KICKER_BEFORE.search(line)
    if said.startswith(whole):
        return any(glued(line[: stop.start()]) == whole for stop in _SITE_BEHIND.finditer(line[:LONGEST]))
    if not whole.endswith(said):
        return False
    site, host = _names(head)
    stops = [stop for stop in _KICKER_BEFORE.finditer(declared[:LONGEST]) if glued(declared[stop.end() :]) == said]
    return any(not _names_site(declared[: stop.start()], site, host) for stop in stops)


def _names(head: Head) -> tuple[str | None, str]:
    """The site's name and its host's."""
    site = next((str(w.value) for w in head.page.declared if w.field == "site"), None)
    return site, _host(head.page.url) if head.page.url else ""


def glued(value: str) -> str:
    """A line for comparing, without blanks: those between kicker and headline get lost."""
    return normal(value).replace(" ", "")
