"""Numbers, days, lists and pinpoints as a reader of one language expects them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from babel.dates import format_date
from babel.numbers import format_decimal

from assessor.assessment.models import Citation, Money
from assessor.knowledge.models import Text
from assessor.memo.wording import wording
from assessor.quantities.dates import parse_days

NO_BREAK = "\u00a0"
_MILLION = 1_000_000
_LOCALES = {"sv": "sv_SE", "en": "en_GB"}
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}\Z")


class Formats:
    """How one language writes amounts, days, shares, lists and citations.

    Args:
        language: ``sv`` or ``en``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = wording(language)
        self.locale = _LOCALES[language]

    def texts(self, texts: Iterable[Text]) -> list[str]:
        """Some texts in the language."""
        return [text.get(self.language) for text in texts]

    def class_name(self, klass: str) -> str:
        """A class in words."""
        return str(self.words["classes"][klass])

    def money(self, money: Money, exact: bool = False) -> str:
        """An amount in words.

        Args:
            money: whole SEK; ``(low, high)`` where it is not exact; None where nothing is established.
            exact: every figure, as in tables; otherwise three significant ones, as in running text.
        """
        words = self.words["money"]
        if money is None or money == (0, None):
            return str(words["unknown"])
        if not isinstance(money, tuple):
            return self._amount(money, exact)
        low, high = money
        if high is None:
            return str(words["at_least"]).format(low=self._amount(low, exact))
        if low == high:
            return self._amount(low, exact)
        if not low:
            return str(words["at_most"]).format(high=self._amount(high, exact))
        return str(words["between"]).format(low=self._amount(low, exact), high=self._amount(high, exact))

    def span(self, low: int | None, high: int | None, exact: bool = False) -> str:
        """A range of two amounts, in words."""
        return self.money(None if low is None and high is None else (low or 0, high), exact)

    def between(self, low: int | None, high: int | None, exact: bool = False) -> str:
        """A range of amounts of which either end may be below zero or not known, in words."""
        words = self.words["money"]
        if low is None or high is None or low == high:
            known = low if low is not None else high
            form = "exact" if low == high else "at_least" if high is None else "at_most"
            if known is None:
                return str(words["unknown"])
            told = self._amount(known, exact)
            return told if form == "exact" else str(words[form]).format(low=told, high=told)
        return str(words["between"]).format(low=self._amount(low, exact), high=self._amount(high, exact))

    def number_of(self, money: Money, unit: str) -> str:
        """A whole number of something, or the two it lies between, in words; ``unit`` holds ``{n}``."""
        if money is None:
            return str(self.words["money"]["unknown"])
        low, high = money if isinstance(money, tuple) else (money, money)
        told = self.number(low) if low == high or high is None else f"{self.number(low)}–{self.number(high)}"
        return unit.format(n=told)

    def _amount(self, sek: int, exact: bool) -> str:
        words = self.words["money"]
        if exact:
            return str(words["exact"]).format(n=self.number(sek))
        rounded = three_significant(sek)
        if rounded >= _MILLION:
            text = str(words["millions"]).format(n=self.number(rounded / _MILLION))
        else:
            text = str(words["thousands"]).format(n=self.number(rounded))
        return text if rounded == sek else str(words["about"]).format(amount=text)

    def number(self, number: int | Decimal) -> str:
        """A number with its digits grouped, without trailing zeros."""
        return str(format_decimal(number, format="#,##0.###", locale=self.locale))

    def share(self, share: float) -> str:
        """A share of one, as whole per cent."""
        percent = int(Decimal(str(share * 100)).quantize(Decimal(1), ROUND_HALF_EVEN))
        return str(self.words["share"]).format(n=percent)

    def date(self, day: dt.date) -> str:
        """A day."""
        return str(format_date(day, "d MMMM y", locale=self.locale)).replace(" ", NO_BREAK)

    def day(self, text: str | None) -> str:
        """A day as an assessment gives it: ISO 8601 to the precision known, or ``first/last``; None is unknown."""
        words = self.words["day"]
        if not text:
            return str(words["unknown"])
        if "/" not in text:
            return self._partial(text)
        first, last = (self._partial(part) if part else "" for part in text.split("/", 1))
        if not first and not last:
            return str(words["unknown"])
        form = "between" if first and last else "before" if last else "after"
        return str(words[form]).format(first=first, last=last)

    def on(self, text: str | None) -> str:
        """As ``day``, with the preposition a sentence needs."""
        if not text or "/" in text:
            return self.day(text)
        form = {4: "on_year", 7: "on_month"}.get(len(text), "on_day")
        return str(self.words["day"][form]).format(day=self._partial(text))

    def _partial(self, text: str) -> str:
        days = parse_days(text)
        assert days.first is not None
        form = {4: "y", 7: "MMMM y"}.get(len(text), "d MMMM y")
        return str(format_date(days.first, form, locale=self.locale)).replace(" ", NO_BREAK)

    def answer(self, text: str) -> str:
        """An answer; a bare ISO date is written as a day."""
        if not _DAY.match(text):
            return text
        try:
            return self.day(text)
        except ValueError:
            return text

    def listed(self, entries: Iterable[str], last: str = "and") -> str:
        """Entries with commas, and ``and`` or ``or`` before the last."""
        found = list(entries)
        if len(found) < 2:
            return "".join(found)
        return f"{', '.join(found[:-1])} {self.words['list'][last]} {found[-1]}"

    def mark(self, certainty: str) -> str:
        """How something was read, in brackets; nothing where the source itself was read."""
        plain, *_ = self.words["certainty"]
        return "" if certainty == plain else f" ({self.words['certainty'][certainty]})"

    def citations(self, citations: Iterable[Citation]) -> str:
        """Places by source, each once: first those read in the source itself, then the others under how they were read."""
        plain, *_ = names = self.words["certainty"]
        found: dict[str, dict[str, dict[str, None]]] = {certainty: {} for certainty in names}
        for citation in citations:
            places = found[citation.certainty].setdefault(citation.cite.get(self.language), {})
            places.update(dict.fromkeys(self.pinpoint(citation.at).split("; ")))
        told = []
        for certainty, sources in found.items():
            if sources:
                listed = "; ".join(f"{cite} {'; '.join(places)}".strip() for cite, places in sources.items())
                told.append(f"{listed}." if certainty == plain else sentence(f"{names[certainty]}: {listed}"))
        return " ".join(told)

    def pinpoint(self, at: str) -> str:
        """A place in a source; the words in it put into the language."""
        for word, translation in self._pinpoints:
            at = at.replace(word, translation)
        return at

    @cached_property
    def _pinpoints(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(word), str(translation)) for word, translation in self.words["pinpoints"])

    def quoted(self, text: str) -> str:
        """A quotation in the language's marks."""
        return str(self.words["quote"]).format(text=text)


def three_significant(sek: int) -> Decimal:
    """An amount rounded to three significant figures."""
    if sek < 1000:
        return Decimal(sek)
    step = Decimal(10) ** (len(str(sek)) - 3)
    return (sek / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step


def sentence(text: str) -> str:
    """A text with its first letter a capital and a full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?”" else ".")


def lowered(text: str) -> str:
    """A text that begins with a small letter, unless its first word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
