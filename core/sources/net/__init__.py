"""The network: the only opener of connections (`opener`), and the rules that it keeps.

`networks` knows which IP addresses are public, `lookup` resolves and checks a name, `route`
connects to what was checked and keeps time, `answers` and `bodies` judge and unpack what comes
back, `patience` remembers who asked us to wait.
"""

from core.sources.net.limits import NetLimits
from core.sources.net.opener import Net

__all__ = ["Net", "NetLimits"]
