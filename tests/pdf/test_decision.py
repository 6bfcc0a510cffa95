"""The record of a decision: accessible, complete, issued once, and silent about proposals."""

from dataclasses import replace

import pytest

from assessments.actions import issue_decision
from assessments.models import Decision
from assessments.outcome import decision_document
from cases.models import BodyPolicy
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Recommended
from induction_portal.documents.store import bytes_of
from tests.support.deciding import EXTENDS, bench
from tests.support.pdfs import assert_accessible
from tests.support.world_build import RENDERER

pytestmark = pytest.mark.django_db


def test_it_is_accessible_and_says_what_was_decided_and_why():
    case = bench(Recommended.EXTENSION)
    case.write("I was ill for half of the term", waives=True)
    made = case.decide(replace(EXTENDS, regard=True))
    assert list(decision_document.without_document()) == [made.pk]
    issue_decision(by=RENDERER, on=made.made_on, decision_id=made.pk)
    assert not decision_document.without_document()
    reader = assert_accessible(bytes_of(decision_document.issued(made)), title="Decision on statutory induction")
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for text in ("Extend the induction period", "1.5 full-time terms", "Illness", made.reasons, made.assessments,
                 case.cast.head.user.name, case.officer.user.name, "waived on", made.sha256[:8]):  # fmt: skip
        assert text in words.replace("- ", "-"), text
    assert "ill for half of the term" not in words  # what the ECT wrote is theirs and the body's
    assert "extend" not in decision_document.filename(made)


def test_it_is_issued_once_and_never_of_a_proposal():
    case = bench()
    day = case.completed_on
    BodyPolicy.objects.create(
        organisation=case.officer.organisation, number=1, starts_on=day, set_on=day, second_officer=True
    )
    proposed = case.decide(on=day)
    assert not decision_document.without_document()
    with pytest.raises(RuleBroken, match="once it is made"):
        issue_decision(by=RENDERER, on=day, decision_id=proposed.pk)
    assert Decision.objects.get().sha256 == ""
