"""What is wrong with a call, which the command-line library says in English, in the language of the run."""

from __future__ import annotations

import re

#: By how the library says it, in any of its versions; the groups fill the places.
_SWEDISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(said, re.S), told)
    for said, told in (
        (r"Missing argument '(?P<name>.+?)'.*", "{name} saknas."),
        (r"Missing option '(?P<name>.+?)'.*", "{name} saknas."),
        (r"Missing parameter: (?P<name>.+?)\.?", "{name} saknas."),
        (r"Missing command\.?", "Ange ett kommando."),
        (r"No such option:? '?(?P<name>[^\s']+?)'?\.?(?: \(Possible options: (?P<hint>.+)\)| Did you mean (?P<one>.+?)\?)?", ""),
        (r"No such command '(?P<name>.+?)'\.?(?: \(?Did you mean (?P<hint>.+?)\?\)?)?", ""),
        (r"Got unexpected extra arguments? ?(?:\(s\) )?\((?P<name>.+)\)", "{name} är ett argument för mycket."),
        (r"Option '(?P<name>.+?)' requires an argument\.?", "{name} ska följas av ett värde."),
        (r"Option '(?P<name>.+?)' does not take a value\.?", "{name} tar inget värde."),
        (r"Invalid value for '(?P<name>.+?)': .*integer.*", "{name} ska vara ett heltal."),
        (r"Invalid value for '(?P<name>.+?)': .*", "{name} kan inte ha det värdet."),
    )
)
_UNKNOWN = {"option": "Det finns ingen flagga {name}.", "command": "Det finns inget kommando {name}."}


def call_error(said: str, language: str) -> str:
    """What the library says is wrong, in words of the language; as it is where the words are not known."""
    if language != "sv":
        return said
    for pattern, told in _SWEDISH:
        match = pattern.fullmatch(said.strip())
        if match:
            return (told or _unknown(match)).format(**match.groupdict())
    return said


def _unknown(match: re.Match[str]) -> str:
    """There is no such option or command; those like it."""
    near = (match.groupdict().get("hint") or match.groupdict().get("one") or "").replace("'", "")
    told = _UNKNOWN["option" if match[0].startswith("No such option") else "command"]
    return f"{told} Menade du {near.replace(', ', ' eller ')}?" if near else told
