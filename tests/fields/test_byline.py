"""Single lines: which names they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.fields.byline import only_by_word, parse
from stripper.fields.names import declared_names


@pytest.mark.parametrize(
    ("line", "printed", "names"),
    [
        ("By Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima and Bo Chen", "Ana Lima and Bo Chen", ["Ana Lima", "Bo Chen"]),
        ("By Ana Lima, Bo Chen and Di Fu", "Ana Lima, Bo Chen and Di Fu", ["Ana Lima", "Bo Chen", "Di Fu"]),
        ("By ANA LIMA", "ANA LIMA", ["ANA LIMA"]),
        ("By Ana Lima, Lisbon", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima, New York", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima, Senior Staff Writer", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima for the Harbour Post", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima ana.lima@harbour.example", "Ana Lima", ["Ana Lima"]),
        ("By: Ana Lima | March 4, 2024 | Categories: Harbour", "Ana Lima", ["Ana Lima"]),
        ("By Ana LimaUpdated: Mar 5, 2024", "Ana Lima", ["Ana Lima"]),
        ("byAna Lima", "Ana Lima", ["Ana Lima"]),
        ("By : Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima. Last Updated on March 4, 2024", "Ana Lima", ["Ana Lima"]),
        ("By Bo Chen Jr.", "Bo Chen Jr.", ["Bo Chen Jr."]),
        ("By Ana Lima ⋅ Quay Editor ⋅ Updated March 4, 2024", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima <ana_lima at quay dot example>", "Ana Lima", ["Ana Lima"]),
        ("Picture of Ana Lima Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("Photo of Ana Lima By Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("By Ana Lima In Harbour Life", "Ana Lima", ["Ana Lima"]),
        ("Posted by QuayHD on Friday March 4, 2024", "QuayHD", ["QuayHD"]),
        ("By Ana Lima SanSone", "Ana Lima SanSone", ["Ana Lima SanSone"]),
        ("Written by Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("Reporting by Ana Lima; Editing by Bo Chen", "Ana Lima", ["Ana Lima"]),
        ("Analysis by Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("Ana Lima, Staff Writer", "Ana Lima", ["Ana Lima"]),
        ("Ana Lima Political editor", "Ana Lima", ["Ana Lima"]),
        ("Ana Lima | Bo Chen", "Ana Lima | Bo Chen", ["Ana Lima", "Bo Chen"]),
        ("Ana LimaAna Lima", "Ana Lima", ["Ana Lima"]),
        ("Ana Lima 3 hours ago", "Ana Lima", ["Ana Lima"]),
        ("4 March 2024 - 09:15 Ana Lima and Bo Chen", "Ana Lima and Bo Chen", ["Ana Lima", "Bo Chen"]),
        ("4. März 2024 um 9:15 Uhr / Jana Krüger-Voss", "Jana Krüger-Voss", ["Jana Krüger-Voss"]),
        ("By Press Association", "Press Association", ["Press Association"]),
        ("AP Oslo", "AP", ["AP"]),
        ("QXN Port Ambley", "QXN", ["QXN"]),
        ("Words and photographs by Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("Text und Fotos: Jana Krüger", "Jana Krüger", ["Jana Krüger"]),
        ("Written by Ana Lima on 4 March 2024", "Ana Lima", ["Ana Lima"]),
        ("Ana Lima | 4 March 2024 | Reading time: 6 minutes", "Ana Lima", ["Ana Lima"]),
        ("Jana Krüger • 4. März 2024 • Lesezeit: 3 Minuten", "Jana Krüger", ["Jana Krüger"]),
        ("By Harbour Desk", "Harbour Desk", ["Harbour Desk"]),
        ("Gespräch: Ana Lima", "Ana Lima", ["Ana Lima"]),
        ("dpa, Berlin", "dpa", ["dpa"]),
        ("Von Jana Krüger", "Jana Krüger", ["Jana Krüger"]),
        ("Kommentar von Jana Krüger und Uwe Holt", "Jana Krüger und Uwe Holt", ["Jana Krüger", "Uwe Holt"]),
        ("Par Lucie Morel et Hugo Petit", "Lucie Morel et Hugo Petit", ["Lucie Morel", "Hugo Petit"]),
        ("Por Inés Vidal", "Inés Vidal", ["Inés Vidal"]),
        ("Di Paola Conti", "Paola Conti", ["Paola Conti"]),
        ("Door Jan de Wit", "Jan de Wit", ["Jan de Wit"]),
        ("Autor: Ewa Nowicka", "Ewa Nowicka", ["Ewa Nowicka"]),
        ("Yazan: Ayşe Demir", "Ayşe Demir", ["Ayşe Demir"]),
        ("Автор: Иван Лесков", "Иван Лесков", ["Иван Лесков"]),
        ("بقلم: أحمد علي", "أحمد علي", ["أحمد علي"]),
        ("文/李小雨", "李小雨", ["李小雨"]),
        ("記者李小雨／台北報導", "李小雨", ["李小雨"]),
        ("김하늘 기자", "김하늘", ["김하늘"]),
        ("Text: Jana Krüger", "Jana Krüger", ["Jana Krüger"]),
    ],
)
def test_names(line: str, printed: str, names: list[str]) -> None:
    found = parse(line)
    assert found is not None
    assert (found.printed, list(found.names)) == (printed, names)
    assert found.printed.startswith(line[found.start : found.end][:3])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By",
        "By the time the ferry left, the harbour was empty.",
        "By Monday evening the fire was out.",
        "By Staff",
        "By the desk",
        "News Desk",
        "Editorial Team",
        "Our Staff",
        "Pictures by Ana Lima",
        "Interview: what the harbour master said",
        "Home News Sport",
        "Getty Images",
        "Key takeaways",
        "Sign in",
        "Photo by Ana Lima",
        "Reviewed by Ana Lima",
        "(Ana Lima / AP)",
        "Ana Lima/AFP",
        "The harbour master said on Friday that the old crane would go.",
        "Von der Brücke zum Hafen sind es zwei Kilometer",
        "X" * 10_000,
        "By " + "Ana " * 3_000,
    ],
)
def test_no_byline(line: str) -> None:
    assert parse(line) is None


@pytest.mark.parametrize(
    ("line", "alone"), [("By", True), ("Written by", True), ("Kommentar von", True), ("Autor:", True), ("By Ana", False), ("Author", True)]
)
def test_a_by_word_alone(line: str, alone: bool) -> None:
    assert only_by_word(line) is alone


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ana Lima", ["Ana Lima"]),
        ("By Ana Lima and Bo Chen", ["Ana Lima", "Bo Chen"]),
        ("Ana Lima; Bo Chen", ["Ana Lima", "Bo Chen"]),
        ("Edi Lund", ["Edi Lund"]),
        ("Ana Lima (al)", ["Ana Lima"]),
        ("Ana Lima, Staff Writer", ["Ana Lima"]),
        ("https://harbour.example/people/ana", []),
        ("ana@harbour.example", []),
        ("admin", []),
        ("editor_7", []),
        ("Harbour Post", []),
        ("x" * 10_000, []),
    ],
)
def test_declared_names(value: str, names: list[str]) -> None:
    assert list(declared_names(value, "Harbour Post")) == names


@given(st.text(max_size=240) | st.text(alphabet="By AnaLimvond,|/-·0123456789.:;@ ", max_size=240))
def test_any_line_gives_spans_inside_it(line: str) -> None:
    found = parse(line)
    if found:
        assert 0 <= found.start < found.end <= len(line)
        assert all(name.strip() for name in found.names)
    only_by_word(line)
