"""Single lines: which names they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.fields.line.byline import only_by_word, parse
from stripper.fields.line.names import declared_names


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


LANGUAGES: dict[str, list[tuple[str, list[str]]]] = {
    "en": [
        ("By Ana Lima and Bo Chen, Lisbon", ["Ana Lima", "Bo Chen"]),
        ("Story by Ana Lima | Photos by Bo Chen", ["Ana Lima"]),
        ("Updated 9:15 am by Ana Lima", ["Ana Lima"]),
        ("PORT AMBLEY (Reuters)", ["Reuters"]),
        ("This article was written by Ana Lima, harbour reporter", ["Ana Lima"]),
        ("Medically reviewed by Ana Lima, MD", []),
        ("By the harbour wall", []),
        ("By Monday the crane was gone", []),
        ("Ana Lima, MD, FQRS", ["Ana Lima"]),
        ("By Ana Lima, RD", ["Ana Lima"]),
        ("By The Quay Post Team", ["The Quay Post Team"]),
        ("By Editorial Team", []),
        ("5 min read · Ana Lima", ["Ana Lima"]),
        ("Edited by Ana Lima", []),
        ("Photograph: Ana Lima", []),
        ("By Ana “Nina” Lima", ["Ana “Nina” Lima"]),
        ("Ana LimaBy Ana Lima", ["Ana Lima"]),
        ("By Ana Lima QRTV", ["Ana Lima"]),
        ("Guide by Ana Lima Former Deputy Harbour Editor", ["Ana Lima"]),
        ("Ana Lima/AFP", []),
        ("Written by Ana Lima, edited by Bo Chen", ["Ana Lima"]),
        ("By QRT, in News, Harbour", ["QRT"]),
        ("Profile picture of Ana Lima", []),
    ],
    "de": [
        ("Von Jana Krüger und Uwe Holt, Berlin", ["Jana Krüger", "Uwe Holt"]),
        ("Ein Kommentar von Jana Krüger", ["Jana Krüger"]),
        ("Text: Jana Krüger, Fotos: Uwe Holt", ["Jana Krüger"]),
        ("Aus Lunden berichtet Jana Krüger", ["Jana Krüger"]),
        ("Jana Krüger, dpa", ["Jana Krüger", "dpa"]),
        ("Autorin: Jana Krüger", ["Jana Krüger"]),
        ("(dpa)", ["dpa"]),
        ("LUNDEN (dpa) - 4. März 2024", ["dpa"]),
        ("Von wegen Ruhe", []),
        ("Von Montag an gilt Tempo 30", []),
        ("Foto: Jana Krüger", []),
        ("Lesezeit: 4 Minuten", []),
        ("Verfasst von Jana Krüger am 4. März 2024", ["Jana Krüger"]),
        ("Dr. Jana Krüger-Voss, Redakteurin", ["Dr. Jana Krüger-Voss"]),
        ("Von der Redaktion", []),
    ],
    "fr": [
        ("Par Lucie Morel et Hugo Petit", ["Lucie Morel", "Hugo Petit"]),
        ("Par Lucie Morel (avec AFP)", ["Lucie Morel"]),
        ("Propos recueillis par Lucie Morel", ["Lucie Morel"]),
        ("Texte : Lucie Morel", ["Lucie Morel"]),
        ("Publié le 4 mars 2024 par Lucie Morel", ["Lucie Morel"]),
        ("Lucie Morel, envoyée spéciale à Port-Vieux", ["Lucie Morel"]),
        ("Par ailleurs, le port ferme", []),
        ("Par la rédaction", []),
        ("Photo : Lucie Morel", []),
        ("Rédigé par Lucie Morel", ["Lucie Morel"]),
    ],
    "es": [
        ("Por Inés Vidal", ["Inés Vidal"]),
        ("Por: Inés Vidal y Raúl Soto", ["Inés Vidal", "Raúl Soto"]),
        ("Inés Vidal | Puerto Viejo", ["Inés Vidal"]),
        ("Escrito por Inés Vidal", ["Inés Vidal"]),
        ("Por la mañana", []),
        ("Redacción", []),
        ("Fotografía: Inés Vidal", []),
        ("EFE | Puerto Viejo", ["EFE"]),
        ("4 de marzo de 2024 · Inés Vidal", ["Inés Vidal"]),
        ("Inés Vidal, corresponsal", ["Inés Vidal"]),
    ],
    "pt": [
        ("Por Inês Prado", ["Inês Prado"]),
        ("Por Inês Prado e Rui Faria, Porto Velho", ["Inês Prado", "Rui Faria"]),
        ("Texto: Inês Prado", ["Inês Prado"]),
        ("Inês Prado, repórter", ["Inês Prado"]),
        ("Da Redação", []),
        ("Por enquanto, nada muda", []),
        ("Foto: Inês Prado", []),
        ("Publicado por Inês Prado em 04/03/2024", ["Inês Prado"]),
    ],
    "it": [
        ("di Paola Conti", ["Paola Conti"]),
        ("Di Paola Conti e Ugo Neri", ["Paola Conti", "Ugo Neri"]),
        ("A cura di Paola Conti", ["Paola Conti"]),
        ("dal nostro inviato Ugo Neri", ["Ugo Neri"]),
        ("(ANSA) - PORTO SERENO, 4 MAR", ["ANSA"]),
        ("Di nuovo chiuso il porto", []),
        ("di Redazione", []),
        ("Foto di Paola Conti", []),
        ("Scritto da Paola Conti", ["Paola Conti"]),
    ],
    "nl": [
        ("Door Jan de Wit", ["Jan de Wit"]),
        ("Door: Jan de Wit en Els Maas", ["Jan de Wit", "Els Maas"]),
        ("Geschreven door Jan de Wit", ["Jan de Wit"]),
        ("Tekst: Els Maas", ["Els Maas"]),
        ("Jan de Wit, verslaggever", ["Jan de Wit"]),
        ("Door de storm bleef de haven dicht", []),
        ("Foto: Els Maas", []),
        ("ANP", ["ANP"]),
        ("Leestijd: 3 minuten", []),
    ],
    "pl": [
        ("Autor: Ewa Nowicka", ["Ewa Nowicka"]),
        ("Autorka: Ewa Nowicka", ["Ewa Nowicka"]),
        ("Ewa Nowicka, Jan Zawada", ["Ewa Nowicka", "Jan Zawada"]),
        ("oprac. Ewa Nowicka", ["Ewa Nowicka"]),
        ("Opracowała: Ewa Nowicka", ["Ewa Nowicka"]),
        ("PAP", ["PAP"]),
        ("Redakcja", []),
        ("Fot. Ewa Nowicka", []),
        ("Czas czytania: 4 min", []),
    ],
    "tr": [
        ("Yazan: Ayşe Demir", ["Ayşe Demir"]),
        ("Haber: Ayşe Demir", ["Ayşe Demir"]),
        ("Ayşe Demir / Ayazlı", ["Ayşe Demir"]),
        ("Muhabir: Ayşe Demir", ["Ayşe Demir"]),
        ("AA", ["AA"]),
        ("Kaynak: AA", ["AA"]),
        ("Haber merkezi", []),
        ("Fotoğraf: Ayşe Demir", []),
        ("22.06.2023 - 13:40", []),
    ],
    "ru": [
        ("Автор: Иван Лесков", ["Иван Лесков"]),
        ("Иван Лесков, корреспондент", ["Иван Лесков"]),
        ("Текст: Иван Лесков, Анна Белова", ["Иван Лесков", "Анна Белова"]),
        ("Подготовила Анна Белова", ["Анна Белова"]),
        ("Подготовила: Анна Белова", ["Анна Белова"]),
        ("ТАСС", ["ТАСС"]),
        ("Источник: РИА Новости", ["РИА Новости"]),
        ("Фото: Иван Лесков", []),
        ("Редакция", []),
        ("4 марта 2024, 10:15", []),
    ],
    "uk": [
        ("Автор: Ганна Білик", ["Ганна Білик"]),
        ("Текст: Ганна Білик", ["Ганна Білик"]),
        ("Підготувала: Ганна Білик", ["Ганна Білик"]),
        ("Фото: Ганна Білик", []),
        ("Редакція", []),
    ],
    "ar": [
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("كتب أحمد علي", ["أحمد علي"]),
        ("إعداد: سلمى ناصر", ["سلمى ناصر"]),
        ("المصدر: رويترز", ["رويترز"]),
        ("رويترز", ["رويترز"]),
        ("كتبت: سلمى ناصر", ["سلمى ناصر"]),
        ("تصوير: أحمد علي", []),
        ("آخر تحديث", []),
        ("4 مارس 2024", []),
    ],
    "fa": [
        ("نویسنده: مریم راد", ["مریم راد"]),
        ("به قلم: مریم راد", ["مریم راد"]),
        ("عکس: مریم راد", []),
        ("۴ دقیقه", []),
    ],
    "he": [
        ("מאת נועה ברק", ["נועה ברק"]),
        ("מאת: נועה ברק", ["נועה ברק"]),
        ("צילום: נועה ברק", []),
        ("עודכן לפני שעה", []),
    ],
    "hi": [
        ("लेखक: अर्जुन रावत", ["अर्जुन रावत"]),
        ("द्वारा अर्जुन रावत", ["अर्जुन रावत"]),
        ("अर्जुन रावत द्वारा", ["अर्जुन रावत"]),
        ("रिपोर्ट: मीना जोशी", ["मीना जोशी"]),
        ("By अर्जुन रावत", ["अर्जुन रावत"]),
        ("भाषा", ["भाषा"]),
        ("फोटो: मीना जोशी", []),
        ("3 घंटे पहले", []),
    ],
    "ja": [
        ("文・高梨誠一", ["高梨誠一"]),
        ("取材・文：高梨誠一", ["高梨誠一"]),
        ("（高梨誠一記者）", ["高梨誠一"]),
        ("執筆：高梨誠一", ["高梨誠一"]),
        ("ライター：高梨誠一", ["高梨誠一"]),
        ("共同通信", ["共同通信"]),
        ("写真：高梨誠一", []),
        ("編集部", []),
        ("2024年3月4日", []),
    ],
    "zh": [
        ("记者 李小雨", ["李小雨"]),
        ("本报记者李小雨", ["李小雨"]),
        ("文/李小雨", ["李小雨"]),
        ("作者：李小雨", ["李小雨"]),
        ("来源：新华社", ["新华社"]),
        ("記者李小雨／台北報導", ["李小雨"]),
        ("摄影：李小雨", []),
        ("来源：本站", []),
        ("2024年3月4日 10:15", []),
    ],
    "ko": [
        ("김하늘 기자", ["김하늘"]),
        ("[서울=뉴시스] 김하늘 기자", ["김하늘"]),
        ("글: 김하늘", ["김하늘"]),
        ("연합뉴스", ["연합뉴스"]),
        ("사진: 김하늘", []),
        ("입력 2024.03.04", []),
    ],
    "sv": [
        ("Av Lina Ek", ["Lina Ek"]),
        ("Text: Lina Ek", ["Lina Ek"]),
        ("Skriven av Lina Ek", ["Lina Ek"]),
        ("TT", ["TT"]),
        ("Foto: Lina Ek", []),
        ("Av misstag stängdes hamnen", []),
    ],
    "da": [
        ("Af Mads Lund", ["Mads Lund"]),
        ("Skrevet af Mads Lund", ["Mads Lund"]),
        ("Tekst: Mads Lund", ["Mads Lund"]),
        ("Ritzau", ["Ritzau"]),
        ("Foto: Mads Lund", []),
        ("Af sted til havnen", []),
    ],
    "no": [
        ("Av Kari Moe", ["Kari Moe"]),
        ("Tekst: Kari Moe", ["Kari Moe"]),
        ("Journalist: Kari Moe", ["Kari Moe"]),
        ("NTB", ["NTB"]),
        ("Foto: Kari Moe", []),
        ("Av og til stenger havna", []),
    ],
    "fi": [
        ("Teksti: Aino Koski", ["Aino Koski"]),
        ("Toimittaja: Aino Koski", ["Aino Koski"]),
        ("Kirjoittaja: Aino Koski", ["Aino Koski"]),
        ("STT", ["STT"]),
        ("Kuva: Aino Koski", []),
        ("Lukuaika 4 min", []),
    ],
    "cs": [
        ("Autor: Eva Dvorská", ["Eva Dvorská"]),
        ("Text: Eva Dvorská", ["Eva Dvorská"]),
        ("Připravila: Eva Dvorská", ["Eva Dvorská"]),
        ("ČTK", ["ČTK"]),
        ("Foto: Eva Dvorská", []),
        ("Redakce", []),
    ],
    "hu": [
        ("Írta: Kiss Éva", ["Kiss Éva"]),
        ("Szerző: Kiss Éva", ["Kiss Éva"]),
        ("MTI", ["MTI"]),
        ("Fotó: Kiss Éva", []),
        ("Kiss Éva újságíró", ["Kiss Éva"]),
    ],
    "ro": [
        ("Autor: Ioana Pop", ["Ioana Pop"]),
        ("Scris de Ioana Pop", ["Ioana Pop"]),
        ("Text: Ioana Pop", ["Ioana Pop"]),
        ("Agerpres", ["Agerpres"]),
        ("Foto: Ioana Pop", []),
        ("Actualizat la 4 martie", []),
    ],
    "el": [
        ("Του Νίκου Βλάχου", ["Νίκου Βλάχου"]),
        ("Γράφει η Μαρία Ρήγα", ["Μαρία Ρήγα"]),
        ("Συντάκτης: Μαρία Ρήγα", ["Μαρία Ρήγα"]),
        ("Φωτογραφία: Μαρία Ρήγα", []),
        ("Της πόλης το λιμάνι", []),
    ],
    "id": [
        ("Oleh: Sari Wibowo", ["Sari Wibowo"]),
        ("Penulis: Sari Wibowo", ["Sari Wibowo"]),
        ("Reporter: Sari Wibowo", ["Sari Wibowo"]),
        ("Antara", ["Antara"]),
        ("Foto: Sari Wibowo", []),
        ("Baca juga", []),
        ("4 jam lalu", []),
    ],
    "vi": [
        ("Tác giả: Lê Minh An", ["Lê Minh An"]),
        ("Bài: Lê Minh An", ["Lê Minh An"]),
        ("Ảnh: Lê Minh An", []),
        ("4 giờ trước", []),
    ],
}


@pytest.mark.parametrize(("language", "line", "names"), [(code, *row) for code, rows in LANGUAGES.items() for row in rows])
def test_lines_as_news_pages_print_them(language: str, line: str, names: list[str]) -> None:
    found = parse(line, language)
    assert (list(found.names) if found else []) == names


def test_every_language_has_names_and_lines_that_are_none() -> None:
    for rows in LANGUAGES.values():
        assert len(rows) >= 4
        assert {bool(names) for _, names in rows} == {True, False}


@given(st.text(max_size=240) | st.text(alphabet="By AnaLimvond,|/-·0123456789.:;@ ", max_size=240))
def test_any_line_gives_spans_inside_it(line: str) -> None:
    found = parse(line)
    if found:
        assert 0 <= found.start < found.end <= len(line)
        assert all(name.strip() for name in found.names)
    only_by_word(line)
