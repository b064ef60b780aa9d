"""Amounts and days as intervals, and the arithmetic of formulas written as data."""
