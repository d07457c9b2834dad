"""Pages and packs in the folder that the workbench was started for. Nothing outside of it is read or written, whatever a name says.

Names are paths relative to the folder, with "/" between their parts.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from stripper.batch.endings import PAGES, ending, is_hidden
from stripper.rules.limits import MAX_BYTES
from stripper.workbench.refusal import Refusal

MAX_PAGE = 20 << 20
"""Bytes of a page. What is larger takes a batch, and a browser longer than anybody waits."""
MOST_FILES = 2_000
"""Pages, and packs, that are listed."""
_MOST_SEEN = 50_000
"""Files and folders that are looked at for these."""
_DEEPEST = 20
"""Folders in folders."""
ABOUT = "pack.toml"
"""The file that says of a folder that it is a pack, and holds no rules."""


class Listing(NamedTuple):
    """What a folder holds, in the order of names."""

    pages: tuple[str, ...]
    packs: tuple[str, ...]
    whole: bool
    """Whether there is no more of it than is listed."""


class Stored(NamedTuple):
    """A pack's file. The tag changes with every byte of it."""

    text: str
    tag: str


def listing(root: Path) -> Listing:
    """The pages and packs of a folder and the folders in it. Hidden ones are left out, links to folders aren't followed."""
    pages: list[str] = []
    packs: list[str] = []
    seen = 0
    for seen, name in enumerate(_names(root, PurePosixPath(), 0), 1):
        if is_page(name):
            pages.append(name)
        elif is_pack(name):
            packs.append(name)
        if seen >= _MOST_SEEN:
            break
    whole = seen < _MOST_SEEN and max(len(pages), len(packs)) <= MOST_FILES
    return Listing(tuple(sorted(pages)[:MOST_FILES]), tuple(sorted(packs)[:MOST_FILES]), whole)


def _names(root: Path, below: PurePosixPath, depth: int) -> Iterator[str]:
    """The files in a folder, and then those in the folders in it."""
    try:
        with os.scandir(root / below) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not is_hidden(entry.name) and "\\" not in entry.name and _is_text(entry.name) and entry.is_file():
            yield str(below / entry.name)
    for entry in entries:
        if not is_hidden(entry.name) and _is_text(entry.name) and entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
            yield from _names(root, below / entry.name, depth + 1)


def _is_text(name: str) -> bool:
    """Whether a name is UTF-8; others can't be said to a browser."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_page(name: str) -> bool:
    """Whether a file is a page, as far as its name says."""
    said = ending(name)
    return said.format in PAGES and not said.compression


def is_pack(name: str) -> bool:
    """Whether a file holds rules, as far as its name says."""
    return name.endswith(".toml") and name.rpartition("/")[2] != ABOUT


def read_page(root: Path, name: str) -> bytes:
    """A page of the folder. Raises Refusal."""
    if not is_page(name):
        raise Refusal(404, f"{name} is no page by its ending: .html, .htm, .xhtml, .shtml, .txt or .text")
    return _read(_inside(root, name), name, MAX_PAGE)


def read_pack(root: Path, name: str) -> Stored:
    """A file of rules. Raises Refusal."""
    content = _read(path_of(root, name), name, MAX_BYTES)
    try:
        return Stored(content.decode("utf-8"), tag_of(content))
    except UnicodeDecodeError:
        raise Refusal(422, f"{name} is not UTF-8, so it can't be shown, nor loaded as a pack") from None


def write_pack(root: Path, name: str, text: str, tag: str | None) -> str:
    """Writes a file of rules as a whole or not at all, and gives its new tag.

    `tag` is the one that the file had when it was read; None for a new file. Raises Refusal (412) where the file isn't what that says, so that
    nobody's work is overwritten.
    """
    path = path_of(root, name)
    content = text.encode("utf-8")
    if len(content) > MAX_BYTES:
        raise Refusal(413, f"a pack may have {MAX_BYTES:,} bytes; this one has {len(content):,}")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        mode = _mode(path, name, tag)
        with open(draft, "xb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if tag is None:
            os.link(draft, path)  # fails where there is a file, unlike a replacement
        else:
            _mode(path, name, tag)
            os.replace(draft, path)
    except FileExistsError:
        raise Refusal(412, f"{name} exists already; open it, or give another name") from None
    except OSError as error:
        raise Refusal(409, f"can't write {name}: {error.strerror or error}") from None
    finally:
        draft.unlink(missing_ok=True)
    return tag_of(content)


def _mode(path: Path, name: str, tag: str | None) -> int | None:
    """The permissions of a file that is what its tag says; None for a file that isn't there, as no tag says. Raises Refusal (412)."""
    there = os.path.lexists(path)
    if tag is None:
        if there:
            raise FileExistsError
        return None
    if not there:
        raise Refusal(412, f"{name} isn't there any more")
    if tag_of(_read(path, name, MAX_BYTES)) != tag:
        raise Refusal(412, f"{name} was changed by somebody else since it was opened")
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & stat.S_IWUSR or not os.access(path, os.W_OK):  # replacing it needs no leave, so it is asked for here
        raise Refusal(403, f"{name} is read-only")
    return mode


def tag_of(content: bytes) -> str:
    """What a file's content is known by."""
    return hashlib.sha256(content).hexdigest()


def whole_pack(root: Path, name: str) -> dict[str, bytes]:
    """The files of a folder that is a pack, by their own names, of which `name` is one; it need not be there yet. Raises Refusal."""
    folder = path_of(root, name).parent
    below = PurePosixPath(name).parent
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found if entry.name.endswith(".toml") and not is_hidden(entry.name))
    except OSError as error:
        raise Refusal(404, f"can't read {below}: {error.strerror or error}") from None
    return {own: _read(_inside(root, str(below / own)), str(below / own), MAX_BYTES) for own in names}


def is_whole_pack(folder: Path) -> bool:
    """Whether all files of rules in a folder are one pack, as a pack.toml among them says."""
    return (folder / ABOUT).is_file()


def stamp(pack: Path) -> tuple[object, ...]:
    """What tells whether a file of rules, or a folder of them, was changed; empty where there is none."""
    try:
        with os.scandir(pack) if pack.is_dir() else nullcontext([pack]) as files:
            return tuple(sorted((str(file.name), seen.st_mtime_ns, seen.st_size) for file in files for seen in [file.stat()]))
    except OSError:
        return ()


def name_in(root: Path, path: Path) -> str:
    """The name that a file of rules has in the folder; empty where it has none, because it is another kind of file or lies elsewhere."""
    try:
        name = path.resolve().relative_to(root.resolve()).as_posix()
        return name if path_of(root, name).is_file() else ""
    except (ValueError, Refusal):
        return ""


def path_of(root: Path, name: str) -> Path:
    """Where a file of rules lies, or would lie. Raises Refusal."""
    if not is_pack(name):
        raise Refusal(403, f"{name} is no file of rules: their names end in .toml, and {ABOUT} holds none")
    return _inside(root, name)


def _inside(root: Path, name: str) -> Path:
    """The path of a file in the folder; the file need not be there, but its folder must. Links in it count as what they lead to. Raises Refusal."""
    parts = name.split("/")
    if "\0" in name or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise Refusal(403, "names are paths in the folder, such as news/story.html")
    home = root.resolve()
    try:
        folder = (home / name).parent.resolve(strict=True)
        path = folder / parts[-1]
        if path.is_symlink():
            path = path.resolve(strict=True)
        there = folder.is_dir()
    except (OSError, RuntimeError, ValueError):
        there = False
    if not there:
        around = PurePosixPath(name).parent
        raise Refusal(404, f"there is no {name}" if os.path.isdir(home / around) else f"there is no folder {around}")
    if not path.is_relative_to(home) or any(is_hidden(part) for part in (*parts, *path.relative_to(home).parts)):
        raise Refusal(403, f"{name} is hidden, or lies outside of the folder")
    return path


def _read(path: Path, name: str, most: int) -> bytes:
    """What a file holds. Raises Refusal where it is something else than a file, or has more than `most` bytes."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)  # a pipe would keep whoever opens it waiting
    except FileNotFoundError:
        raise Refusal(404, f"there is no {name}") from None
    except OSError as error:
        raise Refusal(409, f"can't read {name}: {error.strerror or error}") from None
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise Refusal(403, f"{name} is no file")
        with open(number, "rb", closefd=False) as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Refusal(409, f"can't read {name}: {error.strerror or error}") from None
    finally:
        os.close(number)
    if len(content) > most:
        raise Refusal(413, f"{name} has more than {most:,} bytes")
    return content
