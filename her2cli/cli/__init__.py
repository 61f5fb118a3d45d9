"""The command line: one short file a command, and only here is typer imported."""
