"""What must hold over many cases, not only over those somebody thought of."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from bench import CLASSES, ROOT, came_out, law_tests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_amounts import bought

from assessor.lawtest import Court


def examples(number: int) -> Any:
    """The same examples in every run, and nothing written."""
    return settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


# (day, class, limit, whether a value equal to it is within); read in law.md B, not in the program.
KNOWN = [
    ("2014-03-01", "other", 270964, True), ("2015-05-05", "annex2", 505800, True), ("2016-03-15", "other", 534890, True),
    ("2017-06-01", "annex2", 534890, True), ("2018-06-01", "other", 586907, True), ("2020-06-01", "other", 615312, True),
    ("2022-01-15", "annex2", 626284, True), ("2022-03-01", "other", 700000, False), ("2022-03-01", "annex2", 7802550, False),
    ("2023-12-31", "other", 700000, False), ("2024-05-01", "annex2", 8109450, False), ("2025-08-01", "other", 700000, False),
]  # fmt: skip
LUK = {"2017": 2387903, "2018": 2631028, "2020": 2746930, "2022": 2799554, "2023": 2799554, "2024": 2994008, "2025": 2994008}

NOTICES: list[dict[str, Any]] = [
    {"advertised": "no"},
    {"advertised": "interest_or_dialogue"},
    {"advertised": "ex_ante_notice"},
    {"advertised": "procurement", "advertised.covers": ["same_scope", "right_database"]},
    {"advertised": "procurement", "advertised.covers": ["none"]},
    {
        "advertised": {"stated": "procurement"},
        "advertised.covers": {"stated": ["same_scope", "same_value", "right_database", "award_notice_sent"]},
    },
    {"advertised": "reserved", "advertised.covers": ["same_scope", "same_value", "award_notice_sent", "reservation_allowed"]},
    {"advertised": "choice_system", "advertised.covers": ["right_database"]},
]
FULL = [
    "not_foreseeable",
    "not_own_making",
    "absolutely_necessary",
    "exhaustive_reason",
    "no_reasonable_alternative",
    "not_narrowed",
    "no_longer_than_needed",
    "terms_unchanged",
    "individual_need",
]
GROUNDS: list[dict[str, Any]] = [
    {"ground.relied_on": ["none"]},
    {"ground.relied_on": ["only_supplier"], "ground.conditions": ["no_reasonable_alternative"], "ground.on_file": True},
    {"ground.relied_on": ["urgency"], "ground.conditions": ["absolutely_necessary"], "ground.on_file": True},
    {"ground.relied_on": ["exceptional_reasons"], "ground.conditions": ["none"], "ground.on_file": True},
    {
        "ground.relied_on": ["only_supplier", "urgency", "exceptional_reasons", "failed_procedure"],
        "ground.conditions": FULL,
        "ground.on_file": False,
    },
    {"ground.relied_on": ["only_supplier", "urgency"], "ground.conditions": {"stated": FULL}, "ground.on_file": True},
    {"ground.relied_on": ["only_supplier", "urgency"], "ground.conditions": FULL, "ground.on_file": {"assumed": True}},
    {"ground.relied_on": ["only_supplier"], "ground.conditions": "unknown", "ground.on_file": "unknown"},
]
CLAIMS: list[dict[str, Any]] = [
    {"exemption.relied_on": ["none"]},
    {"exemption.relied_on": "unknown"},
    {"exemption.relied_on": ["in_house"], "in_house.conditions": ["control_as_own"]},
    {
        "exemption.relied_on": ["in_house"],
        "in_house.conditions": {"stated": ["control_as_own", "over_80_percent", "no_private_capital"]},
    },
    {
        "exemption.relied_on": ["public_public"],
        "public_public.conditions": ["common_public_task", "public_interest_only", "under_20_percent_market"],
    },
    {"exemption.relied_on": ["lease"], "lease.content": "with_support_or_care"},
    {"exemption.relied_on": ["lease"], "lease.content": {"stated": "premises_only"}},
    {"exemption.relied_on": ["employment"]},
    {"exemption.relied_on": ["research"], "research.conditions": ["listed_cpv"]},
]
CHOICES: list[dict[str, Any]] = [
    {"selection": "one_picked"},
    {"selection": "several_picked"},
    {"selection": "open_admission", "scheme.conditions": ["terms_published", "no_ranking"]},
    {
        "selection": "open_admission",
        "scheme.conditions": {
            "stated": ["terms_published", "all_qualified_admitted", "no_ranking", "no_assignment_or_guaranteed_volume"]
        },
    },
    {"selection": "unknown"},
]
INCOME: list[dict[str, Any]] = [
    {"income.others": "none"},
    {"income.others": "part", "income.risk": "authority", "third_party.sek_year": 0},
    {"income.others": "part", "income.risk": "shared", "third_party.sek_year": 0},
    {"income.others": "main", "income.risk": "partner", "third_party.sek_year": 0},
]
WORDS: list[dict[str, Any]] = [
    {},
    {
        "agreement.label": "iop",
        "initiative": "organisation",
        "arguments": ["development_aim", "volunteers_added_value", "tax_funded_free_for_users"],
    },
    {
        "agreement.label": "grant",
        "partner.kind": ["non_profit_association"],
        "own.contribution": ["own_money", "volunteers"],
        "own.share": 40,
    },
    {"activity.ran_before": True, "activity.shaped_by": "organisation", "activity.for": ["members", "general_public"]},
    {"market.others": ["none_found"], "procurement.alternative": "not_suitable"},
    {"remedies": ["none"], "exit.at_once": True},
    {
        "duty.principles": "unknown",
        "review.pending": "unknown",
        "users.vulnerable": "unknown",
        "partner.public_body_signs": "unknown",
    },
]
OVER = st.sampled_from([lambda x, eq: x + 1 if eq else x, lambda x, eq: x + 1, lambda x, eq: 2 * x, lambda x, eq: 30_000_000])


@examples(400)
@given(
    known=st.sampled_from(KNOWN),
    over=OVER,
    notice=st.sampled_from(NOTICES),
    ground=st.sampled_from(GROUNDS),
    claim=st.sampled_from(CLAIMS),
    choice=st.sampled_from(CHOICES),
    income=st.sampled_from(INCOME),
    words=st.lists(st.sampled_from(WORDS), max_size=3),
    as_of=st.sampled_from(["2026-11-21", "2045-01-01"]),
)
def test_never_low_or_elevated_without_limit_or_ground(
    court: Court, known: Any, over: Any, notice: Any, ground: Any, claim: Any, choice: Any, income: Any, words: Any, as_of: str
) -> None:
    """An unadvertised contract that neither its limit nor a documented ground allows is high or worse."""
    on, kind, limit, equal_is_within = known
    value = over(limit, equal_is_within)
    if income.get("income.risk") == "partner" and (on < "2017" or value < LUK[on[:4]]):
        return  # outside LOU 2007, or within the limit of LUK
    change = {**bought(value, kind)}
    for part in (*words, notice, ground, claim, choice, income):
        change.update(part)
    found = court.assess("purchase", change, on=on, as_of=as_of)
    assert found.value.total_sek == value
    assert found.regimes[0].klass in ("high", "very_high"), (
        on,
        kind,
        value,
        change,
        found.regimes[0].klass,
        found.regimes[0].outcome,
    )
    assert found.regimes[0].band.worst in ("high", "very_high")


@examples(100)
@given(
    known=st.sampled_from(KNOWN),
    unknown=st.lists(
        st.sampled_from(
            [
                "service.promised",
                "obligations",
                "payment.stops_when",
                "remedies",
                "duty.area",
                "if_stopped",
                "users.admitted_by",
                "previous.operation",
                "need.defined_by",
                "agreement.form",
                "partner.acts_as",
                "payment.form",
                "grant.conditions",
                "steering",
                "drafts.removed",
                "selection",
                "advertised",
                "authority.kind",
            ]
        ),
        min_size=1,
        max_size=10,
        unique=True,
    ),
)
def test_forgetting_never_makes_low(court: Court, known: Any, unknown: list[str]) -> None:
    """An unlawful award about which answers are taken away never becomes low, and its band keeps the worst."""
    on, kind, limit, _ = known
    whole = court.assess("purchase", bought(2 * limit, kind), on=on)
    less = court.assess("purchase", {**bought(2 * limit, kind), **dict.fromkeys(unknown, "remove")}, on=on)
    assert less.regimes[0].klass != "low"
    assert CLASSES.index(less.regimes[0].band.worst) >= CLASSES.index(whole.regimes[0].band.worst)
    assert CLASSES.index(less.regimes[0].band.best) <= CLASSES.index(whole.regimes[0].band.best)


# -- a denial needs a document, for every premise of it --

# element: the base, the answers that deny it, and those that each denial needs
DENIALS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "performance": ("grant", {}, ("service.promised", "grant.conditions", "steering", "payment.stops_when")),
    "binding": ("grant", {}, ("obligations", "exit.at_once", "payment.stops_when", "remedies")),
    "benefit": (
        "grant",
        {},
        ("duty.area", "if_stopped", "users.admitted_by", "activity.for", "previous.operation", "insats.offered"),
    ),
    "acquisition": ("grant", {}, ("need.defined_by", "service.promised", "grant.conditions", "previous.operation")),
    "consideration": ("purchase", {"payment.form": ["none"], "payments": []}, ("payment.form",)),
    "written": ("purchase", {"agreement.form": "oral_only"}, ("agreement.form",)),
    "supplier": ("purchase", {"partner.acts_as": "public_power"}, ("partner.acts_as",)),
}


def _status(found: Any, element: str) -> str:
    return next(e.status for e in found.regimes[0].elements if e.id == element)


@pytest.mark.parametrize("element", DENIALS)
def test_denied_on_documents(element: str, court: Court) -> None:
    base, answers, _ = DENIALS[element]
    assert _status(court.assess(base, answers, on="2025-09-01"), element) == "not_established"


@pytest.mark.parametrize(("element", "premise"), [(e, p) for e, (_, _, ps) in DENIALS.items() for p in ps])
@pytest.mark.parametrize("support", ["stated", "assumed", "unknown"])
def test_merely_stated_denial(element: str, premise: str, support: str, court: Court) -> None:
    """A premise of the denial that no paper shows: the element is not "not established"."""
    base, change, _ = DENIALS[element]
    answers = {**change, premise: change.get(premise, court.base(base)["facts"][premise])}
    answers[premise] = "unknown" if support == "unknown" else {support: answers[premise]}
    found = court.assess(base, answers, on="2025-09-01")
    assert _status(found, element) != "not_established"


@pytest.mark.parametrize("support", ["stated", "assumed"])
def test_a_grant_that_nobody_documents_is_not_low(support: str, court: Court) -> None:
    """All of it said and none of it shown."""
    facts = court.base("grant")["facts"]
    found = court.assess("grant", {q: {support: v} for q, v in facts.items() if not q.startswith("dates.")})
    assert found.regimes[0].klass != "low" and came_out(found) != ("no_contract",)


# -- two entries that disagree --


def test_disagreeing_entries_are_unknown(court: Court) -> None:
    """For every question with choices: the same result as not knowing, and a warning."""
    tried = 0
    base = court.base("purchase")["facts"]
    for question in court.knowledge.questions.values():
        if question.id not in base or question.type not in ("choice", "several", "yes_no"):
            continue
        options: list[Any] = [True, False] if question.type == "yes_no" else list(question.choices)[:2]
        entries = [{"value": [o] if question.type == "several" else o, "support": "stated"} for o in options]
        two = court.assess("purchase", {question.id: {"answers": entries}})
        none = court.assess("purchase", {question.id: "unknown"})
        assert question.id in [w.question for w in two.warnings], question.id
        assert (two.regimes[0].klass, two.regimes[0].band, came_out(two)) == (
            none.regimes[0].klass,
            none.regimes[0].band,
            came_out(none),
        ), question.id
        assert [(e.id, e.status) for e in two.regimes[0].elements] == [(e.id, e.status) for e in none.regimes[0].elements]
        tried += 1
    assert tried > 50


# -- tables --


def test_matrix_is_complete_and_monotone(court: Court) -> None:
    """More likely or graver is never a lower class, and every field has one."""
    result = court.knowledge.result
    assert tuple(result.classes) == CLASSES
    matrix = {int(likelihood): [CLASSES.index(c) for c in row] for likelihood, row in result.matrix.items()}
    assert sorted(matrix) == [1, 2, 3, 4] and all(len(row) == 4 for row in matrix.values())
    for likelihood, column in itertools.product(range(1, 5), range(4)):
        if likelihood < 4:
            assert matrix[likelihood][column] <= matrix[likelihood + 1][column]
        if column < 3:
            assert matrix[likelihood][column] <= matrix[likelihood][column + 1]
    assert [CLASSES[c] for c in matrix[1]] == ["low", "low", "low", "elevated"]
    assert [CLASSES[c] for c in matrix[2]] == ["elevated", "elevated", "high", "high"]
    assert [CLASSES[c] for c in matrix[3]] == ["elevated", "high", "high", "very_high"]
    assert [CLASSES[c] for c in matrix[4]] == ["high", "high", "very_high", "very_high"]


RAILS = ("for", "leans_for", "against", "leans_against", "denied")


def test_status_table(court: Court) -> None:
    """Every combination of the rails against what result.md says in words."""
    order = {"not_established": 0, "unknown": 1, "contested": 2, "established": 3}

    def given(rails: dict[str, bool]) -> str:
        for row in court.knowledge.result.status:
            if all(rails[name] == wanted for name, wanted in (row.when or {}).items()):
                return str(row.gives)
        raise AssertionError(rails)

    for values in itertools.product([False, True], repeat=5):
        rails = dict(zip(RAILS, values, strict=True))
        status = given(rails)
        pro, contra = rails["for"], rails["against"] or rails["denied"]
        if pro:
            assert status == ("contested" if contra else "established"), rails
        elif rails["leans_for"]:
            assert status == "contested", rails
        elif rails["denied"]:
            assert status == "not_established", rails
        elif rails["against"] or rails["leans_against"]:
            assert status == "contested", rails
        else:
            assert status == "unknown", rails
        if not rails["for"]:
            assert order[given({**rails, "for": True})] >= order[status]
        if not rails["denied"] and status != "unknown":
            assert order[given({**rails, "denied": True})] <= order[status]


@examples(100)
@given(data=st.data())
def test_each_purchase_fact_never_lowers(court: Court, data: st.DataObject) -> None:
    """From a grant towards a purchase, fact by fact on documents, the class never falls."""
    grant, purchase = court.base("grant")["facts"], court.base("purchase")["facts"]
    swap = [
        q
        for q in (
            "service.promised",
            "steering",
            "duty.area",
            "if_stopped",
            "users.admitted_by",
            "payment.stops_when",
            "payment.earmarked",
            "payment.basis",
            "obligations",
            "remedies",
            "need.defined_by",
            "activity.for",
            "partner.paid_for_such",
            "payment.covers",
        )
        if grant[q] != purchase[q]
    ]
    worth = bought(9_000_000, "other")
    some = data.draw(st.lists(st.sampled_from(swap), unique=True, max_size=len(swap) - 1))
    more = data.draw(st.sampled_from([q for q in swap if q not in some]))
    before = court.assess("grant", {**worth, **{q: purchase[q] for q in some}})
    after = court.assess("grant", {**worth, **{q: purchase[q] for q in [*some, more]}})
    assert CLASSES.index(after.regimes[0].klass) >= CLASSES.index(before.regimes[0].klass), (
        some,
        more,
        before.regimes[0].klass,
        after.regimes[0].klass,
    )


# -- coverage --


@pytest.mark.slow
def test_every_rule_fires_somewhere(court: Court) -> None:
    """A rule that no test case fires fails the build."""
    for scenario in law_tests():
        court.run(scenario)
    for case in sorted((ROOT / "cases").glob("*.yaml")):
        court.assess(case.stem)
    rules = {rule.id for issue in court.knowledge.issues.values() for rule in issue.rules}
    missing = sorted(rules - court.fired)
    print("\n".join(missing))
    assert not missing, "no law test or case fires: " + ", ".join(missing)
