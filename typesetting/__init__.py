"""Setting Chinese documents as PDF: the typesetter, its fonts, and the page of an official one."""

from typesetting.compiler import TypesettingError, compile_pdf

__all__ = ["TypesettingError", "compile_pdf"]
