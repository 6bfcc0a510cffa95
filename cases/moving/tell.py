"""Who is told when an ECT moves between appropriate bodies, and the words. No message names the teacher or says why."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from notifications import kinds, outbox

from ..models import Induction, RecordBundle, Release, ReleaseRequest
from ..people import headteachers, holders, tutors
from ..rules.mailing import Topic
from ..tell_changes import may_see_case, whose
from . import access

OF_REQUESTS = {
    "release_asked": "Another appropriate body asks you to release an ECT",
    "release_refused": "Your request for the release of an ECT was refused",
}
OF_RELEASES = {"release_given": "An ECT was released to you"}
OF_BUNDLES = {
    "record_handed_over": "The record of an ECT has been handed over to you",
    "record_received": "The record that you handed over has been received",
}
OF_CASES = {
    "ect_released": "An appropriate body has let an induction go",
    "release_undone": "A release was recorded by mistake and has been taken back",
    "ect_claimed": "Another appropriate body is now responsible for an induction",
}
BY_BODY = (Role.BODY_OFFICER, Role.BODY_ADMIN)


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    told = [(OF_REQUESTS, access.request), (OF_RELEASES, access.release), (OF_BUNDLES, access.bundle)]
    for subjects, find in told:
        may_see = access.may_see(find)
        kinds.register_all(subjects, "cases/messages", may_see=may_see, about=access.whose, topic=Topic.PEOPLE)
    kinds.register_all(OF_CASES, "cases/messages", may_see=may_see_case, about=whose, statutory=OF_CASES)


def asked(request: ReleaseRequest) -> None:
    """The body that has the ECT; nobody where no record fits."""
    if request.holder_id:
        url = reverse("cases:release_request", args=[request.pk])
        _to_body("release_asked", request.holder_id, request.pk, url, once=str(request.answer_by))


def refused(request: ReleaseRequest) -> None:
    """The body that asked."""
    url = reverse("cases:release_request", args=[request.pk])
    _to_body("release_refused", request.asker_id, request.pk, url)


def released(release: Release) -> None:
    """The ECT, whoever leads the induction at their school, and the next body where it is known."""
    _to_the_case("ect_released", release)
    given(release)


def given(release: Release) -> None:
    """The body that may now claim."""
    if release.to_id:
        _to_body("release_given", release.to_id, release.pk, reverse("cases:claim", args=[release.pk]))


def undone(release: Release) -> None:
    """The ECT and their school."""
    _to_the_case("release_undone", release)


def claimed(release: Release) -> None:
    """The ECT, their school, and the body that let them go."""
    _to_the_case("ect_claimed", release, left=False)
    url = reverse("cases:case", args=[release.induction_id])
    _to_body("ect_claimed", release.body_id, release.induction_id, url, once=f"{release.pk}")


def passed_on(bundle: RecordBundle) -> None:
    """The body that received a record and has to acknowledge it."""
    _to_body("record_handed_over", bundle.to_id, bundle.pk, _page_of(bundle))


def received(bundle: RecordBundle) -> None:
    """The body that handed it over."""
    _to_body("record_received", bundle.body_id, bundle.pk, _page_of(bundle))


def _page_of(bundle: RecordBundle) -> str:
    return reverse("cases:record_bundle", args=[bundle.pk])


def _to_body(kind: str, body_id: UUID, subject_id: UUID, url: str, once: str = "once") -> None:
    people: QuerySet[User] = holders(body_id, *BY_BODY, on=clock.today())
    outbox.queue(kind, to=people, subject_id=subject_id, organisation_id=body_id, url=url, once=once)


def _to_the_case(kind: str, release: Release, *, left: bool = True) -> None:
    """`left` where the school that the ECT has left is told too: what comes after its last day is others' business."""
    induction = release.induction
    outbox.queue(
        kind,
        to=_of_the_case(induction, release if left else None),
        subject_id=induction.pk,
        organisation_id=release.body_id,
        url=reverse("cases:move", args=[induction.pk]),
        once=f"{release.pk}",
    )


def _of_the_case(induction: Induction, release: Release | None) -> Iterable[User]:
    people = {*(headteachers(release.school_id) if release else ()), induction.teacher.user}
    for placement in induction.placements.exclude(ends_on__lt=clock.today()):
        people |= {*tutors(placement), *headteachers(placement.school_id)}
    return [user for user in people if user is not None]
