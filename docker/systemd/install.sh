#!/bin/sh
# Préau on a plain Debian 13, with Debian's PostgreSQL, clamd and Valkey, as root, from /opt/preau:
#   sh docker/systemd/install.sh DOMAIN HOST     the town's domain for mail, the host of pages and mail programs
# Makes the user, the database and its two roles, /etc/preau, and the units; starts nothing of Préau. Run again it keeps what is
# there: after an update it brings the units alone.
set -eu
cd "$(dirname -- "$0")"

if [ $# -ne 2 ]; then
  echo 'Donnez le domaine du courriel et le nom du serveur. / Give the domain of the mail and the name of the server.' >&2
  echo '  sh docker/systemd/install.sh ecoles.ville.fr courrier.ecoles.ville.fr' >&2
  exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'Lancez cette commande en tant que root. / Run this as root.' >&2
  exit 2
fi
domain=$1
host=$2

install -D -m 644 sysusers.conf /etc/sysusers.d/preau.conf
systemd-sysusers preau.conf
install -d -m 750 -g preau /etc/preau

# PostgreSQL: the owner makes the schema, preau_app reads and writes rows and owns nothing. In a cell it is Patroni's.
if [ ! -e /etc/patroni/config.yml ]; then
  install -m 644 postgresql.conf /etc/postgresql/17/main/conf.d/preau.conf
  systemctl restart postgresql@17-main
fi
if [ ! -e /etc/preau/database-owner-url ]; then
  owner=$(openssl rand -hex 24)
  app=$(openssl rand -hex 24)
  runuser -u postgres -- psql --quiet --set ON_ERROR_STOP=1 <<SQL
create role preau login createrole password '$owner';
create database preau owner preau template template0 encoding 'UTF8'
  locale 'C' locale_provider builtin builtin_locale 'C.UTF-8';
SQL
  (
    umask 077
    echo "postgres://preau_app:$app@127.0.0.1:5432/preau" > /etc/preau/database-url
    echo "postgres://preau:$owner@127.0.0.1:5432/preau" > /etc/preau/database-owner-url
  )
  chgrp preau /etc/preau/database-url
  chmod 640 /etc/preau/database-url
fi

# clamd, with the limits that Préau counts on; its socket and its user are Debian's.
echo 'clamav-daemon clamav-daemon/debconf boolean false' | debconf-set-selections
{
  sed -e '/^TCP/d' -e 's#^LocalSocket .*#LocalSocket /run/clamav/clamd.ctl#' ../clamd.conf
  echo 'User clamav'
} > /etc/clamav/clamd.conf
systemctl enable --now clamav-daemon.socket
systemctl try-restart clamav-daemon

# Valkey keeps the queue, and in a cell the database does; what it loses is late, never lost.
install -D -m 644 valkey.conf /etc/systemd/system/valkey-server.service.d/preau.conf

if [ ! -e /etc/preau/preau.env ]; then
  sed -e "s#@DOMAIN@#$domain#" -e "s#@HOST@#$host#" preau.env > /etc/preau/preau.env
  chgrp preau /etc/preau/preau.env
  chmod 640 /etc/preau/preau.env
fi

install -m 755 preau /usr/local/bin/preau
install -m 644 preau@.service preau-migrate.service preau-nights.service preau.target /etc/systemd/system/
systemctl daemon-reload
echo "Réglages / settings: /etc/preau/preau.env"
echo 'systemctl enable --now preau.target'
