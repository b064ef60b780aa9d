"""The rooms of the program: what comes later in the way of the data is never imported by what comes before."""

import ast
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "assessor"
#: The rooms, each free to use those before it.
ROOMS = (
    *("resources", "problems", "reading", "truth", "quantities", "knowledge", "case", "inference", "assessment"),
    *("band", "advice", "interview", "reconcile", "lawtest", "memo", "cli", "__main__"),
)


def room(path: Path) -> str:
    return path.relative_to(PROGRAM).parts[0].removesuffix(".py")


def used(path: Path) -> set[str]:
    """The rooms that a module imports from, also inside its functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("assessor.")}
    return found - {"__version__"}


def test_every_module_is_in_a_room() -> None:
    assert {room(path) for path in PROGRAM.rglob("*.py")} - {"__init__"} == set(ROOMS)


def test_no_room_uses_a_later_one() -> None:
    wrong = [
        f"{path.relative_to(PROGRAM)} uses {other}"
        for path in sorted(PROGRAM.rglob("*.py"))
        if room(path) in ROOMS
        for other in used(path)
        if ROOMS.index(other) > ROOMS.index(room(path))
    ]
    assert not wrong
