"""Golden histories: what older releases have written must replay under this one."""
