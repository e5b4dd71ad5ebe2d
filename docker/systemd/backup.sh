#!/bin/sh
# Backs up Debian's PostgreSQL, in full on Fridays, and then what isn't in it: Préau's keys and settings. Run by preau-backup.service.
set -eu
case $(date +%u) in 5) type=full ;; *) type=incr ;; esac
runuser -u postgres -- pgbackrest --stanza=preau --type=$type backup
exec /usr/local/bin/preau backup
