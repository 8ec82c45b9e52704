"""Which values of settings make no sense, each told in one clear line. No value of a secret is ever repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter import setting_addresses
from helpcenter.setting_addresses import PORTS

if TYPE_CHECKING:
    from config import Settings

SHORTEST_SECRET = 32
MAILBOX_SECURITY = ("tls", "starttls", "none")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
KNOWN_SECRETS = frozenset(
    {"secret", "changeme", "change-me", "dev", "development", "please-change-this-secret-key-now"}
)


def problems(settings: Settings) -> Iterator[str]:
    """Every reason to refuse values that could be read."""
    yield from _of_addresses(settings)
    if settings.log_level.upper() not in LOG_LEVELS:
        yield f"HELPCENTER_LOG_LEVEL is {settings.log_level!r}; say one of {', '.join(LOG_LEVELS)}"
    yield from _of_mail(settings)
    yield from _of_openid(settings)
    if settings.leaked_passwords and not _finds(Path(settings.leaked_passwords).is_file):
        yield f"HELPCENTER_LEAKED_PASSWORDS is {settings.leaked_passwords!r}; there is no such file"
    for name in ("product_secret", "metrics_token"):
        if 0 < len(getattr(settings, name)) < SHORTEST_SECRET:
            yield f"HELPCENTER_{name.upper()} is shorter than {SHORTEST_SECRET} characters"
    ranges = {"workers": (1, 256), "threads": (1, 1024), **dict.fromkeys(("port", "mail_port", "mailbox_port"), PORTS)}
    for name, (least, most) in ranges.items():
        if not least <= getattr(settings, name) <= most:
            yield f"HELPCENTER_{name.upper()} is {getattr(settings, name)}; {least} to {most} is possible"
    if settings.production:
        yield from _of_production(settings)


def _of_addresses(settings: Settings) -> Iterator[str]:
    if settings.base_url and (problem := setting_addresses.of_site(settings.base_url)):
        yield f"{_shown('BASE_URL', settings.base_url)}; {problem}"
    if not settings.database_url:
        return
    if problem := setting_addresses.of_database(settings.database_url):
        yield f"HELPCENTER_DATABASE_URL makes no sense: {problem}"
    elif settings.is_sqlite:
        folder = Path(setting_addresses.file_of(settings.database_url)).resolve().parent
        # The data folder, and what lies above it, is made at the start.
        if not _finds(folder.is_dir) and folder not in (settings.data_dir, *settings.data_dir.parents):
            yield f"HELPCENTER_DATABASE_URL names a file in {folder}; there is no such folder"


def _shown(name: str, address: str) -> str:
    """A setting with its value, unless what stands before a @ may be a password."""
    return f"HELPCENTER_{name} makes no sense" if "@" in address else f"HELPCENTER_{name} is {address!r}"


def _of_mail(settings: Settings) -> Iterator[str]:
    if settings.mail_from and not setting_addresses.is_mail(settings.mail_from):
        yield f"HELPCENTER_MAIL_FROM is {settings.mail_from!r}; say an address alone, such as help@example.org"
    if settings.mailbox_security not in MAILBOX_SECURITY:
        security = settings.mailbox_security
        yield f"HELPCENTER_MAILBOX_SECURITY is {security!r}; say one of {', '.join(MAILBOX_SECURITY)}"
    if settings.mailbox_server and not setting_addresses.is_mail(settings.mailbox_address):
        yield f"HELPCENTER_MAILBOX_ADDRESS is {settings.mailbox_address!r}; say to which address people write"


def _of_openid(settings: Settings) -> Iterator[str]:
    if not settings.openid_issuer:
        return
    if problem := setting_addresses.of_provider(settings.openid_issuer):
        yield f"{_shown('OPENID_ISSUER', settings.openid_issuer)}; {problem}"
    if not settings.openid_client_id:
        yield "HELPCENTER_OPENID_CLIENT_ID is missing; the provider knows this site by it"


def _of_production(settings: Settings) -> Iterator[str]:
    if len(settings.secret_key) < SHORTEST_SECRET or settings.secret_key.lower() in KNOWN_SECRETS:
        yield (
            f"HELPCENTER_SECRET_KEY is missing, shorter than {SHORTEST_SECRET} characters or a known default; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if settings.demo or _finds((settings.data_dir / "DEMO").exists):
        yield f"{settings.data_dir} is a demo; production starts with a folder of its own"
    if not settings.base_url:
        yield "HELPCENTER_BASE_URL is missing; links in mail need the address of the site"


def _finds(look: Callable[[], bool]) -> bool:
    """Whether something is there; not where this user may not look, which is told by whoever needs it."""
    with suppress(OSError):
        return look()
    return False
