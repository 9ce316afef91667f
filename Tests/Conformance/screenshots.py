"""Takes the pictures of docs/console.md and docs/demo.md: `make screenshots`."""

from console_page import Console, chromium
from demo import Demo
from server import ROOT

IMAGES = ROOT / "docs" / "images"


def take(console: Console, name: str):
    path = IMAGES / f"console-{name}.png"
    console.page.wait_for_timeout(600)
    console.page.screenshot(path=path)
    print(path.relative_to(ROOT))


def pictures(browser, url: str, scheme: str):
    size = {"width": 1280, "height": 800}
    with Console(browser, url, color_scheme=scheme, viewport=size) as console:
        console.go()
        # Until everybody has said something.
        console.page.locator(".entry", has_text="AccessDenied").first.wait_for(timeout=60_000)
        console.page.wait_for_timeout(5_000)
        take(console, f"secrets-{scheme}")
        console.secret("driftsentry/prod/api-keys")
        console.card("Value").get_by_role("button", name="Reveal").click()
        console.card("Access").get_by_role("button", name="Explain").click()
        take(console, f"secret-{scheme}")
        if scheme == "light":
            console.go("trail")
            console.page.get_by_role("button", name="refused").click()
            console.page.locator(".entry", has_text="AccessDenied").first.click()
            take(console, f"trail-{scheme}")
    phone = {"width": 390, "height": 844}
    with Console(browser, url, color_scheme=scheme, viewport=phone) as console:
        console.go()
        if scheme == "dark":
            take(console, f"phone-{scheme}")


def main():
    IMAGES.mkdir(exist_ok=True)
    with chromium() as browser, Demo() as demo:
        for scheme in ("light", "dark"):
            pictures(browser, demo.url, scheme)


if __name__ == "__main__":
    main()
