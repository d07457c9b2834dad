"""A measurement is printed whole: cuts by corpus and kind, rules by what they removed, and the names of those that never fired."""

from __future__ import annotations

import io

from rich.console import Console

from stripper.report.worth import show
from stripper.rules.worth import CutWorth, RuleWorth, Worth

WORTH = Worth(
    ("acme 1 0123456789ab",),
    (
        RuleWorth("acme:lumi/story", "widget", "text", 2, 2, 1250, 1000, 625, "acme:lumi/whole", 100, 25, 3),
        RuleWorth("acme:lumi/unheard", "widget", "text", 0, 0, 0, 0, 0, "", 0, 0, 0),
        RuleWorth("acme:lumi/whole", "widget", "text", 9, 9, 2500, 2400, 625, "acme:lumi/story", 0, 0, 0),
    ),
    (
        CutWorth("mills", "article", "text", 8, 1000, 1, 4000, 1000),
        CutWorth("mills", "forum", "text", 2, 1000, 2, 4000, 2000),
        CutWorth("rivers", "article", "text", 1, 10, 0, 10, 0),
    ),
)


def printed(worth: Worth, width: int = 160) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    show(worth, console)
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_everything_is_told() -> None:
    lines = printed(WORTH)
    assert "mills article 8 1,000 1 1.00 125 25.0%" in lines
    assert "mills all 10 2,000 3 1.50 300 37.5%" in lines
    assert [line for line in lines if line.startswith("rivers")] == ["rivers article 1 10 0 0.00 0 0.0%"]
    whole, story = (lines.index(line) for line in lines if line.startswith("acme:lumi/"))
    assert lines[whole] == "acme:lumi/whole widget 9 2,400 0 25% 9 2,500 acme:lumi/story"
    assert lines[story] == "acme:lumi/story widget 2 1,000 0.250 3 50% 2 1,250 acme:lumi/whole"
    assert "never fired (1): acme:lumi/unheard" in lines
    assert not any("HTML" in line for line in lines)


def test_a_narrow_terminal_has_the_figures_that_matter() -> None:
    lines = printed(WORTH, 80)
    assert "acme:lumi/story 2 1,000 0.250 3 50%" in lines
    assert "mills article 8 1,000 1 1.00 125 25.0%" in lines


def test_nothing_measured_prints_nothing() -> None:
    assert printed(Worth((), (), ())) == []
