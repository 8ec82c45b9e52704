"""Asking other sites: what may be asked at all, and one careful look at an address."""
