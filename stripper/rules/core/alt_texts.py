"""Alternative texts of pictures: what is to be seen, told in the present to those who can't see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stripper.rules.base import Example, Lines, RuleSet
from stripper.types import Hit, Kind

_PEOPLE = (
    r"(?:man|men|woman|women|person|people|boys?|girls?|couple|child|children|kids?|family|crowd|group|team|officers?|soldiers?|protest[eo]rs?"
    r"|players?|workers?|students?"
    r"|hands?|doctor|nurse|businessman|businesswoman|friends|athletes?|fans?|farmers?|mother|father|attendees|employees|colleagues)"
)
_DOING = (
    r"(?:wearing|holding|stands?|standing|sits?|sitting|seated|smiles?|smiling|poses?|posing|gestures?|gesturing|looks? at|looking"
    r"|is interviewed|are interviewed|in front of"
    r"|pointing|carrying|laughing|hugging|embrace|walks? past|walking|lays|lies|lying|rides?|riding|running|working|using|typing|writing"
    r"|reading|playing|taking|having|doing"
    r"|lifting|stretching|meditating|participating|cooking|eating|drinking|shaking|shopping|talking|driving|cycling|dancing|swimming|training"
    r"|exercising|giving|ziplines?"
    r"|gives|holds|wears|hugs|kneels|kneeling|leaning|leans|waving|waves|cheering|celebrating|performing|performs|speaking|speaks)"
)
_SEEN = re.compile(
    rf"(?:an?|two|three|four|five|several|many) (?:[\w'-]+ ){{0,4}}?{_PEOPLE}\b.{{0,70}}?\b{_DOING}\b.{{0,120}}"
    rf"|(?:(?:young|older|old|elderly|senior|smiling|happy|female|male|little|pregnant|asian|black) ){{0,2}}(?:man|woman|person|girl|boy|couple"
    rf"|hand)s? \w+ing\b.{{2,110}}"
    r"|(?:an? |the )?(?:(?:bar|line|pie|area|column|stacked(?: area| bar)?) (?:chart|graph)s?|map|graphic|infographic|diagram|chart|graph"
    r"|screenshot|digital board)"
    r" (?:showing|shows|entitled|titled|depicting|illustrating|explaining|displaying) .{8,380}"
    r"|portrait of .{4,60}"
)
_SEEN_ELSEWHERE = re.compile(
    r"(?:eine?|zwei|drei|mehrere) (?:[\w-]+ ){0,3}?(?:frau|mann|männer|frauen|person(?:en)?|menschen|kind(?:er)?|junge|mädchen|gruppe"
    r"|polizist\w*|soldat\w*)\b.{0,90}?"
    r"\b(?:steht|stehen|sitzt|sitzen|hält|halten|trägt|tragen|blickt|schaut|lächelt|posiert|geht|gehen|liegt|liegen)\b.{0,80}"
    r"|(?:une?|deux|trois|plusieurs|des) (?:[\w-]+ ){0,2}?(?:homme|femme|personne|enfant|couple|groupe|policier|soldat|manifestant)s?\b.{0,60}?"
    r"\b(?:assise?s?|debout|tenant|souriant|regardant|portant|marchant|brandissant|en train de)\b.{0,90}"
    r"|(?:una?|dos|tres|varios|varias) (?:[\w-]+ ){0,2}?(?:hombre|mujer|persona|niñ[oa]|joven|pareja|grupo|policía|soldado)(?:e?s)?\b.{0,60}?"
    r"\b(?:sentad[oa]s?|de pie|sosteniendo|sonriendo|mirando|caminando|usando|vistiendo|sostiene|camina)\b.{0,90}"
    r"|(?:uma?|dois|duas|três|vári[oa]s) (?:[\w-]+ ){0,2}?(?:homem|homens|mulher(?:es)?|pessoas?|crianças?|casal|grupo|jove[mn]s?)\b.{0,60}?"
    r"\b(?:sentad[oa]s?|em pé|segurando|sorrindo|olhando|caminhando|usando|vestindo|segura)\b.{0,90}"
    r"|(?:una?|due|tre|alcun[ie]) (?:[\w-]+ ){0,2}?(?:uomo|uomini|donn[ae]|person[ae]|bambin[oaie]|coppia|gruppo|ragazz[oaie])\b.{0,60}?"
    r"\b(?:sedut[oaie]|in piedi|che tiene|sorridente|cammina|indossa|tiene)\b.{0,90}"
    r"|(?:een|twee|drie|meerdere) (?:[\w-]+ ){0,2}?(?:man|mannen|vrouw|vrouwen|persoon|mensen|kind|kinderen|groep|jongen|meisje)\b.{0,60}?"
    r"\b(?:staat|staan|zit|zitten|houdt|draagt|kijkt|lacht|poseert|loopt|lopen)\b.{0,90}"
)
"""The same in German, French, Spanish, Portuguese, Italian and Dutch; only where no full stop makes it a sentence."""
_TOLD = re.compile(
    r"\b(?:said|says|was|were|had|has|have|will|would|could|who|died|told|after|when|if|that|because|you|your|i|we|he|she|they|should|can|need"
    r"|(?!(?:red|interviewed|seated|bearded|striped|colou?red|checked|pictured|framed|hooded|tattooed|collared|haired|crossed|raised|closed"
    r"|dressed|parked)\b)[a-z]+ed"
    r"|sagte|sagt|wurde|hatte|dass|weil|wenn|qui a|dijo|cuando|porque|quando|disse|perché|zei|omdat|als)\b"
)
"""Words of stories and of advice; a picture's text tells what is to be seen now."""
_CHARS = range(20, 420)
_SENTENCE_CHARS = 170
_BEFORE = 6
"""The first picture stands so many blocks at most before the first paragraph."""


@dataclass(frozen=True, slots=True)
class Described:
    """Within the story a line of its own that describes what a picture or a chart shows ("A woman in a red coat stands on a quay.")."""

    id: str = "scene-described"
    score: float = 0.68
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦A woman in a red coat stands on a quay.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Bar chart showing the price of a ticket since 1931, which doubles every nine years.⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "⟦Young woman rowing past a quay at dawn⟧\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "Die Fähre fuhr am Montag zum letzten Mal, und das Hafenamt sagt, dass vor dem Herbst keine andere mehr kommen wird als diese.\n"
            "⟦Eine Frau in rotem Mantel steht auf einem Kai⟧\n"
            "Bis dahin werden die Leute rudern, was einige von ihnen schon getan haben, und was keiner von ihnen noch einmal tun möchte."
        ),
        Example(
            "Le bac est parti lundi pour la dernière fois, et le port annonce que le prochain ne viendra pas avant l'automne, si tout va bien.\n"
            "⟦Une femme en manteau rouge debout sur un quai⟧\n"
            "D'ici là les habitants vont ramer, ce que certains d'entre eux ont déjà fait, et que personne ne veut refaire un jour, dit le maire."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "A woman standing on the quay said that she would row.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "Die Fähre fuhr am Montag zum letzten Mal, und das Hafenamt sagt, dass vor dem Herbst keine andere mehr kommen wird als diese.\n"
            "Ein Mann steht am Kai und wartet.\nPeople living with the tide\nWomen rowing clubs\n"
            "Bis dahin werden die Leute rudern, was einige von ihnen schon getan haben, und was keiner von ihnen noch einmal tun möchte."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.story is None:
            return
        folded = page.folded
        for block in page.blocks[max(0, page.story[0] - _BEFORE) : page.story[1]]:
            start, end, lead = block[:3]
            word = folded[start : start + _WORD_CHARS].partition(" ")[0]
            if word not in _WORDS or end - start not in _CHARS or lead or block.level:
                continue
            line = folded[start:end]
            short = len(line) <= _SENTENCE_CHARS and ". " not in line and line[-1] not in "?:" and not _TOLD.search(line)
            seen = (short or _is_chart(line[:40])) and _SEEN.fullmatch(line)
            if seen or (short and line[-1].isalnum() and _SEEN_ELSEWHERE.fullmatch(line)):
                yield Hit(start, end)


_BEGINNINGS = """
a an two three four five several many the bar line pie stacked map graphic chart portrait screenshot infographic diagram young older old elderly
senior smiling happy female male little pregnant asian black man woman person girl boy couple hand
eine ein zwei drei mehrere un une deux trois plusieurs des una dos tres varios varias um uma dois duas três due tre een twee drie
"""
_WORDS = frozenset(_BEGINNINGS.split())
"""How descriptions begin."""
_WORD_CHARS = 12


def _is_chart(text: str) -> bool:
    return any(word in text for word in ("chart", "graph", "map ", "diagram", "screenshot"))


RULE_SET = RuleSet(
    name="alt-texts",
    kind=Kind.CAPTION,
    marks="Lines within the story that describe what a picture or a chart shows, in English, German, French, Spanish, Portuguese, Italian and Dutch.",
    why="It stands in for a picture that isn't there.",
    misses="Descriptions in other languages, and those of places and things.",
    rules=(Described(),),
)
