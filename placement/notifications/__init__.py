"""Messages to people: the outbox, the texts, the channels, calendar files."""
