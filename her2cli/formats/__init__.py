"""One file a format: how a pathway or a network is read from it and written to it."""
