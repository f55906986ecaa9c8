"""A company register on this machine that answers in the documented form of the open data, or as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NUMBER = "0112038-9"


def texts(finnish: str, swedish: str, english: str) -> list[dict[str, str]]:
    return [
        {"languageCode": "3", "description": english},
        {"languageCode": "2", "description": swedish},
        {"languageCode": "1", "description": finnish},
    ]


COMPANY: dict[str, Any] = {
    "businessId": {"value": NUMBER, "registrationDate": "1978-03-15", "source": "3"},
    "names": [
        {"name": "Vanha Nimi Oy", "type": "1", "registrationDate": "1978-03-15", "endDate": "2001-05-01", "version": 2},
        {"name": "Sivutoimi Leipä", "type": "3", "registrationDate": "2010-01-01", "version": 1, "source": "1"},
        {"name": "Leipomo Koe Oy", "type": "1", "registrationDate": "2001-05-01", "version": 1, "source": "1"},
    ],
    "mainBusinessLine": {
        "type": "10710",
        "descriptions": texts("Leivän valmistus", "Tillverkning av matbröd", "Manufacture of bread"),
        "typeCodeSet": "TOIMI3",
        "registrationDate": "2007-12-31",
        "source": "2",
    },
    "website": {"url": "www.leipomokoe.example", "registrationDate": "2015-01-01", "source": "0"},
    "companyForms": [
        {"type": "16", "descriptions": texts("Osakeyhtiö", "Aktiebolag", "Limited company"), "version": 1}
    ],
    "companySituations": [],
    "registeredEntries": [],
    "addresses": [
        {"type": 2, "street": "PL", "postOfficeBox": "12", "postCode": "00101", "postOffices": []},
        {
            "type": 1,
            "street": "Rantakatu",
            "buildingNumber": "4",
            "entrance": "B",
            "postCode": "33100",
            "postOffices": [
                {"city": "TAMMERFORS", "languageCode": "2", "municipalityCode": "837"},
                {"city": "TAMPERE", "languageCode": "1", "municipalityCode": "837"},
            ],
            "registrationDate": "2020-01-01",
            "source": "0",
        },
    ],
    "tradeRegisterStatus": "1",
    "status": "2",
    "registrationDate": "1978-03-15",
    "lastModified": "2026-01-02T07:49:26",
}
ANSWER = {"totalResults": 1, "companies": [COMPANY]}


class Register:
    """A server on this machine that answers as it is told."""

    def __init__(self) -> None:
        self.status, self.body, self.delay = 200, json.dumps(ANSWER).encode(), 0.0
        self.asked: list[str] = []
        register = self

        class _Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                register.asked.append(self.path)
                time.sleep(register.delay)
                self.send_response(register.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(register.body)))
                self.end_headers()
                self.wfile.write(register.body)

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/opendata-ytj-api/v3"


@contextmanager
def running_register() -> Iterator[Register]:
    """The register while a test runs."""
    made = Register()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        thread.join()
        made.server.server_close()
