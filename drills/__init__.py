"""What goes wrong, made to go wrong on purpose while people write, and what was kept of what they were told is kept."""
