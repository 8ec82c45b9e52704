"""The pages of accounts: a blueprint for each noun."""
