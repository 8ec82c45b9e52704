"""What visitors did: the event catalogue, the recorder, and later what counts as deflected."""
