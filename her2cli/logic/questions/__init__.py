"""What is asked of a pathway: shares of cells, simulations, reasons, flips, and whether semantics agree."""
