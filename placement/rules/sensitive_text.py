"""Finding what does not belong in free text: identity codes and bank accounts (rule DP-06), contact details."""

import re

import phonenumbers
from stdnum import iban
from stdnum.exceptions import ValidationError

_IDENTITY_CODE = re.compile(r"(?<!\d)\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Z])", re.IGNORECASE)
_ACCOUNT = re.compile(r"\bFI\d{2}(?:[ \u00a0]?\d{4}){3}[ \u00a0]?\d{2}\b", re.IGNORECASE)

MASK = "••••••-••••"
"""Stands where an identity code or a bank account was taken out."""


def find_identity_code(text: str) -> bool:
    """Return whether the text holds something of the form of a Finnish personal identity code."""
    return _IDENTITY_CODE.search(text) is not None


def find_bank_account(text: str) -> bool:
    """Return whether the text holds a valid Finnish bank account number."""
    for found in _ACCOUNT.finditer(text):
        try:
            iban.validate(found.group())
        except ValidationError:
            continue
        return True
    return False


def mask_sensitive(text: str) -> str:
    """Return the text with ``MASK`` in place of identity codes and bank accounts, for text that waits to be mended."""

    def _mask(found: re.Match[str]) -> str:
        return MASK if find_bank_account(found.group()) else found.group()

    return _ACCOUNT.sub(_mask, _IDENTITY_CODE.sub(MASK, text))


def find_contact_details(text: str) -> bool:
    """Return whether the text holds an e-mail address or something that can be a phone number."""
    return "@" in text or bool(phonenumbers.PhoneNumberMatcher(text, "FI").has_next())
