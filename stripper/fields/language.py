"""The page's language: what it declares, if its text doesn't plainly say otherwise, else by script and by the commonest words. None where unsure.

Templates declare English around texts of any language, so a declaration is held against the text. Only the text's commonest words are counted, so
a list of names or products says nothing against what a page declares.
"""

from __future__ import annotations

import re
from collections import Counter

from stripper.types import Page, Witness

_SAMPLE = 1_200
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,3}")
_WORD = re.compile(r"[^\W\d_]{1,20}")
_FEW = 300
_FEWEST_LETTERS = 20
_LEAST, _SHARE, _LEAD = 4, 0.08, 1.15
"""So many common words must occur, as a share of all words, and times those of the next language."""
_MANY, _PLAIN_SHARE, _PLAIN_LEAD, _DIFFERENT = 15, 0.12, 1.5, 6
"""The same where a text says something else than the page declares, and how many different words these must be."""
_READER = "text:common-words"
_KIN = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id"}
_RENAMED = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes of old."""
_NO_LANGUAGES = frozenset({"utf", "iso", "und", "mul", "zxx", "xx", "xxx"})

_COMMON = {
    "en": "the and of to in that is for was with are this have from not his her which they been",
    "de": "der die das und ist nicht mit von dem auf eine für sich den auch wurde werden nach oder bei",
    "fr": "la de et du en un à ce le les des est une dans pour que qui sur pas avec plus par aux cette sont été mais ces",
    "es": "la de en y a se lo el los las una que por con para del como pero más sus este entre sobre ha fue también su",
    "pt": "a o de e em os uma que não com para do da dos das em mais pelo foi são também ao sobre pela seu",
    "it": "la e in un il che di è della per una con non sono nel gli dei alla più anche dal delle questo stato",
    "nl": "de het een in en te zich van is niet dat met voor zijn op aan door ook bij naar wordt maar uit heeft",
    "pl": "w z i nie się na do jest że przez oraz jak po od dla był to za tym także które może lub",
    "tr": "ve bir bu için ile olarak da de daha çok gibi olan kadar sonra ancak ise en olduğu göre ne",
    "cs": "se na že je to jsou pro ale jako který jeho byl bude podle také která už po při nebo",
    "sv": "och att det som är på för av med den till inte har om ett var från men kan också",
    "da": "og at det er på til af som for med den har ikke der en et var fra kan han",
    "no": "og at det er på til av som for med den har ikke en et var fra kan han fra sier",
    "fi": "ja on ei että oli se myös mutta ovat kuin hän joka ole mukaan vuonna sen sekä tai ollut noin",
    "hu": "és hogy nem egy is meg az volt csak már de még mint ez szerint után vagy ha lesz el",
    "ro": "și de la în cu pe nu care este din pentru mai sunt fost prin sau după către această ca",
    "hr": "je da se na su za od koji iz kao što nije sa biti bio će ali ili koja nakon",
    "id": "yang dan di ini dengan untuk dari pada dalam tidak itu akan juga oleh ke sebagai ada telah bisa mereka",
    "vi": "của và là có cho không được trong với các này một những người đã khi từ tại để về",
    "ru": "и в не на что с по он как это к из за его от для но был также году",
    "uk": "і в не на що з та до як це за від для його але був також року про які",
    "bg": "и на да се за от не са със това ще при но е като по беше който че до",
    "af": "die en nie sê hulle hy vir dit wat sy kon word ons as van in is met om op",
    "ca": "amb dels és als més aquest aquesta també són però seva va han molt els per ha",
    "et": "ja on et ei oli see ka kui mis aga oma ta ning või siis seda nad juba veel",
    "lt": "ir kad yra į su iš buvo bet tai apie kaip po jis dėl nuo bus ne tik jau",
    "lv": "un ir ka no ar par kas bet uz lai tas arī kā bija pēc nav gan līdz tika",
    "sk": "sa na a je sú ako aj pre podľa ktorý alebo už bol sme ich ktoré že to pri",
    "sl": "ki tudi kot še pa bi bila ni med zaradi lahko pri leta je se za in so",
    "sw": "ya na wa kwa ni katika za la kuwa hiyo hii huo wake watu yake baada kama huku lakini",
    "tl": "ang ng sa na mga at ay ni si hindi para kung may nang ito siya niya din po",
}
_CODES = tuple(_COMMON)
_SPOKEN: dict[str, str] = {}
"""For each word the languages that it is common in, each as the character with its place in _CODES: so a text's votes are one string."""
for _place, _words in enumerate(_COMMON.values()):
    for _word in dict.fromkeys(_words.split()):
        _SPOKEN[_word] = _SPOKEN.get(_word, "") + chr(_place)

_PLACES = {code: chr(place) for place, code in enumerate(_CODES)}

_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0590-\u0eff\u3040-\u30ff\u3400-\u9fff가-힣]")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.08),
    ("ko", re.compile(r"[가-힣]"), 0.3),
    ("zh", re.compile(r"[\u3400-\u9fff]"), 0.3),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.3),
    ("bn", re.compile(r"[\u0980-\u09ff]"), 0.3),
    ("ta", re.compile(r"[\u0b80-\u0bff]"), 0.3),
    ("te", re.compile(r"[\u0c00-\u0c7f]"), 0.3),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.3),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.3),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.3),
    ("ur", re.compile(r"[ٹڈڑےں]"), 0.02),
    ("fa", re.compile(r"[پچژگ]"), 0.01),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 0.3),
)
_KNOWN = frozenset({*_CODES, *(code for code, *_ in _SCRIPTS)})


def find_language(page: Page, start: int) -> tuple[Witness, ...]:
    """Witnesses of the language: the declared ones, and what the text from `start` on says where they are none or plainly wrong."""
    declared = [Witness("language", code, w.origin, w.start, w.end) for w in page.declared if w.field == "language" and (code := code_of(w.value))]
    if page.language and not declared and (code := code_of(page.language)):
        declared = [Witness("language", code, "html")]
    declared.sort(key=lambda w: w.origin != "html")
    sample = page.text[start : start + _SAMPLE]
    if not declared:
        code = guess(sample)
        return (Witness("language", code, _READER, why="The page declares none; its script or its commonest words tell."),) if code else ()
    for place, w in enumerate(declared):
        if _reads_like(sample, w.value):
            return (w._replace(why="The page declares it, and its text reads like it."), *declared[:place], *declared[place + 1 :])
    if all(_base(w.value) in _KNOWN for w in declared) and (code := guess(sample, plainly=True)) and code not in {_base(w.value) for w in declared}:
        return (
            Witness("language", code, _READER, why=f"The page declares {declared[0].value}, but its text is plainly in another language."),
            *declared,
        )
    return (declared[0]._replace(why="The page declares it."), *declared[1:])


def _base(code: str) -> str:
    """The language among those known here whose texts read like those of a code."""
    return _KIN.get(code, code)


def _reads_like(text: str, code: str) -> bool:
    """Whether the beginning of a text holds enough of a language's commonest words, or of its script."""
    base = _base(code)
    if base in _PLACES:
        words = _WORD.findall(text[:_FEW].lower())
        return sum(_PLACES[base] in _SPOKEN.get(word, "") for word in words) >= max(_LEAST, _PLAIN_SHARE * len(words))
    return _of_script(text) == base


def code_of(value: object) -> str | None:
    """The language of a tag such as "pt-BR": its first part, in small letters; None for what is no language ("utf-8")."""
    match = _CODE.fullmatch(value.strip().lower()) if isinstance(value, str) and len(value) < 40 else None
    return _RENAMED.get(match[1], match[1]) if match and match[1] not in _NO_LANGUAGES else None


def guess(text: str, plainly: bool = False) -> str | None:
    """The language of a text by its script and its commonest words; None where neither tells. `plainly` asks for more of them."""
    if code := _of_script(text):
        return code
    words = _WORD.findall(text.lower())
    if len("".join(words)) < _FEWEST_LETTERS:
        return None
    votes = Counter("".join(filter(None, map(_SPOKEN.get, words))))
    (place, most), (_, second) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    least, share, lead = (_MANY, _PLAIN_SHARE, _PLAIN_LEAD) if plainly else (_LEAST, _SHARE, _LEAD)
    if most < max(least, share * len(words)) or most <= lead * second:
        return None
    if plainly and sum(place in _SPOKEN.get(word, "") for word in set(words)) < _DIFFERENT:
        return None
    return _CODES[ord(place)]


def _of_script(text: str) -> str | None:
    """The language that a text's script tells; None for scripts of many languages."""
    if not _OTHER_SCRIPT.search(text):
        return None
    letters = len("".join(_WORD.findall(text)))
    if letters < _FEWEST_LETTERS:
        return None
    return next((code for code, script, share in _SCRIPTS if len(script.findall(text)) > share * letters), None)
