"""What the reader could not settle by itself: asked the same way each time that a document is read."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiaoheng.plans.model import Doubt, Passage


@dataclass(frozen=True)
class Question:
    """A question for a person.

    Attributes
    ----------
    about : what it is about, as a path: ``period``, ``indicators/<id>/target/2025``.
    options : possible answers, the likeliest first; empty where anything may be the answer.
    passage : where the document gave cause for it; its quote tells the question from others like it.
    """

    about: str
    question: str
    options: tuple[str, ...]
    passage: Passage


def doubts(questions: Iterable[Question], answers: Mapping[str, str]) -> tuple[Doubt, ...]:
    """`questions` with ids that do not change when words are put in above them, and the answers known."""
    seen: Counter[str] = Counter()
    found = []
    for each in questions:
        code = identity(each)
        seen[code] += 1
        code = code if seen[code] == 1 else f"{code}-{seen[code]}"
        found.append(
            Doubt(
                id=code,
                about=each.about,
                question=each.question,
                options=each.options,
                answer=answers.get(code),
                passage=each.passage,
            )
        )
    return tuple(found)


def identity(question: Question) -> str:
    """A short code of what is asked about and of the words that gave cause: no offset goes into it."""
    words = re.sub(r"\s+", "", f"{question.about}|{question.passage.quote or ''}")
    return hashlib.sha256(words.encode()).hexdigest()[:8]
