"""Logging in by way of a provider of OpenID Connect: one that the settings name, and accounts that belong to it."""
