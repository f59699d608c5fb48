"""Pages of ministries, councils, agencies and encyclopaedias."""

from __future__ import annotations

from datetime import timedelta

from eval.pages.clutter import cookies, footer, menu, newsletter, related, share
from eval.pages.shapes import SITE, Story, british, open_graph, page, paragraphs, shape, us


@shape("harbour", authors=())
def drupal_ministry(story: Story) -> str:
    body = f"""<div id="page-wrapper"><header id="header">{menu()}</header><div class="breadcrumb"><a href="/">Home</a> » <a
href="/news">News</a></div><div class="region region-content"><h1 class="page-header">{story.title}</h1><article
class="node node--type-press-release node--view-mode-full"><div class="field field--name-field-date field--type-datetime">
<div class="field__label">Date</div><div class="field__item"><time datetime="{story.on}T12:00:00Z" class="datetime">
{british(story.on)}</time></div></div><div class="field field--name-body field--type-text-with-summary field__item">
{paragraphs(story)}</div></article></div><div class="region-sidebar"><h2>Latest news</h2><div class="views-row"><span>8
January 2024</span> <a href="/n/1">Statement on the night train</a></div></div></div>{footer()}"""
    return page(story, f"<title>{story.title} | Ministry of Foreign Affairs of Norland</title>", body)


@shape("fish", authors=())
def us_state_style(story: Story) -> str:
    body = f"""<div class="usa-banner">An official website of the government. Here's how you know</div>{menu()}<main
id="site-content"><header class="featured-content__copy"><p class="featured-content__type">Press Statement</p><h1
class="featured-content__headline stars-above">{story.title}</h1><p class="article-meta__author-bureau">Office of the
Spokesperson</p><p class="article-meta__publish-date">{us(story.on)}</p></header><div class="entry-content">
{paragraphs(story)}</div><div class="article-tags"><h2>Tags</h2><a href="/b">Bureau of Oceans</a></div><div
class="related-articles"><h2>Related Articles</h2><p class="date">January 3, 2024</p><p>Statement on the night train</p>
</div></main>{footer()}"""
    return page(story, open_graph(story), body)


@shape("summit", authors=())
def uk_gov_style(story: Story) -> str:
    meta = f'<meta name="govuk:first-published-at" content="{story.on}T10:00:00.000+00:00">'
    meta += f'<meta name="govuk:public-updated-at" content="{story.on + timedelta(40)}T10:00:00.000+00:00">'
    body = f"""<div class="gem-c-cookie-banner"><h2>Cookies on this site</h2><p>We use some essential cookies to make this
website work.</p></div>{menu()}<main id="content" class="govuk-main-wrapper"><span class="govuk-caption-xl">News story
</span><h1 class="gem-c-heading__text govuk-heading-l">{story.title}</h1><p class="gem-c-lead-paragraph">{story.summary}</p>
<dl class="gem-c-metadata"><dt>From:</dt><dd><a href="/o">Foreign Office of Norland</a></dd><dt>Published</dt><dd>
{british(story.on)}</dd><dt>Last updated</dt><dd>{british(story.on + timedelta(40))} — <a href="#h">See all updates</a></dd>
</dl><div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{paragraphs(story)}</div></div><div
class="gem-c-share-links"><h2>Share this page</h2></div><div class="gem-c-published-dates"><p>Published
{british(story.on)}</p><p>Last updated {british(story.on + timedelta(40))}</p></div></main>{footer()}"""
    return page(story, f"<title>{story.title} - GOV.NO</title>" + meta, body)


@shape("vertrag")
def german_newspaper(story: Story) -> str:
    body = f"""{menu()}<main><article class="artikel"><span class="dachzeile">Verkehr</span><h1>{story.title}</h1><p
class="vorspann">{story.summary}</p><div class="artikel-info"><span class="autor">Von {story.by}</span> <span
class="datum">{story.on.day}. März {story.on.year}, 17:30 Uhr</span></div><div class="artikel-text">{paragraphs(story)}
</div><p class="hinweis">Dieser Artikel ist kostenlos. Unterstützen Sie uns mit einem Abonnement.</p></article></main>
<section class="mehr"><h2>Mehr zum Thema</h2><p>Der Nachtzug fährt wieder zweimal in der Woche zwischen den beiden
Hauptstädten.</p></section><footer><p>© 2024 Orlaer Bote</p></footer>"""
    return page(story, f"<title>{story.title} | Orlaer Bote</title>", body)


@shape("vertrag", authors=())
def german_ministry(story: Story) -> str:
    body = f"""<header>{menu()}</header><main id="main"><h1 class="isFirstInSlot">{story.title}</h1><div class="c-intro"><p
class="c-doctype-with-date"><span class="c-doctype">Pressemitteilung</span> <span class="c-date">05.03.2019</span></p></div>
<div class="s-richtext">{paragraphs(story)}</div></main><aside><h2>Weitere Meldungen</h2><p>12.01.2024 Zum Nachtzug</p>
</aside><footer><p>© Verkehrsministerium</p></footer>"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("accord")
def french_newspaper(story: Story) -> str:
    body = f"""{menu()}<main><article><h1 class="article__title">{story.title}</h1><p class="article__desc">
{story.summary}</p><section class="meta__date-reading"><span class="meta__author"><a href="/c">{
        story.by
    }</a></span><span
class="meta__date">Publié le {story.on.day} août {story.on.year} à 18h04, modifié le 3 août {
        story.on.year
    } à 07h30</span>
</section><section class="article__content">{
        paragraphs(story, tag='p class="article__paragraph"').replace('</p class="article__paragraph">', "</p>")
    }</section></article><section class="article__siblings"><h2>Lire aussi</h2><p>Le
train de nuit revient deux fois par semaine.</p></section></main><footer><p>Mentions légales</p></footer>"""
    return page(story, f"<title>{story.title}</title>", body)


@shape("accord", authors=())
def spip_ministry(story: Story) -> str:
    body = f"""<div id="page">{menu()}<div class="cartouche"><h1 class="crayon article-titre-3">{story.title}</h1><p
class="info-publi"><abbr class="published" title="{story.on}T10:00:00Z">2 août 2021</abbr></p></div><div class="crayon
article-texte-3 texte entry-content">{paragraphs(story)}</div><div class="menu articles"><h2>Dans la même rubrique</h2><ul>
<li><a href="/a9">Le train de nuit</a></li></ul></div></div><div id="pied"><p>Plan du site</p></div>"""
    return page(story, f"<title>{story.title} - Ministère</title>", body)


@shape("envoy", authors=(), day=None)
def mediawiki_like(story: Story) -> str:
    body = f"""<div id="mw-page-base"></div><div id="content" class="mw-body" role="main"><h1 id="firstHeading"
class="firstHeading">{story.title}</h1><div id="bodyContent"><div id="siteSub">From the Open Encyclopaedia</div><div
id="mw-content-text"><div class="mw-parser-output">{paragraphs(story)}</div></div><div id="catlinks" class="catlinks"><a
href="/c">Categories</a>: <ul><li><a href="/c/1">Elections</a></li></ul></div></div></div><div id="mw-navigation"><h2>
Navigation menu</h2><ul><li><a href="/m">Main page</a></li><li><a href="/r">Random article</a></li></ul></div><div
id="footer"><ul><li id="footer-info-lastmod">This page was last edited on 4 January 2024, at 11:02.</li><li>Text is
available under a free licence; additional terms may apply.</li></ul></div>"""
    return page(story, f"<title>{story.title} - Open Encyclopaedia</title>", body)


@shape("prisoners", authors=())
def wikinews_like(story: Story) -> str:
    body = f"""<div id="content" class="mw-body"><h1 id="firstHeading" class="firstHeading">{story.title}</h1><div
id="mw-content-text"><div class="mw-parser-output"><p><strong class="published"><span id="publishDate" title="{story.on}">
Tuesday, August 16, 2022</span></strong></p>{paragraphs(story)}<h2><span class="mw-headline" id="Sources">Sources</span></h2>
<ul class="sources"><li>"<a href="/s">Names on a list</a>". <i>The River Post</i>, August 15, 2022</li></ul></div></div></div>
<div id="footer"><p>This page is archived, and is no longer publicly editable.</p></div>"""
    return page(story, f"<title>{story.title} - Free News</title>", body)


@shape("bank", authors=())
def press_release_wire(story: Story) -> str:
    body = f"""{cookies("onetrust-banner")}{menu()}<main class="release"><div class="release-header"><h1>{story.title}</h1>
<p class="mb-no"><span>News provided by</span> <a href="/b">Council of the River States</a></p><p class="mb-no">Jan 05, 2023,
11:00 ET</p>{share()}</div><section class="release-body container">{paragraphs(story)}<p>SOURCE Council of the River States
</p></section></main>{related("also-from", "Also from this source")}{footer()}"""
    return page(story, open_graph(story), body)


@shape("visit", authors=())
def sharepoint_government(story: Story) -> str:
    body = f"""<form id="aspnetForm"><div id="s4-workspace"><div class="ms-belltown"><span>{SITE}</span></div>{
        menu()
    }<div
id="DeltaPlaceHolderMain"><div class="article article-right"><div class="captioned-image"><div class="caption">
{story.caption}</div></div><div class="article-header"><h1>{story.title}</h1><div class="date-line">{
        story.on.strftime("%d-%m-%Y")
    }</div></div><div class="article-content"><div class="ms-rtestate-field">{
        "".join(f'<div><span style="font-size:12pt">{words}</span></div>' for words in story.paragraphs)
    }</div></div></div></div><div
id="s4-bodyfooter"><p>Ministry of the Interior, 1 Castle Square</p></div></div></form>"""
    return page(story, f"<title>Pages - {story.title}</title>", body)


@shape("harbour", authors=())
def president_office(story: Story) -> str:
    body = f"""<div class="layout">{menu()}<div class="read" itemscope itemtype="http://schema.org/NewsArticle"><div
class="read__in"><h1 class="entry-title p-name" itemprop="name">{story.title}</h1><div class="read__lead entry-summary">
{story.summary}</div><div class="read__meta"><time class="read__published" datetime="{story.on}" itemprop="datePublished">
{us(story.on)}</time><span class="read__time">14:20</span><span class="read__place p-location">Tavel</span></div><div
class="read__content entry-content e-content" itemprop="articleBody">{paragraphs(story)}</div></div></div><div
class="read__aside"><h3>See also</h3><p>Telephone conversation about the night train, January 9, 2024</p></div></div>
{footer()}"""
    return page(story, f"<title>{story.title} • Office of the President</title>", body)


@shape("fish", authors=())
def international_body(story: Story) -> str:
    body = f"""{cookies()}<div class="region-header">{menu()}</div><main><h1 class="ecl-page-header__title">{story.title}</h1>
<ul class="ecl-page-header__meta"><li class="ecl-page-header__meta-item">STATEMENT</li><li
class="ecl-page-header__meta-item">{british(story.on)}</li><li class="ecl-page-header__meta-item">Lisbon</li></ul><div
class="ecl-editor">{paragraphs(story)}</div><dl class="ecl-description-list"><dt>Publication date</dt><dd>
{british(story.on)}</dd><dt>Author</dt><dd>Press and information team</dd></dl></main>{newsletter()}{footer()}"""
    return page(story, open_graph(story), body)


@shape("summit")
def think_tank(story: Story) -> str:
    meta = (
        f'<meta name="citation_title" content="{story.title}"><meta name="citation_author" content="{story.by}">'
        f'<meta name="citation_publication_date" content="{story.on.strftime("%Y/%m/%d")}">'
    )
    body = f"""{menu()}<main><div class="hero"><span class="type">Commentary</span><h1>{story.title}</h1><div class="authors">
<a href="/e/tk">{story.by}</a></div><div class="hero-date">{british(story.on)}</div></div><div class="article-body">
{paragraphs(story)}<h2>Notes</h2><ol class="footnotes"><li>See the report of the river commission for 2018.</li></ol></div>
<div class="about-author"><h3>About the author</h3><p>{story.by} is a senior fellow and works on water, borders and what
happens when the two meet.</p></div></main>{related()}{footer()}"""
    return page(story, f"<title>{story.title} | Institute</title>" + meta, body)
