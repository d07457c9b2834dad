"""The page's language: what it declares, else by script and by the commonest words. None where unsure."""

from __future__ import annotations

import re
from collections import Counter

from stripper.types import Page, Witness

_SAMPLE = 1_200
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,3}")
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LEAST = 4
"""So many common words must occur."""

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
}
_CODES = tuple(_COMMON)
_SPOKEN: dict[str, str] = {}
"""For each word the languages that it is common in, each as the character with its place in _CODES: so a text's votes are one string."""
for _place, _words in enumerate(_COMMON.values()):
    for _word in dict.fromkeys(_words.split()):
        _SPOKEN[_word] = _SPOKEN.get(_word, "") + chr(_place)

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


def find_language(page: Page, start: int) -> tuple[Witness, ...]:
    """Witnesses of the language: the declared ones, else what the text from `start` on says."""
    declared = [Witness("language", code, w.origin, w.start, w.end) for w in page.declared if w.field == "language" and (code := code_of(w.value))]
    if page.language and not declared and (code := code_of(page.language)):
        declared = [Witness("language", code, "html")]
    if declared:
        return tuple(declared)
    code = guess(page.text[start : start + _SAMPLE])
    return (Witness("language", code, "text:common-words"),) if code else ()


def code_of(value: object) -> str | None:
    """The language of a tag such as "pt-BR": its first part, in small letters."""
    match = _CODE.fullmatch(value.strip().lower()) if isinstance(value, str) and len(value) < 40 else None
    return match[1] if match else None


def guess(text: str) -> str | None:
    """The language of a text by its script and its commonest words; None where neither tells."""
    words = _WORD.findall(text.lower())
    letters = len("".join(words))
    if letters < 20:
        return None
    if _OTHER_SCRIPT.search(text):
        for code, script, share in _SCRIPTS:
            if len(script.findall(text)) > share * letters:
                return code
    votes = Counter("".join(filter(None, map(_SPOKEN.get, words))))
    (place, most), (_, second) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return _CODES[ord(place)] if most >= max(_LEAST, 0.08 * len(words)) and most > 1.15 * second else None
