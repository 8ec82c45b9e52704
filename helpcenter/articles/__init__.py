"""Articles: their editions, revisions, publication, the folder and the studio."""
