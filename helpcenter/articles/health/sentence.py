"""What is wrong, in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from helpcenter.articles.health import company, links, shown_snippets
from helpcenter.articles.health.finding import Finding
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.links import Fault, Target
from helpcenter.core import site
from helpcenter.core.locale import day
from helpcenter.core.outside.look import Answer

LONGEST_SHOWN = 90
_START, _END = "\u2066", "\u2069"
"""Between them an address runs from left to right, whatever the sentence and its letters do."""


def sentences(findings: Sequence[Finding]) -> list[str]:
    """The sentence of each, in the language that is spoken here. Two queries at most."""
    wanted = {one.about["target_id"] for one in findings if one.kind == Kind.LINKS and one.about["target_id"]}
    known = links.targets(wanted) if wanted else {}
    same = [one.edition_id for one in findings if one.kind == Kind.TITLES]
    twins = company.twins(same) if same else {}
    return [str(_SAY[one.kind](one, known, twins)) for one in findings]


def in_plain_letters(sentence: str) -> str:
    """A sentence for a terminal or a program, without marks of direction."""
    return sentence.replace(_START, "").replace(_END, "")


def _link(one: Finding, known: Mapping[int, Target], _twins: Mapping[int, int]) -> Any:
    link, fault = _shown(one.what), one.about["fault"]
    target = known.get(one.about["target_id"] or 0)
    if fault == Fault.NOWHERE:
        return _("The link %(address)s leads nowhere; readers see only its text.", address=link)
    if fault == Fault.OWN_PART:
        return _("The link %(address)s leads to no heading of this page.", address=link)
    if target is None:
        return _("The link %(address)s leads to an article that does not exist.", address=link)
    named = {"address": link, "title": target.title}
    if fault == Fault.NARROW:
        return _("The link %(address)s leads to “%(title)s”, which not everyone who reads this page may read.", **named)
    if fault == Fault.PART:
        return _("The link %(address)s leads to no heading of “%(title)s”.", **named)
    if target.is_archived:
        return _("The link %(address)s leads to “%(title)s”, which is archived.", **named)
    return _("The link %(address)s leads to “%(title)s”, which is not published.", **named)


def _picture(one: Finding, *_known: Any) -> Any:
    return _("The picture %(address)s is missing; readers see only its description.", address=_shown(one.what))


def _video(one: Finding, *_known: Any) -> Any:
    return unshown_video(one.about["host"])


def unshown_video(host: str) -> str:
    """That readers do not see a video, and which ones they would see."""
    allowed, shown = site.current().video_hosts, f"{_START}{host}{_END}"
    if not allowed:
        return str(
            _("Readers do not see the video on %(host)s: this site shows no videos from other sites.", host=shown)
        )
    hosts = f"{_START}{', '.join(allowed)}{_END}"
    said = _(
        "Readers do not see the video on %(host)s: this site shows videos from %(hosts)s.", host=shown, hosts=hosts
    )
    return str(said)


def _snippet(one: Finding, *_known: Any) -> Any:
    if one.about["fault"] == shown_snippets.Fault.REFUSED:
        return _(
            "With the snippet “%(name)s”, this text is too much for a page; readers see it as before.", name=one.what
        )
    return _("The snippet “%(name)s” does not exist; readers see nothing in its place.", name=one.what)


def _outside(one: Finding, *_known: Any) -> Any:
    return _(
        "%(problem)s It has been like this since %(day)s.", problem=_problem(one), day=day(one.about["failing_since"])
    )


def _problem(one: Finding) -> Any:
    address, status = _shown(one.what), one.about["status"]
    answer = one.about["answer"]
    if answer == Answer.GONE:
        return _("The page %(address)s no longer exists (%(status)s).", address=address, status=status)
    if answer == Answer.FAULT:
        return _("The site of %(address)s answers with an error (%(status)s).", address=address, status=status)
    if answer == Answer.NO_NAME:
        return _("There is no site with the name in %(address)s.", address=address)
    if answer == Answer.SLOW:
        return _("The site of %(address)s does not answer in time.", address=address)
    if answer == Answer.UNTRUSTED:
        return _("The certificate of %(address)s cannot be trusted.", address=address)
    return _("The site of %(address)s cannot be reached.", address=address)


def _quote(one: Finding, *_known: Any) -> Any:
    return _(
        "%(text)s links to this article, which changed on %(day)s.",
        text=one.about["name"],
        day=day(one.about["changed_at"]),
    )


def _wordless(one: Finding, *_known: Any) -> Any:
    return _("The picture %(address)s has no description for people who cannot see it.", address=_shown(one.what))


def _heading(one: Finding, *_known: Any) -> Any:
    return _(
        "The heading “%(heading)s” skips a level: %(level)d after %(above)d.",
        heading=one.what,
        level=one.about["level"],
        above=one.about["skipped_from"],
    )


def _title(one: Finding, _known: Mapping[int, Target], twins: Mapping[int, int]) -> Any:
    return _("Article %(number)d is also titled “%(title)s”.", number=twins.get(one.edition_id, 0), title=one.title)


def _orphan(_one: Finding, *_known: Any) -> Any:
    return _("No other article links here, and no one has read it in the last 90 days.")


def _shown(address: str) -> str:
    short = address if len(address) <= LONGEST_SHOWN else address[: LONGEST_SHOWN - 1] + "…"
    return f"{_START}{short}{_END}"


_SAY: Mapping[Kind, Callable[[Finding, Mapping[int, Target], Mapping[int, int]], Any]] = {
    Kind.LINKS: _link,
    Kind.PICTURES: _picture,
    Kind.VIDEOS: _video,
    Kind.SNIPPETS: _snippet,
    Kind.OUTSIDE: _outside,
    Kind.QUOTES: _quote,
    Kind.ALT: _wordless,
    Kind.HEADINGS: _heading,
    Kind.TITLES: _title,
    Kind.ORPHANS: _orphan,
}
