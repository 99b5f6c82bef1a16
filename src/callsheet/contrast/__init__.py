"""Two profiles beside each other: what differs, and whether an open session can go from the one to the other."""
