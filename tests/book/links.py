"""Every link between the pages of the built book leads to a page, and to a place on it: links.py FOLDER"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page, and the places they can lead to."""

    def __init__(self, path):
        super().__init__()
        self.links, self.places, self.inside = [], set(), 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name in ("id", "name"):
            if attributes.get(name):
                self.places.add(attributes[name])
        # The table of contents and the bars are the same on each page: mdBook's own.
        if tag == "main":
            self.inside += 1
        link = attributes.get("href") or attributes.get("src")
        if self.inside and link:
            self.links.append(link)

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside -= 1


def main():
    root = Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in root.rglob("*.html")}
    # One page of all pages, whose links are relative to where each came from.
    pages.pop(root / "print.html", None)
    broken, followed = [], 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            where = f"{path.relative_to(root)}: {link}"
            followed += 1
            if not target.is_relative_to(root) or not target.is_file():
                broken.append(f"{where}: no such page")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].places:
                broken.append(f"{where}: no such place on the page")
    for line in broken:
        print(line, file=sys.stderr)
    print(f"{len(pages)} pages, {followed} links, {len(broken)} broken")
    # A book without links was not read.
    return 1 if broken or followed < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
