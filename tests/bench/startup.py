"""From `bin/demo` on an installed environment to the first page: on a fresh state, and again with its data."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from induction_portal.embedded.wire import free_port

ROOT = Path(__file__).resolve().parents[2]


def measure() -> dict[str, float]:
    """Seconds to the first page that answers, and to a complete stop."""
    with tempfile.TemporaryDirectory() as folder:
        # Closed to the database's account otherwise, and the data would lie outside the folder that is removed.
        Path(folder).chmod(0o711)
        fresh, _ = _start_and_stop(folder)
        again, stop = _start_and_stop(folder)
    return {
        "startup_fresh_seconds": round(fresh, 2),
        "startup_again_seconds": round(again, 2),
        "startup_stop_seconds": round(stop, 2),
    }


def _start_and_stop(folder: str) -> tuple[float, float]:
    port = free_port()
    ours = {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
    env = {name: value for name, value in os.environ.items() if name not in ours}
    env |= {"PORT": str(port), "PORTAL_STATE": f"{folder}/state"}
    started = time.perf_counter()
    with subprocess.Popen([ROOT / "bin" / "demo"], env=env, stdout=subprocess.DEVNULL) as demo:
        try:
            seconds = _until_first_page(demo, port, started)
        finally:
            stopping = time.perf_counter()
            demo.send_signal(signal.SIGTERM)
            demo.wait(60)
    return seconds, time.perf_counter() - stopping


def _until_first_page(demo: subprocess.Popen, port: int, started: float) -> float:
    while time.perf_counter() - started < 300:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/sign-in/", timeout=10) as page:
                page.read()
                return time.perf_counter() - started
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
            if demo.poll() is not None:
                raise RuntimeError("bin/demo ended without showing a page; its last words are above.") from None
    raise RuntimeError("bin/demo showed no page within five minutes.")
