"""The words in which pages tell times, in many languages, and lines of nothing but these. A leaf: it imports nothing of stripper."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTHS = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
januar jänner februar märz mai juni juli oktober dezember mrz okt dez
janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr juil déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev mai set out dez
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott
januari februari maart mei augustus mrt
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia sty lut kwi cze lip sie wrz paź lis gru
marts maj augusti mai desember leden ledna únor února březen března duben dubna květen května června července srpna září října listopadu prosince
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев мар апр июн июл авг сен сент окт ноя дек
"""
_WEEKDAYS = """
mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag kl kl.
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
poniedziałek wtorek środa czwartek piątek sobota niedziela pazartesi salı çarşamba perşembe cuma cumartesi pazar
понедельник вторник среда четверг пятница суббота воскресенье
"""
_CLOCK = """
am pm a.m. p.m. noon midnight at on the of st nd rd th gmt utc bst est edt et cst cdt ct pst pdt pt mst mdt ist sgt hkt myt wib cet cest
mez mesz msk jst kst aest aedt sast wat eat z
um uhr den vom à le à h de del a las às il alle ore om op tot uur dnia o godz godz. godzina saat в г года мск
today yesterday now heute gestern hier aujourd'hui hoy ayer hoje ontem oggi ieri vandaag gisteren dziś dzisiaj wczoraj bugün dün сегодня вчера
"""
_UNITS = """
second seconds sec secs minute minutes min mins min. hour hours hr hrs day days week weeks month months year years
sekunde sekunden minuten stunde stunden std tag tage tagen woche wochen monat monate monaten jahr jahre jahren
seconde secondes heure heures jour jours semaine semaines mois an ans
segundo segundos minuto minutos hora horas día días semana semanas mes meses año años dia dias mês ano anos
secondo secondi minuti ora giorno giorni settimana settimane mese mesi anno anni
seconden minuut uren dag dagen weken maand maanden jaar
sekund minuta minuty minut godzina godziny godzin dni dzień tydzień tygodni tygodnie miesiąc miesięcy rok lat lata
saniye dakika dk saat gün hafta ay yıl
секунд минута минуты минут мин час часа часов день дня дней недель недели неделя месяц месяца месяцев
"""
_AGO = "ago just a an about ca. ~ vor il y a hace há fa geleden temu önce назад"
_NUMBERS = (
    "one two three four five six seven eight nine ten ein eine einem einer zwei drei vier un une deux uno una dos um uma due een twee jeden dwa bir"
)
_LABELS = """
published updated posted modified revised reviewed uploaded created publication update updates upd upd.
aktualisiert veröffentlicht publiziert erschienen bearbeitet stand aktualisierung veröffentlichung änderung akt akt.
publié publiée modifié modifiée actualisé actualisée posté mise mis modification
publicado actualizado actualización publicación atualizado atualização publicação última
pubblicato aggiornato aggiornamento modifica pubblicazione
gepubliceerd geplaatst bijgewerkt gewijzigd
opublikowano opublikowany publikacja publikacji aktualizacja aktualizacji zaktualizowano dodano dodania modyfikacja
yayınlanma yayın yayınlandı güncelleme güncellendi giriş
offentliggjort publiceret publicerat publicerad publisert opdateret uppdaterad oppdatert
publikováno aktualizováno vydáno julkaistu päivitetty megjelent frissítve δημοσίευση ενημέρωση публикувана оновлено опубліковано
diterbitkan diperbarui опубликовано опубликован обновлено обновлена обновлен публикации обновления обновление изменено
"""
_BESIDE_LABELS = """
first last originally page article date story this was time online seit zuletzt erst erstmals letzte artikel datum
le jour ligne dernière dernier el em em: fecha hora ultimo ultima laatst laatste op tot data ostatnia tarihi zamanı son
senast sidst sist дата последнее icon calendar clock
"""
_READING = "read reading lesezeit lesedauer lesen lecture lectura leitura lettura leestijd leesduur lezen czytania okuma чтения чтение views"
_BESIDE_READING = "estimated to zum temps tiempo tempo di czas süresi время на comment comments shares share icon clock time ca ca. approx t"


def _set(text: str) -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in text.split())


MONTH_WORDS, _MAYBE_AGO = _set(_MONTHS), _set(_AGO)
TODAY = _set(
    "today yesterday heute gestern aujourd'hui hier hoy ayer hoje ontem oggi ieri vandaag gisteren dziś dzisiaj wczoraj bugün dün сегодня вчера"
)
AGO_WORDS = _MAYBE_AGO - _set("a an about ca ~ il y just")
"""Those that say "ago" by themselves."""
LABEL_WORDS, READING_WORDS = _set(_LABELS), _set(_READING)
TIME_WORDS = _set(_MONTHS + _WEEKDAYS + _CLOCK + _UNITS + _AGO) | _set(_NUMBERS) | TODAY
KNOWN = TIME_WORDS | LABEL_WORDS | READING_WORDS | _set(_BESIDE_LABELS + _BESIDE_READING)
UNIT_WORDS = _set(_UNITS)

_PLAIN = re.compile(r"[\w\s,.:;|/·•()~+：・／（）'%-]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:(?:\.(?=\w)|['-])[^\W\d_]+)*")
_DATED = re.compile(r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}|(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)\d{8}(?!\d)")
"""A date in digits, or a clock time."""
MINUTES = re.compile(r"(?<!\d)\d{1,3} ?-? ?(?:min|sec|sek|dk|dakika|мин|hour|std|stunde|heure|hora|ora|saat|uur|godz|час)")


_CJK = (
    r"[年月日时時分秒前前後約约共]|公開日?時?|更新日?時?|最終更新日?時?|掲載日?時?|発行日?|投稿日?|配信|記事|午前|午後|时间|時間|發布|发布(?:时间|日期)?|发表于?|更新(?:于|时间)"
    r"|小时|小時|分钟|分鐘|星期[一二三四五六日]|[月火水木金土日]曜日?|読了(?:時間|目安)?|阅读(?:时间|时长)?|閱讀時間|この記事は|で読めます|于"
)
_CJK_LINE = re.compile(rf"(?:(?:{_CJK})|[\d\s,.:;|/·•()~+：・／（）-])+")


def may_tell_time(line: str) -> bool:
    """Whether a line begins and ends as those do whose words `time_words` tells. Quick: most lines don't."""
    first = line.partition(" ")[0]
    if first.isalpha() and first not in KNOWN and first < "\u2e80":
        return False
    last = line.rpartition(" ")[2]
    return not last.isalpha() or last in KNOWN or last >= "\u2e80"


def time_words(line: str) -> tuple[str, ...] | None:
    """The words of a line of nothing but words that tell times, numbers and points; None for other lines.

    A line in Chinese or Japanese has none, because no blanks part them.
    """
    word = _LETTERS.search(line)
    if line[0] < "\u2e80" and line[-1] < "\u2e80" and (word is None or word[0].rstrip(".") not in KNOWN):
        return None
    if not _PLAIN.fullmatch(line):
        return None
    if (line[0] >= "\u2e80" or line[-1] >= "\u2e80") and _CJK_LINE.fullmatch(line):
        return ()
    words = tuple(word.rstrip(".") for word in _LETTERS.findall(line))
    return words if words and KNOWN.issuperset(words) else None


def tells_time(line: str, words: Sequence[str]) -> bool:
    """Whether a line holds a date, a clock time, or how long ago it was."""
    if _DATED.search(line) or not TODAY.isdisjoint(words):
        return True
    numbered = any(char.isdigit() for char in line)
    if numbered and not MONTH_WORDS.isdisjoint(words):
        return True
    return says_ago(words)


def says_ago(words: Sequence[str]) -> bool:
    """Whether they are a duration, and a word that puts it into the past."""
    return not UNIT_WORDS.isdisjoint(words) and (not AGO_WORDS.isdisjoint(words) or tuple(words[:3]) == ("il", "y", "a"))
