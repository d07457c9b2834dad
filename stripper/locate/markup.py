"""What the scorer sees of HTML besides the text: links, elements, and the words that sites put into class and id.  [hot]"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from itertools import chain, repeat
from typing import Any

import numpy as np

from stripper.locate.nesting import NAMES as NESTING
from stripper.locate.nesting import nesting
from stripper.locate.windows import Array, window_means
from stripper.types import Page

_TAGS = ["p", "li", "td", "tr", "div", "figcaption", "blockquote", "pre", "span", "a", "dd", "dt"]
_MAIN = ("article", "main")
_SIDE = ("nav", "aside", "footer", "header", "form", "figure", "table", "ul")
_DECLARING: dict[str, frozenset[str]] = {
    name: frozenset(types.split())
    for name, types in {
        "article": "article newsarticle blogposting report reportagenewsarticle opinionnewsarticle analysisnewsarticle backgroundnewsarticle "
        "reviewnewsarticle liveblogposting scholarlyarticle medicalwebpage",
        "documentation": "techarticle apireference howto learningresource course",
        "product": "product productgroup productmodel offer aggregateoffer vehicle car book softwareapplication mobileapplication "
        "product.item og:product",
        "listing": "itemlist collectionpage offercatalog searchresultspage blog product.group",
        "thread": "discussionforumposting qapage question answer comment",
        "service": "service localbusiness organization corporation professionalservice aboutpage contactpage faqpage profilepage profile",
        "other": "recipe event jobposting videoobject movie video.other restaurant hotel place",
        "website": "website",
        "webpage": "webpage itempage",
    }.items()
}
"""Types of schema.org and OpenGraph, in lower case, by what a page is that declares them."""
_WORDS = (files("stripper.locate") / "markup_words.txt").read_text("utf-8").split()
"""Words of class, id, role and itemprop that the scorer knows; made by `stripper.locate.train.vocabulary`."""
_WORD_COLUMNS = {word: number for number, word in enumerate(_WORDS)}

NAMES = [
    "is-html", "link-share", "links-around", *(f"tag-{t}" for t in _TAGS), "heading", *(f"in-{t}" for t in (*_MAIN, *_SIDE)), "depth",
    "same-path-before", "same-path-after", "path-prose",
    *(f"{what}-of-place" for what in ("blocks", "chars", "link-share", "prose-share", "words", "spread", "density")),
    *NESTING,
    *(f"declares-{n}" for n in _DECLARING), "declares-nothing",
    *(f"word-{word}" for word in _WORDS),
]  # fmt: skip


def markup(page: Page, words: Array, prose: Array) -> Array:
    """What the HTML says of a block. `words`: their number in each block; `prose`: whether it reads like a paragraph."""
    blocks = page.blocks
    sizes = np.array([max(1, b.end - b.start) for b in blocks])
    links = np.minimum(np.array([b.link_chars for b in blocks]) / sizes, 1)
    tags = np.array([_TAG_COLUMNS.get(b.tag, len(_TAGS)) for b in blocks])
    levels = np.array([b.level > 0 for b in blocks])
    paths, path_of = _distinct([b.path for b in blocks])
    same = np.concatenate([[False], path_of[1:] == path_of[:-1], [False]])
    shares = np.bincount(path_of, weights=sizes) / sizes.sum()
    # blocks in equal places share one set of words, so sets are told apart by identity
    word_sets, words_of_block = _distinct([id(b.words) for b in blocks])
    words_by_id = {id(b.words): b.words for b in blocks}
    return np.hstack(
        [
            np.ones((len(blocks), 1)),
            links[:, None],
            window_means(np.stack([np.ones(len(blocks)), links], axis=1))(3)[:, 1:],
            np.eye(len(_TAGS) + 1)[tags][:, : len(_TAGS)],
            levels[:, None],
            np.array([_around_path(path) for path in paths])[path_of],
            same[:-1, None],
            same[1:, None],
            shares[path_of][:, None],
            _places(path_of, words_of_block, sizes, links, words, prose),
            nesting(page, words, prose, links),
            np.repeat(_declaring(page)[None], len(blocks), axis=0),
            _known([words_by_id[key] for key in word_sets])[words_of_block],
        ]
    ).astype(np.float32)


def _places(path_of: Any, words_of_block: Any, sizes: Any, links: Any, words: Array, prose: Array) -> Any:
    """How blocks in the same place are: with the same path and the same words of markup, as a site's template makes entries of a list."""
    _, place = np.unique(path_of * (words_of_block.max() + 1) + words_of_block, return_inverse=True)
    count, at = len(place), np.arange(len(place))
    blocks = np.bincount(place)
    chars, linked, said, read = (np.bincount(place, weights=weights) for weights in (sizes, links * sizes, words, prose * words))
    first, last = np.full(len(blocks), count), np.zeros(len(blocks), np.int64)
    np.minimum.at(first, place, at)
    np.maximum.at(last, place, at)
    columns = (
        np.log1p(blocks) / 4,
        chars / sizes.sum(),
        linked / chars,
        read / np.maximum(1, said),
        np.log1p(said / blocks) / 3,
        (last - first) / count,
        blocks / (last - first + 1),
    )
    return np.stack(columns, axis=1)[place]


def _declaring(page: Page) -> Any:
    """What kind of page it calls itself, in the words of schema.org and OpenGraph."""
    named = {str(witness.value).lower() for witness in page.declared if witness.field == "type"}
    found = [float(not named.isdisjoint(types)) for types in _DECLARING.values()]
    return np.array([*found, float(not any(found))])


_TAG_COLUMNS = {tag: number for number, tag in enumerate(_TAGS)}


def _distinct(keys: Sequence[Any]) -> tuple[list[Any], Any]:
    """The different keys in order of appearance, and for each key its number among them."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return list(numbers), np.array([numbers[key] for key in keys])


def _around_path(path: str) -> list[float]:
    names = path.split("/")
    return [*(float(tag in names) for tag in (*_MAIN, *_SIDE)), len(names) / 8]


def _known(word_sets: Sequence[frozenset[str]]) -> Array:
    """For each set of words which of the known ones are in it."""
    sizes = [len(words) for words in word_sets]
    unknown = len(_WORDS)
    columns = np.fromiter(map(_WORD_COLUMNS.get, chain.from_iterable(word_sets), repeat(unknown)), np.int64, sum(sizes))
    rows = np.zeros((len(word_sets), unknown + 1), np.float32)
    rows[np.repeat(np.arange(len(word_sets)), sizes), columns] = 1
    return rows[:, :unknown]
