"""Draws the figures of docs/benchmarks.md: bars, for pages that are light and for dark ones."""

from measurements import Numbers

WIDTH, LABEL, BAR, GAP = 670, 190, 22, 12
COLOURS = {
    "light": {"text": "#24292f", "ours": "#0f766e", "other": "#8c959f", "paper": "#ffffff"},
    "dark": {"text": "#e6edf3", "ours": "#2dd4bf", "other": "#6e7681", "paper": "#0d1117"},
}


def picture(name: str) -> str:
    """The figure on a page, as it suits the reader's."""
    return (
        "<picture>\n"
        f'  <source media="(prefers-color-scheme: dark)" srcset="images/benchmark-{name}-dark.svg">\n'
        f'  <img src="images/benchmark-{name}-light.svg" alt="{ALTERNATIVES[name]}">\n'
        "</picture>\n"
    )


ALTERNATIVES = {
    "reads": "Processor time of the server for a GetSecretValue, beside the limit",
    "peers": "GetSecretValue a second at 16 connections, beside other emulators",
}


def bars(title: str, rows: list[tuple[str, float, str, bool]], colours: dict[str, str]) -> str:
    """Each row is a name, a number, that number as text, and whether it is Pocketvault's."""
    height = 40 + len(rows) * (BAR + GAP)
    longest = max((value for _, value, _, _ in rows), default=1) or 1
    room = WIDTH - LABEL - 140
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="{colours["paper"]}"/>',
        f'<text x="8" y="22" fill="{colours["text"]}" font-weight="600">{title}</text>',
    ]
    for number, (name, value, text, is_ours) in enumerate(rows):
        top = 36 + number * (BAR + GAP)
        length = max(2, value / longest * room)
        fill = colours["ours" if is_ours else "other"]
        middle = top + BAR * 0.7
        parts += [
            f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end" fill="{colours["text"]}">{name}</text>',
            f'<rect x="{LABEL}" y="{top}" width="{length:.1f}" height="{BAR}" rx="3" fill="{fill}"/>',
            f'<text x="{LABEL + length + 8:.1f}" y="{middle}" fill="{colours["text"]}">{text}</text>',
        ]
    return "\n".join([*parts, "</svg>\n"])


def draw(results) -> dict[str, str]:
    """The files by their names; a figure without numbers is not drawn."""
    reads = []
    for connections in (16, 64):
        for name, is_ours in (("the limit", False), ("Pocketvault", True)):
            spent = Numbers(results[f"get {connections}"][name]).microseconds
            reads.append((f"{name}, {connections} connections", spent, f"{spent:.0f} µs", is_ours))
    answers = []
    for name, version, get, _, _ in results.get("peers", []):
        theirs, ours = Numbers(get[name]).rate, Numbers(get["Pocketvault"]).rate
        answers.append((f"{name} {version}", theirs, f"{theirs:,.0f} a second", False))
        answers.append(("Pocketvault, beside it", ours, f"{ours:,.0f} a second", True))
    figures = {"reads": reads, "peers": answers}
    return {
        f"benchmark-{name}-{kind}.svg": bars(ALTERNATIVES[name], rows, colours)
        for name, rows in figures.items()
        for kind, colours in COLOURS.items()
    }
