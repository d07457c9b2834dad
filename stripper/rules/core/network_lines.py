"""Bars of networks, whatever stands around the names: buttons glued together in one line, and lists whose items differ in nothing but the"
" network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_NAMES = (
    "facebook|twitter|instagram|linkedin|linked in|youtube|pinterest|whats ?app|telegram|reddit|tumblr|flipboard|blue ?sky|mastodon|tik ?tok"
    "|snapchat"
    "|threads|messenger|vkontakte|вконтакте|одноклассники|телеграм|odnoklassniki|weibo|wechat|微博|微信|soundcloud|spotify|twitch|discord|viber|xing"
    "|google news|google\\+|apple news|rss(?:[ -]feeds?)?|flickr|yelp|itunes|pintrest|dailymotion|vimeo|페이스북|트위터|카카오톡|네이버"
)
_NETWORK = re.compile(_NAMES + r"|(?<![\w'])x(?![\w'.-])|(?<![\w])(?:fb|vk|ok\.ru|line)(?![\w'])")
_WORD = re.compile(
    r"(?:about|account|add|alt|and|app|apri|article|artikel|artikkel|auch|auf|av|beitrag|bei|bizi|black|blog|bookmark|button|by|can(?:al|ale|cel)?"
    r"|channel|check|click|close|compart[ai]\w*|condividi|connect|copia|copiar|copied|copier|copy|de[lt]?a?|deel|delen|dein|del|dela|den|des"
    r"|diesen|diese"
    r"|e-?mail|e-?post|email|en|envelope|envoyer|et|f|fan|fans|feed|find|flip|folg\w*|följ|følg|follow\w*|for|freunden|friend|gift|google|group"
    r"|gruppe|icon|in|inc"
    r"|join|jour|kanal|kanał|la|leaving|le|like|likes|link|linkek|logo|lub|mail|mailen|me|mehr|mer|mit|more|my|na|nas|naszym|neuem|new|nos|nous"
    r"|nu|oder|oficial"
    r"|official|on|op|open\w*|or|oss|our|page|pagina|par|partag\w*|paylaş\w*|per|pin|pin it|plus|podcast|por|post|posten|print|drucken|imprimer"
    r"|imprimir|profil\w*|recommend|reply|save|see|seguici|seguinos|segu?i\w*|send\w*|senden|share\w*|sharing|sie|síguenos|siga|sms|social"
    r"|sources|syndicate|square|stampa|story|su|subscri\w+"
    r"|suiv\w*|sur|tab|takip|teilen|text|the|this|to|total|tweet|tweets|twittern|udostępnij|und|uns|unser\w*|us|versenden|via|video|view|visit"
    r"|volg|watch|we|weiter"
    r"|window|fenster|with|www|your|zu|поделиться|в|на|мы|подписаться|подписывайтесь|シェア|ツイート|する|で|分享|到|关注|공유|하기|í|sdílejte|sdílet|edin)"
)
"""What buttons and invitations say around a network's name."""
_KEYWORDS = ("facebook", "twitter", "instagram", "linkedin", "youtube", "whatsapp", "telegram", "вконтакте", "微博", "微信", "페이스북")
"""Networks of which a bar names at least one."""
_BUTTONS = frozenset(
    {
        "email",
        "e-mail",
        "mail",
        "print",
        "more",
        "copy link",
        "copy",
        "link",
        "save",
        "pocket",
        "sms",
        "share",
        "tweet",
        "pin",
        "drucken",
        "teilen",
        "kopieren",
    }
    | {
        "imprimer",
        "copier le lien",
        "imprimir",
        "copiar enlace",
        "copiar link",
        "stampa",
        "copia link",
        "drukuj",
        "kopiuj link",
        "yazdır",
        "печать",
        "印刷",
    }
)
"""Buttons that stand in a row with those of networks."""
_NUMBER = re.compile(r"\d[\d.,]*[km]?")
_MONEY = re.compile(r"[$€£¥₽₹%]")
_SIGNS = " |·•,;:/()[]+&*.!-–—»«›‹→\"'@\u200b\u200e"
_LINE_CHARS, _SIGN_CHARS = 260, 8
_LEAST_IN_LINE = 3
"""So many different networks make a bar of one line, whose other words are those of buttons."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line that names three networks or more and else says what buttons say, or neighbouring short lines that name different networks.

    The rest of each of these is the same as in another, or what buttons say. Lines of nothing but signs or a number may stand between them.
    """

    id: str = "networks-listed"
    keywords: tuple[str, ...] = _KEYWORDS
    score: float = 0.95
    examples: tuple[Example, ...] = (
        Example("⟦Facebook0 Twitter Reddit Tumblr Pinterest0 0 Likes⟧\nThe ferry left on Monday."),
        Example("⟦Facebook pageTwitter feedYoutube ChannelInstagram pageRSS feed⟧\nThe ferry left on Monday."),
        Example("⟦cancel email X WhatsApp Facebook link share Share bookmark Save⟧\nThe ferry left on Monday."),
        Example("⟦Teilen auf Facebook, auf Bluesky und per WhatsApp senden⟧\nDie Fähre fuhr am Montag."),
        Example("⟦• Tarnport Courier auf Facebook\n• Tarnport Courier auf Bluesky\n• Tarnport Courier auf RSS-Feed⟧\nDie Fähre fuhr am Montag."),
        Example("⟦• Find us on Facebook\n• Check our YouTube channel\n• Follow us on Snapchat⟧\nThe ferry left on Monday."),
        Example("⟦• Flipboard\n•\n• Reddit\n•\n• Whatsapp\n•\n• Email⟧\nThe ferry left on Monday."),
        Example("⟦• Visit our Instagram page (Leaving the Courier)\n• Visit our Facebook page (Leaving the Courier)⟧\nThe ferry left on Monday."),
        Example("Facebook, Twitter and Instagram refused to answer\nThe ferry left on Monday."),
        Example("Facebook $0.50 - $3.00\nInstagram $0.50 - $2.00\nThe ferry left on Monday."),
        Example("Facebook is blue\nInstagram is a picture book\nThe ferry left on Monday."),
        Example("Facebook\nThe firm from Menlo Park lost a fifth of its worth.\nTwitter\nThe firm was sold in the autumn."),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        """Hits on whole blocks."""
        done = -1
        for index in sorted({index for name in _KEYWORDS for index in page.holding(name) if page.size(index) <= _LINE_CHARS}):
            if index <= done:
                continue
            row = _row(page, index)
            done = max(row, default=index)
            for at in _bars(page, row) if len(row) > 1 else ():
                yield Hit(page.blocks[at].start, page.blocks[at].end)
            line = page.folded[page.blocks[index].start : page.blocks[index].end]
            if len(row) < 2 and sum(name in line for name in _KEYWORDS) > 1 and len(_names(line)) >= _LEAST_IN_LINE and _is_bar(line):
                yield Hit(page.blocks[index].start, page.blocks[index].end)


def _row(page: Lines, index: int) -> list[int]:
    """The short blocks around a block that name networks, with nothing but lines of signs between them."""
    if index not in page.short:
        return []
    row = [index]
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(page.blocks):
            line = page.short.get(at, "")
            if line in _BUTTONS or _NETWORK.search(line):
                row.append(at)
            elif not _is_sign(page, at):
                break
            at += step
    return sorted(row)


def _bars(page: Lines, row: list[int]) -> list[int]:
    """Those lines of a row that are buttons, and the signs between them."""
    rests = {index: _rest(page.short[index]) for index in row}
    equal = Counter(rests.values())
    kept = [index for index in row if not _MONEY.search(page.short[index]) and (equal[rests[index]] > 1 or _is_bar(page.short[index]))]
    networks = {name for index in kept for name in _names(page.short[index])}
    if len(networks) < 2 or (len(kept) < 2 and len(networks) < _LEAST_IN_LINE):
        return []
    return [index for index in range(kept[0], kept[-1] + 1) if index in kept or index not in rests]


def _names(line: str) -> set[str]:
    return set(_NETWORK.findall(line))


def _rest(line: str) -> str:
    """A line without networks, numbers and signs."""
    return _NUMBER.sub(" ", _NETWORK.sub(" ", line)).strip(_SIGNS)


def _is_bar(line: str) -> bool:
    """Whether a line says nothing besides networks but what buttons say."""
    return all(_WORD.fullmatch(word) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", _rest(line)))


def _is_sign(page: Lines, index: int) -> bool:
    """Whether a block holds no more than signs and a number."""
    start, end = page.blocks[index][:2]
    return end - start <= _SIGN_CHARS and not _NUMBER.sub("", page.folded[start:end]).strip(_SIGNS)


RULE_SET = RuleSet(
    name="network-lines",
    kind=Kind.SHARE,
    marks="Networks named in one line or in a row of lines, with nothing else but what buttons say or the same words around each.",
    why="It spreads the page or promotes the site's accounts.",
    misses="A single network, and items that differ in more than its name.",
    rules=(Listed(),),
)
