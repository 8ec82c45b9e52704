from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpcenter.support.mail_in.quotes import split

LEADS = {
    "english": "On Mon, Nov 3, 2026 at 10:12 AM Sam <help@example.org> wrote:",
    "english, without an address": "On 3 Nov 2026, Sam of Harbor Help wrote:",
    "spanish": "El lun, 3 nov 2026 a las 10:12, Sam (<help@example.org>) escribió:",
    "russian": "Понедельник, 3 ноября 2026, 10:12 +03:00 от Sam <help@example.org>:",
    "russian, of Gmail": "пн, 3 нояб. 2026 г. в 10:12, Sam <help@example.org>:",
    "russian, of Thunderbird": "03.11.2026 10:12, Sam пишет:",
    "arabic": "في الاثنين، 3 نوفمبر 2026 في 10:12 ص تمت كتابة ما يلي بواسطة Sam <\u200ehelp@example.org\u200f>:",
    "arabic, of Apple": "في 3 نوفمبر 2026، الساعة 10:12 ص، كتب Sam:",
}
EVERY_LEAD = pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
HEADS = {
    "english": "From: Sam <help@example.org>\nSent: Monday, November 3, 2026 10:12\nTo: Ben\nSubject: RE: White page",
    "spanish": "De: Sam <help@example.org>\nEnviado el: lunes, 3 de noviembre de 2026 10:12\nPara: Ben\nAsunto: RE: Blanco",
    "russian": "От: Sam <help@example.org>\nОтправлено: 3 ноября 2026 г. 10:12\nКому: Ben\nТема: RE: Белая",
    "arabic": "من: Sam <help@example.org>\nتاريخ الإرسال: 3 نوفمبر 2026\nإلى: Ben\nالموضوع: رد: صفحة",
    "in bold": "**From:** Sam <help@example.org>\n**Sent:** Monday\n**To:** Ben\n**Subject:** RE: White page",
}


@EVERY_LEAD
def test_what_was_answered_is_folded(lead: str) -> None:
    assert split(f"It works again.\n\n{lead}\n\n> Press Ctrl and F5.\n> Then tell us.\n") == (
        "It works again.",
        f"{lead}\n\n> Press Ctrl and F5.\n> Then tell us.",
    )


@EVERY_LEAD
def test_a_line_that_the_mail_program_broke_is_still_the_one_that_leads(lead: str) -> None:
    words = lead.split(" ")
    broken = " ".join(words[:-2]) + "\n" + " ".join(words[-2:])
    assert split(f"It works again.\n\n{broken}\n> Press it.")[0] == "It works again."


@EVERY_LEAD
def test_an_answer_below_what_it_answers_stays_alone(lead: str) -> None:
    new, quoted = split(f"{lead}\n> Press Ctrl and F5.\n\nI did. It is white.")
    assert (new, quoted) == ("I did. It is white.", f"{lead}\n> Press Ctrl and F5.")


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_letter_copied_below_without_marks_is_folded(head: str) -> None:
    assert split(f"It works again.\n\n{head}\n\nPress it.")[0] == "It works again."


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "----- Mensaje original -----",
        "-----Исходное сообщение-----",
        "-----الرسالة الأصلية-----",
        "________________________________",
    ],
)
def test_a_line_that_parts_ends_what_is_new(line: str) -> None:
    assert split(f"It works again.\n\n{line}\nPress it.") == ("It works again.", f"{line}\nPress it.")


def test_a_signature_is_folded() -> None:
    assert split("Thank you.\n\n-- \nBen\nHarbor Street 4") == ("Thank you.", "-- \nBen\nHarbor Street 4")


def test_who_answers_between_the_lines_keeps_them() -> None:
    text = "> Did you press it?\nYes.\n> Is it white?\nIt is."
    assert split(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "It says at 10:12:\nNo route to host",
        "From: the invoice page\nI get nothing.",
        "De: nada\nPara mañana lo necesito.",
        "Two things:\n1. white page\n2. no mail",
        "my address is ben@example.org:\nwrite there",
        "It says:\n2026-11-30 10:12:00 no route to <ben@example.org>:\n550 no such user\nWhat now?",
        "It says:\n2026-11-30 10:12:00,123 no route to <ben@example.org>:\n550 no such user\nWhat now?",
        "It says:\nNov 30 10:12, in 2026, <ben@example.org>:\n550 no such user\nWhat now?",
        "Hello,\nplease add these 2 to the account of Ben <ben@example.org>:\nAna\nLi",
    ],
)
def test_what_only_looks_like_it_stays_in_sight(text: str) -> None:
    assert split(text) == (text, "")


@pytest.mark.parametrize(
    "lead",
    [
        "    On Monday, November 3, 2026 at 10:12:11 AM GMT+1, Sam <help@example.org> wrote:  ",
        "El lunes, 3 de noviembre de 2026, 10:12:11 CET, Sam <help@example.org> escribió:",
        '03.11.2026, 10:12, "Sam" <help@example.org>:',
        LEADS["russian"],
        LEADS["russian, of Gmail"],
        LEADS["arabic"],
    ],
)
def test_who_is_quoted_with_their_address_is_folded_without_marks_too(lead: str) -> None:
    assert split(f"It works again.\n\n{lead}\n \n Press Ctrl and F5.")[0] == "It works again."


@pytest.mark.parametrize("rule", ["---", "________", "—————"])
def test_a_line_drawn_above_what_is_quoted_goes_with_it(rule: str) -> None:
    quoted = f"{rule}\n\n{HEADS['english']}\n\nPress it."
    assert split(f"It works again.\n\n{quoted}") == ("It works again.", quoted)


def test_a_letter_that_was_only_passed_on_is_all_new() -> None:
    text = f"{HEADS['english']}\n\nPress it."
    assert split(text) == (text, "")


@given(some.text(alphabet=some.sampled_from("ab >:@-_1\n\r."), max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    new, quoted = split(text)
    assert sorted(new + quoted) == sorted(text.replace("\r\n", "\n").replace("\r", "\n").strip()) or (
        sorted("".join((new + quoted).split())) == sorted("".join(text.split()))
    )
    assert new or not text.strip()
