"""Logging in with two steps: after the password a code from an app on one's phone, or a recovery code."""
