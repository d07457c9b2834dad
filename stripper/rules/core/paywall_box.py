"""What stands around lines that offer a subscription: the rest of their box, and buttons in the bar at the top of a page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from stripper.rules.base import Example, Lines, RuleSet
from stripper.rules.boxes import block_at, blocks_of, groups
from stripper.types import Hit, Kind, Mark

_OFFER, _BUTTON = 0.85, 0.8
"""How sure a mark must be to be an offer; buttons and names of services are less sure, and make no box by themselves."""
_BRIDGE = 3
"""Most lines between two of a box."""
_BETWEEN_CHARS = 220
_PITCH_CHARS = 800
"""A longer paragraph between two of a box belongs to it where it speaks to the reader."""
_YOU = re.compile(
    r"(?<!\w)(?:you|your|yours|sie|ihr|ihre[mnr]?|ihnen|du|dein\w{0,2}|dich|dir|vous|votre|vos|tu|tus|te|usted|su|sus|você|seu|sua|voi|vostr\w|tuo|tua|ti"
    r"|je|jij|jouw|u|uw|ty|ci|twój|twoje|twoim|siz|sizin|size|вы|вас|вам|ваш\w{0,3})(?!\w)"
)
_TITLE_CHARS = 40
_MORE_CHARS = 40
_ITEMS_SHARE = 4
"""A list of which one item in so many is an offer is one of what subscribers get."""
_PLAN, _OFTEN = (" plan ", " plans", "pricing", " tarif", " planes", " piani"), 12
"""A page that names plans more often is about them."""
_NOT_THERE = frozenset(
    {Kind.NAVIGATION, Kind.BREADCRUMB, Kind.SHARE, Kind.TOPICS, Kind.COPYRIGHT, Kind.COOKIE, Kind.PAGINATION, Kind.AUTHOR_BIO, Kind.LOGIN}
)
"""Kinds of lines that a box doesn't hold."""
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "。")
_MORE = re.compile(
    r"(?:learn|find out|read|see|show) more|more info(?:rmation)?|details"
    r"|(?:jetzt |hier )?mehr (?:erfahren|infos?|informationen)(?: .{2,20})?[.]?"
    r"|en savoir plus|(?:je )?découvr(?:e|ir)|(?:saber|conoce|ver) más|más información|saiba mais|scopri di più|meer (?:info|informatie|weten)"
    r"|lees meer|dowiedz się więcej|daha fazla(?: bilgi)?|подробнее|узнать больше|läs mer|læs mere|les mer|詳しくは?(?:こちら)?|もっと見る|了解更多"
    r"|or|oder|ou|o|of|lub|veya|или|view (?:more )?(?:offers|options)|continue|weiter|continuer|no,? thanks|not now|maybe later|thank you[.!]?"
)
"""Lines that lead on from an offer, or away."""
_CALL = re.compile(
    r"(?:(?:subscribe|join) (?:for|from) [^ ]{1,8}(?: ?(?:/|a|per) ?(?:week|month|year))?"
    r"|subscribe(?: now| today)?|subscription|renew|redeem|donate(?: now)?|join now|become (?:a )?member|(?:start )?(?:a |your )?free trial"
    r"|s'abonner|je m'abonne|abonnez-vous|faire un don|(?:jetzt )?abonnieren|abo|(?:zu den )?abos|abonnement(?: abo)?|abo (?:testen|kaufen)|spenden?"
    r"|suscríbete|suscribirse|suscribite|hazte socio|assine(?: já)?|assinar|abbonati|abbonamenti|abonneer|abonneren|word (?:lid|abonnee)|steun ons"
    r"|subskrybuj|prenumerata|wesprzyj nas|abone ol|подписаться|подписка|поддержать|購読(?:する)?|有料会員登録|订阅|訂閱|구독하기?"
    r"|(?:køb|kjøp|bestil) abonnement|bli (?:medlem|abonnent)|prenumerera|köp plus|kjøp pluss!?)"
)
"""Calls to subscribe or to give, as the bar at the top of a page has them."""
_BAR_LINES = 120


@dataclass(frozen=True, slots=True)
class Box:
    """Offers that stand near each other, the lines between them, the name above, the list that holds several, and what leads on from them."""

    id: str = "box"
    score: float = 0.98
    examples: tuple[Example, ...] = (
        Example(
            "The vote is on Monday.\n⟦This story is for subscribers only\nEnjoy the stories of the coast, from Tarn to Oldquay.\n"
            "• Unlimited access to every story\n• The puzzle book\n• Ad-free reading on all devices\n• Letters from Mara Quill\nSubscribe now⟧\n"
            "The ferry sails in May."
        ),
        Example(
            "Der Rat tagt am Montag.\n⟦Werbefrei lesen mit Bote Plus\nUnbegrenzt alle Inhalte, jederzeit kündbar.\nMehr erfahren⟧\n"
            "Die Fähre fährt ab Mai."
        ),
        Example("The vote is on Monday.\nSubscribe\nThe ferry sails in May.\nDonate\nThe mill is shut."),
        Example(
            "The vote is on Monday.\nThis story is for subscribers only\n"
            "The council met for nine hours, and when it rose at midnight nothing had been decided but that it would meet again, that the mill would "
            "stay shut until then, and that the town would pay for the candles, of which forty had burnt.\nCancel anytime.\nThe ferry sails in May."
        ),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks."""
        likely = [mark for mark in marks if mark.kind is Kind.PAYWALL and mark.score >= _BUTTON]
        if not any(mark.score >= _OFFER for mark in likely) or sum(map(page.folded.count, _PLAN)) > _OFTEN:
            return
        offers = {block_at(page, mark.start): mark.score >= _OFFER for mark in sorted(likely, key=lambda mark: mark.score)}
        others = blocks_of(page, marks, _NOT_THERE)
        offers = {index: sure for index, sure in offers.items() if sure or index not in others}  # a menu's buttons are in no box
        found: set[int] = set()
        for box in groups(offers, others, _BRIDGE, partial(_is_between, page)):
            if len(box) > 1 and any(offers[index] for index in box):
                found.update(range(box[0], box[-1] + 1))
                found.update(_title(page, box, others))
        found.update(index for index in _items(page, offers, others))
        found.update(index + 1 for index in offers | dict.fromkeys(found, True) if _leads_on(page, index + 1, offers.get(index, True), others))
        for index in found:
            yield Hit(page.blocks[index].start, page.blocks[index].end)


def _is_between(page: Lines, index: int, lines: int) -> bool:
    size = page.size(index)
    if size <= _BETWEEN_CHARS:
        return True
    return lines == 1 and size <= _PITCH_CHARS and len(_YOU.findall(page.folded, page.blocks[index].start, page.blocks[index].end)) > 1


def _title(page: Lines, box: Sequence[int], others: set[int]) -> Iterator[int]:
    """The site's name above a box of three and more."""
    above = box[0] - 1
    if len(box) < 3 or above < 0 or above in others or page.size(above) > _TITLE_CHARS:
        return
    name = page.folded[page.blocks[above].start : page.blocks[above].end]
    if not name.endswith(_SENTENCE_ENDS) and (page.folded.count(name) > 2 or name.endswith(("+", " plus", " premium"))):
        yield above


def _items(page: Lines, offers: dict[int, bool], others: set[int]) -> Iterator[int]:
    """The items of lists that hold several offers, and of those under a paragraph that is one."""
    done = -1
    for index in sorted(offers):
        if index <= done or not offers[index]:
            continue
        if page.blocks[index].lead == 0:
            if page.size(index) > _BETWEEN_CHARS // 2:
                yield from itertools.takewhile(lambda at: _is_told(page, at, others), range(index + 1, len(page.blocks)))
            continue
        if not _is_item(page, index, others):
            continue
        first = done = index
        while first and _is_item(page, first - 1, others):
            first -= 1
        while done + 1 < len(page.blocks) and _is_item(page, done + 1, others):
            done += 1
        held = sum(offers.get(at, False) for at in range(first, done + 1))
        if held > 1 and _ITEMS_SHARE * held >= done + 1 - first:
            yield from range(first, done + 1)


def _is_item(page: Lines, index: int, others: set[int]) -> bool:
    return page.blocks[index].lead > 0 and page.size(index) <= _BETWEEN_CHARS and index not in others


def _is_told(page: Lines, index: int, others: set[int]) -> bool:
    """Whether an item is no label of a menu."""
    return _is_item(page, index, others) and page.size(index) > _MORE_CHARS


def _leads_on(page: Lines, index: int, offered: bool, others: set[int]) -> bool:
    if not offered or index >= len(page.blocks) or page.size(index) > _MORE_CHARS or index in others:
        return False
    return bool(_MORE.fullmatch(page.folded[page.blocks[index].start : page.blocks[index].end].strip(" |·•»›→:>")))


@dataclass(frozen=True, slots=True)
class Call:
    """A call to subscribe or to give in the bar at the top of a page, whatever stands around it."""

    id: str = "call-in-bar"
    score: float = 0.98
    examples: tuple[Example, ...] = (
        Example(
            "News\nSport\n⟦Subscribe⟧\nWeather\nThe harbour stays shut\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\nSubscribe"
        ),
        Example("Actualité\n⟦S'abonner⟧\nSport\nLe port reste fermé"),
        Example("• Nyheder\n⟦• Køb abonnement⟧\n• Sport\nHavnen er lukket"),
        Example("Subscribe to the belief that all will be well"),
    )

    def extend(self, page: Lines, marks: Sequence[Mark]) -> Iterator[Hit]:
        """Hits on whole blocks above the story; among the context rules, so that no box is built on them."""
        last = min(_BAR_LINES, page.story[0] if page.story else _BAR_LINES)
        for index in {block_at(page, mark.start) for mark in marks if mark.kind is Kind.PAYWALL}:
            line = page.short.get(index, "") if index < last else ""
            if 0 < len(line) <= _MORE_CHARS and _CALL.fullmatch(line.strip(" |·•»›→:>")):
                yield Hit(page.blocks[index].start, page.blocks[index].end)


RULE_SET = RuleSet(
    name="paywall-box",
    kind=Kind.PAYWALL,
    marks="The rest of a box around lines that offer a subscription: its name, benefits and buttons; and calls to subscribe at the top of a page.",
    why="It sells access to the site; the story goes on without it.",
    misses="Boxes of which only one line is known.",
    rules=(Box(), Call()),
)
