"""The box of a newsletter's form: around a line that another rule knows, its title, its promise, its fields and its button."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stripper.rules.base import Example, Lines, RuleSet
from stripper.rules.boxes import any_near, blocks_of, groups
from stripper.types import Block, Hit, Kind, Mark

_FORM = re.compile(
    r"(?:your |enter your |votre |ihre |deine |tu |il tuo |seu |je |uw )?"
    r"(?:e-?mail(?:[- ]?address|adresse|adres)?|adresse e-?mail|correo(?: electrónico)?|name|first name|last name)"
    r"|(?:subscribe|sign[ -]?up|join|submit|register|send|go|i'm in|count me in)(?: now| today| here| for free| free)?"
    r"|(?:jetzt )?(?:abonnieren|anmelden|bestellen|eintragen)|(?:s'inscrire|je m'inscris|je m'abonne|s'abonner|valider)"
    r"|(?:suscribirme|suscribirse|suscríbete|apuntarme)|(?:iscriviti|inscrever-se|inscreva-se|quero receber|aanmelden|inschrijven)"
    r"|(?:zapisz się|zapisuję się|подписаться|kaydol|abone ol|prenumerera|tilmeld|meld på)"
    r"|(?:thank you|thanks|danke|merci|gracias|obrigado|grazie|bedankt|dziękujemy|спасибо|teşekkürler)[!.]?"
    r"|no,? thanks|loading(?: animation|\.{3})?"
    r"|(?:e-?mail|name|first name|last name) ?\(?(?:required|\*)\)?"
)
"""A field or a button alone, which a login, a shop or a paywall may hold as well: the box decides."""
_FIRST = (
    r"(?:an?|our|the|one|two|three|four|five|six|seven|ten|\d{1,2}|your|all|my|unsere?|die|das|le|la|les|nos|notre"
    r"|el|las|los|nuestr[oa]s?|il|i|le nostre|de|het|onze)"
)
_WHAT = (
    r"(?:notes?|letters?|e-?mails?|stor(?:y|ies)|reads?|digest|round-?up|news|briefing|headlines|picks?|guide|essays?|recipes?|dispatch(?:es)?"
    r"|summary|best|updates?|brief|themen|geschichten|nachrichten|lettre|histoires|infos|nouvelles|noticias|historias|notizie|storie"
    r"|verhalen|nieuws|verhaal)"
)
_HOW_OFTEN = (
    r"(?:every (?:\w{1,10} )?(?:\w+day|day|morning|evening|week|weekend|month)|each (?:\w+day|day|morning|week|month)|daily|weekly|monthly"
    r"|(?:once|twice) a (?:week|month)|jeden (?:tag|morgen|\w+tag)|täglich|wöchentlich|chaque (?:jour|matin|soir|semaine)"
    r"|cada (?:día|mañana|semana)|ogni (?:giorno|mattina|settimana)|elke (?:dag|ochtend|week))"
)
_PROMISE = re.compile(rf"{_FIRST}(?: [\w'-]{{1,20}}){{0,5}} {_WHAT}\b[^\"]{{0,90}}?\b{_HOW_OFTEN}\b")
"""What comes and how often: "A short note every Friday with what happened"."""
_BELOW = re.compile(
    r"(?:receive|get|stay|keep|sign up|join|be the first|a (?:daily|weekly|monthly)|our (?:daily|weekly|monthly|best|latest)|the (?:best|latest)"
    r"|erhalten|bleiben|das wichtigste|die wichtigsten|recevez|restez|chaque|recibe|mantente|cada|lo mejor|receba|fique|ricevi|resta"
    r"|ogni|il meglio|ontvang|blijf|elke|het beste|otrzymuj|bądź|najważniejsze|получайте|главное|лучшее|her (?:gün|hafta|sabah))(?!\w)"
)
"""How the promise begins that stands under a newsletter's name."""
_NAME_CHARS = 60
_FORM_CHARS = 40
_PROMISE_CHARS = 160
_TITLE_CHARS = 50
_KNOWN_CHARS = 120
"""A longer line that names a newsletter is a paragraph: nothing around it is a form."""
_BRIDGE, _BETWEEN_CHARS = 2, 180
"""Most lines between two of a form, and their characters."""
_NOT_THERE = frozenset({Kind.BREADCRUMB, Kind.SHARE, Kind.TOPICS, Kind.COPYRIGHT, Kind.COOKIE, Kind.PAGINATION, Kind.PAYWALL, Kind.COMMENTS})
"""Kinds of lines that a form doesn't hold."""
_CONSENT = re.compile(
    r"by (?:signing up|subscribing|submitting|entering|providing)|mit (?:meiner|der|ihrer) anmeldung|en vous inscrivant|al suscribirte|iscrivendoti"
    r"|door (?:je|u) (?:aan|in)|zapisując się|нажимая|you (?:can|may) unsubscribe|unsubscribe at"
)
"""What stands under the name and the promise of a newsletter, inside a story."""
_LINE_CHARS = 130
_NEAR = 3
"""Most fields and buttons on one side of a line."""
_EDGE = " |·•*»›→:!.()[]\"'"
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "。")


class Box:
    """Lines beside a newsletter's mark: fields and buttons on both sides, and before them a promise with its title."""

    id = "box"
    score = 0.97
    examples = (
        Example(
            "The vote is on Monday.\n⟦The Harbour Note\nA short letter every Friday, with a recipe.⟧\n"
            "Enter your email\n⟦Subscribe⟧\nThe ferry sails in May."
        ),
        Example(
            "The vote is on Monday, and the council is divided, as it has been since the flood took the mill and the road with it.\n"
            "⟦Harbour Inside, by Mara Quill\nBehind the scenes of the port: sharp, short, and never late.⟧\n"
            "By signing up for our newsletter you agree to our terms.\nThe ferry sails in May."
        ),
        Example(
            "The vote is on Monday.\n⟦Sign up for our weekly newsletter with stories from the coast\nWe will write to you soon\n"
            "Thank you for subscribing!⟧\nThe ferry sails in May."
        ),
        Example("The vote is on Monday.\nJoin our newsletter\n⟦Stay ahead of the tide with a note from the harbour.⟧\nThe ferry sails in May."),
        Example("De raad vergadert maandag.\nSchrijf je in voor onze nieuwsbrief\n⟦Aanmelden⟧\nHet veer vaart weer in mei."),
        Example("The vote is on Monday.\nSign up for our weekly newsletter\n⟦Email⟧\nThe ferry sails in May."),
        Example("A short letter came every Friday, with a recipe.\nSubscribe\nThe ferry sails in May."),
        Example("The ferry sails every day at noon.\nSign up for our weekly newsletter\nThe vote is on Monday."),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        known = blocks_of(page, marks, (Kind.NEWSLETTER,))
        if not known:
            return
        found: set[int] = set()
        for index in known:
            if page.size(index) <= _KNOWN_CHARS:
                found.update(_below(page, index), _above(page, index))
            if page.size(index) <= _NAME_CHARS and _is_told_below(page, index + 1):
                found.add(index + 1)
            found.update(_over_consent(page, index))
        near = known - blocks_of(page, marks, (Kind.NAVIGATION,)) if any_near(known, _BRIDGE) else set()
        others = blocks_of(page, marks, _NOT_THERE) if any_near(near, _BRIDGE) else set()
        for group in groups(near, others, _BRIDGE, lambda at, lines: page.size(at) <= _BETWEEN_CHARS):
            if len(group) > 1 and any(page.size(index) > _FORM_CHARS for index in group):
                found.update(range(group[0], group[-1] + 1))
                known.difference_update(group)
        for index in found - known:
            yield Hit(page.blocks[index].start, page.blocks[index].end)


def _is_told_below(page: Lines, index: int) -> bool:
    if index >= len(page.blocks) or page.size(index) > _PROMISE_CHARS:
        return False
    block = page.blocks[index]
    return bool(_BELOW.match(page.folded, block.start, block.end))


def _over_consent(page: Lines, index: int) -> Iterator[int]:
    """The name and the promise above a line by which readers agree to a newsletter."""
    block = page.blocks[index]
    if index < 2 or not _CONSENT.match(page.folded, block.start + block.lead, block.end):
        return
    promise, title = page.blocks[index - 1], page.blocks[index - 2]
    if promise.end - promise.start <= _LINE_CHARS and title.end - title.start <= _LINE_CHARS // 2 and _is_title(page, title, _LINE_CHARS // 2):
        yield from (index - 1, index - 2)


def _below(page: Lines, index: int) -> Iterator[int]:
    for at in range(index + 1, min(index + 1 + _NEAR, len(page.blocks))):
        if not _is_form(page, page.blocks[at]):
            return
        yield at


def _above(page: Lines, index: int) -> Iterator[int]:
    at = index - 1
    while at >= max(0, index - _NEAR) and _is_form(page, page.blocks[at]):
        yield at
        at -= 1
    if at >= 0 and _is_promise(page, page.blocks[at]):
        yield at
        if at and _is_title(page, page.blocks[at - 1]):
            yield at - 1


def _is_form(page: Lines, block: Block) -> bool:
    return block.lead == 0 and block.end - block.start <= _FORM_CHARS and bool(_FORM.fullmatch(page.folded[block.start : block.end].strip(_EDGE)))


def _is_promise(page: Lines, block: Block) -> bool:
    return block.end - block.start <= _PROMISE_CHARS and bool(_PROMISE.match(page.folded, block.start, block.end))


def _is_title(page: Lines, block: Block, limit: int = _TITLE_CHARS) -> bool:
    return block.end - block.start <= limit and not page.text.endswith(_SENTENCE_ENDS, block.start, block.end)


RULE_SET = RuleSet(
    name="newsletter-box",
    kind=Kind.NEWSLETTER,
    marks="The title, the promise, the fields and the button of a newsletter's form, beside a line that names the newsletter.",
    why="It collects addresses for mailings; it tells nothing of the story.",
    misses="Boxes of which no line is known, and promises that don't say how often.",
    rules=(Box(),),
)
