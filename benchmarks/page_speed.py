"""How fast Today and Suggestions answer ten clients at once, on the demo data.

Prints a table and writes ``benchmarks/results/page_speed.json``. Load goes to the loopback address only.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.accounts.queries import staff_of_centre
from placement.app import create_app
from placement.jobseekers.models import Youth
from placement.settings import Settings
from tests.support.service import free_port

CLIENTS = 10
REQUESTS_EACH = 30
WARM_UP = 3
RESULTS = Path(__file__).parent / "results" / "page_speed.json"


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _cookie(app: Flask, staff: Staff) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    content = {"_user_id": staff.fs_uniquifier, "_fresh": True, "fs_cc": "set", "seen_at": int(time.time())}
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(content)}"


def _load(address: str, paths: list[str], cookie: str) -> list[float]:
    times: list[float] = []
    lock = threading.Lock()

    def _client(number: int) -> None:
        chooser = random.Random(number)
        for _ in range(REQUESTS_EACH):
            request = urllib.request.Request(address + chooser.choice(paths), headers={"Cookie": cookie})
            begun = time.perf_counter()
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                assert answer.url.endswith(request.selector), f"led away to {answer.url}"
            with lock:
                times.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=_client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/", timeout=2).read()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the service did not start")


def main() -> None:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        environment = os.environ | {"SAUMA_INSTANCE": folder, "SAUMA_PUBLIC_URL": address, "OMP_NUM_THREADS": "1"}
        for command in (["migrate"], ["demo"]):
            subprocess.run([sys.executable, "-m", "placement.cli", *command], env=environment, check=True)
        app = create_app(Settings(_env_file=None, instance=Path(folder), public_url=address))
        with app.app_context(), app.extensions["session_factory"]() as session:
            first = session.scalars(select(Staff).order_by(Staff.id)).first()
            counsellor = staff_of_centre(session, first.centre_id, with_role=Role.COUNSELLOR)[0]
            served = session.scalars(select(Youth.id).where(Youth.one_adult_id == counsellor.id).limit(20)).all()
            cookie = _cookie(app, counsellor)
        serve = [sys.executable, "-m", "placement.cli", "serve", "--port", str(port), "--no-jobs"]
        process = subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        results: dict[str, Any] = {"clients": CLIENTS, "requests_each": REQUESTS_EACH}
        try:
            _wait(address)
            pages = {"today": ["/today"], "suggestions": [f"/young-people/{number}/suggestions" for number in served]}
            for name, paths in pages.items():
                for _ in range(WARM_UP):
                    _load(address, paths, cookie)
                times = _load(address, paths, cookie)
                results[name] = {f"p{int(s * 100)}_ms": round(_percentile(times, s), 1) for s in (0.5, 0.95, 0.99)}
        finally:
            process.terminate()
            process.wait(timeout=30)
    print(f"{'page':<14}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}")
    for name in ("today", "suggestions"):
        row = results[name]
        print(f"{name:<14}{row['p50_ms']:>10}{row['p95_ms']:>10}{row['p99_ms']:>10}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
