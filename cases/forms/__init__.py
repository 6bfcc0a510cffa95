from .filters import CaseFilter
from .registration import RegistrationFilter, RegistrationForm, WithdrawalForm

__all__ = ["CaseFilter", "RegistrationFilter", "RegistrationForm", "WithdrawalForm"]
