"""What stands where a forum prints a member's name: nicknames, and the labels, ranks and figures beside them."""

from __future__ import annotations

import re

LONGEST_NAME, _MOST_WORDS = 40, 4


def words(line: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(line.split())


STARTER = re.compile(
    r"(?:thread|topic|discussion) starter|topicstarter|original poster|topic author|themenstarter(?:in)?|themenersteller(?:in)?|ersteller(?:in)?|"
    r"auteur (?:de la discussion|du sujet)|autor del tema|tema iniciado por|autore discussione|creatore discussione|autor do tópico|trådstartare|"
    r"autor wątku|автор темы",
    re.I,
)
"""The label of who began a thread."""
ABOUT_MEMBER = re.compile(
    r"(?:joined|join date|registered|member since|last (?:post|reply|visit|edited)|edited|founded|posts|messages|mitglied seit|registriert|"
    r"dabei seit|beiträge|bearbeitet|inscrit|registrado|iscritto|dołączył|регистрация|сообщени)",
    re.I,
)
"""Begins a line, or is the line, that says something of a member, or of a change, and not when the post was written."""
_LABELS = words(
    "member members user username registered administrator admin moderator op quote reply share like follow online offline "
    "author poster posts menu more report permalink link print posted asked answered modified updated created "
    "published started replied commented edited written on at date geschrieben erstellt gefragt veröffentlicht publié posté "
    "publicado enviado postado pubblicato inviato "
    "geplaatst napisano opublikowano опубликовано сообщение написал"
) | {"user name", "new member", "registered user", "view profile", "log in", "sign in", "user avatar"}
_NOBODY = words("guest anonymous gast invité invitado convidado ospite gość гость deleted [deleted] unknown") | {
    "former member", "deleted user", "deleted member", "guest user", "deleted account", "account deleted",
}  # fmt: skip
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,64}(?:\.[^\s@.]{1,64}){1,4}")


def nickname(value: str) -> str | None:
    """A member's name as printed; None for what is none: addresses, labels, ranks, numbers."""
    name = " ".join(value.split())
    low = name.lower()
    if not 2 <= len(name) <= LONGEST_NAME or name.count(" ") >= _MOST_WORDS or low in _LABELS or STARTER.fullmatch(low):
        return None
    if "://" in name or name[0] in "@#" or is_nobody(name) or not any(c.isalpha() for c in name):
        return None
    return None if ABOUT_MEMBER.match(low) and (" " in low or low.endswith(":")) else name


def is_nobody(name: str) -> bool:
    """Whether it stands where a member's name would, but names nobody: a guest, somebody who has left, a mail address."""
    return name.lower() in _NOBODY or _MAIL.fullmatch(name) is not None
