"""Runs migrations over the connection that is handed in (see `core.store.migrate`), inside its
transaction; and, for `python -m core.store.migrations`, writes new ones.
"""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString

from core.store import tables_codebook as _codebook  # noqa: F401  # adds its tables
from core.store import tables_decisions as _decisions  # noqa: F401  # adds its tables
from core.store import tables_deliveries as _deliveries  # noqa: F401
from core.store import tables_digests as _digests  # noqa: F401
from core.store import tables_discussions as _discussions  # noqa: F401
from core.store import tables_models as _models  # noqa: F401  # adds its tables
from core.store import tables_questions as _questions  # noqa: F401  # adds its tables
from core.store import tables_rounds as _rounds  # noqa: F401  # adds its tables
from core.store.tables import Moment, Table, is_ours


def _plain(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """How a column's type is written down: without our classes, which may change or go."""
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_object=is_ours,
    render_item=_plain,
    render_as_batch=True,  # SQLite alters a table by making it anew
    compare_type=True,
    compare_server_default=True,
    transactional_ddl=True,  # true on SQLite where BEGIN is our own
)
with context.begin_transaction():
    context.run_migrations()
