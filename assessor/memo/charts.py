"""The memo's drawings, as SVG with a text alternative.

The alternative stands in ``title``, which is what a PDF takes it from, and again in ``desc``. Shapes differ,
not only colours, so that a print in grey says the same.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from assessor.assessment.models import Assessment, Band, Class, DeadlineResult, Fee
from assessor.memo.formats import Formats
from assessor.memo.wording import layout

INK, MUTED, RULE = "#1d2530", "#55606e", "#b8c0ca"
CLASS_COLOURS = {"low": "#2f6b4f", "elevated": "#8a6410", "high": "#a8451c", "very_high": "#7d1620"}
_FONT = 'font-family="Source Sans 3"'
#: How a bar of the timeline is drawn, as fill and outline: filled while the time is open, hollow when it has run out.
_BARS = {
    "yes": (CLASS_COLOURS["high"], f' stroke="{INK}" stroke-width="0.9"'),
    "no": ("#ffffff", f' stroke="{INK}" stroke-width="0.9"'),
    "unknown": ("#ffffff", f' stroke="{INK}" stroke-width="0.9" stroke-dasharray="2.5 2"'),
}
#: Characters in a line of a label of the timeline.
_LABEL = 42


def _svg(width: int, height: int, alternative: str, body: list[str]) -> Markup:
    text = escape(alternative)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{text}</title><desc>{text}</desc>{''.join(body)}</svg>"
    )


def _text(x: float, y: float, text: str, *, size: float = 9, anchor: str = "start", fill: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(text)}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{extra}/>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}"/>'


def class_gauge(klass: Class, band: Band, formats: Formats) -> Markup:
    """The class on the scale from low to very high, with the band as a bracket below."""
    names, order = formats.words["classes"], list(layout()["classes"])
    alternative = formats.words["summary"]["band_alt"].format(
        klass=names[klass].lower(), best=names[band.best].lower(), worst=names[band.worst].lower()
    )
    step, gap, body = 110, 4, []
    for position, name in enumerate(order):
        x, chosen = position * (step + gap), name == klass
        fill = CLASS_COLOURS[name] if chosen else "#ffffff"
        edge = CLASS_COLOURS[name] if chosen else RULE
        body.append(_rect(x + 0.5, 0.5, step - 1, 25, fill, f' stroke="{edge}" stroke-width="1"'))
        body.append(
            _text(x + step / 2, 17, names[name], size=11, anchor="middle", fill="#ffffff" if chosen else MUTED, bold=chosen)
        )
    start = order.index(band.best) * (step + gap)
    end = order.index(band.worst) * (step + gap) + step
    body += [_line(start + 1, 33, end - 1, 33, INK, 1.6), _line(start + 1, 29.5, start + 1, 36.5, INK, 1.6)]
    body.append(_line(end - 1, 29.5, end - 1, 36.5, INK, 1.6))
    return _svg(4 * step + 3 * gap, 38, alternative, body)


def fee_scale(fee: Fee, formats: Formats) -> Markup:
    """Decided fines as shares of the maximum in each case, with this case's amounts on the same axis."""
    words, calibration, benchmark = formats.words["exposure"], fee.calibration, fee.benchmark
    left, right, top = 8.0, 472.0, 30.0
    width = right - left

    def at(share: float) -> float:
        return left + width * share

    ceiling = fee.ceiling_sek if isinstance(fee.ceiling_sek, int) else None
    name = benchmark.name.get(formats.language)
    middle = width * (calibration.upper_quartile - calibration.lower_quartile)
    body = [
        _line(at(calibration.smallest), top, at(calibration.greatest), top, MUTED, 2),
        _rect(at(calibration.lower_quartile), top - 7, middle, 14, "#c9d6e4", f' stroke="{MUTED}" stroke-width="0.8"'),
    ]
    body += [_line(at(share), top - 4.5, at(share), top + 4.5, INK, 1.1) for *_, share in calibration.cases]
    label = f"{name}: {formats.money(benchmark.fee_sek)} ({formats.share(benchmark.share)})"
    body += [
        f'<path d="M {at(benchmark.share):.1f} {top - 10:.1f} l -4.5 -8 h 9 z" fill="{CLASS_COLOURS["very_high"]}"/>',
        _text(at(benchmark.share), 9, label, size=8.5, anchor="middle" if benchmark.share < 0.8 else "end", bold=True),
    ]
    axis = top + 22
    body.append(_line(left, axis, right, axis, INK, 0.9))
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        anchor = "start" if tick == 0 else "end" if tick == 1 else "middle"
        body += [_line(at(tick), axis, at(tick), axis + 4, INK, 0.9)]
        body.append(_text(at(tick), axis + 14, formats.share(tick), size=8.5, anchor=anchor, fill=MUTED))
        if ceiling is not None:
            amount = formats.money(round(ceiling * tick))
            body.append(_text(at(tick), axis + 26, amount, size=8.5, anchor=anchor, bold=tick == 1))
    if ceiling is None:
        body.append(_text(right, axis + 26, formats.money(fee.ceiling_sek), size=8.5, anchor="end", bold=True))
    height = int(axis + 31)
    shares = {
        "lower": formats.share(calibration.lower_quartile),
        "upper": formats.share(calibration.upper_quartile),
        "smallest": formats.share(calibration.smallest),
        "greatest": formats.share(calibration.greatest),
        "median": formats.share(calibration.median),
    }
    alternative = words["scale_alt"].format(
        benchmark=name,
        benchmark_fee=formats.money(benchmark.fee_sek),
        benchmark_ceiling=formats.money(benchmark.ceiling_sek),
        benchmark_share=formats.share(benchmark.share),
        **shares,
    )
    if ceiling is not None:
        alternative += words["scale_alt_money"].format(
            ceiling=formats.money(ceiling),
            likely=formats.span(fee.likely_low_sek, fee.likely_high_sek),
            outer=formats.span(fee.outer_low_sek, fee.outer_high_sek),
        )
    return _svg(480, height, alternative, body)


def risk_matrix(assessment: Assessment, formats: Formats) -> Markup:
    """The regimes on the table of likelihood and consequence, each by its number in the list of regimes."""
    words, language = formats.words["matrix"], formats.language
    cell, left, top = 62, 40, 4
    body: list[str] = []
    placed: dict[tuple[int, int], list[str]] = {}
    told = []
    for number, regime in enumerate(assessment.regimes, start=1):
        placed.setdefault((regime.likelihood.level, regime.consequence.level), []).append(str(number))
        told.append(
            words["place"].format(
                number=number,
                name=regime.name.get(language),
                likelihood=regime.likelihood.level,
                consequence=regime.consequence.level,
            )
        )
    for likelihood, row in enumerate(assessment.matrix, start=1):
        y = top + (4 - likelihood) * 26
        body.append(_text(left - 8, y + 17, str(likelihood), size=9, anchor="end", fill=MUTED))
        for consequence, klass in enumerate(row, start=1):
            x = left + (consequence - 1) * cell
            here = placed.get((likelihood, consequence), [])
            tint = f' fill-opacity="{0.9 if here else 0.16}" stroke="#ffffff" stroke-width="1"'
            body.append(_rect(x, y, cell, 26, CLASS_COLOURS[klass], tint))
            if here:
                body.append(_text(x + cell / 2, y + 17, ", ".join(here), size=11, anchor="middle", fill="#ffffff", bold=True))
    for consequence in range(1, 5):
        middle = left + (consequence - 0.5) * cell
        body.append(_text(middle, top + 4 * 26 + 12, str(consequence), size=9, anchor="middle", fill=MUTED))
    body.append(_text(left + 2 * cell, top + 4 * 26 + 24, words["consequence"], size=9, anchor="middle"))
    centre = top + 2 * 26
    body.append(
        f'<text x="12" y="{centre}" {_FONT} font-size="9" text-anchor="middle" fill="{INK}" '
        f'transform="rotate(-90 12 {centre})">{escape(words["likelihood"])}</text>'
    )
    return _svg(left + 4 * cell + 4, top + 4 * 26 + 30, words["alt"].format(places=" ".join(told)), body)


def timeline(deadlines: Sequence[DeadlineResult], as_of: dt.date, formats: Formats) -> Markup | None:
    """The deadlines whose days are known, on one axis with the as-of day; None where there are none."""
    words, language = formats.words["deadlines"], formats.language
    known = []
    for deadline in deadlines:
        start, end = _day_of(deadline.starts), _day_of(deadline.ends)
        if deadline.applies != "no" and start is not None and end is not None and start < end:
            known.append((start, end, deadline))
    if not known:
        return None
    first = min(as_of, *(start for start, _, _ in known))
    last = max(as_of, *(end for _, end, _ in known))
    left, width = 184.0, 288.0
    span = max(1, (last - first).days)

    def at(day: dt.date) -> float:
        return left + width * (day - first).days / span

    body: list[str] = []
    told = []
    y = 6.0
    for start, end, deadline in known:
        name = deadline.name.get(language)
        lines = textwrap.wrap(name, _LABEL)
        body += [_text(left - 8, y + 9 + 10 * place, line, size=8.5, anchor="end") for place, line in enumerate(lines)]
        middle = y + 5 * (len(lines) - 1)
        body.append(_rect(at(start), middle + 2, max(2.0, at(end) - at(start)), 9, *_BARS[deadline.open]))
        state = formats.words["window"][deadline.open].lower()
        until = f"{formats.day(end.isoformat())}, {state}"
        told.append(words["bar"].format(name=name, start=formats.day(start.isoformat()), end=until))
        y += 10 * len(lines) + 7
    bottom = y + 2
    body += [_line(left, bottom, left + width, bottom, INK, 0.9), _line(at(as_of), 2, at(as_of), bottom + 4, INK, 1.2)]
    anchor = "end" if at(as_of) > left + width / 2 else "start"
    body.append(
        _text(at(as_of), bottom + 14, words["today_mark"].format(day=as_of.isoformat()), size=8.5, anchor=anchor, bold=True)
    )
    for day, side in ((first, "start"), (last, "end")):
        if abs(at(day) - at(as_of)) > 110:
            body.append(_text(at(day), bottom + 14, day.isoformat(), size=8.5, anchor=side, fill=MUTED))
    body += _key(left, bottom + 22, {deadline.open for *_, deadline in known}, formats)
    alternative = words["timeline_alt"].format(as_of=formats.date(as_of), bars=" ".join(told))
    return _svg(480, int(bottom + 34), alternative, body)


def _key(x: float, y: float, states: set[str], formats: Formats) -> list[str]:
    """How the bars of a timeline are drawn, for the states there are."""
    body = []
    for state, drawn in _BARS.items():
        if state in states:
            name = formats.words["window"][state].lower()
            body += [_rect(x + 0.5, y, 16, 8, *drawn), _text(x + 21, y + 7, name, size=8.5, fill=MUTED)]
            x += 34 + 5 * len(name)
    return body


def _day_of(text: str | None) -> dt.date | None:
    """A day known to the day; None for a month, a year or an interval."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
