"""Twelve pages written after the rules were mended on the forty others. Nobody may mend rules on these."""

from __future__ import annotations

from datetime import timedelta

from eval.pages.clutter import cookies, disqus_like, footer, menu, newsletter, related, share
from eval.pages.shapes import SITE, Story, british, graph, open_graph, page, paragraphs, shape, us


@shape("harbour", held_out=True)
def hashed_classes(story: Story) -> str:
    linked = graph({"@type": "NewsArticle", "headline": story.title, "datePublished": f"{story.on}T15:00:11-05:00"})
    body = f"""<div id="app"><div class="css-1q2w3e">{menu()}</div><main id="site-content"><article id="story" class="css-vp77d3">
<header class="css-1vkm6nb"><h1 class="css-88wicj e1h9rw200" data-testid="headline">{story.title}</h1><p id="article-summary"
class="css-w6ymp8">{story.summary}</p><div class="css-18e8msd"><p class="css-4anu6l e1jsehar1"><span class="byline-prefix">By
</span><span class="css-1baulvz last-byline" itemprop="name"><a href="/by/x">{story.by}</a></span></p></div></header><section
name="articleBody" class="meteredContent css-1r7ky0e">{paragraphs(story)}</section></article><div class="css-1ede5it"><h2>
Editors' picks</h2><p>A night train returns, and with it the smell of coal.</p></div></main>{footer()}</div>"""
    return page(story, open_graph(story) + linked, body)


@shape("fish", held_out=True)
def address_byline(story: Story) -> str:
    body = f"""{menu()}<main><article><header><h1>{story.title}</h1></header><address aria-label="Contributor info"><a
rel="author" href="/p">{story.authors[0]}</a> and <a rel="author" href="/m">{story.authors[1]}</a> in Lisbon</address><details
class="dcr-km9fgb"><summary>Thu 4 Nov 2021 18.41 GMT</summary>Last modified on Fri 5 Nov 2021 09.03 GMT</details><div
id="maincontent"><div class="article-body-commercial-selector">{paragraphs(story)}</div></div></article>{related("onwards")}
</main>{footer()}"""
    return page(story, open_graph(story), body)


@shape("border", held_out=True)
def news_agency_testids(story: Story) -> str:
    body = f"""<div class="app">{menu()}<div data-testid="ArticlePage"><h1 data-testid="Heading">{story.title}</h1><div
class="info-content"><div data-testid="AuthorByline">By <a data-testid="AuthorNameLink" href="/a">{
        story.by
    }</a></div><time
data-testid="DateLine"><span class="date-line__date">{
        us(story.on)
    }</span><span>7:02 PM UTC</span><span>Updated 3 years ago
</span></time></div><div data-testid="ArticleBody">{
        "".join(
            f'<div data-testid="paragraph-{i}" class="text__text">{words}</div>'
            for i, words in enumerate(story.paragraphs)
        )
    }</div><p class="sign-off">Reporting by {story.by}; editing by Otto Lamm</p></div>
</div>{footer()}"""
    return page(story, f"<title>{story.title} | {SITE}</title>", body)


@shape("summit", held_out=True, authors=())
def state_agency(story: Story) -> str:
    body = f"""<div class="header">{menu()}</div><div class="conTop"><h1 class="Btitle">{story.title}</h1><i class="time">
{story.on} 20:11:10</i><i class="source">Source: Ande News Agency</i><i class="editor">Editor: mt</i></div><div class="content"
id="detailContent">{paragraphs(story)}</div><div class="foreign"><ul><li><a href="/9">A night train returns</a></li></ul></div>
<div class="bottom"><p>Copyright © 2000-2024 Ande News Agency. All rights reserved.</p></div>"""
    return page(story, f"<title>{story.title}-Ande News</title>", body)


@shape("envoy", held_out=True)
def static_blog(story: Story) -> str:
    body = f"""<header class="masthead"><a href="/">field notes</a></header><main class="content"><h1 class="title">{story.title}</h1>
<p class="post-info">{british(story.on)} &middot; {story.by} &middot; 4 minute read</p>{paragraphs(story)}<hr><nav
class="post-nav"><a href="/p">&larr; Older</a><a href="/n">Newer &rarr;</a></nav></main><footer>Built by hand.</footer>"""
    return page(story, f"<title>{story.title} · field notes</title>", body)


@shape("prisoners", held_out=True)
def squarespace(story: Story) -> str:
    body = f"""<div id="siteWrapper">{menu()}<article class="entry blog-item"><div class="blog-item-top-wrapper"><div
class="blog-item-meta-wrapper"><time class="dt-published blog-meta-item" datetime="{story.on}" pubdate>Aug 16</time></div><h1
class="entry-title entry-title--large">{story.title}</h1><div class="blog-item-author-date-wrapper"><div
class="blog-item-author-name">Written By</div><a class="blog-author-name" href="/x">{story.authors[0]}, {story.authors[1]}</a>
</div></div><div class="blog-item-content e-content"><div class="sqs-block-content">{paragraphs(story)}</div></div></article>
<section class="item-pagination"><a href="/p"><span>Previous</span><h2>A night train returns</h2></a></section></div>{footer()}"""
    return page(story, f"<title>{story.title} — {SITE}</title>", body)


@shape("bank", held_out=True)
def mixed_boxes(story: Story) -> str:
    box = '<div class="story-recs"><b>Don\'t miss</b><p>What the new council wants, and what it will not say.</p></div>'
    body = f"""{cookies("qc-cmp2-ui")}{menu()}<div class="story__wrap"><h1 class="story__headline">{story.title}</h1><div
class="story__details"><div class="story__who">{story.by}</div><div class="story__when">Published: {us(story.on)} at 5:12 p.m.
</div></div><div class="story__text">{paragraphs(story, between=box)}</div></div>{disqus_like()}{newsletter()}{footer()}"""
    return page(story, open_graph(story), body)


@shape("visit", held_out=True, authors=())
def parliament(story: Story) -> str:
    body = f"""<div id="header">{menu()}</div><div id="content-core"><h1 class="documentFirstHeading">{story.title}</h1><div
class="documentByLine" id="plone-document-byline"><span class="documentPublished"><span>published</span> {british(story.on)},
</span><span class="documentModified"><span>last modified</span> {british(story.on + timedelta(9))}</span></div><div
class="documentDescription description">{story.summary}</div><div id="parent-fieldname-text">{paragraphs(story)}</div></div>
<div id="portal-footer"><p>Parliament of Norland</p></div>"""
    return page(story, f"<title>{story.title} — Parliament of Norland</title>", body)


@shape("vertrag", held_out=True)
def german_public_broadcaster(story: Story) -> str:
    body = f"""{menu()}<main class="content"><article class="container content-wrapper__group"><div class="seitenkopf"><h1
class="seitenkopf__headline"><span class="seitenkopf__topline">Norland</span><span class="seitenkopf__headline--text">
{story.title}</span></h1></div><p class="metatextline">Stand: 06.03.2019 08:12 Uhr</p><p class="textabsatz--date">
Veröffentlicht am 5. März 2019</p><div class="authorline">Von {story.by}, Orla</div>{paragraphs(story)}</article></main>
<footer><p>© Rundfunk</p></footer>"""
    return page(story, f"<title>{story.title} | Rundfunk</title>", body)


@shape("accord", held_out=True)
def spanish_style_day(story: Story) -> str:
    body = f"""{menu()}<main><h1 class="titulo">{story.title}</h1><div class="firma"><span class="autor">{story.by}</span> <time
class="fecha">2 de agosto de 2021</time></div><div class="cuerpo">{paragraphs(story)}</div></main><footer><p>Aviso</p></footer>"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("fish", held_out=True, authors=())
def statement_of_embassy(story: Story) -> str:
    body = f"""<table class="layout"><tr><td>{menu()}</td><td><div class="portlet"><h3 class="news-title">{story.title}</h3><p>
<em>{british(story.on)}</em></p>{paragraphs(story)}<p>{share()}</p></div></td></tr></table><p>Embassy of Norland, 3 Park Row</p>"""
    return page(story, f"<title>{story.title} - Embassy of Norland</title>", body)


@shape("summit", held_out=True)
def opinion_header(story: Story) -> str:
    body = f"""{menu()}<article class="opinion"><div class="kicker">Analysis</div><h1>{story.title}</h1><p class="deck">
{story.summary}</p><p class="credit">{story.by}, diplomatic correspondent</p><p class="when">{us(story.on)} / 6:00 AM EST</p>
{paragraphs(story)}<div class="bottom-rail"><h3>Around the web</h3><p>Fifteen boats that will never sail again.</p></div>
</article>{footer()}"""
    return page(story, open_graph(story), body)
