"""Zip archives of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from itertools import chain, count
from typing import BinaryIO

from stripper.batch.amount import amount
from stripper.batch.document import Document, Place, Reading
from stripper.batch.endings import PAGES, Ending, ending, is_hidden, kind_of_file
from stripper.batch.formats.pages import AS
from stripper.batch.formats.streams import limited, unpacked
from stripper.batch.formats.zipped import Member, ZipError, content, members
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


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
        return blank._replace(error=f"{blank.name}: larger than {amount(reading.max_document)}")
    return blank._replace(content=found, as_=AS[said.format])


def _target(folder: str, parts: list[str], stem: str, taken: set[bytes]) -> str:
    """The member's place in a folder of outputs: without its endings, else with them, else with its number. `taken` holds digests."""
    short, full = (_CONTROLS.sub("_", "/".join([folder, *parts[:-1], name])) for name in (stem, parts[-1]))
    free = chain((short, full), (f"{full}-{number}" for number in count(len(taken) + 1)))
    digest, target = next((digest, target) for target in free if (digest := _digest(target)) not in taken)
    taken.add(digest)
    return target


def _digest(target: str) -> bytes:
    return blake2b(target.encode("utf-8", "surrogatepass"), digest_size=8).digest()
