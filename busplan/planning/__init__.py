"""A planning problem in, a checked and bounded plan out; the only home of OR-Tools."""
