import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.articles.studio.article_form import words_in
from helpcenter.articles.studio.place import paths_in


def test_paths_are_read_from_lines_and_whole_addresses():
    assert paths_in(" /b \n\nhttps://old.example.org/a?x=1#y\n/b\n") == ("/a", "/b")


@pytest.mark.parametrize(
    "line", ["docs/x", "javascript:alert(1)", "mailto:a@b.c", "/", "https://example.org", "/a b", "/" + "x" * 500]
)
def test_what_is_no_path_is_refused_with_the_line(line):
    with pytest.raises(ValueError, match=r".") as refused:
        paths_in(f"/fine\n{line}")
    assert str(refused.value) == line


@given(st.lists(st.from_regex(r"/[a-z0-9/_-]{1,20}", fullmatch=True).filter(lambda path: not path.startswith("//"))))
def test_reading_what_was_read_changes_nothing(paths):
    once = paths_in("\n".join(paths))
    assert paths_in("\n".join(once)) == once


@given(st.text())
def test_words_are_unique_and_hold_no_comma(text):
    words = words_in(text)
    assert len(set(words)) == len(words)
    assert words_in(", ".join(words)) == words


def test_commas_of_every_script_part_words():
    assert words_in("billing, card،بطاقة ; a  b,billing") == ("billing", "card", "بطاقة", "a b")
