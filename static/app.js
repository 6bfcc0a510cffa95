// All of the portal's own JavaScript. Every page works without it.
import { initAll } from "./govuk-frontend-6.3.0/govuk-frontend.min.js";

const TYPING_PAUSE = 2000;
const RETRY_PAUSE = 15000;

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.querySelectorAll("form[data-autosave]").forEach(autosave);

// Posts the form to its data-autosave address two seconds after typing stops, and says whether it was kept.
function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  const address = form.dataset.autosave || location.href;
  const snapshot = () => new URLSearchParams(new FormData(form)).toString();
  let kept = snapshot();
  let timer = null;
  let leaving = false;

  form.addEventListener("input", () => schedule(TYPING_PAUSE));
  form.addEventListener("change", () => schedule(TYPING_PAUSE));
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  // A closed laptop or a switched tab must not cost the last two seconds.
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("pageshow", () => { leaving = false; });

  function schedule(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    const now = snapshot();
    if (leaving || now === kept) return;
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(now),
        headers: { Accept: "application/json", "X-Autosave": "1" },
        redirect: "manual",
        keepalive: now.length < 60000,
      });
      if (answer.ok) {
        kept = now;
        say(`Draft saved at ${time()}. Only you can see it.`, false);
      } else {
        refused(answer);
      }
    } catch {
      say("Not saved: the portal cannot be reached. Keep this page open; we will try again.", true);
      schedule(RETRY_PAUSE);
    }
  }

  // A page whose session has ended, or that was opened for another organisation, is still kept for its author.
  function refused(answer) {
    if (answer.type === "opaqueredirect") {
      say("You have been signed out. What you typed was kept as your draft: sign in again to go on.", true);
    } else if (answer.status === 409) {
      say("You now act for someone else. What you typed was kept as your draft: switch back to go on.", true);
    } else {
      say("Not saved: something went wrong. Keep this page open; we will try again.", true);
      schedule(RETRY_PAUSE);
    }
  }

  function say(text, failed) {
    if (!status || leaving) return;
    status.textContent = text;
    status.classList.toggle("app-autosave--failed", failed);
  }
}

function time() {
  return new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).format(new Date());
}
