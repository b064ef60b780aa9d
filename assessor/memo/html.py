"""The memo as HTML: one file, nothing to fetch."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessor.assessment.models import Assessment
from assessor.memo.context import memo_context
from assessor.memo.self_check import self_check_context
from assessor.memo.typography import needs_letters, tidy
from assessor.memo.wording import LANGUAGES
from assessor.resources import data_folder

#: How a style sheet names a bundled file; see ``assessor.memo.assets``.
_ASSET_URL = re.compile(r'url\("asset:///([a-z0-9./-]+)"\)')


#: The template and the context of each edition: for the municipality's file, and for the organisation.
_EDITIONS: dict[str, tuple[str, Callable[[Assessment, str], dict[str, Any]]]] = {
    "municipality": ("memo/memo.html.j2", memo_context),
    "organisation": ("memo/self_check.html.j2", self_check_context),
}
EDITIONS = tuple(_EDITIONS)


def render_html(assessment: Assessment, language: str, edition: str = "municipality") -> str:
    """The memo as one HTML document with its style and fonts inside.

    Args:
        assessment: the assessment.
        language: ``sv`` or ``en``.
        edition: ``municipality`` or ``organisation``.

    Raises:
        ValueError: another language.
    """
    return _ASSET_URL.sub(_embedded, document(assessment, language, edition))


def document(assessment: Assessment, language: str, edition: str = "municipality", inside: Sequence[str] = ()) -> str:
    """The memo as HTML whose fonts are still named as bundled assets.

    Args:
        assessment, language, edition: as for ``render_html``.
        inside: the names of the files that are put inside what is made of it, which it then tells of.
    """
    name, context_of = _EDITIONS[edition]
    template = _environment(language).get_template(name)
    context = context_of(assessment, language)
    html = template.render(**context, inside=inside, style=Markup(_style("memo.css")))
    if not needs_letters(html):
        return html
    return html.replace("<style>", f"<style>{_style('letters.css')}", 1)


@lru_cache(maxsize=2)
def _style(name: str) -> str:
    return (data_folder("templates") / "memo" / name).read_text("utf-8")


@lru_cache(maxsize=16)
def _font(path: str) -> str:
    return base64.b64encode((data_folder("templates") / path).read_bytes()).decode()


def _embedded(match: re.Match[str]) -> str:
    return f'url("data:font/woff2;base64,{_font(match[1])}")'


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
