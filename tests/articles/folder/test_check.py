from __future__ import annotations

from helpcenter.articles.folder.check import check_folder
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.site_check import check_site
from helpcenter.core.db import db
from tests.articles.folder.conftest import Folder, article, edition, png


def checked(folder: Folder, layout: Layout | None = None) -> list[str]:
    return [str(finding) for finding in check_folder(folder.root, layout)]


def test_a_sound_folder_has_nothing_to_mend(folder: Folder) -> None:
    body = "## Part one\n\n![A form](form.png)\n\n1. Do\n2. See [cards](cards.md#lost), [old](/old), [home](/en/), [step](#step-2), [x](https://example.org)"
    folder.write("en/billing/refunds.md", article("Refunds", body))
    folder.write("en/billing/cards.md", article("Cards", "## Lost\n\nText", redirect_from="/old"))
    folder.write("en/billing/form.png", png())
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    assert checked(folder) == []


def test_each_kind_of_fault_is_named_with_its_file_and_line(folder: Folder) -> None:
    body = """## Part

#### Deep

[gone](gone.md) and [no part](cards.md#nowhere) and [none here](#nowhere)

![](form.png)

![Lost](lost.png)
"""
    folder.write("en/billing/refunds.md", article("Refunds", body))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("es/billing/cards.md", article("Tarjetas"))
    folder.write("en/billing/form.png", png())
    folder.write("en/billing/wrong.md", "---\ntitle: Wrong\naudiense: all\n---\n\nText\n")
    assert checked(folder) == [
        "en/billing/refunds.md: not translated yet: it would be es/billing/refunds.md",
        "en/billing/refunds.md:7: the heading “Deep” skips a level: 4 after 2",
        "en/billing/refunds.md:9: the link #nowhere names no heading of this page",
        "en/billing/refunds.md:9: the link cards.md#nowhere names no heading of en/billing/cards.md",
        "en/billing/refunds.md:9: the link gone.md leads nowhere",
        "en/billing/refunds.md:11: the picture form.png has no alt text",
        "en/billing/refunds.md:13: the picture lost.png is missing",
        "en/billing/wrong.md:3: audiense is not a key here; did you mean audience?",
    ]


def test_a_page_that_is_not_translated_is_linked_in_another_language(folder: Folder) -> None:
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("es/billing/refunds.md", article("Reembolsos", "[Tarjetas](cards.md)"))
    assert [line for line in checked(folder) if "not translated" not in line] == []


def test_a_check_of_a_folder_needs_no_import_and_writes_nothing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    assert checked(folder) == []
    assert check_site() == []


def test_lines_are_those_of_the_file_also_where_parts_were_taken_out(folder: Folder) -> None:
    folder.write("goals.md", "---\ntitle: Goals\n---\n\nimport A from 'b'\n\n<div>\n\n  [gone](gone.md)\n\n</div>\n")
    assert checked(folder, Layout("en", "general", True)) == ["goals.md:9: the link gone.md leads nowhere"]


def test_what_is_published_is_checked_the_same(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "[gone](gone.md) [cards](cards.md)\n\n![](x.png)"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("ru/billing/cards.md", article("Карты"))
    folder.take_in()
    db.session.rollback()
    refunds, cards = edition("Refunds"), edition("Cards")
    assert [str(finding) for finding in check_site()] == [
        f"/en/articles/{refunds.article_id}-refunds:1: The link gone.md leads nowhere; readers see only its text.",
        f"/en/articles/{refunds.article_id}-refunds:3: The picture x.png has no description for people who cannot see it.",
        f"/en/articles/{refunds.article_id}-refunds:3: The picture x.png is missing; readers see only its description.",
        f"en/articles/{refunds.article_id}: not translated yet: it would be ru/articles/{refunds.article_id}",
    ]
    assert cards.article_id != refunds.article_id


def test_a_video_of_a_site_that_is_not_allowed_is_told(folder: Folder) -> None:
    video = '<video src="https://{}/a" title="A tour" poster="{}"></video>'
    folder.write("en/general/shelf.md", article("Shelf", video.format("loom.com", "a.png")))
    folder.write("en/general/table.md", article("Table", video.format("youtu.be", "shelf.png")))
    folder.write("en/general/shelf.png", png())
    told = [one for one in checked(folder) if "translation" not in one]
    assert told == [
        "en/general/shelf.md:5: the picture a.png is missing",
        "en/general/shelf.md:5: the video of loom.com is not shown: the site shows videos of "
        "youtube.com, youtu.be, youtube-nocookie.com, vimeo.com",
    ]
