"""Which of all that one can be told of concerns whom."""

from __future__ import annotations

from helpcenter.accounts.notifications import kind
from helpcenter.articles import review_telling, verification_letter
from tests.cast import Cast


def test_what_needs_a_role_concerns_those_who_have_it_and_the_rest_everybody(cast: Cast) -> None:
    ada, ben = kind.concerning(cast.viewer("ada")), kind.concerning(cast.viewer("ben"))
    of_editors = {one.name for one in kind.kinds().values() if one.verb == "edit_articles"}
    assert review_telling.ASKED.name in of_editors
    assert of_editors | {verification_letter.LETTER} <= ada
    assert not (of_editors | {verification_letter.LETTER}) & ben
    assert {name for name, one in kind.kinds().items() if not one.verb} <= ben


def test_the_switch_of_a_letter_is_there_for_those_who_get_it(cast: Cast) -> None:
    ada, ben = kind.letters_for(cast.viewer("ada")), kind.letters_for(cast.viewer("ben"))
    assert ada.keys() == kind.letters().keys()
    assert ada.keys() - ben.keys() == {verification_letter.LETTER}
    assert ben
