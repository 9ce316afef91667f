"""How soon the console is there, and that it stays at hand whatever comes.

The figures are for a machine of its own. One that is shared by other work gets ten times as much, and one of
three attempts is enough: it is busy now and then, and a page that draws everything or waits is so each time.
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

PATIENCE = float(os.environ.get("POCKETVAULT_PATIENCE", "10"))
ATTEMPTS = 3
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


def assert_soon(measure, milliseconds: float, what: str):
    """That one of the attempts takes no longer, with patience."""
    for _ in range(ATTEMPTS):
        taken = measure()
        print(f"{what}: {taken:.0f} ms")
        if taken < milliseconds * PATIENCE:
            return
    raise AssertionError(f"{what}: {taken:.0f} ms, {ATTEMPTS} times more than {milliseconds * PATIENCE:.0f}")


def first_screen(console) -> float:
    # A browser that runs already has been somewhere.
    console.page.goto(console.url + "/console/licences.txt")
    console.page.goto(console.url + "/console")
    # Not by wait_for_function: it evaluates text, which the page's policy forbids.
    while (ready := console.page.evaluate("window.ready ?? 0")) == 0:
        console.page.wait_for_timeout(20)
    return ready


@pytest.mark.parametrize(("count", "milliseconds"), [(1_000, 300), (20_000, 1_000)])
def test_the_first_screen_is_there_at_once(browser, folder, count, milliseconds):
    with Pocketvault(folder, "--seed", seed(folder, count), database=":memory:") as server:
        with Console(browser, server.url) as console:
            console.page.add_init_script(WATCH)
            assert_soon(lambda: first_screen(console), milliseconds, f"the first screen of {count} secrets")
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

            def reveal() -> float:
                page.reload()
                page.get_by_role("button", name="Reveal").wait_for()
                return page.evaluate(
                    """async () => {
                      const begin = performance.now();
                      const buttons = [...document.querySelectorAll('button')];
                      buttons.find((one) => one.textContent === 'Reveal').click();
                      while (!document.body.textContent.includes('invented-prod-password')) {
                        await new Promise(requestAnimationFrame);
                      }
                      return performance.now() - begin;
                    }"""
                )

            assert_soon(reveal, 100, "a reveal")


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
            # The page counts what came in each second, and a busy machine has seconds in which nothing comes.
            expect(page.locator(".pulse")).to_have_text(re.compile(r"^\d{3,}/s$"))
            longest_pause = """async () => {
              let [longest, before] = [0, performance.now()];
              const end = before + 4000;
              while (before < end) {
                await new Promise((go) => setTimeout(go, 0));
                longest = Math.max(longest, performance.now() - before);
                before = performance.now();
              }
              return longest;
            }"""
            assert_soon(lambda: page.evaluate(longest_pause), 250, "the longest pause under a full load")
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
