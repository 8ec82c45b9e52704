"""People who are named in a text with an @."""

from helpcenter.core.markdown import Named, mentioned_in, render

SAM = {"sam": Named(7, "Sam", "/en/people/7")}


def test_whoever_is_named_in_whatever_case_is_linked_once_for_each_time() -> None:
    page = render("@sam, and @SAM", "community", people=SAM)
    assert page.html.count('href="/en/people/7"') == 2
    assert page.mentioned == mentioned_in(page.html) == (7,)


def test_letters_that_are_only_folded_into_those_of_a_name_name_nobody() -> None:
    page = render("@\u017fam", "community", people=SAM)
    assert page.plain_text == "@\u017fam"
    assert page.mentioned == mentioned_in(page.html) == ()
