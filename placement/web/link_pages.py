"""What is shown when a personal link does not work, the same for everybody who comes by a link."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.errors import LinkNotValid


def tell_when_link_is_over(blueprint: Blueprint, renew: str, *, for_youth: bool = False) -> None:
    """Let the pages of a blueprint tell kindly that a link does not work, and offer a new one to the known address.

    Parameters
    ----------
    blueprint
        Its pages take the link's secret in ``token``.
    renew
        Endpoint that takes ``token`` and sends a new link.
    for_youth
        Whether a young person reads it; they are told to ask their own adult.
    """

    def link_over(_error: LinkNotValid) -> ResponseReturnValue:
        token = (request.view_args or {}).get("token") or "-"
        return render_template("links/over.html", renew_url=url_for(renew, token=token), for_youth=for_youth), 404

    blueprint.register_error_handler(LinkNotValid, link_over)


def link_sent_page(*, for_youth: bool = False) -> str:
    """Return the page that tells that a new link is on its way if the old one was known."""
    return render_template("links/sent.html", for_youth=for_youth)
