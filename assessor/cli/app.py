"""The commands: thin faces over the rooms. Exit codes: 0 done, 2 something a person can mend, 1 a fault of the program."""

from __future__ import annotations

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
from assessor.cli.law_commands import rules_app, schema_app, sources_app
from assessor.cli.options import (
    AsOfDay,
    CaseFile,
    Language,
    OnDay,
    Output,
    coloured,
    known_day,
    known_language,
    one_of,
    tell,
    write,
)
from assessor.problems import Problem, in_language

app = typer.Typer(
    name="assessor",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Legal-risk assessment of partnerships between public bodies and non-profits (IOP) in Sweden. "
    "It supports a lawyer's judgement and does not replace it.",
)
app.add_typer(rules_app, name="rules")
app.add_typer(sources_app, name="sources")
app.add_typer(schema_app, name="schema")


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
    tell(told)
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
    language = known_language(lang)
    form = _form(form, output)
    one_of("--edition", edition, ("municipality", "organisation"))
    if variant is not None:
        one_of("--pdf", variant, ("ua-1", "a-3a"))
    for option, given in (("--pdf", variant), ("--embed", embed)):
        if given and form != "pdf":
            expected = {"sv": f"{option} gäller bara pdf.", "en": f"{option} is for pdf only."}
            raise Problem("bad-option", option="--format", value=form, expected=expected)
    if edition == "organisation" and form in ("text", "json"):
        one_of("--format", form, ("html", "pdf", "docx"))
    if form in ("pdf", "docx") and output is None and sys.stdout.isatty():
        raise Problem("pdf-to-terminal")
    if output is not None and output.name and output.resolve() == case.resolve():
        expected = {"sv": "Det är ärendefilen. Välj en annan.", "en": "That is the case file. Choose another."}
        raise Problem("bad-option", option="--output", value=output, expected=expected)
    law_day, window_day = known_day(on, "--on"), known_day(as_of, "--as-of")
    from assessor.cli.writing import written

    inside = edition == "municipality" if embed is None else embed
    width = layout.width() if output is None else layout.PLAIN
    colour = output is None and coloured()
    data = written(case, law_day, window_day, language, search, form, edition, inside, variant or "ua-1", colour, width)
    write(data, output)


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
    one_of("--format", form, ("text", "json", "html", "pdf", "docx"))
    if output is not None and named not in (None, form):
        expected = {
            "sv": f"Namnet {output.name} säger {named}. Ändra det ena.",
            "en": f"The name {output.name} says {named}. Change one of them.",
        }
        raise Problem("bad-option", option="--format", value=form, expected=expected)
    return form


@app.command()
def explain(
    case: CaseFile,
    about: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The id of a regime, element, finding, rule, question, test or amount."),
    ] = None,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """Show the proof: from the result down to facts, evidence, norms and sources; of a silent rule, what it takes."""
    language = known_language(lang)
    from assessor.assessment import Assessor
    from assessor.case import read_case
    from assessor.cli.proof import proof
    from assessor.knowledge import load

    knowledge = load()
    facts = read_case(case, knowledge)
    report = Assessor(knowledge).report(facts, known_day(on, "--on"), known_day(as_of, "--as-of"))
    tell(proof(report.assessment(), about, language, facts, knowledge, report.readings))


@app.command("next")
def next_(
    case: CaseFile,
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
    top: Annotated[int, typer.Option("--top", metavar="N", help="How many questions to show.")] = 5,
) -> None:
    """Which questions to answer next, what each answer would do to the class, and which no longer matter."""
    language = known_language(lang)
    if top < 1:
        raise Problem("bad-option", option="--top", value=top, expected={"sv": "Minst 1.", "en": "At least 1."})
    from assessor.cli.searching import next_text

    tell(next_text(case, known_day(on, "--on"), known_day(as_of, "--as-of"), language, top))


@app.command()
def interview(
    case: Annotated[Path, typer.Argument(metavar="[CASE]", help="The case file to make or go on with.")] = Path("case.yaml"),
    lang: Language = "sv",
) -> None:
    """Answer question by question, the most telling first; saved after every answer, class and band shown."""
    language = known_language(lang)
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
    language = known_language(lang)
    from assessor.cli.reconciling import reconcile_text

    tell(reconcile_text(first, second, known_day(as_of, "--as-of"), language))


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
    language = known_language(lang)
    from assessor.cli.comparing import compare_text

    tell(compare_text(case, precedent, known_day(on, "--on"), known_day(as_of, "--as-of"), language))


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
    language = known_language(lang)
    from assessor.cli.advising import advise_text

    tell(advise_text(case, known_day(on, "--on"), known_day(as_of, "--as-of"), language, target))


@app.command()
def whatif(
    case: CaseFile,
    facts: Annotated[list[str], typer.Argument(metavar="QUESTION=ANSWER…", help="E.g. payment.basis=per_unit term.months=24.")],
    on: OnDay = None,
    as_of: AsOfDay = None,
    lang: Language = "sv",
) -> None:
    """The case with some answers changed, side by side with itself."""
    language = known_language(lang)
    from assessor.cli.advising import whatif_text

    tell(whatif_text(case, facts, known_day(on, "--on"), known_day(as_of, "--as-of"), language))


@app.command()
def cases(
    folder: Annotated[Path, typer.Argument(help="A folder of case files.")] = Path("cases"),
    as_of: AsOfDay = None,
    lang: Language = "sv",
    form: Annotated[str, typer.Option("--format", metavar="text|md", help="A table, or a page.")] = "text",
    output: Output = None,
) -> None:
    """A table of cases: class, band, the regime that decides, the first unknown that decides."""
    language = known_language(lang)
    one_of("--format", form, ("text", "md"))
    from assessor.cli.cases import case_table

    write((case_table(folder, known_day(as_of, "--as-of"), language, form) + "\n").encode(), output)
