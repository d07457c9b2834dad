"""Zip archives, member by member: their directory is never held as a whole, as it is by the standard library.

The names of the fields below are those of the format's description, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 to 4.5.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _UTF8 = 1, 0x800
_STORED, _DEFLATED = 0, 8
_MOST_16, _MOST_32 = 0xFFFF, 0xFFFFFFFF
_LONGEST = _CENTRAL.size + 3 * _MOST_16
"""Bytes that an entry of the directory may have."""
_CHUNK = 1 << 16


class ZipError(ValueError):
    """An archive or a member of it that isn't as it must be; the message says what is wrong."""


class Member(NamedTuple):
    """A member as the directory describes it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes in the archive."""
    offset: int
    """Where it begins."""


class _Directory(NamedTuple):
    begin: int
    size: int
    entries: int
    shift: int
    """How many bytes stand before the archive; its offsets don't know of them."""


def members(stream: BinaryIO) -> Iterator[Member]:
    """The members of an archive, in the order of its directory. Raises ZipError where it can't be read, or says itself that more must be there."""
    directory = _directory(stream)
    buffer, start, at, end, found = b"", 0, directory.begin, directory.begin + directory.size, 0
    while at < end:
        if start + len(buffer) - at < min(_LONGEST, end - at):
            start, buffer = at, _read(stream, at, min(end - at, 2 * _LONGEST))
        member, length = _member(buffer, at - start, directory.shift)
        at += length
        found += 1
        yield member
    if found != directory.entries:
        raise ZipError(f"the directory has {found} entries, and says that it has {directory.entries}")


def content(stream: BinaryIO, member: Member, limit: int) -> bytes | None:
    """What is in a member; None where that is more than `limit` bytes, whatever its sizes claim. Raises ZipError for damage."""
    if member.flags & _ENCRYPTED:
        raise ZipError("it is encrypted")
    if member.method not in (_STORED, _DEFLATED):
        raise ZipError(f"it is packed by method {member.method}, where only {_STORED} (stored) and {_DEFLATED} (deflated) can be read")
    signature, *_, name, extra = _unpack(_LOCAL, _read(stream, member.offset, _LOCAL.size))
    if signature != b"PK\3\4":
        raise ZipError(f"no member begins at byte {member.offset}")
    stream.seek(name + extra, os.SEEK_CUR)
    found = _stored(stream, member, limit) if member.method == _STORED else _inflated(stream, member, limit)
    if found is not None and zlib.crc32(found) != member.crc:
        raise ZipError("its checksum is wrong")
    return found


def _stored(stream: BinaryIO, member: Member, limit: int) -> bytes | None:
    if member.packed > limit:
        return None
    found = stream.read(member.packed)
    if len(found) < member.packed:
        raise ZipError("the archive ends in the middle of it")
    return found


def _inflated(stream: BinaryIO, member: Member, limit: int) -> bytes | None:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    parts, left, size = list[bytes](), member.packed, 0
    try:
        while not inflater.eof and size <= limit:
            packed = inflater.unconsumed_tail or stream.read(min(left, _CHUNK))
            left -= 0 if inflater.unconsumed_tail else len(packed)
            parts.append(inflater.decompress(packed, limit + 1 - size))
            size += len(parts[-1])
            if not packed and not parts[-1] and not inflater.eof:
                raise ZipError("its data end in the middle")
    except zlib.error as error:
        raise ZipError(f"its data are damaged ({error})") from None
    return b"".join(parts) if size <= limit else None


def _directory(stream: BinaryIO) -> _Directory:
    length = stream.seek(0, os.SEEK_END)
    begin = max(0, length - _END.size - _MOST_16)
    tail = _read(stream, begin, _END.size + _MOST_16)
    found = tail.rfind(b"PK\5\6")
    if found < 0:
        raise ZipError("it has no directory at its end")
    end = begin + found
    signature, _, at, _ = _unpack(_LOCATOR_64, _read(stream, max(0, end - _LOCATOR_64.size), _LOCATOR_64.size))
    if signature == b"PK\6\7":
        return _directory_64(stream, at, end)
    *_, entries, size, offset, _ = _unpack(_END, tail[found : found + _END.size])
    if end - size - offset < 0:
        raise ZipError("its directory is cut off")
    return _Directory(end - size, size, entries, end - size - offset)


def _directory_64(stream: BinaryIO, at: int, end: int) -> _Directory:
    """That of an archive with more than 65,534 members, or of more than 4 GiB."""
    standard = end - _LOCATOR_64.size - _END_64.size
    for place in (at, standard):  # the second counts where something stands before the archive
        record = _read(stream, place, _END_64.size)
        if record.startswith(b"PK\6\6"):
            *_, entries, size, offset = _unpack(_END_64, record)
            if place - size - offset >= 0:
                return _Directory(place - size, size, entries, place - size - offset)
    raise ZipError("its directory is cut off")


def _member(buffer: bytes, at: int, shift: int) -> tuple[Member, int]:
    """The member whose entry begins at `at` in a piece of the directory, and the length of the entry."""
    fields = _unpack(_CENTRAL, buffer[at : at + _CENTRAL.size])
    signature, (flags, method), (crc, packed, size, name, extra, comment), offset = fields[0], fields[3:5], fields[7:13], fields[16]
    if signature != b"PK\1\2":
        raise ZipError("its directory is damaged")
    begin = at + _CENTRAL.size
    written = buffer[begin : begin + name].decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    if _MOST_32 in (packed, size, offset):
        _, packed, offset = _sizes_64(buffer[begin + name : begin + name + extra], (size, packed, offset))
    return Member(written, flags, method, crc, packed, offset + shift), _CENTRAL.size + name + extra + comment


def _sizes_64(extra: bytes, sizes: tuple[int, ...]) -> list[int]:
    """Large sizes stand in an extra field, each only where the entry itself has no room for it."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if tag == 1:
            large = iter(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            return [next(large, size) if size == _MOST_32 else size for size in sizes]
        at += 4 + length
    return list(sizes)


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    try:
        stream.seek(at)
    except (OSError, OverflowError, ValueError):  # ValueError for places before the file, the others for those that no file has
        raise ZipError(f"nothing can stand at byte {at}") from None
    return stream.read(size)


def _unpack(form: struct.Struct, data: bytes) -> tuple[Any, ...]:
    if len(data) < form.size:
        raise ZipError("it is cut off")
    return form.unpack(data)
