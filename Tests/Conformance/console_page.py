"""The console in a real browser: what a page does that it must not is noted, and told at its end."""

import contextlib
import shutil
from urllib.parse import quote, urlsplit

from playwright.sync_api import expect, sync_playwright

from conftest import client_missing

# A busy machine takes longer than the five seconds that Playwright waits by itself.
expect.set_options(timeout=20_000)

CHROMIUM = shutil.which("chromium")
WATCH = """
window.violations = [];
addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
STORED = """async () => ({
  local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie,
  databases: await indexedDB.databases(), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state,
})"""
NOTHING = {
    "local": {}, "session": {}, "cookies": "", "databases": [], "caches": [], "workers": 0, "state": None,
}  # fmt: skip


@contextlib.contextmanager
def chromium():
    """Debian's Chromium, driven by Playwright; nothing is downloaded."""
    if CHROMIUM is None:
        client_missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


class Console:
    """A window of its own that shows the console of a server."""

    def __init__(self, browser, url: str, **context):
        self.url = url
        context = {"viewport": {"width": 1440, "height": 1000}, "reduced_motion": "reduce"} | context
        self.context = browser.new_context(**context)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("request", self.note)

    def note(self, request):
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.faults.append(f"request to another host: {request.url}")

    def go(self, screen: str = "", name: str = ""):
        """Opens a screen, with the name of a secret where it is about one."""
        part = f"#/{screen}/{quote(name, safe='')}" if name else f"#/{screen}"
        if self.page.url.startswith(self.url + "/console"):
            self.page.evaluate("hash => { location.hash = hash }", part)
        else:
            self.page.goto(self.url + "/console" + part)
        self.page.locator("main h1, main .grid").first.wait_for()
        return self.page

    def secret(self, name: str):
        self.go("secret", name)
        self.page.get_by_role("heading", name=name, exact=True).wait_for()
        return self.page

    def card(self, title: str):
        return self.page.get_by_role("region", name=title, exact=True)

    def check(self):
        """What no page may do it has not done."""
        assert self.page.evaluate("window.violations") == []
        assert self.page.evaluate(STORED) == NOTHING
        assert self.faults == []

    def close(self):
        try:
            self.check()
        finally:
            self.context.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.close() if kind is None else self.context.close()
