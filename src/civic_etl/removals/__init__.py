"""What must not be published any more: addresses and persons that a person took out, with the reason and the day.

Read by every stage that could bring them back: the crawl does not fetch them, no run reads them from the archive, and
the warehouse takes out of its tables what was there before. The archive keeps its bytes until a purge is asked for.
"""

from civic_etl.removals.entries import Removal, read_removals
from civic_etl.removals.removals import ON_THE_LIST, Removals, removals_of

__all__ = ["ON_THE_LIST", "Removal", "Removals", "read_removals", "removals_of"]
