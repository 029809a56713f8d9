"""The REST API of WordPress for posts: as much of it as a reader of a site needs."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from civic_etl.samples.resources import JSON, Query, Resource
from civic_etl.samples.stories import Story

PER_PAGE = 10
MOST_PER_PAGE = 100


class PostsApi:
    """`/wp-json/wp/v2/posts` over some stories (newest first); `link` gives a story's full address, `body` its HTML."""

    def __init__(self, stories: Sequence[Story], link: Callable[[Story], str], body: Callable[[Story], str]) -> None:
        self._stories = stories
        self._link = link
        self._body = body

    def posts(self, query: Query) -> Resource:
        """One page of posts, with the totals in headers."""
        numbers = {name: query.get(name, default) for name, default in (("page", "1"), ("per_page", str(PER_PAGE)))}
        if (
            not all(value.isdigit() and int(value) > 0 for value in numbers.values())
            or int(numbers["per_page"]) > MOST_PER_PAGE
        ):
            return rest_error(400, "rest_invalid_param")
        page, per_page = int(numbers["page"]), int(numbers["per_page"])
        try:
            chosen = self._chosen(query)
        except ValueError:
            return rest_error(400, "rest_invalid_param")
        pages = -(-len(chosen) // per_page)
        if page > max(pages, 1):
            return rest_error(400, "rest_post_invalid_page_number")
        posts = [self.post(story) for story in chosen[(page - 1) * per_page : page * per_page]]
        fields = [name for name in query.get("_fields", "").split(",") if name]
        if fields:
            posts = [{name: post[name] for name in fields if name in post} for post in posts]
        return json_resource(posts, {"X-WP-Total": str(len(chosen)), "X-WP-TotalPages": str(pages)})

    def _chosen(self, query: Query) -> list[Story]:
        """The posts of a query, by WordPress's own rules: bounds are exclusive. Raises ValueError for a bad date."""
        chosen = list(self._stories)
        for name, value in query.items():
            if name in ("after", "modified_after"):
                chosen = [story for story in chosen if _moment(story, name) > _bound(story, value)]
            elif name in ("before", "modified_before"):
                chosen = [story for story in chosen if _moment(story, name) < _bound(story, value)]
            elif name == "slug":
                chosen = [story for story in chosen if story.slug == value]
        if query.get("orderby") == "modified":
            chosen.sort(key=lambda story: story.updated, reverse=True)
        return chosen[::-1] if query.get("order") == "asc" else chosen

    def post(self, story: Story) -> dict[str, Any]:
        """A post as the API writes it."""
        link = self._link(story)
        return {
            "id": story.entry.number,
            "date": _local(story.entry.published),
            "date_gmt": _local(story.entry.published.astimezone(UTC)),
            "modified": _local(story.updated),
            "modified_gmt": _local(story.updated.astimezone(UTC)),
            "slug": story.slug,
            "status": "publish",
            "type": "post",
            "link": link,
            "guid": {"rendered": f"{link.partition(story.slug)[0]}?p={story.entry.number}"},
            "title": {"rendered": story.title},
            "excerpt": {"rendered": f"<p>{story.lead}</p>\n", "protected": False},
            "content": {"rendered": self._body(story), "protected": False},
            "format": "standard",
        }


def _moment(story: Story, name: str) -> datetime:
    return story.updated if name.startswith("modified") else story.entry.published


def _bound(story: Story, value: str) -> datetime:
    """A bound without a zone is in the site's own time, as in WordPress."""
    bound = datetime.fromisoformat(value)
    return bound if bound.tzinfo else bound.replace(tzinfo=story.entry.published.tzinfo)


def _local(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def json_resource(data: Any, headers: dict[str, str] | None = None) -> Resource:
    """Plain data as a JSON answer."""
    return Resource(json.dumps(data, ensure_ascii=False).encode(), JSON, headers=headers or {})


def rest_error(status: int, code: str) -> Resource:
    """A refusal in the words of the API."""
    body = {"code": code, "message": "Tham số không hợp lệ.", "data": {"status": status}}
    return Resource(json.dumps(body, ensure_ascii=False).encode(), JSON, status=status)
