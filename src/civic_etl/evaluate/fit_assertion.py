"""Fitting the weights of what tells a fact of a place from a figure that is only mentioned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from civic_etl.confidence import Weights
from civic_etl.evaluate.fit import Example, fit
from civic_etl.evaluate.gold import GoldSet
from civic_etl.extract.assertion_signs import AssertionSigns
from civic_etl.extract.pipeline import read_figures
from civic_etl.extract.records import Document

ASSERTION_HEAD = """\
# Log-odds of a figure being a fact of its place, by what it and the words around it show.
# Written by `civic-etl evaluate --fit-assertion`; fitted on {rows} figures of {sets}.
"""
# so strong that no sign is learnt by heart
_PENALTY = 10.0
# texts in which fewer figures than that are facts tell of something else
_MOSTLY = 0.5
# each of them is read with parts of others, and others with a part of it: (the part, whether it is the story's)
_PARTS = 3
_MIXED = ((0, False), (1, False), (2, True))
# steps through the articles that are mixed with stories, without a common factor
_STEP, _TURN = 37, 101


class _Article(NamedTuple):
    document: Document
    spans: tuple[tuple[int, int], ...]


def fit_assertion(rows: list[Example]) -> Weights:
    """The weights that tell facts from mentions."""
    return fit(rows, _PENALTY)


def assertion_examples(sets: Iterable[GoldSet]) -> list[Example]:
    """The figures of all articles, and of stories and reports mixed, each with whether it is annotated.

    Pages that hold a fact or two among much else are common, and articles that annotators choose seldom are such.
    """
    articles = [article for gold in sets for article in _articles(gold)]
    read = [(article, list(_examples(article))) for article in articles]
    stories = [article for article, rows in read if rows and sum(row.right for row in rows) < _MOSTLY * len(rows)]
    reports = [article for article, rows in read if article not in stories]
    mixed = [row for article in _mixed(stories, reports) for row in _examples(article)]
    return [*(row for _, rows in read for row in rows), *mixed]


def _articles(gold: GoldSet) -> Iterator[_Article]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for claim in gold.observations:
        if claim.span is not None:
            spans[claim.doc_id].append(claim.span)
    for document in gold.documents:
        yield _Article(document, tuple(spans[document.doc_id]))


def _examples(article: _Article) -> Iterator[Example]:
    """The figures of an article; those that a rule tells to be of a story, too: they show what stories are like."""
    context, _, drafts, _ = read_figures(article.document)
    drafts = sorted(drafts, key=lambda draft: draft.quantity.start)
    signs = AssertionSigns(context, drafts)
    for draft in drafts:
        start, end = context.normal.stored(draft.quantity.start, draft.quantity.end)
        right = any(first < end and start < last for first, last in article.spans)
        yield Example(article.document.doc_id, signs.of(draft), right)


def _mixed(stories: list[_Article], reports: list[_Article]) -> Iterator[_Article]:
    """Stories with a part of a report at their end, and reports with a part of a story."""
    for number, story in enumerate(stories if reports else ()):
        for turn, (part, is_story) in enumerate(_MIXED):
            report = reports[(number * _STEP + turn * _TURN) % len(reports)]
            yield _joined(report, story, part) if is_story else _joined(story, report, part)


def _joined(article: _Article, other: _Article, part: int) -> _Article:
    """An article with a part of the lines of another one below."""
    text = other.document.text
    lines = text.splitlines(keepends=True)
    bounds = [0, *accumulate(map(len, lines))]
    cuts = [bounds[len(lines) * number // _PARTS] for number in range(_PARTS + 1)]
    start, end = list(pairwise(cuts))[part]
    above = article.document.text.rstrip("\n") + "\n"
    moved = [(len(above) + a - start, len(above) + b - start) for a, b in other.spans if start <= a and b <= end]
    document = replace(article.document, text=above + text[start:end])
    return _Article(document, (*article.spans, *moved))
