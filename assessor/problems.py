"""Errors a person can mend: what is wrong, where, and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

MESSAGES: dict[str, dict[str, str]] = {
    "law-test": {
        "sv": "Rättstestet går inte att läsa: {why} Se tests/law/README.md.",
        "en": "The law test cannot be read: {why} See tests/law/README.md.",
    },
    "this-law-test": {
        "sv": "Rättstestet ”{test}” går inte att pröva: {why} Se tests/law/README.md.",
        "en": "The law test “{test}” cannot be tried: {why} See tests/law/README.md.",
    },
    "red-law-tests": {
        "sv": "Dessa rättstester ger annat än väntat redan på de riktiga reglerna, och skulle märka vad som helst: {tests}. "
        "Laga dem först (assessor rules test).",
        "en": "These law tests come out otherwise on the sound rules already, and would notice anything: {tests}. "
        "Mend them first (assessor rules test).",
    },
    "no-base": {
        "sv": "Utgångsfallet {base} finns inte i {folders}. Skriv facts i stället för change, eller lägg filen där.",
        "en": "There is no base {base} in {folders}. Write facts instead of change, or put the file there.",
    },
    "missing-file": {
        "sv": "Filen finns inte. Kontrollera sökvägen.",
        "en": "There is no such file. Check the path.",
    },
    "is-a-folder": {
        "sv": "Det är en mapp, inte en fil. Ange en ärendefil i mappen.",
        "en": "That is a folder, not a file. Name a case file in it.",
    },
    "control-character": {
        "sv": "Texten innehåller ett styrtecken (U+{code}). Ta bort det.",
        "en": "The text holds a control character (U+{code}). Remove it.",
    },
    "changed-meanwhile": {
        "sv": "Filen har ändrats av någon annan under tiden. Börja om intervjun, så läses den på nytt.",
        "en": "The file was changed by somebody else meanwhile. Start the interview again to read it anew.",
    },
    "unreadable-pdf": {
        "sv": "PDF-filen går inte att läsa. Den kan vara skadad eller skyddad med lösenord.",
        "en": "The PDF cannot be read. It may be damaged or protected by a password.",
    },
    "no-case-inside": {
        "sv": "I den här PDF-filen finns inget ärende. Ett PM har det bara om det skrevs med --embed.",
        "en": "There is no case inside this PDF. A memo has one only if it was written with --embed.",
    },
    "unreadable": {
        "sv": "Filen går inte att läsa ({why}). Kontrollera behörigheten.",
        "en": "The file cannot be read ({why}). Check its permissions.",
    },
    "unwritable": {
        "sv": "Det går inte att skriva hit ({why}). Välj en annan plats med -o.",
        "en": "Cannot write here ({why}). Choose another place with -o.",
    },
    "too-large": {
        "sv": "Filen är {size} byte; högst {limit} läses. Ett ärende ska vara text, inga inbäddade handlingar.",
        "en": "The file is {size} bytes; at most {limit} are read. A case is text, with no documents embedded.",
    },
    "not-utf8": {
        "sv": "Filen är inte kodad i UTF-8. Spara om den som UTF-8.",
        "en": "The file is not encoded in UTF-8. Save it again as UTF-8.",
    },
    "empty": {
        "sv": "Filen är tom. Utgå från ett ärende i cases/.",
        "en": "The file is empty. Start from a case in cases/.",
    },
    "yaml": {
        "sv": "Filen är inte giltig YAML: {why}.",
        "en": "The file is not valid YAML: {why}.",
    },
    "several-documents": {
        "sv": "Filen innehåller flera YAML-dokument. Behåll ett.",
        "en": "The file holds several YAML documents. Keep one.",
    },
    "alias": {
        "sv": "YAML-ankare och alias (& och *) tillåts inte. Skriv ut värdet.",
        "en": "YAML anchors and aliases (& and *) are not allowed. Write the value out.",
    },
    "tag": {
        "sv": "YAML-taggen {tag} tillåts inte. Ta bort den.",
        "en": "The YAML tag {tag} is not allowed. Remove it.",
    },
    "duplicate-key": {
        "sv": "{key} står två gånger (första gången på rad {first}). Behåll en.",
        "en": "{key} appears twice (first on line {first}). Keep one.",
    },
    "key-not-text": {
        "sv": "Nycklar ska vara text.",
        "en": "Keys must be text.",
    },
    "too-deep": {
        "sv": "Filen är för djupt nästlad (över {limit} nivåer).",
        "en": "The file is nested too deeply (over {limit} levels).",
    },
    "not-a-mapping": {
        "sv": "Här väntades nycklar och värden (namn: värde).",
        "en": "Keys and values (name: value) were expected here.",
    },
    "invalid": {
        "sv": "{where}: {why}.",
        "en": "{where}: {why}.",
    },
    "unknown-key": {
        "sv": "{key} är ingen känd nyckel här.{hint}",
        "en": "{key} is not a known key here.{hint}",
    },
    "beside-answers": {
        "sv": "{question}: {key} kan inte stå bredvid answers. Skriv {key} i den av posterna under answers som det hör till.",
        "en": "{question}: {key} cannot stand beside answers. Write {key} in the entry under answers that it belongs to.",
    },
    "unknown-question": {
        "sv": "Det finns ingen fråga {key}.{hint}",
        "en": "There is no question {key}.{hint}",
    },
    "unknown-choice": {
        "sv": "{value} är inget svar på {question}.{hint} Möjliga svar: {allowed}, unknown.",
        "en": "{value} is no answer to {question}.{hint} Possible answers: {allowed}, unknown.",
    },
    "exclusive-choice": {
        "sv": "{question}: {choice} kan inte kombineras med andra svar.",
        "en": "{question}: {choice} cannot be combined with other answers.",
    },
    "wrong-type": {
        "sv": "{question} väntar {expected}, inte {value}.",
        "en": "{question} expects {expected}, not {value}.",
    },
    "negative": {
        "sv": "{question}: {value} är negativt. Ange ett belopp eller antal som är noll eller större.",
        "en": "{question}: {value} is negative. Give an amount or number of zero or more.",
    },
    "too-big-number": {
        "sv": "{question}: {value} är orimligt stort.",
        "en": "{question}: {value} is unreasonably large.",
    },
    "bad-interval": {
        "sv": "{question}: {low} är större än {high}. Ange det minsta först.",
        "en": "{question}: {low} is greater than {high}. Give the lower one first.",
    },
    "impossible-date": {
        "sv": "{question}: {value} är inget datum. Skriv ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ.",
        "en": "{question}: {value} is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY.",
    },
    "dates-out-of-order": {
        "sv": "{later} ({later_value}) ligger före {earlier} ({earlier_value}). Kontrollera datumen.",
        "en": "{later} ({later_value}) lies before {earlier} ({earlier_value}). Check the dates.",
    },
    "not-applicable": {
        "sv": "{question} är besvarad men gäller inte här, eftersom {because}. Ta bort svaret eller ändra det andra.",
        "en": "{question} is answered but does not apply here, because {because}. Remove the answer or change the other.",
    },
    "unknown-evidence": {
        "sv": "Underlaget {key} finns inte under evidence.{hint}",
        "en": "The evidence {key} is not listed under evidence.{hint}",
    },
    "documented-without-evidence": {
        "sv": "{question} anges som documented men saknar underlag. Ange handling och plats, eller skriv support: stated.",
        "en": "{question} is marked documented but has no evidence. Name document and place, or write support: stated.",
    },
    "long-quote": {
        "sv": "{question}: citatet har {words} ord; högst 25.",
        "en": "{question}: the quotation has {words} words; at most 25.",
    },
    "date-outside-law": {
        "sv": "{basis}: inget regelverk är inlagt för {value}. Programmet täcker {first} och framåt.",
        "en": "{basis}: no law is entered for {value}. The program covers {first} and onwards.",
    },
    "days-reversed": {
        "sv": "DATE2, {last}, ligger före DATE1, {first}. Skriv den tidigare dagen först.",
        "en": "DATE2, {last}, is before DATE1, {first}. Write the earlier day first.",
    },
    "unknown-id": {
        "sv": "{key} finns inte.{hint}",
        "en": "There is no {key}.{hint}",
    },
    "knowledge": {
        "sv": "Kunskapsbasen är felaktig: {why}",
        "en": "The knowledge base is wrong: {why}",
    },
    "pdf-libraries": {
        "sv": "PDF kan inte skrivas: {why}. Allt annat fungerar. Installera: apt-get install {packages}",
        "en": "PDF cannot be written: {why}. Everything else works. Install: apt-get install {packages}",
    },
    "pdf-to-terminal": {
        "sv": "Ett dokument skrivs inte till terminalen. Ange en fil med -o.",
        "en": "A document is not written to the terminal. Name a file with -o.",
    },
    "no-cases": {
        "sv": "Inga ärenden hittades i {folder}.",
        "en": "No cases were found in {folder}.",
    },
    "unread-law": {
        "sv": "Ingenting läser den här filen. Lägg den i en av mapparna för rättsläget, eller ta bort den.",
        "en": "Nothing reads this file. Put it in one of the folders of the law, or remove it.",
    },
    "not-yaml-suffix": {
        "sv": "Filen läses inte, eftersom namnet inte slutar på .yaml. Byt namn på den eller ta bort den.",
        "en": "The file is not read, because its name does not end in .yaml. Rename or remove it.",
    },
    "defined-twice": {
        "sv": "{key} finns redan: {first}. Behåll en, eller ge den ett annat namn.",
        "en": "{key} is defined twice: first in {first}. Keep one, or name it otherwise.",
    },
    "bad-option": {
        "sv": "{option} kan inte vara {value}. {expected}",
        "en": "{option} cannot be {value}. {expected}",
    },
}


#: What the operating system and the YAML parser say; what is not listed is shown as they say it.
_SWEDISH = {
    "Is a directory": "det är en mapp",
    "Not a directory": "en del av sökvägen är ingen mapp",
    "File exists": "en fil ligger där en mapp skulle vara",
    "Permission denied": "behörighet saknas",
    "Operation not permitted": "det är inte tillåtet",
    "No such file or directory": "filen eller mappen finns inte",
    "No space left on device": "disken är full",
    "Read-only file system": "platsen är skrivskyddad",
    "File name too long": "namnet är för långt",
    "Input/output error": "läs- eller skrivfel",
    "mapping values are not allowed in this context": "ett kolon står där inget värde kan börja; "
    "kontrollera indraget, och sätt text med kolon inom citattecken",
    "did not find expected key": "en rad har annat indrag än raderna den hör till",
    "did not find expected '-' indicator": "en rad i en lista börjar inte med ett bindestreck",
    "did not find expected ',' or ']'": "en lista inom [ ] saknar komma eller avslutande ]",
    "did not find expected ',' or '}'": "nycklar inom { } saknar komma eller avslutande }",
    "found character that cannot start any token": "ett värde börjar med ett tecken som inte kan stå där (tabb, @, % eller `); "
    "sätt text inom citattecken och gör indrag med mellanslag",
    "found unexpected end of stream": "ett citattecken är inte avslutat",
    "found unknown escape character": "ett omvänt snedstreck inom \" \" kan inte följas av det tecknet; använd ' ' i stället",
    "did not find expected node content": "ett värde saknas",
    "did not find expected <document start>": "raderna har olika indrag från början",
    "block sequence entries are not allowed in this context": "en lista med bindestreck ska börja på en egen rad",
}

#: What the shapes of the law refuse, by the kind of the error; what is not listed is shown as the library says it.
_REFUSED = {
    "missing": "nyckeln saknas",
    "extra_forbidden": "ingen känd nyckel här",
    "string_type": "ska vara text",
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "int_from_float": "ska vara ett heltal",
    "bool_type": "ska vara true eller false",
    "bool_parsing": "ska vara true eller false",
    "date_type": "ska vara ett datum (ÅÅÅÅ-MM-DD)",
    "date_parsing": "ska vara ett datum (ÅÅÅÅ-MM-DD)",
    "date_from_datetime_parsing": "ska vara ett datum (ÅÅÅÅ-MM-DD)",
    "tuple_type": "ska vara en lista",
    "dict_type": "ska vara nycklar och värden (namn: värde)",
    "model_type": "ska vara nycklar och värden (namn: värde)",
    "literal_error": "ska vara {expected}",
    "greater_than": "ska vara större än {gt}",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than": "ska vara mindre än {lt}",
    "less_than_equal": "får vara högst {le}",
    "too_short": "ska ha minst {min_length}",
}
#: What they say in the project's own words.
_SWEDISH |= {
    "the text is missing": "texten saknas",
    "the period ends before it begins": "perioden slutar innan den börjar",
    "give value, or low and high": "ange value, eller low och high",
    "low is more than high": "low är större än high",
    "an interval needs its reason": "ett intervall behöver sitt skäl (reason)",
    "a relation that is unknown needs its doubt": "en relation som är unknown behöver sin osäkerhet (doubts)",
    "a deadline needs its years, months or days": "en frist behöver years, months eller days",
    "the fee is above its ceiling": "avgiften är högre än sitt tak",
    "until lies before the day it is published or expected to take effect": "until ligger före published eller expected",
    "the range ends before it begins": "intervallet slutar innan det börjar",
    "write YYYY-MM-DD": "skriv ÅÅÅÅ-MM-DD",
    "a rule has exactly one of factor, denies, supports, opposes, concludes": "en regel har exakt en av factor, denies, "
    "supports, opposes och concludes",
    "a quantity has exactly one of formula, choose, highest": "ett belopp har exakt en av formula, choose och highest",
    "a test has exactly one of within, at_least, prevails": "ett test har exakt en av within, at_least och prevails",
    "within and at_least need a quantity, prevails has none": "within och at_least behöver quantity, prevails har ingen",
}


def in_language(said: str, language: str) -> str:
    """What the operating system or the YAML parser says, in Swedish where the run is and the words are known."""
    return _SWEDISH.get(said, said) if language == "sv" else said


def refused(error: Mapping[str, Any], language: str) -> str:
    """What a shape of the law refuses an entry for, in Swedish where the run is and the kind of error is known.

    Args:
        error: the kind, the message and the context, as pydantic gives them.
        language: ``sv`` or ``en``.
    """
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return in_language(str(context["error"]), language)
    if language == "en" or error["type"] not in _REFUSED:
        return str(error["msg"])
    return _REFUSED[error["type"]].format(**context).replace(" or ", " eller ")


#: Characters shown of what somebody typed.
_LONGEST = 80


class Problem(Exception):
    """Something in the call, the case or the knowledge base that a person can mend.

    Args:
        key: which message, a key of ``MESSAGES``.
        file: the file it concerns.
        line: the line in it, counted from 1.
        details: what the message names.
    """

    def __init__(self, key: str, /, *, file: Path | str | None = None, line: int | None = None, **details: object) -> None:
        self.key = key
        self.file = str(file) if file is not None else None
        self.line = line
        self.details = details
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """One line for a person, beginning with file and line where they are known."""
        message = self.said(language)
        if self.file is None:
            return message
        return f"{self.file}:{self.line}: {message}" if self.line else f"{self.file}: {message}"

    def said(self, language: str) -> str:
        """The line without its place."""
        shown = {name: _shown(value, language, name) for name, value in self.details.items()}
        return MESSAGES[self.key][language].format(**shown)


def _shown(value: object, language: str, name: str) -> str:
    """A detail on one line; what somebody typed is cut where it is long."""
    text = str(value.get(language, value.get("en"))) if isinstance(value, dict) else str(value)
    if name == "hint":
        return text
    if name == "why":
        text = in_language(text, language)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST or name not in ("value", "key") else text[: _LONGEST - 1] + "…"


def nearest(name: object, known: Iterable[str]) -> dict[str, str]:
    """The end of a message that suggests the nearest known name, in both languages, or nothing."""
    close = get_close_matches(str(name)[:200], list(known), n=1, cutoff=0.6)
    if not close:
        return {"sv": "", "en": ""}
    return {"sv": f" Menade du {close[0]}?", "en": f" Did you mean {close[0]}?"}
