"""Places in, a travel matrix out."""
