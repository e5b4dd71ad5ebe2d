#!/bin/sh
# certbot's deploy hook: puts a renewed certificate where Préau may read it, which then shows it without a stop.
#   certbot certonly --webroot -w /var/lib/preau/acme -d courrier.ville.fr --deploy-hook /opt/preau/docker/certbot-deploy.sh
# certbot runs it as root, with the folder of what was renewed in RENEWED_LINEAGE; its own folders are for root alone.
set -eu
to=${PREAU_CERTIFICATES:-/etc/preau/certificates}
# The group of the user that Préau runs as; with containers 1000.
group=${PREAU_GROUP:-preau}

umask 077
mkdir -p "$to"
chgrp "$group" "$to"
chmod 0750 "$to"
# Whole beside their places first, so that nothing is half written; the two then change within a moment.
for name in privkey fullchain; do
  cp "$RENEWED_LINEAGE/$name.pem" "$to/$name.pem.new"
  chgrp "$group" "$to/$name.pem.new"
  chmod 0640 "$to/$name.pem.new"
done
for name in privkey fullchain; do
  mv "$to/$name.pem.new" "$to/$name.pem"
done
