"""Topics, sections and articles are put into order by mouse, by finger and by button, left to right and right to left."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor
from tests.shelf import put_article, put_topic

pytestmark = [pytest.mark.browser, pytest.mark.alike]
NUMBERS = count(1)


@pytest.fixture
def shelf(site: LiveSite) -> dict[str, int]:
    """Two topics: the first with two sections and four articles, the other with one section."""
    number = next(NUMBERS)
    with site.inside():
        first = put_topic(f"harbor-{number}", "Harbor", ar="الميناء")
        other = put_topic(f"town-{number}", "Town", ar="المدينة")
        ids = {
            "harbor": first,
            "town": other,
            "boats": put_topic(f"boats-{number}", "Boats", below=first, ar="القوارب"),
            "lockers": put_topic(f"lockers-{number}", "Lockers", below=first, ar="الخزائن"),
            "bakers": put_topic(f"bakers-{number}", "Bakers", below=other, ar="الخبازون"),
        }
        for at, title in enumerate(("one", "two", "three", "four"), start=1):
            ids[title] = put_article(f"Boat {title}", topic_id=first, position=at)
        return ids


def row(page: Page, number: int) -> Locator:
    return page.locator(f'[data-id="{number}"]')


def order(page: Page, below: int | str = "", group: str = "sections") -> list[str]:
    """The ids of a list, as the page shows them after it was loaded anew."""
    page.reload()
    rows = page.locator(f'[data-group="{group}"][data-list="{below}"] > [data-id]')
    return [one.get_attribute("data-id") or "" for one in rows.all()]


def middle(of: Locator, share: float = 0.5) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * share


def by_mouse(page: Page, grip: Locator, to: Locator, share: float) -> None:
    """Down, along in some steps, up."""
    grip.scroll_into_view_if_needed()
    page.mouse.move(*middle(grip))
    page.mouse.down()
    page.mouse.move(*middle(to, share), steps=6)
    page.wait_for_timeout(60)
    with page.expect_response(re.compile("/order$")):
        page.mouse.up()


def by_finger(page: Page, grip: Locator, to: Locator, share: float) -> None:
    """The same as a screen reports it."""
    grip.scroll_into_view_if_needed()
    screen = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    (x, start), (_, end) = middle(grip), middle(to, share)
    touch("touchStart", (x, start))
    for step in range(1, 7):
        touch("touchMove", (x, start + (end - start) * step / 6))
    page.wait_for_timeout(60)
    with page.expect_response(re.compile("/order$")):
        touch("touchEnd")


WAYS = pytest.mark.parametrize(
    ("drag", "look"),
    [(by_mouse, {}), (by_finger, {"has_touch": True, "size": "phone"})],
    ids=["mouse", "finger"],
)
Drag = Callable[[Page, Locator, Locator, float], None]


@WAYS
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_an_article_is_dragged_to_another_place(
    visitor: Visitor, shelf: dict[str, int], drag: Drag, look: dict[str, object], locale: str
) -> None:
    page = visitor.visit(f"/studio/topics/{shelf['harbor']}/articles?lang={locale}", who="ada", locale=locale, **look)
    drag(page, row(page, shelf["four"]).locator(".grip"), row(page, shelf["two"]), 0.2)
    said = visitor.site.said("“%(title)s” is now at place %(place)s of %(count)s.", locale).split("%")[0]
    expect(page.locator("drag-order [role=status]")).to_contain_text(said)
    expect(page.locator("drag-order [role=status]")).to_contain_text("Boat four")
    wanted = [str(shelf[one]) for one in ("one", "four", "two", "three")]
    assert order(page, group="articles") == wanted


@WAYS
def test_a_section_is_dragged_below_another_topic(
    visitor: Visitor, shelf: dict[str, int], drag: Drag, look: dict[str, object]
) -> None:
    page = visitor.visit("/studio/topics?lang=ar", who="ada", locale="ar", **look)
    drag(page, row(page, shelf["boats"]).locator(".grip"), row(page, shelf["bakers"]), 0.9)
    expect(row(page, shelf["town"]).locator(f'[data-id="{shelf["boats"]}"]')).to_have_count(1)
    assert order(page, shelf["harbor"]) == [str(shelf["lockers"])]
    assert order(page, shelf["town"]) == [str(shelf["bakers"]), str(shelf["boats"])]


def test_a_topic_takes_its_sections_along(visitor: Visitor, shelf: dict[str, int]) -> None:
    page = visitor.visit("/studio/topics", who="ada")
    by_mouse(page, row(page, shelf["town"]).locator(".grip").first, row(page, shelf["harbor"]), 0.05)
    roots = order(page, group="topics")
    assert roots.index(str(shelf["town"])) < roots.index(str(shelf["harbor"]))
    assert order(page, shelf["town"]) == [str(shelf["bakers"])]


def test_escape_leaves_everything_where_it_stood(visitor: Visitor, shelf: dict[str, int]) -> None:
    page = visitor.visit(f"/studio/topics/{shelf['harbor']}/articles", who="ada")
    page.mouse.move(*middle(row(page, shelf["four"]).locator(".grip")))
    page.mouse.down()
    page.mouse.move(*middle(row(page, shelf["one"]), 0.1), steps=4)
    expect(page.locator("[data-drop]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-drop], .is-dragged")).to_have_count(0)
    page.mouse.up()
    assert order(page, group="articles") == [str(shelf[one]) for one in ("one", "two", "three", "four")]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_focus_stays_on_the_row_that_a_button_moved(visitor: Visitor, shelf: dict[str, int], scripts: bool) -> None:
    page = visitor.visit(f"/studio/topics/{shelf['harbor']}/articles", who="ada", scripts=scripts)
    grips = page.locator(".grip").first
    expect(grips).to_be_visible() if scripts else expect(grips).to_be_hidden()
    for place in (3, 2, 1):
        button = row(page, shelf["four"]).get_by_role("button", name=re.compile("up$"))
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("drag-order [role=status]")).to_have_text(f"“Boat four” is now at place {place} of 4.")
    # It is the first now, and can only go down.
    expect(row(page, shelf["four"]).get_by_role("button", name=re.compile("down$"))).to_be_focused()
    assert order(page, group="articles") == [str(shelf[one]) for one in ("four", "one", "two", "three")]


def test_what_could_not_be_saved_goes_back_and_is_said(visitor: Visitor, shelf: dict[str, int]) -> None:
    page = visitor.visit(f"/studio/topics/{shelf['harbor']}/articles", who="ada")
    page.route("**/order", lambda route: route.fulfill(status=200, body="<p>Somebody else’s page.</p>"))
    by_mouse(page, row(page, shelf["four"]).locator(".grip"), row(page, shelf["one"]), 0.1)
    expect(page.locator("drag-order [role=status]")).to_contain_text("could not be saved")
    shown = [one.get_attribute("data-id") for one in page.locator("#arrangement > [data-id]").all()]
    assert shown == [str(shelf[one]) for one in ("one", "two", "three", "four")]


def test_chosen_articles_move_to_another_topic(visitor: Visitor, shelf: dict[str, int]) -> None:
    page = visitor.visit(f"/studio/topics/{shelf['harbor']}/articles", who="ada")
    for one in ("two", "four"):
        page.get_by_role("checkbox", name=f"Choose “Boat {one}”").check()
    page.get_by_label("Move the ticked ones to").select_option(str(shelf["bakers"]))
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("2 articles have been moved to “Town › Bakers”.")
    page.goto(f"/studio/topics/{shelf['bakers']}/articles")
    expect(page.locator(".arranged-title")).to_have_text(["Boat two", "Boat four"])
