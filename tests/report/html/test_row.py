"""A row as an explained page: it shows what the row has, and pretends nothing else."""

from __future__ import annotations

from stripper.report.html.row import explained_row


def test_what_a_row_tells(make) -> None:
    shown = explained_row(make(7, [("share/a", 5), ("related/b", 7)], body="One.\n\nTwo.", byline="Edda", warnings=["odd"], language=None))
    assert (shown.name, shown.status, shown.score, shown.chars, shown.body_chars) == ("tarn-7", "ok", 0.9, 22, 10)
    assert [(field.name, field.value) for field in shown.fields] == [
        ("url", "https://tarn.example/"),
        ("headline", "Ferry sails"),
        ("byline", "Edda"),
        ("date", "2024-03-14"),
    ]
    assert [(span.text, span.kind, span.family, span.outcome, span.rule) for line in shown.lines for span in line.spans] == [
        ("yyyyy", "share", "controls", "removed", "share/a"),
        ("yyyyyyy", "related", "leads", "removed", "related/b"),
    ]
    assert [line.gap for line in shown.lines] == [False, True]
    assert [part.text for part in shown.body] == ["One.", "Two."]
    assert (shown.signed, shown.notes, shown.heading) == (("Edda", "2024-03-14"), ("odd",), "Removed")


def test_an_error(make) -> None:
    shown = explained_row(make(status="error", error="took longer than 20 s", body="", headline=None, date=None, url=None, language=None))
    assert (shown.fields, shown.lines, shown.body, shown.notes) == ((), (), (), ("took longer than 20 s",))


def test_nothing_in_a_row_reverses_the_page(make) -> None:
    bad = "a\u202e\0b"
    span = {"kind": bad, "rule": bad, "start": 0, "end": 1, "score": 1, "text": bad}
    shown = explained_row(
        make(id=bad, url=bad, status=bad, error=bad, headline=bad, byline=bad, body=bad, warnings=[bad], authors=[bad], removed=[span])
    )
    assert "\u202e" not in repr(shown)
    assert "\\u202e" not in repr(shown)
    assert "\\x00" not in repr(shown)
