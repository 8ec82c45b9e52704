"""What is told of reviews and remarks, to whom, and where it leads."""

import pytest

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.core.db import begin_write, db
from tests.accounts.notifications.inbox import lines, openings
from tests.articles.studio.conftest import edition, revisions, send


@pytest.fixture
def draft(ada, words) -> str:
    """The address in the studio of a draft by Ada."""
    return str(ada.post("/studio/articles", data=words(body="Open Billing.\n\nChoose one.\n")).headers["Location"])


def remark(browser, draft, line="3", text="Which one?"):
    sent = {"line": line, "revision": str(revisions()[-1].id), "text": text}
    assert browser.post(f"{draft}/review/remarks", data=sent).status_code == 303


def ask(ada, cast, draft):
    ada.post(f"{draft}/review", data={"reviewer": str(cast.id_of("root"))})


def decide(browser, draft):
    sent = {"decision": "approved", "revision": str(edition().latest_revision_id)}
    assert browser.post(f"{draft}/review/decision", data=sent).status_code == 303


def opened(browser) -> str:
    """Where the newest line leads."""
    return str(browser.post(openings(browser)[0]).location)


def test_who_is_asked_reads_by_whom_and_is_led_to_the_review(ada, cast, draft):
    ask(ada, cast, draft)
    root = cast.browser("root")
    assert lines(root) == ["*Ada asks you to review “Get a refund”"]
    assert opened(root) == f"{draft}/review"
    assert root.get(f"{draft}/review").status_code == 200


def test_who_asked_reads_of_the_decision_and_is_led_to_it(ada, cast, draft):
    ask(ada, cast, draft)
    decide(cast.browser("root"), draft)
    assert lines(ada) == ["*Root has reviewed “Get a refund”"]
    assert opened(ada) == f"{draft}/review"


def test_who_was_asked_and_wrote_the_latest_words_reads_of_the_decision_of_somebody_else(ada, cast, draft, words):
    ask(ada, cast, draft)
    root = cast.browser("root")
    assert send(root, draft, **words(body="Open Billing.\n\nChoose this one.\n")).status_code == 303
    decide(ada, draft)
    assert lines(root)[0] == "*Ada has reviewed “Get a refund”"
    assert opened(root) == f"{draft}/review"


def test_a_remark_leads_to_its_line_and_several_are_one(ada, cast, draft):
    ask(ada, cast, draft)
    root = cast.browser("root")
    remark(root, draft)
    assert lines(ada) == ["*Root made a remark on “Get a refund”"]
    remark(root, draft, line="1", text="From where?")
    assert lines(ada) == ["*2 remarks on “Get a refund”"]
    remark(ada, draft, text="The latest.")
    assert lines(root)[0] == "*Ada made a remark on “Get a refund”"
    assert opened(root).startswith(f"{draft}/review")


def test_a_remark_without_a_review_leads_to_its_line(ada, cast, draft):
    remark(cast.browser("root"), draft)
    where = opened(ada)
    path, _hash, place = where.partition("#")
    assert path == f"{draft}/review" and place and f'id="{place}"' in ada.get(path).text


def test_who_writes_no_more_reads_nothing_of_it(ada, cast, draft):
    ask(ada, cast, draft)
    decide(cast.browser("root"), draft)
    begin_write()
    user.take_role(cast.id_of("ada"), Role.EDITOR, by=None)
    db.session.commit()
    assert lines(ada) == []
