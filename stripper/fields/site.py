"""The name of the site, and the address that the page gives as its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from stripper.fields.head import Head
from stripper.fields.line.address import host_name, letters
from stripper.fields.wording import ORIGINS, and_so
from stripper.types import Witness

_LONGEST = 80
"""Characters of a site's name; what is longer praises it."""
_PART = re.compile(r"\s+[|–—:·»•-]\s+|\s*[|｜»]\s*")
_MOST_PARTS = 6
_ADDRESS = re.compile(r"(?:https?:)?//|@")
_PLACEHOLDERS = frozenset({"", "home", "homepage", "website", "site", "index", "blog", "news", "untitled", "mysite", "null", "undefined", "none"})
_ORDER = {"opengraph": 0, "json-ld": 1, "meta": 2, "microdata": 3}
"""Where names agree equally, og:site_name is what readers know the site by; a publisher may be a company, and an application something else."""
_SAYS = ORIGINS | {"opengraph": "og:site_name", "title": "the page's title"}
_LONG_URL = 2_000


def find_site(head: Head) -> tuple[Witness, ...]:
    """The witnesses of the site's name; that of a title counts only where the address confirms it."""
    host = host_name(head.page.url or _first(head, "canonical_url"))
    titles = [str(w.value) for w in head.page.declared if w.field == "headline" and w.origin == "title"][:1]
    ends = {said: part for title in titles for part in _ends(title) if (said := letters(part))}
    own = _own_names(head)
    found = [
        Witness("site", name, w.origin)
        for w in head.page.declared
        if w.field == "site" and isinstance(w.value, str) and (name := _without_praise(w.value, host, ends))
        if letters(name) not in own or _is_host(letters(name), host)
    ]
    found = list(dict.fromkeys(found))
    known = {letters(w.value) for w in found}
    found += [Witness("site", part, "title") for said, part in ends.items() if said in known or _is_host(said, host)]
    return _chosen(found, host)


def _own_names(head: Head) -> set[str]:
    """What the page itself is called, by its letters: some templates give that as the site's name. A front page may be called as its site."""
    address = head.page.url or _first(head, "canonical_url")
    if not address.split("://", 1)[-1].partition("/")[2]:
        return set()
    return {letters(str(w.value)) for w in head.page.declared if w.field == "headline" and w.origin in ("opengraph", "json-ld")}


def _chosen(found: list[Witness], host: str) -> tuple[Witness, ...]:
    """The witnesses, the name first that most of them give, in the form that reads best."""
    if not found:
        return ()
    backing: dict[str, set[str]] = {}
    for w in found:
        backing.setdefault(letters(w.value), set()).add(w.origin)
    votes = {said: (-len(origins) - _is_host(said, host), min(map(_place, origins))) for said, origins in backing.items()}
    ranked = sorted(found, key=lambda w: (votes[letters(w.value)], -_form(w.value), _place(w.origin))) if len(found) > 1 else found
    return (ranked[0]._replace(why=_why(ranked[0], backing[letters(ranked[0].value)], host)), *ranked[1:])


def _place(origin: str) -> int:
    return _ORDER.get(origin, len(_ORDER))


def _why(first: Witness, origins: set[str], host: str) -> str:
    others = [_SAYS[o] for o in _SAYS if o in origins and o != first.origin]
    if _is_host(letters(first.value), host):
        others.append("the address")
    said = _capital(_SAYS.get(first.origin, "the page"))
    if not others:
        return f"Only {_SAYS.get(first.origin, 'the page')} gives a name."
    return f"{said} says so{and_so(others)}."


def _capital(name: str) -> str:
    """The beginning of a sentence; "og:url" stays."""
    return name if name.startswith("og:") else name[0].upper() + name[1:]


def _without_praise(value: str, host: str, ends: dict[str, str]) -> str | None:
    """A declared name without what is said about the site behind or before it; None for what is no name."""
    name = " ".join(value.split())
    if _ADDRESS.search(name) or name.lower() in _PLACEHOLDERS or not any(c.isalnum() for c in name):
        return None
    parts = [part for part in (p.strip() for p in _PART.split(name)[:_MOST_PARTS]) if part]
    if len(parts) > 1:
        for part in parts:
            if letters(part) in ends or _is_host(letters(part), host):
                return part
        name = name if len(name) <= _LONGEST // 2 else parts[0]
    return name if len(name) <= _LONGEST else None


def _ends(title: str) -> Sequence[str]:
    """The last part of a title, and the first."""
    parts = [part.strip() for part in _PART.split(title[:300])]
    return [part for part in (parts[-1], parts[0]) if 1 < len(part) <= _LONGEST // 2] if len(parts) > 1 else []


def _is_host(said: str, host: str) -> bool:
    """Whether a name is that of the host, or but for an article or an ending."""
    return len(host) > 2 and (said == host or said.removeprefix("the") == host or (host in said and len(said) <= len(host) + 4))


def _form(name: str) -> int:
    """How well a name reads: one with capitals and blanks is no name of a file or account."""
    return 2 * (name != name.lower()) + (" " in name) - (name.isupper() and len(name) > 5)


def _first(head: Head, field: str) -> str:
    return next((str(w.value) for w in head.page.declared if w.field == field), "")


def _host(url: str) -> str | None:
    """The host of an address on the web; None for any other."""
    try:
        parts = urlsplit(url) if len(url) <= _LONG_URL else None
        host = parts.hostname if parts and parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host if host and ("." in host or ":" in host) and len(url.split()) == 1 else None


def find_address(head: Head) -> tuple[Witness, ...]:
    """The witnesses of the page's own address, absolute ones of the web only.

    Where the page's address is known, another host is believed only of the canonical link: an og:url with one is a template's.
    """
    known = _site_of(_host(head.page.url or "") or "")
    found = [Witness("canonical_url", w.value, w.origin) for w in head.page.declared if w.field == "canonical_url" and isinstance(w.value, str)]
    found = [w for w in found if (host := _host(w.value)) and (w.origin == "html" or not known or _same_site(_site_of(host), known))]
    said = [_plain(w.value) for w in found]
    page = _plain(head.page.url or "")

    def rank(w: Witness) -> tuple[bool, bool, int]:
        front = urlsplit(w.value).path in ("", "/") and any(urlsplit(o.value).path not in ("", "/") for o in found)
        return front, w.origin != "html", -said.count(_plain(w.value))

    ranked = sorted(found, key=rank)
    if not ranked:
        return ()
    first = ranked[0]
    others = [_LINKS[o] for o in _LINKS if o != first.origin and any(w.origin == o and _plain(w.value) == _plain(first.value) for w in found)]
    others += ["the address that it came from"] if _plain(first.value) == page else []
    place = _LINKS.get(first.origin, "the page")
    why = f"{_capital(place)} says so{and_so(others)}."
    return (first._replace(why=why), *ranked[1:])


_LINKS = {"html": "the canonical link", "opengraph": "og:url", "json-ld": "JSON-LD", "meta": "a meta element"}


def _plain(url: str) -> str:
    """An address for comparing: without scheme, "www.", fragment and the slash at its end."""
    return url.split("#", 1)[0].split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()


def _site_of(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def _same_site(host: str, other: str) -> bool:
    return host == other or host.endswith("." + other) or other.endswith("." + host)
