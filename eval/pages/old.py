"""Pages of older systems: tables, frames, print versions, archives."""

from __future__ import annotations

from eval.pages.clutter import disqus_like, footer, menu, related, share
from eval.pages.shapes import SITE, Story, british, open_graph, page, paragraphs, shape, us


@shape("border")
def joomla(story: Story) -> str:
    body = f"""<div id="all">{menu()}<div id="contentarea"><div class="item-page" itemscope><div class="page-header"><h2
itemprop="headline">{story.title}</h2></div><dl class="article-info muted"><dt class="article-info-term">Details</dt><dd
class="createdby">Written by <span itemprop="name">{story.by}</span></dd><dd class="category-name">Category: <a
href="/w">World</a></dd><dd class="published">Published: <time datetime="{story.on}T10:00:00+00:00"
itemprop="datePublished">{british(story.on)}</time></dd><dd class="hits">Hits: 1204</dd></dl><div itemprop="articleBody">
{paragraphs(story)}</div><ul class="pager pagenav"><li class="previous"><a href="/p">Prev</a></li><li><a href="/n">Next</a>
</li></ul></div></div></div>{footer()}"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("envoy")
def table_layout(story: Story) -> str:
    body = f"""<table width="100%" border=0><tr><td colspan=3><font size=6><b>{SITE}</b></font></td></tr>
{menu("table")}<tr><td width=150 valign=top><b>Today</b><br><a href="1.htm">Bread prices</a><br><a href="2.htm">Night train
</a></td><td valign=top><font size=5><b>{story.title}</b></font><br><font size=2>By {story.by}<br>{us(story.on)}</font><br>
<br>{paragraphs(story)}</td><td width=120 valign=top><b>Advertisement</b><br>Boats, new and used, at the quay.</td></tr><tr>
<td colspan=3 align=center><font size=1>Copyright 2017 {SITE}</font></td></tr></table>"""
    return f"<html><head><title>{story.title}</title></head><body bgcolor=white>{body}</body></html>"


@shape("prisoners")
def line_breaks(story: Story) -> str:
    text = "<br><br>\n".join(story.paragraphs)
    body = f"""<center><img src="logo.gif"></center><h2>{story.title}</h2><i>{story.by}</i><br><i>{british(story.on)}</i><hr>
{text}<hr><a href="index.htm">Back</a> <small>Last change of this page: 4 January 2024</small>"""
    return f"<html><head><title>{SITE}: {story.title}</title></head><body>{body}</body></html>"


@shape("bank")
def print_version(story: Story) -> str:
    body = f"""<div class="printlogo">{SITE}</div><div class="print-title"><h1>{story.title}</h1></div><div
class="print-author">By {story.by}</div><div class="print-date">Thursday, {us(story.on)}</div><div class="print-content">
{paragraphs(story)}</div><hr><div class="print-source">This page was printed from https://river-post.example/b/7. © 2023
{SITE}</div>"""
    return page(story, f"<title>{story.title} [print]</title>", body)


@shape("visit")
def typo3(story: Story) -> str:
    body = f"""<div id="wrap">{menu()}<div id="col3"><div class="news-single-item"><div class="news-single-rightbox">
{story.on.strftime("%d.%m.%y")} 10:02</div><h1>{story.title}</h1><h2>{story.summary}</h2><div class="news-single-author">By:
{story.by}</div>{paragraphs(story)}<div class="news-single-backlink"><a href="/">&lt;- Back to: News</a></div></div></div>
</div>{footer()}"""
    return page(story, f"<title>{story.title}: {SITE}</title>", body)


@shape("harbour")
def gallery_first(story: Story) -> str:
    slides = "".join(
        f'<li class="slide"><img src="{i}.jpg" alt=""><p class="slide-caption">{words}</p></li>'
        for i, words in enumerate(("Cranes in a field.", "A customs officer with his dog.", "The quay at low tide."))
    )
    meta = f'<meta name="pubdate" content="{story.on.strftime("%Y%m%d")}"><meta name="byl" content="By {story.by}">'
    body = f"""{menu()}<div class="story"><h1>{story.title}</h1><ul class="gallery">{slides}</ul>{share()}<div
id="story-text">{paragraphs(story)}</div></div>{related()}{disqus_like()}{footer()}"""
    return page(story, open_graph(story) + meta, body)


@shape("fish")
def list_of_links_heavy(story: Story) -> str:
    links = "".join(f'<li><a href="/{i}">A report of no great length about number {i}</a></li>' for i in range(60))
    body = f"""{menu()}<div class="columns"><div class="left-rail"><h2>Most read</h2><ol>{links}</ol></div><div
class="main-col"><h1>{story.title}</h1><div class="meta">{story.authors[0]} and {story.authors[1]} | {us(story.on)}</div>
<div class="txt">{paragraphs(story)}</div></div><div class="right-rail"><h2>Latest</h2><ol>{links}</ol></div></div>
{footer()}"""
    return page(story, f"<title>{story.title} - {SITE}</title>", body)


@shape("border")
def archive_capture(story: Story) -> str:
    body = f"""<div id="wm-ipp-base"><div id="wm-ipp">This page was captured on 17 June 2023 and is shown from the archive.
</div></div>{menu()}<div class="article"><h1>{story.title}</h1><div class="article-details"><span class="author">by
{story.by}</span><span class="date">{story.on.strftime("%b")} {story.on.day:02}, {story.on.year}</span></div><div
class="article-main">{paragraphs(story)}</div></div>{footer()}"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("summit", day=None)
def undated_page(story: Story) -> str:
    body = f"""{menu()}<main><h1>{story.title}</h1><p class="author">By {story.by}</p>{paragraphs(story)}</main>
{related()}<footer><p>© 2011–2024 {SITE}</p></footer>"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("bank")
def broken_json(story: Story) -> str:
    meta = f'<meta name="dcterms.created" content="{story.on}"><meta name="dcterms.creator" content="{story.by}">'
    body = f"""<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{story.title}",}}</script>{menu()}
<article><h1>{story.title}</h1>{paragraphs(story)}</article>{related("teaser-list")}{footer()}"""
    return page(story, f"<title>{story.title} | {SITE}</title>" + meta, body)
