"""The memo as HTML: one file, nothing to fetch."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessor.assessment.models import Assessment
from assessor.memo.context import memo_context
from assessor.memo.typography import tidy
from assessor.memo.wording import LANGUAGES
from assessor.resources import data_folder

#: How templates name bundled files; see ``assessor.memo.assets``.
ASSET = "asset:///"
_ASSET_URL = re.compile(r'url\("asset:///([a-z0-9./-]+)"\)')


def render_html(assessment: Assessment, language: str) -> str:
    """The memo as one HTML document with its style and fonts inside.

    Args:
        assessment: the assessment.
        language: ``sv`` or ``en``.

    Raises:
        ValueError: another language.
    """
    return document(assessment, language, _with_fonts(_style()))


def document(assessment: Assessment, language: str, style: str) -> str:
    """The memo with a given style sheet."""
    template = _environment(language).get_template("memo/memo.html.j2")
    return template.render(**memo_context(assessment, language), style=Markup(style))


def style() -> str:
    """The style sheet, fonts named as bundled assets."""
    return _style()


@lru_cache(maxsize=1)
def _style() -> str:
    return (data_folder("templates") / "memo" / "memo.css").read_text("utf-8")


@lru_cache(maxsize=1)
def _with_fonts(css: str) -> str:
    def embed(match: re.Match[str]) -> str:
        data = (data_folder("templates") / match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(data).decode()}")'

    return _ASSET_URL.sub(embed, css)


@lru_cache(maxsize=len(LANGUAGES))
def _environment(language: str) -> Environment:
    def finish(value: Any) -> Any:
        if isinstance(value, Markup) or not isinstance(value, str):
            return value
        return tidy(value, language)

    environment = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finish,
    )
    environment.filters["fill"] = _fill
    environment.filters["capitalize_first"] = _capitalize_first
    return environment


def _fill(text: str, **values: Any) -> str:
    """A text with its places in braces filled."""
    return text.format(**values)


def _capitalize_first(text: str) -> str:
    """A text with its first letter a capital; the rest as it is."""
    return text[:1].upper() + text[1:]
