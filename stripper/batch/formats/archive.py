"""Zip archives of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from itertools import chain, count
from typing import BinaryIO

from stripper.batch.document import Document, Place, Reading
from stripper.batch.endings import PAGES, Ending, ending, is_hidden, kind_of_file
from stripper.batch.formats.pages import AS
from stripper.batch.formats.streams import limited, size, unpacked
from stripper.batch.formats.zipped import Member, ZipError, content, members
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

_PART = 200
"""Bytes of one part of a member's target; file systems take 255, and a suffix comes behind it."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff:*?\"<>|]")
_OUTPUT = re.compile(r"\.(txt|md|json)$", re.IGNORECASE)


def read_zip(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The documents of `stream`, in which can be sought, in the order of its directory. What is wrong with a member is told in its document.

    Raises InputError where it is no archive, or its directory is damaged.
    """
    taken: set[bytes] = set()
    try:
        for member in members(stream):
            parts = [part for part in re.split(r"[/\\]", member.name) if part not in ("", ".", "..")]
            if member.name.endswith("/") or not parts or any(map(is_hidden, parts)):
                continue
            blank = Document(f"{file.id}/{member.name}", f"{file.name}/{member.name}", Place())
            said = ending(parts[-1])
            if said.format in PAGES:
                target = _target(file.target, parts, said.stem, taken)
                yield _document(stream, member, said, blank._replace(target=target), reading)
            else:
                yield blank._replace(passed="an archive in an archive" if said.format else kind_of_file(parts[-1]))
    except ZipError as error:
        raise InputError(file.name, "", f"{error}; expected a whole zip archive") from None


def _document(stream: BinaryIO, member: Member, said: Ending, blank: Document, reading: Reading) -> Document:
    try:
        found = content(stream, member, reading.max_document)
        if found is not None and said.compression:
            found = limited(unpacked(BytesIO(found), said.compression, blank.name), reading.max_document)
    except ZipError as error:
        return blank._replace(error=f"{blank.name}: {error}; expected a whole member of the archive")
    except InputError as error:
        return blank._replace(error=str(error))
    if found is None:
        return blank._replace(error=f"{blank.name}: larger than {size(reading.max_document)}")
    return blank._replace(content=found, as_=AS[said.format])


def _target(folder: str, parts: list[str], stem: str, taken: set[bytes]) -> str:
    """The member's place in a folder of outputs: without its endings, else with them, else with a number.

    No name is so long or so odd that a file system refuses it, and no folder is called like an output. `taken` remembers digests, which are short.
    """
    above = [_OUTPUT.sub(r"_\1", _safe(part)) for part in parts[:-1]]
    short, full = ("/".join([folder, *above, _safe(name)]) for name in (stem, parts[-1]))
    for target in chain((short, full), (f"{full}-{number}" for number in count(2))):
        digest = blake2b(target.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        if digest not in taken:
            taken.add(digest)
            return target
    raise AssertionError("numbers don't end")


def _safe(part: str) -> str:
    return _UNSAFE.sub("_", part).encode()[:_PART].decode(errors="ignore")
