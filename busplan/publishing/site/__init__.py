"""The static public site: the same pages for everyone, list first, map second."""
