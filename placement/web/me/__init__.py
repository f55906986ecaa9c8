"""What a young person sees through a personal link."""

from placement.web.me import browsing, data, onward, strengths
from placement.web.me.routes import bp

__all__ = ["bp", "browsing", "data", "onward", "strengths"]
