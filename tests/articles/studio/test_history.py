import re

import pytest

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.revision import Content, revise
from helpcenter.articles.studio.views import revisions as revisions_page
from helpcenter.articles.visibility import readable
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, Reason
from tests.articles.studio.conftest import edition, revisions, send

FURTHER = re.compile(r'href="([^"]*/revisions\?after=[0-9]+)"')


@pytest.fixture
def rewritten(ada, written, words):
    """An article with three revisions, of which the second is published."""
    send(ada, written, **words(title="Second", body="Second **text**.", note="clearer"), publish="1")
    send(ada, written, **words(title="Third", body="Third text."))
    return written


def test_every_revision_stands_in_the_history_with_author_and_note(ada, rewritten):
    page = ada.get(f"{rewritten}/revisions").text
    assert [f"Revision {number}" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "clearer" in page
    assert "Ada" in page
    assert page.count("Readers see it") == 1


def test_a_revision_is_shown_as_it_was(ada, rewritten):
    page = ada.get(f"{rewritten}/revisions/2").text
    assert "Second <strong>text</strong>." in page
    assert "Second **text**." in page
    assert ada.get(f"{rewritten}/revisions/9").status_code == 404


def test_a_restored_revision_is_a_new_draft_and_readers_wait_for_it(ada, rewritten):
    answer = ada.post(f"{rewritten}/revisions/1/restoration", data={"latest": str(revisions()[-1].id)})
    assert answer.headers["Location"] == rewritten
    assert (revisions()[-1].number, revisions()[-1].title) == (4, "Get a refund")
    assert revisions()[-1].note == "Restored revision 1"
    assert readable(edition().article_id, "en", STRANGER).title == "Second"
    assert [one.title for one in revisions()[:3]] == ["Get a refund", "Second", "Third"]


def test_revisions_of_another_article_are_not_reached(ada, rewritten, words):
    other = ada.post("/studio/articles", data=words(title="Another")).headers["Location"]
    assert ada.get(f"{other}/revisions/2").status_code == 404
    assert ada.post(f"{other}/revisions/2/restoration").status_code == 404


def test_what_changed_between_any_two_revisions_is_shown_word_by_word(ada, rewritten):
    page = ada.get(f"{rewritten}/changes?from=1&to=3").text
    assert "Get a refund" in page and "Third" in page
    assert "<del>" in page and "<ins>" in page
    assert "Second" not in page.split("What changed")[1]


def test_without_numbers_the_page_shows_what_the_last_revision_changed(ada, rewritten):
    page = ada.get(f"{rewritten}/changes").text
    assert '<option value="2" selected>' in page and '<option value="3" selected>' in page


def test_a_revision_beside_itself_says_the_same(ada, rewritten):
    assert "Both say the same." in ada.get(f"{rewritten}/changes?from=2&to=2").text


@pytest.mark.parametrize("asked", ["from=9&to=1", "from=1&to=99", "to=0"])
def test_numbers_that_no_revision_has_are_not_found(ada, rewritten, asked):
    assert ada.get(f"{rewritten}/changes?{asked}").status_code == 404


def test_what_stayed_far_from_a_change_is_folded(ada, written, words):
    long = "".join(f"Line {number}\n" for number in range(1, 41))
    send(ada, written, **words(body=long))
    send(ada, written, **words(body=long.replace("Line 20\n", "Line twenty\n")))
    page = ada.get(f"{written}/changes").text
    assert page.count('<details class="unchanged"') == 2
    assert page.count("17 unchanged lines") == 2


def test_restoring_supersedes_nothing_that_nobody_saw(ada, cast, rewritten, words):
    seen = str(revisions()[-1].id)
    send(cast.browser("root"), rewritten, **words(body="The words of Root."))
    answer = ada.post(f"{rewritten}/revisions/1/restoration", data={"latest": seen})
    assert "nothing was restored" in ada.get(answer.headers["Location"]).text
    assert revisions()[-1].body == "The words of Root."


def test_a_language_that_was_not_written_has_no_history(ada, rewritten):
    spanish = rewritten.replace("/en", "/es")
    assert ada.get(spanish).status_code == 200
    assert [ada.get(f"{spanish}/{page}").status_code for page in ("revisions", "revisions/1", "changes")] == [404] * 3


def test_a_long_history_goes_on_on_the_next_page(ada, rewritten):
    row = edition()
    begin_write()
    for number in range(4, 54):
        revise(row, Content("Third", f"Text {number}.", ""), by=None)
    db.session.commit()
    page = ada.get(f"{rewritten}/revisions").text
    assert "Revision 53" in page and "Revision 4<" in page and "Revision 3<" not in page
    (further,) = FURTHER.findall(page)
    page = ada.get(further).text
    assert "Revision 3<" in page and "Revision 1<" in page and "Revision 4<" not in page
    assert FURTHER.findall(page) == []


def test_what_can_not_be_prepared_any_more_is_not_restored_and_told(ada, rewritten, monkeypatch):
    def refuses(*_args):
        raise MarkdownRefused(Reason.TOO_SLOW)

    monkeypatch.setattr(revisions_page.rendering, "rendered", refuses)
    answer = ada.post(f"{rewritten}/revisions/1/restoration", data={"latest": str(revisions()[-1].id)})
    assert answer.headers["Location"] == rewritten
    assert "This text takes too long to prepare." in ada.get(rewritten).text
    assert len(revisions()) == 3
