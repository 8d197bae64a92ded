"""Plans and stop events in, figures out."""
