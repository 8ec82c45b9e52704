"""The page on which admins read who did what."""

from tests.articles.studio.conftest import ada, send, topic_id, words, written  # noqa: F401
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
