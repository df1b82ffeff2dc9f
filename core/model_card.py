"""Pure: a version's model card in Markdown: what it learnt from, and how it did.

In English, as model cards are (Mitchell et al. 2019, "Model Cards for Model Reporting"); labels in
the community's language. In the chat, `/model` tells the same in the reader's language.
"""

from core.domain import Community
from core.model_versions import Figure, ModelVersion, Objection, Report
from core.taxonomy import Taxonomy, localised

CARD_FILE = "README.md"

LICENCE = """\
The weights add to those of the model named above and may be used under its licence (built-in model:
see its model card in the package). What was added was learnt from this community's decisions and
texts; it belongs to the community, and nothing leaves its folder unless somebody exports it."""

_NAMES = {
    "hierarchical": "F1, labels with their ancestors",
    "micro": "F1, micro",
    "macro": "F1, macro",
    "exact": "all labels right",
    "calibration": "calibration error (less is better)",
    "general": "general texts recognised",
}


def card(version: ModelVersion, community: Community, taxonomy: Taxonomy) -> str:
    """A version's card."""
    lessons = version.lessons
    parts = [
        f"# Model version {version.number} of {community.title or community.name}",
        (
            f"Weights `{version.model}`; begun {version.begun_at:%Y-%m-%d %H:%M} UTC "
            f"({version.cause}); seed {lessons.seed}."
        ),
        "It labels texts of this community by entailment: each label is a yes/no question.",
        "## Learnt from",
        "\n".join(
            [
                f"- {lessons.examples} decided items",
                f"- {lessons.unlabelled} others, of which it read the text alone",
                f"- codebook {lessons.codebook or '?'}, wording `{lessons.wording or '?'}`",
                f"- {lessons.rounds} closed review rounds",
                *(
                    f"- agreement on {_dimension(id_, community, taxonomy)}: "
                    f"Krippendorff's alpha {alpha:.2f}"
                    for id_, alpha in lessons.agreement.items()
                ),
            ]
        ),
        "Left out: practice rounds, disputed items, and people's own words without their consent.",
        _labels(version, community, taxonomy),
    ]
    if version.report is not None:
        parts += ["## Judged", _judged(version.report, community, taxonomy)]
    parts += ["## Licence", LICENCE]
    return "\n\n".join(part for part in parts if part) + "\n"


def _labels(version: ModelVersion, community: Community, taxonomy: Taxonomy) -> str:
    rows = [
        f"| {_label(path, community, taxonomy)} | {yes} | {no} |"
        for path, (yes, no) in version.lessons.labels.items()
        if yes or no
    ]
    if not rows:
        return ""
    return "\n".join(["| label | holds | does not hold |", "|---|---:|---:|", *rows])


def _judged(report: Report, community: Community, taxonomy: Taxonomy) -> str:
    against = "the model of the settings" if report.live is None else f"version {report.live}"
    rows = "\n".join(
        [
            f"| figure | {against} | this version | difference (90 % interval) |",
            "|---|---:|---:|---:|",
            *(
                f"| {_name(figure, community, taxonomy)} | {figure.live:.1%} | "
                f"{figure.candidate:.1%} | {figure.gain * 100:+.1f} "
                f"({figure.low * 100:+.1f} … {figure.high * 100:+.1f}) |"
                for figure in report.figures
            ),
        ]
    )
    verdict = (
        "It passed."
        if report.passes
        else "It is kept aside: "
        + "; ".join(_objection(each, community, taxonomy) for each in report.objections)
    )
    shift = (
        f"Of {report.items} items of the community {report.changed} would change: "
        f"{report.towards} towards people's decisions, {report.away} away from them."
    )
    intro = (
        f"On {report.texts} decided items ({report.decisions} decided labels), each judged by "
        "what is said of it without having learnt from its story (cross-fitting), on the same "
        "redraws (paired bootstrap over stories):"
    )
    return "\n\n".join([intro, rows, verdict, shift])


def _objection(each: Objection, community: Community, taxonomy: Taxonomy) -> str:
    match each.reason:
        case "too-few":
            return f"{each.value:.0f} decided items, {each.limit:.0f} are needed"
        case "not-better":
            return "not better beyond noise"
        case "general":
            return f"general texts {each.value * 100:.1f} points worse"
        case _:
            name = _dimension(each.name.partition(":")[2], community, taxonomy)
            return f"{name} {each.value * 100:.1f} points worse"


def _name(figure: Figure, community: Community, taxonomy: Taxonomy) -> str:
    kind, _, id_ = figure.name.partition(":")
    return f"F1, {_dimension(id_, community, taxonomy)}" if id_ else _NAMES[kind]


def _dimension(id_: str, community: Community, taxonomy: Taxonomy) -> str:
    for each in taxonomy.dimensions:
        if each.id == id_:
            return _cell(localised(each.names, community.language, id_))
    return id_


def _label(path: str, community: Community, taxonomy: Taxonomy) -> str:
    if path not in taxonomy:
        return f"`{path}`"
    return _cell(taxonomy.name(path, community.language, full=True))


def _cell(words: str) -> str:
    """Words that cannot end a table's cell."""
    return words.replace("|", "\\|").replace("\n", " ")
