"""The engine that keeps its index on disk, with Whoosh 2.7.4 for the files and scoring, reading and repair of our own."""
