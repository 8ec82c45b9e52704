from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from helpcenter.support.mail_in import reply_address
from helpcenter.support.mail_in.reply_address import Side, address, find, word
from tests.support.letters_to_us import opened


@pytest.fixture(autouse=True)
def with_mailbox(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _set(app, settings, monkeypatch)


def _set(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    given = {"mailbox_server": "imap.example.org", "mailbox_address": "help@example.org", **changes}
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, **given))  # type: ignore[arg-type]


@pytest.mark.parametrize("side", Side)
def test_an_answer_finds_its_conversation_by_the_address_it_goes_to(side: Side) -> None:
    other, row = opened(), opened()
    found = find([address(row, side)], [])
    assert found and (found.conversation.id, found.side) == (row.id, side)
    assert word(other, side) != word(row, side)


def test_an_answer_finds_its_conversation_by_the_letter_it_answers() -> None:
    row = opened()
    found = find(["help@example.org"], ["<other@example.org>", f"<{word(row, Side.CUSTOMER)}.abc@example.org>"])
    assert found and found.conversation.id == row.id


def test_a_server_may_write_addresses_in_capitals() -> None:
    row = opened()
    assert find([address(row, Side.CUSTOMER).upper()], [])


def test_the_address_wins_over_the_letter_it_answers() -> None:
    first, second = opened(), opened()
    found = find([address(first, Side.CUSTOMER)], [f"<{word(second, Side.CUSTOMER)}@example.org>"])
    assert found and found.conversation.id == first.id


def test_a_word_is_of_one_conversation_and_one_side() -> None:
    row, other = opened(), opened()
    stolen = word(row, Side.CUSTOMER)
    for changed in (
        stolen.replace(f"c{row.id}-", f"c{other.id}-"),
        stolen.replace(f"c{row.id}-", f"t{row.id}-"),
        stolen[:-1] + ("a" if stolen[-1] != "a" else "b"),
        stolen[:-1],
        stolen + "a",
        f"c{row.id}-",
        "c999999999-" + "a" * 26,
    ):
        assert find([f"help+{changed}@example.org"], []) is None


def test_an_address_is_one_that_servers_take() -> None:
    local = address(opened(), Side.CUSTOMER).partition("@")[0]
    assert re.fullmatch(r"[a-z0-9+-]+", local)
    assert len(local) <= reply_address.LONGEST_LOCAL


@pytest.mark.parametrize("change", [{"mailbox_plus": False}, {"mailbox_address": f"{'h' * 40}@example.org"}])
def test_where_no_word_fits_the_mailbox_itself_is_the_address(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    _set(app, settings, monkeypatch, **change)
    assert "+" not in address(opened(), Side.CUSTOMER)


def test_without_a_mailbox_there_is_no_address(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _set(app, settings, monkeypatch, mailbox_server="")
    assert address(opened(), Side.CUSTOMER) == ""


def test_of_a_head_full_of_made_up_words_only_so_many_are_looked_up() -> None:
    row = opened()
    made_up = [f"help+c{number}-{'a' * 26}@example.org" for number in range(reply_address.MOST_WORDS)]
    assert find(made_up[1:], [f"<{word(row, Side.CUSTOMER)}.1@example.org>"]) is not None
    assert find(made_up, [f"<{word(row, Side.CUSTOMER)}.1@example.org>"]) is None
