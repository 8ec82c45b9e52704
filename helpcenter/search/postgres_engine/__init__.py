"""The index in PostgreSQL: plain tables of postings, and BM25 summed in SQL."""
