"""One running service and one Chromium for all journeys; at the end, how many pages axe has seen."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests.support.browser import Tally, Visitor, chromium
from tests.support.service import RunningService, running_service

TALLY = pytest.StashKey[Tally]()
VISITORS = pytest.StashKey[list[Visitor]]()


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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker of a parallel run hand over what its browsers saw."""
    made = session.config.stash.get(TALLY, None)
    if made is not None and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["axe"] = made.as_lists()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what a worker's browsers saw to the tally of the run."""
    seen = getattr(node, "workeroutput", {}).get("axe")
    if seen is not None:
        node.config.stash.setdefault(TALLY, Tally()).add(seen)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell how many pages were looked at."""
    made = config.stash.get(TALLY, None)
    if made is not None:
        terminalreporter.write_line(
            f"axe: {len(made.seen)} checks of {len(made.pages)} different pages in {made.looks} looks, "
            f"{len(made.violations)} violations"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After a failure, save what every browser showed and tell where."""
    report = yield
    if report.when == "call" and report.failed:
        folder: Path = item.funcargs["tmp_path"]  # type: ignore[attr-defined]
        seated: list[Visitor] = item.stash.get(VISITORS, [])
        for number, visitor in enumerate(seated, start=1):
            path = folder / f"visitor-{number}"
            try:
                visitor.keep_a_record(path)
            except PlaywrightError as error:
                report.sections.append((f"browser {number}", f"no picture: {error}"))
            else:
                report.sections.append((f"browser {number}", f"{path}.png\n{path}.txt"))
    return report


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser, service: RunningService, tally: Tally
) -> Iterator[Callable[..., Visitor]]:
    """Let somebody sit down with a browser: ``visit(phone=True, javascript=False)``."""
    visitors: list[Visitor] = []
    request.node.stash[VISITORS] = visitors

    def _sit_down(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, service.address, tally, **{"phone": False} | options))
        return visitors[-1]

    yield _sit_down
    for visitor in visitors:
        visitor.leave()
