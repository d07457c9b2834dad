"""Whole crawls of invented pages, as WARC, JSON lines, Parquet or a folder. The same seed gives the same bytes.

    python tests/batch/crawl.py warc crawl.warc.gz --records 100000 --mean 1500
    python tests/batch/crawl.py jsonl crawl.jsonl --size 5GB --mean 2KB --state 500KB
    python tests/batch/crawl.py parquet crawl.parquet --records 2000 --kind text
    python tests/batch/crawl.py pages folder --records 500

A page is a story between the things that sites print around it. `--mean` is its average size in bytes; sizes vary as on the web, from a
quarter of that to many times as much. `--state` adds so much data in a script to each page of HTML, as pages have that are built in the
browser: such pages are large, and cost little to clean.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# fmt: off
PEOPLE = [
    "Mara Osk", "Tobin Hale", "Ines Cardow", "Jorun Vett", "Pell Amaro", "Nadia Brenn", "Cosmo Reik", "Lida Farrow", "Emeka Stroud", "Yuna Tarrel",
    "Otis Greve", "Sanna Holm"
]
PLACES = [
    "Norhavn", "Calder Ferry", "East Brannock", "Mill Quay", "Tessaly", "Upper Rond", "Sandmark", "Vellen", "Port Ister", "Grayholt",
    "Little Ambry", "Hove Landing"
]
BODIES = [
    "the harbour board", "the town council", "the school trust", "the bus company", "the water works", "the museum", "the growers' union",
    "the county court"
]
DEEDS = [
    "has put off the repair of the old bridge", "wants to buy back the empty mill", "will open a second line next spring",
    "counted fewer visitors than last year", "has found the missing ledgers", "is looking for twelve apprentices",
    "turned down the offer of a private builder", "asks for more time to read the plans"
]
REASONS = [
    "because the winter was longer than anyone had planned for", "after neighbours had collected nine hundred signatures",
    "although the money was set aside in June", "while the river keeps rising by a hand's breadth a year",
    "since two of the three pumps stand still", "as the price of steel has doubled"
]
VOICES = [
    '"We would rather be late than wrong," said {person}.', "{person} called that a modest beginning.",
    '"Nobody here has forgotten the flood," {person} said.', "According to {person}, the figures will be public by {day}.",
    "{person}, who lives near {place}, remembers it differently."
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
SECTIONS = ["Local", "Business", "Weather", "Culture", "Sport", "Opinion"]
ASIDES = [
    "Share this article", "Subscribe to our newsletter", "Read more", "Advertisement", "Most read", "Leave a reply", "Related stories",
    "Follow us", "All rights reserved.", "Sign in to comment", "Back to top", "Terms of use", "Privacy policy", "Cookie settings", "Contact us"
]
# fmt: on

_SMALLEST, _LARGEST = 0.25, 20.0
"""Sizes lie between these, in units of the mean."""
_SPREAD = 0.9
"""The standard deviation of the sizes' logarithm: one page in twenty is four times as large as the middle one."""


class Page(NamedTuple):
    """An invented page."""

    id: str
    url: str
    title: str
    content: str


class Press:
    """Prints pages of one kind ("html" or "text"), `mean` bytes large on average, and if they are HTML, another `state` bytes in a script."""

    def __init__(self, seed: int, kind: str, mean: int, state: int = 0) -> None:
        self._rng = random.Random(f"{seed} {kind} {mean}")
        self.kind = kind
        self._mean = mean
        self._paragraphs = [self._paragraph(400) for _ in range(3000)]
        self._around = [self._aside() for _ in range(300)]
        self._state = state
        self._facts = [json.dumps({"number": n, "texts": self._rng.choices(self._paragraphs, k=40)}) for n in range(50 if state else 0)]

    def pages(self, records: int | None, size: int | None) -> Iterator[Page]:
        """So many pages, or so many that they are `size` bytes large together."""
        number = total = 0
        while (records is None or number < records) and (size is None or total < size):
            page = self._page(number)
            number += 1
            total += len(page.content)
            yield page

    def _page(self, number: int) -> Page:
        rng = self._rng
        place, body, deed = rng.choice(PLACES), rng.choice(BODIES), rng.choice(DEEDS)
        title = f"{place}: {body} {deed}"
        day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        url = f"https://www.{place.lower().replace(' ', '-')}-courier.example/{rng.choice(SECTIONS).lower()}/{day.replace('-', '/')}/story-{number}"
        factor = min(_LARGEST, max(_SMALLEST, rng.lognormvariate(-_SPREAD * _SPREAD / 2, _SPREAD)))
        size = int(self._mean * factor)
        opening = f"Story {number} from {place}, {rng.choice(DAYS)}: {body} {deed}, {rng.choice(REASONS)}."
        story = [opening, *self._fill(self._paragraphs, int(size * 0.6))]
        around = self._fill(self._around, int(size * 0.35))
        if self._state:
            around.append(f"<script>window.state = [{','.join(self._fill(self._facts, int(self._state * factor)))}];</script>")
        make = _html if self.kind == "html" else _text
        return Page(f"story-{number}", url, title, make(title, rng.choice(PEOPLE), day, story, around))

    def _fill(self, parts: list[str], size: int) -> list[str]:
        """Parts that are about `size` characters together: at least one."""
        mean = sum(map(len, parts)) / len(parts)
        return self._rng.choices(parts, k=max(1, round(size / mean)))

    def _paragraph(self, size: int) -> str:
        wanted = self._rng.randint(size // 2, size * 3 // 2)
        sentences: list[str] = []
        while wanted > 0:
            sentences.append(self._sentence())
            wanted -= len(sentences[-1]) + 1
        return " ".join(sentences)

    def _sentence(self) -> str:
        rng = self._rng
        if rng.random() < 0.3:
            return rng.choice(VOICES).format(person=rng.choice(PEOPLE), place=rng.choice(PLACES), day=rng.choice(DAYS))
        start = f"In {rng.choice(PLACES)}, {rng.choice(BODIES)}" if rng.random() < 0.5 else rng.choice(BODIES).capitalize()
        return f"{start} {rng.choice(DEEDS)} {rng.choice(REASONS)}."

    def _aside(self) -> str:
        """What stands around a story: a list of links, or in HTML also a script that nobody sees."""
        rng = self._rng
        titles = [f"{rng.choice(PLACES)}: {rng.choice(BODIES)} {rng.choice(DEEDS)}" for _ in range(rng.randint(2, 6))]
        if self.kind == "text":
            return "\n".join([rng.choice(ASIDES), *titles])
        if rng.random() < 0.3:
            return f"<script>window.slots.push({json.dumps({'id': rng.randint(0, 9999), 'titles': titles})});</script>"
        links = "".join(f'<li><a href="/story-{rng.randint(0, 99999)}">{title}</a></li>' for title in titles)
        return f'<aside class="teasers"><h4>{rng.choice(ASIDES)}</h4><ul>{links}</ul></aside>'


def _html(title: str, author: str, day: str, story: list[str], around: list[str]) -> str:
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS)
    half = len(around) // 2
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Courier</title>'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><header><nav><ul>{menu}</ul></nav></header>'
        f'{"".join(around[:half])}<main><article><h1>{title}</h1><p class="byline">By {author}</p><time datetime="{day}">{day}</time>'
        f"<p>{'</p><p>'.join(story)}</p></article></main>{''.join(around[half:])}"
        f"<footer><p>Copyright 2024 The Courier. All rights reserved.</p></footer></body></html>"
    )


def _text(title: str, author: str, day: str, story: list[str], around: list[str]) -> str:
    half = len(around) // 2
    head = ["The Courier", *SECTIONS, *around[:half], title, f"By {author}", day]
    return "\n".join([*head, *story, *around[half:], "Copyright 2024 The Courier. All rights reserved."])


def write_jsonl(path: Path, press: Press, records: int | None, size: int | None) -> None:
    """A page a line, with id, url and the page as "html" or "text"."""
    with gzip.GzipFile(path, "wb", 1, mtime=0) if path.suffix == ".gz" else path.open("wb") as out:
        for page in press.pages(records, size):
            out.write(json.dumps({"id": page.id, "url": page.url, press.kind: page.content}).encode() + b"\n")


def write_warc(path: Path, press: Press, records: int | None, size: int | None) -> None:
    """A record for each page, and now and then what else crawls hold: requests, pages that weren't found, images."""
    pack = _packed if path.suffix == ".gz" else bytes
    with path.open("wb") as out:
        out.write(pack(_record("warcinfo", "<urn:crawl>", "", b"software: an invented crawler\r\n", "application/warc-fields")))
        for number, page in enumerate(press.pages(records, size)):
            for record in _records(page, number, press.kind):
                out.write(pack(record))


def _packed(record: bytes) -> bytes:
    return gzip.compress(record, 1, mtime=0)


def _records(page: Page, number: int, kind: str) -> Iterable[bytes]:
    if number % 10 == 3:
        yield _record("request", f"<urn:request:{number}>", page.url, b"GET / HTTP/1.1\r\nHost: www.example\r\n\r\n")
    if number % 25 == 7:
        yield _record("response", f"<urn:gone:{number}>", page.url + "-gone", _http("404 Not Found", "text/html", b"<p>Gone.</p>"))
    if number % 25 == 9:
        yield _record("response", f"<urn:image:{number}>", page.url + ".png", _http("200 OK", "image/png", b"\x89PNG" + bytes(200)))
    stated = "text/html; charset=utf-8" if kind == "html" else "text/plain; charset=utf-8"
    yield _record("response", f"<urn:{page.id}>", page.url, _http("200 OK", stated, page.content.encode()))


def _http(status: str, stated: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {stated}\r\n\r\n".encode() + body


def _record(kind: str, id: str, url: str, block: bytes, stated: str = "application/http") -> bytes:
    address = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\n{address}WARC-Date: 2024-12-31T12:00:00Z\r\nContent-Type: {stated}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def write_parquet(path: Path, press: Press, records: int | None, size: int | None) -> None:
    """A page a row, in row groups of about 8 MB."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def table(rows: list[Page]) -> pa.Table:
        return pa.table({"id": [row.id for row in rows], "url": [row.url for row in rows], press.kind: [row.content for row in rows]})

    rows: list[Page] = []
    with pq.ParquetWriter(path, table([Page("", "", "", "")]).schema, compression="zstd") as writer:
        for page in press.pages(records, size):
            rows.append(page)
            if sum(len(row.content) for row in rows) > 8 << 20:
                writer.write_table(table(rows))
                rows = []
        if rows:
            writer.write_table(table(rows))


def write_pages(path: Path, press: Press, records: int | None, size: int | None) -> None:
    """A file for each page, a hundred to a folder."""
    suffix = ".html" if press.kind == "html" else ".txt"
    for number, page in enumerate(press.pages(records, size)):
        file = path / f"{number // 100:04}" / f"{page.id}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.content.encode())


WRITERS: dict[str, Callable[[Path, Press, int | None, int | None], None]] = {
    "warc": write_warc,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "pages": write_pages,
}


def _size(text: str) -> int:
    units = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
    return int(float(text[:-2]) * units[text[-2:].upper()]) if text[-2:].upper() in units else int(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("format", choices=WRITERS)
    parser.add_argument("output", type=Path)
    parser.add_argument("--records", type=int, help="how many pages")
    parser.add_argument("--size", type=_size, help="how large the pages are to be together, such as 5GB")
    parser.add_argument("--kind", choices=("html", "text"), default="html")
    parser.add_argument("--mean", type=_size, default=20_000, help="average size of a page in bytes")
    parser.add_argument("--state", type=_size, default=0, help="average size of the data in a script of each page of HTML")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.records is None and asked.size is None:
        parser.error("say how much: --records or --size")
    if asked.state and asked.kind != "html":
        parser.error("--state is for --kind html")
    WRITERS[asked.format](asked.output, Press(asked.seed, asked.kind, asked.mean, asked.state), asked.records, asked.size)


if __name__ == "__main__":
    main()
