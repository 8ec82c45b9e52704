import re

import pytest
from sqlalchemy import event

from helpcenter.articles.studio.listing import PAGE_ROWS, Filter, listing
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import find_or_make
from tests.articles.studio.conftest import edition, send
from tests.feedback.votes import cast, someone


@pytest.fixture
def shelf(ada, words, topic_id):
    """A draft, a published article with a waiting draft, an archived one, a Russian one in a section."""
    begin_write()
    section = find_or_make("refunds", topic_id).id
    other = find_or_make("start").id
    db.session.commit()
    ada.post("/studio/articles", data=words(title="Only a draft", topic=str(other)))
    changed = ada.post("/studio/articles", data=words(title="Read by many", publish="1")).headers["Location"]
    send(ada, changed, **words(title="Read by more"))
    gone = ada.post("/studio/articles", data=words(title="Long gone", publish="1")).headers["Location"]
    ada.post(f"{gone}/archival")
    ada.post("/studio/articles", data=words(title="Возврат денег 100%", language="ru", topic=str(section), publish="1"))
    return {"billing": topic_id, "refunds": section, "start": other}


def titles(**wanted) -> list[str]:
    db.session.rollback()
    return [row.title for row in listing(Filter(**wanted), None).rows]


def test_the_last_change_stands_first_and_archived_articles_stay_away(shelf):
    assert titles() == ["Возврат денег 100%", "Read by more", "Only a draft"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", ["Only a draft"]),
        ("published", ["Возврат денег 100%", "Read by more"]),
        ("changed", ["Read by more"]),
        ("archived", ["Long gone"]),
        ("nonsense", ["Возврат денег 100%", "Read by more", "Only a draft"]),
    ],
)
def test_each_status_narrows_to_its_own(shelf, status, expected):
    assert titles(status=status) == expected


def test_a_topic_holds_what_its_sections_hold(shelf):
    assert titles(topic_id=shelf["billing"]) == ["Возврат денег 100%", "Read by more"]
    assert titles(topic_id=shelf["refunds"]) == ["Возврат денег 100%"]


def test_a_language_narrows_to_itself(shelf):
    assert titles(language="ru") == ["Возврат денег 100%"]
    assert titles(language="es") == []


@pytest.mark.parametrize("text", ["возврат", "ВОЗВРАТ денег", "100%", "денег  возврат"])
def test_words_of_a_title_are_found_in_any_case_and_order(shelf, text):
    assert titles(text=text) == ["Возврат денег 100%"]


@pytest.mark.parametrize("text", ["%", "_"])
def test_signs_with_a_meaning_in_sql_mean_themselves(shelf, text):
    assert titles(text=text) == (["Возврат денег 100%"] if text == "%" else [])


def test_the_latest_title_is_searched_and_shown(shelf):
    assert titles(text="more") == ["Read by more"]
    assert titles(text="many") == []


def test_pages_follow_each_other_without_gap_or_repeat(ada, words):
    for number in range(PAGE_ROWS + 3):
        ada.post("/studio/articles", data=words(title=f"Article {number}"))
    db.session.rollback()
    first = listing(Filter(), None)
    second = listing(Filter(), first.next_after)
    found = [row.title for row in (*first.rows, *second.rows)]
    assert found == [f"Article {number}" for number in reversed(range(PAGE_ROWS + 3))]
    assert second.next_after is None


def test_the_page_keeps_its_filter_on_the_way_to_the_next_page(ada, words):
    for number in range(PAGE_ROWS + 1):
        ada.post("/studio/articles", data=words(title=f"Article {number}"))
    page = ada.get("/studio?q=article&status=draft").text
    assert "q=article" in page.split('rel="next"')[0].rsplit("href=", 1)[1]


def test_the_list_asks_no_more_questions_when_it_grows(ada, words, app):
    asked: list[str] = []
    counts = []

    def note(*args):
        asked.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    for _round in range(2):
        for number in range(4):
            ada.post("/studio/articles", data=words(title=f"Article {number}"))
        asked.clear()
        ada.get("/studio")
        counts.append(len(asked))
    event.remove(db.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]


def test_nothing_of_a_foreign_query_gets_into_the_links_of_the_list(ada, words):
    for number in range(PAGE_ROWS + 1):
        ada.post("/studio/articles", data=words(title=f"Article {number}"))
    page = ada.get("/studio?q=article&_scheme=javascript&_external=1&_anchor=x")
    assert page.status_code == 200
    assert 'href="/studio?q=article&amp;after=' in page.text


def voted(language: str, yes: int, no: int) -> None:
    one = edition(language)
    for helpful in [True] * yes + [False] * no:
        cast(helpful, someone(), one.published_revision_id or 0, ("article", one.article_id))


def row_of(page: str, title: str) -> str:
    row = next(row for row in page.split("<tr>") if title in row)
    return " ".join(re.sub("<[^>]+>", " ", row.split("</tr>")[0]).split())


def test_each_edition_shows_the_votes_on_what_readers_see(ada, words):
    address = ada.post("/studio/articles", data=words(title="Refunds", publish="1")).headers["Location"]
    send(ada, address.replace("/en", "/es"), **words(title="Reembolsos", publish="1", language="es"))
    voted("en", 4, 1)
    voted("es", 0, 2)
    send(ada, address, **words(title="Refunds, newer"))
    page = ada.get("/studio").text
    assert "4 yes, 1 no ( 80% )" in row_of(page, "Refunds, newer")
    assert "0 yes, 2 no" in row_of(page, "Reembolsos")
    assert "%" not in row_of(page, "Reembolsos")


def test_a_share_of_fewer_than_five_votes_is_not_shown_to_editors_either(ada, written):
    voted("en", 3, 1)
    told = row_of(ada.get("/studio").text, "Get a refund")
    assert "3 yes, 1 no" in told
    assert "%" not in told


def test_where_nobody_voted_nothing_stands(ada, written):
    assert "yes" not in row_of(ada.get("/studio").text, "Get a refund")
