"""What the commands on the law print: differences between days, law tests, mutants."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from assessor.assessment import Assessor
from assessor.cli.layout import columns, hanging
from assessor.knowledge import load
from assessor.knowledge.difference import Changed, Difference, Place, difference
from assessor.knowledge.models import CERTAINTIES
from assessor.lawtest import Court, Scenario, differences, scenarios
from assessor.lawtest.mutate import Change, Mutant, Outcome, declared, mutate
from assessor.problems import Problem, nearest

_DIFF = {
    "sv": {
        "title": "Ändrat mellan {first} och {last}",
        "none": "Inget av det som tillämpas ändrades mellan {first} och {last}.",
        "norms": "Normer",
        "parameters": "Belopp och gränser",
        "rules_gone": "Regler som inte längre gäller",
        "rules_new": "Regler som har tillkommit",
        "questions_gone": "Frågor som inte längre ställs",
        "questions_new": "Frågor som har tillkommit",
        "absent": "gäller inte",
        "unread": "inte inlagt: vad som gällde är okänt",
        "unset": "inte fastställt",
    },
    "en": {
        "title": "Changed between {first} and {last}",
        "none": "Nothing that is applied changed between {first} and {last}.",
        "norms": "Norms",
        "parameters": "Amounts and limits",
        "rules_gone": "Rules no longer in force",
        "rules_new": "Rules that are new",
        "questions_gone": "Questions no longer asked",
        "questions_new": "Questions that are new",
        "absent": "not in force",
        "unread": "not entered: what applied is unknown",
        "unset": "not established",
    },
}


def difference_text(first: dt.date, last: dt.date, language: str, rules: Path | None = None) -> str:
    """What changed in the law between two days, in words.

    Raises:
        Problem: a day lies before the first that is covered, or the second before the first.
    """
    words, knowledge = _DIFF[language], load(rules)
    covered = dt.date.fromisoformat(knowledge.governing["first_day"])
    for name, day in (("DATE1", first), ("DATE2", last)):
        if day < covered:
            raise Problem("date-outside-law", basis=name, value=day, first=covered)
    if last < first:
        raise Problem("days-reversed", first=first, last=last)
    regimes = {name: tables.name.get(language) for name, tables in knowledge.tables.items()}
    lines = list(_difference_lines(difference(knowledge, first, last), words, regimes, language))
    title = words["title" if lines else "none"].format(first=first, last=last)
    return "\n".join([title, *lines])


def _difference_lines(found: Difference, words: dict[str, str], regimes: dict[str, str], language: str) -> Iterator[str]:
    for name, changes, missing in (("norms", found.norms, "absent"), ("parameters", found.parameters, "unset")):
        if changes:
            yield from ("", words[name])
            for changed in changes:
                yield from _changed(changed, words, missing, regimes, language)
    for name, rules in (("rules_gone", found.rules_gone), ("rules_new", found.rules_new)):
        if rules:
            yield from ("", words[name])
            yield from columns([(f"  {rule}", regimes[regime]) for rule, regime in rules]).split("\n")
    for name, questions in (("questions_gone", found.questions_gone), ("questions_new", found.questions_new)):
        if questions:
            yield from ("", words[name], *(f"  {question}" for question in questions))


def _changed(changed: Changed, words: dict[str, str], missing: str, regimes: dict[str, str], language: str) -> Iterator[str]:
    used = f" ({'; '.join(regimes[name] for name in changed.regimes)})" if changed.regimes else ""
    yield from hanging(f"{changed.id}: {changed.name.get(language)}{used}", 2)
    for sign, place, unread in zip("-+", (changed.before, changed.after), changed.unread, strict=True):
        yield from hanging(f"{sign} {_place(place, words['unread' if unread else missing], language)}", 4)


def _place(place: Place | None, missing: str, language: str) -> str:
    if place is None:
        return missing
    parts = [place.says.get(language) if place.says else "", f"{place.source.get(language)} {place.at}"]
    parts += [place.certainty] if place.certainty != CERTAINTIES[0] else []
    parts += [place.note.get(language)] if place.note else []
    return ", ".join(part for part in parts if part)


_GAPS = {
    "sv": {
        "title": "Det som inte är fastställt",
        "interval": "intervall {low}–{high}",
        "recall": "{value}, ur minnet: bär ingen slutsats",
        "missing": "inget belopp inlagt",
        "norm": "bara ur minnet",
        "unread": "inte inlagt",
    },
    "en": {
        "title": "What is not established",
        "interval": "interval {low}–{high}",
        "recall": "{value}, from memory: carries no conclusion",
        "missing": "no amount entered",
        "norm": "from memory only",
        "unread": "not entered",
    },
}


def gaps_text(language: str, rules: Path | None = None) -> str:
    """The amounts that are intervals, from memory or missing, and the provisions known from memory only or
    not entered, with their days."""
    knowledge, words = load(rules), _GAPS[language]
    first = dt.date.fromisoformat(knowledge.governing["first_day"])
    rows = []
    for parameter in knowledge.parameters.values():
        day = first
        for gap in knowledge.norms[parameter.norm].gaps:
            if gap.kind == "not_entered":
                period = f"{gap.valid_from} – {gap.valid_to or ''}"
                rows.append((f"  {parameter.id}", period, words["missing"], ", ".join(gap.doubts)))
        for row in sorted(parameter.values, key=lambda row: row.valid_from):
            if row.valid_from > day and knowledge.in_force(parameter.norm, day):
                rows.append((f"  {parameter.id}", f"{day} – {row.valid_from - dt.timedelta(days=1)}", words["missing"], ""))
            day = max(day, (row.valid_to or knowledge.state) + dt.timedelta(days=1))
            if (row.valid_to or knowledge.state) < first:
                continue
            said = None
            if row.value is None:
                said = words["interval"].format(low=f"{row.low:,}", high=f"{row.high:,}").replace(",", "\u00a0")
            elif row.certainty == CERTAINTIES[-1]:
                said = words["recall"].format(value=f"{row.value:,}".replace(",", "\u00a0"))
            if said:
                rows.append((f"  {parameter.id}", f"{row.valid_from} – {row.valid_to or ''}", said, ", ".join(row.doubts)))
        if day <= knowledge.state and knowledge.in_force(parameter.norm, day):
            rows.append((f"  {parameter.id}", f"{day} –", words["missing"], ""))
    for norm in knowledge.norms.values():
        for provision in norm.provisions:
            if provision.certainty == CERTAINTIES[-1]:
                period = f"{provision.valid_from} – {provision.valid_to or ''}"
                rows.append((f"  {norm.id}", period, words["norm"], ", ".join((*norm.doubts, *provision.doubts))))
        for gap in norm.gaps:
            if gap.kind == "not_entered":
                rows.append((f"  {norm.id}", f"{gap.valid_from} – {gap.valid_to or ''}", words["unread"], ", ".join(gap.doubts)))
    return "\n".join([words["title"], columns(rows)])


def folders_of(file: Path) -> tuple[Path, ...]:
    """Where the bases of the law tests in a file are looked for: beside it, and the cases of the folder one works in."""
    beside = file if file.is_dir() else file.parent
    return beside / "bases", beside, Path("cases")


def law_tests(file: Path) -> list[Scenario]:
    """The law tests of a file, or of the files of a folder.

    Raises:
        Problem: there are none, or one cannot be read.
    """
    files = sorted(file.glob("*.yaml")) if file.is_dir() else [file]
    found = [scenario for each in files for scenario in scenarios(each)]
    if not found:
        raise Problem(
            "law-test", file=file, line=None, why={"sv": "det finns inga tester i den.", "en": "there are no tests in it."}
        )
    return found


def run_law_tests(file: Path, language: str, rules: Path | None = None) -> tuple[str, bool]:
    """The law tests of a file as text, and whether all came out as expected."""
    court = Court(folders_of(file), Assessor(load(rules)))
    lines, failed, refused, tests = [], 0, 0, law_tests(file)
    for scenario in tests:
        try:
            wrong = list(differences(court.run(scenario), court, scenario, language))
        except Problem as slip:  # one slip is not to hide what the other tests say
            refused += 1
            lines.append(slip.text(language))
            continue
        if wrong:
            failed += 1
            lines += [f"{scenario.where} {scenario.name}", *(f"    {line}" for line in wrong)]
    words = _TESTED[language]
    told = [words["otherwise"].format(n=len(tests), kind=words["one" if len(tests) == 1 else "several"], failed=failed)]
    told += [words["refused"].format(refused=refused)] if refused else []
    return "\n".join([*lines, f"{', '.join(told)}."]), not failed and not refused


_TESTED = {
    "sv": {
        "one": "rättstest",
        "several": "rättstester",
        "otherwise": "{n} {kind}, {failed} gav annat än väntat",
        "refused": "{refused} gick inte att pröva",
    },
    "en": {
        "one": "law test",
        "several": "law tests",
        "otherwise": "{n} {kind}, {failed} came out otherwise",
        "refused": "{refused} could not be tried",
    },
}


def run_mutants(folder: Path, only: str | None, language: str, rules: Path | None = None) -> tuple[str, bool]:
    """Every mutant of the rules against the law tests of a folder, and whether each was noticed or declared."""
    court = Court(folders_of(folder), Assessor(load(rules)), search=True)
    if only is not None and not any(rule.startswith(only) for rule in court.knowledge.rules):
        raise Problem("unknown-id", key=only, hint=nearest(only, list(court.knowledge.rules)))
    told = sys.stderr.isatty()

    def progress(done: int, of: int) -> None:
        if told and done % 10 == 0:
            print(f"\r{done}/{of}", end="", file=sys.stderr, flush=True)

    found = mutate(court, law_tests(folder), declared(folder / "mutants"), only, progress)
    if told:
        print("\r", end="", file=sys.stderr)
    return mutants_text(found, court, language), not found.survivors and not found.stale


#: Beside the id of a mutant, which is how it is declared.
_CHANGES: dict[str, dict[Change, str]] = {
    "sv": {"deleted": "regeln borttagen", "swapped": "regeln vänd till andra sidan", "dropped": "villkoret borttaget"},
    "en": {
        "deleted": "the rule taken away",
        "swapped": "the rule turned to the other side",
        "dropped": "the condition taken away",
    },
}


def mutants_text(found: Outcome, court: Court, language: str) -> str:
    """What became of the mutants, survivors first with where their rule stands."""
    words = {
        "sv": (
            "Ändringar av regler: {killed} märktes av rättstesterna, {equivalent} förklarades utan verkan, {left} märktes inte.",
            "förklarad utan verkan men märks, eller finns inte",
        ),
        "en": (
            "Changes of rules: {killed} noticed by the law tests, {equivalent} declared without effect, {left} not noticed.",
            "declared without effect but noticed, or does not exist",
        ),
    }[language]
    lines = [f"{_mark(court, mutant)} {mutant.id}: {_CHANGES[language][mutant.change]}" for mutant in found.survivors]
    lines += [f"{identity}: {words[1]}" for identity in found.stale]
    lines.append(words[0].format(killed=found.killed, equivalent=found.equivalent, left=len(found.survivors)))
    return "\n".join(lines)


def _mark(court: Court, mutant: Mutant) -> str:
    mark = court.knowledge.marks.get(("rule", mutant.rule.id))
    return f"{mark.file}:{mark.line}" if mark else ""
