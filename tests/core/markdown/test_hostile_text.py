"""Texts made to exhaust the renderer: each becomes a page within the limits or is refused, and nothing else happens."""

from itertools import product
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpcenter.core import markdown, worker
from helpcenter.core.markdown import MarkdownRefused, Reason, expand, references, render
from helpcenter.core.markdown.profile import COMMUNITY, PROFILES
from helpcenter.core.markdown.renderer import render as render_here
from helpcenter.core.markdown.shape import check_shape
from tests.core.markdown.html_check import complaints

LIMIT = 64 * 1024
MOST_HTML = 2 * 1024 * 1024


def repeated(unit: str, size: int = LIMIT) -> str:
    return unit * (size // len(unit.encode("utf-8", "replace")))


def nested(opening: str, closing: str, times: int) -> str:
    return (opening * times + "x" + closing * times)[:LIMIT]


UNITS = [
    "[", "[a", "[[]", "![", "![a](", "[a](b", "[](<", "[a]: b\n", "[^a]", "[^1]: x\n", "[^a]: [^a]\n",
    "[^a]\n\n[^a]: b\n", "* * *", "* * *\n", "- - -x", "___", "***", "---\n", "> ", ">", "> a\n>> b\n", "- ", "1. ",
    "- a\n", "  - a\n", "- a\n\n  b\n\n", "1. a\n   - b\n", "\n> a\n- b\n", "- ```\n", "> ```\n", "- [ ] a\n", "*a ",
    "**a ", "_a_", "*_", "***a", "*a*b", "_a*b_", "**a*b", "*a**b***", "~~a", "==a", "^^a", "++a+", "++", "`", "``a",
    "`a", "`` ` ", "a`b``c```", "```\n", "~~~\n", "|", "a|b\n", "|a|b|\n|-|-|\n", "|-", "<", "<a", "<a>", "<b>",
    "</b>", "<div>", "<div>\n\n", "<p>\n\n", "<!--", "<!-- -->", "<?", "<![CDATA[", "<details>\n\n", '<a href="',
    "<img src=x ", "<table><tr><td>", "<table><b>", "<b><i>", "<ul><li>", "</li></ul>", "<svg>", "<math>", "<form>",
    "<script>", "<title>", "<select><option>", "<font color=1>", "<input type=checkbox>", "<video><source src=x>",
    "<sup>", "<h1>", "<plaintext>", "&", "&#1;", "&#x110000;", "\\", "\\[", "# ", "#", "# a\n", "a\n=\n", "a\n---\n",
    "\n", "a\n\n", " ", "\t", "    a\n", "http://", "http://a.b ", "www.", "www.a.b/(", "a@b.c ", "a@", "!!! note\n",
    "!!! note\n    ", '=== "a"\n', '??? "a"\n    ', ":::note\n", ":::\n", "::::", "> [!NOTE]\n", "a  \n", "a\\\n",
    "\u202e", "́", "é", "ﷺ", "😀", "\ud800", "\x00", "\x02", "\x03", "\x02wzxhzdk:0\x03", "\x02klzzwxh:1\x03", '"',
    "(", "{", "{a}", "{#a}", "<A b={", "{/*", "import a from 'b'\n", "export a\n", "\r", "\u2028", "a", ".", "a.",
    "a-", "*[_`<![~~==++|>#-\n",
]  # fmt: skip
PAIRS = [
    ("[", "]"), ("*", "*"), ("**", "**"), ("_", "_"), ("(", ")"), ("<b>", "</b>"), ("<div>\n", "\n</div>"),
    ("~~", "~~"), ("`", "`"), ("[", "](x)"), ("![", "](x)"), ("> ", ""), ("- ", ""), ("1. ", ""),
    ("<ul><li>", "</li></ul>"), ("==", "=="), ("<blockquote>", "</blockquote>"), ("<details>\n\n", "\n\n</details>"),
    ("<table><tr><td>", "</table>"), ("{", "}"),
]  # fmt: skip
FAMILIES = {
    **{f"repeated {unit!r}": repeated(unit) for unit in UNITS},
    **{
        f"nested {opening!r} {times}": nested(opening, closing, times)
        for (opening, closing), times in product(PAIRS, (40, 5000))
    },
    "8 KB of [": repeated("[", 8192),
    "8 KB of [a": repeated("[a", 8192),
    "4 KB of * * *": repeated("* * *", 4096),
    "ladder of quotes": "\n".join(">" * depth + " a" for depth in range(1, 300)),
    "ladder of lists": "\n".join("  " * depth + "- a" for depth in range(250)),
    "ladder of lists, loose": "\n\n".join("  " * depth + "- a" for depth in range(170)),
    "ladder of callouts": "\n".join("    " * depth + "!!! note" for depth in range(150)),
    "ladder of tabs": "\n".join("    " * depth + '=== "a"' for depth in range(150)),
    "ladder of directives": "\n".join(":" * (200 - depth) + "note" for depth in range(190)),
    "wide table": "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n|" + "b|" * 10_000,
    "short rows of a wide table": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "|\n" * 30_000,
    "many references": "\n".join(f"[a{number}]: /{number}" for number in range(4000)) + "\n\n" + "[a1] " * 1000,
    "many footnotes": " ".join(f"[^{n}]" for n in range(2500)) + "\n\n" + "\n".join(f"[^{n}]: y" for n in range(2500)),
    "tags that open again in every paragraph": "".join(f"<b id={n}>" for n in range(90)) + "\n\n" + "x\n\n" * 20_000,
    "an address without end": "http://" + "a" * 60_000,
    "a name without end": "a." * 30_000 + "@",
    "a host without end": "@" + "a.b-" * 15_000,
    **{
        f"{language} that never closes": f"```{language}\n" + repeated('"({<', 60_000)
        for language in ("js", "html", "c", "sh")
    },
}


ARTICLES = ("<A b={", "{/*", "import a", "export a", "<video>", "# a", "- a", "footnotes")
CASES = [
    *(("community", text, name) for name, text in FAMILIES.items()),
    *(("article", text, name) for name, text in FAMILIES.items() if any(sign in name for sign in ARTICLES)),
]
HOPELESS = [
    "![a](", "[a](b", "[](<", "- a\n", "  - a\n", "- a\n\n  b\n\n", "1. a\n   - b\n", "\n> a\n- b\n", "- ```\n", "> ```\n",
    "- [ ] a\n", "*_", "_a*b_", "```\n", "~~~\n", "|a|b|\n|-|-|\n", "# a\n", "a\n=\n", "a\n\n",
]  # fmt: skip
"""Units that at full length keep the renderer of community texts busy far past its deadline: no page is ever seen."""
SOON = 0.3
"""Seconds after which these are given up, so that the tests do not wait for what is known; a short text is read."""


def is_hopeless(profile: str, name: str) -> bool:
    return profile == "community" and name in {f"repeated {unit!r}" for unit in HOPELESS}


@pytest.mark.parametrize(("profile", "text", "name"), CASES, ids=[f"{profile}: {name}" for profile, _, name in CASES])
def test_it_becomes_a_page_within_the_limits_or_is_refused(
    profile: str, text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        if is_hopeless(profile, name):
            patch.setattr(markdown, "SECONDS", SOON)
        assert_page_or_refused(text, profile)
    assert render("all *well*", profile).plain_text == "all well"


@pytest.mark.parametrize("unit", HOPELESS)
def test_a_short_one_of_what_is_refused_at_length_becomes_a_page_within_the_limits(unit: str) -> None:
    assert_page_or_refused(repeated(unit, 4096), "community")


@st.composite
def mixed(draw: st.DrawFn) -> str:
    """A few of the units, each many times, over and over until the text is as long as drawn: up to the limit."""
    pieces = [draw(st.sampled_from(UNITS)) * draw(st.integers(1, 60)) for _ in range(draw(st.integers(1, 5)))]
    size = draw(st.sampled_from((500, 4_000, 16_000, LIMIT)))
    return repeated("".join(pieces), size) or "".join(pieces)


@settings(max_examples=max(15, settings.default.max_examples // 7), deadline=None)
@given(mixed(), st.sampled_from(sorted(PROFILES)))
@example(repeated("<b><i>*_[a](", LIMIT), "community")
@example("<details>\n\n" * 30 + "> [!NOTE]\n" * 40 + "<svg><a href='javascript:1'>" * 20, "community")
def test_no_mixture_of_them_hangs_fails_or_brings_anything_else_onto_the_page(text: str, profile: str) -> None:
    with mock.patch.object(markdown, "SECONDS", SOON):
        assert_page_or_refused(text, profile)


def assert_page_or_refused(text: str, profile: str) -> None:
    try:
        html = render(text, profile).html
    except MarkdownRefused as refused:
        assert refused.reason in (Reason.TOO_TANGLED, Reason.TOO_SLOW, Reason.TOO_LARGE), refused.reason
    else:
        assert len(html.encode()) <= MOST_HTML
        assert complaints(html) == []


@pytest.mark.parametrize(("profile", "kilobytes"), [("community", 64), ("article", 256)])
def test_a_text_may_be_as_long_as_its_limit_and_not_a_byte_longer(profile: str, kilobytes: int) -> None:
    line = "A sentence of sixty-three letters, as people write them by day.\n"
    assert len(line) == 64
    check_shape(line * (kilobytes * 16), PROFILES[profile])
    with pytest.raises(MarkdownRefused) as refused:
        render(line * (kilobytes * 16) + "x", profile)
    assert (refused.value.reason, refused.value.limit) == (Reason.TOO_LONG, kilobytes)
    assert str(kilobytes) in str(refused.value)


def test_length_counts_bytes_because_letters_differ() -> None:
    with pytest.raises(MarkdownRefused):
        render("я" * (33 * 1024), "community")


def many_links(times: int) -> str:
    """A short text that becomes a long page: each line of it a link of 1,500 characters."""
    return "[a].\n" * times + "\n[a]: /" + "b" * 1500


def test_a_page_may_become_two_megabytes_and_no_more() -> None:
    line = len(render_here(many_links(2), COMMUNITY, {}).html) - len(render_here(many_links(1), COMMUNITY, {}).html)
    fitting = MOST_HTML // line
    assert MOST_HTML - 2 * line < len(render_here(many_links(fitting - 1), COMMUNITY, {}).html) <= MOST_HTML
    for times in (fitting + 1, 2 * fitting, 4 * fitting):
        with pytest.raises(MarkdownRefused) as refused:
            render_here(many_links(times), COMMUNITY, {})
        assert refused.value.reason == Reason.TOO_LARGE


def test_whatever_is_done_with_a_text_has_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    call = mock.Mock(side_effect=worker.WorkerTimedOut("two seconds"))
    monkeypatch.setattr(worker, "call", call)
    for does in (lambda: render("a", "community"), lambda: references("a"), lambda: expand("a", {})):
        with pytest.raises(MarkdownRefused) as refused:
            does()
        assert refused.value.reason == Reason.TOO_SLOW
    assert [one.kwargs for one in call.call_args_list] == [{"seconds": 2.0}] * 3


@pytest.mark.parametrize(
    "text",
    [*(text for name, text in FAMILIES.items() if name.startswith("ladder of")), nested("<div>\n", "</div>", 120)],
)
def test_a_text_that_goes_too_deep_step_by_step_is_refused(text: str) -> None:
    with pytest.raises(MarkdownRefused) as refused:
        render_here(text, COMMUNITY, {})
    assert refused.value.reason == Reason.TOO_TANGLED


@pytest.mark.parametrize(
    ("problem", "reason", "lines"),
    [
        (worker.WorkerDied("gone"), Reason.TOO_TANGLED, 0),
        (MemoryError(), Reason.TOO_TANGLED, 0),
        (RecursionError(), Reason.TOO_TANGLED, 0),
        (IndexError("a library"), Reason.UNREADABLE, 1),
    ],
)
def test_whatever_a_library_stumbles_over_is_told_to_the_writer_and_what_nobody_foresaw_to_the_log(
    problem: Exception,
    reason: Reason,
    lines: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(worker, "call", mock.Mock(side_effect=problem))
    with pytest.raises(MarkdownRefused) as refused:
        render("a secret", "community")
    assert refused.value.reason == reason
    assert [record.getMessage() for record in caplog.records] == [
        "a text of 8 characters could not be rendered"
    ] * lines


@pytest.mark.parametrize("text", [repeated("[", 8192), repeated("> ", 8192), repeated("- 1. ", 8192), "(" * 1000])
def test_a_plainly_hostile_text_is_refused_before_any_work(text: str) -> None:
    with pytest.raises(MarkdownRefused) as refused:
        check_shape(text, COMMUNITY)
    assert refused.value.reason == Reason.TOO_TANGLED


@pytest.mark.parametrize(
    "text",
    [
        "=" * 3000,
        "- " * 60 + "-",
        "| a | b |\n|" + "-" * 900 + "|---|",
        "```\n" + "[" * 5000 + "\n```",
        "> > > three deep",
        "[a](b) " * 3000,
        "~~~\n" + "> " * 500 + "\n~~~",
        "_" * 600,
    ],
)
def test_rulers_code_and_many_links_are_not_hostile(text: str) -> None:
    check_shape(text, COMMUNITY)
    assert render_here(text, COMMUNITY, {}).html


def test_a_refusal_says_what_to_do() -> None:
    for reason in Reason:
        assert "lease" in str(MarkdownRefused(reason, 64))
