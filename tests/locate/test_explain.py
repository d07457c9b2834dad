"""What weighed most in a verdict."""

from stripper.locate import locate, locate_and_explain
from stripper.locate.features import GROUPS, NAMES
from stripper.read import read

PARAGRAPH = "The baker of Lund rose at three and baked until the market opened at nine, as her mother had done for forty years."
PAGE = "\n".join(
    ["Home", "Sport", "Weather", "", *[PARAGRAPH + f" It was year {n}." for n in range(6)], "", "Comments", "Mia", "Nice.", "Log in", "About us"]
)


def test_every_feature_is_in_one_group() -> None:
    columns = [column for group in GROUPS.values() for column in group]
    assert sorted(set(columns)) == sorted(columns)
    assert {NAMES[i] for i in range(len(NAMES))} - {NAMES[i] for i in columns} == {"mark-any"}


def test_the_verdict_is_the_same_and_reasons_name_what_weighed_most() -> None:
    page = read(PAGE, as_="text")
    plain, explained = locate(page, ()), locate_and_explain(page, ())
    assert explained.chosen == plain.chosen
    assert explained.scores == plain.scores
    left_out = [i for i in range(len(page.blocks)) if i not in plain.chosen]
    assert any("most against it: " in explained.reasons[i] for i in left_out)
    assert all(explained.reasons[i].startswith(plain.reasons[i]) for i in left_out)
    assert all(explained.reasons[i] == "" for i in plain.chosen)


def test_an_empty_page_has_nothing_to_explain() -> None:
    assert locate_and_explain(read(""), ()).reasons == ()
