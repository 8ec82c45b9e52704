"""The page on which admins read who did what."""

from tests.articles.studio.conftest import ada, send, topic_id, words, written  # noqa: F401
from tests.shelf import put_article, put_topic
from tests.web.settings.test_settings import FILLED


def test_what_editors_and_admins_do_stands_there_the_newest_first(ada, cast, written, words):  # noqa: F811
    root = cast.browser("root")
    send(ada, written, **words(audience="team"))
    ada.post(f"{written}/archival")
    root.post("/settings/people/" + str(cast.id_of("ben")), data={"roles": ["agent"]})
    page = root.get("/settings/journal").text.split("<tbody>")[1]
    order = [
        page.index(done)
        for done in ("gave a role", "archived an article", "changed topic, readers", "published an article")
    ]
    assert order == sorted(order)
    assert "Get a refund" in page
    assert "Agent" in page


def test_it_is_narrowed_to_a_person_and_an_act(ada, cast, written):  # noqa: F811
    root = cast.browser("root")
    ada.post(f"{written}/archival")
    table = root.get("/settings/journal?act=article_archived").text.split("<tbody>")[1]
    assert "archived an article" in table and "published an article" not in table
    assert "<tbody>" not in root.get(f"/settings/journal?by={cast.id_of('root')}&act=article_archived").text


def test_a_setting_that_changed_is_named_and_its_value_is_not(cast):
    root = cast.browser("root")
    root.post("/settings", data={**FILLED, "name": "Quite another name"})
    rows = root.get("/settings/journal?lang=en").text.split("<tbody>")[1]
    assert "changed settings of the site" in rows
    assert "name" in rows
    assert "Quite another name" not in rows


def test_who_looks_after_an_article_and_that_it_was_verified_stand_there(ada, cast, written):  # noqa: F811
    care = {"owner": str(cast.id_of("root")), "every": "90"}
    ada.post(f"{written}/care", data=care)
    ada.post(f"{written}/care", data=care)
    ada.post(f"{written}/verification")
    ada.post(f"{written}/care", data={"owner": "", "every": ""})
    page = cast.browser("root").get("/settings/journal").text.split("<tbody>")[1]
    assert page.count("changed who looks after an article, or how often") == 2
    assert "Root, Every 90 days" in page
    assert "No one" in page
    assert page.count("verified an article") == 1


def test_each_of_several_articles_that_were_moved_has_its_line(ada, cast):  # noqa: F811
    harbor, town = put_topic("harbor", "Harbor"), put_topic("town", "Town")
    articles = [put_article(title, topic_id=harbor) for title in ("Moor a boat", "Mend a sail")]
    ada.post(f"/studio/topics/{harbor}/articles/moves", data={"article": articles, "to": town})
    page = cast.browser("root").get("/settings/journal?act=article_moved").text.split("<tbody>")[1]
    assert "Moor a boat" in page and "Mend a sail" in page


def test_a_section_that_was_dropped_below_another_topic_stands_there_and_one_that_changed_its_order_does_not(ada, cast):  # noqa: F811
    harbor, town = put_topic("harbor", "Harbor"), put_topic("town", "Town")
    ada.post("/studio/topics/order", data={"moved": town, "id": [town, harbor]})
    journal = cast.browser("root").get("/settings/journal?act=topic_changed")
    assert "<tbody>" not in journal.text
    ada.post("/studio/topics/order", data={"moved": town, "id": [town], "below": harbor})
    page = cast.browser("root").get("/settings/journal?act=topic_changed").text.split("<tbody>")[1]
    assert "Town" in page
