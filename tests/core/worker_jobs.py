"""Jobs for the tests of the worker; each runs in the child process."""

import os
import sys
import time


class Unusual(Exception):
    """An error that pickles badly: it cannot be made from its args."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__(f"{number} {word}")


def add(first: int, second: int, *, third: int = 0) -> int:
    return first + second + third


def process_id() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def hang_in_c() -> object:
    return 3 ** (3**17)


def echo(value: object) -> object:
    return value


def crash() -> None:
    os.kill(os.getpid(), 9)


def leave() -> None:
    raise SystemExit(3)


def refuse(message: str) -> None:
    raise LookupError(message)


def refuse_unusually() -> None:
    raise Unusual(7, "seven")


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1) + 1


def fill_memory() -> int:
    return len(bytearray(3 << 30))


def unpicklable() -> object:
    return lambda: None


def print_noise() -> str:
    sys.stdout.write("noise on the standard output\n")
    return "quiet"
