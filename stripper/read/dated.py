"""Where else a page states its dates: names of meta elements that are rare, items that are no article, and data for its scripts.

Asked only where the page's article, OpenGraph and the usual meta elements say nothing, except for the names of meta elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stripper.read.values import clean, iso_date
from stripper.types import Witness

if TYPE_CHECKING:
    from stripper.read.declared import Stated

_HINT = re.compile(r"date|time|publi|pub$|updated|modified|created|issued|uploaded")
_CHANGED = re.compile(r"(?:modif(?:ied|ication)?|updated?|revised|lastmod)(?:[-_.:]?(?:date|time|at|on))?$|date[-_.:]?(?:modified|updated?)$")
_FIRST = re.compile(
    r"(?:pub(?:lish(?:ed)?|lication)?|issued?|created?|creation|released?|posted|display|upload(?:ed)?|online)[-_.:]?(?:date|time|at|on)$|"
    r"(?:date|time)[-_.:]?(?:pub(?:lished|lication)?|created|issued|available|posted)$|(?:^|[-_.:])(?:published|uploaded|issued|created)$|[.:]date$|^pdate$"
)
_OTHERS = re.compile(r"expir|unpubl|event|registr|birth|cache|snapshot|image|^(?:book|music|video|movie|product)[.:]")
"""Names of dates of other things than the page's text."""

_PAGES = frozenset({"CreativeWork", "CreativeWorkSeries", "HowTo", "Guide", "Dataset", "LearningResource", "PodcastEpisode", "Blog", "Thing"})
_MEDIA = frozenset({"VideoObject", "AudioObject"})
_PROPERTIES = {"datepublished": "date", "datecreated": "date", "uploaddate": "date", "datemodified": "modified", "dateupdate": "modified"}
_MOST_PROPERTIES = 50
"""Dates in microdata that are looked at; a page with more lists other pages."""
_AROUND = 60
"""Elements around a property among which its item is looked for."""

_IN_DATA = re.compile(
    r"""ub(?:lish|lic|[dD]ate|_date)[A-Za-z_.-]{0,24}\\{0,3}["'][ ]{0,3}[:,][ ]{0,3}\\{0,3}["']"""
    r"""((?:19|20)\d\d([-/]?)\d\d\2\d\d(?!\d)[T :0-9.+Z-]{0,26})\\{0,3}["']"""
)
_ARTICLE = re.compile(r"(?:Article|Posting|HowTo)\W{1,8}")
"""In JSON-LD that is too broken to be read otherwise."""
_LONGEST_SCRIPT = 2_000_000
_MOST_IN_DATA = 200
"""Dates in scripts that are looked at: a page with more of one day is rare, one with more of several decided by the first two."""


def field_of(name: str) -> str | None:
    """What a meta element with a name that isn't listed states, by the words in it: "date", "modified" or None."""
    if _HINT.search(name) is None or _OTHERS.search(name):
        return None
    return "modified" if _CHANGED.search(name) else "date" if _FIRST.search(name) else None


def elsewhere(objects: Iterable[Mapping[str, Any]], stated: Iterable[Stated]) -> Iterator[Witness]:
    """The witnesses of the first of these places that states a date: JSON-LD's object for the page, properties of no item, data for scripts."""
    for found in (_in_objects(objects), _in_properties(stated), _in_data(stated)):
        witnesses = list(found)
        if any(w.field == "date" for w in witnesses):
            yield from witnesses
            return


def _in_objects(objects: Iterable[Mapping[str, Any]]) -> Iterator[Witness]:
    """The dates of the object for the page itself; of a video or recording where it's the only one."""
    media = []
    for found in objects:
        types = found.get("@type")
        names = {t.rsplit("/", 1)[-1] for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)}
        if any(name.endswith("Page") for name in names) or names & _PAGES:
            published = _date(found, "datePublished", "dateCreated")
            if published is not None:
                yield Witness("date", published, "json-ld")
                if (changed := _date(found, "dateModified")) is not None:
                    yield Witness("modified", changed, "json-ld")
                return
        elif names & _MEDIA:
            media.append(found)
    if len(media) == 1 and (published := _date(media[0], "datePublished", "uploadDate")) is not None:
        yield Witness("date", published, "json-ld")


def _date(found: Mapping[str, Any], *names: str) -> Any:
    texts = (clean(value) for name in names if isinstance(value := found.get(name), str))
    return next((iso_date(text) for text in texts if text), None)


def _in_properties(stated: Iterable[Stated]) -> Iterator[Witness]:
    """Properties that stand in no item, or in one that is the page: many templates write the properties and forget the item."""
    seen = 0
    for tag, attributes, node in stated:
        field = next((_PROPERTIES[n] for n in (attributes.get("itemprop") or "").lower().split() if n in _PROPERTIES), None)
        seen += field is not None
        if seen > _MOST_PROPERTIES:
            return
        if field and _is_pages_own(node):
            title = attributes.get("title") if tag == "abbr" else None
            text = clean(attributes.get("datetime") or attributes.get("content") or title or node.text()[:200])
            if text:
                yield Witness(field, iso_date(text), "microdata")


def _is_pages_own(node: Any) -> bool:
    around = node.parent
    for _ in range(_AROUND):
        if around is None:
            return True
        attributes = around.attributes
        if "itemscope" in attributes:
            name = (attributes.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
            return not name or name.endswith("Page") or name in _PAGES or (name in _MEDIA and around.tag == "html")
        around = around.parent
    return True


def _in_data(stated: Iterable[Stated]) -> Iterator[Witness]:
    """The one day that all dates of publication in the data for the page's scripts name; where they name several, some are other pages'."""
    days: dict[str, str] = {}
    seen = 0
    for tag, attributes, node in stated:
        if tag != "script" or len(script := node.text()) > _LONGEST_SCRIPT or "ub" not in script:
            continue
        if "ld+json" in (attributes.get("type") or "").lower() and not _ARTICLE.search(script):
            continue
        for found in _IN_DATA.finditer(script):
            text = found[1].replace("/", "-").strip()
            days.setdefault(text.replace("-", "")[:8], text)
            seen += 1
            if len(days) > 1 or seen > _MOST_IN_DATA:
                break
    if len(days) == 1:
        yield Witness("date", iso_date(next(iter(days.values()))), "script")
