"""The commands about the law itself: ``rules``, ``sources``, ``schema``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.options import (
    Language,
    Output,
    Rules,
    known_day,
    known_language,
    tell,
    write,
)

rules_app = typer.Typer(no_args_is_help=True, help="Look at and check the law the program reasons with.")
sources_app = typer.Typer(no_args_is_help=True, help="Look at the sources.")
schema_app = typer.Typer(no_args_is_help=True, help="JSON Schemas of what goes in and comes out.")


@rules_app.command("check")
def rules_check(
    folder: Annotated[Path | None, typer.Argument(help="A knowledge base; default the program's own.")] = None,
    lang: Language = "sv",
) -> None:
    """Check the knowledge base: sources, norms, texts, tables, references."""
    language = known_language(lang)
    from assessor.knowledge import load
    from assessor.lawtest.check import check

    knowledge = load(folder)
    faults = check(knowledge)
    for fault in faults:
        print(fault.text(language), file=sys.stderr)
    if faults:
        raise typer.Exit(2)
    words = {
        "sv": f"{len(knowledge.rules)} regler, {len(knowledge.norms)} normer, {len(knowledge.sources)} rättskällor, "
        f"{len(knowledge.questions)} frågor: inga fel.",
        "en": f"{len(knowledge.rules)} rules, {len(knowledge.norms)} norms, {len(knowledge.sources)} sources, "
        f"{len(knowledge.questions)} questions: no faults.",
    }
    print(words[language])


@rules_app.command("list")
def rules_list(
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="Only the rules that read this question.")
    ] = None,
    lang: Language = "sv",
) -> None:
    """List the rules in the order of the legal test."""
    from assessor.cli.tables import rule_table

    tell(rule_table(question, known_language(lang)))


@rules_app.command("diff")
def rules_diff(
    first: Annotated[str, typer.Argument(metavar="DATE1", help="A day, e.g. 2022-01-31.")],
    last: Annotated[str, typer.Argument(metavar="DATE2", help="A later day, e.g. 2022-02-01.")],
    rules: Rules = None,
    lang: Language = "sv",
) -> None:
    """What changed in the law between two days: provisions, amounts, rules, questions."""
    language = known_language(lang)
    days = known_day(first, "DATE1"), known_day(last, "DATE2")
    assert days[0] is not None and days[1] is not None
    from assessor.cli.law import difference_text

    tell(difference_text(days[0], days[1], language, rules))


@rules_app.command("gaps")
def rules_gaps(rules: Rules = None, lang: Language = "sv") -> None:
    """What is not established: amounts that are intervals, from memory or missing, law not entered, and for which days."""
    from assessor.cli.law import gaps_text

    tell(gaps_text(known_language(lang), rules))


@rules_app.command("test")
def rules_test(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of law tests, or a folder of them.")] = Path("tests/law"),
    rules: Rules = None,
    lang: Language = "sv",
) -> None:
    """Run law tests written in YAML; bases lie in bases/ beside the file, or in cases/."""
    from assessor.cli.law import run_law_tests

    text, well = run_law_tests(file, known_language(lang), rules)
    tell(text)
    if not well:
        raise typer.Exit(2)


@rules_app.command("mutate")
def rules_mutate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of law tests.")] = Path("tests/law"),
    only: Annotated[str | None, typer.Option("--only", metavar="RULE", help="Only the rules whose id begins so.")] = None,
    rules: Rules = None,
    lang: Language = "sv",
) -> None:
    """Change every rule in every way; a law test must notice, or the change be declared without effect in FOLDER/mutants/."""
    from assessor.cli.law import run_mutants

    text, well = run_mutants(folder, only, known_language(lang), rules)
    tell(text)
    if not well:
        raise typer.Exit(2)


@rules_app.command("show")
def rules_show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The id of anything in the knowledge base, e.g. F7 or D02.")],
    lang: Language = "sv",
) -> None:
    """Show one entry with its norm, dates, sources and certainty."""
    from assessor.cli.tables import entry

    tell(entry(identity, known_language(lang)))


@sources_app.command("show")
def sources_show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A source, e.g. hfd-2020-15.")], lang: Language = "sv"
) -> None:
    """Show a source: what it is, what was read of it, how sure it is, and what rests on it."""
    from assessor.cli.tables import source

    tell(source(identity, known_language(lang)))


@schema_app.command("case")
def schema_case(output: Output = None) -> None:
    """The JSON Schema of a case file, for editors."""
    from assessor.case.schema import case_schema
    from assessor.knowledge import load

    write(_json(case_schema(load())), output)


@schema_app.command("assessment")
def schema_assessment(output: Output = None) -> None:
    """The JSON Schema of the assessment."""
    from assessor.assessment.contract import json_schema

    write(_json(json_schema()), output)


def _json(data: object) -> bytes:
    import json

    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
