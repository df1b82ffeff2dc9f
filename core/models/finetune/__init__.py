"""How a community's decisions become its model: `commonplace train`. Nothing here is needed to run
it, and torch is imported by the training process alone."""
