"""What one may not know of is, at every address that names it, exactly what is not there.

The table of test_routes.py says who may do what to a thing that is there. Here the same routes, found by their
arguments, are asked about things that are hidden, deleted, unfinished, or for others alone, and about a number that
nothing has: both are answered alike, and the answer says nothing of the thing. A new route is asked with the next run.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import delete
from werkzeug.routing import Rule

from config import Settings
from helpcenter.accounts.notifications import following
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.sanction import Sanction
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.conftest import on_empty_tables
from tests.house.access import PEOPLE, REFUSED
from tests.house.everybody import Everybody, put_back
from tests.house.hidden_things import NOBODY, SECRET, THINGS, Thing
from tests.house.test_routes import ROUTES, methods_of

pytestmark = pytest.mark.alike
WORDS = {
    "locale": "en",
    "language": "en",
    "slug": "x",
    "name": "x",
    "secret": "x",
    "verb": "hide",
    "step": 1,
    "number": 1,
    "act": "publish",
    "remark_id": NOBODY,
    "topic_id": NOBODY,
    "suggestion_id": NOBODY,
    "attachment_id": NOBODY,
}
"""What every other argument of these routes is."""
NOT_THERE: dict[tuple[str, str, str, str], int] = {}
"""What somebody is answered about a number that nothing has: it is the same for every thing of a kind."""
MAY_STILL = {
    "answer_surveys.create": "a word on a vote of theirs that counts no more",
    "asking.open_suggestion": "reading what is there",
    "asking.preview": "it keeps nothing",
    "asking.solve": "reading what is there",
    "asking.suggest": "it keeps nothing",
}
"""What somebody who is blocked may still send to the community."""


@pytest.fixture
def everybody(the_app: Flask, settings: Settings) -> Iterator[Everybody]:
    with on_empty_tables(the_app, settings):
        yield put_back(the_app)


def rules_about(app: Flask, thing: Thing) -> list[Rule]:
    """The routes whose address names such a thing."""
    found = [rule for rule in app.url_map.iter_rules() if names_it(rule, thing)]
    return sorted(found, key=lambda rule: rule.rule)


def names_it(rule: Rule, thing: Thing) -> bool:
    if thing.argument == "name":
        return rule.endpoint.startswith("files.")
    has_argument = thing.argument in rule.arguments or (bool(thing.kind) and "kind" in rule.arguments)
    return has_argument and (not thing.within or thing.within in rule.arguments)


def arguments(rule: Rule, thing: Thing, number: Any) -> dict[str, Any]:
    """Every argument of the address. A KeyError tells of a new argument: say above what it is here."""
    known = {**WORDS, **thing.beside, thing.argument: number}
    known |= {"kind": thing.kind, "subject_id": number, "post_id": number}
    return {name: known[name] for name in rule.arguments}


@pytest.mark.parametrize("make", THINGS, ids=lambda make: make.__name__)
def test_nobody_finds_out_by_an_address_what_they_may_not_know_of(
    the_app: Flask, everybody: Everybody, make: Callable[[Everybody], Thing]
) -> None:
    thing = make(everybody)
    rules, told = rules_about(the_app, thing), []
    forms = {rule.endpoint: ROUTES[rule.endpoint].data(everybody) for rule in rules if "POST" in (rule.methods or ())}
    before = counts()
    assert rules
    for rule in rules:
        for who in thing.hidden_from:
            if ROUTES[rule.endpoint].statuses[who] == REFUSED:
                # Their role is refused before anything is looked for: test_routes.py sees to it.
                continue
            if rule.endpoint == "followings.destroy" and follows(everybody, who, thing):
                # Whoever follows a thing may stop, also when it is gone.
                continue
            form, key = forms.get(rule.endpoint), (rule.rule, who, thing.argument, thing.kind)
            status, text = asked(the_app, everybody, rule, arguments(rule, thing, thing.number), who, form)
            if key not in NOT_THERE:
                NOT_THERE[key], _ = asked(the_app, everybody, rule, arguments(rule, thing, missing(thing)), who, form)
            if status != NOT_THERE[key] or SECRET in text:
                told.append((rule.endpoint, who, status, NOT_THERE[key]))
    assert told == []
    assert counts() == before


def test_somebody_who_is_blocked_changes_nothing_in_the_community(the_app: Flask, everybody: Everybody) -> None:
    """Cleo may do all this on other days. What a secret of a letter opens is the asker's."""
    wrong = []
    for endpoint, route in ROUTES.items():
        view = the_app.view_functions[endpoint]
        is_act = "helpcenter.community" in inspect.unwrap(view).__module__ and methods_of(the_app, endpoint) == {"POST"}
        if (
            not is_act
            or route.statuses["other"] == REFUSED
            or endpoint in MAY_STILL
            or endpoint.startswith("reminders.")
        ):
            continue
        with the_app.test_request_context():
            path = url_for(endpoint, **route.args(everybody))
        form = {"title": "Where is my money?", "text": "I paid twice.", "kind": "question", "shown": "1"}
        form |= route.data(everybody)
        block(everybody.id_of("cleo"))
        before, browser = counts(), everybody.standing("cleo")
        status = browser.post(path, data=form).status_code
        if status != 403 or counts() != before:
            wrong.append((endpoint, status))
        block(everybody.id_of("cleo"), is_over=True)
    assert wrong == [], wrong


def block(user_id: int, *, is_over: bool = False) -> None:
    """They may not post any more, or may again."""
    begin_write()
    if is_over:
        db.session.execute(delete(Sanction))
    else:
        act = ModerationAct(kind=Act.CLEAN_UP, subject_kind="user", subject_id=user_id, at=clock.now())
        db.session.add(act)
        db.session.flush()
        db.session.add(Sanction(user_id=user_id, act_id=act.id, began_at=clock.now()))
    db.session.commit()


def missing(thing: Thing) -> Any:
    """What names nothing of this kind."""
    return NOBODY if isinstance(thing.number, int) else "A" * 22 + ".webp"


def asked(
    app: Flask, everybody: Everybody, rule: Rule, given: Mapping[str, Any], who: str, form: Mapping[str, Any] | None
) -> tuple[int, str]:
    """Status, and everything else of the answer."""
    with app.test_request_context():
        path = url_for(rule.endpoint, **given)
    browser = everybody.standing(PEOPLE[who])
    answer = browser.get(path) if form is None else browser.post(path, data=form)
    return answer.status_code, f"{answer.headers.get('Location', '')}\n{answer.get_data(as_text=True)}"


def follows(everybody: Everybody, who: str, thing: Thing) -> bool:
    name = PEOPLE[who]
    return name is not None and following.said(everybody.id_of(name), (thing.kind, thing.number)) is not None


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    names = [table.name for table in db.metadata.sorted_tables]
    each = " UNION ALL ".join(f"SELECT '{name}', (SELECT count(*) FROM \"{name}\")" for name in names)
    return dict(db.session.execute(db.text(each)).all())
