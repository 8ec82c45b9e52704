from helpcenter.core.markdown import render

TEXT = """# The *title*

First line
goes on[^1].

- one `two`
  - three

| a | b |
|---|---|
| 1 | 2 |

```sh
ls  -l
cd ..
```

![A cat](cat.png) <span>shown</span><script>hidden</script>

> [!TIP]
> Advice

[^1]: The note
"""


def test_each_block_is_a_line_with_code_and_alt_texts_and_without_marks() -> None:
    assert render(TEXT, "article").plain_text.split("\n") == [
        "The title",
        "First line goes on1.",
        "one two",
        "three",
        "a b",
        "1 2",
        "ls -l",
        "cd ..",
        "A cat shown",
        "Tip",
        "Advice",
        "The note",
    ]


def test_a_heading_stands_without_its_anchor() -> None:
    assert render("# a", "article").plain_text == "a"


def test_what_was_escaped_is_plain_again() -> None:
    assert render("a < b & `<c>` &amp; \\*", "community").plain_text == "a < b & <c> & *"


def test_no_control_character_gets_through() -> None:
    rendered = render("a\x00b\x02c\x03d\x0be &#2; &#x1f; <i title='\x1b'>f</i>", "community")
    for text in (rendered.plain_text, rendered.html):
        assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in text)


def test_two_hundred_and_twenty_words_take_a_minute_in_any_language() -> None:
    assert render("word " * 220, "article").reading_seconds == 60
    assert render("слово " * 440, "article").reading_seconds == 120
    assert render("كلمة " * 110, "article").reading_seconds == 30
    assert render("one", "article").reading_seconds == 1
