from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.journeys.channel import CHANNELS
from helpcenter.journeys.deflection import STATES
from helpcenter.reports.figures import SETS, Counted, Figures, by_channel, figures_of

# The 24 worked cases of the definition, with six direct contacts.
WORKED = {
    "confirmed": 8,
    "participated": 2,
    "assumed": 2,
    "unresolved": 3,
    "contacted": 6,
    "revoked": 1,
    "ineligible": 2,
    "direct": 6,
}
COUNTED = st.lists(
    st.builds(
        Counted,
        st.sampled_from([*STATES, "direct"]),
        st.sampled_from(["", *CHANNELS]),
        st.integers(1, 50),
    ),
    max_size=30,
)


def test_the_worked_cases_have_their_known_figures() -> None:
    figures = Figures(WORKED)
    assert figures.deflected == 10
    assert (figures.success.part, figures.success.whole) == (10, 22)
    assert (figures.share_of_demand.part, figures.share_of_demand.whole) == (10, 23)
    assert (figures.revocation.part, figures.revocation.whole) == (1, 11)
    assert figures.success.value is not None and round(figures.success.value, 4) == 0.4545
    assert figures.share_of_demand.value is not None and round(figures.share_of_demand.value, 4) == 0.4348
    assert figures.revocation.value is None


def test_what_is_undecided_or_not_counted_is_in_no_figure() -> None:
    more = Figures({**WORKED, "pending": 40, "ineligible": 90, "gone": 7})
    assert (more.deflected, more.success, more.share_of_demand, more.revocation) == (
        Figures(WORKED).deflected,
        Figures(WORKED).success,
        Figures(WORKED).share_of_demand,
        Figures(WORKED).revocation,
    )


def test_every_state_can_be_listed_by_its_own_name() -> None:
    assert {SETS[state] for state in STATES} == {(state,) for state in STATES}


@given(COUNTED)
def test_the_channels_sum_to_what_was_deflected_in_one(counted: list[Counted]) -> None:
    in_a_channel = figures_of(one for one in counted if one.channel)
    channels = by_channel(counted)
    assert sum(one.figures.deflected for one in channels) == in_a_channel.deflected
    assert all(one.part.part == one.figures.deflected for one in channels)
    found = [one.figures.deflected for one in channels]
    assert found == sorted(found, reverse=True)
