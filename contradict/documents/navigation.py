"""The words of buttons, menus and markers that stand on lines of their own in the text of a web page."""

from __future__ import annotations

import re

_PHRASES = """
no time to read, get a summary, get a quick summary, get summary, read the full article, read the full story,
full article, read full article, read full story, read more, read more here, read next, read also, also read,
continue reading, continue reading below, continue reading the main story, story continued below,
story continues below, story continues below advertisement, article continues below,
article continues below advertisement, text continues below, scroll down to continue, scroll to continue,
scroll down for more, swipe to continue, scroll to continue reading, previous article, previous articles,
next article, next articles, previous post, next post, previous story, next story, previous page, next page,
newer post, older post, newer posts, older posts, previous, next, prev, exit mobile version

advertisement, advertisements, ad, skip ad, sponsored, sponsored content, sponsored links, paid content,
promoted, this content is sponsored, more from our partners, from our partners

share, share this, share this article, share this story, share this post, share this page, share this video,
share article, share the article, share story, share via, share on, share on facebook, share on twitter,
share on linkedin, share on whatsapp, share via email, share with friends, tweet, tweet this, post, pin, pin it,
facebook, twitter, whatsapp, linkedin, reddit, flipboard, pocket, instagram, youtube, telegram, pinterest,
tumblr, google, copy link, link copied, print, print this, print this page, print this article, print article,
email, email this, email us, email this article, e-mail, e-mail this, save, save article, save this,
save for later, like, like this, like us, follow us, follow, join us

comment, comments, # comment, # comments, comments #, view comments, view all comments, see all comments,
show comments, comments closed, comments are closed, leave a comment, leave a reply, add a comment,
post a comment, join the conversation, join the discussion, reply, report abuse, permalink

related, related article, related articles, related story, related stories, related content, related topics,
related posts, related news, related coverage, related links, related video, related videos, recommended,
recommended for you, recommended stories, recommended reading, you may like, you may also like, you might like,
you might also like, see also, also see, more, more stories, more news, more coverage, more on this,
more on this story, more for you, more like this, top stories, latest news, latest, trending, trending now,
most popular, most read, most viewed, most shared, most commented, editors' picks, breaking news,
breaking news alert, breaking news alerts, what to read next

see more, see all, view more, view all, show more, show all, load more, read all, load more stories,
view gallery, open gallery, gallery, view slideshow, slideshow, slideshow # images, photos, photo, video, videos,
image # of #, # of #, prev next, prev image, next image, view image, enlarge image, enlarge this image,
hide caption, toggle caption, caption, click to expand, click to play, click to enlarge, click to view,
click to share, click to copy, tap to unmute, play, play video, pause, mute, unmute, replay, replay video,
loading, watch, watch now, watch live, watch video, watch below, listen, listen now, listen live,
listen to this article, media playback is not supported on this device, close

search, menu, home, skip to content, skip to main content, skip to navigation, back to top, top, sign in,
sign up, sign out, sign up here, sign up now, sign up today, log in, log out, login, logout, register, subscribe,
subscribe now, subscribe today, subscribe here, newsletter, newsletters, newsletter sign-up, newsletter signup,
newsletter sign up, mailing list, manage newsletters, accept, accept all, accept cookies, accept all cookies,
cookies, cookie policy, cookie settings, privacy policy, privacy notice, terms of use, terms of service,
terms and conditions, contact, contact us, about us, opens in new window, pullquote

# min read, # minute read, # minutes read, # mins read, # second ago, # seconds ago, # minute ago, # minutes ago,
# hour ago, # hours ago, # day ago, # days ago, # week ago, # weeks ago, # month ago, # months ago, # year ago,
# years ago, this article is more than # year old, this article is more than # years old,
this article is more than # months old
"""
"""Phrases between commas; `#` is any number. From what stands alone on lines most often in 37,554 articles of many
outlets, and from the templates of common publishing systems."""

_KNOWN = frozenset(phrase.strip() for phrase in re.split(r"[,\n]", _PHRASES) if phrase.strip())
_FIRST = frozenset(phrase.split()[0] for phrase in _KNOWN)
_LONGEST = max(len(phrase.split()) for phrase in _KNOWN)
MAX_WORDS = 24
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d+")


def is_navigation(line: str) -> bool:
    """Whether a line is such phrases and nothing else: "No time to read? Get a summary", "Tweet 12 comments"."""
    if len(line) > 200:
        return False
    lower = line.lower()
    first = _WORD.search(lower)
    if first is None or _masked(first[0]) not in _FIRST:
        return False
    words = [_masked(word) for word in _WORD.findall(lower)]
    if len(words) > MAX_WORDS or words == ["#"]:
        return False
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        step = next((length for length in lengths if " ".join(words[at : at + length]) in _KNOWN), 0)
        if not step:
            return False
        at += step
    return True


def _masked(word: str) -> str:
    return "#" if word[0].isdigit() else word
