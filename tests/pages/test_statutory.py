"""Pages of the bundle, of a shorter induction and of an exemption, as each of them goes through them."""

from django.urls import reverse

from assessments.actions import give_up_bundle, issue_bundle
from assessments.bundle import making
from assessments.bundle.printing import Printed
from assessments.models import BundlePiece, CaseBundle, Reduction
from cases.models import Induction
from induction_portal.accounts.viewer import System
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_exempting import exempt_answers, search_answers

MAKER = System("bundle maker")
ASKED = {"purpose": "appeal", "with_earlier": "no"}


def visitor(world, key):
    return Visitor(world.people[key])


def at(name, key, world):
    return reverse(f"assessments:{name}", args=[world.cases[key].id])


def html(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_an_officer_asks_looks_again_and_downloads(world):
    officer, address = visitor(world, "body_officer@north"), at("bundles", "elm", world)
    assert "Case bundle" in html(officer.get(reverse("cases:case", args=[world.cases["elm"].id])))
    asked = officer.post(address, ASKED)
    again = officer.post(address, ASKED)
    assert asked.status_code == again.status_code == 302
    assert asked["Location"] == again["Location"], "Two clicks are one bundle"
    bundle = CaseBundle.objects.get(induction=world.cases["elm"].id)
    assert "has not been begun" in html(officer.get(asked["Location"]))
    making.step(bundle.pk)
    BundlePiece.objects.filter(bundle=bundle, place__lte=2).update(pages=3, pdf=b"%PDF")
    page = html(officer.get(asked["Location"]))
    assert f"2 of {bundle.pieces.count() + 1} steps are done" in page
    assert "Look again" in page
    assert "http-equiv" not in page
    document = reverse("assessments:bundle_document", args=[bundle.pk])
    assert officer.get(document)["Location"] == asked["Location"]
    assert "is being made" in html(visitor(world, "body_admin@north").get(address))
    BundlePiece.objects.filter(bundle=bundle).update(pages=2)
    printed = Printed(b"%PDF-1.7 whole", 3 + 2 * bundle.pieces.count(), "a" * 64)
    issue_bundle(by=MAKER, on=world.today, bundle_id=bundle.pk, printed=printed)
    page = html(officer.get(asked["Location"]))
    assert "Download the bundle" in page
    assert "Chronology" in page
    assert officer.get(document).content == b"%PDF-1.7 whole"
    assert str(printed.pages) in html(officer.get(address))


def test_a_bundle_that_could_not_be_made_says_what_to_do(world):
    kept = world.bundles["bundle@joined"]
    give_up_bundle(by=MAKER, on=world.today, bundle_id=kept.id)
    officer = visitor(world, "body_officer@north")
    assert "Ask for it again" in html(officer.get(reverse("assessments:bundle", args=[kept.id])))
    assert "Could not be made" in html(officer.get(at("bundles", "joined", world)))


def test_a_bundle_is_its_bodys_alone(world):
    address = reverse("assessments:bundle", args=[world.bundles["bundle@joined"].id])
    for key, status in (("body_officer@south", 404), ("headteacher@elm", 404), ("body_contact@north", 403)):
        assert visitor(world, key).get(address).status_code == status, key
    for key in ("headteacher@elm", "ect@elm", "body_contact@north"):
        assert visitor(world, key).get(at("bundles", "elm", world)).status_code == 403, key


def test_a_shorter_induction_from_the_asking_to_the_decision(world):
    row = Reduction.objects.get(pk=world.reductions["moved"].id)
    ect, officer = visitor(world, "ect@moved"), visitor(world, "body_officer@south")
    assert "Answer whether you agree" in html(ect.get(reverse("home")))
    answer = reverse("assessments:answer_reduction", args=[row.pk])
    page = Page(html(ect.get(answer)))
    assert ect.post(answer, page.data | {"agrees": "yes"}).status_code == 302
    assert "Decide on a shorter induction" in html(officer.get(reverse("home")))
    decision = reverse("assessments:decide_reduction", args=[row.pk])
    shown = html(officer.get(decision))
    assert "If this is granted, it ends" in shown
    told = Page(shown).data | {"grant": "yes", "reason": "The Standards are met"}
    assert "Select whether you are satisfied" in officer.post(decision, told).content.decode()
    assert officer.post(decision, told | {"standards_met": "yes"}).status_code == 302
    assert Induction.objects.get(pk=row.induction_id).required_terms == row.terms
    assert "Granted by the appropriate body" in html(ect.get(at("reductions", "moved", world)))
    assert officer.get(decision).status_code == 302, "It is not waiting any more"


def test_a_headteacher_sees_what_is_wrong_with_a_length(world):
    head, address = visitor(world, "headteacher@harbour"), at("ask_reduction", "invited", world)
    told = {"kind": "part_time_early", "terms": "5.9", "standards_met": "yes", "advice": "Ready"}
    shown = head.post(address, Page(html(head.get(address))).data | told).content.decode()
    assert "Only an ECT who works part time" in shown
    assert 'value="5.9"' in shown
    assert visitor(world, "induction_tutor@harbour").get(address).status_code == 403


def test_lost_records_from_the_search_to_the_exemption(world):
    officer, address = visitor(world, "body_admin@north"), at("exemption", "oak", world)
    assert "No search" in html(officer.get(address))
    assert at("exempt", "oak", world) not in html(officer.get(address))
    search, decide = at("search_trail", "oak", world), at("exempt", "oak", world)
    assert officer.post(search, _typed(search_answers(world.today))).status_code == 302
    refused = officer.post(decide, _typed(exempt_answers(world.today)) | {"satisfactory": "no"})
    assert "only if the appraisal report shows" in refused.content.decode()
    assert officer.post(decide, _typed(exempt_answers(world.today)) | {"satisfactory": "yes"}).status_code == 302
    page = html(officer.get(address))
    assert "The ECT is exempt" in page
    assert search not in page
    case = html(visitor(world, "induction_tutor@oak").get(reverse("cases:case", args=[world.cases["oak"].id])))
    assert "Exempt" in case
    assert "decided that the ECT is exempt" in case
    assert visitor(world, "body_contact@north").get(decide).status_code == 403


def _typed(answers) -> dict[str, str]:
    """Answers as a page sends them."""
    sent = {}
    for name, value in answers.items():
        if hasattr(value, "year"):
            sent |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            sent[name] = str(value)
    return sent
