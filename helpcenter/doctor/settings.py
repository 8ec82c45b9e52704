"""Whether the settings make sense, each by itself and all together."""

from __future__ import annotations

from collections.abc import Iterator

from config import unknown_names
from helpcenter.doctor.finding import Finding, Level
from helpcenter.doctor.ground import HERE, Ground


def refused(ground: Ground) -> Iterator[Finding]:
    """What keeps the site from starting, and what looks like a setting and is none."""
    for problem in ground.problems:
        yield Finding(
            "setting-refused",
            problem,
            "The site does not start with it",
            "Change it; the manual page “Start a site” explains each setting.",
        )
    for name, near in unknown_names(ground.environ):
        fix = f"Call it {near}." if near else "Take it away."
        yield Finding("setting-unknown", f"{name} is no setting", "It does nothing", fix)


def address(ground: Ground) -> Iterator[Finding]:
    """What belongs to a site that people reach from elsewhere."""
    settings = ground.settings
    if not ground.is_public:
        return
    if not settings.is_https:
        yield Finding(
            "no-https",
            f"HELPCENTER_BASE_URL is {settings.base_url}",
            "Passwords and session cookies cross the network in the clear",
            "Put a web server with a certificate in front and begin the address with https://.",
        )
    elif settings.proxy_count == 0:
        yield Finding(
            "no-proxy-count",
            "HELPCENTER_PROXY_COUNT is 0 and the address begins with https://",
            "Everybody counts as one visitor, the server in front that holds the certificate; whoever types wrong "
            "passwords locks out all",
            "Set HELPCENTER_PROXY_COUNT to the number of servers in front, mostly 1.",
        )
    if settings.proxy_count and settings.host not in HERE:
        yield Finding(
            "open-behind-proxy",
            f"The site listens on {settings.host} and believes forwarded addresses",
            "Whoever reaches it around the proxy can pretend to come from anywhere",
            "Set HELPCENTER_HOST to 127.0.0.1, or let only the proxy through to the port.",
            level=Level.NOTE,
        )


def production(ground: Ground) -> Iterator[Finding]:
    """What is fine on a desk and not in front of people."""
    settings = ground.settings
    if ground.is_public and not settings.production:
        yield Finding(
            "no-production",
            "HELPCENTER_PRODUCTION is not set and the site has a public address",
            "A missing secret key or a demo, whose passwords are known, would not be refused",
            "Set HELPCENTER_PRODUCTION=yes.",
        )
    if ground.is_public and (settings.demo or (settings.data_dir / "DEMO").exists()):
        yield Finding(
            "demo-in-public",
            f"{settings.data_dir} is a demo",
            "The passwords of its people were printed, and its articles and readers are made up",
            "Start a site of your own: set HELPCENTER_DATA_DIR to an empty folder.",
        )
    if not settings.limits_enabled:
        yield Finding(
            "no-limits",
            "HELPCENTER_LIMITS_ENABLED is no",
            "Anybody may guess passwords and send mail without end",
            "Set HELPCENTER_LIMITS_ENABLED=yes.",
            level=Level.WRONG if ground.is_public else Level.NOTE,
        )


def mail(ground: Ground) -> Iterator[Finding]:
    """Whether mail can leave at all."""
    if not ground.settings.mail_server:
        yield Finding(
            "no-mail",
            "HELPCENTER_MAIL_SERVER is not set",
            "Nobody gets a link for a new password, or hears of an answer",
            "Set HELPCENTER_MAIL_SERVER; the manual page “Send mail” says how.",
            level=Level.WRONG if ground.is_public else Level.NOTE,
        )
