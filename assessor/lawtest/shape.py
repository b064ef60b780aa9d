"""What may be written under ``expect:``: the shape of each value, and the names it may hold; all of it is checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from assessor.case.words import NO, YES
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Text
from assessor.problems import nearest
from assessor.quantities.dates import parse_days

#: A refused value: where it stands, from ``expect:`` on, and why it cannot be.
Refused = tuple[tuple[Any, ...], dict[str, str]]
#: Known names that are few enough to be told, where the nearest is not near.
_FEW = 8
#: Names shorter than this are near to too many, as the numbers of doubts are.
_NEAR = 4


class Kind(NamedTuple):
    """What a single value is.

    Attributes:
        what: as in "here is expected ...".
        names: what there is of it in a regime, by id, with the name of each where it has one; nothing for what has no ids.
        fits: whether something is a value of it, for what has no ids.
        absent: whether ``null`` is a value: it is not there, or not established.
        between: what stands between several values that come together.
    """

    what: Text
    names: Callable[[KnowledgeBase, str], Mapping[Any, Text | None]] | None = None
    fits: Callable[[Any], bool] = lambda value: False
    absent: bool = False
    between: str = ", "

    def named(self, knowledge: KnowledgeBase, regime: str) -> Mapping[Any, Text | None]:
        """What there is of it, by id."""
        return _named(self.names, knowledge, regime) if self.names is not None else {}


@lru_cache(maxsize=512)
def _named(
    names: Callable[[KnowledgeBase, str], Mapping[Any, Text | None]], base: KnowledgeBase, regime: str
) -> Mapping[Any, Any]:
    return names(base, regime)


@dataclass(frozen=True)
class Shape:
    """What an expectation looks like.

    Attributes:
        kind: of its values.
        form: one value; one or a list of some; or some for each of several ids.
        each: what those ids are of.
    """

    kind: Kind
    form: Literal["one", "some", "each"] = "one"
    each: Kind | None = None

    def refused(self, key: str, wanted: Any, knowledge: KnowledgeBase, regime: str) -> Iterator[Refused]:
        """What of an expectation is not as it must be."""
        if self.each is not None:
            if not isinstance(wanted, Mapping) or not wanted:
                what = f"{self.each.what.sv}: {self.kind.what.sv}", f"{self.each.what.en}: {self.kind.what.en}"
                yield (key,), _why(key, Text(sv=f"{{{what[0]}}}", en=f"{{{what[1]}}}"), wanted, {})
                return
            for name, values in wanted.items():
                yield from _refused(self.each, key, (key, name), name, knowledge, regime)
                for value in listed(values) or [values]:
                    yield from _refused(self.kind, f"{key} {name}", (key, name), value, knowledge, regime)
        elif self.form == "some" and isinstance(wanted, list):
            for value in wanted or [wanted]:
                yield from _refused(self.kind, key, (key,), value, knowledge, regime)
        else:
            yield from _refused(self.kind, key, (key,), wanted, knowledge, regime)


def listed(value: Any) -> list[Any]:
    """A value, or the values of a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _refused(kind: Kind, said: str, at: tuple[Any, ...], value: Any, knowledge: KnowledgeBase, regime: str) -> Iterator[Refused]:
    if value is None and kind.absent:
        return
    known = kind.named(knowledge, regime)
    single = isinstance(value, str | int) and not isinstance(value, bool)
    if not (single and value in known if kind.names is not None else kind.fits(value)):
        yield at, _why(said, kind.what, value, known)


def _why(said: str, what: Text, value: Any, known: Mapping[Any, Any]) -> dict[str, str]:
    hint = nearest(value if len(str(value)) >= _NEAR else "", map(str, known))
    if not hint["en"] and 0 < len(known) <= _FEW:
        listing = ", ".join(map(str, known))
        hint = {"sv": f" Det finns {listing}.", "en": f" There is {listing}."}
    shown = str(value)[:80] if value not in (None, [], {}, "") else None
    return {
        "sv": f"{said} väntar {what.sv}, inte {'inget' if shown is None else shown}.{hint['sv']}",
        "en": f"{said} expects {what.en}, not {'nothing' if shown is None else shown}.{hint['en']}",
    }


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _money(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and _whole(value[0]) and (value[1] is None or _whole(value[1]))
    return _whole(value)


def _days(value: Any) -> bool:
    """As ``Days.text`` writes them."""
    if not isinstance(value, str):
        return False
    ends = value.split("/")
    try:
        return any(ends) and len(ends) <= 2 and all(parse_days(end) for end in ends if end)
    except ValueError:
        return False


def _of(entries: str, name: str = "name") -> Callable[[KnowledgeBase, str], Mapping[Any, Text | None]]:
    """The entries of an attribute of the knowledge base."""
    return lambda knowledge, regime: {key: getattr(each, name, None) for key, each in getattr(knowledge, entries).items()}


def _statuses(knowledge: KnowledgeBase, regime: str) -> Mapping[str, Text]:
    """Those of every regime: an element of any can be expected."""
    return {key: text for name in knowledge.tables for key, text in knowledge.statuses_of(name).items()}


def _quantities(knowledge: KnowledgeBase, regime: str) -> Mapping[str, Text | None]:
    return {quantity.id: quantity.name for issue in knowledge.issues.values() for quantity in issue.quantities}


def _values(knowledge: KnowledgeBase, name: str) -> Mapping[str, Text]:
    """The values of a decision or of the test of a regime."""
    found = {decision.id: decision.values for issue in knowledge.issues.values() for decision in issue.decisions}
    found |= {tables.test.id: tables.test.values for tables in knowledge.tables.values() if tables.test}
    return found[name]


def settled(knowledge: KnowledgeBase, regime: str) -> dict[str, Shape]:
    """The decisions of a regime and its test, each expected by its name."""
    tables = knowledge.tables[regime]
    names = [*tables.scenario, *([tables.test.id] if tables.test else [])]
    return {name: Shape(_decided(name), "some") for name in names}


@lru_cache(maxsize=64)
def _decided(name: str) -> Kind:
    what = Text(sv="det som rättsfrågan kan avgöras till", en="what the question of law can come to")
    return Kind(what, lambda knowledge, regime: _values(knowledge, name))


_UNKNOWN = Text(sv="okänt", en="unknown")
_TRUTHS = {"yes": YES, "no": NO, "unknown": _UNKNOWN}
ABSENT = "absent"
_RELATIONS = {
    "below": Text(sv="under gränsen", en="below the limit"),
    "at_most": Text(sv="högst gränsen", en="the limit at most"),
    "unknown": _UNKNOWN,
}
_DECIDERS = {"kkv": Text(sv="kkv", en="kkv"), "court": Text(sv="domstol", en="a court")}
PARTS = ("class", "band", "outcome", "elements", "value")

CLASS = Kind(Text(sv="en riskklass", en="a class of risk"), lambda knowledge, regime: knowledge.result.classes)
OUTCOME = Kind(
    Text(sv="ett utfall i regelområdet", en="an outcome of the regime"),
    lambda knowledge, regime: knowledge.tables[regime].outcomes,
)
LIKELIHOOD = Kind(
    Text(sv="en nivå av sannolikhet", en="a level of likelihood"), lambda knowledge, regime: knowledge.result.likelihood_levels
)
CONSEQUENCE = Kind(
    Text(sv="en nivå av konsekvens", en="a level of consequence"),
    lambda knowledge, regime: knowledge.tables[regime].consequence_levels,
)
STATUS = Kind(Text(sv="ett rekvisits status", en="the status of an element"), _statuses, absent=True)
ELEMENT = Kind(Text(sv="ett rekvisit", en="an element"), _of("elements"))
RULE = Kind(
    Text(sv="en regels id", en="the id of a rule"),
    lambda knowledge, regime: {rule.id: knowledge.norms[rule.norm].name for rule in knowledge.rules.values()},
)
OVERRIDE = Kind(
    Text(sv="ett undantag från regelområdets tabell", en="an override of the regime"),
    lambda knowledge, regime: dict.fromkeys(
        each.id for each in (*knowledge.tables[regime].overrides, knowledge.result.deciding_unknown)
    ),
)
TRUTH = Kind(Text(sv="ett sanningsvärde", en="a truth value"), lambda knowledge, regime: _TRUTHS)
#: Of what need not be there at all.
TRUTH_IF_ANY = TRUTH._replace(names=lambda knowledge, regime: _TRUTHS | {ABSENT: Text(sv="finns inte med", en="not there")})
RELATION = Kind(Text(sv="hur gränsen ska hållas", en="how the limit is to be kept"), lambda knowledge, regime: _RELATIONS)
DECIDER = Kind(Text(sv="vem som beslutar", en="who decides"), lambda knowledge, regime: _DECIDERS, absent=True)
QUANTITY = Kind(Text(sv="en storhet", en="a quantity"), _quantities, absent=True)
METHOD = Kind(
    Text(sv="ett sätt att räkna värdet", en="a way to value"),
    lambda knowledge, regime: {name: _quantities(knowledge, regime).get(name) for name in knowledge.shown.methods},
)
DEADLINE = Kind(Text(sv="en frist", en="a deadline"), _of("deadlines"))
DUTY = Kind(Text(sv="en skyldighet", en="a duty"), _of("duties"))
ROUTE = Kind(Text(sv="en väg", en="a route"), _of("routes"))
NOTICE = Kind(Text(sv="en ändring på väg", en="a notice of law to come"), _of("notices", "title"))
DOUBT = Kind(Text(sv="en osäkerhet", en="a doubt"), _of("doubts", ""))
QUESTION = Kind(Text(sv="en fråga", en="a question"), _of("questions", "text"))
STATUTE = Kind(
    Text(sv="en författnings korta namn", en="the short Swedish name of a statute"),
    lambda knowledge, regime: dict.fromkeys(source.cite.sv for source in knowledge.sources.values()),
)
PART = Kind(
    Text(sv="en del av resultatet", en="a part of the result"),
    lambda knowledge, regime: dict.fromkeys((*PARTS, *settled(knowledge, regime))),
)
FLAG = Kind(Text(sv="true eller false", en="true or false"), fits=lambda value: isinstance(value, bool))
NUMBER = Kind(Text(sv="ett heltal", en="a whole number"), fits=_whole)
MONEY = Kind(Text(sv="hela kronor eller [lägst, högst]", en="whole SEK or [low, high]"), fits=_money, absent=True, between="–")
DAY = Kind(Text(sv="en dag, ÅÅÅÅ-MM-DD", en="a day, YYYY-MM-DD"), fits=_days, absent=True)
BASE = Kind(Text(sv="ett utgångsfalls namn", en="the name of a base"), fits=lambda value: value is True or isinstance(value, str))
