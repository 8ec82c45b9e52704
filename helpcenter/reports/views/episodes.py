"""The episodes behind a figure, and one of them told."""

from __future__ import annotations

from flask import render_template, request, url_for

from helpcenter.accounts.names import names_of
from helpcenter.core.row_id import row_id
from helpcenter.journeys.deflection import DEFLECTED
from helpcenter.reports import telling, words
from helpcenter.reports.episode_list import Wanted, listed
from helpcenter.reports.range import today
from helpcenter.reports.timeline import timeline
from helpcenter.reports.titles import titles_by_subject, titles_of
from helpcenter.reports.views.blueprint import reader, reports
from helpcenter.topics.tree import tree


@reports.get("/episodes")
def index_episodes() -> str:
    """Exactly the episodes that a figure counts, newest first."""
    reader()
    wanted = Wanted.of(request.args, today())
    after = request.args.get("after", type=row_id)
    found = listed(wanted, after)
    credited = {row.credited_subject_id for row in found.page.rows if row.credited_kind == "article"}
    about = {one for one in (*credited, wanted.article, wanted.left) if one}
    credits = [(row.credited_kind, row.credited_subject_id) for row in found.page.rows]
    others = [(kind, number) for kind, number in credits if kind and kind != "article" and number]
    next_after = found.page.next_after
    return render_template(
        "reports/episodes.html",
        wanted=wanted,
        found=found,
        titles=titles_of(about, wanted.scope.locale),
        others=titles_by_subject(others),
        topic=tree().nodes.get(wanted.scope.topic_id or 0),
        heading=words.TITLES[wanted.state],
        states=words.STATES,
        channel_names=words.CHANNELS,
        deflected=DEFLECTED,
        report_url=url_for("reports.index", **{**wanted.scope.range.as_dates(), **wanted.scope.narrowing()}),
        first_url=url_for("reports.index_episodes", **wanted.as_query()) if after else None,
        next_url=url_for("reports.index_episodes", **wanted.as_query(), after=next_after) if next_after else None,
    )


@reports.get("/episodes/<int:episode_id>")
def show_episode(episode_id: int) -> str:
    """What somebody did, what of it is credited, and the rule that decided."""
    viewer = reader()
    found = timeline(episode_id)
    acts = [step.act for step in found.steps]
    titles, row = telling.titles_of(acts), found.row
    person = row.user_id if viewer.may("manage_people") else None
    return render_template(
        "reports/episode.html",
        row=row,
        steps=[(step, telling.told(step, titles)) for step in found.steps],
        transitions=found.transitions,
        shown={act.id for act in acts},
        urls=telling.addresses_of(acts, viewer),
        person=person,
        name=names_of([person]).get(person or 0, ""),
        states=words.STATES,
        channel_names=words.CHANNELS,
        rules=words.RULES,
        excluded=words.EXCLUDED,
    )
