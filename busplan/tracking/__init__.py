"""Stop events in, what is happening out."""
