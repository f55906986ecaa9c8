"""What the text-message gateway tells: not a page of people."""

from placement.web.gateway.routes import bp

__all__ = ["bp"]
