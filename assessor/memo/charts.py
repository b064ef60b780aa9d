"""The memo's two drawings, as SVG with a text alternative.

The alternative stands in ``title``, which is what a PDF takes it from, and again in ``desc``. Shapes differ,
not only colours, so that a print in grey says the same.
"""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from assessor.assessment.models import Band, Class, Fee
from assessor.memo.formats import Formats
from assessor.memo.wording import layout

INK, MUTED, RULE = "#1d2530", "#55606e", "#b8c0ca"
CLASS_COLOURS = {"low": "#2f6b4f", "elevated": "#8a6410", "high": "#a8451c", "very_high": "#7d1620"}
_FONT = 'font-family="Source Sans 3"'


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
