"""What stands around a report on a page: menus, banners, boxes of other reports, comments, forms, imprints."""

from __future__ import annotations

LONG = (
    "We and our partners store and read information on a device, such as cookies, to show you advertisements that fit,"
    " to count visits and to make this site better. You can change your choice at any time at the foot of every page."
)
TEASERS = (
    (
        "Cranes for Tavel come from Ostia",
        "The first of them has been standing in a field since the autumn of last year.",
    ),
    (
        "What the new council wants",
        "Seven members, four parties, and one question that nobody wanted to be asked first.",
    ),
    ("A night train returns", "After nine years there is a sleeping car again between the two capitals, twice a week."),
    (
        "Readers write: the price of bread",
        "Forty letters in a week, most of them angry, and one that made us laugh a lot.",
    ),
)


def menu(kind: str = "ul") -> str:
    entries = ("Home", "World", "Politics", "Business", "Culture", "Opinion", "Video", "About us")
    if kind == "table":
        return "<tr><td class=nav>" + " | ".join(f'<a href="/{e.lower()}">{e}</a>' for e in entries) + "</td></tr>"
    items = "".join(f'<li class="menu-item"><a href="/{entry.lower()}">{entry}</a></li>' for entry in entries)
    return f'<nav class="main-navigation" role="navigation"><ul class="menu">{items}</ul></nav>'


def cookies(name: str = "cookie-notice") -> str:
    return (
        f'<div id="{name}" class="{name} is-visible" role="dialog" aria-label="Cookies"><p>{LONG}</p>'
        "<button>Accept all</button> <button>Only what is needed</button></div>"
    )


def related(name: str = "related-posts", heading: str = "Related articles") -> str:
    boxes = "".join(
        f'<article class="card"><a href="/{i}"><h3>{title}</h3></a><p>{words}</p>'
        f'<time datetime="2024-02-{i + 10}">{i + 10} February 2024</time></article>'
        for i, (title, words) in enumerate(TEASERS)
    )
    return f'<section class="{name}"><h2>{heading}</h2>{boxes}</section>'


def inline_related() -> str:
    return (
        f'<aside class="inline-related"><span class="label">Read also</span> <a href="/7">{TEASERS[0][0]}</a></aside>'
    )


def newsletter() -> str:
    return (
        '<div class="newsletter-signup"><h4>The morning letter</h4><p>Get our best reports at seven, every working day,'
        ' free of charge.</p><form><input type="email" placeholder="Your e-mail"><button>Sign up</button></form></div>'
    )


def share() -> str:
    return (
        '<ul class="share-buttons"><li><a href="#f">Share on Facebook</a></li><li><a href="#t">Tweet</a></li>'
        '<li><a href="#m">Send by e-mail</a></li><li><a href="#p">Print</a></li></ul>'
    )


def footer() -> str:
    return (
        '<footer class="site-footer"><p>© 2024 The River Post. All rights reserved. Registered office: 4 Quay Street,'
        ' Brev.</p><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
    )


def wordpress_comments() -> str:
    return """<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on this</h2>
<ol class="comment-list"><li id="comment-11" class="comment even"><article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Old Sailor</b><span class="says">says:</span>
</div><div class="comment-metadata"><time datetime="2024-01-02T10:00:00+00:00">January 2, 2024 at 10:00 am</time></div>
</footer><div class="comment-content"><p>I have heard that the cranes will be painted in blue, which is a pity.</p></div>
</article></li><li id="comment-12" class="comment odd"><article class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn">M. B.</b></div></footer><div class="comment-content">
<p>Nobody asked the people who live there, as always, and nobody will ask them the next time either.</p></div></article>
</li></ol><div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></div></div>"""


def disqus_like() -> str:
    posts = "".join(
        f'<div class="post-comment" data-id="{i}"><span class="user">{name}</span><span class="ago">3 days ago</span>'
        f'<div class="post-message"><p>{words}</p></div></div>'
        for i, (name, words) in enumerate(
            (("tern", "This has been said before, and by the same people, in the same room, with the same coffee."),
             ("Lars_82", "Thank you for being there. It would be good to have a map with the next one of these."))
        )
    )  # fmt: skip
    return f'<section id="comments-thread" class="comments"><h3>Comments (2)</h3>{posts}</section>'
