"""The addresses that messages and printed pages carry: always built from the configured public address."""

from urllib.parse import urlsplit

from flask import current_app

from placement.settings import Settings


def page_address(endpoint: str, **values: object) -> str:
    """Return the full address of a page, whatever host the request came to."""
    settings: Settings = current_app.config["SAUMA_SETTINGS"]
    parts = urlsplit(settings.public_url)
    return current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme).build(endpoint, values, force_external=True)


def sender_address() -> str:
    """Return the address that e-mails of this installation come from."""
    settings: Settings = current_app.config["SAUMA_SETTINGS"]
    return settings.mail_from
