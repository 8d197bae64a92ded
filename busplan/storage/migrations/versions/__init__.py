"""The steps, oldest first; each is never edited once released."""
