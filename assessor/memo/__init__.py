"""An assessment made readable: on the terminal, as HTML and as PDF."""

from assessor.memo.html import render_html
from assessor.memo.pdf import render_pdf
from assessor.memo.text import render_text

__all__ = ["render_html", "render_pdf", "render_text"]
