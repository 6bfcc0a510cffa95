"""Everybody in the demo signs in to a page that makes sense for them."""

import pytest
from django.db import transaction
from django.test import Client

from induction_portal import clock
from induction_portal.demo.people import OPERATOR, PASSWORD
from induction_portal.demo.replay import replay

HOMES = {
    "ect@oakfield.example": "Your record",
    "ect2@oakfield.example": "Your record",
    "ect@elmbridge.example": "Your record",
    "ect@harbour.example": "Your record",
    "ect3@harbour.example": "Your record",
    "mentor@oakfield.example": "Hannah Lindqvist",
    "tutor@oakfield.example": "What you need to do",
    "office@oakfield.example": "Your ECTs",
    "head@oakfield.example": "Your ECTs",
    "governor@oakfield.example": "General report",
    "trust@meridian.example": "General report",
    "officer@northern-hub.example": "Read progress review",
    "contact@northern-hub.example": "Your ECTs",
    "admin@northern-hub.example": "Your ECTs",
    "tutor@elmbridge.example": "Imogen Castle",
    "head@elmbridge.example": "Log progress review",
    "tutor@harbour.example": "Your ECTs",
    "head@harbour.example": "Your ECTs",
    "officer@coastal-hub.example": "Your ECTs",
    "contact@coastal-hub.example": "Your ECTs",
    "admin@coastal-hub.example": "Your ECTs",
    "lead@oakfield.example": "Who are you acting for?",
    OPERATOR: "As operator you keep the portal running",
}


@pytest.mark.django_db
def test_everybody_signs_in_to_a_page_that_makes_sense():
    with transaction.atomic():
        replay(clock.today())
    for email, words in HOMES.items():
        client = Client()
        assert client.post("/accounts/sign-in/", {"login": email, "password": PASSWORD}).status_code == 302, email
        home = client.get("/", follow=True)
        assert home.status_code == 200, email
        assert words in home.content.decode(), email
