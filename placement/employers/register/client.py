"""Asking the company register over HTTP: short timeouts, one try, every fault told apart."""

import json
import time
from typing import Any

import requests

from placement.employers.register.reading import NotAsDocumented, read_answer
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l

CONNECT_SECONDS, READ_SECONDS = 2.0, 4.0
LONGEST_SECONDS = 8.0
LARGEST_ANSWER = 2 * 1024 * 1024
PIECE = 64 * 1024
TOO_MANY = 429
NOT_FOUND = 404


class RegisterSilent(DomainError):
    """The register did not answer, or not as documented; the form is filled in by hand."""

    code = "register_silent"
    status = 503


def ask_register(address: str, business_id: str, *, timeout: tuple[float, float] | None = None) -> dict[str, Any]:
    """Return what the register at an address knows of a business id; empty details when it knows none.

    Parameters
    ----------
    address
        The beginning of the addresses of the open data, up to and with the version.
    business_id
        A checked business id such as 0112038-9.
    timeout
        Seconds to connect and to wait for each piece of the answer.

    Raises
    ------
    RegisterSilent
        When it is slow, unreachable, asks to wait, is broken or answers in another form.
    """
    try:
        with requests.get(
            f"{address}/companies",
            params={"businessId": business_id},
            headers={"Accept": "application/json"},
            timeout=timeout or (CONNECT_SECONDS, READ_SECONDS),
            stream=True,
            allow_redirects=False,
        ) as answer:
            if answer.status_code == NOT_FOUND:
                return {}
            if answer.status_code == TOO_MANY:
                raise RegisterSilent(
                    _l("The company register is being asked too often. Try again in a while, or fill in by hand."),
                    code="register_busy",
                )
            if answer.status_code != requests.codes.ok:
                raise RegisterSilent(_unreachable())
            return read_answer(json.loads(_body(answer)), business_id)
    except requests.RequestException as error:
        raise RegisterSilent(_unreachable()) from error
    except (ValueError, RecursionError) as error:
        raise RegisterSilent(
            _l("The company register answered something that cannot be read. Fill in by hand."), code="register_broken"
        ) from error


def _body(answer: requests.Response) -> bytes:
    body = bytearray()
    end = time.monotonic() + LONGEST_SECONDS
    for piece in answer.iter_content(PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER:
            message = "the answer is too large"
            raise NotAsDocumented(message)
        if time.monotonic() > end:  # each piece comes in time, but there is no end to them
            message = "the answer takes too long"
            raise requests.Timeout(message)
    return bytes(body)


def _unreachable() -> Any:
    return _l("The company register does not answer just now. Fill in by hand.")
