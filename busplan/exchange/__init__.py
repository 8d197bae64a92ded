"""Files of others and ours, to and from domain types."""
