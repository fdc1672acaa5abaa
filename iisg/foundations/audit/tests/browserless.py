"""verify.js in a Node of its own: package after package through one pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from iisg.foundations.audit.package import OFFLINE

NODE = Path(sys.executable).with_name("node")
_LOOP = """
require(process.argv[1]);
let waiting = Buffer.alloc(0);
process.stdin.on("data", async (piece) => {
  waiting = Buffer.concat([waiting, piece]);
  if (waiting.length < 8) return;
  const [head, body] = [waiting.readUInt32BE(0), waiting.readUInt32BE(4)];
  if (waiting.length < 8 + head + body) return;
  const given = JSON.parse(waiting.subarray(8, 8 + head).toString());
  const blob = new Uint8Array(waiting.subarray(8 + head, 8 + head + body));
  waiting = waiting.subarray(8 + head + body);
  console.log(JSON.stringify(await verifyPackage(blob, given)));
});
"""


class Browserless:
    """Use as a context; `verify` says whether the package holds, and what the verifier said."""

    def __enter__(self) -> Browserless:
        self._node = subprocess.Popen(
            [NODE, "-e", _LOOP, OFFLINE / "verify.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        self._node.communicate()

    def verify(self, blob: bytes, **given: str | None) -> tuple[bool, list[str]]:
        head = json.dumps(given).encode()
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(len(head).to_bytes(4, "big") + len(blob).to_bytes(4, "big") + head + blob)
        self._node.stdin.flush()
        said = json.loads(self._node.stdout.readline())
        return said["holds"], said["lines"]
