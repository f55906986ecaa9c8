"""Closing a file with a key, block by block, so that a copy of any size needs little memory.

Each block is a Fernet token that holds its number and whether it is the last one: a block that was
changed, moved or left out is noticed.
"""

import struct
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

BLOCK = 4 * 1024 * 1024
_HEAD = struct.Struct(">Q?")


class WrongKey(ValueError):
    """The file was not closed with this key, or it has been changed."""


def new_key() -> str:
    """Return a new key, as text for the settings."""
    return Fernet.generate_key().decode()


def seal(source: Path, target: Path, *, key: str) -> None:
    """Write the closed form of a file."""
    fernet = Fernet(key)
    with source.open("rb") as plain, target.open("wb") as closed:
        block, number = plain.read(BLOCK), 0
        while True:
            following = plain.read(BLOCK)
            closed.write(fernet.encrypt(_HEAD.pack(number, not following) + block) + b"\n")
            if not following:
                return
            block, number = following, number + 1


def unseal(source: Path, target: Path, *, key: str) -> None:
    """Write the open form of a closed file; raise WrongKey when the key or the file is not right."""
    fernet = Fernet(key)
    is_last = False
    with source.open("rb") as closed, target.open("wb") as plain:
        for number, line in enumerate(closed):
            try:
                content = fernet.decrypt(line.rstrip(b"\n"))
            except InvalidToken as error:
                raise WrongKey from error
            found, is_last = _HEAD.unpack_from(content)
            if found != number:
                raise WrongKey
            plain.write(content[_HEAD.size :])
    if not is_last:
        raise WrongKey
