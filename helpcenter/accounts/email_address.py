"""Which texts are addresses that mail can be sent to."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from helpcenter.accounts.user import LONGEST_EMAIL


def normalized(text: str) -> str | None:
    """The address in its usual spelling; None for what is none. Asks no name server: a form may not wait for one."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None
    return address if len(address) <= LONGEST_EMAIL else None
