"""Where templates are, and the one way for domain code to render a message."""

from pathlib import Path

from flask import current_app

_PACKAGE = Path(__file__).resolve().parent


def template_folder() -> Path:
    """Return the template folder: inside the package in a wheel, beside it in a checkout."""
    packaged = _PACKAGE / "templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


def render_message(name: str, part: str, /, **values: object) -> str:
    """Render one part of a message, such as ``body.txt``, in the current language; subject and SMS are one line."""
    text = current_app.jinja_env.get_template(f"messages/{name}/{part}").render(**values)
    return " ".join(text.split()) if part in {"subject.txt", "sms.txt"} else text.strip() + "\n"
