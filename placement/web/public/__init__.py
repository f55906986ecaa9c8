"""Pages that anybody may open: the front page, how suggestions are made, accessibility, language, health."""

from placement.web.public.routes import bp

__all__ = ["bp"]
