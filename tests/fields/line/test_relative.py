"""Days that are printed as distances, in many languages, and lines that name none."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.fields.line.relative import ago

DAY = date(2024, 5, 14)
NOON = datetime(2024, 5, 14, 12, tzinfo=timezone(timedelta(hours=2)))
DISTANCES = {
    "en": {0: ["2 hours ago", "an hour ago", "5 mins ago", "just now", "Updated 3 hours ago", "Ana Lima5 hours ago"], 1: ["yesterday", "1 day ago"]},
    "de": {
        0: ["vor 3 Stunden", "vor einer Stunde", "heute, 10:20 Uhr"],
        1: ["gestern um 18:20 Uhr", "vor einem Tag"],
        2: ["vor 2 Tagen", "vorgestern"],
    },
    "fr": {0: ["il y a 3 heures", "Publié il y a une heure", "aujourd'hui à 10h20"], 1: ["hier à 10h20"], 2: ["il y a 2 jours", "avant-hier"]},
    "es": {0: ["hace 2 horas", "hace una hora", "hoy"], 1: ["ayer"], 3: ["hace 3 días"]},
    "pt": {0: ["há 2 horas", "há uma hora", "hoje às 10h20"], 1: ["ontem", "há um dia"], 2: ["há 2 dias"]},
    "it": {0: ["3 ore fa", "un'ora fa", "oggi"], 1: ["ieri"], 2: ["2 giorni fa"]},
    "nl": {0: ["2 uur geleden", "vandaag om 10:20"], 1: ["gisteren"], 2: ["2 dagen geleden", "eergisteren"]},
    "pl": {0: ["2 godziny temu", "dzisiaj, 10:20"], 1: ["wczoraj"], 2: ["2 dni temu"]},
    "tr": {0: ["3 saat önce", "bugün"], 1: ["dün"], 2: ["2 gün önce"]},
    "ru": {0: ["2 часа назад", "сегодня, 10:20"], 1: ["вчера в 10:20"], 3: ["3 дня назад"]},
    "uk": {0: ["5 годин тому", "сьогодні"], 1: ["вчора"]},
    "ar": {0: ["منذ ساعتين", "منذ 3 ساعات", "قبل ٥ دقائق", "اليوم"], 1: ["أمس"], 2: ["منذ يومين"]},
    "he": {0: ["היום"], 1: ["אתמול"]},
    "ja": {0: ["3時間前", "5分前", "今日"], 1: ["昨日", "1日前"]},
    "zh": {0: ["2小时前", "5分钟前", "刚刚"], 1: ["昨天 10:20", "1天前"]},
    "ko": {0: ["3시간 전", "5분 전", "방금"], 1: ["어제", "1일 전"]},
    "hi": {0: ["2 घंटे पहले", "5 मिनट पहले", "आज"], 1: ["1 दिन पहले"]},
    "sv": {0: ["för 2 timmar sedan", "idag"], 1: ["igår"]},
    "da": {0: ["for 3 timer siden"], 2: ["for 2 dage siden"]},
    "fi": {0: ["3 tuntia sitten"], 1: ["eilen"]},
    "cs": {0: ["před 2 hodinami"], 1: ["včera"]},
}
CASES = [(text, back) for forms in DISTANCES.values() for back, texts in forms.items() for text in texts]


@pytest.mark.parametrize(("text", "back"), CASES)
def test_distances(text: str, back: int) -> None:
    for crawled in (NOON, DAY):
        (moment,) = ago(text, crawled)
        assert moment.value == DAY - timedelta(days=back)
        assert 0 <= moment.start < moment.end <= len(text)


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_nothing_without_the_day_on_which_the_page_was_read(text: str) -> None:
    assert ago(text, None) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 days",
        "5 h",
        "3 months ago",
        "2 years ago",
        "He came yesterday",
        "The ferry sank 2 days ago, the owner said.",
        "Two hours later they left",
        "0 hours ago",
        "heute journal um 21 Uhr",
        "1 2 hours ago 3",
        "hours ago",
    ],
)
def test_prose_and_what_is_too_coarse(text: str) -> None:
    assert ago(text, NOON) == ()


def test_hours_count_from_the_clock_and_the_day_is_that_of_its_zone() -> None:
    assert ago("13 hours ago", NOON)[0].value == DAY - timedelta(days=1)
    assert ago("11 hours ago", NOON)[0].value == DAY
    assert ago("13 hours ago", DAY) == ()


def test_a_part_of_a_line_between_dividers() -> None:
    text = "By Priya Holloway | 3 hours ago | 5 comments"
    (moment,) = ago(text, NOON)
    assert text[moment.start : moment.end] == "3 hours ago"
    assert ago("vor 3 Stundenvor 3 Stunden", NOON)[0].value == DAY


@given(st.text(alphabet="0123456789 ago|vorhaceilyStunden時間前小时منذ'", max_size=130))
def test_any_string_gives_spans_inside_it(text: str) -> None:
    for moment in ago(text, NOON):
        assert 0 <= moment.start < moment.end <= len(text)
