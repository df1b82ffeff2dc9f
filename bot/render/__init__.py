"""What the library knows becomes replies: spans and buttons, no markup, no platform.

Pure functions: `cards` an item, `finding` lists of items, `codebook` labels and the reasons behind
them, `talk` everything else that is said, `fit` what a platform cannot show as it is.
"""
