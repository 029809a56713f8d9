"""Finding places in prose: scan the mentions, then settle which unit each one is."""
