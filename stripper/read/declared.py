"""What a page states about itself outside its text: JSON-LD, OpenGraph and other meta elements, microdata, title, links and its address.

Facts only: which of several statements is believed is decided where the fields are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from stripper.read import jsonld
from stripper.read.dated import elsewhere, field_of
from stripper.read.stream import Attributes
from stripper.read.values import clean, date_in_url, iso_date, language_code, region_code
from stripper.types import Witness


class Stated(NamedTuple):
    """An element that may state a fact about the page."""

    tag: str
    attributes: Attributes
    node: LexborNode


# Names of meta elements (in lower case, "." and "-" as printed) by the field they state.
_META = {
    "headline": "og:title twitter:title title headline dc.title dcterms.title parsely-title sailthru.title citation_title",
    "standfirst": "og:description description twitter:description dc.description dcterms.description sailthru.description",
    "authors": "author authors article:author og:article:author dc.creator dcterms.creator creator parsely-author sailthru.author byl byline "
    "citation_author citation_authors cxenseparse:author",
    "date": "article:published_time og:article:published_time article:published published_time date pubdate publishdate publish-date publish_date "
    "datepublished date_published dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued dcterms.created parsely-pub-date sailthru.date "
    "originalpublicationdate citation_publication_date citation_date cxenseparse:recs:publishtime cxenseparse:publishtime",
    "modified": "article:modified_time og:article:modified_time article:modified og:updated_time last-modified lastmod dcterms.modified "
    "dc.date.modified datemodified revised",
    "section": "article:section og:article:section section parsely-section",
    "site": "og:site_name application-name apple-mobile-web-app-title dc.publisher dcterms.publisher",
    "language": "og:locale content-language dc.language dcterms.language language",
    "canonical_url": "og:url twitter:url",
    "type": "og:type",
}
_FIELD_OF = {name: field for field, names in _META.items() for name in names.split()}
_PROPERTIES = {
    "headline": "headline",
    "description": "standfirst",
    "alternativeheadline": "standfirst",
    "author": "authors",
    "creator": "authors",
    "datepublished": "date",
    "datecreated": "date",
    "datemodified": "modified",
    "articlesection": "section",
}
_ARTICLES = ("Article", "Posting", "Question")
"""Ends of the names of items that may be what the page is about."""
_MOST = 12
"""Witnesses of one field that are kept from one kind of place; a page with more lists other stories."""
_MOST_NAMES = 60
"""The same of authors, whom papers have many of."""
_LONGEST_NAME = 120
_LONGEST_SCHEME = 10


def declared(stated: Iterable[Stated], html: LexborNode | None, url: str | None) -> tuple[Witness, ...]:
    """The witnesses in the elements that may hold one, in order of origin: JSON-LD, OpenGraph, meta, microdata, title, html, url."""
    stated = list(stated)
    scripts = [s.node.text() for s in stated if s.tag == "script" and "ld+json" in (s.attributes.get("type") or "").lower()]
    links = [_canonical(s, url) for s in stated if s.tag == "link"]
    canonical = next((link for link in links if link), None)
    objects = jsonld.objects(scripts)
    article = next(iter(jsonld.articles(objects, canonical or url)), None)
    metas = list(_metas(s.attributes for s in stated if s.tag == "meta"))
    found = list(jsonld.witnesses(article)) if article else []
    found += jsonld.around(objects)
    found += [Witness("type", name, "json-ld") for name in jsonld.types(objects)[:_MOST]]
    found += [w for w in metas if w.origin == "opengraph"]
    found += [w for w in metas if w.origin == "meta"]
    found += _microdata(stated)
    if not any(w.field == "date" for w in found):
        found += elsewhere(objects, stated)
    if not any(w.field == "authors" for w in found):
        found += _authors_for_cards(stated)
    found += [Witness("headline", text, "title") for s in stated if s.tag == "title" and (text := clean(s.node.text()))][:1]
    if html is not None and (kind := _type(html)):
        found.append(Witness("type", kind, "html"))
    if html is not None and (language := language_code(spoken := html.attributes.get("lang") or html.attributes.get("xml:lang"))):
        found.append(Witness("language", language, "html"))
        if region := region_code(spoken):
            found.append(Witness("region", region, "html"))
    if canonical:
        found.append(Witness("canonical_url", canonical, "html"))
    found += _in_text(stated)
    if (address := url or canonical) and (day := date_in_url(address)):
        found.append(Witness("date", day, "url"))
    return tuple(found)


def language_of(found: Iterable[Witness]) -> str | None:
    """The language that the page declares: that of the html element before others."""
    languages = [w for w in found if w.field == "language"]
    return next((w.value for w in sorted(languages, key=lambda w: w.origin != "html")), None)


def _metas(elements: Iterable[Attributes]) -> Iterator[Witness]:
    """Witnesses of meta elements; several authors are one witness."""
    authors: dict[str, dict[str, None]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for attributes in elements:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or "").strip().lower()
        field = _FIELD_OF.get(name) or field_of(name)
        text = clean(attributes.get("content")) if field else None
        if not field or not text:
            continue
        origin = "opengraph" if name.startswith(("og:", "article:")) else "meta"
        counts[field, origin] += 1
        if counts[field, origin] > (_MOST_NAMES if field == "authors" else _MOST):
            continue
        if field == "authors":
            if "://" not in text and not text.startswith("@"):
                authors.setdefault(f"{origin} {name}", {})[text] = None
        elif (value := _value(field, text)) is not None:
            yield Witness(field, value, origin)
            if field == "language" and (region := region_code(text)):
                yield Witness("region", region, origin)
    for place, names in authors.items():
        yield Witness("authors", tuple(names), place.split()[0])


_WRITTEN_BY = frozenset(
    {
        "written by", "author", "by", "posted by", "verfasst von", "geschrieben von", "autor", "écrit par", "auteur", "publié par", "escrito por",
        "scritto da", "autore", "geschreven door", "napisane przez", "skrevet av", "skrevet af", "skriven av", "yazan", "автор", "написано",
        "kirjoittanut", "napsal", "szerző", "scris de", "ditulis oleh", "được viết bởi", "執筆者", "投稿者", "作者", "글쓴이", "كُتب بواسطة",
    }
)  # fmt: skip
"""Labels of the author in the data for cards (twitter:label1), which content systems write in the site's language."""


def _authors_for_cards(stated: list[Stated]) -> list[Witness]:
    """Authors in meta elements that name a property without an item, and in the labelled data for cards."""
    metas = [s.attributes for s in stated if s.tag == "meta"]
    named = {(a.get("name") or a.get("property") or "").lower(): clean(a.get("content")) for a in metas}
    authors = {clean(a.get("content")): None for a in metas if (a.get("itemprop") or "").lower() == "author"}
    for number in "12":
        if (named.get(f"twitter:label{number}") or "").lower() in _WRITTEN_BY:
            authors[named.get(f"twitter:data{number}")] = None
    names = tuple(name for name in authors if name and "://" not in name and not name.startswith("@"))
    return [Witness("authors", names[:_MOST], "meta")] if names else []


def _value(field: str, text: str) -> Any:
    if field in ("date", "modified"):
        return iso_date(text)
    return language_code(text) if field == "language" else text


def _canonical(link: Stated, url: str | None) -> str | None:
    """The page's own address as a link states it, relative to where it came from."""
    if "canonical" not in (link.attributes.get("rel") or "").lower().split():
        return None
    href = (link.attributes.get("href") or "").strip()
    if href and url and "://" not in href[:_LONGEST_SCHEME]:
        try:
            href = urljoin(url, href)
        except ValueError:
            return None
    return href if href.startswith(("http://", "https://")) else None


def _microdata(stated: Iterable[Stated]) -> list[Witness]:
    """Properties of the first item on the page that is an article, a post or a question."""
    found: list[Witness] = []
    authors: dict[str, None] = {}
    article: LexborNode | None = None
    counts: Counter[str] = Counter()
    for element in stated:
        names = (element.attributes.get("itemprop") or "").lower().split()
        field = next((_PROPERTIES[name] for name in names if name in _PROPERTIES), None)
        if (
            not field
            or counts[field] >= _MOST
            or (item := _item_around(element.node)) is None
            or (article is not None and item.mem_id != article.mem_id)
        ):
            continue
        article = item
        counts[field] += 1
        text = _stated_text(element, field)
        if field == "authors":
            authors |= {text: None} if text else {}
        elif text:
            found.append(Witness(field, _value(field, text), "microdata"))
    if authors:
        found.append(Witness("authors", tuple(authors), "microdata"))
    if article is not None:
        found.append(Witness("type", _type(article), "microdata"))
    return found


def _item_around(node: LexborNode) -> LexborNode | None:
    """The article item that a property belongs to."""
    around = node.parent
    for _ in range(60):
        if around is None:
            return None
        attributes = around.attributes
        if "itemscope" in attributes:
            return around if _type(around).endswith(_ARTICLES) else None
        around = around.parent
    return None


def _type(item: LexborNode) -> str:
    """What schema.org calls an item."""
    return (item.attributes.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]


def _stated_text(element: Stated, field: str) -> str | None:
    node, attributes = element.node, element.attributes
    if field in ("date", "modified"):
        title = attributes.get("title") if element.tag == "abbr" else None
        return clean(attributes.get("datetime") or attributes.get("content") or title or node.text()[:200])
    if attributes.get("content"):
        return clean(attributes["content"])
    if field == "authors" and (name := node.css_first('[itemprop="name"]')) is not None:
        node = name
        if name.attributes.get("content"):
            return clean(name.attributes["content"])
    text = clean(node.text()[:2000])
    return text if text and (field != "authors" or len(text) <= _LONGEST_NAME) else None


def _in_text(stated: Iterable[Stated]) -> list[Witness]:
    """Times with a machine's date, and links that are marked as the author's."""
    dates: dict[Any, None] = {}
    authors: dict[str, None] = {}
    for tag, attributes, node in stated:
        if tag == "time" and (value := clean(attributes.get("datetime"))):
            dates[iso_date(value)] = None
        elif tag == "a" and "author" in (attributes.get("rel") or "").lower().split():
            text = clean(node.text()[:1000])
            if text and len(text) <= _LONGEST_NAME:
                authors[text] = None
    found = [Witness("authors", tuple(authors), "html")] if 0 < len(authors) <= _MOST else []
    return found + [Witness("date", value, "html") for value in list(dates)[:_MOST]]
