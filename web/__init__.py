"""The case workers' pages and the HTTP interface: reading from projections, changing by commands."""
