"""The hard rules of a plan, one file each, and the check that asks them all."""
