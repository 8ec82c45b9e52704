"""A person's whole path, in the browser, in the mail and in the numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from drills.smtp_server import Letter, SmtpServer
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import settlement
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Status
from tests import shelf
from tests.browser.live_site import SUPPORT, LiveSite, served
from tests.browser.test_contact import READING_MS, SOON_MS, send_button
from tests.cast import email_of
from tests.conftest import database_url
from tests.core.imap_server import ImapServer
from tests.support.letters_to_us import FIREFOX
from tests.support.mail_in.post import letter

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
COMPLAINT = "My locker does not open any more, although I turn the key as far as it goes."
THREE_DAYS = timedelta(days=3, minutes=5)
WAITED = timedelta(minutes=30)


@pytest.fixture(scope="module")
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, smtp: SmtpServer, the_imap_server: ImapServer) -> Iterator[LiveSite]:
    """A site that sends mail, and takes mail in."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    the_imap_server.empty()
    mail = {"mail_server": "127.0.0.1", "mail_port": smtp.port, "mail_use_tls": False, "mail_from": "out@example.org"}
    settings = {**mail, **the_imap_server.settings}
    with served(tmp_path_factory.mktemp("site"), database_url(f"browser_{worker}"), **settings) as live:
        topic = live.do(shelf.put_topic, "harbor", "Harbor")
        body = "1. Take the key.\n2. Open the locker.\n\n## If it is stuck\n\nPull the locker while you turn the key."
        live.do(shelf.put_article, "Open a locker", body, topic_id=topic, summary="With your key.")
        live.work()
        yield live


def in_vain(visit: Visit) -> Page:
    """Search, read, say that it did not help, and open the contact form from there."""
    # Chromium says of itself that nobody sits before it, and programs are not counted.
    page = visit("/en/search?q=open+a+locker", user_agent=FIREFOX["User-Agent"])
    page.locator(".result-list h2 a", has_text="Open a locker").click()
    page.locator(".vote button[value=no]").click()
    page.locator(".vote").get_by_role("link", name="Write to support").click()
    page.get_by_label("What do you need?").fill(COMPLAINT)
    expect(page.locator(".suggestion").first).to_contain_text("Open a locker")
    return page


def settled(site: LiveSite, after: timedelta = timedelta()) -> list[str]:
    """The state of each episode that is no team member's, settled so much later; the oldest first."""

    def act() -> list[str]:
        with clock.moved(clock.now() + after):
            settlement.settle()
        rows = db.session.scalars(select(EpisodeRow).order_by(EpisodeRow.id).execution_options(populate_existing=True))
        return [row.state for row in rows]

    return site.do(act)


def test_who_finds_the_answer_in_the_form_is_one_deflected_conversation(site: LiveSite, visit: Visit) -> None:
    page = in_vain(visit)
    with page.context.expect_page() as beside:
        page.locator(".suggestion").get_by_role("button", name="Open a locker", exact=True).click()
    expect(beside.value.locator("h1")).to_have_text("Open a locker")
    page.get_by_role("button", name="That solved it: Open a locker").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was sent")

    assert settled(site) == ["pending"]
    report = visit("/reports", who="ada")
    expect(report.locator(".report-sentence")).to_contain_text("0 conversations did not need to happen")
    expect(report.locator(".report-notes")).to_contain_text("1 more is waiting")

    assert settled(site, THREE_DAYS) == ["confirmed"]
    report.reload()
    expect(report.locator(".report-sentence")).to_contain_text("1 conversation did not need to happen")
    row = report.get_by_role("row", name="Contact form")
    row.get_by_role("link").first.click()
    report.locator("tr[data-episode]").get_by_role("link").first.click()
    expect(report.locator(".decides")).to_contain_text("This decided")
    expect(report.locator("main")).to_contain_text("Open a locker")


def test_who_writes_after_all_is_answered_by_mail_and_counts_as_a_contact(
    site: LiveSite, visit: Visit, smtp: SmtpServer, the_imap_server: ImapServer
) -> None:
    before = len(settled(site))
    page = in_vain(visit)
    page.get_by_label("Email").fill("pia@example.org")
    page.wait_for_timeout(READING_MS)
    send_button(page).click()
    expect(page.get_by_role("status").first).to_contain_text("We have your message. Its number is")
    assert settled(site)[before:] == ["contacted"]
    agent = visit("/inbox", who="sam")
    agent.locator(".inbox-rows a").last.click()
    expect(agent.locator(".tried")).to_contain_text("Said that it did not help")
    site.do(sent_earlier)

    site.work()
    to_team, to_her = letter_to(smtp, SUPPORT), letter_to(smtp, "pia@example.org")
    assert "Or reply to this email." in text_of(to_her)
    the_imap_server.deliver(answering(to_team, email_of("sam"), "Please pull while you turn it."))
    site.work()
    expect(page.locator(".message.reply")).to_contain_text("Please pull while you turn it.", timeout=SOON_MS)
    site.work()
    reply = letter_to(smtp, "pia@example.org")
    assert "Please pull while you turn it." in text_of(reply) and "Reply to this email, or answer here:" in text_of(
        reply
    )
    the_imap_server.deliver(answering(reply, "Pia <pia@example.org>", "That was it, thank you."))
    site.work()
    expect(page.locator(".message.incoming").last).to_contain_text("That was it, thank you.", timeout=SOON_MS)
    expect(page.locator(".message.incoming").last).not_to_contain_text("Please pull", use_inner_text=True)

    row = site.do(lambda: db.session.scalars(select(Conversation)).one())
    assert row.status == Status.OURS and row.human_replies == 1
    assert row.first_reply_seconds is not None
    assert WAITED.total_seconds() <= row.first_reply_seconds < WAITED.total_seconds() + 300
    assert settled(site, THREE_DAYS)[before:] == ["contacted"]
    expect(agent.locator(".message.reply")).to_contain_text("Sam")


def sent_earlier() -> None:
    """As if she had written half an hour ago."""
    begin_write()
    at = clock.now() - WAITED
    db.session.execute(update(Conversation).values(opened_at=at, waits_since=at))
    db.session.commit()


def letter_to(smtp: SmtpServer, address: str) -> Letter:
    """The newest letter that reached somebody."""
    return [one for one in smtp.letters if one.recipients == [address]][-1]


def text_of(one: Letter) -> str:
    return str(one.message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def answering(one: Letter, sender: str, text: str) -> bytes:
    """What a mail program makes of an answer to a letter."""
    quoted = re.sub(r"^", "> ", text_of(one), flags=re.M)
    message = one.message
    return letter(
        f"{text}\n\nOn Mon, 3 Nov 2026 at 10:12, {message['From']} wrote:\n\n{quoted}",
        sender=sender,
        to=message["Reply-To"],
        subject=f"Re: {message['Subject']}",
        In_Reply_To=message["Message-ID"],
        References=message["Message-ID"],
    ).as_bytes()
