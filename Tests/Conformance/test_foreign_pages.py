"""A real browser shows pages of other sites: whatever they send to the server, nothing comes of it."""

import contextlib
import http.server
import itertools
import json
import pathlib
import re
import threading
import time
import urllib.parse

import pytest

from console_page import chromium
from server import Pocketvault, wait_until
from wire import Wire

pytestmark = pytest.mark.client

IAM = "Version=2010-05-08"
CREATE = f"Action=CreateUser&UserName=mallory&{IAM}"
# Every door, with a question or a change that would show.
ADDRESSES = [
    "/",
    f"/?{CREATE}",
    "/_pocketvault/health",
    "/_localstack/health",
    "/health",
    "/_pocketvault/ready",
    "/_pocketvault/audit",
    "/_pocketvault/audit/verify",
    "/_pocketvault/stream",
    "/_pocketvault/clock",
    "/_pocketvault/reset",
    "/moto-api/reset",
    "/_pocketvault/policy/explain",
    "/_pocketvault/policy/simulate",
    "/_pocketvault/policy/suggest?principal=arn:aws:iam::000000000000:root",
    "/_pocketvault/cost",
    "/_pocketvault/check",
    "/_pocketvault/check/scan",
    "/_pocketvault/backup",
    "/_pocketvault/key/rotate",
    "/_pocketvault/credentials",
    "/console/app.js",
]
AGENT = ["/ping", "/secretsmanager/get?secretId=kept", "/v1/kept"]

# Each sends to all addresses at once, and says when the browser is done with them.
WAYS = {
    "img": """url => new Promise(done => { const e = new Image(); e.onload = e.onerror = done; e.src = url; })""",
    "script": """url => new Promise(done => { const e = document.createElement('script');
        e.onload = e.onerror = done; e.src = url; document.head.append(e); })""",
    "stylesheet": """url => new Promise(done => { const e = document.createElement('link'); e.rel = 'stylesheet';
        e.onload = e.onerror = done; e.href = url; document.head.append(e); })""",
    "iframe": """url => new Promise(done => { const e = document.createElement('iframe');
        e.onload = done; e.src = url; document.body.append(e); })""",
    "prefetch": """url => new Promise(done => { const e = document.createElement('link'); e.rel = 'prefetch';
        e.onload = e.onerror = done; e.href = url; document.head.append(e); })""",
    "fetch, no-cors, GET": """url => fetch(url, {mode: 'no-cors', credentials: 'include'}).catch(() => 0)""",
    "fetch, no-cors, POST": """url => fetch(url, {mode: 'no-cors', method: 'POST', body: BODY}).catch(() => 0)""",
    "fetch, no-cors, HEAD": """url => fetch(url, {mode: 'no-cors', method: 'HEAD'}).catch(() => 0)""",
    "fetch, JSON": """url => fetch(url, {method: 'POST', body: '{"erase":true}',
        headers: {'Content-Type': 'application/json'}}).then(() => { window.read = true }).catch(() => 0)""",
    "fetch, read": """url => fetch(url).then(() => { window.read = true }).catch(() => 0)""",
    "beacon": """url => { navigator.sendBeacon(url, BODY); return 0; }""",
    "events": """url => new Promise(done => { const e = new EventSource(url);
        e.onopen = () => { window.read = true; done(); }; e.onerror = () => { e.close(); done(); }; })""",
    "WebSocket": """url => new Promise(done => { const e = new WebSocket(url.replace('http', 'ws'));
        e.onopen = () => { window.read = true; done(); }; e.onerror = e.onclose = done; })""",
}
for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"):
    WAYS[f"form, {kind}"] = f"""url => new Promise(done => {{
        const frame = document.createElement('iframe'); frame.name = 'f' + Math.random();
        document.body.append(frame);
        const form = document.createElement('form'); form.method = 'POST'; form.enctype = '{kind}';
        form.action = url; form.target = frame.name;
        for (const pair of BODY.split('&')) {{ const field = document.createElement('input');
          [field.name, field.value] = pair.split('='); form.append(field); }}
        document.body.append(form); frame.onload = done; form.submit(); }})"""

PAGE = b"<!doctype html><meta charset=utf-8><title>Another page</title><body>"


MARK = "/_pocketvault/mark-"
marks = itertools.count()


class Other(http.server.BaseHTTPRequestHandler):
    """Another site, with a page that has nothing in it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def other_site():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site.server_address[1]
        site.shutdown()


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(params=["evil.localhost", "127.0.0.1"], ids=["another site", "another port"])
def page(request, browser):
    with other_site() as port:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://{request.param}:{port}/")
        yield page
        context.close()


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    with Pocketvault(tmp_path_factory.mktemp("vault"), "--agent-port", "0") as vault:
        with Wire(vault.url) as wire:
            assert wire.create("kept", "the-value").status == 200
        agent = re.search(r"agent's endpoint is (\S+?);", vault.log.read_text())[1]
        vault.doors = [vault.url + path for path in ADDRESSES] + [agent + path for path in AGENT]
        yield vault


def state(vault) -> dict:
    """All that a page could have changed; users and other things that are made show in the trail."""
    with Wire(vault.url) as wire:
        clock = wire.request("GET", "/_pocketvault/clock").json
        trail = wire.request("GET", "/_pocketvault/audit?limit=1000").json
        health = wire.request("GET", "/_pocketvault/health").json
    return {
        "clock": (clock["now"] == clock["real"], clock["rate"], clock["frozen"]),
        "secrets": (health["secrets"], health["versions"]),
        "trail": (trail["last"], len(trail["records"])),
        "key": pathlib.Path(vault.folder, "vault.key").read_bytes(),
    }


def answers(lines) -> list[tuple[str, int]]:
    """The path and the status of each request in lines of the log."""
    found = [re.search(r"path=(\S+).* status=(\d+)|status=(\d+)", line) for line in lines]
    return [(match[1] or "?", int(match[2] or match[3])) for match in found if match]


def log_until_now(vault) -> list[str]:
    """The lines of the log so far: the log is behind by a moment, a request of our own marks the end."""
    mark = f"{MARK}{next(marks)}"
    with Wire(vault.url) as wire:
        assert wire.request("GET", mark).status == 404
    wait_until(lambda: f"{mark} " in vault.log.read_text())
    return vault.log.read_text().splitlines()


@contextlib.contextmanager
def watched(vault, least: int, with_icons: bool = False):
    """What happens inside changes nothing, and each request that arrives is refused.

    A refusal that is shown in a window is a page of this server's, for which Chromium asks for an icon.
    """
    before = state(vault)
    seen = len(log_until_now(vault))
    mine = re.compile(rf" path={MARK}| operation=Console " if with_icons else f" path={MARK}")

    def answered(lines: list[str]) -> list[tuple[str, int]]:
        return answers(line for line in lines[seen:] if not mine.search(line))

    yield
    # A busy browser sends some of them long after it was told to; what is more than the least comes soon.
    with contextlib.suppress(TimeoutError):
        wait_until(lambda: len(answered(vault.log.read_text().splitlines())) >= least, 10)
    time.sleep(0.3)
    statuses = answered(log_until_now(vault))
    assert [found for found in statuses if found[1] < 400] == []
    assert len(statuses) >= least, "the browser did not even ask"
    assert state(vault) == before


@pytest.mark.parametrize("way", WAYS)
def test_no_other_page_changes_or_reads_anything(vault, page, way):
    # A browser lets through few requests of a page at a time, and Chromium asks first for JSON.
    with watched(vault, least=len(vault.doors) // 2):
        page.evaluate(
            f"""async urls => {{ const BODY = {json.dumps(CREATE)}; window.read = false;
            const send = {WAYS[way]};
            const late = new Promise(done => setTimeout(done, 8000));
            await Promise.race([Promise.all(urls.map(send)), late]); }}""",
            vault.doors,
        )
    assert page.evaluate("window.read") is False


@pytest.mark.parametrize("how", ["a link", "a new window", "a form", "location"])
def test_no_navigation_changes_anything(vault, page, how):
    start = page.url
    with watched(vault, least=len(vault.doors), with_icons=True):
        for url in vault.doors:
            go = {
                "a link": "url => { const a = document.createElement('a'); a.href = url;"
                " document.body.append(a); a.click(); }",
                "a new window": "url => { window.open(url); }",
                "a form": "url => { const f = document.createElement('form'); f.action = url;"
                " f.method = 'POST'; document.body.append(f); f.submit(); }",
                "location": "url => { location.href = url; }",
            }[how]
            asked = f" path={urllib.parse.urlsplit(url).path} "
            before = vault.log.read_text().count(asked)
            with contextlib.suppress(Exception):
                page.evaluate(go, url)
            wait_until(lambda: vault.log.read_text().count(asked) > before)  # noqa: B023
            if how != "a new window":
                # Going back before the refusal is shown would have the two navigations in each other's way.
                page.wait_for_url(lambda shown: shown != start)
                page.goto(start)


def test_the_page_that_may_be_opened_is_the_console_and_it_shows_nothing_to_its_opener(vault, page):
    with page.expect_popup() as popup:
        page.evaluate("url => { window.opened = window.open(url); }", vault.url + "/console")
    popup.value.wait_for_load_state()
    assert popup.value.title().startswith("Pocketvault")
    with pytest.raises(Exception, match="cross-origin|SecurityError|null"):
        page.evaluate("window.opened.document.body.innerText")
