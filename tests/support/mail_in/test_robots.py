from __future__ import annotations

import pytest

from helpcenter.support.mail_in.robots import Robot, robot

OURS = "help.example.org"
OWN = frozenset({"help@example.org"})


def told(sender: str = "ben@example.org", kind: str = "text/plain", **headers: str) -> Robot:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return robot(given, sender, kind, OURS, OWN)


def test_a_person_is_none() -> None:
    assert told(subject="White page") is Robot.NONE
    assert told(auto_submitted="no") is Robot.NONE


def test_a_customer_whose_letter_comes_through_a_list_is_a_person() -> None:
    assert told(list_id="<help.example.org>", precedence="list", list_unsubscribe="<mailto:x@y.z>") is Robot.NONE


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated; owner-email=x"},
        {"x_autoreply": "yes"},
        {"x_autorespond": "yes"},
        {"precedence": "auto_reply"},
        {"return_path": "<>"},
        {"subject": "Automatic reply: White page"},
        {"subject": "Respuesta automática: Página blanca"},
        {"subject": "Автоответ: Белая страница"},
        {"subject": "رد تلقائي: صفحة بيضاء"},
    ],
)
def test_a_holiday_notice_is_an_automatic_reply(headers: dict[str, str]) -> None:
    assert told(**headers) is Robot.REPLY


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@example.org", "postmaster@example.org"])
def test_a_letter_that_came_back_is_a_bounce(sender: str) -> None:
    assert told(sender) is Robot.BOUNCE
    assert told(kind="multipart/report") is Robot.BOUNCE


def test_a_mass_mailing_is_one() -> None:
    assert told(precedence="bulk") is Robot.BULK
    assert told("no-reply@shop.example") is Robot.BULK


def test_our_own_letter_is_known_when_it_comes_back() -> None:
    assert told(x_loop=OURS) is Robot.OWN
    assert told(x_loop=f"other.example {OURS}") is Robot.OWN
    assert told("Help@Example.org") is Robot.OWN
    assert told(x_loop="other.example") is Robot.NONE
