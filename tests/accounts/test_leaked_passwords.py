from __future__ import annotations

import logging
from dataclasses import replace
from hashlib import sha1
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.accounts import leaked_passwords

MANY = [f"password number {number}" for number in range(3_000)]
# What may stand behind a hash: a count and the line end of Windows, as it is published, or nothing.
ENDS = ("\n", "\r\n", ":3\n", ":52579\r\n")


def digits(password: str) -> str:
    return sha1(password.encode()).hexdigest().upper()


def file_of(passwords: list[str], end: str = ":3\r\n") -> bytes:
    return "".join(f"{one}{end}" for one in sorted(map(digits, passwords))).encode()


@pytest.fixture
def leaked(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a list of passwords that leaked."""
    path = tmp_path / "leaked.txt"
    path.write_bytes(file_of([*MANY, "correct horse battery"]))
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], leaked_passwords=str(path)))
    return path


def register(app: Flask, password: str) -> tuple[int, str]:
    form = {"name": "Ben", "email": "ben@example.org", "password": password}
    answer = app.test_client().post("/register", data=form)
    return answer.status_code, answer.text


def test_a_password_that_leaked_elsewhere_is_refused_and_said_to_be_one(app: Flask, leaked: Path) -> None:
    status, page = register(app, "correct horse battery")
    assert status == 422
    assert "This password leaked from another site" in page
    assert register(app, "correct horse buttery")[0] == 303


def test_a_list_that_went_away_stops_nobody_and_is_told(
    app: Flask, leaked: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leaked.unlink()
    with caplog.at_level(logging.ERROR, "helpcenter.accounts"):
        assert register(app, "correct horse battery")[0] == 303
    assert "the list of leaked passwords can not be read: No such file or directory" in caplog.text


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=400),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(ENDS),
    st.booleans(),
)
def test_what_is_in_the_list_is_found_and_nothing_else(known: list[str], other: str, end: str, is_cut: bool) -> None:
    data = file_of(known, end)
    lines = BytesIO(data.rstrip(b"\r\n") if is_cut else data)
    for password in [*known[:20], other]:
        wanted = digits(password).lower().encode()
        assert leaked_passwords._holds(lines, wanted) is (password in known)


def test_every_one_of_many_is_found_by_reading_little() -> None:
    lines = Counting(file_of(MANY))
    for password in MANY:
        assert leaked_passwords._holds(lines, digits(password).lower().encode())
    assert not leaked_passwords._holds(lines, b"0" * 40)
    assert not leaked_passwords._holds(lines, b"f" * 40)
    assert lines.read_bytes / len(MANY) < 3 * leaked_passwords.BLOCK_BYTES < len(lines.getvalue()) / 10


class Counting(BytesIO):
    """A file that counts what was read of it."""

    read_bytes = 0

    def readline(self, *limits: int) -> bytes:  # type: ignore[override]
        line = super().readline(*limits)
        self.read_bytes += len(line)
        return line
