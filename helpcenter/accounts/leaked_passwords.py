"""Passwords that leaked from other sites, in a file of their hashes too large to read: looked up by halving it.

A line of the file begins with a SHA-1 in 40 hexadecimal digits, and the lines are in the order of these: so Have I Been
Pwned publishes them, with a count behind each. Nothing leaves the machine.
"""

from __future__ import annotations

import logging
import os
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

HASH_DIGITS = 40
BLOCK_BYTES = 4096
logger = logging.getLogger("helpcenter.accounts")


def are_known(file: str, password: str) -> bool:
    """Whether the file, '' for none, has the password. No where it can not be read any more, which the log says."""
    if not file:
        return False
    wanted = sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().encode()
    try:
        with Path(file).open("rb") as lines:
            return _holds(lines, wanted)
    except OSError as problem:
        logger.error("the list of leaked passwords can not be read: %s", problem.strerror)
        return False


def _holds(lines: BinaryIO, wanted: bytes) -> bool:
    """Whether a line begins with a hash. `low` is where a line begins; the one looked for begins before `high`."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while high - low > BLOCK_BYTES:
        middle = (low + high) // 2
        lines.seek(middle)
        lines.readline()
        begins = lines.tell()
        if begins < high and _hash_of(lines.readline()) <= wanted:
            low = begins
        else:
            high = middle + 1
    lines.seek(low)
    while lines.tell() < high:
        if _hash_of(lines.readline()) == wanted:
            return True
    return False


def _hash_of(line: bytes) -> bytes:
    return line[:HASH_DIGITS].lower()
