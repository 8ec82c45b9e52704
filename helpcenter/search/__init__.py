"""Finding things: documents, engines, the outbox, synonyms and pinned results."""
