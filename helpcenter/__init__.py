"""A self-service help center and community that counts deflected conversations honestly."""
