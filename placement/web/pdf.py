"""Any page on paper as a tagged PDF that a screen reader can read (PDF/UA-1); the one place that makes them.

A template that extends ``layout/pdf.html`` gives the title and the content; nothing in it comes from elsewhere.
"""

from typing import Any

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from placement.i18n import gettext, in_language
from placement.web.flashes import FlashKind, say

_STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
@page wide { size: A4 landscape; }
body { font: 10.5pt/1.4 "DejaVu Sans", "Noto Sans", sans-serif; color: #111; }
body.wide { page: wide; }
h1 { font-size: 18pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 1mm 0; } ul { margin: 1mm 0; padding-left: 5mm; } .lead { font-size: 12.5pt; font-weight: bold; }
.own { white-space: pre-line; border-left: 2pt solid #0b5a5c; padding-left: 3mm; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0; } caption { text-align: left; font-weight: bold; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 1.5mm; border-bottom: .5pt solid #999; }
thead { display: table-header-group; } tr { break-inside: avoid; } .sign td, .sign th { height: 14mm; }
dl div { display: flex; border-bottom: .5pt solid #bbb; padding: 1mm 0; break-inside: avoid; }
dt { width: 45mm; flex: none; color: #444; } dd { margin: 0; white-space: pre-line; }
.line { border-bottom: .7pt solid #111; height: 14mm; width: 80mm; } .soft { color: #444; } .small { font-size: 9pt; }
"""


class PdfNotPossible(RuntimeError):
    """The machine lacks the libraries that draw text; the pages to print work without them."""


def make_pdf(template: str, *, language: str, **values: Any) -> bytes:
    """Return a template drawn as PDF in a language; raise PdfNotPossible where Pango is missing."""
    try:
        # Loads libraries of the system that some machines lack, and that no other page needs.
        import weasyprint  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise PdfNotPossible(str(error)) from error
    with in_language(language):
        html = render_template(template, language=language, **values)
    made = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    content: bytes = made.write_pdf(stylesheets=[weasyprint.CSS(string=_STYLE)], pdf_variant="pdf/ua-1")
    return content


def pdf_file(template: str, *, language: str, name: str, otherwise: str, **values: Any) -> ResponseReturnValue:
    """Answer a request with a template as PDF, or lead to the page to print where none can be made.

    Args:
        template: extends ``layout/pdf.html``.
        language: code of the language to draw it in.
        name: name of the file without its ending; plain letters, and no name of a person.
        otherwise: address of the page that can be printed instead.
        values: what the template receives.
    """
    try:
        content = make_pdf(template, language=language, **values)
    except PdfNotPossible:
        say(gettext("PDF files cannot be made on this machine. Print this page instead."), FlashKind.WARNING)
        return redirect(otherwise, code=303)
    headers = {"Content-Disposition": f'inline; filename="{name}-{language}.pdf"'}
    return Response(content, content_type="application/pdf", headers=headers)


def _nothing_from_outside(address: str, *_rest: Any, **_options: Any) -> Any:
    message = f"a page on paper holds nothing from elsewhere: {address[:80]}"
    raise ValueError(message)
