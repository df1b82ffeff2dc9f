"""Hand-written fakes of the ports, one module per area; each passes its contract suite."""
