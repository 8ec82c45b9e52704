"""The pages of the second step: one at log-in, the others below the preferences."""
