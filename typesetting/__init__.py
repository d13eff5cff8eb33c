"""Setting Chinese documents as PDF: the typesetter, its fonts, and the page of an official one."""
