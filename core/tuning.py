"""Entailment fine-tuned for a comparison: a model made from a draw of examples, and thrown away.

The same training as that of a community's model (`core.models.finetune`), in this process: a
comparison has nothing else to do meanwhile.
"""

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from core.comparing import Move
from core.domain import Document, Language, Summary
from core.errors import ModelUnavailable
from core.evaluation import Documents
from core.labelled import LabelledText
from core.labelling import choose_premise, question_language
from core.models.finetune.plan import Plan
from core.ports import Annotator
from core.shots import story_of
from core.taxonomy import Taxonomy
from core.training_set import Example

log = logging.getLogger(__name__)


class FolderTuner:
    """Trains into a folder of its own, one model after the other; see `core.learners.Tuner`.

    Args:
        work: an empty folder; whoever gives it removes it.
        taxonomy: what may be said.
        language: in which texts in other languages than ours are asked about.
        open_: who labels by the model in a folder.
        base: folder of the model to begin with; None: the one in the package.
        plan: how to train; None: as usual. The seed is that of each draw.
        threads: for matrix products; None: as torch chooses.
    """

    def __init__(
        self,
        work: Path,
        taxonomy: Taxonomy,
        language: Language,
        open_: Callable[[Path], Annotator],
        *,
        base: Path | None = None,
        plan: Plan | None = None,
        threads: int | None = None,
    ) -> None:
        self._work = work
        self._taxonomy = taxonomy
        self._language = language
        self._open = open_
        self._base = base
        self._plan = plan or Plan()
        self._threads = threads
        self._made = 0

    def tune(
        self,
        texts: Sequence[LabelledText],
        documents: Documents,
        *,
        seed: int,
        on_progress: Move,
    ) -> Annotator:
        """Fine-tune; the model before is thrown away.

        Raises:
            BadExamples: so few teach nothing.
            BadFile: the base is no model of ours.
            ModelUnavailable: torch is not installed, or the base is damaged.
        """
        if find_spec("torch") is None:
            raise ModelUnavailable(
                "Training needs torch: pip install 'commonplace-bot[hub]'. Or leave entailment out "
                "of --methods, or compare without --shots.",
                model="entailment",
            )
        from core.models.encoder import let_go
        from core.models.finetune.training import fine_tune

        before = self._work / str(self._made)
        let_go(before)
        shutil.rmtree(before, ignore_errors=True)
        self._made += 1
        folder = self._work / str(self._made)
        examples = [self._example(text, each) for text, each in zip(texts, documents, strict=True)]
        report = fine_tune(
            examples,
            self._taxonomy,
            folder,
            base=self._base,
            plan=replace(self._plan, seed=seed),
            tell=lambda progress: on_progress(progress.step, progress.steps),
            device=_device(),
            threads=self._threads,
        )
        log.info("tuned examples=%s in %.1f s", report.examples, report.seconds)
        return self._open(folder)

    def _example(self, text: LabelledText, document: tuple[Document, Summary | None]) -> Example:
        return Example(
            id=text.id,
            premise=choose_premise(*document).text,
            language=question_language(document[0].language, otherwise=self._language),
            holds=text.labels,
            fails=text.rejected,
            complete=text.dimensions,
            story=story_of(text),
        )


def _device() -> str:
    """The GPU, if torch knows one."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
