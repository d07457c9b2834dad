"""Charts: what they show is right, their text is text, and nothing that a page said reaches matplotlib or gets out of its element."""

from __future__ import annotations

import matplotlib
import pytest
from lxml import etree

from stripper.report.html.plots import Bar, Part, bars, columns, few_digits, short

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</svg><script>window.ran = 1</script>\"'",
    "日本語のニュース.example",
    "أخبار اليوم",
    "a\u202eb\u2066c\0\x1b[31m",
    "half \ud800 pair \ufffe \uffff",
    "$\\frac{1}{0}$ ^{x}_y $",
    "@0@ @17@ {} %s &amp;",
    "\U0001f600 🏴‍☠️",
    "",
    " \n\t ",
    "x" * 100_000,
]


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in drawn(svg).iter(f"{SVG}text")]


def widths(svg: str) -> dict[str, tuple[float, float]]:
    """For each part of a bar, by what it says, how wide and how high it is drawn."""
    found = {}
    for element in drawn(svg).iter(f"{SVG}title"):
        path = element.getparent().find(f"{SVG}path").get("d").replace("M", "L").split("L")[1:]
        xs, ys = zip(*((float(x) for x in point.split()[:2]) for point in path), strict=True)
        found[element.text] = (max(xs) - min(xs), max(ys) - min(ys))
    return found


def bar(label: str, *values: float) -> Bar:
    return Bar(label, tuple(Part(value, "--good", f"{label}: {value}") for value in values), f"{sum(values):g}")


def test_bars_are_as_long_as_their_values() -> None:
    svg = bars("kinds", "Kinds", [bar("share", 30, 10), bar("related", 80), bar("none", 0)])
    lengths = {title: width for title, (width, _) in widths(svg).items()}
    assert lengths["share: 30"] == pytest.approx(3 * lengths["share: 10"], rel=1e-3)
    assert lengths["related: 80"] == pytest.approx(8 * lengths["share: 10"], rel=1e-3)
    assert lengths["none: 0"] == 0
    assert {"share", "related", "none", "40", "80", "0"} <= set(texts(svg))


def test_columns_are_as_high_as_their_values() -> None:
    svg = columns("scores", "Scores", [bar(f"{n}", n) for n in range(10)], "score", 3)
    heights = {title: height for title, (_, height) in widths(svg).items()}
    assert heights["9: 9"] == pytest.approx(3 * heights["3: 3"], rel=1e-3)
    assert [text for text in texts(svg) if text in "0369"][:4] == ["0", "3", "6", "9"]
    assert "score" in texts(svg)


def test_the_same_data_gives_the_same_bytes_whatever_the_user_has_set() -> None:
    once = bars("kinds", "Kinds", [bar("share", 30, 10)])
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.grid": True, "text.usetex": True}):
        assert bars("kinds", "Kinds", [bar("share", 30, 10)]) == once
        assert matplotlib.rcParams["font.size"] == 30


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_are_text(label: str) -> None:
    for svg in (bars("a", label, [bar(label, 3)]), columns("a", label, [bar(label, 3)], "score")):
        allowed = {f"{SVG}{name}" for name in ("svg", "g", "path", "text", "title", "defs", "rect", "clipPath", "use")}
        assert {element.tag for element in drawn(svg).iter()} <= allowed
        assert not set("\u202e\u2066\0\x1b") & set(svg)
        svg.encode()


def test_long_labels_keep_their_ends() -> None:
    assert short("www.tarn.example") == "www.tarn.example"
    assert short("abcdefghij" * 10, 11) == "abcde…fghij"
    assert short("日本語" * 10, 11) == "日本…本語"
    assert short("a\n  b\u202ec") == "a b\ufffdc"


def test_a_page_may_hold_it() -> None:
    svg = bars("kinds", "Kinds of text", [bar("share", 30, 10), bar("related", 80)])
    root = drawn(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Kinds of text")
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
        for name in ("fill", "stroke"):
            assert element.get(name, "none") in ("none", "currentColor") or element.get(name).startswith("var(--"), element.get(name)
    assert not list(root.iter(f"{SVG}style", f"{SVG}metadata", etree.Comment))


def test_no_two_charts_share_an_id() -> None:
    both = [element.get("id") for name in "ab" for element in drawn(bars(name, "t", [bar("share", 3)])).iter() if element.get("id")]
    assert len(both) == len(set(both))


def test_no_bars_at_all() -> None:
    assert drawn(bars("a", "t", [])).get("aria-label") == "t"
    assert drawn(columns("a", "t", [], "score")).get("aria-label") == "t"


def test_few_digits() -> None:
    assert [few_digits(n) for n in (0, 7, 17.5, 999, 1_000, 18_000, 1_234_567, 2e9)] == ["0", "7", "17.5", "999", "1k", "18k", "1.23M", "2G"]
