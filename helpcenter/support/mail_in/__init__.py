"""Letters to support: read from the mailbox, understood, and put where they belong."""
