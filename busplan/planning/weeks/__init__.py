"""Weeks of a county: every lawful day tour is listed, the cheapest set of them is chosen."""
