"""Whatever a few people may do in two weeks: what the laws of deflection are tried on."""

from __future__ import annotations

from hypothesis import strategies as st

from helpcenter.journeys.act import Act
from tests.journeys.story import (
    accepted,
    answered,
    asked,
    contacted,
    did,
    helpful,
    not_helpful,
    read,
    saw,
    searched,
    signed_in,
    suggestion,
)

WHO = ("Ben", "Cleo", "phone", "kiosk")


@st.composite
def lives(draw: st.DrawFn) -> list[Act]:
    def one() -> Act:
        at = draw(st.integers(0, 14 * 24)) + draw(st.sampled_from((0, 0.004, 0.5)))
        who = draw(st.sampled_from(WHO))
        number = draw(st.integers(1, 2))
        article, question = f"article:{number}", f"question:{number}"
        topic = draw(st.sampled_from((1, 2, None)))
        seen = {"observable": draw(st.sampled_from((True, True, True, False)))}
        making = (
            lambda: searched(at, who=who, **seen),
            lambda: read(at, article, who=who, topic=topic, **seen),
            lambda: helpful(at, article, who=who, topic=topic, **seen),
            lambda: not_helpful(at, article, who=who, topic=topic, **seen),
            lambda: suggestion("opened", at, subject=article, who=who, **seen),
            lambda: suggestion("solved", at, subject=article, who=who, **seen),
            lambda: asked(at, question, who="Ben"),
            lambda: answered(at, f"answer:{number}", number, staff=topic == 1),
            lambda: saw(at, f"answer:{number}", number),
            lambda: accepted(at, f"answer:{number}", number),
            lambda: contacted(at, f"conversation:{number}", who=who, topic=topic),
            lambda: did("conversation_closed", at, f"conversation:{number}", who="Sam", excluded="staff"),
            lambda: signed_in(at, "Ben", "phone"),
            lambda: did("workshop_attended", at, "workshop:1", who=who, detail={"minutes": 20 * number, "of": 60}),
        )
        return draw(st.sampled_from(making))()

    return [one() for _ in range(draw(st.integers(0, 12)))]
