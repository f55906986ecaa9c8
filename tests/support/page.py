"""A browser without JavaScript that checks every page: headings, labels, ids, forms, policy, language."""

import io
import re
import zipfile
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from placement.accounts.models import Staff

IGNORED_INPUTS = {"hidden", "submit", "button", "image", "reset"}


class RequestClient(FlaskClient):
    """Gives each request an application context of its own, as a server does, even inside that of the test.

    Its reader prefers English, so that tests read in one language; the page decides as for any other browser.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, **options: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **options)


class Page:
    """A parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = _as_text(response.get_data())

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The tree of the page, as a browser makes it."""
        return BeautifulSoup("" if self.html.startswith("<?xml") else self.html, "html5lib")

    @property
    def text(self) -> str:
        """The visible text of the main part, with single spaces."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    @property
    def heading(self) -> str:
        """The text of the h1."""
        heading = self.soup.find("h1")
        return " ".join(heading.get_text(" ").split()) if heading else ""

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        return [" ".join(link.get_text().split()) for link in self.soup.select(".error-summary a")]

    @property
    def flashes(self) -> list[str]:
        """What the messages at the top say."""
        return [" ".join(item.get_text(" ").split()) for item in self.soup.select(".flash")]

    def select(self, selector: str) -> list[Tag]:
        """Elements by CSS selector."""
        return list(self.soup.select(selector))

    def links(self) -> list[str]:
        """Addresses of the links of the main part."""
        main = self.soup.find("main") or self.soup
        return [str(link["href"]) for link in main.find_all("a", href=True)]


def _as_text(content: bytes) -> str:
    """What a page or a file says; a workbook is opened, so that what is in it can be looked through."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def check_page(page: Page) -> None:
    """Fail unless the page keeps the promises that hold for every page."""
    soup = page.soup
    html = soup.find("html")
    assert isinstance(html, Tag)
    assert html.get("lang") in {"fi", "sv", "en"}, "the page does not say its language"
    headings = soup.find_all("h1")
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    assert soup.title is not None
    assert soup.title.get_text().strip().startswith(page.heading), f"title {soup.title.get_text()!r} not like h1"
    ids = [str(element["id"]) for element in soup.find_all(id=True)]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    _check_forms(soup, set(ids))
    assert "{{" not in page.html, "an unrendered template mark"
    assert "{%" not in page.html, "an unrendered template mark"
    for element in soup.find_all(True):
        inline = [name for name in element.attrs if name == "style" or name.startswith("on")]
        assert not inline, f"inline {inline} on {element.name}"
    for script in soup.find_all("script"):
        assert script.get("src") or script.get("type") == "application/ld+json", "an inline script"
    assert not soup.find_all("style"), "an inline style sheet"
    for image in soup.find_all("img"):
        assert image.has_attr("alt"), f"an image without alt: {image}"
    policy = page.response.headers.get("Content-Security-Policy", "")
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.response.headers.get("Cache-Control") == "no-store"


def _check_forms(soup: BeautifulSoup, ids: set[str]) -> None:
    for form in soup.find_all("form"):
        if str(form.get("method", "get")).lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), f"a form without its token: {form.get('action')}"
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") in IGNORED_INPUTS:
            continue
        labelled = control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
        labelled = labelled or soup.find("label", attrs={"for": str(control.get("id"))})
        assert labelled, f"a field without a label: {control.get('name')}"
        for name in str(control.get("aria-describedby", "")).split():
            assert name in ids, f"aria-describedby points to nothing: {name}"
        if control.get("type") not in {"radio", "checkbox"} and control.get("aria-invalid") == "true":
            assert control.get("aria-describedby"), f"a wrong field without its error: {control.get('name')}"


class PageClient:
    """Opens pages, fills the forms that are really on them, follows where they lead."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app = app
        self.session = session
        app.test_client_class = RequestClient
        self.client = app.test_client()
        self.page: Page | None = None

    def sign_in(self, staff: Staff) -> "PageClient":
        """Sign a worker in without walking the sign-in pages; those have tests of their own."""
        self.session.commit()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = staff.fs_uniquifier
            cookie["_fresh"] = True
            cookie["fs_cc"] = "set"
            cookie["identity"] = {"id": staff.fs_uniquifier}
        return self

    def sign_out(self) -> "PageClient":
        """Forget the signed-in worker."""
        self.client = self.app.test_client()
        return self

    def speak(self, language: str) -> "PageClient":
        """Choose the language of the pages."""
        with self.client.session_transaction() as cookie:
            cookie["language"] = language
        return self

    def get(self, address: str, *, status: int = 200, follow: bool = False) -> Page:
        """Open an address and check the page."""
        self.session.commit()
        response = self.client.get(address, follow_redirects=follow)
        return self._opened(response, status)

    def submit(self, button: str | None = None, *, status: int = 303, form: str | None = None, **fields: Any) -> Page:
        """Send the form that holds the button, or the form with the id, with the given fields changed.

        A 303 is followed once and the page it leads to is returned.
        """
        assert self.page is not None, "open a page first"
        found, pressed = self._find_form(button, form)
        data = _form_data(found)
        if pressed is not None and pressed.get("name"):
            data[str(pressed["name"])] = [str(pressed.get("value", ""))]
        for name, value in fields.items():
            data[name] = [str(item) for item in value] if isinstance(value, list | tuple | set) else [value]
        address = str((pressed.get("formaction") if pressed is not None else None) or found.get("action") or "")
        address = address or urlsplit(self.page.response.request.path).path
        files = any(hasattr(item, "read") or isinstance(item, tuple) for values in data.values() for item in values)
        self.session.commit()
        response = self.client.post(
            address, data=data, content_type="multipart/form-data" if files else "application/x-www-form-urlencoded"
        )
        self.session.expire_all()
        if status == 303:
            assert response.status_code == 303, f"{response.status_code}: {Page(response).text[:600]}"
            return self.get(response.location)
        return self._opened(response, status)

    def _find_form(self, button: str | None, form_id: str | None) -> tuple[Tag, Tag | None]:
        assert self.page is not None
        soup = self.page.soup
        if form_id:
            found = soup.find("form", attrs={"id": form_id})
            assert isinstance(found, Tag), f"no form {form_id!r}"
            return found, None
        if button is None:
            found = soup.find("form", id="main-form")
            assert isinstance(found, Tag), "no main form on the page"
            return found, None
        for candidate in soup.find_all("button"):
            if re.sub(r"\s+", " ", candidate.get_text(" ")).strip() == button:
                owner = candidate.find_parent("form") or soup.find("form", attrs={"id": str(candidate.get("form"))})
                assert isinstance(owner, Tag), f"the button {button!r} belongs to no form"
                return owner, candidate
        names = [" ".join(item.get_text(" ").split()) for item in soup.find_all("button")]
        raise AssertionError(f"no button {button!r}; there are {names}")

    def _opened(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert page.status == status, f"{page.status} instead of {status}: {page.text[:600]}"
        if response.mimetype == "text/html" and status not in {301, 302, 303}:
            check_page(page)
        self.page = page
        return page


def _form_data(form: Tag) -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = {}
    for control in form.find_all(["input", "select", "textarea"]):
        name = control.get("name")
        if not name or control.has_attr("disabled"):
            continue
        kind = str(control.get("type", "text"))
        if control.name == "select":
            chosen = [option for option in control.find_all("option") if option.has_attr("selected")]
            if not chosen and not control.has_attr("multiple"):
                chosen = control.find_all("option")[:1]
            values = [str(option.get("value", option.get_text())) for option in chosen]
        elif control.name == "textarea":
            values = [control.get_text().removeprefix("\n")]
        elif kind in {"checkbox", "radio"}:
            values = [str(control.get("value", "on"))] if control.has_attr("checked") else []
        elif kind in {"submit", "button", "file"}:
            values = []
        else:
            values = [str(control.get("value", ""))]
        data.setdefault(str(name), []).extend(values)
    return {name: values for name, values in data.items() if values}
