"""Captions that are known by the credit at their end, or by how news agencies begin them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_AGENCY = (
    r"(?:ap(?: photo)?|(?:the )?associated press|afp|agence france-presse|reuters|dpa|epa(?:-efe)?|efe|ansa|apa|pap|tass|ria "
    r"novosti|ritzau(?: scanpix)?|scanpix|ntb|tt|anp|belga"
    r"|keystone|lusa|pti|ians|ani|xinhua|kyodo(?: news)?|jiji(?: press)?|yonhap|kcna|bernama|upi|pa(?: wire| media)?|press "
    r"association|the canadian press|aap|anadolu(?: agency)?|cna"
    r"|getty(?: images)?|gettyimages|shutterstock|istock(?:photo)?|adobe ?stock|alamy(?: stock photo)?|sipa(?: usa)?|imago(?: "
    r"images)?|picture[ -]alliance|zuma(?: press)?|bloomberg"
    r"|unsplash|pixabay|pexels|wikimedia(?: commons)?|flickr|handout|file(?: photo)?|supplied|courtesy)"
)
_WORD = (
    r"(?:photo(?:s|graph|graphy|graphie)?|picture|image|pic|credit|foto|fotografía|fotografia|bild|grafik|abbildung|"
    r"crédit(?:s)?(?: photo)?|visuel|imagen|imagem|crédito|immagine"
    r"|beeld|fot\.|zdjęcie|zdj\.|görsel|fotoğraf|фото|写真|画像|图片|图)"
)
_CREDITS_END = re.compile(
    rf"(?:[^)]{{0,60}}\bvia\b[^)]{{2,40}}|(?:[\w.'’&-]+ ){{1,4}}?[\w.'’&-]+ ?(?:/|,|-|\|) ?{_AGENCY}(?:/[\w ]{{2,30}})?|{_WORD}(?: "
    rf"credit| courtesy| by)?(?::| by | courtesy )[^)]{{2,70}}"
    rf"|(?:file )?(?:photo|picture|image|foto|bild|fot\.|фото)(?: by| courtesy(?: of)?)? [^)]{{2,60}}|"
    rf"courtesy (?:of )?[^)]{{3,60}}|写真[:：].{{2,40}}|"
    rf"[^)]{{2,50}} (?:photo|pictures|images))"
)
_NAME = r"[^\W\d_a-z][\w.'’-]+(?: (?:[^\W\d_a-z][\w.'’-]*|al|bin|da|de|del|den|der|di|du|el|la|le|van|von)){1,4}"
_NAME_AND_HOUSE = re.compile(rf"{_NAME} ?/ ?[^\W\d_a-z][\w.&'’ -]{{1,40}}")
"""A photographer's name and the house, in the page's own capitals."""
_CAPITALS = re.compile(r"(?<= )(?:[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’-]* ){1,4}?[A-ZÀ-ÞĀ-Ž.'’-]* ?/ ?[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’ -]{2,40}$")
_AGENCY_ONLY = re.compile(rf"{_AGENCY}(?: ?/ ?{_AGENCY})?(?: (?:photo|file|pictures))?")
_PHRASE = re.compile(
    rf"(?:^|[.!?)\]|\"'-] ?|  )({_WORD}(?: credit| source| by| courtesy(?: of)?)?s? ?[:：] ?[^.:]{{2,80}}|"
    rf"(?:fot|zdj)\. [^.:,]{{3,50}}|{_WORD} (?:by|courtesy of|"
    rf"von|de|di|van) [^.:,]{{3,50}})\.?$"
)
_PHRASE_AND_HOUSE = re.compile(rf" ({_WORD}s?: ?(?:[\w.&'’ -]{{2,40}} ?/ ?[\w.&'’ -]{{2,40}}|{_AGENCY}))\.?$")
_WORD_AND_NAME = re.compile(rf"[.!?] (?:Photo|Foto|Bild|Image|Pic|Picture|Фото) {_NAME}$")
_OPENING = re.compile(
    r"\(?(?:(?:photo|picture|image)s? by [^\W\d][\w.' -]{3,40}: |file(?:d)? (?:photo|image|picture|-)|\(?files?\)|file -|"
    r"image caption|media caption|photo caption|caption:|"
    r"bildunterschrift|légende|pie de foto"
    r"|in this (?:[\w.,]+ ){0,5}?(?:photo|image|picture|frame|video grab|handout|satellite image|screen ?grab|illustration)(?:graph)?"
    r"(?: (?:taken|provided|released|made|obtained|from|distributed|supplied|issued|posted|shot|shown|dated|grab|illustration|created)\b|,? ))"
)
_NAMED_AFTER = (". photo ", ". foto ", ". bild ", ". image ", ". фото ")
_NAMED_BY = (" fot. ", " zdj. ", "photo by", "picture by", "pictures by", "image by", "photo courtesy", "foto von")
_HOUSE = re.compile(
    r"[.!?…][\"”’»)]?\s?((?:© ?)?[^\W\d_a-z][\w.&'’-]*(?: [^\W_a-z][\w.&'’-]*){0,4}(?: ?[/|] ?[^\W_][\w.&'’-]*(?: [^\W_][\w.&'’-]*){0,3}){1,3})$"
)
_AGENCY_AT_END = re.compile(rf"(?:[/|©] ?){_AGENCY}(?: ?[/|] ?[\w. ]{{2,30}})?$")
_CREDIT_CHARS = 110
_AROUND_CHARS, _HOUSE_CHARS = 260, 40
_CAPTION_CHARS = 700
_ENDS = (".", "!", "?", "…", "。", "！", "？", ":")


@dataclass(frozen=True, slots=True)
class Credited:
    """A text and at its end who took the picture: in parentheses ("(Mara Quill/Tarnport Press via AP)"), or behind a word for it ("Photo: AFP")."""

    id: str = "credit-behind"
    score: float = 0.92
    examples: tuple[Example, ...] = (
        Example("⟦The old ferry leaves Tarnport for the last time (Mara Quill/Tarnport Press via AP)⟧\n\nThe ferry left on Monday."),
        Example("⟦Fishermen mend their nets on the quay. (Mara Quill/Reuters)⟧\nThe ferry left on Monday."),
        Example("⟦Fishermen mend their nets in Tarnport (AP)⟧\nThe ferry left on Monday."),
        Example("⟦The old ferry in the harbour of Tarnport. Picture: MARA QUILL VIA REUTERS⟧\nThe ferry left on Monday."),
        Example("⟦Die alte Fähre im Hafen von Tarnport. Foto: dpa⟧\nAm Montag fuhr sie zum letzten Mal."),
        Example("⟦Im Hafen liegt die Fähre, die keiner mehr braucht.Bild: Mara Quill/picture alliance⟧\nAm Montag fuhr sie zum letzten Mal."),
        Example("⟦Die Fähre an ihrem letzten Tag © Gemeinde Tarnport⟧\nAm Montag fuhr sie ab."),
        Example("⟦Il traghetto nel porto di Tarnport (foto Quill)⟧\nIl traghetto è partito lunedì."),
        Example("⟦The ferry as it was painted in 1931. (Courtesy of Mara Quill)⟧\nThe ferry left on Monday."),
        Example("⟦最後の船が桟橋を離れるところを見送る島の人々（写真：朝日丸）⟧\n船は月曜日に出た。"),
        Example("The ferry left on Monday, and the crew was paid until the end of the year. (AP)\nIt will not come back."),
        Example("Die Fähre fuhr am Montag zum letzten Mal, sagte die Reederei. (dpa/lnw)"),
        Example("He showed a photo: the ferry on its last day, with all its flags"),
        Example("She asked for a photo by the sea, and the crew agreed."),
        Example("⟦Islanders wave as the ferry leaves. (Mara el Quill/TBC)⟧\nThe ferry left on Monday."),
        Example("⟦Die Reederei feiert den letzten Tag Foto: Tarnpress/Mara Quill⟧\nAm Montag fuhr sie ab."),
        Example("The fare rose (the second time this year)"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        blocks = page.blocks
        found = [i for i, last in enumerate(page.endings) if last in ")）" and _may_be_caption(blocks[i]) and _credit_in_parentheses(page, blocks[i])]
        for sign, check in ((":", _has_phrase), ("©", _has_sign)):
            found += [i for i in page.holding(sign) if page.endings[i] not in ")）" and _may_be_caption(blocks[i]) and check(page, blocks[i])]
        for index in found:
            yield Hit(blocks[index].start, blocks[index].end)


@dataclass(frozen=True, slots=True)
class Named:
    """A text and at its end who took the picture, without a colon ("Picture by Mara Quill")."""

    id: str = "name-behind"
    keywords: tuple[str, ...] = (*_NAMED_BY, *_NAMED_AFTER)
    score: float = 0.92
    examples: tuple[Example, ...] = (
        Example("⟦The ferry on its last day. — Picture by Mara Quill⟧\nThe ferry left on Monday."),
        Example("⟦Prom na nabrzeżu w Tarnport. Fot. Mara Quill⟧\nProm odpłynął w poniedziałek."),
        Example("⟦The ferry in use. Photo Mara Quill⟧\nThe ferry left on Monday."),
        Example("She asked for a photo by the sea, and the crew agreed."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        named = {index for phrase in _NAMED_BY for index in page.holding(phrase)}
        for block in (page.blocks[index] for index in named if page.endings[index] not in ")）"):
            if _may_be_caption(block) and _has_phrase(page, block):
                yield Hit(block.start, block.end)
        for index in {index for phrase in _NAMED_AFTER for index in page.holding(phrase)} - named:
            block = page.blocks[index]
            if _may_be_caption(block) and _WORD_AND_NAME.search(page.text, max(block.start, block.end - _CREDIT_CHARS), block.end):
                yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class InCapitals:
    """A sentence and behind it in capitals who took the picture, and for whom ("MARA QUILL / THE TARNPORT PRESS")."""

    id: str = "capitals-behind"
    keywords: tuple[str, ...] = ("/",)
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example("⟦The ferry on its last day. MARA QUILL / THE TARNPORT PRESS⟧\nThe ferry left on Monday."),
        Example("⟦Islanders wave from the quay MARA QUILL/STAFF⟧\nThe ferry left on Monday."),
        Example("The ferry carries the letters TRN/PRS on its bow, and nobody knows why."),
        Example("BREAKING NEWS / WEATHER\nThe ferry left on Monday."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        for index in page.holding("/"):
            block = page.blocks[index]
            if _may_be_caption(block):
                found = _CAPITALS.search(page.text, max(block.start + 12, block.end - _CREDIT_CHARS), block.end)
                if found and not page.text[block.start : found.start()].isupper():
                    yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class HouseBehind:
    """A sentence and behind it, often without a blank, a photographer's name and an agency's ("... in 2024.Mara Quill / Getty Images")."""

    id: str = "house-behind"
    keywords: tuple[str, ...] = ("/", "|")
    score: float = 0.9
    examples: tuple[Example, ...] = (
        Example("⟦The ferry on its last day.Mara Quill / Getty Images⟧\nThe ferry left on Monday."),
        Example("⟦Islanders wave after the last trip. Mara Quill/Tarnfoto/Getty Images⟧\nThe ferry left on Monday."),
        Example("⟦Die Fähre soll verkauft werden. © AFP | HANDOUT⟧\nAm Montag fuhr sie ab."),
        Example("The ferry left on Monday.He said so/she said so\nThe ferry left on Monday. Read more at Quay/Tide"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        for index in sorted({index for sign in self.keywords for index in page.holding(sign)}):
            block = page.blocks[index]
            if _may_be_caption(block):
                found = _HOUSE.search(page.text, max(block.start + 12, block.end - _CREDIT_CHARS), block.end)
                if found and _AGENCY_AT_END.search(page.folded, found.start(1), block.end):
                    yield Hit(block.start, block.end)


@dataclass(frozen=True, slots=True)
class HouseAround:
    """A line that begins with a house or an agency and ends with the same, glued to what the picture shows ("Tarnfoto The ferryTarnfoto")."""

    id: str = "house-around"
    score: float = 0.88
    examples: tuple[Example, ...] = (
        Example("Island votes for a second ferry\n⟦Getty Images The old ferry at the quayGetty Images⟧\nThe island voted on Tuesday."),
        Example("Island votes for a second ferry\n⟦Tarnfoto Islanders on the quayTarnfoto⟧\nThe island voted on Tuesday."),
        Example("Row, row, said the captain of the Row\nHarbour men mend the Harbour"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        text = page.text
        for index, last in enumerate(page.endings):
            if not last.isalnum():
                continue
            start, end = page.blocks[index][:2]
            if (
                not 15 <= end - start <= _AROUND_CHARS
                or not text[start].isupper()
                or text.find(text[start : start + 2], max(start + 2, end - _HOUSE_CHARS), end) < 0
            ):
                continue
            words = text[start : start + _HOUSE_CHARS].split(" ")
            for count in (1, 2, 3):
                house = " ".join(words[:count])
                at = end - len(house)
                if (
                    len(words) > count
                    and at > start + len(house) + 5
                    and text[at - 1].isalnum()
                    and house[:1].isupper()
                    and text.startswith(house, at)
                ):
                    yield Hit(start, end)
                    break


def _may_be_caption(block: Block) -> bool:
    return 15 <= block.end - block.start <= _CAPTION_CHARS and not block.level and not block.lead


def _credit_in_parentheses(page: Lines, block: Block) -> bool:
    at = page.folded.rfind("(" if page.text[block.end - 1] == ")" else "（", max(block.start, block.end - _CREDIT_CHARS), block.end)
    if at < block.start + 12:
        return False
    inner = page.folded[at + 1 : block.end - 1].strip()
    before = page.text[block.start : at].rstrip()
    if _AGENCY_ONLY.fullmatch(inner):
        return not before.endswith(_ENDS) and not before.endswith(('"', "”", "»")) and len(before) < 250
    if _NAME_AND_HOUSE.fullmatch(page.text, at + 1, block.end - 1):
        return True
    return bool(_CREDITS_END.fullmatch(inner)) and page.text[at + 1].isupper() | (
        inner.startswith(("photo", "foto", "bild", "image", "file", "picture", "courtesy", "fot.", "写真"))
    )


def _has_phrase(page: Lines, block: Block) -> bool:
    tail = max(block.start, block.end - _CREDIT_CHARS)
    found = _PHRASE.search(page.folded, tail, block.end) or _PHRASE_AND_HOUSE.search(page.folded, tail, block.end)
    if found is None or found.start(1) <= block.start + 8:
        return False
    first = page.text[found.start(1)]
    return first.isupper() or first > "\u0fff"


def _has_sign(page: Lines, block: Block) -> bool:
    at = page.text.rfind("©", max(block.start, block.end - 70), block.end)
    if at < block.start + 12 or page.text[at - 1].isalnum() or page.text[at - 1] >= "\u0080" or page.text[block.start : at].rstrip().endswith(_ENDS):
        return False
    name = page.folded[at + 1 : block.end].strip()
    return len(name) > 1 and not any(c.isdigit() for c in name) and "rights" not in name and page.text.count("©", block.start, block.end) == 1


@dataclass(frozen=True, slots=True)
class Announced:
    """A text that begins as captions of news agencies do ("In this photo taken on Monday and provided by ...", "FILE PHOTO: ...")."""

    id: str = "photo-announced"
    keywords: tuple[str, ...] = ("file", "in this ", "caption", "unterschrift", "légende", "pie de foto", " by ")
    score: float = 0.93
    examples: tuple[Example, ...] = (
        Example(
            "⟦In this photo taken on March 3, 2022 and provided by the Tarnport Port Office, the old ferry leaves the quay.⟧\nThe "
            "ferry left on Monday."
        ),
        Example("⟦FILE PHOTO: The old ferry in Tarnport, March 3, 2022. REUTERS/Mara Quill⟧\nThe ferry left on Monday."),
        Example("⟦FILE - The old ferry leaves Tarnport, in a picture of March 2022. (Mara Quill, File)⟧"),
        Example("⟦In this image made from video, the ferry's captain waves to the⟧\nThe ferry left on Monday."),
        Example("⟦Photo by Mara Quill: the ferry on its last day⟧\nThe ferry left on Monday."),
        Example("⟦Image caption, The ferry on its last day⟧"),
        Example("File your tax by Monday, the office says."),
        Example("In this photo she looks happy, her sister says, and nobody asks her why."),
        Example('"In this picture taken on the quay," he said, "you see my father."'),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        folded = page.folded
        for block in page.blocks:
            if folded[block.start] not in "(filmcbp" or block.end - block.start > 1200:
                continue
            found = _OPENING.match(folded, block.start, block.end)
            if found and (not found.group().startswith("in this") or not found.group().endswith((" ", ","))):
                yield Hit(block.start, block.end)


RULE_SET = RuleSet(
    name="captions",
    kind=Kind.CAPTION,
    marks="The texts under pictures: known by the credit at their end or by how agencies begin them.",
    why="It describes a picture that isn't there.",
    misses="Captions that read like a sentence of the story and have no credit.",
    rules=(Credited(), Named(), InCapitals(), Announced(), HouseBehind(), HouseAround()),
)
