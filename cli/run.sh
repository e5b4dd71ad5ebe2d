#!/bin/sh
# Runs one of our scripts on the Node that npm installs with us, whatever Node the machine has:
#   sh cli/run.sh preau.ts start
# On a fresh clone, or after package-lock.json changed, installs first. `exec`, so that a signal reaches the script itself.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

installed() {
  [ -e node_modules/.package-lock.json ] && [ ! package-lock.json -nt node_modules/.package-lock.json ]
}

if ! installed; then
  echo 'Préau : installation des dépendances (npm ci)… / installing dependencies (npm ci)…' >&2
  npm ci --no-audit --no-fund >&2 || { echo 'npm ci a échoué, voir ci-dessus. / npm ci failed, see above.' >&2; exit 1; }
  touch node_modules/.package-lock.json
fi

PATH="$root/node_modules/.bin:$PATH"
export PATH
case $(node --version) in
  v2[4-9].*|v[3-9]?.*) exec node "$@" ;;
esac
echo "Préau demande Node 24, cette machine a $(node --version) : installez-le. / Préau needs Node 24, this machine has $(node --version): install it." >&2
exit 1
