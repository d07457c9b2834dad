"""Where in a folder of outputs a document's file stands."""

from __future__ import annotations

import re
from hashlib import sha256

from stripper.errors import OutputError

INDEX = "index.jsonl"

_NAME_MOST = 240
"""Bytes of a name; file systems take 255, and some of them count what they add themselves."""
_PATH_MOST = 900
"""Bytes of a path in the folder; the shortest limit of a system in use is 1,024 for the whole path."""
_KEPT = 120
"""Bytes that are kept of what is too long. The rest becomes a digest."""


def place_in_folder(target: str, suffix: str) -> str:
    """The path of a document's file below the folder: its target and the suffix, changed only where that couldn't be a file.

    What is too long or no Unicode ends in a digest. Folders whose names a file of the output may have get ".d", so that no folder stands in a file's
    place: "a.txt/b" becomes "a.txt.d/b.txt". Different targets stay different.
    Raises OutputError for a target that leads out of the folder.
    """
    *folders, name = target.split("/")
    if "\0" in target or not {"", ".", ".."}.isdisjoint([*folders, name]):
        raise OutputError(target, "its place isn't in the folder of outputs")
    path = "/".join([*(_fitting(_apart(folder, suffix)) for folder in folders), _fitting(name, suffix)])
    return path if len(path.encode()) <= _PATH_MOST else _digested(target.replace("/", "_"), suffix)


def _apart(folder: str, suffix: str) -> str:
    name = re.sub(r"(\.d)+$", "", folder).lower()
    return f"{folder}.d" if name.endswith(suffix) or name == INDEX else folder


def _fitting(name: str, suffix: str = "") -> str:
    try:
        fits = len((name + suffix).encode()) <= _NAME_MOST
    except UnicodeEncodeError:  # bytes that aren't UTF-8, which the system hands over as lone surrogates
        fits = False
    return name + suffix if fits else _digested(name, suffix)


def _digested(name: str, suffix: str) -> str:
    encoded = name.encode("utf-8", "surrogatepass")
    kept = encoded[:_KEPT].decode("utf-8", "ignore")
    return f"{kept}~{sha256(encoded).hexdigest()[:24]}{suffix}"
