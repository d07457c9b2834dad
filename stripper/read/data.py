"""Text that a page hands to its scripts instead of showing it: JSON-LD of every type, JSON in script elements and data attributes, states that
scripts are given. Pages that are built in the browser have their story nowhere else.

Nothing is run: what isn't JSON is left alone.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from stripper.read.jsonld import objects
from stripper.read.values import whole

_LONGEST = 8_000_000
"""Characters of data that are read in one page."""
_MOST_VALUES = 200_000
_MOST_PASSAGES = 2000
_MOST_FAILURES = 200
"""Assignments of one script that may turn out to be no JSON."""
_FAR = 5_000
"""Characters that a number that is too long has at least."""
_SHORTEST = 300
"""Characters of a data attribute that may hold a story."""
_LEAST = 250
"""Characters of prose under the same keys, below which they are labels and messages of the site."""
_KEYS = 8
"""Keys above a text that are kept."""
_PROSE = 60
"""Characters from which on a text may be prose."""


class Passage(NamedTuple):
    """A text in data, which may hold markup, and the keys under which it stands, outermost first; types of schema.org count as keys."""

    text: str
    keys: tuple[str, ...]


_TEXTS = frozenset("articleBody text description abstract transcript recipeIngredient recipeInstructions responsibilities qualifications".split())  # noqa: SIM905
"""Properties of schema.org whose values are content,"""
_NAMED = frozenset({"Question", "HowToSection", "ListItem", "Course", "Product", "Event", "Recipe", "Book", "Movie", "JobPosting"})
"""and types whose names are read together with them."""
_ABOUT_OTHERS = frozenset(
    {
        "Person",
        "Organization",
        "NewsMediaOrganization",
        "Corporation",
        "LocalBusiness",
        "WebSite",
        "WebPage",
        "BreadcrumbList",
        "ImageObject",
        "Brand",
    }
    | {"VideoObject", "SiteNavigationElement", "Review", "AggregateRating", "SearchAction", "ContactPoint", "PostalAddress", "Offer"}
)
"""Types that tell of the site, its people, pictures and prices."""


def in_json_ld(top: LexborNode) -> list[Passage]:
    """The texts of a page's JSON-LD, in order: of articles, posts, questions and answers, recipes, products, courses, jobs, and lists of them."""
    scripts = [node.text() for node in top.css("script[type]") if "ld+json" in (node.attributes["type"] or "").lower()]
    found = (Passage(html.unescape(text), keys) for text, keys in _values(objects(scripts)))
    return _once(passage for passage in found if _is_content(passage.keys))


def _is_content(keys: tuple[str, ...]) -> bool:
    """Whether texts of JSON-LD under these keys are what the page is about. The description of an article is its standfirst, no part of it."""
    if not _ABOUT_OTHERS.isdisjoint(keys):
        return False
    kind, name = keys[-2:] if len(keys) > 1 else ("", *keys)
    if name == "description":
        return kind == "JobPosting" or not kind.endswith(("Article", "Posting"))
    return name in _TEXTS or (name == "name" and kind in _NAMED)


def in_state(top: LexborNode) -> list[Passage]:
    """The prose in the data that a page hands to its scripts, in order, with what stands between it under the same keys."""
    under: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for place, (text, keys) in enumerate(_values(list(_states(top)))):
        under.setdefault(keys, []).append((place, text))
    chosen: list[tuple[int, Passage]] = []
    for keys, texts in under.items():
        told = [(place, text) for place, text in texts if _is_prose(text)]
        length = sum(len(text) for _, text in told)
        if length >= _LEAST:
            mostly = 2 * length > sum(len(text) for _, text in texts)
            chosen += ((place, Passage(text, keys)) for place, text in (texts if mostly else told) if " " in text or not text.isascii())
    return _once(passage for _, passage in sorted(chosen))


def _once(passages: Iterable[Passage]) -> list[Passage]:
    """Each text once, at its first place."""
    found: dict[str, Passage] = {}
    for passage in passages:
        text = whole(passage.text)
        found.setdefault(text.strip(), passage._replace(text=text))
        if len(found) > _MOST_PASSAGES:
            break
    found.pop("", None)
    return list(found.values())


def _values(values: list[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts in JSON values, in order, with the keys above them."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(value, ()) for value in reversed(values)]
    seen = 0
    while waiting and seen < _MOST_VALUES:
        value, keys = waiting.pop()
        seen += 1
        if isinstance(value, str):
            if value[:2] in ('{"', "[{", '["') and len(value) >= _SHORTEST:
                waiting += ((inner, keys) for inner in _json(value))
            else:
                yield value, keys
        elif isinstance(value, list):
            waiting += ((item, keys) for item in reversed(value))
        elif isinstance(value, dict):
            if paragraph := _paragraph(value):
                yield paragraph, keys
                continue
            kind = value.get("@type")
            kind = kind[0] if isinstance(kind, list) and kind else kind
            around = (*keys, kind.rsplit("/", 1)[-1]) if isinstance(kind, str) else keys
            waiting += ((inner, (*around, key)[-_KEYS:]) for key, inner in reversed(value.items()) if not key.startswith("@"))


_INNER = ("children", "content", "nodes")
_LEAF = ("text", "value", "data", "content")


def _paragraph(node: dict[str, Any]) -> str:
    """The text of a paragraph in the tree of an editor: a node whose list of inner nodes holds text as well as, say, links; "" for others."""
    inner = _inner(node)
    if not any(_leaf(item).strip() for item in inner):
        return ""
    pieces: list[str] = []
    waiting = inner[::-1]
    while waiting:
        item = waiting.pop()
        pieces.append(_leaf(item))
        waiting += _inner(item)[::-1]
    return "".join(pieces)


def _inner(node: Any) -> list[Any]:
    if not isinstance(node, dict):
        return []
    return next((value for name in _INNER if isinstance(value := node.get(name), list)), [])


def _leaf(node: Any) -> str:
    if not isinstance(node, dict) or _inner(node):
        return ""
    return next((value for name in _LEAF if isinstance(value := node.get(name), str)), "")


_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_CODE = re.compile(r"[{}]|=>|;\s{0,9}\n|\bfunction\s{0,9}\(|://\S{60}")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"'”’»)]|$)|[。！？।۔]")


def _is_prose(text: str) -> bool:
    """Whether a text looks like sentences: long, of words, and no code or address."""
    start = text[:2000]
    if "<" in start:
        start = _TAG.sub(" ", start)
    start = " ".join(start.split())
    if len(start) < _PROSE or _CODE.search(start):
        return False
    if not _SENTENCE_END.search(start) or sum(map(str.isalpha, start)) < 0.65 * len(start):
        return False
    return start.count(" ") > len(start) / 25 or sum(char > "\u2e80" for char in start) > len(start) / 2  # words, or a script without blanks


_STATE = re.compile(r"(?:^|[;\s,(}])(?:window|self|globalThis|var|let|const)(?:\.|\s|\[)[^\n={}()]{1,100}=\s{0,9}(JSON\.parse\(\s{0,9})?(?=[{\[\"'])")
_UNDEFINED = re.compile(r"(?<=[:,\[])undefined(?=[,}\]])")
_SINGLE_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*+)'")


def _states(top: LexborNode) -> Iterator[Any]:
    """The values of JSON in script elements and data attributes, and of those that scripts assign."""
    left = _LONGEST
    for node in top.css("script:not([src])"):
        kind = (node.attributes.get("type") or "").lower()
        source = node.text()
        left -= len(source)
        if left < 0:
            return
        if "ld+json" in kind or len(source) < _SHORTEST:
            continue
        yield from _json(source) if "json" in kind else _assigned(source)
    for node in top.traverse():
        for name, value in node.attributes.items():
            if value and len(value) >= _SHORTEST and name.startswith("data-") and value.lstrip()[:1] in ("{", "["):
                left -= len(value)
                if left > 0:
                    yield from _json(value)


def _assigned(script: str) -> Iterator[Any]:
    """JSON values that a script assigns to names, or parses from a literal."""
    decoder = json.JSONDecoder(strict=False)
    if "undefined" in script:
        script = _UNDEFINED.sub("null", script)
    end, left, failed = 0, len(script), 0
    for found in _STATE.finditer(script):
        if (start := found.end()) < end:
            continue
        if found[1] and (literal := _SINGLE_QUOTED.match(script, start)):
            yield from _json(literal[1].replace("\\'", "'").replace("\\\\", "\\"))
            continue
        try:
            value, end = decoder.raw_decode(script, start)
        except ValueError as problem:  # a number of thousands of digits is one without a place
            left -= getattr(problem, "pos", start + _FAR) - start  # what was read in vain
            failed += 1
            if left < 0 or failed > _MOST_FAILURES:
                return
        except RecursionError:
            return
        else:
            yield from [value] if not isinstance(value, str) else _json(value) if found[1] else []


def _json(text: str) -> list[Any]:
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []
