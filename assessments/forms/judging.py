"""How one Standard is judged on the form of an assessment: the row, and the evidence offered beside it."""

from collections.abc import Collection, Sequence
from typing import Any

from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cases.rules.standards import Standard
from induction_portal.govuk.fields import CheckboxesField, LongTextField, YesNoField
from induction_portal.govuk.layout import Piece, Reveal
from induction_portal.govuk.rows import RowForm

from ..drawing import Offer


class DrawnField(CheckboxesField):
    """Records to draw in as evidence, each with a link to its page."""

    def __init__(self, *, label: str, **options: Any) -> None:
        missing = "Choose from the evidence that is offered here"
        usual: dict[str, Any] = {"required": False, "say_optional": False, "missing": missing}
        super().__init__(label=label, **usual | options)
        self.offers: Sequence[Offer] = ()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Set what there is to choose from."""
        self.offers = offers
        self.choices = [(each.key, each.says) for each in offers]


class Drawn(Piece):
    """A DrawnField: boxes to tick with a link beside each; nothing where nothing is offered."""

    template = "assessments/drawn.html"

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        (name,) = self.fields
        form.rendered_fields.add(name)
        bound = form[name]
        offers = bound.field.offers
        if not offers and not bound.errors:
            return SafeString("")
        chosen = {str(each) for each in bound.value() or ()}
        items = [{"offer": each, "checked": each.key in chosen} for each in offers]
        return SafeString(render_to_string(self.template, {"field": bound, "items": items}))


class Judgement(Piece):
    """Whether performance is satisfactory; "No" reveals why the ECT hears of it only now, where that is asked."""

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        judgement, *why = self.fields
        asked = {"no": [name for name in why if name in form.fields]}
        return Reveal(judgement, **asked).render(form, context, template_pack, **kwargs)


class JudgedRow(RowForm):
    """One Standard (SG 2.59). `offers` is the evidence there is; on the Standards in `flagged` an earlier review was
    unfavourable, so that no reason is asked (SG 2.58).
    """

    offers: Sequence[Offer] = ()
    flagged: Collection[Standard] = ()

    satisfactory = YesNoField(
        label="Is performance satisfactory?",
        yes_if="performance is satisfactory for {row}",
        required=False,
        say_optional=False,
    )
    surprise_reason = LongTextField(
        label="Why does the ECT hear of this only now?",
        named="why the ECT hears only now of {row}",
        hint="No earlier review was unfavourable on this Standard. An assessment should hold no surprises",
        required=False,
        say_optional=False,
        max_length=2000,
        rows=2,
        count=False,
    )
    drawn = DrawnField(label="Draw in evidence")
    evidence = LongTextField(
        label="Evidence",
        named="the evidence for {row}",
        required=False,
        say_optional=False,
        max_length=4000,
        rows=3,
        count=False,
    )
    strengths = LongTextField(
        label="Strengths", named="strengths in {row}", required=False, max_length=2000, rows=2, count=False
    )
    development = LongTextField(
        label="Areas for development",
        named="areas for development in {row}",
        hint="Needed if performance is not satisfactory",
        required=False,
        say_optional=False,
        max_length=2000,
        rows=2,
        count=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        standard = Standard(self.row.key)
        self.fields["drawn"].offer([each for each in self.offers if standard in each.standards])
        if standard in self.flagged:
            del self.fields["surprise_reason"]


def judged_row(offers: Sequence[Offer], flagged: Collection[Standard]) -> type[JudgedRow]:
    """The row of one case."""
    return type("JudgedRowOfCase", (JudgedRow,), {"offers": offers, "flagged": flagged})
