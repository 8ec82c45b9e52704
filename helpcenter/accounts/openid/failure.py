"""What can go wrong with a provider. `reason` is for the log: it holds no token, no code and nothing about a person."""

from __future__ import annotations


class ProviderFailed(Exception):
    """The provider was not reached, or said what can not be used."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CodeRefused(ProviderFailed):
    """The code of a log-in was used before, or is over: whoever begins again gets another one."""


class TokenRefused(ProviderFailed):
    """What the provider says of a person is not signed by it, not meant for this site, or not for this log-in."""
