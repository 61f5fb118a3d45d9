"""Where a network ends: fixed points, trap spaces, attractors, and what most-permissive updates can reach."""
