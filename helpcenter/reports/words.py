"""What the report calls things: states, channels, and every rule that decides in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

STATES: Mapping[str, LazyString] = {
    "confirmed": _l("Confirmed"),
    "participated": _l("Took part"),
    "assumed": _l("Left in silence"),
    "unresolved": _l("Unresolved"),
    "contacted": _l("Wrote to support"),
    "revoked": _l("Came back to support"),
    "pending": _l("Waiting"),
    "ineligible": _l("Not counted"),
    "direct": _l("Wrote to support directly"),
    "gone": _l("Joined to another"),
    "late": _l("Not counted"),
}

TITLES: Mapping[str, LazyString] = {
    "": _l("All episodes"),
    "deflected": _l("Deflected conversations"),
    "confirmed": _l("Confirmed: someone said that it helped"),
    "participated": _l("Took part in what answered them"),
    "assumed": _l("Left in silence, so not counted"),
    "unresolved": _l("Looked for help and left without any sign"),
    "contacted": _l("Looked for help and then wrote to support"),
    "revoked": _l("Counted once, then came back to support"),
    "pending": _l("Waiting until their window is over"),
    "ineligible": _l("Not counted: staff, crawlers, people who cannot be observed"),
    "direct": _l("Wrote to support without looking for help first"),
    "eligible": _l("Everyone who looked for help and is decided"),
    "demand": _l("All conversations there were or would have been"),
    "deflected_once": _l("Everything that was deflected, including what came back"),
    "reached_support": _l("Conversations that reached support"),
}

CHANNELS: Mapping[str, LazyString] = {
    "help_center": _l("Help center"),
    "community": _l("Community"),
    "workshop": _l("Workshops"),
    "in_product": _l("Inside the product"),
    "contact_suggestion": _l("Contact form"),
}

SERIES: Mapping[str, LazyString] = {
    "confirmed": _l("Confirmed"),
    "participated": _l("Took part"),
    "reached_support": _l("To support"),
}

RULES: Mapping[str, LazyString] = {
    "voted": _l("The reader said that it helped, and no one wrote to support about it within 72 hours."),
    "suggestion_solved": _l("The person said in the form that a suggestion solved it, and sent nothing."),
    "solved_for_me": _l("A reader said that this question solved it for them too."),
    "workshop_solved": _l("The person said after the workshop that their question was answered."),
    "accepted": _l("The asker accepted another user’s answer."),
    "answer_seen": _l("The asker saw an answer that another user wrote in time."),
    "workshop_attended": _l("The person stayed in the workshop long enough to have it answered."),
    "read": _l(
        "The person read the article to the end and left without a word. Whether it helped is a guess, and not counted."
    ),
    "suggestion_opened": _l(
        "The person opened a suggestion and left the form. Whether it helped is a guess, and not counted."
    ),
    "window_open": _l("Someone may still write to support about it, so it does not count yet."),
    "conversation_was_open": _l("A conversation with support was open when this began."),
    "staff_answer_accepted": _l("The accepted answer is from staff: that was a conversation."),
    "staff_answered_first": _l("Staff had answered before: that was a conversation."),
    "contact_in_window": _l("The person wrote to support within 72 hours."),
    "contact_after_window": _l("The person came back to support about the same topic within seven days."),
    "no_evidence": _l("The person looked for help and showed no sign of having found it."),
    "only_excluded": _l("Everything here was done by staff, an author, a crawler or a preview."),
    "unobservable": _l("The browser asks not to be tracked, and the person did not say that it helped."),
    "no_episode": _l("A contact that followed no search for help."),
}
"""By the names under which journeys.deflection tells what decided."""

EXCLUDED: Mapping[str, LazyString] = {
    "staff": _l("staff"),
    "author": _l("an author of it"),
    "crawler": _l("a crawler"),
    "preview": _l("a preview"),
    "too_fast": _l("faster than a person reads"),
}

BEHIND: Mapping[tuple[str, str], LazyString] = {
    ("searches", ""): _l("Searches"),
    ("searches", "nothing"): _l("Searches that found nothing"),
    ("searches", "opened"): _l("Searches after which something was opened"),
    ("searches", "refined"): _l("Searches that were followed by another one"),
    ("forms", ""): _l("Contact forms that were opened"),
    ("forms", "solved"): _l("Contact forms in which a suggestion solved it"),
    ("forms", "sent"): _l("Contact forms that were sent"),
    ("forms", "left"): _l("Contact forms that were left"),
    ("votes", ""): _l("Votes on articles"),
    ("votes", "yes"): _l("Votes that said it helped"),
    ("votes", "no"): _l("Votes that said it did not help"),
    ("readers", ""): _l("People who read an article to the end"),
    ("readers", "wrote"): _l("People who read an article last before writing to support"),
    ("conversations", ""): _l("Conversations that were answered or closed"),
    ("conversations", "answered"): _l("Conversations that were first answered"),
    ("conversations", "in_time"): _l("First answered in time, by the clock"),
    ("conversations", "in_time_open"): _l("First answered in time, by opening hours"),
    ("conversations", "settled"): _l("Conversations settled for the first time"),
    ("conversations", "still_settled"): _l("Conversations that are settled"),
    ("conversations", "decided"): _l("Closed, and 72 hours have passed"),
    ("conversations", "one_touch"): _l("Settled by a single answer"),
}
"""The lists behind the figures that no episode holds, by kind and part."""

OUTCOMES: Mapping[str, LazyString] = {
    "solved": _l("A suggestion solved it"),
    "sent": _l("Sent"),
    "left": _l("Left"),
}
