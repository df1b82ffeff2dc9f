"""All tables, found where they are described: in the modules `core.store.tables*`."""

import pkgutil
from importlib import import_module
from types import ModuleType

from core import store
from core.store.tables import Table


def modules() -> tuple[ModuleType, ...]:
    """The modules that describe tables; importing them adds the tables to the metadata."""
    names = [each.name for each in pkgutil.iter_modules(store.__path__)]
    return tuple(
        import_module(f"core.store.{name}") for name in sorted(names) if name.startswith("tables")
    )


def every_table() -> dict[str, type[Table]]:
    """What each table's rows are, by its name."""
    return {
        str(row.__tablename__): row
        for module in modules()
        for row in vars(module).values()
        if isinstance(row, type) and issubclass(row, Table) and hasattr(row, "__table__")
    }
