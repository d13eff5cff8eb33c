"""Effects: what workflows ask for and cannot do themselves, as methods with injected parts."""
