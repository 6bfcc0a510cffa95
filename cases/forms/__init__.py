from .filters import CaseFilter

__all__ = ["CaseFilter"]
