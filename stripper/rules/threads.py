"""Whether short lines are those of a forum or of a question-and-answer page: what their software prints around posts, and no comment form does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

DECLARED_TYPES = frozenset({"DiscussionForumPosting", "QAPage"})
"""Types of schema.org for pages whose content is what their readers wrote."""

_LINE = re.compile(
    r"(?P<member>(?:joined|join date|registered|member since|reaction score|registriert(?: seit)?|dabei seit|inscrite? le|registrado|iscritto"
    r"|dołączyła?|регистрация)(?: ?:? ?[^!?]{0,20}\d[^!?]{0,20})?"
    r"|(?:posts|messages|beiträge|mensajes|messaggi|berichten|posty|сообщени[йя]) ?:? ?\d[\d.,k]{0,8})"
    r"|(?P<starter>(?:thread|topic) starter|topicstarter|original poster|themenstarter|themenersteller)"
    r"|(?P<post>(?:post )?#\d{1,5} ?[·•|-].{4,40}|(?=[^#]*#).{4,60}[·•|-] ?#\d{1,5}|(?=[^:]*:\d).{3,60} \d{1,2}:\d\d ?(?:[ap]m)? \d{1,4})"
    r"|(?P<number>(?:post )?#\d{1,5})"
    r"|(?P<quote>click to expand\.\.\.|add to quote|multi-?quote|(?:reply with )?quote|zitieren"
    r"|(?=[^:]*:$)[^.,:;]{1,30} (?:said|wrote|schrieb|a écrit|dijo):)"
    r"|(?P<edited>(?:last )?edited by .{3,60}|(?:zuletzt )?bearbeitet(?: von)? .{3,60})"
    r"|(?P<tools>(?:search )?this (?:thread|topic)|similar threads|post reply|reply to (?:thread|topic|discussion)|new posts|search forums"
    r"|jump to latest|go to topic listing|view unanswered|.{0,40}not open for further replies\.?|forum rules|thread tools|topic locked"
    r"|unread posts|(?:you must|please) (?:log in|sign in|register).{0,20} to (?:reply|post|answer).{0,20}|antwort erstellen|neues thema"
    r"|ähnliche themen|(?:sign|log) in or register to (?:comment|reply)\.?|recent discussions|scroll to see replies"
    r"|share on other sites|go to (?:topic|thread) list|all topics|mark (?:all )?(?:as )?read)"
    r"|(?P<link>link to (?:comment|post)|copy (?:link to reply|post)|permalink to this comment|\[[–-]\].{1,60}\bpoints?.{0,40}\bago\b.{0,30}"
    r"|posted (?:on )?\w{3,9} \d{1,2}, ?\d{4}(?: .{0,20})?|wrote on (?:last edited by|.{3,40})|originally posted by .{2,40}"
    r"|\w{2,30} \d reply last reply"
    r"|(?:.{0,60} )?\(score: ?-?\d(?:, ?\w+)?\)|by .{2,40} writes:.{0,40})"
    r"|(?P<greeting>howdy, stranger!?)"
    r"|(?P<title>re ?: .{3,70})"
    r"|(?P<answers>\d{1,4} (?:answers?|antworten|réponses?|respuestas|risposte|odpowiedzi|ответов|ответа?)(?: /)?|accepted (?:answer|solution)"
    r"|improve this (?:answer|question)|ask (?:a )?question|viewed [\d.,k]{1,9} times|asked (?:on |\d).{3,40}|answered (?:on |\d|\w{3} \d).{3,40}"
    r"|ベストアンサー)"
    r"|(?P<counts>(?:replies|views|antworten|zugriffe|réponses|vues|respuestas|visitas) ?:? ?\d[\d.,k]{0,8}|[\d.,k]{1,8} (?:replies|views|posts))"
)
"""What looks ahead for a sign or a colon says nothing new, but spares most lines the search behind it."""
_TELLING = frozenset({"member", "post", "edited", "answers", "link"})
"""What no other page repeats. The others need a second sort beside them: lists have numbers, too, and videos have views."""
_LEAST = 3


def is_thread(lines: Iterable[str]) -> bool:
    """Whether lines of a page, folded, hold what a forum prints: three of a telling sort, or two sorts."""
    sorts: Counter[str] = Counter()
    for line in lines:
        found = _LINE.fullmatch(line)
        if found and found.lastgroup:
            sorts[found.lastgroup] += 1
    return len(sorts) > 1 or any(sorts[sort] >= _LEAST for sort in _TELLING)
