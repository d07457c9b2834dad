"""Dates as printed, to dates. Pure functions over strings, linear in their length; no clock and no locale.

Where a page gives time and zone the value is an aware datetime, else a plain date. Zone abbreviations that mean several zones (IST, BST, CST, AST)
give the date alone. Two numbers that may be day and month in either order are read by the language, by signs of American English, or day first.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple, TypeVar

from stripper.fields.line.months import CROATIAN_OCTOBER, MONTHS

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The years before the first of an era, of Japan's emperors and of the Republic of China."""

Day = TypeVar("Day", date, datetime)

EARLIEST, LATEST = 1990, 2100
"""Years of what a web page may have been published in; older ones need a second witness."""

_MAX_CHARS = 2_000
"""Dates are looked for in the first so many characters of a string."""

PLAIN = dict.fromkeys([0xA0, 0x202F, *range(0x2000, 0x200B)], " ") | {
    ord(c): str(n % 10) for base in ("٠", "۰", "०", "০", "๐", "０") for n, c in enumerate(chr(ord(base) + i) for i in range(10))
}
_ODD = re.compile(f"[{re.escape(''.join(map(chr, PLAIN)))}]")
_WORD = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0d7f\u0e30-\u0e4e]|\.(?=[ก-๙])){1,29}+"
_MORE = r"\d{2}(?!:\d\d|[ ]?min|\d{0,4}$)"
"""More digits, but no clock time, time for reading or count at the line's end that is glued to a year."""
_DATE = re.compile(
    rf"""
    (?<![\d.,/-]) (?P<y1>\d{{4}}) (?P<sep>[-/.]) [ ]? (?P<m1>\d{{1,2}}) (?P=sep) [ ]? (?P<d1>\d{{1,2}}) (?!\d)
  | (?<!\d) (?: (?P<era>令和|平成|昭和|民國|民国) [ ]? (?P<y0>[1-9]\d{{0,2}}|元) | (?P<y2>\d{{4}}) ) [ ]? [年년]
        [ ]? (?P<m2>\d{{1,2}}) [ ]? [月월] [ ]? (?P<d2>\d{{1,2}}) [ ]? [日일号]
  | (?<![\d.,/-])(?<!\d:) (?P<d3>\d{{1,2}}) (?P<sep3>[./-]) [ ]? (?P<m3>\d{{1,2}}) (?P=sep3) [ ]?
        (?P<y3>\d{{4}}|\d\d(?![\d:.])) (?!\d{{2}}(?!\.[ ])|\.\d)
  | (?<![\d.,/])(?<!\d:) (?P<d4>\d{{1,2}}) (?:st|nd|rd|th|er|º|°|\.)? [ ,./-]{{0,2}} (?:(?:de|of|d'|ב)[ ])? (?P<m4>{_WORD}) (?:/{_WORD})?
        [.,]{{0,2}} [ /-]{{0,2}} (?:(?:de|del|of)[ ]|พ\.ศ\.[ ]?)? (?P<y4>\d{{4}}) (?!{_MORE})
  | (?P<m5>{_WORD}) \.? [ ]? (?P<d5>\d{{1,2}}) (?:st|nd|rd|th)? [,.]? [ ,]{{1,2}} (?P<y5>\d{{4}}) (?!{_MORE})
  | (?<![\d/]) (?P<d7>\d{{1,2}}) [ ] tháng [ ] (?P<m7>\d{{1,2}}) (?: [ ]năm | , | / )? [ ]? (?P<y7>\d{{4}}) (?!\d)
  | (?<!\d) (?P<y8>\d{{4}}) \. [ ] gada [ ] (?P<d8>\d{{1,2}}) \. [ ] (?P<m8>{_WORD})
  | (?<!\d) (?P<y6>\d{{4}}) \.? [ ] (?:m\.[ ])? (?P<m6>{_WORD}) [ ] (?P<d6>\d{{1,2}}) (?!\d|:)
    """,
    re.X | re.I,
)
_TIME = re.compile(
    r"(?<![\d:])(?<!\d\.)(\d{1,2})[:.h](\d{2})(?!\d)(?::(\d{2})(?:\.\d{1,9})?)?(?!\.\d)(?:[ ]?([ap])\.?m\b\.?)?(?:[ ]?\(?(Z|(?-i:[A-Z]{2,5}|"
    r"Uhr))(?![a-z])\)?)?[ ]?([+-]\d{2}:?\d{2}\)?|(?:(?<=UTC)|(?<=GMT)|(?<=UTC )|(?<=GMT ))[+−-]\d{1,2}(?::\d{2})?(?!\d)\)?)?",
    re.I,
)
AGO = re.compile(
    r"\d{1,2}\s?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)(?:\sago)?(?![a-z])|"
    r"vor (?:\d{1,2}|einer|einem) (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)|il y a \d{1,2} \w{1,9}|"
    r"hace \d{1,2} \w{1,9}|há \d{1,2} \w{1,9}|"
    r"\d{1,2} (?:timer|minutter|dager|dage|timmar|minuter|dagar|uur|minuten|dagen|ore|giorni|minuti) (?:siden|sedan|geleden|fa)|"
    r"\d{1,2} (?:saat|dakika|gün) önce|"
    r"\d{1,2} [^\W\d]{1,9} (?:temu|назад|тому)|منذ (?:\d{1,2} )?[^\W\d]{2,8}|\d{1,2} (?:मिनट|घंटे|घंटा|दिन) पहले|"
    r"\d{1,2}\s?(?:時間|分|日)前|\d{1,2}\s?(?:小时|小時|分钟|分鐘|天)前|\d{1,2}\s?(?:시간|분|일)\s?전",
    re.I,
)
"""How long ago it was published, as pages print it; no date without the day on which the page was read."""
_ANY_DIGIT = re.compile(r"\d")
_BEFORE_DIGIT = 34
"""No date begins so many characters before its first digit: before it stands at most a month, glued to a name perhaps, of 30."""
YEAR = re.compile(r"\d(?:\d\d\d|[./-] ?\d{1,2}[./-] ?\d\d)|年")
"""Without one of these no form of date is there."""
_CLOCK_BEFORE_YEAR = re.compile(r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2} {1,2}\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{1,5}|[+-]\d\d:?\d\d) (\d{4})")
"""As Java and Unix print a date: "Tue Jan 28 15:28:56 CET 2020"."""
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")

_ZONES = {  # minutes east of UTC; only abbreviations with one meaning among news pages
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
    "msk": 180, "trt": 180, "gst": 240, "pkt": 300, "wib": 420, "ict": 420, "myt": 480, "sgt": 480, "hkt": 480, "pht": 480, "awst": 480,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "sast": 120, "eat": 180, "wat": 60, "cat": 120,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "brt": -180, "art": -180,
}  # fmt: skip
_AMERICAN = re.compile(r"\b(?:[ap]\.?m\.?\s+(?:e|c|m|p)[sd]?t|[ecmp][sd]t)\b")


class Moment(NamedTuple):
    """A date in a string: its value, its span there, and the other reading of its numbers where day and month may be swapped."""

    value: date | datetime
    start: int
    end: int
    other: date | None = None


def dates_in(text: str, language: str | None = None, most: int = 4) -> list[Moment]:
    """The dates in `text`, in its order, at most `most`. `text` may be folded or not; impossible dates are left out."""
    plain = text[:_MAX_CHARS]
    if (digit := _ANY_DIGIT.search(plain)) is None:
        return []
    if _ODD.search(plain):
        plain = plain.translate(PLAIN)
    if not YEAR.search(plain):
        return []
    found: list[Moment] = []
    at = max(0, digit.start() - _BEFORE_DIGIT)
    while len(found) < most and (match := _DATE.search(plain, at)) is not None:
        at = match.end()
        moment = _moment(match, plain, language)
        if moment is None:
            at = max(match.start() + 1, _next_word(plain, match.start()))
        else:
            found.append(moment)
    return found


def parse_declared(value: object, language: str | None = None) -> date | datetime | None:
    """The date that a page's metadata gives: ISO 8601 mostly, else as printed. None for anything else."""
    moment = parse_moment(value, language)
    return moment.value if moment else None


def parse_moment(value: object, language: str | None = None) -> Moment | None:
    """The same with the other reading of its numbers."""
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.date()  # without its zone a time says nothing
    if isinstance(value, date):
        return Moment(value, 0, 0) if _plausible(value) else None
    if not isinstance(value, str) or not 6 <= len(value) <= 80:
        return None
    text = value.strip().rstrip(".")
    try:
        stamp = datetime.fromisoformat(text.replace("z", "Z"))
    except (ValueError, OverflowError):
        pass
    else:
        return _whole(_plausible(stamp if stamp.tzinfo and len(text) > 10 else stamp.date()), text)
    if compact := _COMPACT.match(text):
        return _whole(_date(int(compact[1]), int(compact[2]), int(compact[3])), text)
    if clock := _CLOCK_BEFORE_YEAR.fullmatch(text):
        text = f"{clock[1]} {clock[4]} {clock[2]} {clock[3]}"
    moments = dates_in(text, language, most=1)
    return moments[0] if moments else None


def _whole(value: date | datetime | None, text: str) -> Moment | None:
    return Moment(value, 0, len(text)) if value is not None else None


def day_of(value: date | datetime) -> date:
    """The calendar day, where the page is."""
    return value.date() if isinstance(value, datetime) else value


def has_time(text: str) -> bool:
    """Whether a clock time is printed, or how long ago something was."""
    text = text[:_MAX_CHARS]
    if not _ANY_DIGIT.search(text):
        return "vor ein" in text.lower() and AGO.search(text) is not None
    return _TIME.search(text) is not None or AGO.search(text) is not None


def _next_word(text: str, at: int) -> int:
    """Where to go on after something that looked like a date and was none: behind its first run of letters or digits."""
    kind = text[at].isdigit()
    while at < len(text) and text[at].isalnum() and text[at].isdigit() is kind:
        at += 1
    return at


def _moment(match: re.Match[str], text: str, language: str | None) -> Moment | None:
    g = match.groupdict()
    start = match.start()
    other: date | None = None
    if g["y1"]:
        day = _date(int(g["y1"]), int(g["m1"]), int(g["d1"]))
    elif g["m2"]:
        year = int(g["y2"]) if g["y2"] else _ERAS[g["era"]] + (1 if g["y0"] == "元" else int(g["y0"]))
        day = _date(year, int(g["m2"]), int(g["d2"]))
    elif g["y7"]:
        day = _date(int(g["y7"]), int(g["m7"]), int(g["d7"]))
    elif g["y3"]:
        day, other = _numeric(int(g["d3"]), int(g["m3"]), g["y3"], g["sep3"], text, language)
    else:
        form = next(n for n in "4568" if g["y" + n])
        month, skipped = _month(g["m" + form], language)
        day = _date(int(g["y" + form]), month, int(g["d" + form])) if month else None
        start += skipped if form == "5" else 0
    if day is None:
        return None
    end = match.end()
    stamp, end = _with_time(day, text, start, end)
    return Moment(stamp, start, end, other)


def _month(word: str, language: str | None) -> tuple[int, int]:
    """The month that a word names and how many characters of it belong to a word glued in front ("HealthMAY"); 0 where it names none."""
    name = word.lower()
    if language == "hr" and name in CROATIAN_OCTOBER:
        return 10, 0
    if number := MONTHS.get(name):
        return number, 0
    for at in range(len(word) - 3, 0, -1):
        if word[at].isupper() and word[at - 1].islower() and (number := MONTHS.get(name[at:])):
            return number, at
    return 0, 0


def _numeric(first: int, second: int, year: str, sep: str, text: str, language: str | None) -> tuple[date | None, date | None]:
    """Two numbers and a year to a date and its other reading. Two-digit years stand only after dots and slashes."""
    if len(year) == 2 and (sep == "-" or (sep == "." and second > 12)):
        return None, None
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    day_first, month_first = _date(whole, second, first), _date(whole, first, second)
    if day_first is None or month_first is None or first == second:
        return (day_first or month_first), None
    if sep == "." and language not in (None, "en"):
        return day_first, None
    if sep == "/" and language in (None, "en") and _AMERICAN.search(text.lower()):
        return month_first, day_first
    return day_first, month_first


def _date(year: int, month: int, day: int) -> date | None:
    if 2533 <= year <= 2600:  # the Buddhist calendar of Thailand
        year -= 543
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        return None


def _plausible(value: Day) -> Day | None:
    return value if 1800 <= value.year <= LATEST else None


def _with_time(day: date, text: str, start: int, end: int) -> tuple[date | datetime, int]:
    """The day with the time beside it where that has a zone, and where both end."""
    after = _TIME.search(text, end, min(len(text), end + 40))
    if after and len(re.findall(r"\w+", text[end : after.start()])) > 2:
        after = None
    before = None if after else next(iter([*_TIME.finditer(text, max(0, start - 24), start)][-1:]), None)
    found = after or before
    if found is None:
        return day, end
    hour, minute, second, half, zone, offset = found.groups()
    minutes = _offset(offset) if offset else _ZONES.get((zone or "").lower())
    stop = _time_end(found) if after else end
    if minutes is None:
        return day, stop
    hours = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    try:
        return datetime(day.year, day.month, day.day, hours, int(minute), int(second or 0), tzinfo=timezone(timedelta(minutes=minutes))), stop
    except (ValueError, OverflowError):
        return day, end


def _offset(text: str) -> int:
    """Minutes east of UTC of "+0530", "-03:00", "+1" or "-5:30"; 0 where they are too many for any zone."""
    hours, _, rest = text[1:].rstrip(")").partition(":")
    minutes = int(hours[:2]) * 60 + int(rest or hours[2:] or 0)
    return (minutes if text[0] == "+" else -minutes) if minutes <= 14 * 60 else 0


_ZONE_WORDS = frozenset({*_ZONES, "ist", "bst", "cst", "ast", "et", "ct", "mt", "pt", "uhr"})


def _time_end(found: re.Match[str]) -> int:
    """Where a printed time ends: a word after it belongs to it only where it is a zone, or "Uhr"."""
    zone = found[5]
    if zone and zone.lower() not in _ZONE_WORDS and not found[6]:
        return found.start(5) - (1 if found.string[found.start(5) - 1] == "(" else 0)
    return found.end()
