"""The language of a page: declared, confirmed by the text, or told by it."""

from __future__ import annotations

import pytest

from stripper.fields.language import code_of, find_language, guess
from stripper.read.text import fold
from stripper.types import Page, Witness

TEXTS = {
    "en": "The ferry will sail twice a day from May, and the harbour has said that it was not easy to find the crew which they "
    "have been waiting for.",
    "de": "Die Fähre fährt ab Mai zweimal am Tag, und der Hafen sagt, dass es nicht leicht war, für das Schiff eine Mannschaft zu "
    "finden, die bei Wind "
    "nach Norden fährt oder auf dem Meer bleibt.",
    "fr": "Le bateau part deux fois par jour dans la baie, et le port dit que ce n'est pas une chose facile pour les marins qui "
    "sont avec lui sur la mer.",
    "es": "El barco sale dos veces al día de la isla, y el puerto dice que no es fácil para los marineros que se van con él por "
    "la mar, pero sus hijos "
    "lo saben.",
    "pt": "O barco sai duas vezes por dia da ilha, e o porto diz que não é fácil para os marinheiros que vão com ele pelo mar, "
    "mas também foi uma festa.",
    "it": "Il traghetto parte due volte al giorno dal porto della città, e non è una cosa facile per gli uomini che sono con lui "
    "nel mare, anche di notte.",
    "nl": "De boot vaart twee keer per dag naar het eiland, en de haven zegt dat het niet makkelijk is om een bemanning te vinden "
    "die ook bij wind vaart.",
    "af": "Die boot vaar twee keer per dag na die eiland, en die hawe sê dat dit nie maklik was om mense te kry wat ook met hom "
    "op die see wil wees nie.",
    "pl": "Prom pływa dwa razy dziennie z portu na wyspę, ale nie jest łatwo znaleźć ludzi, którzy oraz przez cały rok będą się "
    "tym zajmować do nocy.",
    "cs": "Loď jezdí dvakrát denně na ostrov, ale není to snadné, protože podle přístavu jsou lidé, kteří by také na moři "
    "zůstali, už po práci nebo pro nic.",
    "sk": "Loď chodí dvakrát denne na ostrov, ale podľa prístavu nie je to ľahké, pretože ľudia, ktorý by sa na mori zdržali, sú "
    "už po práci alebo sme ich "
    "nenašli.",
    "sv": "Båten går två gånger om dagen till ön, och hamnen säger att det inte är lätt, men kan man få folk som har varit på "
    "havet så är det bra för den.",
    "fi": "Laiva kulkee kaksi kertaa päivässä, ja satama sanoo, että se on vaikeaa, mutta myös uusi laiva oli tilattu vuonna "
    "toissa, kuin hän ei olisi sitä.",
    "tr": "Vapur günde iki kez adaya gider ve liman bunun için çok adam gerekir, ancak bir yıl sonra daha iyi olarak çalışan bu "
    "gemi ile göre ne kadar.",
    "id": "Kapal itu berlayar dua kali sehari dari pelabuhan ke pulau dan tidak mudah untuk orang yang akan bekerja dengan mereka "
    "pada malam ini juga.",
    "et": "Laev sõidab kaks korda päevas ja sadam ütleb, et see ei ole kerge, kui oma mehi on vähe, aga ta oli juba siis seda "
    "kuulnud ning või mis nad.",
    "ru": "Паром ходит два раза в день на остров, и в порту говорят, что это не просто для людей, которые с ним по морю от берега за год ходили.",
    "uk": "Пором ходить двічі на день на острів, і в порту кажуть, що це не просто для людей, які з ним за рік ходили, але й до "
    "моря було також як про все.",
    "el": "Το πλοίο φεύγει δύο φορές την ημέρα για το νησί και το λιμάνι λέει ότι δεν είναι εύκολο.",
    "ja": "船は五月から一日に二回、島へ向かいます。乗組員を見つけるのは簡単ではありませんでした。",
    "zh": "渡船自五月起每天两次开往岛上，港口方面表示寻找船员并不容易，但他们已经等待了很久。",
    "ko": "배는 오월부터 하루에 두 번 섬으로 갑니다. 선원을 찾기가 쉽지 않았다고 항구는 말합니다.",
    "hi": "नाव मई से दिन में दो बार द्वीप के लिए चलेगी और बंदरगाह का कहना है कि नाविक मिलना आसान नहीं था।",
    "ar": "تبحر السفينة مرتين في اليوم إلى الجزيرة ويقول الميناء إنه لم يكن من السهل العثور على البحارة.",
    "th": "เรือจะออกไปเกาะวันละสองครั้งตั้งแต่เดือนพฤษภาคม และท่าเรือบอกว่าไม่ง่าย",
}


@pytest.mark.parametrize("code", TEXTS)
def test_guess(code: str) -> None:
    assert guess(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "2024", "Lunden Marholm Brackwater Quill Lindt Oda Pell", "x" * 5000, "a e o de e a o de" * 2])
def test_no_guess(text: str) -> None:
    assert guess(text, plainly=True) is None


def languages(text: str, *declared: tuple[str, str]) -> list[tuple[str, str]]:
    """The witnesses' codes and origins for a page with this text."""
    page = Page(text, fold(text), (), "html", None, tuple(Witness("language", code, origin) for code, origin in declared))
    found = find_language(page, 0)
    assert all(w.why for w in found[:1])
    return [(w.value, w.origin) for w in found]


def test_a_declared_language_is_confirmed_by_the_text() -> None:
    assert languages(TEXTS["de"], ("en", "json-ld"), ("de", "html")) == [("de", "html"), ("en", "json-ld")]
    assert languages(TEXTS["de"], ("de", "json-ld"), ("en", "html")) == [("de", "json-ld"), ("en", "html")]


LONG = {code: " ".join([TEXTS[code]] * 3) for code in TEXTS}


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt", "it", "nl", "ru", "ja", "zh", "hi", "ar"])
def test_the_text_is_believed_where_a_template_declares_another_language(code: str) -> None:
    assert languages(LONG[code], ("en", "html")) == [(code, "text:common-words"), ("en", "html")]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("Quill Lindt, Oda Pell, Marholm Brackwater, Lunden", "en"),
        (LONG["es"], "gl"),
        (LONG["hi"], "mr"),
        ("Brass lamp, 40 cm. Oak table, 80 cm. Tin cup, 9 cm. Wool rug, 120 cm." * 5, "de"),
        ("", "en"),
    ],
)
def test_a_declaration_stands_where_the_text_says_little_or_the_language_is_unknown(text: str, declared: str) -> None:
    assert languages(text, (declared, "html")) == [(declared, "html")]


def test_norwegian_is_norwegian() -> None:
    text = (
        "Ferga går to ganger om dagen til øya, og havna sier at det ikke er lett, men de har folk som kan være på sjøen fra han var liten, sier de."
    )
    for code in ("no", "nb", "nn"):
        assert languages(" ".join([text] * 3), (code, "html")) == [(code, "html")]


def test_the_text_tells_where_none_is_declared() -> None:
    assert languages(TEXTS["it"]) == [("it", "text:common-words")]
    assert languages("2024") == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("de", "de"),
        ("pt-BR", "pt"),
        ("zh_Hant_TW", "zh"),
        (" EN-us ", "en"),
        ("in", "id"),
        ("utf-8", None),
        ("english", None),
        ("", None),
        (7, None),
        ("e" * 99, None),
    ],
)
def test_codes(value: object, code: str | None) -> None:
    assert code_of(value) == code
