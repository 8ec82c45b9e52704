from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.completion import word_list
from helpcenter.search.correction import ALPHABETS, begun, guesses, one_slip_away, slips_between, split_in_two
from helpcenter.search.known_words import ListedWords

LETTERS = st.text(alphabet="abcd", max_size=6)


def _known(counts: dict[str, int], *hidden: str) -> ListedWords:
    return ListedWords(word_list(counts), lambda word: word not in hidden)


COUNTS = {"refund": 5, "refuse": 1, "invoice": 3, "subscription": 4, "password": 9, "reset": 9}
KNOWN = _known(COUNTS)


def _guessed(word: str) -> list[str]:
    return [guess.word for guess in guesses(word, KNOWN, "en")]


def test_each_kind_of_slip_is_corrected() -> None:
    for wrong in ("refnd", "refuund", "refumd", "refnud"):
        assert _guessed(wrong) == ["refund"], wrong


def test_two_slips_are_corrected_in_a_long_word_only() -> None:
    assert _guessed("subscritoin") == ["subscription"]
    assert _guessed("rxfxnd") == []


def test_another_ending_of_a_known_word_is_corrected_too() -> None:
    assert _guessed("resettting") == ["reset"]
    assert _guessed("resembling") == []


def test_each_kind_of_slip_in_a_beginning_is_corrected() -> None:
    for wrong in ("paswo", "passswo", "pazswo", "apsswo", "psaswo"):
        assert begun(wrong, KNOWN, "en") == ["password"], wrong


def test_a_word_that_was_typed_to_its_end_comes_first() -> None:
    known = _known({"change": 2, "changes": 9})
    assert begun("chagne", known, "en") == ["change", "changes"]


def test_a_short_beginning_may_become_too_much_to_be_corrected() -> None:
    assert begun("pzs", KNOWN, "en") == []


def test_the_longest_beginning_that_may_be_meant_is_the_likeliest() -> None:
    known = _known({"password": 1, "pastry": 9})
    assert begun("pasw", known, "en") == ["password"]
    assert begun("pasqt", known, "en") == ["pastry"]


def test_a_word_that_may_not_be_shown_is_no_guess_for_a_beginning() -> None:
    assert begun("paswo", _known(COUNTS, "password"), "en") == []


def test_a_word_that_may_not_be_shown_is_no_guess() -> None:
    assert guesses("refnd", _known(COUNTS, "refund"), "en") == []


def test_two_words_written_as_one_are_parted() -> None:
    assert split_in_two("resetpassword", KNOWN) == ("reset", "password")
    assert split_in_two("unknownwords", KNOWN) is None


@given(LETTERS, LETTERS)
def test_one_slip_away_is_what_a_distance_of_one_says(one: str, other: str) -> None:
    made = set(one_slip_away(one, "abcd"))
    assert (other in made and other != one) == (slips_between(one, other, 2) == 1)


@given(LETTERS, LETTERS)
def test_a_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert slips_between(one, other, 3) == slips_between(other, one, 3)
    assert (slips_between(one, other, 3) == 0) == (one == other)


def test_every_language_has_its_letters() -> None:
    assert {"ё", "щ"} <= set(ALPHABETS["ru"])
    assert {"ة", "ى", "أ"} <= set(ALPHABETS["ar"])
    assert {"ñ", "á"} <= set(ALPHABETS["es"])
