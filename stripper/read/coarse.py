"""Pages of more blocks than anyone reads, taken by the handful.

Everything after reading costs time for each block (measured: about 70 µs), so ten megabytes of one-word lines would take a minute. The longest real
pages that were seen have some 2,600 blocks.
"""

from __future__ import annotations

from dataclasses import replace

from stripper.types import Block, Page

_MOST_BLOCKS = 50_000


def coarse(page: Page) -> Page:
    """The same page where its blocks are few enough; else with neighbouring ones joined, as many as it takes. Its text stays as it is."""
    count = len(page.blocks)
    if count <= _MOST_BLOCKS:
        return page
    size = -(-count // _MOST_BLOCKS)
    blocks = tuple(_joined(page.blocks[start : start + size]) for start in range(0, count, size))
    return replace(page, blocks=blocks, warnings=(*page.warnings, f"the page has {count:,} blocks; each {size} neighbours are taken as one"))


def _joined(blocks: tuple[Block, ...]) -> Block:
    first = blocks[0]
    linked, shared = sum(block.link_chars for block in blocks), min(block.shared for block in blocks)
    return first._replace(end=blocks[-1].end, level=0, link_chars=linked, shared=shared)
