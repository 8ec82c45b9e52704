import pytest

from helpcenter.core.markdown import Reference, SourceHeading, heading_anchor, references, render
from tests.core.markdown.html_check import Page


def targets(text: str, links: dict[str, str | None], profile: str = "article") -> list[str]:
    """The addresses of a page's links and pictures."""
    page = Page(render(text, profile, links=links).html)
    assert page.complaints == []
    return [
        attributes.get("href") or attributes["src"]
        for tag, attributes in page.tags
        if tag in ("a", "img") and "heading-anchor" not in attributes.get("class", "")
    ]


WAYS = [
    "[x](a.md)",
    "[x](<a.md> 'title')",
    "[x][y]\n\n[y]: a.md",
    "[x]\n\n[x]: a.md",
    "<a href='a.md'>x</a>",
    "<div>\n<a href=a.md>x</a>\n</div>",
    "| [x](a.md) |\n|---|",
    "- [x](a.md)",
    "> [!NOTE]\n> [x](a.md)",
    "text[^1]\n\n[^1]: [x](a.md)",
    "### [x](a.md)",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_link_leads_where_it_shall_however_it_was_written(text: str) -> None:
    found = targets(text, {"a.md": "/en/articles/1-a"})
    assert "/en/articles/1-a" in found
    assert "a.md" not in found


@pytest.mark.parametrize("text", WAYS)
def test_a_link_without_a_target_is_its_text(text: str) -> None:
    rendered = render(text, "article", links={"a.md": None})
    assert "a.md" not in rendered.html
    assert "x" in rendered.plain_text


@pytest.mark.parametrize(
    "text", ["![x](a.png)", "![x][y]\n\n[y]: a.png", "<img src=a.png alt=x>", "<div>\n<img alt=x src=a.png />\n</div>"]
)
def test_a_picture_comes_from_where_it_shall_however_it_was_written(text: str) -> None:
    assert targets(text, {"a.png": "/files/1.png"}) == ["/files/1.png"]


@pytest.mark.parametrize("text", ["![A cat](a.png)", "<img src=a.png alt='A cat'>", "[![A cat](a.png)](a.png)"])
def test_a_missing_picture_is_shown_as_its_alt_text(text: str) -> None:
    html = render(text, "article", links={"a.png": None}).html
    assert '<span class="missing-picture">A cat</span>' in html
    assert "a.png" not in html


@pytest.mark.parametrize("text", ["one [](a.md) two", "one <a href='a.md'></a> two", "one <a href='#b'> </a> two"])
def test_a_link_with_nothing_to_click_is_none(text: str) -> None:
    assert targets(text, {"a.md": "/en/articles/1-a"}) == []


def test_a_missing_picture_without_alt_text_leaves_nothing() -> None:
    assert render("a\n\n![](a.png)", "article", links={"a.png": None}).html == "<p>a</p>"


def test_a_target_passes_the_sanitizer_like_everything_else() -> None:
    html = render("[x](a) ![y](b)", "article", links={"a": "javascript:alert(1)", "b": "https://a.example/x.png"}).html
    assert "javascript" not in html
    assert "<img" not in html


def test_a_video_file_of_this_site_leads_where_it_shall() -> None:
    assert targets("<video src=a.mp4></video>", {"a.mp4": "/files/a.mp4"}) == ["/files/a.mp4"]
    assert targets("<video src=a.mp4></video>", {"a.mp4": None}) == []


@pytest.mark.parametrize("fragment", ["set-it-up", "Set-It-Up"])
def test_a_link_within_the_page_finds_its_heading(fragment: str) -> None:
    assert targets(f"[x](#{fragment})\n\n# Set it up", {}) == ["#h-set-it-up"]


def test_a_link_to_a_heading_in_another_script_finds_it() -> None:
    assert targets("[x](#%D0%B4%D0%B0)\n\n# Да", {}) == ["#h-да"]


def test_a_link_to_a_heading_of_another_article_can_be_made() -> None:
    heading = render("# Set it up", "article").headings[0]
    assert heading_anchor("Set-it-up") == heading.id == heading_anchor("h-set-it-up")


def test_references_are_what_was_written_with_their_lines() -> None:
    text = (
        "# One\n\n[a](x.md) and [b](x.md#y 'title')\n\n![alt](p.png)\n<img src='q.png'>\n\n"
        "```\n[no](no.md)\n# no\n```\n\n## Two `code` {#own}\n\n[c][ref] https://a.example/?b=1&c=2\n\n[ref]: z.md\n\n"
        "Under\n-----\n\n<h4>\nIn <b>HTML</b>\n</h4>\n\n- [a](x.md)\n"
    )
    found = references(text)
    assert found.links == (
        Reference("x.md", "a", 3),
        Reference("x.md#y", "b", 3),
        Reference("z.md", "c", 17),
        Reference("https://a.example/?b=1&c=2", "https://a.example/?b=1&c=2", 15),
        Reference("x.md", "a", 26),
    )
    assert found.images == (Reference("p.png", "alt", 5), Reference("q.png", "", 6))
    assert found.headings == (
        SourceHeading(1, "h-one", "One", 1),
        SourceHeading(2, "h-own", "Two code", 13),
        SourceHeading(2, "h-under", "Under", 19),
        SourceHeading(4, "h-in-html", "In HTML", 22),
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<!--\n# no\n-->\n\n# Yes\n", {"Yes": 5}),
        ("Over\ntwo lines\n=========\n\n# One\n", {"Over two lines": 2, "One": 5}),
    ],
)
def test_a_heading_stands_where_its_words_are_and_not_where_others_are(text: str, lines: dict[str, int]) -> None:
    assert {heading.text: heading.line for heading in references(text).headings} == lines


def test_an_address_of_which_nothing_stands_in_the_text_is_told_on_its_first_line() -> None:
    assert references("a\n\n[x](&percnt;)").links == (Reference("%", "x", 1),)


def test_every_reference_can_be_led_elsewhere() -> None:
    text = "[a](b%20c.md) [d](<e f.md>) <a href='g&amp;h'>i</a> ![j](k\\_l.png) <img src='m&quot;n'> [o](p(q).md)"
    found = references(text)
    links = {reference.href: f"/{number}" for number, reference in enumerate((*found.links, *found.images))}
    assert sorted(targets(text, dict(links))) == sorted(links.values())
    assert len(links) == 6


def test_a_picture_carries_its_size_so_that_the_page_does_not_move() -> None:
    sizes = {"/files/a.webp": (640, 480)}
    html = render("![A button](a.png)", "article", links={"a.png": "/files/a.webp"}, sizes=sizes).html
    assert 'width="640"' in html
    assert 'height="480"' in html


def test_a_size_that_the_author_gave_stays() -> None:
    html = render('<img src="/files/a.webp" alt="" width="100">', "article", sizes={"/files/a.webp": (640, 480)}).html
    assert 'width="100"' in html
    assert "640" not in html


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("https://example.org/a_b?c=1&d=2", True),
        ("<https://example.org>", True),
        ("See https://example.org/.", True),
        ("www.example.org/a", True),
        ("[example.org](https://example.org/)", True),
        ("[`https://example.org`](https://example.org)", True),
        ("[the rules](https://example.org)", False),
        ("[https://example.org](https://example.net)", False),
        ("[gone](a.md)", False),
    ],
)
def test_a_link_that_shows_its_address_says_so_for_paper(text: str, is_bare: bool) -> None:
    page = Page(render(text, "article", links={"a.md": "/en/articles/1-a"}).html)
    (classes,) = [attributes.get("class", "") for tag, attributes in page.tags if tag == "a"]
    assert ("bare-address" in classes) is is_bare
