"""JSON-LD: what the page's own article object states. Objects about other stories (lists, related items) are not followed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stripper.read.values import clean, iso_date, language_code
from stripper.types import Witness

_LONGEST = 4_000_000
"""Characters of one script that are read; news pages have up to a few hundred thousand."""
_MOST_OBJECTS = 2000
"""Objects that are looked at in one page."""
_MOST_CRUMBS = 12
_OTHER_TYPES = frozenset({"BlogPosting", "SocialMediaPosting", "LiveBlogPosting", "DiscussionForumPosting", "Report", "Review", "Recipe"})
_WRAPPING = re.compile(
    r"^\s{0,99}(?:/[/*]\s{0,9}){0,1}<!(?:\[CDATA\[|--)(?:\s{0,9}\*/){0,1}|(?:/[/*]\s{0,9}){0,1}(?:\]\]>|-->)(?:\s{0,9}\*/){0,1}\s{0,99}$"
)
_HALVES = re.compile(
    r"\\u(?:[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F][\da-fA-F]{2})|(?<!\\u[dD][89abAB][\da-fA-F]{2}\\u)[dD][c-fC-F][\da-fA-F]{2}"
    r"|00(?:0[0-8bBeEfF]|1[\da-fA-F]))"
)
"""Escapes of half characters, which no encoding can write, and of signs that steer terminals."""
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_MISSING_COMMA = re.compile(r"\}(?=\s{0,99}\{)")


def objects(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """The top objects of all scripts, with those in their graphs and main entities."""
    return [found for script in scripts for found in _objects(_parsed(script))][:_MOST_OBJECTS]


def types(objects: Iterable[dict[str, Any]]) -> list[str]:
    """What schema.org calls these objects, each type once: "NewsArticle", "QAPage", ..."""
    named = [found.get("@type") for found in objects]
    flat = [name for value in named for name in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(name.rsplit("/", 1)[-1] for name in flat if isinstance(name, str) and name))


def articles(objects: Sequence[dict[str, Any]], url: str | None = None) -> list[dict[str, Any]]:
    """The objects that describe the page's article, the one whose address is `url` first."""
    by_id = {found["@id"]: found for found in reversed(objects) if isinstance(found.get("@id"), str)}
    chosen = [_with_author(found, by_id) for found in objects if _is_article(found)]
    chosen = chosen or [_with_author(found, by_id) for found in objects if _is_asked(found)]
    if url:
        chosen.sort(key=lambda found: url not in _addresses(found))
    return chosen


def witnesses(article: dict[str, Any]) -> Iterator[Witness]:
    """What one article object states."""
    for field, value in (
        ("headline", _text(article.get("headline")) or _text(article.get("name"))),
        ("standfirst", _text(article.get("description"))),
        ("authors", _names(article.get("author")) or _names(article.get("creator"))),
        ("date", _date(article.get("datePublished")) or _date(article.get("dateCreated"))),
        ("modified", _date(article.get("dateModified"))),
        ("section", _text(article.get("articleSection"))),
        ("site", next(iter(_names(article.get("publisher"))), None)),
        ("language", language_code(_text(article.get("inLanguage")))),
        ("canonical_url", next(iter(_addresses(article)), None)),
        ("articleBody", _body(article.get("articleBody"))),
        ("isAccessibleForFree", _truth(article.get("isAccessibleForFree"))),
        ("wordCount", _count(article.get("wordCount"))),
    ):
        if value is not None and value != ():
            yield Witness(field, value, "json-ld")


def around(objects: Iterable[dict[str, Any]]) -> Iterator[Witness]:
    """What stands beside the article: the site's name, and the way to the page, a tuple of names."""
    site: str | None = None
    way: tuple[str, ...] = ()
    for found in objects:
        kinds = types((found,))
        site = site or ("WebSite" in kinds and _text(found.get("name"))) or None
        crumbs = found if "BreadcrumbList" in kinds else found.get("breadcrumb")
        way = way or (_way(crumbs) if isinstance(crumbs, dict) else ())
    if site:
        yield Witness("site", site, "json-ld")
    if way:
        yield Witness("breadcrumb", way, "json-ld")


def _way(crumbs: dict[str, Any]) -> tuple[str, ...]:
    """The names in a list of breadcrumbs, by their positions."""
    listed = crumbs.get("itemListElement")
    steps = [step for step in listed[:_MOST_CRUMBS] if isinstance(step, dict)] if isinstance(listed, list) else []
    if all(_count(step.get("position")) is not None for step in steps):
        steps.sort(key=lambda step: _count(step.get("position")) or 0)
    names = [_text(step.get("name")) or _text(step.get("item")) for step in steps]
    return tuple(name for name in names if name and "://" not in name)


def _parsed(script: str) -> list[Any]:
    """The JSON values of a script: as it stands, or after the repairs that published pages need."""
    if len(script) > _LONGEST:
        return []
    text = script.strip().strip("\ufeff").strip()
    if "\\u" in text:
        text = _HALVES.sub(r"\\ufffd", text)
    for repair in (lambda s: s, _repaired, lambda s: _repaired(html.unescape(s)), lambda s: f"[{_MISSING_COMMA.sub('},', _repaired(s))}]"):
        try:
            return [json.loads(repair(text), strict=False, parse_int=_integer)]
        except (ValueError, RecursionError):
            continue
    return []


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 20 else digits


def _repaired(text: str) -> str:
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";").strip()
    return _TRAILING_COMMA.sub("", text)


def _objects(values: list[Any]) -> Iterator[dict[str, Any]]:
    """The top objects, and those in their graphs and main entities, in the page's order."""
    waiting = values[::-1]
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend(value[:_MOST_OBJECTS][::-1])
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[name] for name in ("mainEntity", "@graph") if isinstance(value.get(name), dict | list))


def _is_article(found: dict[str, Any]) -> bool:
    types = found.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(t, str) and (t.endswith("Article") or t.rsplit("/", 1)[-1] in _OTHER_TYPES) for t in names)


def _is_asked(found: dict[str, Any]) -> bool:
    """Whether an object is a question that somebody asked; those of a list of answers to common questions have no author."""
    types = found.get("@type")
    return "Question" in (types if isinstance(types, list) else [types]) and "author" in found


def _with_author(article: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The article with references to its author and publisher resolved."""
    resolved = {name: _resolved(article[name], by_id) for name in ("author", "creator", "publisher") if name in article}
    return article | resolved


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _text(value: Any) -> str | None:
    """The first text in a value."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | dict)), None)
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name") or value.get("@value")
    return clean(value) if isinstance(value, str) else None


def _names(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    names: dict[str, None] = {}
    for item in items:
        name = item.get("name") if isinstance(item, dict) else item
        for part in name if isinstance(name, list) else [name]:
            if isinstance(part, str) and (text := clean(part)) and "://" not in text:
                names[text] = None
    return tuple(names)


def _date(value: Any) -> Any:
    text = _text(value)
    return iso_date(text) if text else None


def _body(value: Any) -> str | None:
    if isinstance(value, list):
        value = "\n\n".join(item for item in value if isinstance(item, str))
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, str):
        value = {"true": True, "false": False}.get(value.rsplit("/", 1)[-1].strip().lower())
    return value if isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 8:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _addresses(article: dict[str, Any]) -> list[str]:
    found = []
    for name in ("url", "mainEntityOfPage", "@id"):
        value = article.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            found.append(value.split("#")[0].strip())
    return found
