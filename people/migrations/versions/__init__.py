"""One file a revision, oldest first; a file that was released is never edited."""
