"""What kind of boilerplate is it that a configuration strips? It doesn't say, so the names in its expression have to."""

from __future__ import annotations

import re

from stripper.types import Kind

_LONG = 6
"""A word of so many letters tells as a part of a longer one ("kommentarbereich"), too."""
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = {
    Kind.COOKIE: "cookie cookies consent gdpr",
    Kind.PAYWALL: "paywall premium subscription abo piano",
    Kind.COMMENTS: "comment comments disqus kommentar kommentare commentaires comentarios commenti discussion discuss respond replies livefyre",
    Kind.NEWSLETTER: "newsletter newsletters mailchimp",
    Kind.SHARE: "share shares sharing sharer social socials addthis sharethis shariff facebook twitter tweet whatsapp pinterest compartir teilen",
    Kind.AUTHOR_BIO: "bio biography authorbox authorinfo",
    Kind.CAPTION: "caption captions figcaption legend bildunterschrift",
    Kind.CREDIT: "credit credits photographer photocredit",
    Kind.BREADCRUMB: "breadcrumb breadcrumbs crumbs",
    Kind.PAGINATION: "pagination pager paging pagenav",
    Kind.TOPICS: "tags tag tagcloud keywords topics taglist",
    Kind.ADVERT: "ad ads adv advert adverts advertisement advertising adsense sponsor sponsored dfp werbung anzeige publicidad pub banner banners",
    Kind.RELATED: "related recommended recommendations recommend similar trending popular mostread outbrain taboola teaser teasers readmore verwandt "
    "relacionadas relacionados promo promos",
    Kind.APP_PROMO: "app apps appstore",
    Kind.LOGIN: "login signin register",
    Kind.NAVIGATION: "nav navi navigation navbar menu menus toolbar footer header sidebar",
    Kind.TIMESTAMP: "timestamp updated",
    Kind.COPYRIGHT: "copyright",
    Kind.DISCLAIMER: "disclaimer",
}
"""Words of class names and ids, the more telling kinds first."""


def guessed(expression: str) -> Kind:
    """The kind of what an expression matches, by the texts in it and the elements that it names; a widget where they say nothing."""
    said = " ".join(a or b for a, b in _TEXT.findall(expression)) or expression
    words = {word.lower() for word in _WORD.findall(_HUMP.sub(" ", said))} | {word.lower() for word in _WORD.findall(said)}
    for kind, names in _WORDS.items():
        telling = names.split()
        if not words.isdisjoint(telling) or any(long in word for long in telling if len(long) >= _LONG for word in words):
            return kind
    return next((kind for name, kind in _ELEMENTS.items() if re.search(rf"(?<![\w-]){name}(?![\w-])", _TEXT.sub("''", expression))), Kind.WIDGET)


_ELEMENTS = {"figcaption": Kind.CAPTION, "nav": Kind.NAVIGATION, "footer": Kind.NAVIGATION, "header": Kind.NAVIGATION}
