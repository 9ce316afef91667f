"""What the console must never do, and whom it must be readable by."""

import http.client
import http.server
import json
import re
import threading

import boto3
import pytest
from playwright.sync_api import expect

from conftest import make_client
from console_page import Console, chromium
from markup import MARKUP
from server import ROOT, Pocketvault

pytestmark = pytest.mark.client

SEED = ROOT / "seed" / "driftsentry.json"
SCREENS = [
    ("", ""), ("secret", "driftsentry/prod/api-keys"), ("new", "driftsentry/prod/new"), ("trail", ""),
    ("clock", ""), ("principals", ""), ("upkeep", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def server(folder):
    with Pocketvault(folder, "--seed", SEED, database=":memory:") as running:
        yield running


@pytest.fixture
def aws(server):
    return make_client(server.url)


def call(server, operation, agent, **members):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"secretsmanager.{operation}",
        "User-Agent": agent,
    }
    connection.request("POST", "/", json.dumps(members), headers)
    return connection.getresponse().read()


def test_markup_is_text_wherever_it_stands(browser, server, aws):
    """In names as far as they may have it, in tags, descriptions, values, user agents, policies."""
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_+=.@-")
    names = {}
    for number, text in enumerate(MARKUP):
        name = f"x{number}/prod/" + "".join(c for c in text if c in allowed)[:60].strip("/")
        names[name] = text
        tag = "".join(c for c in text if c.isalnum() or c in " +-=._:/@")[:120].strip() or "x"
        aws.create_secret(
            Name=name,
            Description=text,
            SecretString=json.dumps({text: text}),
            Tags=[{"Key": f"note {number}", "Value": tag}],
        )
        agent = text.encode("ascii", "ignore").decode().replace("\t", " ")
        call(server, "GetSecretValue", agent, SecretId=name)
        call(server, "GetSecretValue", agent, SecretId=text)
    with Console(browser, server.url) as console:
        page = console.go()
        expect(page.get_by_text("72 secrets")).to_be_visible()
        for screen in ("trail", "upkeep", "principals"):
            console.go(screen)
        console.go("trail").get_by_role("listitem").first.get_by_role("button").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        for name, text in names.items():
            console.secret(name)
            expect(page.locator(".title p")).to_have_text(text)
            value = console.card("Value")
            value.get_by_role("button", name="Reveal").click()
            value.get_by_role("button", name="Reveal").first.click()
            shown = value.locator("td.value").first
            expect(shown).not_to_have_text("••••••••••••")
            assert shown.text_content() == text
            assert value.locator("th code").text_content() == text
        assert page.evaluate("window.ran") is None


def test_markup_in_a_policy_is_text(browser, server, aws):
    statements = [
        {"Sid": f"S{number}", "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:DeleteSecret",
         "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/x": text}}}
        for number, text in enumerate(MARKUP)
    ]  # fmt: skip
    name = "driftsentry/prod/api-keys"
    for group in range(0, len(statements), 20):
        policy = {"Version": "2012-10-17", "Statement": statements[group : group + 20]}
        aws.put_resource_policy(SecretId=name, ResourcePolicy=json.dumps(policy))
        with Console(browser, server.url) as console:
            page = console.secret(name)
            shown = page.get_by_label("Resource policy")
            expect(shown).to_be_visible()
            assert json.loads(shown.inner_text()) == policy
            assert page.evaluate("window.ran") is None


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A page of another site."""

    body = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_):
        pass


def test_another_site_may_link_to_the_page_and_do_nothing_else(browser, server):
    Elsewhere.body = f"""<a href="{server.url}/console">look</a><iframe src="{server.url}/console"></iframe>
        <script src="{server.url}/console/app.js" onerror="window.script='refused'"></script>""".encode()
    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        page = browser.new_page()
        # Another port of the same host is the same site; this is another one.
        page.goto(f"http://localhost:{other.server_port}/")
        assert page.evaluate("window.script") == "refused"
        frame = page.frames[1]
        assert "Secrets" not in frame.content()
        for path in ("/console", "/_pocketvault/stream", "/_pocketvault/health", "/console/app.js"):
            answer = page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", server.url + path)
            assert answer == "refused"
        page.get_by_role("link", name="look").click()
        expect(page.get_by_role("grid")).to_be_visible()
        assert page.evaluate("window.opener === null")
        page.close()
    finally:
        other.shutdown()


def test_where_signatures_are_verified_the_page_signs(browser, folder):
    options = [
        "--seed", SEED, "--signatures", "verify", "--iam", "enforce",
        "--root-credentials", "AKIAIOSFODNN7EXAMPLE:invented-root-secret",
    ]  # fmt: skip
    with Pocketvault(folder, *options, database=":memory:") as server, Console(browser, server.url) as console:
        page = console.page
        page.goto(server.url + "/console")
        who = page.get_by_role("dialog", name="Who calls")
        expect(who).to_contain_text("must be signed")

        def sign(secret):
            who.get_by_label("Access key id, or account").fill("AKIAIOSFODNN7EXAMPLE")
            who.get_by_label("Secret access key").fill(secret)
            who.get_by_role("button", name="Call as this").click()

        sign("wrong-invented-secret")
        expect(page.get_by_role("alert").first).to_contain_text("signature")
        page.locator("button.who").click()
        sign("invented-root-secret")
        expect(page.get_by_role("rowheader")).to_have_count(5)
        expect(page.get_by_role("link", name=re.compile(", value set"))).to_have_count(12)
        for screen, _ in SCREENS[3:]:
            console.go(screen)
        expect(page.get_by_text("$4.80 a month")).to_be_visible()
        console.go("principals")
        expect(page.get_by_text("role/driftsentry-ecs-task-role")).to_be_visible()
        page.evaluate("location.hash = '#/secret/' + encodeURIComponent('driftsentry/prod/redis-url')")
        console.card("Value").get_by_role("button", name="Reveal").click()
        expect(page.get_by_text("rediss://:invented-prod-password")).to_be_visible()
        assert "invented-root-secret" not in page.content() + page.url
        console.check()
        page.reload()
        expect(who).to_be_visible()


def test_who_is_not_told_of_values_sees_when_a_secret_was_changed(browser, folder):
    root = ["AKIAIOSFODNN7EXAMPLE", "invented-root-secret"]
    options = ["--seed", SEED, "--signatures", "verify", "--root-credentials", ":".join(root)]
    with Pocketvault(folder, *options, database=":memory:") as server, Console(browser, server.url) as console:
        iam = boto3.client("iam", "us-east-1", None, None, None, server.url, *root)
        iam.create_user(UserName="reader")
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        page = console.page
        page.goto(server.url + "/console")
        page.get_by_label("Access key id, or account").fill(key["AccessKeyId"])
        page.get_by_label("Secret access key").fill(key["SecretAccessKey"])
        with page.expect_response(re.compile("/_pocketvault/check")) as check:
            page.get_by_role("button", name="Call as this").click()
        assert check.value.status == 403
        cells = page.get_by_role("link", name=re.compile("^driftsentry.*, changed "))
        expect(cells).to_have_count(12)
        expect(cells.first).to_have_attribute("title", re.compile("nobody tells how old the value is"))


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const paint = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const element = node.parentElement;
    const style = getComputedStyle(element);
    if (!node.data.trim() || !element.checkVisibility() || element.closest('option,:disabled,.none,noscript')) continue;
    const grounds = [];
    for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const ground = paint(grounds);
    const [a, b] = [light(ground), light(paint([...grounds, style.color]))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) faint.push(`${node.data.trim().slice(0, 30)} ${ratio.toFixed(2)} ${element.className}`);
  }
  return faint;
}"""

NAMELESS = """() => [...document.querySelectorAll('button,a,input,select,textarea,dialog,section,nav')]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.closest('label')))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_every_screen_is_readable_in_both_schemes_at_every_width(browser, server, aws, scheme, width):
    aws.delete_secret(SecretId="driftsentry/dev/redis-url", RecoveryWindowInDays=7)
    aws.create_secret(Name="driftsentry/prod/extra", SecretString="invented")
    size = {"width": width, "height": 900}
    with Console(browser, server.url, color_scheme=scheme, viewport=size) as console:
        for screen, name in SCREENS:
            page = console.go(screen, name)
            page.wait_for_timeout(250)
            assert page.evaluate(CONTRAST) == [], screen
            assert page.evaluate(NAMELESS) == [], screen
            assert page.evaluate("document.documentElement.scrollWidth") <= width, screen
            assert page.locator("main").count() == 1
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(20, 23, 26)") == (scheme == "dark")


def test_nothing_moves_for_who_wants_that(browser, server):
    running = "() => document.getAnimations({subtree: true}).filter((one) => one.playState === 'running').length"
    for wish, count in [("reduce", 0), ("no-preference", 1)]:
        with Console(browser, server.url, reduced_motion=wish) as console:
            page = console.go()
            page.locator(".pulse.live").wait_for()
            assert page.evaluate(running) == count


def test_values_are_not_printed(browser, server):
    with Console(browser, server.url) as console:
        page = console.secret("driftsentry/prod/redis-url")
        console.card("Value").get_by_role("button", name="Reveal").click()
        value = page.get_by_text("invented-prod-password")
        expect(value).to_be_visible()
        page.emulate_media(media="print")
        expect(value).to_be_hidden()


def test_the_list_asks_for_no_value(browser, server):
    calls = []
    with Console(browser, server.url) as console:
        console.page.on("request", lambda request: calls.append(request.headers.get("x-amz-target")))
        console.go()
        console.page.wait_for_timeout(500)
    assert {name for name in calls if name} == {"secretsmanager.ListSecrets"}


def test_beyond_loopback_there_is_no_console_unless_it_is_asked_for(folder):
    def status(path, *options):
        with Pocketvault(folder, *options, database=":memory:") as server:
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()

    assert status("/console")[0] == 200
    code, text = status("/console", "--host", "0.0.0.0")
    assert code == 404 and b"--console" in text
    assert status("/console/app.js", "--host", "0.0.0.0")[0] == 404
    assert status("/console", "--host", "0.0.0.0", "--console")[0] == 200
    assert status("/console", "--no-console")[0] == 404
    assert status("/favicon.ico")[0] == 200
