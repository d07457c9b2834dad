"""Charts as SVG that stands inside of a page: its text is text, its colours are the page's, and whatever a scraped page said stays outside of
matplotlib, which would read formulas in it and look for its letters in a font.

So matplotlib draws placeholders, and labels and colours are put in afterwards. The same data gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import lxml.etree
from markupsafe import Markup

from stripper.errors import ExtraError
from stripper.report.words import cut_inside, printable

try:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.ticker import FuncFormatter, MaxNLocator
except ImportError:
    raise ExtraError("charts", "report") from None

LONGEST_LABEL = 30
"""Letters of a label beside a bar, of which Chinese ones take the room of two; what is left out is in the middle."""

_WIDTH, _BAR, _AROUND = 5.4, 0.22, 0.36
"""Inches: a chart, one of its horizontal bars, and what stands above and below these."""
_LABELS, _VALUES = 2.35, 0.6
"""Inches to the left and to the right of horizontal bars."""
_HEIGHT = 1.9
"""Inches of a chart of columns."""
_FONT = 9.0
_LONG = 400
"""Characters of a label that are looked at."""
_THICK, _WIDE = 0.74, 0.86
"""Shares of their room that bars and columns take."""

_VARIABLES = ("currentColor", "--line", "--faint", "--asks", "--leads", "--controls", "--about", "--off", "--field", "--good", "--bad", "--focus")
"""What colours stand for: variables of page.css, which are others in the dark."""
_SENTINELS = {name: f"#{number + 1:02x}a5{number + 1:02x}" for number, name in enumerate(_VARIABLES)}
_NAMES = {sentinel: name if name == "currentColor" else f"var({name})" for name, sentinel in _SENTINELS.items()}
_INK, _GRID, _FAINT = (_SENTINELS[name] for name in ("currentColor", "--line", "--faint"))

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_PLACEHOLDER = "@{}@"
_PLACED = re.compile(r"@(\d+)@")
_REFERENCE = re.compile(r"#([\w-]+)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIZE = re.compile(r"([\d.]+)px")
_KEPT = frozenset(
    {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "text-anchor", "opacity"}
)
"""Declarations that are attributes of SVG, too. A page's policy allows no `style`."""


class Part(NamedTuple):
    """A stretch of a bar."""

    value: float
    colour: str
    """A variable of page.css, such as "--good"."""
    title: str
    """What it says when somebody points at it."""


class Bar(NamedTuple):
    """A bar of one part or several."""

    label: str
    parts: tuple[Part, ...]
    said: str = ""
    """Its value in words, which stands at its end."""


def bars(name: str, title: str, shown: Sequence[Bar]) -> Markup:
    """Horizontal bars, the first one above; `name` is one that no other chart of the page has, `title` says what it shows."""
    with _drawing(_BAR * max(1, len(shown)) + _AROUND) as (figure, axes):
        height = figure.get_figheight()
        axes.set_position((_LABELS / _WIDTH, 0.24 / height, 1 - (_LABELS + _VALUES) / _WIDTH, 1 - _AROUND / height))
        texts: list[str] = []
        titles: dict[str, str] = {}
        for row, bar in enumerate(shown):
            left = 0.0
            for part in bar.parts:
                gid = f"{name}-{len(titles)}"
                titles[gid] = part.title
                axes.add_patch(_stretch((left, row - _THICK / 2), part.value, _THICK, part.colour, gid))
                left += part.value
            axes.annotate(bar.said, (left, row), (3, 0), textcoords="offset points", va="center", color=_INK)
            texts.append(bar.label)
        axes.set_yticks(range(len(shown)), [_PLACEHOLDER.format(number) for number in range(len(shown))])
        axes.set_ylim(max(1, len(shown)) - 0.5, -0.5)
        axes.set_xlim(0, max((sum(part.value for part in bar.parts) for bar in shown), default=0) or 1)
        _scale(axes.xaxis)
        return _inline(figure, name, title, texts, titles)


def columns(name: str, title: str, shown: Sequence[Bar], below: str, every: int = 1) -> Markup:
    """Upright columns from left to right, with the label of every so many of them; `below` says what the labels are."""
    with _drawing(_HEIGHT) as (figure, axes):
        axes.set_position((0.09, 0.25, 0.89, 0.71))
        titles: dict[str, str] = {}
        for at, bar in enumerate(shown):
            bottom = 0.0
            for part in bar.parts:
                gid = f"{name}-{len(titles)}"
                titles[gid] = part.title
                axes.add_patch(_stretch((at - _WIDE / 2, bottom), _WIDE, part.value, part.colour, gid))
                bottom += part.value
        ticks = range(0, len(shown), every)
        axes.set_xticks(ticks, [_PLACEHOLDER.format(number) for number in ticks])
        axes.set_xlim(-0.6, max(1, len(shown)) - 0.4)
        axes.set_ylim(0, max((sum(part.value for part in bar.parts) for bar in shown), default=0) or 1)
        axes.set_xlabel(below, color=_FAINT)
        _scale(axes.yaxis)
        return _inline(figure, name, title, [bar.label for bar in shown], titles)


def short(label: str, most: int = LONGEST_LABEL) -> str:
    """A printable label of so many letters at most."""
    label = " ".join(printable(label[:_LONG]).split())
    most = most * len(label) // max(1, sum(1 + (east_asian_width(letter) in "WF") for letter in label))
    return cut_inside(label, most)


def few_digits(number: float) -> str:
    """A number in a few characters: "17", "1.2k", "3M"."""
    for factor, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= factor:
            return f"{number / factor:.3g}{unit}"
    return f"{number:.3g}"


@contextmanager
def _drawing(height: float) -> Iterator[tuple[Figure, Any]]:
    """A figure with one pair of axes, in a style that no file of the user's changes."""
    ours: Any = {"svg.fonttype": "none", "svg.hashsalt": "stripper", "text.parse_math": False, "font.size": _FONT, "path.simplify": False}
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(ours)
        figure = Figure(figsize=(_WIDTH, height))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, colors=_INK, labelcolor=_INK)
        axes.set_axisbelow(True)
        yield figure, axes


def _stretch(corner: tuple[float, float], width: float, height: float, colour: str, gid: str) -> Rectangle:
    """A part of a bar; `Axes.bar` takes ten times as long."""
    return Rectangle(corner, width, height, facecolor=_SENTINELS[colour], linewidth=0, clip_on=False, gid=gid)


def _scale(axis: Any) -> None:
    axis.set_major_locator(MaxNLocator(5, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: few_digits(value)))
    axis.set_tick_params(labelcolor=_FAINT)
    axis.grid(color=_GRID, linewidth=0.8, clip_on=False)


def _inline(figure: Figure, name: str, title: str, texts: Sequence[str], titles: dict[str, str]) -> Markup:
    """The drawing as an element of a page."""
    file = io.BytesIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = lxml.etree.fromstring(file.getvalue())
    for unwanted in [*root.iter(f"{_SVG}metadata", f"{_SVG}style"), *root.iter(lxml.etree.Comment)]:
        unwanted.getparent().remove(unwanted)
    for element in root.iter():
        _style_as_attributes(element)
        if element.tag == f"{_SVG}text":
            element.text = _PLACED.sub(lambda found: _clean(texts[int(found[1])]), element.text or "")
        if (title_of := titles.get(element.get("id"))) is not None:
            lxml.etree.SubElement(element, f"{_SVG}title").text = _clean(title_of)
    _own_names(root, name)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", _clean(title))
    lxml.etree.cleanup_namespaces(root)
    return Markup(lxml.etree.tostring(root, encoding="unicode"))


def _clean(text: str) -> str:
    """What XML can hold."""
    return _NO_XML.sub("\ufffd", printable(text))


def _style_as_attributes(element: Any) -> None:
    for declaration in (element.attrib.pop("style", "") or "").split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        if name in ("font", "font-size") and (size := _SIZE.search(value)):
            element.set("font-size", size[1])
        elif name in _KEPT:
            element.set(name, value)
    for name in ("fill", "stroke"):
        if found := _NAMES.get(element.get(name, "").lower()):
            element.set(name, found)


def _own_names(root: Any, name: str) -> None:
    """Keeps the ids that something in the drawing refers to, as ones that no other chart has."""
    referring = [(element, key) for element in root.iter() for key in ("clip-path", f"{_XLINK}href") if element.get(key)]
    used = {found for element, key in referring for found in _REFERENCE.findall(element.get(key))}
    for element, key in referring:
        element.set(key, element.get(key).replace("#", f"#{name}-"))
    for element in root.iter():
        if (id_ := element.attrib.pop("id", None)) in used:
            element.set("id", f"{name}-{id_}")
