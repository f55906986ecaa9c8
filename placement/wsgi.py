"""The object that a WSGI server runs: ``gunicorn placement.wsgi:app``."""

from placement.app import create_app
from placement.settings import load_settings

app = create_app(load_settings())
