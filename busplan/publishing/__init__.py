"""A public timetable in, text or bytes out."""
