"""The engine that keeps its index on disk: Whoosh 2.7.4 for the files; scoring, reading and repair of our own."""
