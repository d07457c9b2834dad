"""WARC: which records are documents, what is known of them, and what becomes of a file that is damaged."""

import gc
import gzip
import io
import itertools
import random
import re
import tracemalloc
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stripper.batch.document import Document, Place, Reading
from stripper.batch.formats.warc import read_warc
from stripper.batch.inputs import InputFile
from stripper.batch.sources import documents
from stripper.errors import InputError

PAGE = b"<html><body><p>The ferry to Norhavn sails again on Monday.</p></body></html>"


def record(number: int, block: bytes, kind: str = "response", stated: str = "application/http; msgtype=response", length: int | None = None) -> bytes:
    """A record with the fields that every crawler writes."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://Norhavn-Post.example/{number}\r\n"
        f"WARC-Date: 2024-03-05T06:07:08Z\r\nContent-Type: {stated}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(body: bytes = PAGE, stated: str | None = "text/html", status: int = 200, **fields: str) -> bytes:
    """A response of HTTP; further fields are written with dashes for underscores."""
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    if stated is not None:
        lines.append(f"Content-Type: {stated}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read(data: bytes, most: int = 1 << 20, compression: str = "", name: str = "crawl.warc") -> list[Document]:
    file = InputFile(0, Path(name), name, "warc", compression, "crawl", len(data), id=name)
    return list(read_warc(file, io.BytesIO(data), Reading(max_document=most)))


def ids(documents: Iterable[Document]) -> list[str]:
    """The ids of the pages, and "!" for each error."""
    return ["!" if d.error else d.id.rpartition(":")[2] for d in documents if not d.passed]


FIVE = [record(n, http(PAGE + b"<!-- %d -->" % n)) for n in range(5)]


def test_a_response_brings_its_page_address_time_and_charset() -> None:
    (document,) = read(record(7, http(stated='Text/HTML; Charset="ISO-8859-15"')))
    assert document == Document(
        id="urn:uuid:7",
        name="crawl.warc, record 1 at byte 0",
        place=document.place,
        content=PAGE,
        url="https://Norhavn-Post.example/7",
        as_="html",
        encoding="iso-8859-15",
        crawled=datetime(2024, 3, 5, 6, 7, 8, tzinfo=UTC),
        target="crawl/000001-norhavn-post.example",
    )


@pytest.mark.parametrize(
    ("block", "kind", "stated", "as_", "encoding", "content"),
    [
        (http(b"plain words", "text/plain; charset=utf-8"), "response", "application/http", "text", "utf-8", b"plain words"),
        (http(stated="application/xhtml+xml"), "response", "application/http", "html", None, PAGE),
        (http(stated=None), "response", "application/http", None, None, PAGE),
        (http(stated="text/html charset=utf-8"), "response", "application/http", "html", "utf-8", PAGE),
        (http(stated="text/html, text/html;charset=utf-8"), "response", "application/http", "html", "utf-8", PAGE),
        (http(status=206), "response", "application/http", "html", None, PAGE),
        (PAGE, "resource", "text/html; charset=koi8-r", "html", "koi8-r", PAGE),
        (b"words of a page", "conversion", "text/plain", "text", "utf-8", b"words of a page"),
        (http(b""), "response", "application/http", "html", None, b""),
    ],
)
def test_these_records_are_pages(block: bytes, kind: str, stated: str, as_: str | None, encoding: str | None, content: bytes) -> None:
    (document,) = read(record(1, block, kind, stated))
    assert (document.as_, document.encoding, document.content, document.passed, document.error) == (as_, encoding, content, "", "")


@pytest.mark.parametrize(
    ("block", "kind", "stated", "passed"),
    [
        (b"software: x", "warcinfo", "application/warc-fields", "a WARC record of type warcinfo"),
        (b"GET / HTTP/1.1\r\n\r\n", "request", "application/http", "a WARC record of type request"),
        (http(), "revisit", "application/http", "a WARC record of type revisit"),
        (b"x", "spoon", "text/html", "a WARC record of an unknown type"),
        (http(status=404), "response", "application/http", "a response of status 404"),
        (http(b"\x89PNG", "image/png"), "response", "application/http", "a response of type image"),
        (http(b"%PDF", "application/pdf"), "response", "application/http", "a response of type application/pdf"),
        (http(b"x", "application/x-made-up"), "response", "application/http", "a response that is neither HTML nor text"),
        (b"norhavn 300 IN A 192.0.2.1", "response", "text/dns", "a response that is neither HTML nor text"),
        (b"{}", "resource", "application/json", "a resource of type application/json"),
        (http(b"\0" * 200_000, "video/mp4"), "response", "application/http", "a response of type video"),
    ],
)
def test_these_records_are_passed_over_and_say_why(block: bytes, kind: str, stated: str, passed: str) -> None:
    (document,) = read(record(1, block, kind, stated), most=100_000)
    assert (document.passed, document.content, document.error) == (passed, None, "")


def test_a_record_without_the_usual_fields_is_a_page_all_the_same() -> None:
    bare = b"WARC/1.1\nWARC-Type: response\nWARC-Date: yesterday\nContent-Length: %d\n\n%s\n\n" % (len(http()), http())
    (document,) = read(FIVE[0] + bare)[1:]
    assert (document.id, document.url, document.crawled, document.target, document.content) == ("crawl.warc#2", None, None, "crawl/000002", PAGE)


def test_plain_packed_by_record_packed_as_a_whole_and_packed_in_blocks_are_the_same() -> None:
    plain = b"".join(FIVE)
    blocks = b"".join(gzip.compress(plain[at : at + 300], mtime=0) for at in range(0, len(plain), 300))
    wanted = [(d.id, d.content, d.target) for d in read(plain)]
    for packed in (b"".join(map(gzip.compress, FIVE)), gzip.compress(plain, mtime=0), blocks):
        assert [(d.id, d.content, d.target) for d in read(packed)] == wanted


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_offset_in_a_name_is_where_the_record_lies(pack: type[bytes]) -> None:
    data = b"".join(pack(r) for r in FIVE)
    for number, document in enumerate(read(data)):
        offset = int(re.findall(r"at byte (\d+)$", document.name)[0])
        assert read(data[offset:])[0].id == f"urn:uuid:{number}"


def test_another_reader_of_warc_finds_the_same() -> None:
    """FastWARC, which knows nothing of damage, sees the same records in a sound file."""
    warc = pytest.importorskip("fastwarc.warc")
    rng = random.Random(5)
    blocks = [http(rng.randbytes(rng.choice((0, 10, 5_000, 200_000)))) for _ in range(60)]
    data = b"".join(gzip.compress(record(n, block), 1) for n, block in enumerate(blocks))
    theirs = [(r.record_id.strip("<>"), r.reader.read(), r.stream_pos) for r in warc.ArchiveIterator(io.BytesIO(data))]
    assert [(d.id, d.content, int(d.name.rpartition(" ")[2])) for d in read(data)] == theirs


# --- bodies that are packed, or say so


def chunks(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def only(document_body: bytes, most: int = 1 << 20, **fields: str) -> Document:
    (document,) = read(record(1, http(document_body, **fields)), most)
    return document


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(PAGE, mtime=0), "gzip"),
        (gzip.compress(PAGE, mtime=0), "X-Gzip"),
        (zlib.compress(PAGE), "deflate"),
        (bare_deflate(PAGE), "deflate"),
        (gzip.compress(gzip.compress(PAGE, mtime=0)), "gzip, gzip"),
        (PAGE, "gzip"),
        (PAGE, "deflate"),
        (PAGE, "br"),
        (PAGE, "zstd"),
        (PAGE, "utf-8"),
        (b"", "gzip"),
    ],
)
def test_packed_bodies_are_unpacked_and_those_that_only_say_so_stay(body: bytes, encoding: str) -> None:
    assert only(body, Content_Encoding=encoding).content == (PAGE if body else b"")


def test_brotli_and_zstd_are_unpacked_where_the_extra_is_installed() -> None:
    stream_io = pytest.importorskip("fastwarc.stream_io")
    for encoding, writer in (("br", stream_io.BrotliWriter), ("zstd", stream_io.ZstdWriter)):
        packed = io.BytesIO()
        with writer(packed) as out:
            out.write(PAGE)
        assert only(packed.getvalue(), Content_Encoding=encoding).content == PAGE
        assert f"isn't the {encoding}" in only(packed.getvalue()[:6] + b"\x00\x01" * 40, Content_Encoding=encoding).error


def test_brotli_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastwarc", None)
    assert "pip install 'scrape-stripper[warc]'" in only(b"\x0b\x02\x80\x00\x01\x03" * 20, Content_Encoding="br").error


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_chunks_are_joined(size: int) -> None:
    assert only(chunks(PAGE, size), Transfer_Encoding="chunked").content == PAGE
    assert only(chunks(gzip.compress(PAGE, mtime=0), size), Transfer_Encoding="chunked", Content_Encoding="gzip").content == PAGE


@pytest.mark.parametrize("body", [PAGE, b"2024\r\nwas a dry year", b"dead\r\n", b""])
def test_a_body_that_was_stored_without_its_chunks_stays(body: bytes) -> None:
    assert only(body, Transfer_Encoding="chunked").content == body


def test_what_was_sent_of_a_body_that_is_cut_off_is_a_page() -> None:
    assert only(chunks(PAGE, 20)[:70], Transfer_Encoding="chunked").content == PAGE[:54]
    body = bytes(random.Random(3).choices(b"abcdefgh <>", k=5000))
    cut = only(gzip.compress(body, mtime=0)[:1500], Content_Encoding="gzip").content
    assert cut
    assert body.startswith(cut)


def test_a_body_that_is_packed_and_damaged_is_an_error() -> None:
    packed = bytearray(gzip.compress(bytes(random.Random(4).choices(b"abcdefgh", k=5000))))
    packed[700:720] = b"\xff" * 20
    error = only(bytes(packed), Content_Encoding="gzip").error
    assert error == "crawl.warc, record 1 at byte 0: its body isn't the gzip that its Content-Encoding promises"


def test_a_response_without_status_or_end_of_header_is_an_error() -> None:
    assert "expected a response of HTTP" in read(record(1, PAGE))[0].error
    assert "has no end" in read(record(1, b"HTTP/1.1 200 OK\r\nContent-Type: text/html"))[0].error


# --- limits


def test_a_page_of_the_allowed_size_is_cleaned_and_a_larger_one_is_an_error() -> None:
    sizes = (99_999, 100_000, 100_001, 300_000, 5_000_000)
    data = b"".join(record(n, http(b"x" * size)) for n, size in enumerate(sizes)) + FIVE[4]
    for pack in (bytes, gzip.compress):
        documents = read(pack(data), most=100_000)
        assert ids(documents) == ["0", "1", "!", "!", "!", "4"]
        assert all(d.error.endswith("its body is larger than 100000 bytes") for d in documents[2:5])


@pytest.mark.parametrize("pack", [lambda body: gzip.compress(body, 9, mtime=0), zlib.compress])
def test_a_bomb_is_an_error_and_never_held(pack) -> None:
    bomb = pack(b"\0" * 80_000_000)
    data = record(1, http(bomb, Content_Encoding="gzip" if bomb[:1] == b"\x1f" else "deflate")) + FIVE[2]
    tracemalloc.start()
    documents = read(data, most=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(documents) == ["!", "2"]
    assert "larger than 1048576 bytes when it is unpacked" in documents[0].error
    assert peak < 12 << 20


def test_a_file_that_is_a_bomb_is_never_held() -> None:
    huge = gzip.compress(record(1, b"\0" * 80_000_000, "resource", "text/plain"), 9)
    tracemalloc.start()
    documents = read(huge + gzip.compress(FIVE[2], mtime=0), most=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(documents) == ["!", "2"]
    assert peak < 30 << 20


class Endless(io.RawIOBase):
    """Records without end, made as they are read."""

    def __init__(self, count: int) -> None:
        self._records = (gzip.compress(record(n, http(PAGE * 20)), 1) for n in range(count))
        self._left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (more := next(self._records, b"")):
            self._left += more
        given, self._left = self._left[:size], self._left[size:]
        return given


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    file = InputFile(0, None, "stdin", "warc", "", "stdin", 0, id="stdin")
    held = {}
    tracemalloc.start()
    for number, _ in enumerate(read_warc(file, Endless(2000), Reading()), 1):
        if number in (600, 1800):
            gc.collect()  # it also empties the interpreter's own stock of tuples, which fills up to two thousand of a size
            held[number] = tracemalloc.get_traced_memory()[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number == 2000
    assert held[1800] < held[600] + 120_000  # 100 bytes a record, of which each has more than a thousand; other threads hold something, too
    assert peak < 2 << 20


# --- damage


def longer(number: int, by: int) -> bytes:
    return record(number, http(), length=len(http()) + by)


GARBAGE = b"this line is no record\r\nnor is this\r\n"

DAMAGE = {
    "garbage between records": ([FIVE[0], GARBAGE, FIVE[1]], "0!1", "found b'this line is no reco'"),
    "a length that is a little too large": ([FIVE[0], longer(1, 30), FIVE[2]], "0!2", "but the next record begins after"),
    "a length that takes several records": ([FIVE[0], longer(1, 700), FIVE[2], FIVE[3]], "0!23", "but the next record begins after"),
    "a length beyond the end of the file": ([FIVE[0], longer(1, 10**12), FIVE[2]], "0!2", "but the next record begins after"),
    "a length that is too small": ([FIVE[0], longer(1, -20), FIVE[2]], "0!2", "but the next record begins after"),
    "no length": ([FIVE[0].replace(b"Content-Length", b"Content-Size"), FIVE[1]], "!1", "expected a Content-Length, found ''"),
    "a length that is no number": ([FIVE[0].replace(b"Content-Length: ", b"Content-Length: -"), FIVE[1]], "!1", "found '-"),
    "a record that is cut off, and others behind it": ([FIVE[0], FIVE[1][:-40], FIVE[2]], "0!2", "but the next record begins after"),
    "a header that is cut off, and others behind it": ([FIVE[0], FIVE[1][:90], FIVE[2]], "0!2", "its header is cut off"),
    "a file that ends inside a record": ([FIVE[0], FIVE[1][:-40]], "0!", "the file ends after 100 of the 136 bytes that its Content-Length promises"),
    "a file that ends inside a header": ([FIVE[0], FIVE[1][:50]], "0!", "the file ends inside the header of this record"),
    "a header without end": ([FIVE[0], b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, FIVE[1]], "0!1", "is longer than 65536 bytes"),
    "a last record without lines behind it": ([FIVE[0], FIVE[1][:-4]], "01", ""),
    "records with one line between them": ([FIVE[0][:-2], FIVE[1]], "01", ""),
    "records with no line between them": ([FIVE[0][:-4], FIVE[1]], "01", ""),
    "a page about WARC": ([record(0, http(b"<pre>\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n</pre>")), FIVE[1]], "01", ""),
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
@pytest.mark.parametrize("name", DAMAGE)
def test_damage_costs_its_own_record_and_says_where_it_is(name: str, pack) -> None:
    records, wanted, reason = DAMAGE[name]
    documents = read(b"".join(pack(part) for part in records))
    assert "".join(ids(documents)) == wanted
    for document in documents:
        if document.error:
            assert document.error.startswith(document.name + ": ")
            assert reason in document.error
            assert document.content is None


def test_a_record_that_is_too_large_and_too_long_loses_nothing_of_the_next() -> None:
    for by in (1, 20, 60, 400, 10**9):
        block = http(b"x" * 500_000)
        data = record(0, block, length=len(block) + 4 + by) + FIVE[1] + FIVE[2]
        assert ids(read(data, most=100_000)) == ["!", "1", "2"]


def packed(damaged: int, change) -> bytes:
    """Five packed records, one of them changed."""
    return b"".join(change(gzip.compress(r, mtime=0)) if n == damaged else gzip.compress(r) for n, r in enumerate(FIVE))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda member: member[:120] + b"\xff" * 8 + member[128:], "the gz member at byte 254 is damaged"),
        (lambda member: member[:-8] + b"\0" * 8, "the gz member at byte 254 is damaged (incorrect data check)"),
        (lambda member: member[:-30], "is damaged"),
        (lambda member: member[30:], "expected a gz member at byte 254"),
        (lambda member: b"rubbish\x1f\x8b\x08\x00rubbish" * 10_000, "expected a gz member at byte 254, found b'rubbish"),
    ],
    ids=["bytes", "checksum", "cut", "headless", "no gz"],
)
def test_a_damaged_member_of_a_gz_costs_its_own_record(change, reason: str) -> None:
    first = len(gzip.compress(FIVE[0], mtime=0))
    documents = read(packed(1, change))
    assert ids(documents) == ["0", "!", "2", "3", "4"]
    assert reason.replace("254", str(first)) in documents[1].error


def test_a_gz_that_is_cut_off_says_so() -> None:
    documents = read(packed(4, lambda member: member[:-30]))
    assert ids(documents) == ["0", "1", "2", "3", "!"]
    assert "the file ends inside the gz member at byte" in documents[4].error


def test_a_gz_whose_beginning_is_lost_is_read_from_its_second_member_on() -> None:
    assert ids(read(packed(0, lambda member: member[40:]), compression="gz")) == ["!", "1", "2", "3", "4"]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_to_one_packed_record_the_others_are_whole(seed: int) -> None:
    rng = random.Random(seed)
    bodies = [PAGE + bytes(rng.choices(b"abcdef gh", k=rng.choice((0, 500, 40_000)))) for _ in range(6)]
    members = [gzip.compress(record(n, http(body))) for n, body in enumerate(bodies)]
    hit = rng.randrange(6)
    member, at = members[hit], rng.randrange(len(members[hit]))
    changes = [
        member[:at],
        member[at:],
        member[:at] + member[at + rng.choice((1, 5, 50)) :],
        member[:at] + rng.randbytes(rng.choice((1, 9, 70_000))) + member[at:],
    ]
    members[hit] = rng.choice(changes)
    found = {d.id: d.content for d in read(b"".join(members), compression="gz") if not d.error}
    for number, body in enumerate(bodies):
        content = found.get(f"urn:uuid:{number}")
        assert content == body or (number == hit and content is None)


class Failing(io.RawIOBase):
    """A disk that gives up after 600 bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data[:600])

    def read(self, size: int = -1) -> bytes:
        if given := self._data.read(size):
            return given
        raise OSError(5, "Input/output error")


def test_a_disk_that_fails_is_an_error_behind_what_it_gave() -> None:
    file = InputFile(0, Path("crawl.warc"), "crawl.warc", "warc", "", "crawl", 0, id="crawl.warc")
    documents = list(read_warc(file, Failing(b"".join(FIVE)), Reading()))
    assert ids(documents) == ["0", "!"]
    assert documents[1].error == f"{documents[1].name}: Input/output error"


def test_a_batch_reads_warc_however_it_is_packed_and_goes_on_where_it_was(tmp_path: Path) -> None:
    zstd = pytest.importorskip("backports.zstd")
    plain = b"".join([FIVE[0], record(1, b"", "request"), *FIVE[2:], GARBAGE])
    (tmp_path / "a.warc").write_bytes(plain)
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(plain, mtime=0))
    (tmp_path / "c.warc.zst").write_bytes(zstd.compress(plain))
    (tmp_path / "d.wet.gz").write_bytes(gzip.compress(record(9, b"words", "conversion", "text/plain")))
    found = list(documents([str(tmp_path)], Reading()))
    for number in range(3):
        of_file = [d for d in found if d.place.file == number]
        assert ids(of_file) == ["0", "2", "3", "4", "!"]
        assert [d.place.item for d in of_file] == [0, 1, 2, 3, 4, 5]
        assert list(documents([str(tmp_path)], Reading(), Place(number, 3)))[:3] == of_file[3:]
    assert found[1].passed == "a WARC record of type request"
    assert [d.content for d in found[18:]] == [b"words"]


def test_a_zst_that_is_cut_off_gives_all_records_before_and_says_where_it_ends(tmp_path: Path) -> None:
    zstd = pytest.importorskip("backports.zstd")
    rng = random.Random(8)
    packed = zstd.compress(b"".join(record(n, http(rng.randbytes(1000))) for n in range(500)))
    (tmp_path / "a.warc.zst").write_bytes(packed[: len(packed) // 2])
    *sound, last = documents([str(tmp_path / "a.warc.zst")], Reading())
    assert ids(sound) == [str(n) for n in range(len(sound))]
    assert len(sound) > 150
    assert re.search(r"a\.warc\.zst, record \d+ at byte \d+: the data end in the middle; expected zstd to the end \(before byte \d+ ", last.error)


@pytest.mark.parametrize(
    ("data", "compression", "reason"),
    [
        (b"", "", "it is empty"),
        (b"\r\n\r\n", "", "it is empty"),
        (b"<html>a page</html>" * 9000, "", "expected a record that begins with 'WARC/1.0', found b'<html>a page</html><'"),
        (gzip.compress(b"some text", mtime=0), "gz", "found b'some text'"),
        (b"no gz", "gz", "expected a gz member at byte 0, found b'no gz'"),
    ],
)
def test_a_file_without_any_record_is_no_warc(data: bytes, compression: str, reason: str) -> None:
    with pytest.raises(InputError, match="no WARC record in it") as raised:
        read(data, compression=compression)
    assert reason in str(raised.value)


def test_ids_and_targets_are_different_whatever_the_addresses_are() -> None:
    hosts = ["a.example", "ä.example", "x" * 300, "[::1", "..", "", "a b"]
    records = [FIVE[0].replace(b"Norhavn-Post.example", host.encode()) for host in hosts]
    targets = [d.target for d in read(b"".join(records))]
    assert len(set(targets)) == len(hosts)
    assert all(re.fullmatch(r"crawl/[0-9]{6}(-[a-z0-9._-]{1,80})?", target) for target in targets)
    assert list(itertools.islice(targets, 2)) == ["crawl/000001-a.example", "crawl/000002-example"]
