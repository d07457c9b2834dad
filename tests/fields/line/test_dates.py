"""Dates as printed, in many languages, and what is no date."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.fields.line.dates import dates_in, day_of, parse_declared, parse_moment
from stripper.fields.line.months import _NAMES, MONTHS

MAY_6 = date(2024, 5, 6)
IN_LANGUAGES = {
    "ar": ["6 مايو 2024", "٦ مايو ٢٠٢٤", "6 أيار/مايو 2024", "الاثنين 06/05/2024"],
    "az": ["6 may 2024", "06.05.2024"],
    "bg": ["6 май 2024 г.", "06.05.2024 г."],
    "bn": ["৬ মে ২০২৪", "০৬/০৫/২০২৪"],
    "ca": ["6 de maig de 2024", "6 maig 2024"],
    "cs": ["6. května 2024", "6. 5. 2024"],
    "da": ["6. maj 2024", "6.5.2024"],
    "de": ["6. Mai 2024", "Montag, den 06.05.2024", "Stand:06.05.2024"],
    "el": ["6 Μαΐου 2024", "Δευτέρα, 6 Μαΐου 2024", "06/05/2024"],
    "en": ["May 6, 2024", "6th of May 2024", "Monday, 6 May 2024", "PostedMay 6, 2024By", "May 6, 20247:05 PM", "May 6, 202412 mins"],
    "es": ["6 de mayo de 2024", "06/05/2024", "lunes, 6 de mayo del 2024", "Mayo 6, 2024"],
    "et": ["6. mai 2024", "06.05.2024"],
    "fa": ["6 مه 2024", "۶ مه ۲۰۲۴"],
    "fi": ["6. toukokuuta 2024", "6.5.2024"],
    "fr": ["6 mai 2024", "lundi 6 mai 2024 à 10h20", "le 06/05/2024"],
    "gu": ["6 મે 2024", "6 મે, 2024"],
    "he": ["6 במאי 2024", "06.05.2024"],
    "hi": ["6 मई 2024", "06 मई 2024, 10:20", "०६/०५/२०२४"],
    "hr": ["6. svibnja 2024.", "06.05.2024."],
    "hu": ["2024. május 6.", "2024.05.06."],
    "hy": ["6 մայիսի 2024", "06.05.2024"],
    "id": ["6 Mei 2024", "Senin, 06 Mei 2024"],
    "is": ["6. maí 2024", "6.5.2024"],
    "it": ["6 maggio 2024", "6/5/2024"],
    "ja": ["2024年5月6日", "令和6年5月6日", "2024/05/06 10:20", "２０２４年５月６日"],
    "ka": ["6 მაისი 2024", "06.05.2024"],
    "kk": ["6 мамыр 2024", "06.05.2024"],
    "ko": ["2024년 5월 6일", "2024. 5. 6.", "2024.05.06 10:20"],
    "lt": ["2024 m. gegužės 6 d.", "2024-05-06"],
    "lv": ["2024. gada 6. maijs", "6. maijs, 2024"],
    "mk": ["6 мај 2024", "06.05.2024"],
    "ml": ["6 മെയ് 2024", "മെയ് 6, 2024"],
    "mr": ["6 मे 2024", "६ मे २०२४"],
    "ms": ["6 Mei 2024", "06 Mei, 2024"],
    "nl": ["6 mei 2024", "06-05-2024"],
    "no": ["6. mai 2024", "06.05.2024"],
    "pl": ["6 maja 2024", "06.05.2024"],
    "pt": ["6 de maio de 2024", "6/mai/2024", "06/05/2024"],
    "ro": ["6 mai 2024", "06.05.2024"],
    "ru": ["6 мая 2024", "06.05.2024", "6 мая 2024 г."],
    "sk": ["6. mája 2024", "6. 5. 2024"],
    "sl": ["6. maja 2024", "06.05.2024"],
    "sr": ["6. maj 2024.", "6. мај 2024."],
    "sv": ["6 maj 2024", "den 6 maj 2024"],
    "ta": ["6 மே 2024", "மே 6, 2024"],
    "te": ["6 మే 2024", "మే 6, 2024"],
    "th": ["6 พฤษภาคม 2567", "6 พ.ค. 2567", "วันที่ 6 พฤษภาคม พ.ศ. 2567", "๖ พฤษภาคม ๒๕๖๗"],
    "tr": ["6 Mayıs 2024", "06.05.2024"],
    "uk": ["6 травня 2024", "06.05.2024"],
    "ur": ["6 مئی 2024", "۶ مئی ۲۰۲۴"],
    "vi": ["6 tháng 5, 2024", "ngày 6 tháng 5 năm 2024", "06/05/2024"],
    "zh": ["2024年5月6日", "民國113年5月6日", "2024-05-06 10:20"],
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, forms in IN_LANGUAGES.items() for text in forms])
def test_one_day_in_many_languages(language: str, text: str) -> None:
    """The language helps where it's known, and none of these forms needs it."""
    assert [day_of(m.value) for m in dates_in(text, language)] == [MAY_6]
    assert [day_of(m.value) for m in dates_in(text)] == [MAY_6]


def test_every_month_has_one_number() -> None:
    named = [name for names in _NAMES.strip().split("\n\n") for name in dict.fromkeys(names.split())]
    assert sorted(named) == sorted(set(named))
    assert set(MONTHS.values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日（火）", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("民國99年12月31日", date(2010, 12, 31)),
    ],
)
def test_years_of_an_era(text: str, day: date) -> None:
    assert [m.value for m in dates_in(text)] == [day]


@pytest.mark.parametrize(
    "text",
    ["15 رمضان 1445", "1445/09/15", "۱۵ اردیبهشت ۱۴۰۳", "۱۴۰۳/۰۲/۱۷", "1403-02-17", "17/02/1403", "5784 ניסן 28"],
)
def test_other_calendars_are_not_read_as_this_one(text: str) -> None:
    assert dates_in(text) == []
    assert parse_declared(text) is None


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
        "2024-02-31",
        "2024年2月31日",
        "99/99/9999",
        "0000-01-01",
        "00.00.2024",
        "May 32, 2024",
        "0 May 2024",
        "令和0年5月6日",
        "2.28.27",
        "9" * 100_000,
        "9/" * 50_000,
        "5 " * 50_000 + "May",
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


def test_dots_leave_no_doubt_but_in_english() -> None:
    assert [dates_in("04.06.2024", language)[0].other for language in ("de", "en", None)] == [None, date(2024, 4, 6), date(2024, 4, 6)]


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
        ("Mon May 06 12:00:00 CEST 2024", datetime(2024, 5, 6, 12, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-02-31", None),
        ("2024-02-31T10:00:00Z", None),
        ("0000-00-00 00:00:00", None),
        ("99991231", None),
        ("-1", None),
        (True, None),
        (float("nan"), None),
        (["2024-05-06"], None),
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


def test_a_declared_day_keeps_its_other_reading() -> None:
    moment = parse_moment("11/01/2023 12:43:42")
    assert moment is not None
    assert (moment.value, moment.other) == (date(2023, 1, 11), date(2023, 11, 1))
    assert parse_moment("2023-01-11") == (date(2023, 1, 11), 0, 10, None)
