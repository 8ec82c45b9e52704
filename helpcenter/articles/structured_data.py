"""What search engines read about an article (schema.org)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpcenter.articles.breadcrumb import Step
from helpcenter.articles.visibility import Reading, url


def structured_data(reading: Reading, steps: Sequence[Step], site_url: str, site_name: str) -> list[dict[str, Any]]:
    """The article and its breadcrumb. `site_url` without a slash at the end; addresses come out absolute."""
    address = site_url + url(reading)
    article = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": reading.title,
        "description": reading.summary,
        "inLanguage": reading.locale,
        "datePublished": reading.published_at.isoformat(),
        "dateModified": reading.updated_at.isoformat(),
        "mainEntityOfPage": address,
        "publisher": {"@type": "Organization", "name": site_name},
    }
    places = [(step.title, site_url + step.url) for step in steps] + [(reading.title, address)]
    items = [{"@type": "ListItem", "position": i, "name": name, "item": at} for i, (name, at) in enumerate(places, 1)]
    crumbs = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    return [article, crumbs]
