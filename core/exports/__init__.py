"""Forms in which a collection is given away, one module each.

All are written by the same means (`record`, what is told of an item; `place`, whole or not at all)
and know neither the store nor a model: `core.exporting` feeds them.
"""
