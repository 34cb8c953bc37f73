"""Entry for Classroom 50: grades the checkout in the current folder, writes ./result.json.

Copy this file, and the folder `dist` of the action beside it, to
CLASSROOM/autograders/ASSIGNMENT/, and give the assignment the runtime {"node": "24"}.
The exit code is 0 where the submission was graded, whatever its mark.
"""

import os
import subprocess
import sys
from pathlib import Path

ACTION = Path(__file__).resolve().parent / "dist" / "index.js"

# The committer's date: what the submission's time is, however often it is graded again.
committed = subprocess.run(
    ["git", "show", "--no-patch", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"],
    env={**os.environ, "TZ": "UTC"},
    check=True,
    capture_output=True,
    text=True,
).stdout.strip()

environment = {
    **os.environ,
    "GITHUB_WORKSPACE": os.getcwd(),
    "SUBMITTED_AT": committed,
    "INPUT_CLASSROOM50": "result.json",
    "INPUT_MINIMUM-SCORE": "0",
}
# The runner reads this file for outputs of its own.
environment.pop("GITHUB_OUTPUT", None)

sys.exit(subprocess.run(["node", str(ACTION)], env=environment, check=False).returncode)
