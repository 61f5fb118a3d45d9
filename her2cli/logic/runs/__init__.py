"""How a network runs: by synchronous steps, and as a continuous-time Markov chain."""
