"""Which line of flat text is the headline: its shape, its place, and what stands around it."""

import pytest
from effort import steps

from stripper.fields.head import view
from stripper.fields.headline_lines import own_line
from stripper.read import read
from stripper.types import Kind, Mark, Page, Story

BODY = """The ferry to Skarholm will stay in port this week, because its captain has adopted a family of otters that sleeps in the engine room.

The captain said on Tuesday that the otters came aboard in Wrenmouth with a crate of herring, and that nobody had asked them for a ticket.

Passengers can take the mail boat instead, which leaves at dawn and has no otters."""
HEADLINE = "Otters keep the Skarholm ferry in port"


def found(text: str, body: str = BODY, kinds: dict[str, Kind] | None = None) -> str | None:
    page = read(text, as_="text")
    line = own_line(view(page, tuple(_marks(page, kinds or {})), _story(page, body)), set())
    return line.text if line else None


def _marks(page: Page, kinds: dict[str, Kind]) -> list[Mark]:
    return [Mark(b.start, b.end, kind, "test", 0.9) for b in page.blocks if (kind := kinds.get(page.text[b.start : b.end]))]


def _story(page: Page, body: str) -> Story:
    chosen = frozenset(i for i, b in enumerate(page.blocks) if page.text[b.start : b.end] in body.split("\n"))
    return Story(tuple(float(i in chosen) for i in range(len(page.blocks))), chosen, 1.0, bool(chosen))


@pytest.mark.parametrize(
    "above",
    [
        f"{HEADLINE}\n\n",
        f"Home\nNews\nSport\n\n{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\n",
        f"• Home\n• Islands\n• The otters of the Skarholm ferry\n\n{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\n",
        f"Home » Islands » {HEADLINE}\n\n{HEADLINE}\n\nUpdated 4 March 2024\n\n",
        f"Home / Islands / Ferries / {HEADLINE}\n{HEADLINE}\n4 March 2024\n\n",
        f"{HEADLINE}\n\nA family of otters has moved into the engine room, and the captain of the ferry won't move them out.\n\nBy Odile Farrant\n\n",
        f"{HEADLINE}\n\nThe captain of the ferry to Skarholm and the otters in Wrenmouth\n\nBy Odile Farrant\n4 March 2024\n\n",
        f"ISLANDS\n\n{HEADLINE}\n\nOdile Farrant\n\n4 March 2024\n\n",
        f"An otter on a ferry\nAn otter on a ferry\n\n{HEADLINE}\n\nBy Odile Farrant\n\nAn otter on the ferry. Photo: Tove Lind\n\n",
        f"{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\nContents\n" + "".join(f"• Part {n} of the tale\n" for n in range(1, 30)) + "\n",
        f"Why you can't cross to Skarholm today.\n\n{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\n",
        f"The ferry to Skarholm,\n{HEADLINE}\n4 March 2024\n\n",
    ],
)
def test_the_line_above_the_story(above: str) -> None:
    assert found(above + BODY) == HEADLINE


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Otter halten die Fähre nach Skarholm im Hafen",
            "Die Fähre nach Skarholm bleibt im Hafen, weil im Maschinenraum eine Familie von Ottern schläft.",
        ),
        ("Des loutres bloquent le bac de Skarholm", "Le bac de Skarholm restera à quai, car une famille de loutres dort dans la salle des machines."),
        (
            "Las nutrias retienen el barco de Skarholm",
            "El barco de Skarholm seguirá en el puerto, porque una familia de nutrias duerme en la sala de máquinas.",
        ),
        (
            "Le lontre fermano il traghetto di Skarholm",
            "Il traghetto di Skarholm resta in porto perché una famiglia di lontre dorme nella sala macchine.",
        ),
        ("Wydry zatrzymały prom do Skarholm", "Prom do Skarholm zostanie w porcie, bo w maszynowni śpi rodzina wydr, którą przygarnął kapitan."),
        ("Выдры задержали паром на Скархольм", "Паром на Скархольм останется в порту, потому что в машинном отделении спит семья выдр."),
        ("ثعالب الماء توقف عبارة سكارهولم", "تبقى عبارة سكارهولم في الميناء لأن عائلة من ثعالب الماء تنام في غرفة المحركات منذ أيام."),
        ("カワウソの家族、島の渡し船を止める", "島の渡し船は今週も港にとどまる。機関室でカワウソの家族が眠っているためだと船長は話した。"),
        ("水獭一家让渡船停航", "开往小岛的渡船本周停航，因为水獭一家睡在机舱里，船长不愿意叫醒它们。"),
        ("ऊदबिलावों ने द्वीप की नाव रोकी", "द्वीप की नाव इस सप्ताह घाट पर ही रहेगी, क्योंकि इंजन के कमरे में ऊदबिलावों का परिवार सो रहा है।"),
    ],
)
def test_languages(headline: str, body: str) -> None:
    assert found(f"Home\nNews\nSport\n\n{headline}\n\n2024-03-04\n\n{body}", body) == headline


@pytest.mark.parametrize("kind", [Kind.NAVIGATION, Kind.RELATED, Kind.TOPICS])
def test_a_line_alone_may_be_the_headline_whatever_a_rule_takes_it_for(kind: Kind) -> None:
    assert found(f"Home\nNews\n\n{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\n{BODY}", kinds={HEADLINE: kind}) == HEADLINE


@pytest.mark.parametrize("kind", [Kind.COOKIE, Kind.PAYWALL, Kind.BREADCRUMB, Kind.LOGIN])
def test_boilerplate_is_no_headline(kind: Kind) -> None:
    assert found(f"Home\n\n{HEADLINE}\n\n4 March 2024\n\n{BODY}", kinds={HEADLINE: kind}) != HEADLINE


@pytest.mark.parametrize("text", [BODY, f"By Odile Farrant\n4 March 2024\n\n{BODY}", f"***\n\n4 March 2024\n\n{BODY}", "", "\n"])
def test_paragraphs_bylines_and_dates_are_none(text: str) -> None:
    assert found(text) is None


def test_a_heading_in_the_story_is_none_where_one_stands_above() -> None:
    paragraphs = BODY.split("\n\n")
    text = "\n\n".join([HEADLINE, "By Odile Farrant", paragraphs[0], "What the captain of the ferry says about otters", *paragraphs[1:]])
    assert found(text) == HEADLINE


def test_the_headline_below_a_notice_that_the_locator_took_for_the_story() -> None:
    notice = "We have changed our terms, and you can read in our help pages what is new and why that is good for you and for us."
    text = f"{notice}\n\n{HEADLINE}\n\nBy Odile Farrant\n4 March 2024\n\n{BODY}"
    assert found(text, f"{notice}\n{BODY}") == HEADLINE


def test_h1_and_declared_titles_count_in_html() -> None:
    html = f"<h2>More from the islands this week</h2><h1>Otters on board</h1>{''.join(f'<p>{p}</p>' for p in BODY.split(chr(10)) if p)}"
    page = read(html, as_="html")
    line = own_line(view(page, (), _story(page, BODY)), {"otters on board"})
    assert line is not None
    assert line.text == "Otters on board"


@pytest.mark.parametrize("unit", ["a / ", "word ", f"{HEADLINE}\n", f"{HEADLINE}\n\n", "»"])
def test_however_many_and_long_the_lines_it_is_the_same_work(unit: str) -> None:
    def work(count: int) -> int:
        page = read(unit * count, as_="text")
        head = view(page, (), Story((0.0,) * len(page.blocks), frozenset(), 1.0, False))
        return steps(lambda: own_line(head, set()))

    assert work(40_000) == work(10_000)
