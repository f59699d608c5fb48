"""Pages of newspapers and blogs."""

from __future__ import annotations

from datetime import timedelta

from eval.pages.clutter import (
    cookies,
    disqus_like,
    footer,
    inline_related,
    menu,
    newsletter,
    related,
    share,
    wordpress_comments,
)
from eval.pages.shapes import SITE, Story, british, graph, open_graph, page, paragraphs, shape, us


@shape("harbour")
def wordpress_classic(story: Story) -> str:
    body = f"""{menu()}<div id="content" class="site-content"><main><article id="post-7" class="post-7 post type-post">
<header class="entry-header"><h1 class="entry-title">{story.title}</h1><div class="entry-meta"><span class="posted-on">
Posted on <a href="/x"><time class="entry-date published" datetime="{story.on}T08:15:00+00:00">{us(story.on)}</time></a>
</span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/nw">{story.by}</a></span>
</span></div></header><div class="entry-content">{paragraphs(story)}{share()}</div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/w">World</a></span></footer></article>
{wordpress_comments()}</main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries">
<h2>Recent Posts</h2><ul><li><a href="/1">A night train returns</a></li></ul></section></aside>{footer()}"""
    return page(story, f"<title>{story.title} | {SITE}</title>", body)


@shape("fish")
def wordpress_yoast(story: Story) -> str:
    linked = graph(
        {"@type": "WebSite", "@id": "/#website", "name": SITE},
        {"@type": "Person", "@id": "/#p1", "name": story.authors[0]},
        {"@type": "Person", "@id": "/#p2", "name": story.authors[1]},
        {
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.on}T18:40:00+00:00",
            "dateModified": f"{story.on + timedelta(3)}T09:00:00+00:00",
            "author": [{"@id": "/#p1"}, {"@id": "/#p2"}],
        },
    )
    body = f"""{cookies()}{menu()}<main id="main"><article class="post"><h1 class="entry-title">{story.title}</h1>
<div class="post-meta">{british(story.on)} <span>4 min read</span></div><div class="entry-content wp-block-post-content">
{paragraphs(story, between=inline_related())}</div></article>{related()}</main>{newsletter()}{footer()}"""
    return page(story, open_graph(story) + linked, body)


@shape("border")
def wordpress_block_theme(story: Story) -> str:
    body = f"""<header class="wp-block-template-part">{menu()}</header><main class="wp-block-group"><div
class="wp-block-group alignwide"><h1 class="wp-block-post-title">{story.title}</h1><div class="wp-block-post-date"><time
datetime="{story.on}T06:00:00+02:00">{us(story.on)}</time></div><div class="wp-block-post-author"><p
class="wp-block-post-author__name">{story.by}</p></div></div><figure class="wp-block-image"><img src="b.jpg" alt="">
<figcaption class="wp-element-caption">{story.caption}</figcaption></figure><div class="entry-content
wp-block-post-content is-layout-constrained">{paragraphs(story)}</div><div class="wp-block-comments">
<h2 class="wp-block-comments-title">One response</h2><ol class="wp-block-comment-template"><li><div
class="wp-block-comment-author-name">Gull</div><div class="wp-block-comment-content"><p>I was there as well, and it was
much louder than you write it here.</p></div></li></ol></div></main>{footer()}"""
    return page(story, f"<title>{story.title} &#8211; {SITE}</title>", body)


@shape("summit")
def arc_publishing(story: Story) -> str:
    linked = graph(
        {
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.on}T10:11:12.345Z",
            "author": [{"@type": "Person", "name": name} for name in story.authors],
            "publisher": {"@type": "Organization", "name": SITE},
        }
    )
    body = f"""<div id="fusion-app"><header class="b-header-nav-chain">{menu()}</header><section class="c-stack"><h1
class="b-headline">{story.title}</h1><h2 class="b-subheadline">{story.summary}</h2><div class="c-attribution b-byline">By
<span class="b-byline__names"><a class="c-link" href="/a">{story.by}</a></span></div><time class="c-date b-date"
datetime="{story.on}T10:11:12.345Z">{us(story.on)} at 10:11 a.m. EST</time></section><article class="b-article-body">
{paragraphs(story, between='<div class="c-ad"><p>Advertisement</p></div>')}</article><div class="b-results-list"><h2>More
in World</h2><p>After nine years there is a sleeping car again between the two capitals, twice a week and in summer
every night.</p></div></div>{footer()}"""
    return page(story, open_graph(story) + linked, body)


@shape("envoy")
def medium_like(story: Story) -> str:
    meta = f'<meta property="article:published_time" content="{story.on}T07:30:00.000Z"><meta name="author" content="{story.by}">'
    body = f"""<div id="root"><div class="ab ac"><a href="/">Open in app</a><a href="/s">Sign up</a><a href="/i">Sign in</a>
</div><article><div class="l"><section><div><h1 id="5f2" class="pw-post-title hj hk">{story.title}</h1><h2
class="pw-subtitle-paragraph">{story.summary}</h2><div class="fk fl"><a href="/@a" class="af ag">{story.by}</a><span>·</span>
<button>Follow</button><div><span data-testid="storyReadTime">4 min read</span><span>·</span><span
data-testid="storyPublishDate">{us(story.on)[:3]} {story.on.day}, {story.on.year}</span></div></div><div><p>--</p><p>12</p>
<button>Listen</button><button>Share</button></div></div>{paragraphs(story)}</section></div></article><div><h2>Written by
{story.by}</h2><p>214 Followers</p><p>Writes about votes and who counts them. Opinions are my own and seldom final.</p>
</div><div><h2>Recommended from Medium</h2><h3>What the new council wants</h3><p>Seven members, four parties, and one
question that nobody wanted to be asked first.</p></div></div>"""
    return page(story, f"<title>{story.title} | by {story.by} | Medium</title>" + meta, body)


@shape("prisoners")
def ghost(story: Story) -> str:
    linked = graph(
        {
            "@type": "Article",
            "headline": story.title,
            "datePublished": f"{story.on}T05:00:00.000Z",
            "dateModified": f"{story.on + timedelta(1)}T05:00:00.000Z",
            "author": {"@type": "Person", "name": story.authors[0]},
            "contributor": [{"@type": "Person", "name": story.authors[1]}],
        }
    )
    body = f"""<div class="gh-viewport"><header class="gh-navigation">{menu()}</header><main class="gh-main"><article
class="gh-article post"><header class="gh-article-header"><h1 class="gh-article-title">{story.title}</h1><p
class="gh-article-excerpt">{story.summary}</p><div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/a">
{story.authors[0]}</a>, <a href="/b">{story.authors[1]}</a></h4><time class="gh-article-meta-date" datetime="{story.on}">
{us(story.on)}</time></div></header><section class="gh-content gh-canvas">{paragraphs(story)}</section></article>
<section class="gh-container"><h2>Read more</h2><p>The first of them has been standing in a field since the autumn of last
year.</p></section></main><div class="gh-footer-signup"><p>Subscribe to the letter and never miss a post again.</p></div>
</div>"""
    return page(story, open_graph(story) + linked, body)


@shape("bank")
def paywall_notice(story: Story) -> str:
    linked = graph(
        {
            "@type": ["NewsArticle", "ReportageNewsArticle"],
            "isAccessibleForFree": False,
            "headline": story.title,
            "datePublished": f"{story.on}",
            "author": {"@type": "Person", "name": f"By {story.by}"},
        }
    )
    body = f"""{menu()}<main><article class="article"><header><h1>{story.title}</h1><p class="standfirst">{story.summary}</p>
<div class="article__byline">By {story.by} in Port Ost</div><div class="article__date">{british(story.on)}</div></header>
<div class="article__body">{paragraphs(story)}</div><div class="paywall-barrier"><h2>Keep reading for one coin a week</h2>
<p>You have read three of three free reports this month. Subscribe now and cancel whenever you like.</p></div></article>
</main>{footer()}"""
    return page(story, f"<title>{story.title} | {SITE}</title>" + linked, body)


@shape("visit")
def amp(story: Story) -> str:
    linked = graph(
        {
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.on}T12:00:00+01:00",
            "author": {"@type": "Person", "name": story.by},
        }
    )
    return f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{story.title}</title>
<link rel="canonical" href="https://river-post.example/visit">{linked}<style amp-custom>h1{{}}</style></head><body>
<header class="amp-wp-header"><a href="/">{SITE}</a></header><amp-sidebar id="s" layout="nodisplay"><ul><li>World</li></ul>
</amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{story.title}
</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author">{story.by}</span></div><div class="amp-wp-meta
amp-wp-posted-on"><time datetime="{story.on}T12:00:00+01:00">7 years ago</time></div></header><figure
class="amp-wp-article-featured-image"><amp-img src="f.jpg" width="8" height="4"></amp-img><figcaption>{story.caption}
</figcaption></figure><div class="amp-wp-article-content">{paragraphs(story)}</div></article><amp-consent id="c"><div>We use
cookies.</div></amp-consent><footer class="amp-wp-footer"><p>Back to top</p></footer></body></html>"""


@shape("harbour", authors=("Ida Brandt Olsen",))
def author_box_below(story: Story) -> str:
    body = f"""{menu()}<div class="article-wrap"><h1 class="headline">{story.title}</h1><p class="dek">{story.summary}</p>
<div class="story-body">{paragraphs(story)}</div><div class="author-bio"><img src="i.jpg" alt=""><p class="author-name">
<a rel="author" href="/ido">Ida Brandt Olsen</a></p><p>Ida Brandt Olsen has reported from Tavel since 2009 and lives on a
boat that does not sail.</p></div><p class="published">Published {british(story.on)}, 18:04</p></div>{related()}{footer()}"""
    return page(story, open_graph(story), body)


@shape("fish")
def updated_before_published(story: Story) -> str:
    later = story.on + timedelta(12)
    body = f"""{menu()}<article><h1>{story.title}</h1><p class="byline">By {story.authors[0]}, {story.authors[1]}</p>
<p class="timestamp">Updated {british(later)} 9:41 a.m. | Published {british(story.on)} 6:02 p.m.</p>
{paragraphs(story)}<p class="correction">Correction, {british(later)}: An earlier version of this report gave the wrong
number of delegations.</p></article>{footer()}"""
    return page(story, open_graph(story), body)


@shape("border")
def microdata(story: Story) -> str:
    body = f"""{menu()}<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{story.by}</span></span>
<meta itemprop="datePublished" content="{story.on}"><meta itemprop="dateModified" content="{story.on + timedelta(30)}">
<div class="date">{story.on.strftime("%d/%m/%Y")}</div><div itemprop="articleBody">{paragraphs(story)}</div></div>
{disqus_like()}{footer()}"""
    return page(story, f"<title>{story.title} :: {SITE}</title>", body)


@shape("summit", authors=())
def agency_copy(story: Story) -> str:
    body = f"""{cookies("gdpr-banner")}{menu()}<main class="article-page"><h1 class="article-title">{story.title}</h1><div
class="article-info"><span class="agency">Agencies</span> <span class="date">{story.on.strftime("%d.%m.%Y")} 14:20</span>
</div><div class="article-text">{paragraphs(story)}<p class="tags">Tags: <a href="/t/1">water</a> <a href="/t/2">Brev</a></p>
</div></main>{related("more-news", "More news")}{footer()}"""
    return page(story, open_graph(story), body)


@shape("envoy", authors=())
def live_blog(story: Story) -> str:
    linked = graph(
        {
            "@type": "LiveBlogPosting",
            "headline": story.title,
            "datePublished": f"{story.on}T05:00:00Z",
            "coverageStartTime": f"{story.on}T05:00:00Z",
            "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "One", "datePublished": f"{story.on}T21:00:00Z"}],
        }
    )
    entries = "".join(
        f'<article class="live-blog-entry" id="e{i}"><time datetime="{story.on}T{21 - i}:00:00Z">{21 - i}.00</time>'
        f"<div class='entry-body'><p>{words}</p></div></article>"
        for i, words in enumerate(story.paragraphs)
    )
    body = f"""{menu()}<main><header><span class="live">Live</span><h1>{story.title}</h1></header><div class="live-blog">
{entries}</div></main>{newsletter()}{footer()}"""
    return page(story, open_graph(story) + linked, body)


@shape("prisoners")
def react_news(story: Story) -> str:
    by = "".join(
        f'<span data-testid="author-name"><a href="/{i}">{name}</a></span>' for i, name in enumerate(story.authors)
    )
    blocks = "".join(
        f'<div data-component="text-block" class="ssrcss-uf6wea"><p class="ssrcss-1q0x1qg"><span>{words}</span></p></div>'
        for words in story.paragraphs
    )
    linked = graph(
        {
            "@type": "ReportageNewsArticle",
            "headline": story.title,
            "datePublished": f"{story.on}T04:00:00.000Z",
            "author": [{"@type": "Person", "name": name} for name in story.authors],
        }
    )
    body = f"""<div id="__next">{menu()}<main id="main-content"><article class="ssrcss-pv1rh6"><header
data-component="headline-block"><h1 id="main-heading" tabindex="-1">{story.title}</h1></header><div
data-component="byline-block"><div class="ssrcss-1">{by}</div><time datetime="{story.on}T04:00:00.000Z">16 August</time>
</div>{blocks}<section data-component="topic-list"><h2>Related Topics</h2><ul><li>Norland</li></ul></section></article>
<aside data-component="links-block"><h2>More on this story</h2><ul><li><a href="/9">A night train returns</a></li></ul>
</aside></main></div>{footer()}"""
    return page(story, f"<title>{story.title} - {SITE}</title>" + linked, body)


@shape("bank")
def substack_like(story: Story) -> str:
    linked = graph(
        {
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.on}T09:00:00+00:00",
            "author": [{"@type": "Person", "name": story.by}],
        }
    )
    body = f"""<div class="main-menu"><a href="/">{
        SITE
    }</a><button>Subscribe</button></div><div class="single-post"><article
class="newsletter-post post"><div class="post-header"><h1 class="post-title unpublished">{story.title}</h1><h3
class="subtitle">{story.summary}</h3><div class="byline-wrapper"><div class="profile-hover-card-target"><a href="/@g">
{story.by}</a></div><div class="meta-EgzBVA">Jan 05, 2023</div></div></div><div class="available-content"><div
class="body markup">{
        paragraphs(
            story,
            between='<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for '
            "free to receive new posts and support my work.</p></div>",
        )
    }</div></div></article><div class="comments-section"><h4>
Discussion about this post</h4><div class="comment"><div class="comment-author">Ole</div><div class="comment-body"><p>They
should have asked for the books first, and for the old ones too.</p></div></div></div></div>"""
    return page(story, open_graph(story) + linked, body)


@shape("visit")
def blogger(story: Story) -> str:
    body = f"""<div class="header"><h1 class="title"><a href="/">{SITE} weblog</a></h1></div><div class="main section"><div
class="date-outer"><h2 class="date-header"><span>Friday, December 9, 2016</span></h2><div class="post hentry"><h3
class="post-title entry-title">{story.title}</h3><div class="post-body entry-content">{"<br><br>".join(story.paragraphs)}
</div><div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{story.by}</span></span> <span
class="post-timestamp">at <abbr class="published" title="{story.on}T19:12:00+01:00">7:12 PM</abbr></span></div></div></div>
<div class="comments" id="comments"><h4>1 comment:</h4><div class="comment-block"><cite class="user">Ana</cite><p
class="comment-content">The church is not that old, it was built anew after the fire in 1902.</p></div></div></div><div
class="sidebar"><h2>Blog Archive</h2><ul><li>2016 (14)</li><li>2015 (91)</li></ul></div>"""
    return page(story, f"<title>{SITE} weblog: {story.title}</title>", body)
