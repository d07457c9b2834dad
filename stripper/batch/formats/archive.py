"""Zip archives of pages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from stripper.batch.document import Document, Place, Reading
from stripper.batch.endings import PAGES, Ending, ending, is_hidden, kind_of_file
from stripper.batch.formats.pages import AS
from stripper.batch.formats.streams import limited, size, unpacked
from stripper.batch.inputs import InputFile
from stripper.errors import ExtraError, InputError

_ENCRYPTED = 1
"""The bit of a member's flags that says so."""
_PART = 200
"""Bytes of one part of a member's target; file systems take 255, and a suffix comes behind it."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff:*?\"<>|]")
_OUTPUT = re.compile(r"\.(txt|md|json)$", re.IGNORECASE)


def read_zip(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The documents of `stream`, in which can be sought, in the order of its directory. What is wrong with a member is told in its document.

    Raises InputError where it is no archive.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise InputError(file.name, "", f"not a zip archive: {error}; expected a whole one") from None
    targets: set[str] = set()
    with archive:
        for member in archive.infolist():
            parts = [part for part in re.split(r"[/\\]", member.filename) if part not in ("", ".", "..")]
            if member.is_dir() or not parts or any(map(is_hidden, parts)):
                continue
            blank = Document(f"{file.id}/{member.filename}", f"{file.name}/{member.filename}", Place())
            said = ending(parts[-1])
            if said.format not in PAGES:
                yield blank._replace(passed="an archive in an archive" if said.format else kind_of_file(parts[-1]))
                continue
            target = _target(file.target, parts, said.stem, targets)
            targets.add(target)
            yield _document(archive, member, said, blank._replace(target=target), reading)


def _document(archive: zipfile.ZipFile, member: zipfile.ZipInfo, said: Ending, blank: Document, reading: Reading) -> Document:
    if member.flag_bits & _ENCRYPTED:
        return blank._replace(error=f"{blank.name}: it is encrypted; expected a page")
    try:
        with archive.open(member) as stream, unpacked(stream, said.compression, blank.name) as page:
            content = limited(page, reading.max_document)
    except InputError as error:
        return blank._replace(error=str(error))
    except ExtraError:
        raise
    except Exception as error:  # whatever zipfile's five decompressors raise when they are fed with garbage
        return blank._replace(error=f"{blank.name}: {str(error) or type(error).__name__}; expected a whole member of the archive")
    if content is None:
        return blank._replace(error=f"{blank.name}: larger than {size(reading.max_document)}")
    return blank._replace(content=content, as_=AS[said.format])


def _target(folder: str, parts: list[str], stem: str, taken: set[str]) -> str:
    """The member's place in a folder of outputs: without its endings, else with them, else with a number.

    No name is so long or so odd that a file system refuses it, and no folder is called like an output.
    """
    above = [_OUTPUT.sub(r"_\1", _safe(part)) for part in parts[:-1]]
    short, full = ("/".join([folder, *above, _safe(name)]) for name in (stem, parts[-1]))
    if short not in taken:
        return short
    number, target = 2, full
    while target in taken:
        target = f"{full}-{number}"
        number += 1
    return target


def _safe(part: str) -> str:
    return _UNSAFE.sub("_", part).encode()[:_PART].decode(errors="ignore")
