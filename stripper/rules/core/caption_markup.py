"""The texts under pictures, where HTML says so: by an element, or by the names of classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_NAMES = frozenset(
    {"caption", "figcaption", "wp-caption-text", "wp-caption", "image-caption", "photo-caption", "img-caption", "picture-caption", "media-caption"}
    | {"caption-text", "article-image-caption", "image__caption"}
)
_CAPTION_CHARS = 700
_MOST_BLOCKS = 6
"""A caption and its credit, with what a lightbox says around them; more in one place are a part of the page."""


@dataclass(frozen=True, slots=True)
class Figcaption:
    """A block that HTML itself says is a caption."""

    id: str = "figcaption"
    score: float = 0.95
    examples: tuple[Example, ...] = (
        Example("<html><body><p>The ferry left on Monday.</p><figure><figcaption>⟦The ferry at the quay⟧</figcaption></figure></body></html>"),
        Example("<html><body><figure><figcaption><p>⟦The ferry at the quay⟧</p></figcaption></figure><p>The ferry left on Monday.</p></body></html>"),
        Example("<html><body><figure><blockquote>The ferry left on Monday.</blockquote></figure></body></html>"),
        Example("The ferry left on Monday."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source == "html":
            for block in page.blocks:
                if block.tag == "figcaption" or "figcaption" in block.path:
                    yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class Class:
    """A few blocks in a row in what is called a caption, without a heading among them: teasers that say so are none."""

    id: str = "caption-class"
    score: float = 0.85
    examples: tuple[Example, ...] = (
        Example("<html><body><p>The ferry left on Monday.</p><div class='caption'>⟦The ferry at the quay⟧</div></body></html>"),
        Example("<html><body><p>The ferry left on Monday.</p><p class='wp-caption-text'>⟦The ferry at the quay⟧</p></body></html>"),
        Example("<html><body><p>The caption said so.</p></body></html>"),
        Example("<html><body><div class='caption'><h3>A lamp of brass</h3><p>It is forty years old.</p><p>For 40 crowns.</p></div></body></html>"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source != "html":
            return
        run: list[Block] = []
        before = -1
        for index in page.named(_NAMES):
            if index != before + 1:
                yield from _captions(run)
                run = []
            run.append(page.blocks[index])
            before = index
        yield from _captions(run)


def _captions(run: Sequence[Block]) -> Iterator[Hit]:
    if len(run) > _MOST_BLOCKS or any(block.level for block in run):
        return
    for block in run:
        if block.end - block.start <= _CAPTION_CHARS:
            yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="caption-markup",
    kind=Kind.CAPTION,
    marks="The texts under pictures, by HTML's own element for them and by the names of classes.",
    why="It describes a picture that isn't there.",
    misses="Captions in elements that are called something else.",
    rules=(Figcaption(), Class()),
)
