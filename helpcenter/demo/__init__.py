"""A site to try: its people, its articles, and months of readers, made through the same verbs as a real one."""
