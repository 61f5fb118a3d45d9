"""her2: an explorer of HER2/ErbB signalling. The public API is `load`, `trace` and `simulate`."""
