"""What a project says about how its profiles are checked, and which file says it."""
