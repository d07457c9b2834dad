"""What the scorer sees."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.locate.features import NAMES, TEXT_COLUMNS, features
from stripper.locate.view import words_of
from stripper.read import read
from stripper.types import Kind, Mark

LINES = st.lists(st.text(max_size=80), max_size=30).map("\n".join)


def column(name: str, rows: np.ndarray) -> list[float]:
    return [round(float(x), 3) for x in rows[:, NAMES.index(name)]]


def test_text_has_no_markup_columns_and_html_has_all() -> None:
    assert features(read("One line.\n\nTwo lines."), ()).shape == (2, TEXT_COLUMNS)
    assert features(read("<p>One line.</p><p>Two lines.</p>", as_="html"), ()).shape == (2, len(NAMES))


def test_an_empty_page_has_no_rows() -> None:
    assert features(read(""), ()).shape[0] == 0


def test_prose_ends_a_sentence_and_is_long_enough() -> None:
    rows = features(
        read("Home\nThe baker of Lund rose at three and baked until the market opened at nine.\nA very long line which just goes on and on and"), ()
    )
    assert column("prose", rows) == [0, 1, 0]


def test_a_line_that_stands_twice_is_seen() -> None:
    assert column("repeated", features(read("Share this\nA story.\nShare this"), ())) == [1, 0, 1]


def test_marks_are_seen_by_kind_and_score() -> None:
    page = read("Leave a Reply\nA line.")
    rows = features(page, [Mark(0, 13, Kind.COMMENTS, "r", 0.9)])
    assert column("mark-comments", rows) == [0.9, 0]
    assert column("mark-any", rows) == [0.9, 0]
    assert column("since-comments", rows)[1] > 0.5


def test_words_of_scripts_without_blanks_are_characters() -> None:
    assert words_of("東京 tokyo 2024") == ["東", "京", "tokyo", "2024"]


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_any_text_gives_finite_rows(text: str) -> None:
    page = read(text, as_="text")
    rows = features(page, ())
    assert rows.shape == (len(page.blocks), TEXT_COLUMNS if page.blocks else len(NAMES))
    assert np.isfinite(rows).all()
    assert (np.abs(rows) <= 8).all()
