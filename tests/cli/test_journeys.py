from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from helpcenter.cli import commands
from helpcenter.core.db import db
from helpcenter.journeys import settlement
from helpcenter.journeys.episode import EpisodeRow
from tests.journeys.acts import act, someone

LINES: list[dict[str, Any]] = [
    {"at": "2026-03-02T10:00:00Z", "visitor": "v1", "user": None, "kind": "searched", "detail": {"results": 4}},
    {
        "at": "2026-03-02T10:03:00Z",
        "visitor": "v1",
        "kind": "voted",
        "subject": "article:1",
        "detail": {"helpful": True},
    },
    {"at": "2026-03-02T10:00:00Z", "visitor": "v2", "kind": "searched"},
    {"at": "2026-03-02T12:00:00+02:00", "visitor": "v3", "user": 7, "kind": "contacted", "subject": "conversation:4"},
]


def judged(tmp_path: Path, lines: list[object], *options: str) -> Result:
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return CliRunner().invoke(commands, ["journeys", "judge", str(file), *options])


def episodes(tmp_path: Path, lines: list[object]) -> list[dict[str, Any]]:
    *found, _ = map(json.loads, judged(tmp_path, lines, "--json").stdout.splitlines())
    return found


def states(tmp_path: Path, lines: list[object]) -> list[str]:
    return [one["state"] for one in episodes(tmp_path, lines)]


def test_events_of_a_file_are_judged_one_line_an_episode(tmp_path: Path) -> None:
    *episodes, totals = map(json.loads, judged(tmp_path, [*LINES], "--json").stdout.splitlines())
    assert episodes[0] == {
        "person": "v1",
        "opened_at": "2026-03-02T10:00:00Z",
        "state": "confirmed",
        "tier": "confirmed",
        "channel": "help_center",
        "credited": "article:1",
        "because": "voted: voted article:1 at 2026-03-02T10:03:00Z",
    }
    assert [one["state"] for one in episodes] == ["confirmed", "unresolved"]
    assert totals == {"totals": {"confirmed": 1, "unresolved": 1}, "channels": {"help_center": 1}, "headline": 1}


def test_the_same_events_are_judged_as_of_a_moment(tmp_path: Path) -> None:
    answer = judged(tmp_path, [*LINES], "--json", "--until", "2026-03-05T10:02:59Z")
    assert [json.loads(line).get("state") for line in answer.stdout.splitlines()] == ["pending", "unresolved", None]


def test_a_person_reads_the_same_in_words(tmp_path: Path) -> None:
    told = judged(tmp_path, [*LINES]).stdout
    assert "v1: confirmed, help_center by article:1" in told
    assert told.endswith("1 deflected of 2 episodes: 1 confirmed, 1 unresolved\n")


def test_a_file_without_events_has_no_episodes(tmp_path: Path) -> None:
    assert json.loads(judged(tmp_path, [], "--json").stdout) == {"totals": {}, "channels": {}, "headline": 0}


def test_an_empty_line_is_left_out_and_counted(tmp_path: Path) -> None:
    answer = judged(tmp_path, ["", LINES[0], "  ", LINES[1], "", ""], "--json")
    assert answer.stdout == judged(tmp_path, [LINES[0], LINES[1]], "--json").stdout
    assert "line 4: " in judged(tmp_path, ["", LINES[0], "  ", "{"]).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: not a JSON object"),
        ({"at": "2026-03-02", "kind": "vote"}, "line 2: 'vote' is no kind of event; did you mean 'voted'?"),
        ({"at": "yesterday", "kind": "voted"}, "line 2: 'yesterday' is not a time such as"),
        ({"at": "9999-12-31T23:00:00Z", "kind": "voted"}, "line 2: '9999-12-31T23:00:00Z' is not in the years"),
        ({"at": "0001-01-01T00:00:00+05:00", "kind": "voted"}, "is not in the years 1970 to 9000"),
        ({"at": "2026-03-02", "kind": "voted", "detail": 3}, "line 2: detail is 3 and not an object"),
        ({"at": "2026-03-02", "kind": "voted", "subject": 3}, "line 2: subject is 3 and not text"),
        ({"at": "2026-03-02", "kind": "voted", "user": {}}, "line 2: user is {} and not a name or a number"),
        ('{"at": "2026-03-02", kind}', "line 2: no JSON at character 22: Expecting property name"),
        ("[" * 100_000, "line 2: nested too deeply"),
        ({**LINES[2], "visitor": "\ud800"}, "line 2: visitor is '\\ud800' and no text in Unicode"),
        ({**LINES[1], "subject": "\ud800"}, "line 2: subject is '\\ud800' and no text in Unicode"),
        ({"at": "2026-03-02", "kind": "searched"}, "line 2: searched by neither a visitor nor a user"),
        ({**LINES[1], "subject": None}, "line 2: voted without a subject such as 'article:12'"),
        ({**LINES[1], "subject": "page"}, "line 2: voted without a subject such as 'article:12'"),
        ({**LINES[1], "detail": {}}, "line 2: voted without helpful in its detail"),
        ({**LINES[1], "detail": {"helpful": "yes"}}, "line 2: helpful is 'yes' and not true or false"),
        ({**LINES[2], "observable": "no"}, "line 2: observable is 'no' and not true or false"),
        ({**LINES[3], "spam": "no"}, "line 2: spam is 'no' and not true or false"),
        ({**LINES[2], "kind": "workshop_attended", "detail": {"of": "60"}}, "line 2: of is '60' and not a number"),
        ({**LINES[2], "kind": "accounts_merged", "detail": {"into": ["b"]}}, "line 2: into is ['b'] and not a name"),
        ({**LINES[2], "kind": "suggestion_opened", "detail": {"form": "Ask"}}, "line 2: form is 'Ask' and not"),
    ],
)
def test_a_line_that_is_no_event_is_named(tmp_path: Path, line: object, said: str) -> None:
    answer = judged(tmp_path, [LINES[0], line])
    assert answer.exit_code == 1
    assert said in answer.stderr


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_bytes(json.dumps(LINES[0]).encode() + b'\n{"visitor": "Jos\xe9"}\n')
    answer = CliRunner().invoke(commands, ["journeys", "judge", str(tmp_path / "events.jsonl")])
    assert answer.exit_code == 1
    assert answer.stderr.endswith("events.jsonl: line 2: not in UTF-8\n")


def test_a_file_may_begin_with_the_mark_that_some_programs_put_there(tmp_path: Path) -> None:
    line = json.dumps(LINES[0])
    assert judged(tmp_path, ["\ufeff" + line]).stdout == judged(tmp_path, [line]).stdout


def test_what_nobody_did_may_close_a_conversation_and_is_no_episode(tmp_path: Path) -> None:
    closed = {"at": "2026-03-02T11:00:00Z", "kind": "conversation_closed", "subject": "conversation:4"}
    assert states(tmp_path, [*LINES, closed, {**closed, "kind": "contacted"}]) == ["confirmed", "unresolved"]


@pytest.mark.parametrize(("excluded", "state"), [(True, "ineligible"), ("staff", "ineligible"), (False, "unresolved")])
def test_an_act_that_does_not_count_is_told_by_its_reason_or_just_so(
    tmp_path: Path, excluded: object, state: str
) -> None:
    line = {"at": "2026-03-02T10:00:00Z", "visitor": "v1", "kind": "searched", "excluded": excluded}
    assert json.loads(judged(tmp_path, [line], "--json").stdout.splitlines()[0])["state"] == state


@pytest.mark.parametrize("word", ["spam", "duplicate"])
@pytest.mark.parametrize("where", ["beside", "in the detail"])
def test_a_contact_is_none_where_its_line_says_spam_or_duplicate(tmp_path: Path, word: str, where: str) -> None:
    contact = {"at": "2026-03-02T11:00:00Z", "visitor": "v1", "kind": "contacted", "subject": "conversation:4"}
    marked = {word: True} if where == "beside" else {"detail": {word: True}}
    assert states(tmp_path, [*LINES[:2], contact]) == ["contacted"]
    assert states(tmp_path, [*LINES[:2], {**contact, **marked}]) == ["confirmed"]


def test_a_suggestion_whose_line_names_no_form_happened_where_the_line_says(tmp_path: Path) -> None:
    solved = {"at": "2026-03-02T11:00:00Z", "visitor": "v1", "kind": "suggestion_solved", "subject": "article:1"}
    inside = {**solved, "channel": "contact_suggestion"}
    asking = {**inside, "detail": {"form": "ask"}}
    told = [episodes(tmp_path, [line])[0]["channel"] for line in (solved, inside, asking)]
    assert told == ["help_center", "contact_suggestion", "help_center"]


def test_a_moment_that_is_none_is_told(tmp_path: Path) -> None:
    answer = judged(tmp_path, [], "--until", "soon")
    assert answer.exit_code == 2
    assert "'soon' is not a time" in answer.stderr


def test_the_episodes_of_the_site_are_settled_and_made_anew(app: Flask) -> None:
    act("voted", someone(), subject=("article", 1), detail={"helpful": True})
    for verb in ("settle", "rebuild"):
        answer = CliRunner().invoke(commands, ["journeys", verb], obj=app)
        assert answer.exit_code == 0, answer.output
        assert answer.stdout.startswith("1 person looked at; up to date until ")
    db.session.rollback()
    assert db.session.scalars(select(EpisodeRow.state)).all() == ["pending"]


def test_whoever_settles_while_another_process_did_is_told_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    act("voted", someone(), subject=("article", 1), detail={"helpful": True})
    read = settlement.acts_of

    def meanwhile(clusters: Any) -> Any:
        monkeypatch.setattr(settlement, "acts_of", read)
        settlement.settle()
        return read(clusters)

    monkeypatch.setattr(settlement, "acts_of", meanwhile)
    answer = CliRunner().invoke(commands, ["journeys", "settle"], obj=app)
    assert answer.exit_code == 1
    assert answer.stderr.endswith("Error: another process settled meanwhile; run it again\n")
