from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from helpcenter.search.languages import LANGUAGES
from helpcenter.search.passage import markup, plain
from helpcenter.search.snippets import Marker

FILLER = "Nothing to see in this sentence. " * 30


def test_the_passage_is_where_the_most_telling_words_stand_together() -> None:
    text = f"A refund is named here. {FILLER}The refund of a yearly invoice takes five days. {FILLER}"
    passage = plain(Marker({"refund": 2.0, "invoic": 3.0}, "en").passage(text, 160))
    assert "The refund of a yearly invoice takes five days." in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")


def test_a_passage_is_marked_by_stem_and_not_by_beginning() -> None:
    parts = Marker({"repli": 1.0}, "en").passage("Replies, a reply, a replica and replied", 200)
    assert [part.text for part in parts if part.is_marked] == ["Replies", "reply", "replied"]


def test_html_in_a_text_is_escaped_and_only_marks_are_html() -> None:
    parts = Marker({"script": 1.0}, "en").passage("<script>alert('script')</script> & more", 200)
    html = markup(parts)
    assert isinstance(html, Markup)
    assert html == (
        "&lt;<mark>script</mark>&gt;alert(&#39;<mark>script</mark>&#39;)&lt;/<mark>script</mark>&gt; &amp; more"
    )


def test_vowel_marks_do_not_move_the_mark() -> None:
    parts = Marker({"مدرس": 1.0}, "ar").passage("في المَدْرَسَةِ الجديدة", 200)
    assert [part.text for part in parts if part.is_marked] == ["المَدْرَسَةِ"]
    assert plain(parts) == "في المَدْرَسَةِ الجديدة"


def test_accents_are_matched_either_way() -> None:
    parts = Marker({"factur": 1.0}, "es").passage("Facturación y facturacion", 200)
    assert [part.text for part in parts if part.is_marked] == ["Facturación", "facturacion"]


def test_a_code_like_term_is_marked_whole() -> None:
    parts = Marker({"c++": 1.0}, "en").passage("C++ and C", 200)
    assert [part.text for part in parts if part.is_marked] == ["C++"]


def test_without_a_match_the_passage_is_the_beginning() -> None:
    assert plain(Marker({"zebra": 1.0}, "en").passage("The beginning. " + FILLER, 60)).startswith("The beginning.")


def test_an_empty_text_has_an_empty_passage() -> None:
    assert Marker({"zebra": 1.0}, "en").passage("", 100) == ()


def test_a_heading_is_parted_from_what_follows_it() -> None:
    text = "Get your money back\nOpen Billing.\nHow long it takes\nFive days at most.\nRefunds"
    passage = plain(Marker({"money": 1.0}, "en").passage(text, 200))
    assert passage == "Get your money back · Open Billing. How long it takes · Five days at most. Refunds"


def test_a_heading_that_ends_in_a_match_is_parted_too() -> None:
    parts = Marker({"refund": 1.0}, "en").passage("Get a refund\nRefund is a button.", 200)
    assert plain(parts) == "Get a refund · Refund is a button."
    assert [part.text for part in parts if part.is_marked] == ["refund", "Refund"]


def _words(text: str) -> str:
    return " ".join(text.replace("·", " ").split())


@given(
    st.text(alphabet=st.characters(blacklist_categories=["Cs"])),
    st.dictionaries(st.text(min_size=1, max_size=5), st.floats(0.1, 9), max_size=4),
    st.sampled_from(LANGUAGES),
    st.integers(40, 300),
)
def test_a_passage_is_always_a_piece_of_the_text(
    text: str, weights: dict[str, float], locale: str, length: int
) -> None:
    marker = Marker(weights, locale)
    line = _words(text)
    parts = marker.passage(text, length)
    passage = _words(plain(parts)).removeprefix("…").removesuffix("…").strip()
    assert passage in line or not passage
    assert str(markup(parts)).count("<") == 2 * sum(part.is_marked for part in parts)
