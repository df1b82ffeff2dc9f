"""Pictures of figures: the one door to matplotlib, which is loaded when something is drawn.

`house` holds what all pictures share (paper, colours, letters, alt text, data); each other module
draws one kind of picture. Words come in with the data, in the reader's language: nothing here
speaks.
"""
