"""Videos of allowed hosts: a figure that leads there, with nothing loaded from elsewhere before a click."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.markdown import Reference, references, render, video_hosts
from tests.core.markdown.html_check import Page

VIDEO = (
    '<figure class="video"><a href="https://v.example/a.mp4" class="video-link" target="_blank" rel="noopener">'
    '<span class="poster">{}</span>A tour <small>Video on v.example, opens in a new tab</small></a></figure>'
)
WITH_POSTER = "<video src=https://v.example/a.mp4 title='A tour' poster='{}'></video>"


@pytest.mark.parametrize(
    "written",
    [
        "<video src=https://v.example/a.mp4 title='A tour'></video>",
        "<video title='A tour'>\n<source src=https://v.example/a.mp4>\n</video>",
        "<iframe src=https://v.example/a.mp4 title='A tour'></iframe>",
    ],
)
def test_a_video_of_an_allowed_host_is_a_figure_that_leads_to_it(written: str) -> None:
    page = render(written, "article", allowed_video_hosts=["v.example"])
    assert VIDEO.format("") in page.html and Page(page.html).complaints == []
    assert page.plain_text == "A tour"
    for profile, hosts in (("article", []), ("article", ["a.v.example"]), ("community", ["v.example"])):
        assert "v.example" not in render(written, profile, allowed_video_hosts=hosts).html


@pytest.mark.parametrize(
    "words", ["<b>", "<p>No frames.", "<p>No frames.</div>", "</iframe", "<p>[No](a.md) frames.</p>"]
)
def test_what_stands_in_a_frame_is_not_shown_and_takes_nothing_of_the_page_along(words: str) -> None:
    text = f"<iframe src=https://v.example/a.mp4>{words}</iframe>\n\n## Below\n\n[b](b.md)"
    page = render(text, "article", allowed_video_hosts=["v.example"])
    assert page.plain_text.split("\n") == ["Watch the video", "Below", "b"]
    assert [link.href for link in references(text).links] == ["https://v.example/a.mp4", "b.md"]


@pytest.mark.parametrize("address", ["https://www.v.example/a", "//V.Example/a", "http://v.example:80/a"])
def test_a_host_allows_what_lies_below_it(address: str) -> None:
    assert "<figure" in render(f"<video src='{address}'></video>", "article", allowed_video_hosts=["v.example"]).html


@pytest.mark.parametrize(
    "address",
    [
        "https://xv.example/a",
        "https://v.example.x.example/",
        "https://v.example@x.example/",
        "https://x.example/.v.example/",
        "https://x.example\\.v.example/",
        "ftp://v.example/a",
        "https:v.example",
        "https://v.example./",
        "//[v.example/a",
    ],
)
def test_what_only_looks_like_an_allowed_host_is_not_shown(address: str) -> None:
    html = render(f"<video src='{address}'></video>", "article", allowed_video_hosts=["v.example"]).html
    assert "<figure" not in html


@pytest.mark.parametrize("to", [None, "https://v.example/a.png", "//v.example/a.png", "/\t/v.example/a.png"])
def test_a_poster_that_is_missing_or_lies_elsewhere_is_not_loaded(to: str | None) -> None:
    html = render(WITH_POSTER.format("a.png"), "article", links={"a.png": to}, allowed_video_hosts=["v.example"]).html
    assert html == VIDEO.format("")


def test_a_poster_of_this_site_is_shown_in_its_size_without_moving_the_page() -> None:
    html = render(
        WITH_POSTER.format("a.png"),
        "article",
        links={"a.png": "/files/a.webp"},
        sizes={"/files/a.webp": (16, 9)},
        allowed_video_hosts=["v.example"],
    ).html
    image = '<img src="/files/a.webp" alt="" width="16" height="9" loading="lazy" decoding="async">'
    assert html == VIDEO.format(image) and Page(html).complaints == []


def test_a_frame_of_a_known_site_leads_to_the_page_of_its_video() -> None:
    frame = "<iframe src='https://www.youtube.com/embed/abc_def-123?rel=0'></iframe>"
    page = render(frame, "article", allowed_video_hosts=["youtube.com"]).html
    assert 'href="https://www.youtube.com/watch?v=abc_def-123"' in page and "Watch the video" in page


def test_a_video_and_its_poster_are_among_what_a_text_points_to() -> None:
    found = references("One\n\n<video src='https://v.example/a?b=1&c=2' title='A tour' poster='a.png'></video>")
    video = Reference("https://v.example/a?b=1&c=2", "A tour", 3)
    assert (found.videos, found.links) == ((video,), (video,))
    assert found.images == (Reference("a.png", "A tour", 3),)


def test_no_other_link_opens_beside_the_page_whatever_a_text_says() -> None:
    html = render("<a href=x target=_blank rel=opener class=video-link>x</a>", "article").html
    assert "target" not in html and "rel=" not in html


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example\\@vimeo.com/7",
        "https://vimeo.com@evil.example/7",
        "https://evil.example\n@vimeo.com/7",
        "https:\\\\evil.example/@vimeo.com",
        "https://vimeo.com.evil.example/7",
        "javascript://vimeo.com/%0aalert(1)",
    ],
)
def test_an_address_that_leads_a_browser_elsewhere_is_of_no_allowed_host(address: str) -> None:
    assert not video_hosts.is_allowed(address, ["vimeo.com"])
    assert (
        "evil"
        not in render(f"<video src='{address}' title='x'></video>", "article", allowed_video_hosts=["vimeo.com"]).html
    )


@given(st.text(max_size=40))
def test_a_kept_host_is_one_that_its_own_addresses_name(written: str) -> None:
    host = video_hosts.named(written)
    if host is not None:
        assert video_hosts.named(host) == host
        assert video_hosts.is_allowed(f"https://{host}/watch", [host])
        assert not video_hosts.is_allowed(f"https://x{host}/watch", [host])
