import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.article import Article
from helpcenter.articles.studio import draft
from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import Topic
from helpcenter.topics.tree import tree


@pytest.fixture
def ada(cast):
    return cast.browser("ada")


def add(browser, title, **more):
    return browser.post("/studio/topics", data={"title_en": title, "parent": "", "audience": "everyone", **more})


def id_of(key):
    db.session.rollback()
    return db.session.scalars(select(Topic.id).where(Topic.key == key)).one()


def titles(viewer=STRANGER, locale="en"):
    db.session.rollback()
    now = tree()
    return {
        root.text(locale).title: [one.text(locale).title for one in now.sections(root.id, viewer)]
        for root in now.roots(viewer)
    }


def test_a_topic_has_words_in_each_language_it_was_given(ada):
    answer = add(ada, "Billing", title_es="Facturación", description_es="Facturas.", title_ar="الفواتير")
    assert answer.status_code == 303
    assert "The topic has been added" in ada.get("/studio/topics").text
    assert titles() == {"Billing": []}
    assert titles(locale="es") == {"Facturación": []}
    assert tree().nodes[id_of("billing")].texts["es"].description == "Facturas."


def test_a_section_stands_below_its_topic_at_the_end(ada):
    add(ada, "Billing")
    for title in ("Invoices", "Refunds"):
        add(ada, title, parent=str(id_of("billing")))
    assert titles() == {"Billing": ["Invoices", "Refunds"]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_en": " "}, "Give the topic a title."),
        ({"title_en": "Billing"}, "There is already a topic with this title."),
        ({"parent": "987654"}, "choice"),
        ({"audience": "nobody"}, "choice"),
        ({"title_es": "x" * 121}, "120"),
    ],
)
def test_what_is_refused_comes_back_with_its_reason_and_every_word(ada, changed, said):
    add(ada, "Billing")
    answer = add(ada, **{"title": "Other", "description_ru": "Как напечатано", **changed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Как напечатано" in answer.text
    assert titles() == {"Billing": []}


def test_a_section_can_not_hold_sections(ada):
    add(ada, "Billing")
    add(ada, "Refunds", parent=str(id_of("billing")))
    assert add(ada, "Deeper", parent=str(id_of("refunds"))).status_code == 422


def test_a_topic_moves_one_place_at_a_time_and_not_past_the_end(ada):
    for title in ("One", "Two", "Three"):
        add(ada, title)
    ada.post(f"/studio/topics/{id_of('three')}/position", data={"to": "up"})
    assert list(titles()) == ["One", "Three", "Two"]
    ada.post(f"/studio/topics/{id_of('two')}/position", data={"to": "down"})
    assert list(titles()) == ["One", "Three", "Two"]
    ada.post(f"/studio/topics/{id_of('one')}/position", data={"to": "sideways"})
    assert list(titles()) == ["One", "Three", "Two"]


def test_a_topic_becomes_a_section_and_a_section_a_topic(ada):
    add(ada, "Billing")
    add(ada, "Refunds")
    form = {"title_en": "Refunds", "audience": "everyone"}
    ada.post(f"/studio/topics/{id_of('refunds')}", data={**form, "parent": str(id_of("billing"))})
    assert titles() == {"Billing": ["Refunds"]}
    ada.post(f"/studio/topics/{id_of('refunds')}", data={**form, "parent": ""})
    assert titles() == {"Billing": [], "Refunds": []}


def test_a_topic_with_sections_stays_a_topic(ada):
    add(ada, "Billing")
    add(ada, "Other")
    add(ada, "Refunds", parent=str(id_of("billing")))
    form = {"title_en": "Billing", "audience": "everyone", "parent": str(id_of("other"))}
    assert ada.post(f"/studio/topics/{id_of('billing')}", data=form).status_code == 422
    assert titles() == {"Billing": ["Refunds"], "Other": []}


def test_a_title_that_is_emptied_is_gone_in_that_language_alone(ada):
    add(ada, "Billing", title_es="Facturación")
    ada.post(
        f"/studio/topics/{id_of('billing')}",
        data={"title_en": "Money", "title_es": "", "parent": "", "audience": "everyone"},
    )
    assert titles(locale="es") == {"Money": []}


def test_an_audience_hides_the_topic_and_its_sections_from_others(ada, cast):
    add(ada, "Internal", audience="team")
    add(ada, "Deeper", parent=str(id_of("internal")))
    assert titles() == {}
    assert titles(cast.viewer("ben")) == {}
    assert titles(cast.viewer("sam")) == {"Internal": ["Deeper"]}
    assert '<option selected value="team">' in ada.get(f"/studio/topics/{id_of('internal')}").text


def test_deleting_a_topic_moves_what_it_held(ada, cast):
    for title in ("Billing", "Money"):
        add(ada, title)
    billing, money = id_of("billing"), id_of("money")
    begin_write()
    article_id = draft.new_article(billing, "everyone", by=cast.id_of("ada")).id
    db.session.commit()
    ada.post(f"/studio/topics/{billing}/removal", data={"into": str(money)})
    assert "1 thing moved" in ada.get("/studio/topics").text
    db.session.rollback()
    assert db.session.get_one(Article, article_id).topic_id == money
    assert list(titles()) == ["Money"]


@pytest.mark.parametrize("into", [None, "itself", "987654"])
def test_a_topic_that_holds_something_is_not_deleted_without_a_new_home(ada, cast, into):
    add(ada, "Billing")
    billing = id_of("billing")
    begin_write()
    draft.new_article(billing, "everyone", by=cast.id_of("ada"))
    db.session.commit()
    into = str(billing) if into == "itself" else into
    answer = ada.post(f"/studio/topics/{billing}/removal", data={"into": into} if into else {})
    assert answer.headers["Location"] == f"/studio/topics/{billing}"
    assert "was not deleted" in ada.get(answer.headers["Location"]).text
    assert list(titles()) == ["Billing"]


def test_a_topic_with_sections_is_not_deleted(ada):
    add(ada, "Billing")
    add(ada, "Refunds", parent=str(id_of("billing")))
    ada.post(f"/studio/topics/{id_of('billing')}/removal")
    assert titles() == {"Billing": ["Refunds"]}


def test_an_empty_topic_is_deleted_without_a_new_home(ada):
    add(ada, "Billing")
    ada.post(f"/studio/topics/{id_of('billing')}/removal")
    assert titles() == {}


def test_readers_see_every_change_at_once(ada):
    versions = [content_version.current()]

    def changed():
        db.session.rollback()
        versions.append(content_version.current())
        return versions[-1] > versions[-2]

    add(ada, "Billing")
    assert changed()
    add(ada, "Money")
    assert changed()
    ada.post(f"/studio/topics/{id_of('money')}/position", data={"to": "up"})
    assert changed()
    ada.post(f"/studio/topics/{id_of('money')}/removal")
    assert changed()


def test_a_topic_that_does_not_exist_is_not_found(ada):
    assert ada.get("/studio/topics/404").status_code == 404
    for act in ("", "/position", "/removal"):
        data = {"title_en": "x", "parent": "", "audience": "everyone"}
        assert ada.post(f"/studio/topics/404{act}", data=data).status_code == 404
