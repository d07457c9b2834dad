"""A page of HTML from a template, with its style and scripts inside and a Content-Security-Policy that allows these alone.

Templates are Jinja's, and escape every value. What a scraped page says therefore is text wherever it stands; and should a template ever be wrong,
the policy still keeps scripts of other origin from running, and anything from being fetched.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from stripper.errors import ExtraError, OutputError

try:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup
except ImportError:
    raise ExtraError("pages of HTML", "report") from None

STYLES = ("page.css",)
_GENERATOR = '<meta name="generator" content="stripper">'
_HEAD = 4096
"""Bytes of a file that are searched for it. It comes before everything whose length a scraped page decides."""


def page(template: str, title: str, scripts: Sequence[str] = (), styles: Sequence[str] = (), connect: bool = False, **values: Any) -> str:
    """A whole page.

    `template` extends base.html; `scripts` and `styles` name files in static/, which are put into the page in their order, behind the style that all
    pages share. `connect` allows requests to where the page comes from, for pages that a server hands out. `values` are what the template asks for.
    """
    style, script = _inside(scripts, styles)
    rendered = (
        _environment()
        .get_template(template)
        .render(
            title=title, policy=policy(style, script, connect), style=Markup(style), script=Markup(script), generator=Markup(_GENERATOR), **values
        )
    )
    return rendered.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # no file can hold half a surrogate pair


def fragment(template: str, **values: Any) -> str:
    """A part of a page, to be put into one that is open already."""
    return _environment().get_template(template).render(**values)


def check_place(path: Path) -> None:
    """Raises OutputError where a page can't stand: something that stripper didn't make is there, or the folder isn't. Long work asks it first."""
    try:
        if path.exists() and not _is_own(path):
            raise OutputError(str(path), "it exists, and isn't a page that stripper made; give another name")
        if not path.parent.is_dir():
            raise OutputError(str(path), "No such file or directory")
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from None


def save(path: Path, content: str) -> None:
    """Writes a page, as a whole or not at all. It takes the place of a page that stripper made, and of nothing else. Raises OutputError."""
    check_place(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(content, "utf-8")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(str(path), error.strerror or str(error)) from None


def _is_own(path: Path) -> bool:
    with path.open("rb") as file:
        return _GENERATOR.encode() in file.read(_HEAD)


def page_policy(scripts: Sequence[str] = (), styles: Sequence[str] = (), connect: bool = False) -> str:
    """The policy of a page with these, for the header of a server's answer."""
    return policy(*_inside(scripts, styles), connect)


def policy(style: str, script: str, connect: bool) -> str:
    """The Content-Security-Policy of a page with this style and this script: nothing else applies, runs or is fetched."""
    rules = {
        "default-src": "'none'",
        "style-src": _source(style),
        "script-src": _source(script),
        "connect-src": "'self'" if connect else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _inside(scripts: Sequence[str], styles: Sequence[str]) -> tuple[str, str]:
    """The style and the script that stand in a page."""
    return "\n".join(map(_static, (*STYLES, *styles))), "\n".join(map(_static, scripts))


def _source(content: str) -> str:
    """How a policy names an element by its content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" if content else "'none'"


@functools.cache
def _static(name: str) -> str:
    return (files(__package__) / "static" / name).read_text("utf-8")


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
