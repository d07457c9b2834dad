import pytest

from stripper.rules.check import cases, check, failure
from stripper.rules.load import load_packs

(PACK,) = load_packs(["acme"])


@pytest.mark.parametrize("case", cases(PACK), ids=lambda case: case.id)
def test_example(case):
    assert failure(case) is None


def test_no_defect():
    assert check("acme").defects == ()
