"""The WSGI application that gunicorn serves; production settings unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from . import celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "induction_portal.settings.prod")

application = get_wsgi_application()
# Load the views and the broker's client now: before the server's workers are forked, not while a visitor waits.
get_resolver().check()
celery_app.connection_for_write().get_transport_cls()
