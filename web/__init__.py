"""The case workers' pages and the HTTP interface: projections read, commands change."""
