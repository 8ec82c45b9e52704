"""Saved replies: texts the team keeps in one place and inserts into what it answers."""
