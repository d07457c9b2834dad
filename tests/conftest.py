"""What all tests share: the switch that rewrites snapshots, and how long hypothesis searches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write fixtures/pages/*/marks.txt anew instead of comparing with it")


ONE_START = ("test_spark", "test_ray", "test_dask")
"""Modules whose tests share an engine that takes long to start."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: of what is left at the end, processes without work take half, so that should be in small pieces.

    Modules stay together, because their tests share what they have made; an engine that takes long to start should start in one process only.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path.stem not in ONE_START, item.path not in slow))


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


collect_ignore = ["packs/acme"]  # the example pack's own tests run where it is installed: see packs/test_acme.py
