"""Small parts of requests that several tests send by hand."""

from tests.support.page import PageClient


def form_token(page: PageClient) -> str:
    """The token that the forms of the open page carry."""
    assert page.page is not None, "open a page first"
    return str(page.page.select("input[name=csrf_token]")[0]["value"])
