"""A folder of Markdown as a second, equal way in and out of the help center."""
