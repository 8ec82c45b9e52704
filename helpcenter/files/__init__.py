"""Uploads: who may see them, how large they may be, how they are made safe."""
