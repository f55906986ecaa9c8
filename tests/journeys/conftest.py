"""One running service and one Chromium for all journeys; at the end, how many pages axe has seen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Tally, Visitor, chromium
from tests.support.service import RunningService, running_service

TALLY = pytest.StashKey[Tally]()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """The service as people run it."""
    with running_service(tmp_path_factory.mktemp("journeys") / "instance") as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the machine."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """What axe has seen in all journeys."""
    made = Tally()
    request.config.stash[TALLY] = made
    return made


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell how many pages were looked at."""
    made = config.stash.get(TALLY, None)
    if made is not None:
        terminalreporter.write_line(
            f"axe: {made.checks} checks of {len(made.pages)} different pages, {len(made.violations)} violations"
        )


@pytest.fixture
def visit(browser: Browser, service: RunningService, tally: Tally) -> Iterator[Callable[..., Visitor]]:
    """Let somebody sit down with a browser: ``visit(phone=True, javascript=False)``."""
    visitors: list[Visitor] = []

    def _sit_down(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, service.address, tally, **{"phone": False} | options))
        return visitors[-1]

    yield _sit_down
    for visitor in visitors:
        visitor.leave()
