"""Where the data of the project lies: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder ``rules`` or ``templates``.

    Args:
        name: the folder's name.

    Returns:
        The folder in the installed package if it is there, else the one of the checkout.
    """
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
