"""The words that the renderer adds to a text or refuses it with, in the language they are needed in."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.core.markdown import Labels, MarkdownRefused, Reason

REFUSALS = {
    Reason.TOO_LONG: _l("This text is too long. It can have at most %(limit)d KB; please shorten or split it."),
    Reason.TOO_TANGLED: _l("This text is nested too deeply or repeats a sign too often. Please simplify it."),
    Reason.TOO_SLOW: _l("This text takes too long to prepare. Please simplify or split it."),
    Reason.TOO_LARGE: _l("This text becomes too large as a page. Please shorten or split it."),
    Reason.UNREADABLE: _l("This text cannot be prepared for reading. Please simplify it."),
}


def refusal(refused: MarkdownRefused) -> str:
    """Why a text was refused, in the language of the request."""
    return str(REFUSALS[refused.reason]) % {"limit": refused.limit}


def labels(locale: str) -> Labels:
    """What stands above callouts, beside tasks and behind footnotes, in the language of the text."""
    with force_locale(locale):
        return Labels(
            note=_("Note"),
            tip=_("Tip"),
            important=_("Important"),
            warning=_("Warning"),
            caution=_("Caution"),
            more=_("More"),
            done=_("Done"),
            to_do=_("To do"),
            table=_("Table"),
            footnotes=_("Footnotes"),
            back_to_text=_("Back to the text"),
            link_to_part=_("Link to this part"),
            stuck_here=_("Stuck here?"),
            watch_video=_("Watch the video"),
            # The renderer puts the host in.
            video_elsewhere=_("Video on %(host)s, opens in a new tab"),
        )
