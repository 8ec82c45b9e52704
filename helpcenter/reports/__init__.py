"""What the team sees of its work: how many conversations did not need to happen, and why.

It only reads, and writes a letter a week.
"""
