"""Boolean logic of a pathway: rules, networks, scenarios, simulation under four semantics, and reasons.

It works on a `Pathway` that was already read; nothing here opens a file or prints.
"""
