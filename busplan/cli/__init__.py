"""Arguments in, use cases called, words for the terminal out."""
