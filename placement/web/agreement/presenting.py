"""Giving out an agreement: as a page or as PDF, in the language asked for."""

from collections.abc import Callable

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from placement.i18n import LANGUAGES, current_language, gettext, in_language
from placement.placements.models import Placement
from placement.web.agreement.document import agreement_document
from placement.web.agreement.pdf import PdfNotPossible, agreement_pdf
from placement.web.flashes import FlashKind, say

CODES = tuple(language.code for language in LANGUAGES)


def asked_language() -> str:
    """Return the language asked for in the address, else that of the reader."""
    asked = request.args.get("language", "")
    return asked if asked in CODES else current_language()


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
    try:
        with in_language(language):
            content = agreement_pdf(agreement_document(placement), language)
    except PdfNotPossible:
        say(gettext("PDF files cannot be made on this machine. Print this page instead."), FlashKind.WARNING)
        return redirect(print_address(language), code=303)
    headers = {"Content-Disposition": f'inline; filename="agreement-{placement.id}-{language}.pdf"'}
    return Response(content, content_type="application/pdf", headers=headers)
