"""Following a plan: what units report of its tasks and projects, how each stands on a day, and what follows.

A progress file (`Ledger`) beside the plan keeps every report and every step of the follow-up chain
反馈—整改—复查—约谈—通报; entries are only ever added. `follow` says how each item stands on a day: its state,
its due day, its lateness, which is computed and never reported. `write_sheet` and `read_sheet` carry reports
out to the units and back as a workbook.
"""

from jiaoheng.plans.following.deadlines import Due, due_in
from jiaoheng.plans.following.entries import Adjustment, Entry, Evidence, FollowUp, Report
from jiaoheng.plans.following.evidence import EvidenceError, Loss, losses
from jiaoheng.plans.following.items import Item, Key, items
from jiaoheng.plans.following.ledger import Ledger, ProgressFileError, add, is_progress_file, load, path_of
from jiaoheng.plans.following.matters import Matter, matters
from jiaoheng.plans.following.standing import Following, Standing, TaskStanding, follow, key_of, stand
from jiaoheng.plans.following.states import REPORTED, State, Step

__all__ = [
    "REPORTED",
    "Adjustment",
    "Due",
    "Entry",
    "Evidence",
    "EvidenceError",
    "FollowUp",
    "Following",
    "Item",
    "Key",
    "Ledger",
    "Loss",
    "Matter",
    "ProgressFileError",
    "Report",
    "Standing",
    "State",
    "Step",
    "TaskStanding",
    "add",
    "due_in",
    "follow",
    "is_progress_file",
    "items",
    "key_of",
    "load",
    "losses",
    "matters",
    "path_of",
    "stand",
]
