"""Pictures that pages carry."""

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Return the address as a picture that a phone can read."""
    svg = segno.make(address, error="m").svg_inline(scale=5, border=3, light="#fff", dark="#14262b")
    return Markup(svg)  # noqa: S704 - made by the library from squares; the address is not in it as text
