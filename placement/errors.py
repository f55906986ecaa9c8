"""What can go wrong in the domain: a stable code, a message in the reader's language, an HTTP status."""

from typing import Any


class DomainError(Exception):
    """A rule of the service says no. ``code`` is for logs and tests, ``message`` (lazy) for the reader."""

    code = "not_allowed"
    status = 409

    def __init__(self, message: Any, *, code: str | None = None) -> None:
        super().__init__(code or self.code)
        self.message = message
        if code:
            self.code = code


class TransitionNotAllowed(DomainError):
    """The thing is not in a state from which this step can be taken."""

    code = "transition_not_allowed"


class ChangedMeanwhile(DomainError):
    """Somebody else has changed the same thing after it was opened for editing."""

    code = "changed_meanwhile"


class ReasonNeeded(DomainError):
    """The step needs a reason in words."""

    code = "reason_needed"
    status = 422


class RuleBlocks(DomainError):
    """A confirmed legal or house rule forbids it; ``code`` is the rule id."""

    code = "blocked_by_rule"


class LinkNotValid(DomainError):
    """A personal link that is unknown, expired, revoked or made for another purpose."""

    code = "link_not_valid"
    status = 404


class ImportRefused(DomainError):
    """A file that cannot be read as a list of offers at all."""

    code = "import_refused"
    status = 422
