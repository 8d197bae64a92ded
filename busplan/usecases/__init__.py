"""What people ask busplan to do, one verb per file."""
