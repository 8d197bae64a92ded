"""The JSON that the API speaks, one file per api file."""
