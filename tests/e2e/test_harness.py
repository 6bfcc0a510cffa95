"""The browser, the live portal and the worker that the journeys rely on."""

import pytest

from induction_portal.celery import app
from tests.support.browser import axe_violations

pytestmark = pytest.mark.e2e


def test_the_browser_reaches_the_portal(browser_page):
    response = browser_page.goto("/healthz")
    assert response.status == 200
    assert browser_page.inner_text("body") == "ok"


def test_the_browser_reaches_nothing_else(browser_page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        browser_page.goto("http://portal.example/")


def test_axe_finds_what_is_wrong_with_a_page(browser_page):
    browser_page.set_content("<html lang='en'><title>Test</title><main><h1>Test</h1><img src='data:,'></main></html>")
    assert any(fault.startswith("image-alt") for fault in axe_violations(browser_page))


def test_the_worker_runs_on_this_process_own_broker(celery_worker_process):
    assert celery_worker_process.exit_code is None
    assert len(app.control.inspect(timeout=5, limit=1).ping()) == 1
