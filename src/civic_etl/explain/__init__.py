"""An article with each of its numbers: what it was read as, or why it was not read.

`explain` works it out; `page` writes it as one HTML file, `shown` for a terminal.
"""

from civic_etl.explain.explanation import Explanation, Mark, explain
from civic_etl.explain.html import page
from civic_etl.explain.terminal import shown

__all__ = ["Explanation", "Mark", "explain", "page", "shown"]
