"""`python -m tests.engines`: the real servers for your own use (make engines)."""

from tests.engines.servers import main

main()
