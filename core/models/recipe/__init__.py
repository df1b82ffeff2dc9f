"""How the built-in model is made: `commonplace build-model`. Nothing here is needed to run it."""
