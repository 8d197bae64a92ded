"""busplan plans, publishes, tracks and reports the weekly tours of mobile youth buses."""

__version__ = "0.1.0"
