"""What two people made of one text, put together."""

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.line_matches import matches
from helpcenter.core.merge import Choice, Conflict, merge

BASE = "Open Billing.\n\nChoose a payment.\n\nPress Refund.\n"
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d\n", "e"]), max_size=12).map("".join)


def test_changes_in_two_places_are_both_taken():
    mine = BASE.replace("Open Billing", "Open **Billing**")
    theirs = BASE.replace("Press Refund", "Press **Refund**")
    merged = merge(BASE, mine, theirs)
    assert not merged.conflicts
    assert merged.text() == "Open **Billing**.\n\nChoose a payment.\n\nPress **Refund**.\n"


def test_a_paragraph_added_by_one_and_one_taken_out_by_the_other():
    mine = BASE + "\nIt takes two days.\n"
    theirs = BASE.replace("Open Billing.\n\n", "")
    assert merge(BASE, mine, theirs).text() == "Choose a payment.\n\nPress Refund.\n\nIt takes two days.\n"


def test_what_both_changed_in_the_same_place_is_left_to_a_person():
    mine = BASE.replace("Choose a payment.", "Choose one payment.")
    theirs = BASE.replace("Choose a payment.", "Pick the payment.")
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == [Conflict("Choose a payment.\n", "Choose one payment.\n", "Pick the payment.\n")]
    assert merged.text({0: Choice.MINE}) == mine
    assert merged.text({0: Choice.THEIRS}) == theirs
    assert "Choose one payment.\nPick the payment.\n" in merged.text({0: Choice.BOTH})


def test_both_of_a_conflict_at_the_end_without_a_line_end_stand_on_lines_of_their_own():
    assert merge("One", "Two", "Three").text({0: Choice.BOTH}) == "Two\nThree"


def test_the_same_change_by_both_is_no_conflict():
    same = BASE.replace("Refund", "Return")
    assert merge(BASE, same, same).text() == same


def test_an_edit_at_both_ends_of_a_long_text_of_many_equal_lines_leaves_its_middle_alone():
    middle = "".join(f"Step {number}\n\n" for number in range(2_000))
    merged = merge(f"first\n{middle}last\n", f"FIRST\n{middle}last\n", f"first\n{middle}LAST\n")
    assert merged.text() == f"FIRST\n{middle}LAST\n"


@given(TEXTS, TEXTS)
def test_whoever_changed_nothing_takes_what_the_other_made(base, other):
    assert merge(base, base, other).text() == other
    assert merge(base, other, base).text() == other
    assert merge(base, other, other).text() == other


@given(TEXTS, TEXTS, TEXTS)
def test_choosing_one_side_everywhere_keeps_every_line_of_that_side_that_the_other_did_not_take_out(base, mine, theirs):
    merged = merge(base, mine, theirs)
    chosen = merged.text(dict.fromkeys(range(len(merged.conflicts)), Choice.MINE))
    kept = {line for line in mine.splitlines() if line not in base.splitlines()}
    assert kept <= set(chosen.splitlines())


@given(TEXTS, TEXTS, TEXTS)
def test_neither_side_is_preferred(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [(c.mine, c.theirs) for c in one.conflicts] == [(c.theirs, c.mine) for c in other.conflicts]
    assert [p for p in one.parts if isinstance(p, str)] == [p for p in other.parts if isinstance(p, str)]


@given(TEXTS, TEXTS)
def test_matched_lines_are_equal_and_in_order(old, new):
    before, after = old.splitlines(), new.splitlines()
    found = sorted(matches(before, after).items())
    assert all(before[row] == after[column] for row, column in found)
    columns = [column for _, column in found]
    assert columns == sorted(set(columns))
    assert matches(before, before) == {row: row for row in range(len(before))}
