"""How soon the console is there, and that it stays at hand whatever comes.

The figures are for a machine of its own; one that is shared by other work gets some times as much.
"""

import json
import os
import re
import threading

import pytest
from playwright.sync_api import expect

from conftest import make_client
from console_page import Console, chromium
from server import ROOT, Pocketvault
from wire import Wire

pytestmark = pytest.mark.client

PATIENCE = float(os.environ.get("POCKETVAULT_PATIENCE", "4"))
# When the first secrets were there to click, in milliseconds after the page began to load.
WATCH = """
new MutationObserver((_, watch) => {
  if (!document.querySelector('a.cell')) return;
  watch.disconnect();
  requestAnimationFrame(() => { window.ready = performance.now(); });
}).observe(document, {childList: true, subtree: true});
"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def seed(folder, count):
    environments = ["dev", "stage", "prod"]
    secrets = [
        {"name": f"app{number // 300}/{environments[number % 3]}/key-{number // 3 % 100}", "value": f"invented {number}"}
        for number in range(count)
    ]
    path = os.path.join(folder, "seed.json")
    with open(path, "w") as file:
        json.dump({"version": 1, "secrets": secrets}, file)
    return path


@pytest.mark.parametrize(("count", "milliseconds"), [(1_000, 300), (20_000, 1_000)])
def test_the_first_screen_is_there_at_once(browser, folder, count, milliseconds):
    with Pocketvault(folder, "--seed", seed(folder, count), database=":memory:") as server:
        with Console(browser, server.url) as console:
            console.page.add_init_script(WATCH)
            # A browser that runs already has been somewhere.
            console.page.goto(server.url + "/console/licences.txt")
            console.page.goto(server.url + "/console")
            # Not by wait_for_function: it evaluates text, which the page's policy forbids.
            while (ready := console.page.evaluate("window.ready ?? 0")) == 0:
                console.page.wait_for_timeout(20)
            print(f"{count} secrets: {ready:.0f} ms")
            assert ready < milliseconds * PATIENCE
            expect(console.page.get_by_text(f"{count:,} secrets", exact=True)).to_be_visible(timeout=60_000)
            # Only what is in sight is in the page.
            assert console.page.locator("[role=row]").count() < 80
            console.page.get_by_role("searchbox").fill("key-99 prod")
            expect(console.page.locator("a.cell").first).to_be_visible()
            console.page.get_by_role("searchbox").fill("")
            console.page.evaluate("scrollTo(0, document.body.scrollHeight)")
            expect(console.page.get_by_role("rowheader", name="key-9", exact=True).last).to_be_visible()


def test_a_value_is_there_at_once(browser, folder):
    with Pocketvault(folder, "--seed", ROOT / "seed" / "driftsentry.json", database=":memory:") as server:
        with Console(browser, server.url) as console:
            page = console.secret("driftsentry/prod/redis-url")
            page.get_by_role("button", name="Reveal").wait_for()
            taken = page.evaluate(
                """async () => {
                  const begin = performance.now();
                  [...document.querySelectorAll('button')].find((one) => one.textContent === 'Reveal').click();
                  while (!document.body.textContent.includes('invented-prod-password')) {
                    await new Promise(requestAnimationFrame);
                  }
                  return performance.now() - begin;
                }"""
            )
            print(f"a reveal: {taken:.0f} ms")
            assert taken < 100 * PATIENCE


def test_a_thousand_calls_a_second_leave_the_page_at_hand(browser, folder):
    with Pocketvault(folder, "--log-level", "error", database=":memory:") as server:
        aws = make_client(server.url)
        aws.create_secret(Name="app/prod/key", SecretString="invented")
        is_over = threading.Event()

        def press():
            with Wire(server.url) as wire:
                while not is_over.is_set():
                    wire.call("GetSecretValue", {"SecretId": "app/prod/key"})

        callers = [threading.Thread(target=press, daemon=True) for _ in range(4)]
        with Console(browser, server.url) as console:
            page = console.go()
            for caller in callers:
                caller.start()
            gaps = page.evaluate(
                """async () => {
                  const gaps = [];
                  let before = performance.now();
                  const end = before + 4000;
                  while (before < end) {
                    await new Promise((go) => setTimeout(go, 0));
                    gaps.push(performance.now() - before);
                    before = performance.now();
                  }
                  return gaps.sort((a, b) => b - a);
                }"""
            )
            rate = int(re.search(r"(\d+)/s", page.locator(".pulse").inner_text())[1])
            print(f"{rate} calls a second, longest pause {gaps[0]:.0f} ms")
            assert rate > 100
            assert gaps[0] < 250 * PATIENCE
            page.get_by_role("button", name="pause").click()
            assert page.locator(".strip li").count() <= 60
        is_over.set()
        for caller in callers:
            caller.join()


def test_the_first_screen_is_small(browser, folder):
    """What comes over the wire before one goes further, without a byte of compression."""
    sizes = {}

    with Pocketvault(folder, "--seed", ROOT / "seed" / "driftsentry.json", database=":memory:") as server:
        with Console(browser, server.url) as console:

            def note(response):
                if "/console" in response.url:
                    sizes[response.url] = len(response.body())

            console.page.on("response", note)
            console.go()
            console.page.wait_for_timeout(300)
    print(f"{sum(sizes.values())} bytes in {len(sizes)} files")
    assert sum(sizes.values()) < 80_000
