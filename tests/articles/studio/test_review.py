"""A colleague looks at an article before readers do."""

import pytest
from sqlalchemy import select

from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.planned_act import PlannedAct
from helpcenter.articles.remark import Remark
from helpcenter.articles.review import Review
from helpcenter.articles.visibility import readable
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from tests.articles.studio.conftest import count, edition, revisions, send

BODY = "Open Billing.\n\nChoose a payment.\n"


@pytest.fixture
def root(cast):
    """A second editor's browser."""
    return cast.browser("root")


@pytest.fixture
def draft(ada, words, root) -> str:
    """The address in the studio of a draft by Ada."""
    return str(ada.post("/studio/articles", data=words(body=BODY)).headers["Location"])


@pytest.fixture
def second_person(app):
    """A site on which nobody publishes what nobody else approved."""
    begin_write()
    site.change(second_person=True)
    db.session.commit()


def decide(browser, address, decision, **said):
    """Press one of the buttons of a review, having seen the latest words."""
    return browser.post(
        f"{address}/review/decision", data={"decision": decision, "revision": str(edition().latest_revision_id), **said}
    )


def told(user_id) -> list[str]:
    """The kinds of what somebody was told."""
    db.session.rollback()
    rows = db.session.scalars(select(Notification).where(Notification.user_id == user_id).order_by(Notification.id))
    return [row.kind for row in rows]


def test_asking_a_colleague_tells_them_and_nobody_else_sees_the_words(ada, cast, draft):
    answer = ada.post(f"{draft}/review", data={"reviewer": str(cast.id_of("root")), "words": "Is step two right?"})
    assert answer.status_code == 303
    assert edition().stage == "in_review"
    assert told(cast.id_of("root")) == ["review_asked"]
    with pytest.raises(NotFound):
        readable(edition().article_id, "en", STRANGER)
    page = cast.browser("root").get(f"{draft}/review").text
    assert "Is step two right?" in page
    assert "Choose a payment." in page
    assert "In review" in ada.get("/studio?status=in_review").text


def test_saving_and_asking_are_one_button(ada, draft, words):
    answer = send(ada, draft, **words(body="Better."), review="1")
    assert answer.headers["Location"] == f"{draft}/review"
    assert revisions()[-1].body == "Better."


def test_an_approval_is_told_to_who_asked(ada, cast, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    assert decide(root, draft, "approved", answer="Fine.").status_code == 303
    assert edition().stage == "approved"
    assert told(cast.id_of("ada")) == ["review_decided"]
    assert "Fine." in ada.get(f"{draft}/review").text


def test_asking_for_changes_needs_a_word(ada, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    answer = decide(root, draft, "changes")
    assert answer.status_code == 422
    assert "Say what should change" in answer.text
    assert decide(root, draft, "changes", answer="Say why.").status_code == 303
    assert edition().stage == "changes"


def test_a_remark_on_a_line_is_word_enough(ada, cast, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    revision = str(revisions()[-1].id)
    sent = {"line": "3", "revision": revision, "text": "Which one?"}
    assert root.post(f"{draft}/review/remarks", data=sent).status_code == 303
    assert decide(root, draft, "changes").status_code == 303
    page = ada.get(f"{draft}/review").text
    assert page.index("Choose a payment.") < page.index("Which one?")
    assert told(cast.id_of("ada")) == ["remark", "review_decided"]


def test_a_remark_stays_with_its_line_and_is_kept_when_the_line_is_gone(ada, draft, words, root):
    revision = str(revisions()[-1].id)
    root.post(f"{draft}/review/remarks", data={"line": "3", "revision": revision, "text": "Which one?"})
    send(ada, draft, **words(body="Before all: log in.\n\n" + BODY))
    page = root.get(f"{draft}/review").text
    assert page.index('id="line-5"') < page.index("Which one?")
    send(ada, draft, **words(body="Something else."))
    page = root.get(f"{draft}/review").text
    assert "On lines that no longer exist" in page
    assert "Which one?" in page


def test_a_remark_is_settled_and_opened_again(ada, draft, root):
    root.post(f"{draft}/review/remarks", data={"line": "1", "revision": str(revisions()[-1].id), "text": "Why?"})
    address = f"{draft}/review/remarks/{db.session.scalars(select(Remark)).one().id}/settlement"
    assert "1 remark is still open." in ada.get(f"{draft}/review").text
    ada.post(address)
    assert "not settled" not in ada.get(f"{draft}/review").text
    ada.post(address)
    assert "1 remark is still open." in ada.get(f"{draft}/review").text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"line": "1", "text": " "}, 422),
        ({"line": "1", "text": "x" * 1001}, 422),
        ({"line": "99", "text": "Where?"}, 404),
        ({"line": "", "text": "Where?"}, 404),
        ({"line": "1", "text": "Where?", "revision": "999999"}, 404),
    ],
)
def test_a_remark_that_can_not_be_made_makes_none(ada, draft, sent, status):
    answer = ada.post(f"{draft}/review/remarks", data={"revision": str(revisions()[-1].id), **sent})
    assert answer.status_code == status
    assert count(Remark) == 0


def test_a_decision_about_words_that_changed_meanwhile_is_refused_and_kept(ada, draft, words, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    seen = str(edition().latest_revision_id)
    send(ada, draft, **words(body="Other words."))
    sent = {"decision": "approved", "revision": seen, "answer": "All good"}
    answer = root.post(f"{draft}/review/decision", data=sent)
    assert answer.status_code == 409
    assert "All good" in answer.text
    assert edition().stage == "in_review"


def test_words_written_after_an_approval_are_not_approved(ada, draft, words, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "approved")
    send(ada, draft, **words(body="Other words."))
    assert edition().stage == ""


def test_the_question_can_be_taken_back(ada, draft):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    assert decide(ada, draft, "withdrawn").status_code == 303
    assert edition().stage == ""
    assert decide(ada, draft, "approved").status_code == 409


def test_publishing_ends_a_review_that_waits(ada, draft, words):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    send(ada, draft, **words(body=BODY), publish="1")
    assert edition().stage == ""
    assert db.session.scalars(select(Review)).one().decision == "published"


@pytest.mark.usefixtures("second_person")
def test_where_a_second_person_is_needed_nobody_publishes_their_own_words(ada, draft, words):
    assert 'name="publish"' not in ada.get(draft).text
    answer = send(ada, draft, **words(body=BODY), publish="1")
    assert "someone else has to approve it" in ada.get(answer.headers["Location"]).text
    assert edition().status == "draft"
    ada.post(f"{draft}/review", data={"reviewer": ""})
    refused = decide(ada, draft, "approved")
    assert refused.status_code == 422
    assert "someone else has to approve it" in refused.text
    send(ada, draft, **words(body=BODY), publish="1")
    assert edition().status == "draft"


@pytest.mark.usefixtures("second_person")
def test_once_approved_the_words_can_be_published_by_anybody(ada, draft, words, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "approved")
    assert 'name="publish"' in ada.get(draft).text
    send(ada, draft, **words(body=BODY), publish="1")
    assert edition().status == "published"


@pytest.mark.usefixtures("second_person")
def test_whoever_changed_the_words_can_not_approve_what_a_colleague_asked(ada, draft, words, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    send(root, draft, **words(body="Words of Root."))
    assert decide(root, draft, "approved").status_code == 422
    send(ada, draft, **words(body="Words of Root."), publish="1")
    assert edition().status == "draft"


@pytest.mark.usefixtures("second_person")
def test_a_new_article_is_not_published_at_once_either(ada, words):
    ada.post("/studio/articles", data=words(publish="1"))
    assert edition().status == "draft"


def test_only_editors_see_the_switches_of_editors(ada, cast):
    assert "Someone asks me to review an article" in ada.get("/preferences/notifications").text
    ben = cast.browser("ben")
    assert "Someone asks me to review an article" not in ben.get("/preferences/notifications").text
    ben.post("/preferences/notifications", data={"rhythm": "daily"})
    assert "review_asked" not in ben.get("/preferences/notifications").text


def test_what_a_colleague_asks_stands_on_the_page_of_what_is_mine(ada, cast, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": str(cast.id_of("root"))})
    assert "Asked by Ada" in root.get("/studio/mine").text
    assert "Asked by Ada" not in ada.get("/studio/mine").text
    decide(root, draft, "approved")
    assert "No one is waiting for your review." in root.get("/studio/mine").text


@pytest.mark.parametrize(("who", "decision"), [("root", "approved"), ("ada", "withdrawn")])
def test_what_is_planned_stays_planned_whatever_a_look_at_it_says_but_for_changes(
    ada, root, draft, words, who, decision
):
    send(ada, draft, **words(body=BODY), schedule="1", publish_at="2099-01-01T10:00")
    ada.post(f"{draft}/review", data={"reviewer": ""})
    assert edition().stage == "scheduled"
    assert "A colleague has been asked to review it." in ada.get(draft).text
    decide({"root": root, "ada": ada}[who], draft, decision)
    assert edition().stage == "scheduled"
    ada.post(f"{draft}/plans/publish/cancellation")
    assert edition().stage == ("approved" if decision == "approved" else "")


def test_a_plan_of_earlier_words_says_nothing_of_those_that_are_looked_at(ada, root, draft, words):
    send(ada, draft, **words(body=BODY), schedule="1", publish_at="2099-01-01T10:00")
    send(ada, draft, **words(body="Other words."))
    ada.post(f"{draft}/review", data={"reviewer": ""})
    assert edition().stage == "in_review"
    decide(root, draft, "approved")
    assert edition().stage == "approved"


def test_a_question_that_is_taken_back_leaves_the_approval_before_it(ada, root, draft):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "approved")
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(ada, draft, "withdrawn")
    assert edition().stage == "approved"


def test_a_wish_for_changes_stands_until_the_words_are_published(ada, root, draft, words):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "changes", answer="Say which.")
    send(ada, draft, **words(body="Other words."))
    assert edition().stage == "changes"
    send(ada, draft, **words(body="Other words."), publish="1")
    send(ada, draft, **words(body="A new draft."))
    assert edition().stage == ""


@pytest.mark.usefixtures("second_person")
def test_a_second_look_that_asks_for_changes_takes_the_approval_and_the_plan_back(ada, draft, words, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "approved")
    send(ada, draft, **words(body=BODY), schedule="1", publish_at="2099-01-01T10:00")
    assert count(PlannedAct) == 1
    ada.post(f"{draft}/review", data={"reviewer": ""})
    decide(root, draft, "changes", answer="Not yet.")
    assert count(PlannedAct) == 0
    send(ada, draft, **words(body=BODY), publish="1")
    assert edition().status == "draft"


def test_only_who_asked_takes_the_question_back(ada, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": ""})
    assert decide(root, draft, "withdrawn").status_code == 403
    assert edition().stage == "in_review"


def test_whoever_passes_a_question_on_is_who_asks_from_then_on(ada, cast, draft, root):
    ada.post(f"{draft}/review", data={"reviewer": "", "words": "Is it right?"})
    root.post(f"{draft}/review", data={"reviewer": str(cast.id_of("ada")), "words": ""})
    assert "review_asked" in told(cast.id_of("ada"))
    assert "Is it right?" in ada.get(f"{draft}/review").text
