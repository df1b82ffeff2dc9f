"""One community library, assembled: what the chat and the command line both call.

Building one is cheap: models, the vector store and other heavy parts load on first use. It is
made in one place (`bot/app.py`) and closed in reverse order.
"""
