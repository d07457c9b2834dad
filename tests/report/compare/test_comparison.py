"""Two tables of rows compared: what counts as a change, who removed what, and how much is kept of it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.batch.rows import FIELDS, Row
from stripper.report.compare import comparison as module
from stripper.report.compare.change import COMPARED, NOTICED, changed
from stripper.report.compare.comparison import by_count, compare, notes, verdict
from stripper.report.compare.diff import Piece, Side
from stripper.report.compare.pairs import Pair, pairs
from stripper.report.compare.removals import Label, Reason, Reasons, Renamed, Span, removals, spans

BODY = "The mill at Tarn opens again.\n\nPupils cleaned its wheel.\n\nThe county pays for the roof."


def row(name: str = "tarn.html", **values: Any) -> Row:
    lists = {"authors": [], "packs": ["core 1 abc"], "warnings": []}
    empty = {"schema": 1, "id": name, "url": None, "status": "ok", "error": None} | {field: lists.get(field) for field in FIELDS}
    return empty | {"body": BODY, "score": 0.9, "headline": "The mill of Tarn"} | values


def removed(text: str, kind: str = "related", rule: str = "related/heading-list", start: int = 0, score: float = 0.8) -> dict[str, Any]:
    return {"kind": kind, "rule": rule, "start": start, "end": start + len(text), "score": score, "text": text}


def test_equal_rows_are_no_change():
    assert changed(row(removed=[removed("See also")]), row(removed=[removed("See also")])) is None


@pytest.mark.parametrize("name", [name for name in COMPARED if name != "authors"])
def test_every_field_counts(name):
    change = changed(row(), row(**{name: "another"}))
    assert change is not None
    assert change.names == (name,)
    assert change.body == ()


def test_what_is_said_of_an_article_is_no_change_but_shown_with_one():
    other = {"score": 0.9 - NOTICED, "warnings": ["odd"], "packs": ["core 2 def"], "schema": 1}
    assert changed(row(), row(**other)) is None
    change = changed(row(), row(**other, headline="A mill"))
    assert change.names == ("headline",)
    assert change.scores == (0.9, 0.9 - NOTICED)
    assert change.warnings == ((), ("odd",))


def test_a_list_is_compared_by_its_items():
    between = changed(row(authors=["Edda Lorne", "Ines Bram"]), row(authors=["Edda Lorne"])).fields[0]
    assert [piece for stretch in between.stretches for piece in stretch.pieces if piece.side is not Side.SAME] == [Piece(Side.GONE, "\nInes Bram")]
    assert not between.appeared
    assert not between.vanished


def test_a_value_that_there_was_not_appeared():
    assert changed(row(headline=None), row()).fields[0].appeared
    assert changed(row(), row(headline=None)).fields[0].vanished


def test_a_null_and_an_empty_text_are_the_same():
    assert changed(row(section=None), row(section="")) is None


def test_sizes_are_characters_gone_and_come():
    change = changed(row(), row(body=BODY.replace("Pupils cleaned its wheel.\n\n", ""), headline="The mill of Tarn again"))
    assert (change.gone, change.come) == (len("Pupils cleaned its wheel.\n\n"), 0)
    assert change.size == change.gone + len(" again")


def test_what_went_says_which_rule_removed_it_and_what_came_which_had():
    with_line, line = BODY.replace("Pupils", "Read also: the ferry\n\nPupils"), "Read also: the ferry"
    gone = changed(row(body=with_line, removed=[]), row(removed=[removed(line)]))
    assert gone.body[0].gone == (Reason(Label("related", "related/heading-list"), len(line)),)
    assert gone.body[0].come == ()
    assert [span.text for span in gone.removals.gained] == [line]
    came = changed(row(removed=[removed(line)]), row(body=with_line, removed=[]))
    assert came.body[0].come == gone.body[0].gone
    assert [span.text for span in came.removals.lost] == [line]


def test_what_became_a_field_says_so():
    change = changed(row(), row(body=BODY.split("\n\n", 1)[1], standfirst="The mill at Tarn opens again."))
    assert [reason.label for reason in change.body[0].gone] == [Label("standfirst", "")]


def test_a_rule_that_removes_part_of_a_line_is_found_too():
    change = changed(
        row(body=f"{BODY} Advert, scroll on. It rains.", removed=[]), row(body=f"{BODY} It rains.", removed=[removed("Advert, scroll on.")])
    )
    assert change.body[0].gone[0].label.rule == "related/heading-list"


def test_without_removed_spans_in_both_they_are_not_compared():
    assert changed(row(), row(removed=[removed("See also")])) is None


# removed spans


def of(*entries: dict[str, Any]) -> list[Span]:
    return spans(entries)


def test_the_same_text_removed_by_another_rule_is_renamed_wherever_it_stands():
    found = removals(of(removed("See also")), of(removed("See also", rule="related/see", start=70)))
    assert found == ((), (), (Renamed("See also", Label("related", "related/heading-list"), Label("related", "related/see")),))


def test_scores_and_places_are_no_difference():
    assert removals(of(removed("See also")), of(removed("See also", start=9, score=0.5))) == ((), (), ())


def test_a_span_that_falls_apart_is_the_same_text():
    whole = removed("The ferry\nThe mill\nBy Edda", "off-story", "locator", 10)
    parts = [removed("The ferry\n", "off-story", "locator", 10), removed("The mill", start=20), removed("\nBy Edda", "off-story", "locator", 28)]
    lost, gained, renamed = removals(of(whole), of(*parts))
    assert (lost, gained) == ((), ())
    assert renamed == (Renamed("The mill", Label("off-story", "locator"), Label("related", "related/heading-list")),)
    lost, gained, renamed = removals(of(whole), of(*parts[:2]))
    assert [(span.text, span.start) for span in lost] == [("\nBy Edda", 28)]
    assert gained == ()


def test_places_of_another_text_mean_nothing():
    old, new = removed("The ferry sails", start=10), removed("A mill that grinds", start=12)
    lost, gained, renamed = removals(of(old), of(new))
    assert ([span.text for span in lost], [span.text for span in gained], renamed) == (["The ferry sails"], ["A mill that grinds"], ())


LABELS = st.sampled_from(["a", "b"])
SPANS = st.lists(st.tuples(LABELS, st.integers(0, 30), st.integers(1, 6)), max_size=8)
TEXT = "The mill at Tarn opens again, said Edda."


def laid(drawn: list[tuple[str, int, int]]) -> list[Span]:
    """Spans of TEXT that don't lie over each other."""
    found: list[Span] = []
    for label, start, length in sorted(drawn, key=lambda item: item[1]):
        start = max(start, found[-1].end if found else 0)
        if text := TEXT[start : start + length]:
            found.append(Span(Label(label, label), start, start + len(text), text))
    return found


@given(SPANS, SPANS)
def test_no_removed_character_is_lost(drawn, others):
    old, new = laid(drawn), laid(others)
    found = removals(old, new)
    assert removals(old, old) == ((), (), ())
    for side, one in ((found.lost, old), (found.gained, new)):
        assert all(TEXT[span.start : span.end] == span.text and not span.text.isspace() for span in side)
        assert sum(len(span.text) for span in side) <= sum(len(span.text) for span in one)
    swapped = removals(new, old)
    assert len("".join(span.text for span in found.lost)) == len("".join(span.text for span in swapped.gained))


def test_a_reason_is_found_in_a_longer_span_but_not_by_chance():
    reasons = Reasons(of(removed("Old mill becomes a library - The ferry sails again - More news")))
    assert [reason.label.kind for reason in reasons.of("The ferry sails again")] == ["related"]
    assert reasons.of("More") == ()
    assert reasons.of("Something else entirely") == ()


# pairs


def names(found: Iterator[Pair]) -> list[tuple[str | None, str | None]]:
    return [(pair.old and pair.old["headline"], pair.new and pair.new["headline"]) for pair in found]


def titled(*ids: str) -> Iterator[Row]:
    return iter([row(name, headline=f"{name}{number}") for number, name in enumerate(ids)])


def test_rows_are_paired_by_id_in_any_order():
    assert sorted(names(pairs(titled("a", "b", "c"), titled("c", "a", "b")))) == [("a0", "a1"), ("b1", "b2"), ("c2", "c0")]


def test_what_has_no_partner_comes_last():
    assert names(pairs(titled("a", "b", "c"), titled("b", "d"))) == [("b1", "b0"), ("a0", None), ("c2", None), (None, "d1")]


def test_rows_with_one_id_are_paired_in_their_order():
    assert sorted(names(pairs(titled("a", "a", "b"), titled("a", "b", "a")))) == [("a0", "a0"), ("a1", "a2"), ("b2", "b1")]
    assert sorted(names(pairs(titled("b", "a", "a"), titled("a", "a", "b"))), key=str) == [("a1", "a0"), ("a2", "a1"), ("b0", "b2")]


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12))
def test_every_row_is_in_one_pair(old, new):
    found = list(pairs(titled(*old), titled(*new)))
    assert sorted(pair.old["id"] for pair in found if pair.old) == sorted(old)
    assert sorted(pair.new["id"] for pair in found if pair.new) == sorted(new)
    for name in "abcde":
        mine = [(pair.old["headline"], pair.new["headline"]) for pair in found if pair.old and pair.new and pair.old["id"] == name]
        assert len(mine) == min(old.count(name), new.count(name))
        firsts = [f"{name}{n}" for n, other in enumerate(old) if other == name], [f"{name}{n}" for n, other in enumerate(new) if other == name]
        assert mine == list(zip(*(side[: len(mine)] for side in firsts), strict=True))


def test_tables_in_another_order_are_not_held_in_memory():
    def many(numbers: range) -> Iterator[Row]:
        return (row(str(number), body=f"{number} " * 2_000) for number in numbers)

    tracemalloc.start()
    try:
        assert sum(1 for pair in pairs(many(range(1_000)), many(range(999, -1, -1))) if pair.old and pair.new) == 1_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000  # the rows are 16 MB
    finally:
        tracemalloc.stop()


# all of it


def test_a_comparison_counts_documents_and_says_what_rules_did():
    old = [row("a", removed=[removed("See also")]), row("b", headline=None, removed=[]), row("c", removed=[], score=0.2), row("d", removed=[])]
    new = [row("a", removed=[], body=f"{BODY}\n\nSee also"), row("b", removed=[]), row("c", removed=[], score=0.3), row("e", removed=[])]
    new[1]["packs"] = ["core 2 def"]
    result = compare(iter(old), iter(new))
    assert (result.compared, result.changed, result.same_but_rated, result.only_counts) == (3, 2, 1, (1, 1))
    assert [change.id for change in result.changes] == ["b", "a"]
    assert result.names == {"headline": 1, "body": 1, "removed": 1}
    assert result.appeared == {"headline": 1}
    assert (result.gone, result.come) == (0, len("\n\nSee also"))
    assert result.rules == ((Label("related", "related/heading-list"), 1, 0, 8, 0),)
    assert result.packs == ({"core 1 abc": 4}, {"core 1 abc": 3, "core 2 def": 1})
    assert [[lone.id for lone in side] for side in result.only] == [["d"], ["e"]]
    assert result.differs
    assert verdict(result) == "2 of 3 documents changed (66.7%): 0 characters gone from bodies, 10 come."
    assert list(notes(result)) == [
        "1 document is only in A.",
        "1 document is only in B.",
        "In 1 document only the score or the warnings differ, which is no change.",
    ]


def test_what_one_table_does_not_list_is_not_what_it_did_not_remove():
    result = compare(iter([row("a", removed=[removed("See also")]), row("b", removed=[removed("See also")])]), iter([row("a"), row("b", removed=[])]))
    assert result.rules == ((Label("related", "related/heading-list"), 1, 0, 8, 0),)  # of "b"
    assert result.names == {"removed": 1}


def test_nothing_changed_says_so():
    result = compare(iter([row()]), iter([row(packs=["core 2 def"])]))
    assert not result.differs
    assert verdict(result) == "Nothing changed in 1 document."
    assert list(notes(result)) == ["Removed spans aren't compared: neither table lists them. A batch with --removed does."]


def test_documents_of_one_table_alone_are_a_change():
    assert compare(iter([row()]), iter([])).differs
    assert verdict(compare(iter([]), iter([]))) == "Nothing changed in 0 documents."


def test_only_the_largest_changes_are_kept_and_the_next_by_name(monkeypatch):
    monkeypatch.setattr(module, "MOST_SHOWN", 8)
    monkeypatch.setattr(module, "MOST_NAMED", 4)
    sizes = {f"doc{number}": number * 7919 % 101 + 1 for number in range(60)}
    old = [row(name, body="") for name in sizes]
    new = [row(name, body="x" * size) for name, size in sizes.items()]
    result = compare(iter(old), iter(new))
    ordered = sorted(sizes, key=lambda name: (-sizes[name], name))
    assert [change.id for change in result.changes] == ordered[:8]
    assert [change.id for change in result.named] == ordered[8:12]
    assert all(change.body for change in result.changes)
    assert not any(change.body for change in result.named)
    assert result.changed == 60
    assert result.come == sum(sizes.values())


def test_of_a_large_change_a_part_is_kept_and_the_rest_counted():
    many = [removed(f"span {number} " * 60, start=1000 * number) for number in range(100)]
    change = changed(row(body="", removed=[]), row(body="a line of it\n" * 10_000, removed=many))
    kept = sum(len(piece.text) for place in change.body for piece in place.stretch.pieces)
    assert kept < 9_000
    assert change.come == 130_000
    assert change.left_out == 130_000 - 8_000
    assert len(change.removals.gained) + change.spans_left_out == 100
    assert max(len(span.text) for span in change.removals.gained) <= 301


def test_ties_are_sorted_by_name():
    assert by_count(compare(iter([row(headline="a", section="b")]), iter([row(headline="c", section="d")])).names) == [
        ("headline", 1),
        ("section", 1),
    ]
