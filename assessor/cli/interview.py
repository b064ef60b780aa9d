"""The interview in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from assessor.case.read import read_answer
from assessor.cli.layout import lines
from assessor.interview.session import Entry, Session
from assessor.interview.typed import typed_answer
from assessor.knowledge import load
from assessor.knowledge.models import Question
from assessor.memo.formats import Formats
from assessor.problems import Problem

_WORDS: dict[str, dict[str, str]] = {
    "sv": {
        "hello": "Svara på det du vet. Allt sparas i {path} efter varje svar. Kommandon: ? hjälp, v varför, o vet inte, "
        "g gäller inte, h hoppa över, b bakåt, q sluta.",
        "again": "Fortsätter på {path}.",
        "stop": "Sparat i {path}. Fortsätt med: assessor interview {path}",
        "done": "Ingen obesvarad fråga kan ändra klassen. Sparat i {path}.",
        "class": "Klass: {klass}{band}.",
        "band": ", kan bli {best} till {worst}",
        "why": "Varför: {text}",
        "always": "Frågan gäller alltid. Vet du inte, skriv o.",
        "applies": "Frågan gäller eftersom du har svarat på {names}. Gå bakåt med b om det svaret är fel.",
        "evidence": "Var står det? Handling (tom rad: bara uppgivet): ",
        "place": "Plats i handlingen, t.ex. sida 4 (tom rad: ingen): ",
        "quote": "Kort citat, högst 25 ord (tom rad: inget): ",
        "first": "Det finns inget svar att gå tillbaka till.",
        "undone": "Svaret är borttaget.",
        "prompt": "Svar: ",
        "more": "Kan det finnas fler än du har räknat upp? (j/N): ",
        "error": "Fel",
        "choices": "ett nummer",
        "several": "nummer med komma emellan",
        "yes_no": "j eller n",
        "money": "belopp i kronor, eller från-till",
        "percent": "procent",
        "number": "antal",
        "date": "ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD",
        "text": "text",
        "records": "fält: värde, fält: värde; en post eller en lista; 0 om det inte finns några. Fält: {fields}",
    },
    "en": {
        "hello": "Answer what you know. Everything is saved in {path} after each answer. Commands: ? help, v why, o don't "
        "know, g does not apply, h skip, b back, q stop.",
        "again": "Going on with {path}.",
        "stop": "Saved in {path}. Go on with: assessor interview {path}",
        "done": "No unanswered question can change the class. Saved in {path}.",
        "class": "Class: {klass}{band}.",
        "band": ", can become {best} to {worst}",
        "why": "Why: {text}",
        "always": "The question always applies. If you do not know, write o.",
        "applies": "The question applies because you have answered {names}. Go back with b if that answer is wrong.",
        "evidence": "Where does it stand? Document (empty line: only stated): ",
        "place": "Place in the document, e.g. page 4 (empty line: none): ",
        "quote": "Short quotation, at most 25 words (empty line: none): ",
        "first": "There is no answer to go back to.",
        "undone": "The answer was taken away.",
        "prompt": "Answer: ",
        "more": "May there be more than you listed? (y/N): ",
        "error": "Error",
        "choices": "a number",
        "several": "numbers with commas between",
        "yes_no": "y or n",
        "money": "an amount in SEK, or from-to",
        "percent": "per cent",
        "number": "how many",
        "date": "YYYY, YYYY-MM or YYYY-MM-DD",
        "text": "text",
        "records": "field: value, field: value; one record or a list; 0 if there are none. Fields: {fields}",
    },
}
Ask = Callable[[str], str]
Tell = Callable[[str], None]


class _Stop(Exception):
    """The person stops."""


def interview(path: Path, language: str, ask: Ask = input, tell: Tell = print) -> None:
    """Asks until nothing can change the class, or the person stops.

    Args:
        path: the case file, made if it is not there.
        language: ``sv`` or ``en``.
        ask: shows a prompt and takes a line; EOFError ends the interview.
        tell: shows a text.

    Raises:
        Problem: the file exists and is no case, or cannot be written.
    """
    words = _WORDS[language]
    session = Session(load(), path)
    begun = bool(session.facts)

    def ask_line(prompt: str) -> str:
        line = "".join(character for character in ask(prompt) if character.isprintable())
        if line.strip().lower() == "q":
            raise _Stop
        return line

    tell(_wrapped(words["again" if begun else "hello"].format(path=path)))
    try:
        while True:
            question = session.next()
            if question is None:
                tell(words["done"].format(path=path))
                return
            _ask(session, question, language, ask_line, tell)
            tell(_standing(session, language))
    except (EOFError, KeyboardInterrupt, _Stop):
        tell("")
        if path.exists():
            tell(_wrapped(words["stop"].format(path=path)))


def _ask(session: Session, question: Question, language: str, ask: Ask, tell: Tell) -> None:
    """One question, until it is answered or left."""
    words = _WORDS[language]
    tell("")
    tell(_wrapped(f"{question.text.get(language)}  [{question.id}]"))
    for number, (_, text) in enumerate(question.choices.items(), start=1):
        tell(_wrapped(f"{number}. {text.get(language)}", "  "))
    tell(_wrapped(f"({_form(question, words)})", "  "))
    while True:
        line = ask(words["prompt"]).strip()
        command = line.lower()
        if command == "h":
            session.pass_over(question.id)
            return
        if command == "?":
            tell(_wrapped(question.help.get(language), "  "))
        elif command == "v":
            tell(_wrapped(words["why"].format(text=question.why.get(language)), "  "))
        elif command == "g":
            names = ", ".join(session.reason(question.id))
            tell(_wrapped(words["applies"].format(names=names) if names else words["always"], "  "))
        elif command == "b":
            before = session.back()
            tell(words["undone" if before else "first"])
            return
        elif line:
            try:
                session.answer(question.id, "unknown" if command == "o" else _entry(session, question, line, words, ask))
                return
            except Problem as problem:
                if problem.key in ("unwritable", "changed-meanwhile"):
                    raise
                tell(_wrapped(f"{words['error']}: {problem.text(language)}", "  "))


def _entry(session: Session, question: Question, line: str, words: dict[str, str], ask: Ask) -> Entry:
    """The answer with its evidence, asked for once the answer is one."""
    entry: dict[str, Any] = {"value": typed_answer(question, line)}
    fact = read_answer(question.id, entry["value"], session.knowledge)
    if _may_go_on(question, fact.value) and ask(words["more"]).strip().lower() in ("j", "ja", "y", "yes"):
        entry["more"] = "unknown"
    title = ask(words["evidence"]).strip()
    if not title:
        return {**entry, "support": "stated"}
    reference: dict[str, str] = {"document": session.document(title)}
    for key in ("place", "quote"):
        text = ask(words[key]).strip()
        if text:
            reference["at" if key == "place" else "quote"] = text
    return {**entry, "evidence": reference}


def _may_go_on(question: Question, value: Any) -> bool:
    """Whether there may be more than what was listed."""
    if question.type == "records":
        return True
    return question.type == "several" and not value & set(question.exclusive)


def _form(question: Question, words: dict[str, str]) -> str:
    kind = "choices" if question.type == "choice" else question.type
    return words[kind].format(fields=", ".join(question.fields))


def _standing(session: Session, language: str) -> str:
    """The class and the band as they are now."""
    words, classes = _WORDS[language], Formats(language).words["classes"]
    report = session.report()
    best, worst = (classes[klass].lower() for klass in (report.band.best, report.band.worst))
    band = words["band"].format(best=best, worst=worst) if best != worst else ""
    return words["class"].format(klass=classes[report.klass].lower(), band=band)


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(lines(text, indent))
