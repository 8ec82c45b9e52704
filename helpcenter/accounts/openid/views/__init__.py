"""The pages of logging in by way of a provider: a blueprint for each noun."""
