"""Bundles of a case and their pieces, without the actions."""

import hashlib
from datetime import date

from factory import SubFactory
from factory.django import DjangoModelFactory

from assessments.models import BundlePiece, CaseBundle

from .accounts import BodyFactory, UserFactory
from .cases import InductionFactory


class CaseBundleFactory(DjangoModelFactory):
    """One that has been asked for."""

    class Meta:
        model = CaseBundle

    induction = SubFactory(InductionFactory)
    body = SubFactory(BodyFactory)
    number = 1
    purpose = "appeal"
    with_earlier = False
    asked_by = SubFactory(UserFactory)
    asked_on = date(2026, 7, 10)


class BundlePieceFactory(DjangoModelFactory):
    """A chapter that has not been made."""

    class Meta:
        model = BundlePiece

    bundle = SubFactory(CaseBundleFactory)
    place = 1
    title = "Chronology"
    chapter = "Chronology"
    content = "[]"
    sha256 = hashlib.sha256(b"[]").hexdigest()
