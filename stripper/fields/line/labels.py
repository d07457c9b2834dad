"""Words beside a date that say which day it is: of publication, of a change, or of something else. Data only."""

from __future__ import annotations

import re

_BORDER = r"(?:(?<![^\W_])|(?<=[a-zà-ÿ])(?-i:(?=[A-ZÀ-Þ])))"
"""Before a word; inline elements glue it to the word before ("AnalystUpdated"), where a capital tells."""

_END = r"(?-i:(?![a-zà-ÿ]))"

CHANGED = re.compile(
    rf"{_BORDER}(?<!site )(?<!site last )(?:updated|modified|edited|revised|reviewed|"
    r"aktualisier(?:t|ung)|geändert|änderung|akt\.|stand(?=\s?[:–-]|\s(?:\d|vom|am|der))|"
    r"mise? à jour|màj|modifiée?|actualizad[oa]|actualización|modificad[oa]|atualizad[oa]|atualização|aggiornat[oa]|aggiornamento|modifica(?=\s)|"
    r"bijgewerkt|gewijzigd|aktualizacja|zaktualizowano|güncellen|güncelleme|güncellendi|обновлен\w{0,2}|изменен\w{0,2}|оновлено|uppdaterad|opdateret|"
    r"oppdatert|päivitetty|frissítve|aktualizován[oa]?|ažurirano|actualizat|обновена|diperbarui|cập nhật|ενημερώθηκε|ενημέρωση|atnaujinta|"
    rf"atjaunināts|uuendatud|dikemaskini){_END}|"
    r"تحديث|به‌روزرسانی|بروزرسانی|עודכן|更新|수정|업데이트|अपडेट|अद्यतन|आধুনিক|হালনাগাদ|আপডেট|อัปเดต|แก้ไข",
    re.I,
)
"""When the page was changed."""

FIRST = re.compile(
    rf"{_BORDER}(?:publish(?:ed)?|(?:date|datum|fecha|data|дата)(?=\s?:)|publication(?= date|:)|posted|created|issued|submitted|written|released|"
    r"veröffentlicht|erschienen|erstellt|geschrieben|gepostet|gespeichert|eingestellt|publiée?|créée?|"
    r"mise? en ligne|rédigée?|publicad[oa]|creado|escrito|pubblicat[oa]|scritto|gepubliceerd|geplaatst|publikacja|"
    r"opublikowano|dodano|data publikacji|yayın\w{0,6}|giriş|опубликован\w{0,2}|дата публикации|опубліковано|publicerad|offentliggjort|udgivet|"
    r"publisert|julkaistu|megjelent|közzétéve|publikován[oa]?|vydán[oa]|zveřejněno|objavljeno|publicat|публикувана|diterbitkan|đăng lúc|ngày đăng|"
    rf"δημοσιεύθηκε|δημοσίευση|paskelbta|publicēts|avaldatud|diterbit\w{{0,3}}|datepublished){_END}|"
    r"نشر|تاریخ انتشار|منتشر شده|פורסם|发布|發布|发表|發表|発表|公開|掲載|入力|입력|등록|게시|प्रकाशित|প্রকাশিত|প্রকাশ|เผยแพร่",
    re.I,
)
"""When it was published."""

RANGE = frozenset({"-", "–", "—", "/", "to", "bis", "au", "a", "al", "until", "through", "till", "t/m", "do", "~", "～"})
"""What stands between the first and the last day of something that lasts: no day of publication."""

ISSUE = re.compile(
    r"(?<!\w)(?:issue|cover|nr\.? ?\d{1,4}|site (?:last )?updated|ausgabe|edition|numéro|edición|edição|nummer|printed|print|copyright|expires?|"
    r"gültig|valid|born|event|events|erscheinungsdatum|release date|releases|deadline|due|effective|version)(?!\w)|[©]",
    re.I,
)
"""Of an issue, a product, an event, or of a right."""

CITED = re.compile(r"(?<!\w)(?:doi|isbn|issn|et al)(?!\w)", re.I)
"""Of a work that is cited."""

MEMBER = re.compile(
    r"(?<!\w)(?:joined|join date|registered|member since|last (?:post|reply|visit)|mitglied seit|registriert|dabei seit|inscrit)(?!\w)", re.I
)
"""Of a forum's members, not of what they wrote; such words stand on the date's line or alone above it."""

ABOUT = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?|(?<!\w)(?:no )?(?:comments?|views?|shares?)(?!\w)|"
    r"\b[ap]\.?m\b\.?|(?<!\w)(?:last|first|originally|on|at|am|um|uhr|vom|den|le|à|el|il|om|op|the|date|datum|"
    r"fecha|data|дата|min(?:utes?)?|read|reading|time|of|lesezeit|de|lecture|lectura|gmt|utc|est|edt|pst|pdt|ist|bst|cet|cest|et|pt|ore|hrs?|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|"
    r"mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica|"
    r"segunda|terça|quarta|quinta|sexta|feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|"
    r"года?|г|klo|kl|ob|v|o|godz|saat|m|d)(?!\w)",
    re.I,
)
"""Times, weekdays and small words that stand in every date line."""
