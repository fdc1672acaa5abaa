"""`iisg serve`: the house on a port, with its worker."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from iisg.faces.console.serving import port_is_free, serve


class Command(BaseCommand):
    """Runs until Ctrl-C."""

    help = "Serve the house with its worker until Ctrl-C. The port is 8000, or PORT=…, or --port."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
        )
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve."""
        host, port = options["host"], options["port"]
        if not port_is_free(host, port):
            self.stderr.write(
                f"Port {port} is taken by another program. Choose another one, e.g. PORT={port + 1}."
            )
            sys.exit(2)
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Serving on http://{host}:{port} · Ctrl-C ends")
        self.stdout.flush()
        sys.exit(serve(host, port))
