"""`pocketvault demo`: a vault that lives, and leaves nothing behind."""

import json
import os
import re
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from console_page import Console, chromium
from demo import Demo
from server import memory_folder

pytestmark = pytest.mark.client


def ask(url, path):
    with urllib.request.urlopen(f"{url}/_pocketvault/{path}") as answer:
        return json.load(answer)


def test_its_callers_read_are_refused_and_rotate():
    with Demo("--clock-rate", "3600") as demo:
        place = memory_folder(demo.process)
        assert place
        assert demo.console == demo.url + "/console"
        clock = ask(demo.url, "clock")
        assert clock["rate"] == 3600
        wanted = {
            ("driftsentry-backend", None), ("nightly-report", "AccessDenied"), ("ada", None),
            ("catalog-import", None), ("catalog-import", "ThrottlingException"),
        }
        seen, events = set(), set()
        for _ in range(480):
            for entry in ask(demo.url, "audit?limit=1000")["records"]:
                record = entry["record"]
                who = record["userIdentity"].get("arn", "").split("/")[-1]
                seen.add((who, record.get("errorCode")))
                events.add(record["eventName"])
            if wanted <= seen and {"RotationSucceeded", "RotationFailed"} <= events:
                break
            time.sleep(0.25)
        assert wanted <= seen
        assert {"RotationSucceeded", "RotationFailed", "DeleteSecret", "PutSecretValue"} <= events
    assert demo.code == 0
    assert demo.complaint == ""
    assert not os.path.exists(place)


def test_the_console_shows_its_story():
    with chromium() as browser, Demo() as demo, Console(browser, demo.url) as console:
        page = console.go()
        expect(page.get_by_role("link", name="development lacks redis-url")).to_be_visible()
        expect(page.get_by_text("same value").first).to_be_visible()
        expect(page.get_by_role("link", name="billing/prod/old-gateway")).to_contain_text("deleted")
        expect(page.locator("header.bar .badge")).to_contain_text("×120")
        strip = page.get_by_role("region", name="Calls as they happen")
        expect(strip.get_by_role("button", name=re.compile("GetSecretValue.*driftsentry-backend")).first).to_be_visible()
        expect(strip.get_by_role("button", name=re.compile("AccessDenied.*nightly-report")).first).to_be_visible()
        console.secret("driftsentry/stage/jwt-secret")
        expect(console.card("Rotation").locator("li.failed")).to_contain_text("createSecret")
