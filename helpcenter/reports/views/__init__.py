"""The pages of the report, and the lists behind its figures."""
