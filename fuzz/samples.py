"""Where fuzzing begins: whole files of each target."""

from __future__ import annotations

from tests.read.samples import (
    PAGE,
    TALKS,
    make_feed,
    make_item,
    make_mail,
    make_multipart,
    make_pdf,
    make_record,
    pack,
)

_CONTENT = f"<content type='html'>&lt;p&gt;{TALKS}</content>"
_ENTRY = f"<entry><title>Talks</title><updated>2019-06-05</updated>{_CONTENT}</entry>"
SAMPLES: dict[str, tuple[bytes, ...]] = {
    "html": (
        PAGE.encode(),
        PAGE.replace("<p>", "<h1>Talks</h1><p class=byline>By Ida Holm</p><time>5 June 2019</time><p>").encode(),
        PAGE.replace("</article>", "<div class=comment><b>Ida</b><p>I was there, too.</p></div></article>").encode(),
    ),
    "feed": (make_feed(make_item(), make_item("&lt;p&gt;They parted.&lt;/p&gt;")), make_feed(_ENTRY, kind="atom")),
    "pdf": (make_pdf(TALKS, "The talks went on\nin a second round."),),
    "eml": (
        make_mail(),
        make_multipart(("Content-Type: text/html", "<p>They met.</p>"), ("Content-Type: text/plain", TALKS)),
        make_multipart(("Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt", TALKS)),
    ),
    "warc": (
        make_record("https://news.example/1") + make_record("https://news.example/2"),
        pack(make_record("https://news.example/1")) + pack(make_record("https://news.example/2")),
    ),
    "manifest": (b'file,published,title\na.txt,2019-06-05,Talks\n"b,c.txt",2019,\n',),
}
