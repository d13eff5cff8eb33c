"""The `gongkai` command (公开): everything that can be done without a browser."""
