"""From a case to its assessment."""

from assessor.assessment.assess import Assessor, assess
from assessor.assessment.models import Assessment

__all__ = ["Assessment", "Assessor", "assess"]
