"""The object that a WSGI server runs: ``gunicorn --preload placement.wsgi:app``."""

from placement.app import create_app
from placement.settings import load_settings
from placement.vocabulary import warm_up

app = create_app(load_settings())
# Loading the language models takes seconds: done before the first request, and shared by the forked workers.
warm_up()
