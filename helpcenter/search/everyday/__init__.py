"""Words of everyday that mean nearly the same, in each language of the site."""
