"""The pages of notifications: what is new, what is followed, what is wished for, and how letters stop."""
