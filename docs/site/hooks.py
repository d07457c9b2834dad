"""What the site adds to docs/, whose pages are written to be read as files, too: MkDocs calls these functions while it builds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

OUTSIDE = {"tests/packs/acme/README.md": "example-pack.md"}
"""Pages that lie elsewhere in the repository, beside what they are about, and the names that they have in the site."""
FILE = re.compile(r"^<!-- file: (\S+) -->\n((?:```|~~~)\w+)$", re.M)
"""A block that is the content of a file, as tests/test_docs.py reads it."""

COMMENT = re.compile(r"\A<!--.*?-->\s*", re.S)


def on_config(config: Any) -> Any:
    """Put the rules' pages into the navigation: the index, what was measured, and the page of each rule set."""
    folder = Path(config.docs_dir, "rules")
    first = ["index.md", "measured.md"]
    others = sorted(page.stem for page in folder.glob("*.md") if page.name not in first)
    names = [*first, *(f"{stem}.md" for stem in others)]
    section = {"The core pack": [f"rules/{name}" for name in names]}
    config.nav = [_filled(entry, section) for entry in config.nav]
    return config


def _filled(entry: Any, section: dict[str, list[str]]) -> Any:
    """An entry of the navigation, in which "rules/" has become the section."""
    if isinstance(entry, dict):
        return {title: [_filled(part, section) for part in parts] if isinstance(parts, list) else parts for title, parts in entry.items()}
    return section if entry == "rules/" else entry


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from elsewhere."""
    from mkdocs.structure.files import File  # here, because tests read this module's tables without MkDocs

    for source, name in OUTSIDE.items():
        content = Path(config.config_file_path).parent.joinpath(source).read_text("utf-8")
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Lead links out of docs/ to where these pages are in the site, and give blocks that are files their names as titles.

    What stands before the heading goes, since MkDocs looks for a page's title in the first line.
    """
    up = "../" * (page.file.src_uri.count("/") + 1)
    for source, name in OUTSIDE.items():
        markdown = markdown.replace(f"]({up}{source})", f"]({up.removeprefix('../')}{name})")
    if page.parent is None:
        page.meta.setdefault("hide", ["navigation"])  # a tab of its own, so there is nothing beside it
    return FILE.sub(r'\2 title="\1"', COMMENT.sub("", markdown, count=1))
