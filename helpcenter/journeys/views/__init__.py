"""The one address that pages report to."""
