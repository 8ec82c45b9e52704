"""The tree that everything readable hangs on: root topics and their sections."""
