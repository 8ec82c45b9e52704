"""What the journal calls what is done to articles."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

NAMES = {
    "article_published": _l("published an article"),
    "article_archived": _l("archived an article"),
    "article_returned": _l("brought an article back"),
    "article_moved": _l("changed topic, readers or addresses of an article"),
    "article_verified": _l("verified an article"),
    "article_cared_for": _l("changed who looks after an article, or how often"),
    "publication_planned": _l("planned a publication"),
    "archival_planned": _l("planned an archival"),
    "plan_dropped": _l("cancelled what was planned"),
    "review_asked": _l("asked for a review"),
    "review_approved": _l("approved an article"),
    "review_changes": _l("asked for changes to an article"),
    "snippet_created": _l("wrote a snippet"),
    "snippet_changed": _l("changed a snippet"),
    "snippet_proposed": _l("proposed a change to a snippet"),
    "snippet_approved": _l("approved a change to a snippet"),
    "snippet_discarded": _l("discarded a change to a snippet"),
    "snippet_deleted": _l("deleted a snippet"),
    "help_key_pointed": _l("pointed a help key at an article"),
}
