"""The agreement as a tagged PDF that a screen reader can read (PDF/UA-1)."""

from typing import Any

from flask import render_template

from placement.web.agreement.document import AgreementDocument

_STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
body { font: 10.5pt/1.4 "DejaVu Sans", "Noto Sans", sans-serif; color: #111; }
h1 { font-size: 18pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 1mm 0; } .own { white-space: pre-line; border-left: 2pt solid #0b5a5c; padding-left: 3mm; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0; } caption { text-align: left; font-weight: bold; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 1.5mm; border-bottom: .5pt solid #999; }
thead { display: table-header-group; } tr { break-inside: avoid; } .sign td, .sign th { height: 14mm; }
.soft { color: #444; font-size: 9pt; }
"""


class PdfNotPossible(RuntimeError):
    """The machine lacks the libraries that draw text; the print page works without them."""


def agreement_pdf(document: AgreementDocument, language: str) -> bytes:
    """Return the PDF of an agreement; raise PdfNotPossible where Pango is missing."""
    try:
        # Loads libraries of the system that some machines lack, and that no other page needs.
        import weasyprint  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise PdfNotPossible(str(error)) from error
    html = render_template("agreement/pdf.html", document=document, language=language)
    made = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    content: bytes = made.write_pdf(stylesheets=[weasyprint.CSS(string=_STYLE)], pdf_variant="pdf/ua-1")
    return content


def _nothing_from_outside(address: str, *_rest: Any, **_options: Any) -> Any:
    message = f"an agreement holds nothing from elsewhere: {address[:80]}"
    raise ValueError(message)
