"""What a rendering may read: files bundled in ``templates/``, and nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from assessor.resources import data_folder

_SCHEME = "asset:///"
_TYPES = {".woff2": "font/woff2", ".css": "text/css"}


class BundledFiles(URLFetcher):  # type: ignore[misc]
    """Serves ``asset:///path`` from ``templates/``; any other address stops the rendering.

    Attributes:
        refused: the addresses asked for and not served. WeasyPrint swallows the refusal of an image inside a
            drawing, so the caller looks here afterwards.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)
        self.refused: list[str] = []
        self._folder = data_folder("templates").resolve()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The bundled file.

        Raises:
            FatalURLFetchingError: the address is not a bundled file.
        """
        path = (self._folder / unquote(url.removeprefix(_SCHEME))).resolve()
        inside = url.startswith(_SCHEME) and path.is_relative_to(self._folder) and path.is_file()
        if not inside or path.suffix not in _TYPES:
            self.refused.append(url[:200])
            raise FatalURLFetchingError(f"not a bundled file: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]})
