"""Links for one's own calendar, and what a body asked a school for, without the actions."""

import hashlib
from datetime import date

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import Chase, ChasedStep, FeedLink, FeedRead

from .accounts import SchoolFactory, UserFactory
from .cases import PlacementFactory

ASKED, DUE = date(2026, 11, 9), date(2026, 11, 2)


class FeedLinkFactory(DjangoModelFactory):
    class Meta:
        model = FeedLink

    user = SubFactory(UserFactory)
    organisation = SubFactory(SchoolFactory)
    digest = Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    made_on = ASKED


class FeedReadFactory(DjangoModelFactory):
    class Meta:
        model = FeedRead

    link = SubFactory(FeedLinkFactory)


class ChaseFactory(DjangoModelFactory):
    class Meta:
        model = Chase

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    sent_by = SubFactory(UserFactory)
    sent_on = ASKED


class ChasedStepFactory(DjangoModelFactory):
    class Meta:
        model = ChasedStep

    chase = SubFactory(ChaseFactory)
    induction = SelfAttribute("chase.induction")
    kind = "progress_review"
    says = "Progress review 1"
    due_on = DUE
    sent_on = SelfAttribute("chase.sent_on")
