"""The command line: one short file a command; typer is imported in `_typer` alone."""
