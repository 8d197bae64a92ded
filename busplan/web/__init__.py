"""HTTP in, use cases called, JSON and files out."""
