"""Identity codes and bank accounts are found in free text; ordinary numbers are not."""

import pytest

from placement.rules.sensitive_text import find_bank_account, find_identity_code


@pytest.mark.parametrize(
    "text", ["131052-308T", "koodi 010199+123A.", "olen 131052A308t", "150305Y9012", "(131052-308T)"]
)
def test_an_identity_code_is_found(text: str) -> None:
    assert find_identity_code(text)


@pytest.mark.parametrize(
    "text", ["", "040 123 4567", "1234567-8", "22.11.2026", "131052 308", "99131052-308T1", "klo 8-16"]
)
def test_other_numbers_are_not_taken_for_identity_codes(text: str) -> None:
    assert not find_identity_code(text)


@pytest.mark.parametrize(
    "text", ["FI21 1234 5600 0007 85", "tili FI2112345600000785", "fi21 1234 5600 0007 85, kiitos"]
)
def test_a_bank_account_is_found(text: str) -> None:
    assert find_bank_account(text)


@pytest.mark.parametrize("text", ["", "FI21 1234 5600 0007 86", "FI-00100 Helsinki", "tilaus FI123"])
def test_other_codes_are_not_taken_for_bank_accounts(text: str) -> None:
    assert not find_bank_account(text)
