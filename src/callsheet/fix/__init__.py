"""From what is wrong to what is right: the edits of a finding's fix, the passes over a file, the file itself."""
