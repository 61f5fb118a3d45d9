"""Questions that need many runs or several sources: checks, experiments, contrasts."""
