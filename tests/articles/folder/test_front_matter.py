from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.articles.folder import front_matter
from helpcenter.articles.folder.front_matter import FrontMatter
from helpcenter.articles.folder.yaml_text import YamlRefused
from helpcenter.topics.audience import Audience

signs = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"])
lines = st.lists(st.text(signs, min_size=1, max_size=12), max_size=8).map(" ".join)
words = st.lists(lines.filter(lambda word: word and len(word) <= 80), max_size=5, unique=True).map(tuple)
path = st.from_regex(r"/[a-z0-9äя/-]{0,20}[a-z0-9]", fullmatch=True)
whole = st.builds(
    FrontMatter,
    title=lines.filter(bool),
    summary=lines,
    tags=words,
    keywords=words,
    audience=st.sampled_from(Audience),
    order=st.none() | st.integers(1, 999),
    redirect_from=st.lists(path, max_size=3, unique=True).map(tuple),
    review_every_days=st.none() | st.integers(1, 3650),
)


def read(text: str) -> tuple[FrontMatter, list[str]]:
    values, findings = front_matter.read(front_matter.split(text).entries)
    return values, [f"{finding.line}: {finding.message}" for finding in findings]


@given(whole, st.text(max_size=60))
def test_what_is_written_is_read_the_same(values: FrontMatter, body: str) -> None:
    body = front_matter.split("---\n---\n" + body.replace("\ufeff", "")).body
    split = front_matter.split(front_matter.dump(values, body))
    assert front_matter.read(split.entries) == (values, [])
    assert split.body == body


@given(whole, st.text(max_size=60))
def test_writing_again_what_was_read_changes_no_byte(values: FrontMatter, body: str) -> None:
    once = front_matter.dump(values, front_matter.split("---\n---\n" + body).body)
    split = front_matter.split(once)
    assert front_matter.dump(front_matter.read(split.entries)[0], split.body) == once


@pytest.mark.parametrize(
    "value", ["no", "yes", "null", "~", "2026-01-01", "1_000", "0x1f", "3.10", "12:30:00", ".inf", "<<"]
)
def test_a_value_stays_the_text_it_was_written_as(value: str) -> None:
    assert read(f"---\ntitle: {value}\n---\nText")[0].title == value


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_key() -> None:
    _, findings = read("---\ntitle: Refunds\nsumary: How\n---\n")
    assert findings == ["3: sumary is not a key here; did you mean summary?"]


def test_an_unknown_key_like_no_other_names_them_all() -> None:
    _, findings = read("---\nxyzzy: 1\n---\n")
    assert findings == [f"2: xyzzy is not a key here; known are {', '.join(front_matter.KEYS)}"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("order: first", "order: a whole number from 1 to 999 is expected, not 'first'"),
        ("order: 0", "order: a whole number from 1 to 999 is expected, not '0'"),
        ("review_every_days: -3", "review_every_days: a whole number from 1 to 3650 is expected, not '-3'"),
        ("audience: friends", "audience: one of everyone, members, team is expected, not 'friends'"),
        ("title: [a, b]", "title: one text is expected, not a list"),
        ("tags: {a: b}", "tags: a text or a list of texts is expected"),
        ("redirect_from: refunds", "redirect_from: a path such as /old/refunds is expected, not 'refunds'"),
        (
            "redirect_from: [https://example.org/a]",
            "redirect_from: a path such as /old/refunds is expected, not 'https://example.org/a'",
        ),
        ('redirect_from: "/a\\0"', "redirect_from: a path such as /old/refunds is expected, not '/a\\x00'"),
        (f"title: {'a' * 201}", "title: at most 200 characters; these are 201"),
    ],
)
def test_a_value_its_key_can_not_have_is_an_error_with_its_line(line: str, why: str) -> None:
    assert read(f"---\nkeywords: a\n{line}\n---\n")[1] == [f"3: {why}"]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\ntitle: &a x\nsummary: *a\n---\n", 3, "alias"),
        ("---\ntitle: !!python/object/apply:os.getcwd []\n---\n", 2, "list"),
        ("---\ntitle: !!int 3\n---\n", 2, "type"),
        ("---\ntitle: [a\n---\n", 3, "not readable as YAML"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "given twice, first in line 2"),
        ("---\ntitle: a\n", 1, "has no end"),
        (f"---\nsummary: {'a' * 9000}\n---\n", 1, "larger than 8 KB"),
        (f"---\n{'[' * 4000}\n---\n", 2, "nested too deeply"),
        (f"---\ntitle: a\ntags: {'[' * 30}{']' * 30}\n---\n", 3, "nested too deeply"),
        ("---\n- a\n---\n", 2, "keys with values"),
    ],
)
def test_a_block_that_is_no_plain_yaml_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    if why == "list":
        assert read(text)[1] == ["2: title: one text is expected, not a list"]
        return
    with pytest.raises(YamlRefused, match=why) as refused:
        front_matter.split(text)
    assert refused.value.line == line


def test_the_body_knows_its_first_line() -> None:
    split = front_matter.split("---\r\ntitle: a\r\n---\r\n\r\n\r\nFirst\r\nSecond\r\n\r\n")
    assert (split.body, split.body_line) == ("First\nSecond", 6)


def test_a_text_without_a_block_is_all_body() -> None:
    assert front_matter.split("\ufeff\nText\n---\nmore") == front_matter.Split({}, "Text\n---\nmore", 2)
