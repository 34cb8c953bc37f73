#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image. Put it, run_autograder and a copy of this
# repository (as the folder dropout-grader) into one zip file.
set -euo pipefail

apt-get update
apt-get install -y --no-install-recommends ca-certificates curl xz-utils
NODE=v24.11.0
curl -fsSL "https://nodejs.org/dist/$NODE/node-$NODE-linux-x64.tar.xz" | tar -xJ -C /usr/local --strip-components=1
cd /autograder/source/dropout-grader
npm ci
