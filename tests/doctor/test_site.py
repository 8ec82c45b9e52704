"""A site is damaged in one way after the other; the doctor sees it, and what it says puts it right."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from config import Settings
from drills.running_site import free_port
from helpcenter.app import create_app
from helpcenter.articles.rendering import Rendering
from helpcenter.community.question import Question
from helpcenter.core import clock, jobs, mail, pause
from helpcenter.core.db import begin_write, db
from helpcenter.core.jobs import PeriodicJob
from helpcenter.core.lease import Lease
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.core.pause import Pause
from helpcenter.doctor import work
from helpcenter.doctor.examination import examine
from helpcenter.doctor.ground import Ground
from helpcenter.feedback.tally import HelpfulTally
from helpcenter.files import storage
from helpcenter.files.file import File
from helpcenter.journeys import recorder, settlement
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.episode import DailyCount, Settling
from helpcenter.search import drainer
from helpcenter.search.outbox import Outbox
from tests.cast import Cast
from tests.community.posts import put_question
from tests.doctor.patient import Patient
from tests.files.stored import age_everything
from tests.search.damage import break_index
from tests.shelf import put_article

NO_SITE_YET = {"no-mail", "no-backup", "not-running", "no-limits"}
"""What is told of the site of the tests, all of it notes."""
AN_HOUR, A_YEAR = timedelta(hours=1), timedelta(days=365)


def change(*statements: Any) -> None:
    begin_write()
    for statement in statements:
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()


def add(*rows: Any) -> None:
    begin_write()
    db.session.add_all(rows)
    db.session.commit()


@pytest.fixture
def patient(app: Flask, cast: Cast) -> Patient:
    """A site with an article and a question, in good health."""
    put_article("Refunds")
    put_question(cast)
    drainer.rebuild(lambda _done: None)
    settlement.settle()
    Patient(app).obey({"command": "helpcenter upgrade"})
    return Patient(app)


def make_tally_wrong() -> None:
    add(HelpfulTally(subject_kind="article", subject_id=1, revision_id=1, yes=3, no=0, shown_yes=3, shown_no=0))


def make_question_wrong() -> None:
    change(update(Question).values(me_too=7))


def leave_the_index_behind() -> None:
    add(Outbox(kind="article", subject_id=1, queued_at=clock.now() - AN_HOUR))


def forget_events_of_an_hour_ago() -> None:
    change(delete(Settling))
    with clock.moved(clock.now() - 3 * AN_HOUR):
        begin_write()
        recorder.record("viewed", by=Actor("a" * 32), locale="en")
        db.session.commit()


def count_a_day_wrong() -> None:
    day = clock.now().date()
    add(DailyCount(day=day, state="contacted", channel="", locale="en", topic_id=0, episodes=4))


def leave_bytes_without_a_row() -> None:
    storage.write(storage.new_name(), b"picture")
    age_everything()


DAMAGES: dict[str, Callable[[], object]] = {
    "votes-miscounted": make_tally_wrong,
    "questions-miscounted": make_question_wrong,
    "search-damaged": break_index,
    "search-behind": leave_the_index_behind,
    "articles-old": lambda: change(update(Rendering).values(renderer_version=2)),
    "articles-unread": lambda: change(update(Rendering).values(reader_version=0)),
    "articles-unrendered": lambda: change(delete(Rendering)),
    "posts-old": lambda: change(update(Question).values(renderer_version=2)),
    "journeys-behind": forget_events_of_an_hour_ago,
    "journeys-wrong": count_a_day_wrong,
    "journeys-old-rules": lambda: change(update(Settling).values(constants={"window": 1})),
    "files-left": leave_bytes_without_a_row,
    "database-copied": lambda: pause.begin(db.engine, Pause.COPYING),
    "jobs-held": lambda: add(Lease(name="jobs", holder="gone:1:ab", expires_at=clock.now() + A_YEAR)),
}


def test_what_is_damaged_is_found_and_the_command_that_is_told_puts_it_right(patient: Patient) -> None:
    assert patient.findings().keys() <= NO_SITE_YET
    for name, damage in DAMAGES.items():
        damage()
        found = patient.findings()
        assert set(found) - NO_SITE_YET == {name}, f"after {name}: {found}"
        patient.obey(found[name])
        assert name not in patient.findings(), name


def test_what_only_a_person_can_put_right_is_found(patient: Patient) -> None:
    now = clock.now()
    begin_write()
    mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="late")
    mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="failed")
    db.session.add(
        File(name="gone.webp", media_type="image/webp", bytes=1, width=1, height=1, original_sha256="0", created_at=now)
    )
    rules = list(jobs.rules(patient.app))
    for name, failures, ahead in ((rules[0], 4, -AN_HOUR), (rules[1], 0, -AN_HOUR), (rules[2], 0, A_YEAR)):
        at = now + ahead
        db.session.merge(
            PeriodicJob(
                name=name,
                every_seconds=60,
                next_at=at,
                started_at=at,
                finished_at=at,
                failures=failures,
                last_error="OSError: nobody answers",
            )
        )
    db.session.commit()
    change(
        update(OutgoingMail).where(OutgoingMail.dedupe_key == "late").values(next_at=now - AN_HOUR),
        update(OutgoingMail).where(OutgoingMail.dedupe_key == "failed").values(status=MailStatus.FAILED),
    )
    found = patient.findings()
    assert set(found) - NO_SITE_YET == {"files-missing", "mail-unsent", "mail-failed", "job-fails", "clock-behind"}
    assert "gone.webp" in found["files-missing"]["what"] and "nobody answers" in found["job-fails"]["what"]
    add(Lease(name="jobs", holder="here:1:ab", expires_at=now + timedelta(seconds=10)))
    assert rules[1] in patient.findings()["job-overdue"]["what"]


@pytest.mark.alike
def test_a_mail_server_that_does_not_open_is_told(patient: Patient, settings: Settings) -> None:
    with_server = replace(settings, mail_server="127.0.0.1", mail_port=free_port())
    begin_write()
    mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="late")
    db.session.commit()
    change(update(OutgoingMail).values(next_at=clock.now() - AN_HOUR, status=MailStatus.QUEUED))
    found = {one.name: one for one in examine(Ground(with_server), create_app(with_server)).findings}
    assert "refused" in found["mail-server"].what
    assert "1 email" in found["mail-waits"].what
    assert "no-mail" not in found


@pytest.mark.alike
def test_pages_without_anybody_who_does_the_jobs_are_told(patient: Patient, settings: Settings) -> None:
    with answering(b'{"status": "up"}') as port:
        found = {one.name for one in examine(Ground(replace(settings, port=port)), patient.app).findings}
    assert "no-jobs" in found and "port-taken" not in found


@pytest.mark.alike
@pytest.mark.parametrize("says", [b"", b"<h1>It works</h1>", b'{"status": "ok"}'])
def test_another_program_on_the_port_of_the_site_is_told(patient: Patient, settings: Settings, says: bytes) -> None:
    with answering(says) as port:
        found = {one.name: one for one in examine(Ground(replace(settings, port=port)), patient.app).findings}
    assert f"Another program answers on port {port}" in found["port-taken"].what
    assert not {"not-running", "no-jobs"} & found.keys()


@pytest.mark.alike
def test_another_program_that_does_not_speak_http_is_told_as_well(
    patient: Patient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ASK_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ground = Ground(replace(settings, port=silent.getsockname()[1]))
        assert "port-taken" in {one.name for one in examine(ground, patient.app).findings}


@contextmanager
def answering(says: bytes) -> Iterator[int]:
    """Something that answers everything with the same, and its port."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(says)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.alike
def test_an_index_without_anything_in_it_is_told(app: Flask, cast: Cast) -> None:
    drainer.rebuild(lambda _done: None)
    put_article("Refunds")
    change(delete(Outbox))
    patient = Patient(app)
    found = patient.findings()
    assert "search-empty" in found
    patient.obey(found["search-empty"])
    assert "search-empty" not in patient.findings()


@pytest.mark.alike
def test_a_check_that_fails_is_told_and_stops_no_other(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    make_question_wrong()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("for ben@example.org")

    monkeypatch.setattr("helpcenter.doctor.search.state", fail)
    found = patient.findings()
    assert "RuntimeError" in found["check-failed"]["what"] and "ben@" not in found["check-failed"]["what"]
    assert "questions-miscounted" in found
