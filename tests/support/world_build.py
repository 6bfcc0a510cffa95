"""What happens in the world: every row of it written by the actions and pages that write it in the portal."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.content import Answers
from assessments.models import ProgressReview
from cases.actions import accept, appoint, end_body_period, end_placement, hand_over, link_record, register
from cases.actions.appointments import Terms
from cases.actions.registration import NewPost, NewTeacher
from cases.models import Appointment, Induction
from cases.rules.reviews import Target
from cases.rules.standards import Rating, Standard
from induction_portal.accounts.viewer import System
from induction_portal.govuk.words import day
from tests.support import world_appeals, world_papers, world_plans
from tests.support.visitors import Visitor
from tests.support.world import SCHOOLS, Canary, Case, Review, World
from tests.support.world_absences import record_absences
from tests.support.world_assessments import assess
from tests.support.world_bundle import ask_for_bundles
from tests.support.world_calendars import set_school_years, set_windows
from tests.support.world_confirming import decline, join
from tests.support.world_csv import tell_the_national_service
from tests.support.world_deciding import END, READY, decide_some
from tests.support.world_duties import report_start
from tests.support.world_evidence import gather_evidence
from tests.support.world_exempting import exempt_one
from tests.support.world_feed import ask_and_subscribe
from tests.support.world_following import follow
from tests.support.world_inputs import ask_colleagues
from tests.support.world_invited import invite_people, invite_to_record
from tests.support.world_letters import know_letters
from tests.support.world_levels import climb, hear_concerns
from tests.support.world_mail import lose_mail
from tests.support.world_moves import LET_GO, Moves, move_in_an_extension
from tests.support.world_notices import give_notice
from tests.support.world_paper import assess_on_paper
from tests.support.world_people import People
from tests.support.world_policies import settle_policies
from tests.support.world_quality import assure_quality
from tests.support.world_reducing import shorten
from tests.support.world_registrations import register_some
from tests.support.world_reminders import remind_some
from tests.support.world_service import tell_of_service
from tests.support.world_timetables import record_timetables

RENDERER = System("document renderer")
HELD = {1: 100, 2: 200, 4: 380}  # days after the start


class Builder:
    """Makes the world of a day."""

    def __init__(self, today: date) -> None:
        self.world = World(today)
        self.people = People(self.world)
        self.start = today - timedelta(days=560)
        self.inductions: dict[str, Induction] = {}

    def build(self) -> World:
        """Everything. The caller holds the transaction."""
        self.people.settle()
        settle_policies(self.people)
        for number, school in enumerate(SCHOOLS):
            self._case(school, school, number)
            self._usual_reviews(school)
            self._know(school, {school})
        report_start(self.world, self.people, self.inductions["elm"])
        self._move("moved", "oak", number=3, handed_over=True)
        self._move("left", "elm", number=4, handed_over=False)
        register_some(self.world, self.people)
        self._join("joined", "oak", number=5)
        decline(self.world, self.people)
        self._between_bodies()
        invite_people(self.world, self.people)
        self._invite("invited", "harbour", number=6)
        self._without_sign_in("paper", "harbour", number=15)
        self._case("climbing", "oak", 18)
        self._know("climbing", {"oak"}, now="oak")
        self._case(world_plans.CASE, "oak", world_plans.NUMBER)
        self._know(world_plans.CASE, {"oak"}, now="oak")
        self._case(world_papers.CASE, "oak", world_papers.NUMBER)
        self._know(world_papers.CASE, {"oak"}, now="oak")
        self._complete("ended", "oak", number=13, days=END)
        self._complete("ready", "harbour", number=14, days=READY)
        self._complete(world_appeals.CASE, "harbour", number=19, days=world_appeals.BEGAN)
        tell_of_service(self.world, self.people)
        record_absences(self.world, self.people)
        assess_on_paper(self.world, self.people, self.start)
        assess(self.world, self.people, self.start)
        know_letters(self.world, self.people)
        decide_some(self.world, self.people)
        give_notice(self.world, self.people)
        world_appeals.appeal(self.world, self.people)
        record_timetables(self.world, self.people)
        gather_evidence(self.world, self.people)
        ask_colleagues(self.world, self.people)
        set_school_years(self.world, self.people)
        set_windows(self.world, self.people)
        tell_the_national_service(self.world, self.people)
        self._drafts()
        self._visits()
        climb(self.world, self.people)
        hear_concerns(self.world, self.people)
        world_plans.carry_out(self.world, self.people)
        follow(self.world, self.people)
        world_papers.sign_some(self.world, self.people)
        shorten(self.world, self.people)
        exempt_one(self.world, self.people)
        ask_for_bundles(self.world, self.people)
        assure_quality(self.world, self.people)
        ask_and_subscribe(self.world, self.people)
        remind_some(self.inductions["elm"])
        lose_mail(self.world, self.people)
        return self.world

    # Cases

    def _case(self, key: str, school: str, number: int, *, signs_in: bool = True) -> None:
        name, trn, born = f"Zq{key.title()}ect Surname", f"40000{number:02}", date(1990 + number, 2, 3)
        people, at = self.people, self.people.organisations
        self.inductions[key] = register(
            by=people.acting(f"school_admin@{school}", self.start),
            on=self.start,
            school=at[school],
            body=at[SCHOOLS[school]],
            teacher=NewTeacher(trn, name, born, self.start - timedelta(days=50)),
            post=NewPost(self.start, self.start),
        )
        if signs_in:
            by, ect = people.acting(f"school_admin@{school}"), people.teacher(key, name)
            link_record(by=by, on=self.start, induction=self.inductions[key], user=ect)
        self._responsible(key, SCHOOLS[school], self.start)
        self._appoint(key, school, self.start)
        for text, kind in ((f"Zq{key.title()}ect", "case"), (trn, "case"), (day(born), "dob")):
            self.world.canaries.append(Canary(text, kind, key))

    def _responsible(self, key: str, body: str, since: date) -> None:
        people = self.people
        officer = people.users[f"body_officer@{body}"]
        by = people.acting(f"body_officer@{body}", since)
        accept(by=by, on=since, induction=self.inductions[key], body=by.organisation, officer=officer, starts_on=since)

    def _appoint(self, key: str, school: str, since: date) -> None:
        by = self.people.acting(f"headteacher@{school}", since)
        placement = self.inductions[key].placements.get(school=by.organisation)
        for kind, role in ((Appointment.Kind.MENTOR, "mentor"), (Appointment.Kind.TUTOR, "induction_tutor")):
            user = self.people.users[f"{role}@{school}"]
            appoint(by=by, on=since, placement=placement, kind=kind, user=user, starts_on=since, terms=Terms(60))

    def _move(self, key: str, old: str, *, number: int, handed_over: bool) -> None:
        """An ECT who began at one school and went on at Harbour, with another body; records handed over, or not."""
        self._case(key, old, number)
        for review in (1, 2) if handed_over else (1,):
            self._submit(key, old, review)
        today, people, at = self.world.today, self.people, self.people.organisations
        last, since = today - timedelta(days=150), today - timedelta(days=140)
        head, officer = people.acting(f"headteacher@{old}", last), people.acting(f"body_officer@{SCHOOLS[old]}", last)
        induction = self.inductions[key]
        end_placement(by=head, on=last, placement=induction.placements.get(), last_day=last)
        end_body_period(by=officer, on=last, period=induction.body_periods.get(), last_day=last)
        teacher = induction.teacher
        register(
            by=people.acting("school_admin@harbour", since),
            on=since,
            school=at["harbour"],
            body=at["south"],
            teacher=NewTeacher(teacher.trn, teacher.name, teacher.date_of_birth, teacher.qts_on),
            post=NewPost(since, since),
        )
        self._responsible(key, "south", since)
        self._appoint(key, "harbour", since)
        if handed_over:
            hand_over(by=head, on=since, induction=induction, to=at["harbour"], reason="Induction goes on there")
            hand_over(by=officer, on=since, induction=induction, to=at["south"], reason="Induction goes on there")
            self._submit(key, "harbour", 4, held=self.world.today - timedelta(days=30))
        self._know(key, {old, "harbour"}, now="harbour", shared={"harbour", "south"} if handed_over else set())

    def _invite(self, key: str, school: str, *, number: int) -> None:
        """An ECT who has not accepted the invitation to their own record yet."""
        self._case(key, school, number, signs_in=False)
        invite_to_record(self.world, self.people, self.inductions[key], school)
        self._know(key, {school}, now=school)

    def _without_sign_in(self, key: str, school: str, *, number: int) -> None:
        """An ECT whom nobody has invited to their own record."""
        self._case(key, school, number, signs_in=False)
        self._know(key, {school}, now=school)

    def _complete(self, key: str, school: str, *, number: int, days: int) -> None:
        """An ECT who began so many days ago that their induction is complete."""
        usual, self.start = self.start, self.world.today - timedelta(days=days)
        self._case(key, school, number)
        self.start = usual
        self._know(key, {school}, now=school)

    def _join(self, key: str, first: str, *, number: int) -> None:
        """An ECT whom a second school of the same body registered as well."""
        self._case(key, first, number)
        self._submit(key, first, 1)
        join(self.world, self.people, self.inductions[key])
        self._know(key, {first, "elm"}, now=first, joined={"elm"})

    def _between_bodies(self) -> None:
        """ECTs who are asked for, let go and taken on by another body, or move in an extension."""
        for number, key in enumerate(LET_GO, 7):
            self._case(key, "elm", number, signs_in=False)
        Moves(self.world, self.people, self.inductions).happen()
        self._case("stretched", "oak", 12, signs_in=False)
        move_in_an_extension(self.world, self.people, self.inductions["stretched"], self._appoint, self.start)
        for key in LET_GO:
            self._know(key, {"elm"}, now="elm")
        self._know("stretched", {"oak", "elm"}, now="elm")
        Moves(self.world, self.people, self.inductions).know()

    # Reviews

    def _usual_reviews(self, key: str) -> None:
        """Three: returned, corrected and accepted; returned; submitted. Each commented on."""
        people, today, body = self.people, self.world.today, SCHOOLS[key]
        officer = people.acting(f"body_officer@{body}")
        for number in HELD:
            review = self._submit(key, key, number)
            if number in (1, 2):
                comments = self._canary("returned", key, number)
                actions.return_(by=officer, on=today, review=review, version=1, comments=comments)
            if number == 1:
                answers = self._answers(key, number, review.held_on, version=2)
                actions.correct(
                    by=people.acting(f"induction_tutor@{key}"), on=today, review=review, version=1, answers=answers
                )
                actions.accept(by=officer, on=today, review=review, version=2)
            ect = people.acting(f"ect@{key}")
            actions.comment(by=ect, on=today, review=review, text=self._canary("comment", key, number))
            if number != 4:
                actions.acknowledge(by=ect, on=today, review=review)
            if number == 1:
                actions.issue_review(by=RENDERER, on=today, review_id=review.pk)

    def _submit(self, key: str, school: str, number: int, held: date | None = None) -> ProgressReview:
        by = self.people.acting(f"induction_tutor@{school}")
        placement = self.inductions[key].placements.get(school=by.organisation)
        held = held or self.start + timedelta(days=HELD[number])
        return actions.submit(by=by, on=self.world.today, placement=placement, answers=self._answers(key, number, held))

    def _answers(self, key: str, number: int, held: date, version: int = 1) -> Answers:
        def canary(place: str) -> str:
            return self._canary(f"{place}v{version}", key, number)

        low = {Standard.TS7: Rating.CONCERN} if number != 4 else {}
        return Answers(
            held_on=held,
            present=("ect", "reviewer"),
            others_present=canary("others"),
            on_track=number != 1,
            evidence=canary("evidence"),
            ratings=dict.fromkeys(Standard, Rating.SECURE) | low,
            targets=(Target(canary("target"), Standard.TS1, held + timedelta(days=60), canary("success")),),
            statements={standard: canary("statement") for standard in low},
            previous_targets=canary("previous"),
            no_concern_reason=canary("reason") if number == 2 else "",
            support_outline=canary("support") if number == 1 else "",
        )

    def _canary(self, place: str, key: str, number: int) -> str:
        text = f"zq{place}{key}{number}zq"
        self.world.canaries.append(Canary(text, "review", f"{key}{number}"))
        return text

    # Work under way

    def _drafts(self) -> None:
        """Somebody's unfinished text on every page that keeps it, posted as their browser posts it."""
        for key in SCHOOLS:
            case, review = self.world.cases[key], self.world.reviews[f"{key}4"]
            new = reverse("assessments:new_review", args=[case.id])
            self._draft(f"induction_tutor@{key}", new, "evidence")
            self._draft(f"ect@{key}", reverse("assessments:comments", args=[review.id]), "text")
            self._draft(f"body_officer@{SCHOOLS[key]}", reverse("assessments:return", args=[review.id]), "comments")

    def _draft(self, author: str, address: str, name: str) -> None:
        text = f"zqdraft{author.replace('@', '').replace('_', '')}{name}{len(self.world.canaries)}zq"
        visitor = Visitor(self.world.people[author], Client())
        data: dict[str, Any] = {name: text, "save_draft": "1"}
        assert visitor.post(address, data).status_code == 302
        self.world.canaries.append(Canary(text, "draft", author))

    def _visits(self) -> None:
        """Somebody opens a record, and somebody answers a form, by their browsers."""
        review = self.world.reviews["elm4"]
        ect = Visitor(self.world.people["ect@elm"], Client())
        assert ect.get(reverse("assessments:review", args=[review.id])).status_code == 200
        assert ect.post(reverse("assessments:acknowledgement", args=[review.id])).status_code == 302
        officer = Visitor(self.world.people["body_officer@north"], Client())
        assert officer.get(reverse("assessments:review", args=[review.id])).status_code == 200

    # Facts

    def _know(
        self,
        key: str,
        schools: set[str],
        *,
        now: str = "",
        shared: set[str] = frozenset(),
        joined: set[str] = frozenset(),
    ) -> None:
        now, induction = now or key, self.inductions[key]
        self.world.cases[key] = Case(
            key,
            induction.pk,
            ect=f"ect@{key}",
            schools=frozenset(schools),
            bodies=frozenset(SCHOOLS[school] for school in schools),
            mentors=frozenset({f"mentor@{school}" for school in {now} | joined}),
            tutors=frozenset({f"induction_tutor@{school}" for school in {now} | joined}),
            now=now,
            responsible=SCHOOLS[now],
            joined=frozenset(joined),
        )
        places = {pk: place for place, pk in self.world.places.items()}
        for review in ProgressReview.objects.filter(induction=induction):
            school, body = places[review.school_id], places[review.body_id]
            given = frozenset(shared) if school != now else frozenset()
            told = Review(f"{key}{review.number}", review.pk, key, school, body, given, review.status, review.latest)
            self.world.reviews[told.key] = told
