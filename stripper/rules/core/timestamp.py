"""Lines that say when a page was published or changed, or how long it takes to read."""

from __future__ import annotations

from stripper.rules.base import Example, PatternRule, RuleSet
from stripper.types import Kind

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

_CJK = (
    r"[年月日时時分秒前前後约約共]|公開日?時?|更新日?時?|最終更新日?時?|掲載日?時?|発行日?|投稿日?|配信|記事|午前|午後|时间|時間|發布|发布(?:时间|日期)?|发表于?|更新(?:于|时间)"
    r"|小时|小時|分钟|分鐘|星期[一二三四五六日]|[月火水木金土日]曜日?|読了(?:時間|目安)?|阅读(?:时间|时长)?|閱讀時間|この記事は|で読めます|于"
)


def _words(text: str) -> str:
    """Alternatives for RE2, the longest first; a point is itself."""
    found = sorted(set(text.split()), key=lambda word: (-len(word), word))
    return "|".join(word.replace(".", r"\.") for word in found)


_LABELS = """
(?:first|last|originally|page|article|date|story)?[ ]?(?:published|updated|posted|modified|revised|reviewed|uploaded|created)(?:[ ](?:on|at|date
time))?
publication[ ]date|date[ ](?:published|updated|created|modified)|last[ ]update|update[sd]?[ ]on|upd\\.|updates?|posted|publish[ ]date
(?:zuletzt[ ]|erst|erstmals[ ])?(?:aktualisiert|veröffentlicht|publiziert|erschienen|bearbeitet)(?:[ ]am)?|stand|letzte[ ](?:aktualisierung
änderung)|aktualisierung|veröffentlichung|akt\\.|online[ ]seit
(?:publiée?|modifiée?|actualisée?|posté)(?:[ ]le)?|mise?[ ]à[ ]jour(?:[ ]le)?|mis[ ]en[ ]ligne(?:[ ]le)?|dernière[ ](?:mise[ ]à[ ]jour
modification)(?:[ ]le)?|date[ ]de[ ]publication
publicado(?:[ ]el|[ ]em)?|actualizado(?:[ ]el)?|última[ ](?:actualización|atualização|hora)|fecha[ ]de[ ]publicación|atualizado(?:[ ]em)?
data[ ]de[ ]publicação
pubblicato(?:[ ]il)?|aggiornato(?:[ ]il)?|ultimo[ ]aggiornamento|ultima[ ]modifica|data[ ]di[ ]pubblicazione
gepubliceerd(?:[ ]op)?|geplaatst(?:[ ]op)?|bijgewerkt(?:[ ]op|[ ]tot)?|laatst[ ](?:bijgewerkt|gewijzigd)|laatste[ ]update
opublikowano|opublikowany|publikacja|aktualizacja|zaktualizowano|data[ ](?:publikacji|aktualizacji|dodania)|dodano|ostatnia[ ](?:aktualizacja
modyfikacja)
yayınlanma[ ](?:tarihi|zamanı)|yayın[ ]tarihi|yayınlandı|güncelleme(?:[ ]tarihi)?|güncellendi|son[ ]güncelleme|giriş
offentliggjort|publicere?t|publicerad|publisert|opdatere?t|uppdaterad|oppdatert|senast[ ]uppdaterad|sidst[ ]opdateret|sist[ ]oppdatert
publikováno|aktualizováno|vydáno|julkaistu|päivitetty|megjelent|frissítve|δημοσίευση|ενημέρωση|публикувана|оновлено|опубліковано|diterbitkan|diperbarui
опубликовано?|обновлен[оа]|дата[ ](?:публикации|обновления)|последнее[ ]обновление|изменено
"""
_READING = """
(?:clock|calendar|time)[ ]icon|views?|comments?|shares?
(?:estimated[ ])?read(?:ing)?(?:[ ]?time)?|to[ ]read|minute[ ]read|min[ ]read|lesezeit|lesedauer|zum[ ]lesen|temps[ ]de[ ]lecture|lecture
(?:de[ ])?lectura|tiempo[ ]de[ ]lectura
tempo[ ]de[ ]leitura|leitura|(?:tempo[ ])?di[ ]lettura|lettura|leestijd|leesduur|leestijd|lezen|czas[ ]czytania|czytania|okuma[ ]süresi|okuma
время[ ](?:на[ ])?(?:чтения|чтение)|чтения|на[ ]чтение
"""


def _lines(text: str) -> str:
    return "|".join(text.strip().split("\n")).replace("[ ]", " ")


_GAP = r"[\s,.:;|/·•()~+：・／（）-]"
_WORD = rf"(?:{_lines(_LABELS)}|{_lines(_READING)}|{_words(_MONTHS + _WEEKDAYS + _CLOCK + _UNITS + _AGO)})"
_INLINE = (
    rf"(?:(?:first |last |originally )?(?:published|updated|posted|modified)(?: on| at)?|(?:zuletzt )?aktualisiert|veröffentlicht|"
    rf"publié le|mis à jour le"
    rf"|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|aktualizacja|güncelleme|обновлено) ?: "
    rf"?(?:\d{{1,4}}{_GAP}*|{_WORD}(?:{_GAP}+|$))+"
)
"""The same within a line, where a colon stands behind the label."""
_ITEM = rf"(?:\d{{1,4}}{_GAP}*|{_WORD}(?:{_GAP}+|\d{{1,4}}{_GAP}*|$)|(?:{_CJK}){_GAP}*)"
_REST = rf"{_ITEM}*(?:\d{{1,4}}|ago|just now|yesterday|today|gestern|heute|hier|ayer|hoy|ieri|oggi|gisteren|wczoraj|dün|вчера){_GAP}*{_ITEM}*"
"""A line of nothing but labels, dates, times and durations, with a digit or a day's word in it."""

_LABEL_KEYS = """
publish publication updat posted modif revised reviewed uploaded aktualisier|veröffentlich|publiziert|erschienen|stand|akt.|online seit|publié
mis à jour|mise à jour|mis en ligne|actualisé
publicado|actualizad|última actual|última atual|fecha de pub|atualizado|data de pub|pubblicat|aggiorna|ultima modifica|gepubliceerd|geplaatst
bijgewerkt|laatst
offentliggjort|publicer|publisert|opdateret|opdatert|uppdaterad|oppdatert|publikováno|aktualizováno|vydáno|julkaistu|päivitetty|megjelent
frissítve|δημοσίευση|ενημέρωση|публикувана|оновлено|опубліковано|diterbitkan|diperbarui
opublikowan|publikacja|aktualizacja|dodano|modyfikacja|yayın|güncelle|giriş|опубликован|обновлен|дата публ|изменено
公開|更新|掲載|発行|投稿|配信|发布|發布|发表
"""
_READING_KEYS = """
 views|read|lesezeit|lesedauer|lesen|lecture|lectura|leitura|lettura|leestijd|lezen|leesduur|czytania|okuma|чтени|読了|読めます|阅读|閱讀
"""
_WITHIN_KEYS = (
    "published|updated|posted|modified|aktualisiert|veröffentlicht|publié le|mis à jour|actualizado|publicado|atualizado|aggiornato|"
    "pubblicato|bijgewerkt|aktualizacja|güncelleme|обновлено"
)
_AGO_KEYS = " ago|vor |il y a|hace |há | fa|geleden|temu|önce|назад|前|just now|yesterday|gestern"


def _keys(text: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            {key for line in text.strip("\n").replace("\n", "|").split("|") for key in ([line] if len(line) < 20 else line.split()) if key.strip()}
        )
    )


_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "ja", "zh")

_LABELLED = PatternRule(
    id="labelled-time",
    form="block",
    pattern=_REST,
    keywords=_keys(_LABEL_KEYS),
    max_chars=160,
    languages=_LANGUAGES,
    score=0.93,
    examples=tuple(
        Example(source)
        for source in (
            "Storm closes the harbour\n⟦Last Updated : Mar 3 2022 | 8:15 PM IST⟧\nThe harbour stays shut.",
            "⟦4 min read Last Updated : Mar 03 2022 | 8:15 PM IST⟧\nThe harbour stays shut.",
            "⟦First Published: Mar 3, 2022, 20:15⟧",
            "⟦Published April 9, 2018⟧",
            "⟦Updated 5 hours ago⟧",
            "⟦Posted: Aug 11, 2021 4:00 AM EDT | Last Updated: August 12⟧",
            "⟦UPDATED 16:47 EST / NOVEMBER 2 2021⟧",
            "⟦Aktualisiert am 3. März 2022, 20:15 Uhr⟧",
            "⟦Publié le 4 mai 2021 à 08:01Mis à jour le 5 mai 2021 à 09:06⟧",
            "⟦Última actualización: 4 de mayo de 2021 a las 10:32⟧",
            "⟦Publicado em 4 de maio de 2021 às 10h32⟧",
            "⟦Pubblicato il 4 maggio 2021 alle 10:32⟧",
            "⟦Laatst bijgewerkt op 4 mei 2021 om 10:32⟧",
            "⟦Aktualizacja: 19.04.2021 19:45 Publikacja: 19.04.2021 19:05⟧",
            "⟦Son güncelleme: 4 Mayıs 2021 10:32⟧",
            "⟦Offentliggjort torsdag 6. feb 2025 17:25⟧",
            "⟦Uppdaterad 2021-05-04 10:32⟧",
            "⟦Опубликовано: 4 мая 2021 в 10:32⟧",
            "⟦公開日：2021年5月4日⟧",
            "⟦发布时间：2021-05-04 10:32⟧",
            "⟦Published a day ago⟧",
            "4 May 2021",
            "Stand",
            "Giriş",
            "By Mara Quill, 4 May 2021",
            "Updated maps of the harbour were published on 4 May 2021, the office said.",
            "Updated harbour plan shown in May",
        )
    ),
)

_WITHIN = PatternRule(
    id="labelled-time-within",
    form="inline",
    pattern=_INLINE,
    keywords=_keys(_WITHIN_KEYS),
    max_chars=200,
    languages=_LANGUAGES,
    score=0.8,
    examples=tuple(
        Example(source)
        for source in (
            "Mara Quill · Tarnport News · ⟦Posted: Mar 08, 2022 4:00 AM EDT⟧",
            "By Mara Quill ⟦Updated: 3 March 2022, 10:15⟧",
            "The list was last updated on 3 March 2022, the office said.",
        )
    ),
)

_READ = PatternRule(
    id="reading-time",
    form="block",
    pattern=_REST,
    keywords=_keys(_READING_KEYS),
    max_chars=120,
    languages=_LANGUAGES,
    score=0.93,
    examples=tuple(
        Example(source)
        for source in (
            "⟦3 min read⟧\nThe harbour stays shut.",
            "⟦Reading time: 4 minutes⟧",
            "⟦6 minute read time⟧",
            "⟦Lesezeit: 4 Minuten⟧",
            "⟦Temps de lecture : 3 min⟧",
            "⟦5 min de lectura⟧",
            "⟦Tempo di lettura: 2 minuti⟧",
            "⟦Leestijd 3 minuten⟧",
            "⟦Czas czytania: 4 min⟧",
            "⟦この記事は約3分で読めます⟧",
            "It took her 3 minutes to read it.",
            "Bake for 30 minutes",
        )
    ),
)

_RELATIVE = PatternRule(
    id="time-ago",
    form="block",
    pattern=_REST,
    keywords=_keys(_AGO_KEYS),
    max_chars=60,
    languages=_LANGUAGES,
    score=0.75,
    examples=tuple(
        Example(source)
        for source in (
            "⟦3 hours ago⟧\nThe harbour stays shut.",
            "⟦vor 3 Stunden⟧",
            "⟦il y a 2 heures⟧",
            "⟦hace 5 minutos⟧",
            "⟦3時間前⟧",
            "Two men left the island three hours ago, and nobody has seen them since.",
            "Years ago, before the storm",
        )
    ),
)

RULE_SET = RuleSet(
    name="timestamp",
    kind=Kind.TIMESTAMP,
    marks="Lines of nothing but when the page was published or updated, or how long it takes to read. The date in them is still read.",
    why="It is about the page, not part of what the story tells.",
    misses="Bare dates without a word that says what they are, and times glued to an author's name.",
    rules=(_LABELLED, _WITHIN, _READ, _RELATIVE),
)
