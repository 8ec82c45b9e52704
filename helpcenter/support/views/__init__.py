"""The pages of whoever writes to support, and of whoever answers."""
