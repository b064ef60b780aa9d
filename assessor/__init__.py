"""Legal-risk assessment of idéburna offentliga partnerskap (IOP).

The package is the machine: it reads the law from ``rules/``, a case from a YAML file, reasons in
three values (true, false, unknown) and writes an assessment and a memo. It knows no law itself.
"""

__version__ = "0.1.0"
