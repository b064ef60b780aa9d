"""Exact matching of three-valued rules: one form, two evaluators, one answer."""
