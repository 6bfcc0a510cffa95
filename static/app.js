// All of the portal's own JavaScript. Every page works without it.
import { initAll } from "./govuk-frontend-6.3.0/govuk-frontend.min.js";

const TYPING_PAUSE = 2000;
const RETRY_PAUSE = 15000;
const LIVE_PAUSE = 400;

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form[data-live]").forEach(live);
document.querySelectorAll("form[data-check]").forEach(check);

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

// Asks the page's own address for its answer while the form is typed in, and puts it in the place that data-live names.
function live(form) {
  const place = document.getElementById(form.dataset.live);
  const status = document.querySelector("[data-live-status]");
  let timer = null;
  let asking = null;

  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);
  form.addEventListener("submit", () => { clearTimeout(timer); asking?.abort(); });

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(ask, LIVE_PAUSE);
  }

  async function ask() {
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = `${location.pathname}?${new URLSearchParams(filled)}`;
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(address, { headers: { "X-Fragment": "1" }, signal: mine.signal });
      if (answer.status === 429) return say("Wait a minute before the next answer: this page is asked very often.", true);
      if (!answer.ok) return say("Not worked out: something went wrong. Use the button to try again.", true);
      const html = await answer.text();
      if (mine.signal.aborted) return;
      show(html);
      history.replaceState(history.state, "", address);
    } catch (error) {
      if (error.name !== "AbortError") say("Not worked out: the portal cannot be reached. What you see is the last answer.", true);
    }
  }

  // What was opened stays open; the form and the focus in it are not touched.
  function show(html) {
    const opened = [...place.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    place.innerHTML = html;
    for (const summary of place.querySelectorAll("details > summary")) {
      summary.parentElement.open = opened.includes(summary.textContent);
    }
    say(place.querySelector("[data-live-headline]")?.textContent ?? "", false);
  }

  function say(text, failed) {
    status.textContent = text;
    status.classList.toggle("app-live--failed", failed);
  }
}

// Works out the SHA-256 of a chosen or dropped file here, and asks the page about that alone: the file stays where it is.
function check(form) {
  const input = form.querySelector("[type=file]");
  const place = document.getElementById(form.dataset.check);
  const status = document.querySelector("[data-check-status]");
  let turn = 0;
  // Browsers hash over HTTPS only; elsewhere the file is sent, as without a script.
  if (!globalThis.crypto?.subtle) return;

  input.addEventListener("change", ask);
  form.addEventListener("submit", (event) => { if (input.files.length) { event.preventDefault(); ask(); } });
  // A file that misses the form would otherwise take the place of the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length !== 1) return tell("Drop one file at a time.");
    input.files = event.dataTransfer.files;
    ask();
  });

  async function ask() {
    const [file] = input.files;
    const mine = (turn += 1);
    if (!file) return;
    const largest = Number(form.dataset.largest);
    if (!file.size) return tell(`${file.name} is empty. Choose another file.`);
    if (file.size > largest * 1024 * 1024) return tell(`${file.name} is too large: the file must be ${largest} MB or smaller.`);
    tell(`Checking ${file.name}…`);
    const found = await answer(file).catch(() => "");
    if (mine !== turn) return;
    if (!found) return tell(`${file.name} was not checked: it could not be read, or the portal cannot be reached. Try again.`);
    tell(`Checked: ${file.name}`);
    place.innerHTML = found;
  }

  async function answer(file) {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const digest = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const told = await fetch(location.pathname, {
      method: "POST", body: new URLSearchParams({ digest }), headers: { "X-Fragment": "1" },
    });
    return told.ok || told.status === 429 ? told.text() : "";
  }

  function tell(text) {
    place.replaceChildren();
    status.textContent = text;
  }
}
