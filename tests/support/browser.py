"""A real Chromium for the journeys: every page it opens is checked with axe and against the content policy."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1360, "height": 900}}
SECRETS_OF_A_FORM = re.compile(r'(name="(?:csrf_token|form_key)" value=")[^"]*')
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@dataclass
class Tally:
    """How many pages were looked at, how many of them axe has gone through, and what was found."""

    pages: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    looks: int = 0
    violations: list[str] = field(default_factory=list)

    def as_lists(self) -> dict[str, Any]:
        """The tally in a form that travels between processes."""
        return {
            "pages": sorted(self.pages),
            "seen": sorted(self.seen),
            "looks": self.looks,
            "violations": self.violations,
        }

    def add(self, other: dict[str, Any]) -> None:
        """Add the tally of another process, as made by ``as_lists``."""
        self.pages.update(other["pages"])
        self.seen.update(other["seen"])
        self.looks += other["looks"]
        self.violations.extend(other["violations"])


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the machine; skip loudly without one, fail without one under CI."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        message = "NO CHROMIUM ON THIS MACHINE: the browser journeys were not walked"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody with a browser: a worker at a desk, an employer or a young person with a phone."""

    def __init__(self, browser: Browser, address: str, tally: Tally, *, phone: bool, javascript: bool = True) -> None:
        options: dict[str, Any] = dict(PHONE if phone else DESK)
        self.context: BrowserContext = browser.new_context(
            base_url=address, java_script_enabled=javascript, locale="en-GB", **options
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.tally = tally
        self.javascript = javascript
        self.complaints: list[str] = []
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> Page:
        """Open an address and check the page."""
        answer = self.page.goto(address)
        assert answer is not None, address
        assert answer.ok, f"{self.page.url} answered {answer.status}"
        return self.look()

    def press(self, name: str, *, exact: bool = True) -> Page:
        """Press the button or link of that name and check the page it leads to."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=exact)
        return self.follow(target.first)

    def follow(self, target: Locator) -> Page:
        """Press what was found on the page and check the page it leads to."""
        target.click()
        self.page.wait_for_load_state()
        return self.look()

    def look(self) -> Page:
        """Check the page that is open: accessibility, no scripting or policy errors, no sideways scroll."""
        self.tally.looks += 1
        self.tally.pages.add(self.page.title())
        if self.javascript:
            self._go_through_with_axe()
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        # A refused form is a normal answer, not a fault of the page.
        faults = [line for line in self.complaints if "status of 4" not in line]
        assert not faults, f"{self.page.url}: {faults}"
        assert not self.tally.violations, "\n".join(self.tally.violations)
        return self.page

    def _go_through_with_axe(self) -> None:
        """Let axe look, unless it has seen the very same page at the same width."""
        content = SECRETS_OF_A_FORM.sub(r"\1", self.page.content())
        mark = hashlib.sha256(f"{self.page.viewport_size}{content}".encode()).hexdigest()
        if mark in self.tally.seen:
            return
        self.tally.seen.add(mark)
        found = Axe().run(self.page, options=RULES).response["violations"]
        self.tally.violations += [
            f"{self.page.url}: {item['id']}: {item['help']}: {node['html'][:160]}"
            for item in found
            for node in item["nodes"]
        ]

    def find(self, css: str) -> Locator:
        """What a CSS selector finds on the page."""
        return self.page.locator(css)

    def language(self) -> str | None:
        """The language that the page says it is in."""
        return self.page.locator("html").get_attribute("lang")

    def heading(self) -> str:
        """The text of the h1."""
        return self.page.locator("h1").inner_text()

    def text(self) -> str:
        """The visible text of the page."""
        return self.page.locator("body").inner_text()

    def keep_a_record(self, path: Path) -> None:
        """Save a picture of the page, and its address and text beside it."""
        self.page.screenshot(path=path.with_suffix(".png"), full_page=True)
        path.with_suffix(".txt").write_text(f"{self.page.url}\n\n{self.text()}\n", encoding="utf-8")

    def leave(self) -> None:
        """Close the browser window."""
        self.context.close()
