"""Giving out an agreement: as a page or as PDF, in the language asked for."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.i18n import LANGUAGES, in_language
from placement.placements.models import Placement
from placement.web.agreement.document import agreement_document
from placement.web.language import asked_language
from placement.web.pdf import pdf_file


def agreement_page(
    placement: Placement, *, address: Callable[[str], str], pdf_address: Callable[[str], str], back: str
) -> ResponseReturnValue:
    """Return the agreement as a page to read and print. The addresses are given a language."""
    language = asked_language()
    with in_language(language):
        document = agreement_document(placement)
        return render_template(
            "agreement/print.html",
            document=document,
            language=language,
            current_language=language,
            links=[(one.name, one.code, address(one.code)) for one in LANGUAGES],
            pdf_url=pdf_address(language),
            back=back,
        )


def agreement_file(placement: Placement, *, print_address: Callable[[str], str]) -> ResponseReturnValue:
    """Return the agreement as PDF; where none can be made, lead to the page that can be printed."""
    language = asked_language()
    with in_language(language):
        document = agreement_document(placement)
    return pdf_file(
        "agreement/pdf.html",
        language=language,
        name=f"agreement-{placement.id}",
        otherwise=print_address(language),
        document=document,
    )
