"""Where a person is reached: the contact form, conversations, and the inbox of those who answer."""
