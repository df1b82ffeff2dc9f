"""Documents are labelled here: each by its summary, and asked in its own language."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from core.domain import Document, Labelling, Language, Summary
from core.labelling import choose_premise, question_language
from core.ports import Annotator, Examples
from core.taxonomy import Taxonomy


def annotate(
    annotator: Annotator,
    documents: Sequence[tuple[Document, Summary | None]],
    *,
    taxonomy: Taxonomy,
    language: Language,
    exhaustive: bool = False,
    earlier: Collection[Labelling] = (),
    examples: Examples | None = None,
) -> list[Labelling]:
    """Label documents, those of one language together.

    Args:
        annotator: answers.
        documents: n documents with their summaries.
        taxonomy: what may be said.
        language: in which texts in other languages than ours are asked about.
        exhaustive, earlier, examples: as for `Annotator.annotate`.

    Returns:
        n labellings in the order given.
    """
    places: dict[Language, list[int]] = defaultdict(list)
    for place, (document, _) in enumerate(documents):
        places[question_language(document.language, otherwise=language)].append(place)
    found: dict[int, Labelling] = {}
    for asked_in, here in places.items():
        labellings = annotator.annotate(
            [choose_premise(*documents[place]) for place in here],
            taxonomy=taxonomy,
            language=asked_in,
            exhaustive=exhaustive,
            earlier=earlier,
            examples=examples,
        )
        found.update(zip(here, labellings, strict=True))
    return [found[place] for place in range(len(documents))]
