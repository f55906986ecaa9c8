#!/usr/bin/env bash
# Builds the wheel, installs it in an empty environment and starts the app from it in an empty folder.
set -euo pipefail
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m hatchling build -t wheel -d "$folder/dist" >/dev/null
python3 -m venv "$folder/venv"
.venv/bin/uv pip install --quiet --python "$folder/venv/bin/python" "$folder"/dist/*.whl
cd "$folder"
SAUMA_INSTANCE="$folder/instance" "$folder/venv/bin/python" - <<'PY'
from placement.app import create_app
from placement.migrations.run import upgrade
from placement.settings import load_settings

settings = load_settings()
settings.instance.mkdir(parents=True)
upgrade(settings.database_address)
app = create_app(settings)
for name in app.jinja_env.list_templates():
    app.jinja_env.get_template(name)
client = app.test_client()
assert client.get("/").status_code == 200
assert client.get("/static/sauma.css").status_code == 200
for language, word in (("fi", "Kirjaudu"), ("sv", "Logga in"), ("en", "Sign in")):
    assert word in client.get("/", headers={"Accept-Language": language}).get_data(as_text=True), language
print("the wheel works:", len(app.jinja_env.list_templates()), "templates, three languages")
PY
cd "$root"
