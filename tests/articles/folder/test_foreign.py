from __future__ import annotations

from helpcenter.articles.folder import foreign, front_matter
from helpcenter.articles.folder.finding import Level


def read(text: str, stem: str = "some-page") -> foreign.Read:
    return foreign.read(front_matter.split(text), stem)


def test_a_key_that_means_one_of_ours_is_taken() -> None:
    found = read("---\ntitle: A\ndescription: What it says\nsidebar_position: 4\ncategories: [x, y]\n---\nText")
    assert (found.values.summary, found.values.order, found.values.tags) == ("What it says", 4, ("x", "y"))
    assert found.findings == []


def test_a_key_that_means_nothing_here_is_left_out_with_its_line() -> None:
    found = read("---\ntitle: A\nsidebar_label: B\n---\nText")
    assert [(one.line, one.message, one.level) for one in found.findings] == [
        (3, "left out: sidebar_label (not a key of ours)", Level.NOTE)
    ]


def test_our_own_key_wins_over_theirs() -> None:
    found = read("---\nsummary: Ours\ndescription: Theirs\n---\nText")
    assert found.values.summary == "Ours"
    assert [one.line for one in found.findings] == [3]


def test_a_value_that_can_not_be_used_is_left_out_and_the_rest_taken() -> None:
    found = read("---\ntitle: A\nweight: -1\naudience: devs\n---\nText")
    assert (found.values.title, found.values.order) == ("A", None)
    assert [(one.line, one.level) for one in found.findings] == [(3, Level.NOTE), (4, Level.NOTE)]


def test_a_long_description_is_cut_at_a_word() -> None:
    found = read(f"---\ndescription: {'word ' * 200}\n---\nText")
    assert len(found.values.summary) <= 400
    assert found.values.summary.endswith("word…")


def test_the_first_heading_is_the_title_of_a_page_without_one_and_stands_once() -> None:
    found = read("# Getting *started* {#start}\n\nText", "x")
    assert (found.values.title, found.body, found.removed_lines) == ("Getting started", "Text", 2)


def test_a_heading_that_says_something_else_than_the_title_stays() -> None:
    found = read("---\ntitle: Billing\n---\n# Refunds\n\nText")
    assert (found.values.title, found.body, found.removed_lines) == ("Billing", "# Refunds\n\nText", 0)


def test_a_page_without_title_and_heading_is_named_after_its_file() -> None:
    assert read("Text", "custom-event_goals").values.title == "Custom event goals"


def test_a_draft_is_known_as_one() -> None:
    assert read("---\ndraft: true\n---\nText").is_draft
    assert read("---\npublished: False\n---\nText").is_draft
    assert not read("---\ndraft: false\n---\nText").is_draft
