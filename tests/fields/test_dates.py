"""Dates as printed, in many languages, and what is no date."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.fields.dates import dates_in, day_of, parse_declared

MAY_6 = date(2024, 5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-06",
        "May 6, 2024",
        "6th of May 2024",
        "Monday, 6 May 2024",
        "6. Mai 2024",
        "Montag, den 06.05.2024",
        "6 mai 2024",
        "6 de mayo de 2024",
        "6 de maio de 2024",
        "6 maggio 2024",
        "6 mei 2024",
        "6 maja 2024",
        "6 Mayıs 2024",
        "6 мая 2024",
        "6 травня 2024",
        "6 май 2024",
        "6. května 2024",
        "6. maj 2024",
        "6. mai 2024",
        "6. toukokuuta 2024",
        "2024. május 6.",
        "6. svibnja 2024.",
        "6 Μαΐου 2024",
        "2024 m. gegužės 6 d.",
        "6 Mei 2024",
        "٦ مايو ٢٠٢٤",
        "6 मई 2024",
        "৬ মে ২০২৪",
        "6 במאי 2024",
        "6 พฤษภาคม 2567",
        "2024年5月6日",
        "2024년 5월 6일",
        "PostedMay 6, 2024By",
        "6. 5. 2024",
    ],
)
def test_one_day_in_many_languages(text: str) -> None:
    assert [day_of(m.value) for m in dates_in(text)] == [MAY_6]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 February 2024",
        "99.99.2024",
        "2024-13-40",
        "1.234,56",
        "version 2.4.2024.1",
        "Room 12, Mayflower House 2024",
        "5 of 2024 people",
        "6:30 pm",
    ],
)
def test_no_date(text: str) -> None:
    assert dates_in(text) == []


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("May 6, 2024 4:05 PM EDT", -4),
        ("6 May 2024, 16:05 CEST", 2),
        ("16:05 GMT / 6 May 2024", 0),
        ("6 May 2024 16:05 +0530", 5.5),
        ("6 May 2024 at 4:05 p.m. JST", 9),
    ],
)
def test_time_and_zone_give_an_aware_datetime(text: str, hours: float) -> None:
    found = dates_in(text)[0].value
    assert isinstance(found, datetime)
    assert (found.hour, found.minute, found.utcoffset()) == (16, 5, timedelta(hours=hours))


@pytest.mark.parametrize("text", ["May 6, 2024 9:03 AM IST", "6 May 2024 9:03 BST", "6 May 2024 - 09:03", "6. Mai 2024 um 9:03 Uhr"])
def test_a_zone_of_several_meanings_or_none_gives_the_day(text: str) -> None:
    assert dates_in(text)[0].value == MAY_6


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        ("04/06/2024", date(2024, 6, 4), date(2024, 4, 6)),
        ("04/06/2024 3:15 PM EST", date(2024, 4, 6), date(2024, 6, 4)),
        ("04.06.2024", date(2024, 6, 4), date(2024, 4, 6)),
        ("04/16/2024", date(2024, 4, 16), None),
        ("16/04/2024", date(2024, 4, 16), None),
    ],
)
def test_order_of_day_and_month(text: str, day: date, other: date | None) -> None:
    moment = dates_in(text)[0]
    assert (day_of(moment.value), moment.other) == (day, other)


def test_language_decides_what_one_name_means() -> None:
    assert dates_in("6. listopada 2024", "hr")[0].value == date(2024, 10, 6)
    assert dates_in("6 listopada 2024", "pl")[0].value == date(2024, 11, 6)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-06T10:00:00Z", datetime(2024, 5, 6, 10, tzinfo=UTC)),
        ("2024-05-06T10:00:00+0200", datetime(2024, 5, 6, 10, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-05-06T10:00", MAY_6),
        ("20240506", MAY_6),
        ("Mon, 06 May 2024 10:00:00 GMT", datetime(2024, 5, 6, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("9" * 100_000, None),
        ("soon", None),
        (20240506, None),
        (None, None),
    ],
)
def test_declared(value: object, expected: date | datetime | None) -> None:
    assert parse_declared(value) == expected


@given(st.text(alphabet="0123456789/.-: ,|aApPmMyYuZ年月日мая", max_size=300))
def test_any_string_gives_spans_inside_it(text: str) -> None:
    for moment in dates_in(text):
        assert 0 <= moment.start < moment.end <= len(text)


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [("UTC+1", 60), ("(UTC+1)", 60), ("UTC-5", -300), ("(GMT +5:30)", 330), ("GMT+03:00", 180), ("UTC", 0), ("+0200", 120), ("UTC−3", -180)],
)
def test_offsets_from_utc(zone: str, minutes: int) -> None:
    text = f"6 May 2024 at 10:32 {zone}"
    (moment,) = dates_in(text)
    assert moment.value == datetime(2024, 5, 6, 10, 32, tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment.end == len(text)


@given(st.text(alphabet="0123456789./-: May年月日,T+", max_size=60))
def test_a_cheap_look_misses_no_date(text: str) -> None:
    """What comes before the digits of a date, or behind, changes nothing."""
    assert [m.value for m in dates_in("the port said so. " * 3 + text)] == [m.value for m in dates_in("the port said so. " + text)]
