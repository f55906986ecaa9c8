"""A worker signs in with a password and the code from their e-mail."""

from collections.abc import Callable

import pytest

from tests.journeys.steps import sign_in_with_code
from tests.support.browser import Visitor
from tests.support.service import RunningService

pytestmark = pytest.mark.browser


def test_a_counsellor_signs_in_and_out(visit: Callable[..., Visitor], service: RunningService) -> None:
    sari = visit()
    sign_in_with_code(sari, service, "sari@example.fi")
    assert "Sari" in sari.heading()
    sari.press("Sign out")
    sari.open("/today")
    assert sari.heading() == "Sign in"
