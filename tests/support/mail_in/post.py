"""Letters as mail programs send them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

TEXT = "The invoice page stays white. I pressed everything, and it is still white today."


def letter(
    text: str = TEXT,
    *,
    sender: str = "Ben <ben@example.org>",
    to: str = "help@example.org",
    subject: str = "White page",
    html: str = "",
    files: tuple[tuple[str, bytes, str], ...] = (),
    **headers: Any,
) -> EmailMessage:
    """A letter. `files` are (name, bytes, media type); a header's name has _ for -, and None takes it away."""
    made = EmailMessage()
    values = {"From": sender, "To": to, "Subject": subject, "Message-ID": make_msgid(domain="example.org")}
    values |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        if value is not None:
            made[name] = value
    if text:
        made.set_content(text)
        if html:
            made.add_alternative(html, subtype="html")
    else:
        made.set_content(html, subtype="html")
    for name, data, kind in files:
        made.add_attachment(data, filename=name, maintype=kind.split("/")[0], subtype=kind.split("/")[1])
    return made
