"""Tables of subscription plans: the rhythm of name, price, period and saving, and the list of benefits under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_SIGNS = "$€£¥₹₽₺₩₪₫₱฿₦₴円元"
_PRICE_IN = re.compile(
    rf"[{_SIGNS}]|(?<=\d )(?:usd|eur|gbp|inr|chf|sek|nok|dkk|pln|zł|kč|руб|tl|kr)(?!\w)|(?<!\w)(?:usd|eur|gbp|inr|chf|rs\.?) ?(?=\d)"
)
_PRICE_ENDS = frozenset(_SIGNS + "0123456789*月年")
_PRICE_BEGINS = frozenset(_SIGNS + "0123456789")
_EACH_END_WORDS = "month year week mo yr day ly monat jahr woche mois an semaine mes mês mese anno año ano maand jaar kr zł kč tl"
_EACH_ENDS = tuple(_EACH_END_WORDS.split())
_CURRENCY = rf"(?:(?:us|[acrs]|nz|hk)?[{_SIGNS}]|(?:usd|eur|gbp|inr|chf|sek|nok|dkk|pln|zł|kč|rs\.?|руб\.?|tl|kr\.?|ft)(?!\w))"
_UNIT = (
    r"(?:months?|mo|years?|yr|weeks?|wk|days?|annum|quarter|monate?n?|jahre?n?|wochen?|tage?|mois|ans?|semaines?|mes(?:es)?|años?|semanas?|mês|anos?"
    r"|mes[ei]|ann[oi]|settiman[ae]|maand(?:en)?|jaar|weken|week|miesi[ąę]c[ey]?|rok|lata?|ay|yıl|hafta|месяц(?:а|ев)?|год|года|лет|か月|ヶ月|个月|月|年)"
)
_EACH = (
    rf"(?:(?:/|per |a |an |every |pro |im |par |al |por |ao |na |за |в |od )\s?{_UNIT}(?!\w)|(?:per )?(?:monthly|yearly|weekly|"
    rf"annually|monatlich|jährlich))"
)
_AMOUNT = r"\d[\d.,']{0,11}(?: \d{3}){0,2}(?:,-)?"
_PRICE = re.compile(
    rf"(?:(?:only|just|from|now|nur|ab|dès|desde|da|od|was|then) )?(?:{_CURRENCY} ?{_AMOUNT}|{_AMOUNT} ?{_CURRENCY})\*{{0,2}}(?: ?{_EACH})?"
    rf"(?: (?:for|für|pour|por|per|voor) (?:the first |your first |die ersten |les )?(?:\d{{1,2}} )?{_UNIT})?\*{{0,2}}"
)
_PERIOD = re.compile(rf"(?:(?:\d{{1,3}}|one|two|three|six|ein|drei|un|trois|uno|tre)[ -]?{_UNIT}(?: (?:plan|access|abo))?|{_EACH})\*{{0,2}}")
_SAVING = re.compile(
    r"(?:save|you save|sie sparen|spare|sparen|économisez|ahorra|ahorre|poupe|economize|risparmi|risparmia|bespaar|oszczędzasz|oszczędź|скидка|-)? ?"
    r"(?:up to |bis zu )?\d{1,2} ?%(?: off| discount| rabatt| sparen| de réduction| de descuento| desconto| di sconto| korting| taniej| indirim)?"
)
_TERMS = re.compile(
    r"(?:\*?(?:auto[- ]?)?renews?[ .]|cancel any ?time|cancel at any|billed |recurring |jederzeit kündbar|monatlich kündbar|"
    r"verlängert sich|sans engagement|résili"
    r"|cancela cuando|cancele quando|disdici|opzegbaar|anuluj|istediğin(?:iz)? zaman iptal|отмен|随时取消|いつでも解約)"
)
_BUTTON = re.compile(
    r"(?:subscribe|abonnieren|abonnez|s'abonner|suscr[ií]b|assin[ea]|abbonati|abonneer|abone ol|subskrybuj|prenumer|wykup|подпис|"
    r"订阅|購読|start (?:your )?free trial"
    r"|choose (?:this |your )?plan|select (?:this )?plan|jetzt (?:abonnieren|testen|bestellen)|zum angebot|j'en profite)"
)
_BENEFITS = re.compile(
    r"(?:includ|benefit|what you get|what's in|you(?:'ll| will) get|why subscribe|subscri|unlimited|all plans|vorteile|inklusive|"
    r"enthalten|ihr abo|avantages|inclus|ventajas"
    r"|incluye|vantagens|inclui|vantaggi|comprende|voordelen|korzyści|avantaj|преимущества|включ|权益|特典)"
)
_STEM_WORDS = "subscri abonn abo, abo. abos monatsabo jahresabo renew cancel kündb suscri assin abbon подпис 订阅 購読 prenumer membership"
_STEMS = (*_STEM_WORDS.split(), "free trial", "your plan")
_TICK = "✓✔☑✅"
_PLAN = (" plan", " tarif", " forfait", " piani", " plano", "abonnementen", "тариф", "プラン", "套餐")
_FEW, _OFTEN = 2, 10
"""A page of more tables, or one that names plans more often, is about plans: they are its content."""
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_NAME_CHARS = 60
_HEADING_CHARS = 110
_PLAIN_GAP = 3
"""Most other lines, no bullets, between two signals of one table."""
_AROUND = 40
"""Blocks looked at before and after a price."""
_GAP = 10
"""Most lines of any kind between them."""


@dataclass(frozen=True, slots=True)
class Plans:
    """Prices in short lines near each other, where something tells of a subscription, and the names, footnotes and benefits around them."""

    id: str = "plan-table"
    keywords: tuple[str, ...] = _STEMS
    score: float = 0.96
    examples: tuple[Example, ...] = (
        Example(
            "The bridge opens in May.\n⟦*Subscribe to the Tarnport Courier and read every edition\nCourier Light\n£12\n3 Months\n"
            "£4/Month\nSAVE 20%\n"
            "Courier Full\n£40\n1 Year\n£3.33/Month\nSAVE 35%\n*The puzzle book is sent in the second year\nSubscribe\nRenews "
            "automatically, cancel anytime\n"
            "What your subscription includes\nMorning letter\n  • Ten stories that matter, before seven\nArchive\n  • Every page "
            "since 1931⟧\nMore from Tarnport"
        ),
        Example(
            "Der Rat vertagte sich.\n⟦Monatsabo\n9,90 €\npro Monat\nJetzt abonnieren\nJahresabo\n99 €\n12 Monate\nSie sparen 16%\n"
            "Jederzeit kündbar⟧\nMehr aus der Region folgt hier im Text."
        ),
        Example(
            "Il sindaco ha rinviato la decisione.\n⟦Mensile\n€ 7,99\nal mese\nAnnuale\n€ 69\n1 anno\nRisparmia 28%\nAbbonati⟧\nLa "
            "seduta riprende lunedì mattina."
        ),
        Example(
            "The vote is on Monday.\n⟦Choose your plan\nDigital\n$2 per week\n• Unlimited stories\n• The app\nPrint + Digital\n$5 "
            "per week\n• Home delivery\n"
            "Start your free trial⟧\nThe council met again on Tuesday."
        ),
        Example("Prices at the market were up.\nEggs\n€4.20\nButter\n€3.10\nSave 10%\nBread\n€2.80\nThe baker blamed the price of flour."),
        Example("Single ticket\n£3.20\nDay pass\n£9\nMonthly pass\n£70 per month\nThe fares rise in May, the harbour ferry company said."),
        Example("The paper costs £4 a month, and its readers may cancel anytime, the court heard. A year is £40."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks; unsure on a page about plans."""
        near = _near_prices(page)
        if not any(_PRICE.fullmatch(_core(page, page.blocks[index])) for index in near.intersection(page.numbered)):
            return
        lines = [_core(page, block) if index in near else "" for index, block in enumerate(page.blocks)]
        signals = [_signal(line) for line in lines]
        tables = list(_tables(page, lines, signals))
        score = UNSURE if len(tables) > _FEW or (tables and sum(map(page.folded.count, _PLAN)) > _OFTEN) else None
        for first, last in tables:
            first, last = _with_heading(page, lines, first), _with_benefits(page, lines, last)
            for block in page.blocks[first : last + 1]:
                yield Hit(block.start, block.end, score)


def _near_prices(page: Lines) -> set[int]:
    """Indices of the blocks around short lines that hold a price and begin or end as prices do."""
    near: set[int] = set()
    for index, line in page.numbered.items():
        if (line[-1] in _PRICE_ENDS or line[0] in _PRICE_BEGINS or line.endswith(_EACH_ENDS)) and _PRICE_IN.search(line):
            near.update(range(max(0, index - _AROUND), min(len(page.blocks), index + _AROUND)))
    return near


def _core(page: Lines, block: Block) -> str:
    if block.end - block.start > 2 * _HEADING_CHARS:
        return ""
    return page.folded[block.start + block.lead : block.end].strip(" |·•*\"'()")


def _signal(line: str) -> str:
    """What part of a plan table a short line is; "" where it is none."""
    if not line or len(line) > _NAME_CHARS + 20:
        return ""
    if line[-1] in "%*" or any(c.isdigit() for c in line):
        if _PRICE.fullmatch(line):
            return "price"
        if _SAVING.fullmatch(line):
            return "saving"
    if _PERIOD.fullmatch(line):
        return "period"
    if _TERMS.match(line):
        return "terms"
    return "button" if len(line) <= 40 and _BUTTON.match(line) else ""


def _tables(page: Lines, lines: Sequence[str], signals: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last signal of each table."""
    run: list[int] = []
    for index, signal in enumerate(signals):
        if signal:
            if run and not _bridged(page, lines, run[-1] + 1, index):
                if _is_table(lines, signals, run):
                    yield run[0], run[-1]
                run = []
            run.append(index)
    if _is_table(lines, signals, run):
        yield run[0], run[-1]


def _bridged(page: Lines, lines: Sequence[str], start: int, end: int) -> bool:
    plain = 0
    for index in range(start, end):
        block = page.blocks[index]
        if not lines[index] or end - start > _GAP:
            return False
        if not _is_item(page, block):
            plain += 1
            footnote = page.text[block.start] in "*†"
            if plain > _PLAIN_GAP or not (footnote or _is_short(page, block, _NAME_CHARS)):
                return False
    return True


def _is_table(lines: Sequence[str], signals: Sequence[str], run: Sequence[int]) -> bool:
    """Prices, a period, and a button, a saving or terms: the tables of shops and fares lack one of them."""
    kinds = [signals[index] for index in run]
    prices = kinds.count("price")
    periodic = "period" in kinds or any(re.search(_EACH, lines[i]) for i in run if signals[i] == "price")
    offers = kinds.count("button") + kinds.count("terms") + (1 if "saving" in kinds else 0)
    return bool(prices and periodic and offers and len(run) >= 4 and (prices > 1 or offers > 1))


def _is_item(page: Lines, block: Block) -> bool:
    return (block.lead > 0 or block.tag == "li" or page.text[block.start] in _TICK) and block.end - block.start <= 2 * _HEADING_CHARS


def _is_short(page: Lines, block: Block, limit: int) -> bool:
    return block.end - block.start <= limit and not page.text[block.start : block.end].endswith(_ENDS)


def _with_heading(page: Lines, lines: Sequence[str], first: int) -> int:
    """The table with its first plan's name, and the pitch above that."""
    if first and _is_short(page, page.blocks[first - 1], 40) and lines[first - 1].count(" ") < 5:
        first -= 1
    for index in range(first - 1, max(-1, first - 3), -1):
        pitch = (
            page.text[page.blocks[index].start] == "*" or _BUTTON.match(lines[index]) or re.match(r"(?:choose|pick|select) (?:a|your) ", lines[index])
        )
        if not pitch or not lines[index]:
            break
        first = index
    return first


def _with_benefits(page: Lines, lines: Sequence[str], last: int) -> int:
    """The table with the list of benefits under it: a heading, then bullets, or short headings each with bullets."""
    blocks = page.blocks
    at = last + 1
    while at < len(blocks) and (_is_item(page, blocks[at]) or page.text[blocks[at].start] == "*"):
        last, at = at, at + 1
    pairs, end = 0, last
    titled = at < len(blocks) and _is_short(page, blocks[at], _HEADING_CHARS) and bool(_BENEFITS.search(lines[at]))
    if titled:
        end, at = at, at + 1
    while at < len(blocks):
        if not _is_item(page, blocks[at]):
            if at + 1 >= len(blocks) or not _is_short(page, blocks[at], _HEADING_CHARS) or not _is_item(page, blocks[at + 1]):
                break
            pairs += 1
        end, at = at, at + 1
    return end if titled or pairs >= 2 else last


RULE_SET = RuleSet(
    name="plans",
    kind=Kind.PAYWALL,
    marks="Tables of subscription plans with their prices, periods, savings and buttons, and the benefits listed under them.",
    why="It sells the site's subscription; nothing of it is the story.",
    misses="Plans told in whole sentences, and tables of one line.",
    rules=(Plans(),),
)
