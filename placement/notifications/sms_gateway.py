"""The way to a text-message gateway over HTTP: send, ask what became of a message, keep to its pace.

What a gateway, or a small program in front of one, has to answer stands in docs/text-messages.md.
"""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import quote

from placement.clock import utcnow
from placement.notifications.delivery import Letter, Outcome
from placement.notifications.models import OutcomeKind

TIMEOUT_SECONDS = 15
LARGEST_ANSWER = 10_000
LONGEST_REST = timedelta(hours=1)
OUTAGE_STATUSES = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
WRONG_NUMBER = "wrong_number"


class GatewayStatus(StrEnum):
    """What a gateway knows of a message, in the order in which it comes to know it."""

    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    UNDELIVERED = "undelivered"
    DELIVERED = "delivered"


class TokenBucket:
    """A pace that is kept: so many a second, and no more at once than fit into one second."""

    def __init__(self, a_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second = a_second
        self._clock = clock
        self._tokens = max(a_second, 1.0)
        self._filled_at = clock()

    def take(self) -> float:
        """Take one and return how many seconds to wait before using it."""
        now = self._clock()
        most = max(self._a_second, 1.0)
        self._tokens = min(most, self._tokens + (now - self._filled_at) * self._a_second)
        self._filled_at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._a_second)


class SmsChannel:
    """Hands text messages to a gateway: one POST of JSON with the number, the text and our reference."""

    def __init__(self, address: str, *, key: str = "", a_second: float = 10.0) -> None:
        self._address = address
        self._key = key
        self._pace = TokenBucket(a_second)

    def send(self, letter: Letter) -> Outcome:
        """Hand over one text message, at the agreed pace. An unclear answer is asked about before a second try."""
        threading.Event().wait(self._pace.take())
        reference = letter.message_id.strip("<>")
        body = json.dumps({"to": letter.address, "text": letter.text, "reference": reference})
        headers = {"Content-Type": "application/json", "Idempotency-Key": reference} | self._authorisation()
        request = urllib.request.Request(  # noqa: S310 - the settings allow http and https only
            self._address, data=body.encode(), headers=headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                return Outcome(OutcomeKind.SENT, f"{response.status} accepted by the gateway")
        except urllib.error.HTTPError as error:
            with error:
                return _judged_by_status(error)
        except urllib.error.URLError as error:  # the request did not get through
            return Outcome(OutcomeKind.OUTAGE, f"no connection: {error.reason}")
        except (OSError, http.client.HTTPException) as error:
            return Outcome(OutcomeKind.UNCERTAIN, f"no clear answer: {error!r}")

    def ask(self, message_id: str) -> GatewayStatus | None:
        """Return what the gateway knows of the message with this Message-ID, or None when it does not tell."""
        reference = message_id.strip("<>")
        joint = "&" if "?" in self._address else "?"
        request = urllib.request.Request(  # noqa: S310 - the settings allow http and https only
            f"{self._address}{joint}reference={quote(reference)}", headers=self._authorisation()
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                answer = json.loads(response.read(LARGEST_ANSWER))
                return GatewayStatus(answer["status"])
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
            # Not even 404 means that it is unknown there: a gateway without this question answers so, too.
            return None

    def close(self) -> None:
        """Nothing stays open between messages."""

    def _authorisation(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}


def _judged_by_status(error: urllib.error.HTTPError) -> Outcome:
    text = f"{error.code} from the gateway"
    if error.code in OUTAGE_STATUSES:
        return Outcome(OutcomeKind.OUTAGE, text, rest=_rest(error.headers.get("Retry-After", "")))
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(OutcomeKind.UNCERTAIN, text)
    return Outcome(OutcomeKind.REFUSED, text, address_is_bad=_names_wrong_number(error))


def _rest(retry_after: str) -> timedelta | None:
    """Read Retry-After: seconds or an HTTP date (RFC 9110, 10.2.3)."""
    try:
        rest = timedelta(seconds=int(retry_after))
    except ValueError:
        try:
            rest = parsedate_to_datetime(retry_after) - utcnow()
        except (ValueError, TypeError):
            return None
    except OverflowError:
        return LONGEST_REST
    return min(max(rest, timedelta()), LONGEST_REST)


def _names_wrong_number(error: urllib.error.HTTPError) -> bool:
    try:
        answer = json.loads(error.read(LARGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return isinstance(answer, dict) and answer.get("error") == WRONG_NUMBER
