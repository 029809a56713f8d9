"""How well articles are read: what extraction finds, held against annotated articles.

`evaluate_folder` scores a folder of gold sets; `check_floors` says where the scores fell below what they once were.
"""

from civic_etl.evaluate.evaluation import Evaluation, evaluate_folder, evaluate_set
from civic_etl.evaluate.floors import Breach, check_floors, read_floors, write_floors
from civic_etl.evaluate.gold import GoldSet, read_gold

__all__ = [
    "Breach",
    "Evaluation",
    "GoldSet",
    "check_floors",
    "evaluate_folder",
    "evaluate_set",
    "read_floors",
    "read_gold",
    "write_floors",
]
