"""Tours too long to list, over many weeks: searched by ruin and recreate, bounded by pricing."""
