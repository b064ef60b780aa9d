"""compare as a user meets it."""

from .test_cli import ALINGSAS, run


def test_compare_cites_distinguishes_and_rebuts() -> None:
    found = run("compare", "cases/kvinnojour-oppen-radgivning.yaml", "--lang", "en")
    assert found.returncode == 0 and found.stderr == ""
    for part in ("Cite:", "Distinguish:", "Rebut:", "does not distinguish", "Other decisions", "The opposite position"):
        assert part in found.stdout


def test_compare_with_one_precedent() -> None:
    found = run("compare", ALINGSAS, "kamr-295-18")
    assert found.returncode == 0 and "Det delägda utvecklingsbolaget" in found.stdout
    assert "Motsatt ståndpunkt" not in found.stdout


def test_compare_with_no_such_precedent() -> None:
    found = run("compare", ALINGSAS, "kamr-295-19")
    assert found.returncode == 2 and "kamr-295-18" in found.stderr
