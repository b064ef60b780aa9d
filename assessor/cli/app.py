"""The commands: thin faces over the rooms. Exit codes: 0 done, 2 something a person can mend, 1 a fault of the program."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assessor import __version__
from assessor.cli import layout
from assessor.cli.calls import call_error
from assessor.problems import Problem, in_language
from assessor.quantities.dates import parse_days

app = typer.Typer(
    name="assessor",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Legal-risk assessment of partnerships between public bodies and non-profits (IOP) in Sweden. "
    "It supports a lawyer's judgement and does not replace it.",
)
rules_app = typer.Typer(no_args_is_help=True, help="Look at and check the law the program reasons with.")
sources_app = typer.Typer(no_args_is_help=True, help="Look at the sources.")
schema_app = typer.Typer(no_args_is_help=True, help="JSON Schemas of what goes in and comes out.")
app.add_typer(rules_app, name="rules")
app.add_typer(sources_app, name="sources")
app.add_typer(schema_app, name="schema")

CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="A case file, e.g. cases/alingsas.yaml.")]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Use the law of this day in every regime, instead of each regime's own day."),
]
AsOfDay = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Show open windows as of this day. Default: the case's own day, else today."),
]
Language = Annotated[str, typer.Option("--lang", metavar="sv|en", help="Language of what is written.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FOLDER", help="Another knowledge base than the program's own.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]


def main() -> None:
    """Runs the command line; every mendable error is one line and exit code 2, a fault of the program exit code 1."""
    language = _language_of(sys.argv)
    try:
        code = _called()
        if isinstance(code, int) and code:
            sys.exit(code)
    except Problem as problem:
        _stop(f"{_word(language)}: {problem.text(language)}", 2)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except UnicodeEncodeError:
        told = {"sv": "Namnet eller svaret är inte UTF-8.", "en": "The name or the answer is not UTF-8."}
        _stop(f"{_word(language)}: {told[language]}", 2)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{_word(language)}: {place}{in_language(error.strerror or str(error), language)}", 2)
    except Exception as error:
        if hasattr(error, "format_message"):  # a click error: the call is wrong
            _stop(f"{_word(language)}: {call_error(error.format_message(), language)} (assessor --help)", 2)
        if os.environ.get("ASSESSOR_DEBUG") == "1":
            traceback.print_exc()
        fault = {"sv": "Fel i programmet", "en": "Fault in the program"}[language]
        _stop(f"{fault}: {type(error).__name__}: {error}", 1)


def _called() -> object:
    """What the call gives; a group without a command prints its help, and that is no error to tell of."""
    try:
        return app(standalone_mode=False)  # typer.Exit and Ctrl-C come back as a number
    except Exception as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # the library gives the class no public place
            raise
        told = str(error.format_message())  # type: ignore[attr-defined]
    _print(told)
    return 2


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)


def _word(language: str) -> str:
    return {"sv": "Fel", "en": "Error"}[language]


def _language_of(arguments: list[str]) -> str:
    """The language asked for, as far as it can be seen before the call has been understood."""
    for number, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and number + 1 < len(arguments):
            value = arguments[number + 1]
        if value in ("sv", "en"):
            return value
    return "sv"


def _language(value: str) -> str:
    if value not in ("sv", "en"):
        raise Problem("bad-option", option="--lang", value=value, expected={"sv": "Välj sv eller en.", "en": "Choose sv or en."})
    return value


def _day(value: str | None, option: str) -> dt.date | None:
    if value is None:
        return None
    try:
        days = parse_days(value)
    except ValueError:
        days = None
    if days is None or not days.known:
        expected = {"sv": "Skriv ÅÅÅÅ-MM-DD, från 1990 till 2100.", "en": "Write YYYY-MM-DD, from 1990 to 2100."}
        raise Problem("bad-option", option=option, value=value, expected=expected)
    return days.first


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the versions of program and knowledge base.")] = False,
) -> None:
    if version:
        from assessor.knowledge import load

        knowledge = load()
        print(f"assessor {__version__}, knowledge {knowledge.version} ({knowledge.digest}), law read to {knowledge.state}")
        raise typer.Exit(0)


@app.command()
def assess(
    case: CaseFile,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="text|json|html|pdf|docx", help="What to write. Default: as the file of -o is called, else text."
        ),
    ] = None,
    output: Output = None,
    edition: Annotated[
        str, typer.Option("--edition", metavar="municipality|organisation", help="Whom the document is for.")
    ] = "municipality",
    embed: Annotated[
        bool | None,
        typer.Option("--embed/--no-embed", help="Put the case and the assessment inside the PDF. Default: for the municipality."),
    ] = None,
    variant: Annotated[str | None, typer.Option("--pdf", metavar="ua-1|a-3a", help="The form of the PDF. Default: ua-1.")] = None,
    search: Annotated[
        bool, typer.Option("--search/--no-search", help="Search how firm the class is, and what can be changed; seconds.")
    ] = True,
) -> None:
    """Assess a case: outcome, class, band, exposure, deadlines, what can be changed, routes."""
    language = _language(lang)
    form = _form(form, output)
    _one_of("--edition", edition, ("municipality", "organisation"))
    if variant is not None:
        _one_of("--pdf", variant, ("ua-1", "a-3a"))
    for option, given in (("--pdf", variant), ("--embed", embed)):
        if given and form != "pdf":
            expected = {"sv": f"{option} gäller bara pdf.", "en": f"{option} is for pdf only."}
            raise Problem("bad-option", option="--format", value=form, expected=expected)
    if edition == "organisation" and form in ("text", "json"):
        _one_of("--format", form, ("html", "pdf", "docx"))
    if form in ("pdf", "docx") and output is None and sys.stdout.isatty():
        raise Problem("pdf-to-terminal")
    if output is not None and output.name and output.resolve() == case.resolve():
        expected = {"sv": "Det är ärendefilen. Välj en annan.", "en": "That is the case file. Choose another."}
        raise Problem("bad-option", option="--output", value=output, expected=expected)
    law_day, window_day = _day(on, "--on"), _day(as_of, "--as-of")
    from assessor.cli.writing import written

    inside = edition == "municipality" if embed is None else embed
    width = layout.width() if output is None else layout.PLAIN
    colour = output is None and _colour()
    data = written(case, law_day, window_day, language, search, form, edition, inside, variant or "ua-1", colour, width)
    _write(data, output)


#: What a file called so is taken to hold.
_SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


def _form(form: str | None, output: Path | None) -> str:
    """The form to write: that asked for, else as the file is called, else text.

    Raises:
        Problem: there is no such form, or the file is called as another.
    """
    named = _SUFFIXES.get(output.suffix.lower()) if output is not None else None
    if form is None:
        return named or "text"
    _one_of("--format", form, ("text", "json", "html", "pdf", "docx"))
    if output is not None and named not in (None, form):
        expected = {
            "sv": f"Namnet {output.name} säger {named}. Ändra det ena.",
            "en": f"The name {output.name} says {named}. Change one of them.",
        }
        raise Problem("bad-option", option="--format", value=form, expected=expected)
    return form


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        expected = {"sv": f"Välj {', '.join(allowed)}.", "en": f"Choose {', '.join(allowed)}."}
        raise Problem("bad-option", option=option, value=value, expected=expected)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _write(data: bytes, output: Path | None) -> None:
    """Writes all at once: a file is complete or not there."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if not output.name:
        raise Problem("unwritable", file=output, why="?")
    scratch = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(data)
        scratch.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise Problem("unwritable", file=output, why=error.strerror or "?") from None


def _print(text: str) -> None:
    """A text as UTF-8, whatever the terminal says it takes."""
    _write((text + "\n").encode(), None)


@app.command()
def explain(
    case: CaseFile,
    about: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The id of a regime, element, finding, rule or question."),
    ] = None,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """Show the proof: from the result down to facts, evidence, norms and sources; of a silent rule, what it takes."""
    language = _language(lang)
    from assessor.assessment import assess as assess_case
    from assessor.case import read_case
    from assessor.cli.proof import proof
    from assessor.knowledge import load

    knowledge = load()
    facts = read_case(case, knowledge)
    assessment = assess_case(facts, knowledge, _day(on, "--on"), _day(as_of, "--as-of"))
    _print(proof(assessment, about, language, facts, knowledge))


@app.command("next")
def next_(
    case: CaseFile,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
    top: Annotated[int, typer.Option("--top", metavar="N", help="How many questions to show.")] = 5,
) -> None:
    """Which questions to answer next, what each answer would do to the class, and which no longer matter."""
    language = _language(lang)
    if top < 1:
        raise Problem("bad-option", option="--top", value=top, expected={"sv": "Minst 1.", "en": "At least 1."})
    from assessor.cli.searching import next_text

    _print(next_text(case, _day(on, "--on"), _day(as_of, "--as-of"), language, top))


@app.command()
def interview(
    case: Annotated[Path, typer.Argument(metavar="[CASE]", help="The case file to make or go on with.")] = Path("case.yaml"),
    lang: Language = "sv",
) -> None:
    """Answer question by question, the most telling first; saved after every answer, class and band shown."""
    language = _language(lang)
    from assessor.cli.interview import interview as talk

    if sys.stdin is None:
        return
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    talk(case, language)


@app.command()
def reconcile(
    first: Annotated[Path, typer.Argument(metavar="A", help="One party's case file, e.g. the municipality's.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The other party's file of the same case.")],
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """Compare two parties' answers to the same case: what differs, and what each answer would mean for the class."""
    language = _language(lang)
    from assessor.cli.reconciling import reconcile_text

    _print(reconcile_text(first, second, _day(as_of, "--as-of"), language))


@app.command()
def compare(
    case: CaseFile,
    precedent: Annotated[
        str | None,
        typer.Argument(
            metavar="[PRECEDENT]", help="A precedent's id, e.g. kamr-295-18. Default: the benchmark, and the others in short."
        ),
    ] = None,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """Argue the case against a precedent: cite, distinguish, rebut; and what the other side would say."""
    language = _language(lang)
    from assessor.cli.comparing import compare_text

    _print(compare_text(case, precedent, _day(on, "--on"), _day(as_of, "--as-of"), language))


@app.command()
def advise(
    case: CaseFile,
    target: Annotated[
        str | None, typer.Option("--target", metavar="low|elevated", help="The class to reach. Default: elevated, or low.")
    ] = None,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """What the parties can change: the smallest sets of real changes, what does not help, what cannot be changed."""
    language = _language(lang)
    from assessor.cli.advising import advise_text

    _print(advise_text(case, _day(on, "--on"), _day(as_of, "--as-of"), language, target))


@app.command()
def whatif(
    case: CaseFile,
    facts: Annotated[list[str], typer.Argument(metavar="QUESTION=ANSWER…", help="E.g. payment.basis=per_unit term.months=24.")],
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """The case with some answers changed, side by side with itself."""
    language = _language(lang)
    from assessor.cli.advising import whatif_text

    _print(whatif_text(case, facts, _day(on, "--on"), _day(as_of, "--as-of"), language))


@app.command()
def cases(
    folder: Annotated[Path, typer.Argument(help="A folder of case files.")] = Path("cases"),
    as_of: AsOfDay = None,
    lang: Language = "sv",
    form: Annotated[str, typer.Option("--format", metavar="text|md", help="A table, or a page.")] = "text",
    output: Output = None,
) -> None:
    """A table of cases: class, band, the regime that decides, the first unknown that decides."""
    language = _language(lang)
    _one_of("--format", form, ("text", "md"))
    from assessor.cli.cases import case_table

    _write((case_table(folder, _day(as_of, "--as-of"), language, form) + "\n").encode(), output)


@rules_app.command("check")
def rules_check(
    folder: Annotated[Path | None, typer.Argument(help="A knowledge base; default the program's own.")] = None,
    lang: Language = "sv",
) -> None:
    """Check the knowledge base: sources, norms, texts, tables, references."""
    language = _language(lang)
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

    _print(rule_table(question, _language(lang)))


@rules_app.command("diff")
def rules_diff(
    first: Annotated[str, typer.Argument(metavar="DATE1", help="A day, e.g. 2022-01-31.")],
    last: Annotated[str, typer.Argument(metavar="DATE2", help="A later day, e.g. 2022-02-01.")],
    rules: Rules = None,
    lang: Language = "sv",
) -> None:
    """What changed in the law between two days: provisions, amounts, rules, questions."""
    language = _language(lang)
    days = _day(first, "DATE1"), _day(last, "DATE2")
    assert days[0] is not None and days[1] is not None
    from assessor.cli.law import difference_text

    _print(difference_text(days[0], days[1], language, rules))


@rules_app.command("gaps")
def rules_gaps(rules: Rules = None, lang: Language = "sv") -> None:
    """What is not established: amounts that are intervals, from memory or missing, and for which days."""
    from assessor.cli.law import gaps_text

    _print(gaps_text(_language(lang), rules))


@rules_app.command("test")
def rules_test(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of law tests, or a folder of them.")] = Path("tests/law"),
    rules: Rules = None,
    lang: Language = "sv",
) -> None:
    """Run law tests written in YAML; bases lie in bases/ beside the file, or in cases/."""
    from assessor.cli.law import run_law_tests

    text, well = run_law_tests(file, _language(lang), rules)
    _print(text)
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

    text, well = run_mutants(folder, only, _language(lang), rules)
    _print(text)
    if not well:
        raise typer.Exit(2)


@rules_app.command("show")
def rules_show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The id of anything in the knowledge base, e.g. F7 or D02.")],
    lang: Language = "sv",
) -> None:
    """Show one entry with its norm, dates, sources and certainty."""
    from assessor.cli.tables import entry

    _print(entry(identity, _language(lang)))


@sources_app.command("show")
def sources_show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A source, e.g. hfd-2020-15.")], lang: Language = "sv"
) -> None:
    """Show a source: what it is, what was read of it, how sure it is, and what rests on it."""
    from assessor.cli.tables import source

    _print(source(identity, _language(lang)))


@schema_app.command("case")
def schema_case(output: Output = None) -> None:
    """The JSON Schema of a case file, for editors."""
    from assessor.case.schema import case_schema
    from assessor.knowledge import load

    _write(_json(case_schema(load())), output)


@schema_app.command("assessment")
def schema_assessment(output: Output = None) -> None:
    """The JSON Schema of the assessment."""
    from assessor.assessment.contract import json_schema

    _write(_json(json_schema()), output)


def _json(data: object) -> bytes:
    import json

    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
