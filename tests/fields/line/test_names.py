"""Names of persons, teams and agencies, and what stands behind them."""

from collections.abc import Callable

import pytest

from stripper.fields.line.names import declared_names, is_agency, is_degree, is_person, is_team, without_degree, without_outlet, without_role


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Ana Lima", True),
        ("Ana M. Lima", True),
        ("Will Lima", True),
        ("Jan de Wit", True),
        ("Ravi Das", True),
        ("Ana (Nina) Lima", True),
        ("Ana O'Lima-Voss", True),
        ("Иван Лесков", True),
        ("Dr. Ana Lima", True),
        ("Ana", False),
        ("Key Takeaways", False),
        ("Quay Software", False),
        ("Harbour Foundation", False),
        ("QRST Family", False),
        ("Quay.Example News", False),
        ("Licensed Pilot Guide", False),
        ("Ana Lima 2", False),
        ("Foto Ana Lima", False),
        ("A" * 10_000, False),
        ("", False),
    ],
)
def test_persons(name: str, person: bool) -> None:
    assert is_person(name) is person


@pytest.mark.parametrize(
    ("name", "team"),
    [
        ("The Harbour Post Team", True),
        ("Quay Staff", True),
        ("Team Quay", True),
        ("QuayHub Editorial Team", True),
        ("The Ledger editors", True),
        ("Quay Lifestyle Desk", True),
        ("Editorial Team", False),
        ("Our Editors", False),
        ("Marketing Team", False),
        ("The Team", False),
        ("Staff Writer", False),
        ("Staff", False),
        ("Da Redação", False),
        ("Ana Lima", False),
        ("the harbour team", False),
        ("Quay " * 2_000 + "Team", False),
    ],
)
def test_teams_have_a_name_of_their_own(name: str, team: bool) -> None:
    assert is_team(name) is team


@pytest.mark.parametrize(
    ("change", "text", "left"),
    [
        (without_degree, "Ana Lima, Ph.D.", "Ana Lima"),
        (without_degree, "Ana Lima, MD, FQRS", "Ana Lima"),
        (without_degree, "Ana Lima, CEQF®", "Ana Lima"),
        (without_degree, "Ana Lima PhD", "Ana Lima"),
        (without_degree, "Ana Lima, Lisbon", "Ana Lima, Lisbon"),
        (without_degree, "Jean PETIT", "Jean PETIT"),
        (without_role, "Ana Lima Political editor", "Ana Lima"),
        (without_role, "Ana Lima Former Deputy Harbour Editor", "Ana Lima"),
        (without_role, "Luxury Travel Expert", "Luxury Travel Expert"),
        (without_outlet, "Ana Lima QRTV", "Ana Lima"),
        (without_outlet, "Ana Lima QR TODAY", "Ana Lima"),
        (without_outlet, "Ana Lima QUAY TODAY", "Ana Lima"),
        (without_outlet, "ANA MARIA LIMA", "ANA MARIA LIMA"),
        (without_outlet, "Jean PETIT", "Jean PETIT"),
    ],
)
def test_what_stands_behind_a_name(change: Callable[[str], str], text: str, left: str) -> None:
    assert change(text) == left


@pytest.mark.parametrize(
    ("piece", "degree"), [("MD", True), ("Ph.D.", True), ("CFP®", True), ("Q-RYT 200", True), ("LLC", False), ("AFP", False), ("Lisbon", False)]
)
def test_degrees(piece: str, degree: bool) -> None:
    assert is_degree(piece) is degree


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("The Harbour Post Team", ["The Harbour Post Team"]),
        ("Ana Lima, Bo Chen, and Quay Rankings Team", ["Ana Lima", "Bo Chen", "Quay Rankings Team"]),
        ("Ana Lima, MD, FQRS", ["Ana Lima"]),
        ("Ana Lima, Jr", ["Ana Lima, Jr"]),
        ("Ana Lima, Sr. Director of Operations, Quay Lines - 10 Years at Sea", ["Ana Lima"]),
        ("Ana Lima, Master Gardener & Garden Educator", ["Ana Lima"]),
        ("Maria & Ana", ["Maria", "Ana"]),
        ("Centre for Harbours and Tides", ["Centre for Harbours and Tides"]),
        ("Ana Lima and dpa", ["Ana Lima", "dpa"]),
        ("Lima, Ana M.", ["Ana M. Lima"]),
        ("Staff Writer", []),
        ("Editorial Team", []),
        ("Senior Editor", []),
        ("1234567", []),
        ("@analima", []),
        ("ana.lima@quay.example", []),
        ("," * 300, []),
        ("Ana Lima, " * 40, ["Ana Lima"]),
    ],
)
def test_declared_names(value: str, names: list[str]) -> None:
    assert list(declared_names(value, "Harbour Post")) == names


@pytest.mark.parametrize(
    ("name", "agency"), [("dpa", True), ("AA", True), ("新华社", True), ("(Reuters)", True), ("App", False), ("aa", False), ("A" * 10_000, False)]
)
def test_agencies(name: str, agency: bool) -> None:
    assert is_agency(name) is agency
