"""The stochastic chain for many cells or scenarios at once, one bit each."""
