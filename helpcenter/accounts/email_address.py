"""Which texts are addresses that mail can be sent to."""

from __future__ import annotations

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from helpcenter.accounts.user import LONGEST_EMAIL

# Many a company calls the network inside its walls so, and has its mail there. The library asks to change its list.
SPECIAL_USE_DOMAIN_NAMES[:] = [name for name in SPECIAL_USE_DOMAIN_NAMES if name != "local"]


def normalized(text: str) -> str | None:
    """The address in its usual spelling; None for what is none. Asks no name server: a form may not wait for one."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None
    return address if len(address) <= LONGEST_EMAIL else None
