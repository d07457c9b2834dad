"""Days that are printed by their distance from the day on which the page was read: "2 hours ago", "vor 3 Stunden", "yesterday at 10:15".

Own code and no library: the forms are few, each of its language, and only a whole line or the part of one between dividers is read, never prose.
Months and years are too coarse for a day and give none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from stripper.fields.line.dates import PLAIN, Moment, day_of

_LONGEST = 120
_NAME = 4
"""Words of a name that may stand in front without a divider."""
_DOUBLED = 4
_HALF_A_DAY = 43_200
_UNITS = {
    1: """
    s sec secs second seconds sekunde sekunden sek seconde secondes segundo segundos secondo secondi seconden sekunda
    sekundy sekund saniye сек секунд секунды секунду ثانية ثوان ثواني 秒 秒钟 秒鐘 초 सेकंड सेकेंड sekunder sekunti
    sekuntia másodperce sekundami δευτερόλεπτα detik giây
    """,
    60: """
    m min mins minute minutes minuten minuto minutos minuti minuut minuta minuty minut dakika dk мин минут минуты
    минуту хвилин хвилини хвилину دقيقة دقائق دقیقه דקות דקה 分 分钟 分鐘 분 मिनट মিনিট minuter minutter minutt minuutti
    minuuttia perce minutami λεπτά menit phút นาที
    """,
    3600: """
    h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur godz godzin godziny godzinę saat sa
    час часа часов годин години годину ساعة ساعات ساعت שעות שעה 時間 小时 小時 시간 घंटे घंटा घण्टे ঘণ্টা timme timmar time
    timer tunti tuntia órája hodinami hodinou ώρες ώρα jam giờ ชั่วโมง
    """,
    86400: """
    d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dni dzień gün день дня дней дні
    днів يوم أيام ايام روز ימים יום 日 天 일 दिन দিন dagar dage dager päivä päivää napja dny dnem ημέρες ημέρα hari ngày
    วัน
    """,
    604800: """
    w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie
    tygodni hafta неделю недели недель тиждень тижні أسبوع أسابيع اسبوع هفته 週間 周 星期 주 सप्ताह हफ्ते সপ্তাহ vecka
    veckor uge uger uke uker viikko viikkoa hete týdny εβδομάδες minggu tuần
    """,
}
_SECONDS = {name: seconds for seconds, names in _UNITS.items() for name in names.split()}
_ONES = """a an un' one einer einem einen un une uno una um uma een en et ett jeden jedną bir один одну"""
_ONE = frozenset(_ONES.split())
_DUAL = {
    "ساعتين": 7200,
    "دقيقتين": 120,
    "يومين": 172800,
    "أسبوعين": 1209600,
    "ساعة": 3600,
    "دقيقة": 60,
    "يوم": 86400,
    "أسبوع": 604800,
    "שעתיים": 7200,
    "יומיים": 172800,
}
"""Words that hold their number in themselves."""
_DAYS = {
    0: """
    today heute aujourd'hui hoy hoje oggi vandaag dzisiaj dziś bugün сегодня сьогодні اليوم امروز היום 今日 今天 오늘 आज
    idag i_dag tänään ma dnes dagens σήμερα hari_ini hôm_nay วันนี้ just_now gerade_eben à_l'instant ahora agora
    adesso zojuist przed_chwilą şimdi только_что الآن たった今 刚刚 剛剛 방금 अभी
    """,
    1: """
    yesterday gestern hier ayer ontem ieri gisteren wczoraj dün вчера вчора أمس امس دیروز אתמול 昨日 昨天 어제 कल igår
    i_går eilen tegnap včera χθες kemarin hôm_qua เมื่อวาน
    """,
    2: "vorgestern avant-hier anteayer anteontem eergisteren przedwczoraj позавчера 前天 一昨日 그저께",
}
_AGO_BY_DAY = {name.replace("_", " "): days for days, names in _DAYS.items() for name in names.split()}
_BEFORE = "vor|il y a|hace|há|ha|for|för|před|πριν|منذ|قبل|acum|lúc|před"
_AFTER = "ago|fa|geleden|temu|önce|назад|тому|sedan|siden|sitten|ezelőtt|atrás|nazad|prije|पहले|পূর্বে|আগে|lalu|yang lalu|trước|ที่แล้ว|پیش|前|以前|之前|전"
_NUMBER = r"(?P<n>\d{1,2}|un'|[^\W\d_]{1,7})"
_UNIT = rf"(?P<u>{'|'.join(sorted(map(re.escape, _SECONDS), key=len, reverse=True))})\.?"
_FORM = re.compile(
    rf"(?:{_BEFORE})\s{{1,2}}(?:{_NUMBER}\s{{0,2}}{_UNIT}|(?P<dual>{'|'.join(_DUAL)}))|"
    rf"(?P<n2>\d{{1,2}}|un'|a|an|one|een|bir|un|uno|una|um|uma|один|jeden)\s{{0,2}}{_UNIT.replace('<u>', '<u2>')}\s{{0,2}}(?:{_AFTER})|"
    rf"(?P<day>{'|'.join(sorted(map(re.escape, _AGO_BY_DAY), key=len, reverse=True))})"
)
_PARTS = re.compile(r"[|·•⋅●»()/–—>]|\s-\s|\n|\t")
_AROUND = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h))?|(?<!\w)(?:published|posted|updated|veröffentlicht|aktualisiert|publié|mis à jour|publicado|"
    r"actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|opublikowano|aktualizacja|yayınlandı|güncellendi|опубликовано|обновлено|"
    r"نشر|نشرت|公開|更新|发布|發布|प्रकाशित|अपडेट|at|um|à|a las|às|alle|om|o|saat|в|about|ca|circa|ungefähr|environ|über|vor|less than|le|den|am|il|"
    r"date|on|exclusive|live|by|von|par|por|di|da|door|sedan|siden)(?!\w)",
    re.I,
)


def ago(text: str, crawled: date | None) -> tuple[Moment, ...]:
    """The day that a short line names by its distance from `crawled`, at most one; none without that day, in prose, or where the day is in doubt.

    Hours are counted from the clock time where `crawled` is a datetime; the day is that of its zone.
    """
    if crawled is None or len(text) > _LONGEST:
        return ()
    half = len(text) // 2
    if half >= _DOUBLED and text[:half] == text[half:]:  # a time element and its title, glued
        text = text[:half]
    plain = text.translate(PLAIN)
    start = 0
    for stop in (*(m.span() for m in _PARTS.finditer(plain)), (len(plain), len(plain))):
        if (found := _in_part(plain[start : stop[0]], crawled)) is not None:
            begin, end, day = found
            return (Moment(day, start + begin, start + end),)
        start = stop[1]
    return ()


def _in_part(part: str, crawled: date) -> tuple[int, int, date] | None:
    """Span and day, where a part of a line says nothing else, or a name before it."""
    low = part.lower()
    if len(low) != len(part):
        return None
    for found in _FORM.finditer(low):
        before, after = (_AROUND.sub(" ", rest) for rest in (part[: found.start()], part[found.end() :]))
        if any(c.isalnum() for c in after) or not (_is_name(before) or not any(c.isalnum() for c in before)):
            continue
        day = _day(found, crawled)
        return (found.start(), found.end(), day) if day is not None else None
    return None


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) <= _NAME and all(w[0].isupper() and w.replace("-", "").replace("'", "").isalpha() for w in words)


def _day(found: re.Match[str], crawled: date) -> date | None:
    if named := found["day"]:
        return day_of(crawled) - timedelta(days=_AGO_BY_DAY[named])
    if dual := found["dual"]:
        return _back(crawled, _DUAL[dual])
    number, unit = (found["n"], found["u"]) if found["u"] else (found["n2"], found["u2"])
    count = int(number) if number.isdigit() else 1 if number in _ONE else 0
    return _back(crawled, count * _SECONDS[unit]) if count and unit in _SECONDS else None


def _back(crawled: date, seconds: int) -> date | None:
    """The day so many seconds before. Where only the day is known, up to half of one stays on it, and the other half is in doubt."""
    if isinstance(crawled, datetime):
        return (crawled - timedelta(seconds=seconds)).date()
    if seconds >= 86_400:
        return crawled - timedelta(days=seconds // 86_400)
    return crawled if seconds <= _HALF_A_DAY else None
