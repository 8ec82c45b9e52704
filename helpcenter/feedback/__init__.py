"""Was this helpful: votes, reasons, comments, and the list editors read them in."""
