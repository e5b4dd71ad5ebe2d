/** What is typed on the machines of a cell, one after the other: `LISEZMOI.md` of its files. */

interface CellLines {
  readonly cell: string;
  readonly names: string;
  /** Of the first machine. */
  readonly name: string;
  readonly address: string;
  readonly domain: string;
  readonly host: string;
  /** Whether keepalived has the address that the world knows. */
  readonly hasShared: boolean;
  /** The lines that give each file to who reads it. */
  readonly owners: string;
}

/** All of it, with what to do once two of three are gone. */
export function cellLines(given: CellLines): string {
  const { cell, names, name, address, domain, host, hasShared, owners } = given;
  const keepalived = hasShared ? ' keepalived' : '';
  return `# ${cell} : ${names}

Ces lignes se tapent en root sur un Debian 13 neuf. Gardez ce dossier comme un mot de passe : il en contient.
/ These lines are typed as root on a fresh Debian 13. Keep this folder as a password: it holds some.

## Sur chaque machine / On each machine

Le dossier de la machine d’abord, par exemple / First the folder of the machine, for instance:
\`scp -r ${name} root@${address}:/root/cell\`

\`\`\`sh
apt-get update
apt-get install --yes --no-install-recommends git npm openssl clamav-daemon clamav-freshclam espeak-ng pgbackrest haproxy etcd-server etcd-client postgresql-common${keepalived}
sed -i 's/^#\\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
apt-get install --yes --no-install-recommends postgresql patroni python3-etcd
git clone URL /opt/preau
cd /opt/preau && npm ci --omit=dev
cp -r /root/cell/. /
cd /opt/preau && sh docker/systemd/install.sh ${domain} ${host}
${owners}
systemctl enable --now etcd
\`\`\`

## Quand etcd tourne sur les trois / Once etcd runs on all three

\`\`\`sh
systemctl enable --now patroni haproxy${keepalived}
patronictl -c /etc/patroni/config.yml list
systemctl enable --now preau.target
preau doctor
\`\`\`

${hasShared ? '' : NO_SHARED}${BACKUPS}${backToAMinute(given)}${whenTwoAreGone(address)}`;
}

const NO_SHARED = `## L’adresse commune / The shared address

Rien n’est écrit pour keepalived : votre réseau mène le nom du serveur à l’une des machines dont HAProxy répond.
/ Nothing is written for keepalived: your network leads the server’s name to a machine whose HAProxy answers.

`;

const BACKUPS = `## Sauvegardes / Backups

Une copie fait la sauvegarde, par SSH d’un postgres à l’autre : \`ssh-copy-id\` entre les trois. La clé se fait une fois, et va sur les trois ;
puis docker/backup.md, sans ce qu’il écrit dans /etc/postgresql ni dans /etc/pgbackrest.conf, qui sont ici.
/ A copy is what is backed up, by SSH from one postgres to another: \`ssh-copy-id\` among the three. The key is made once, and goes to all
three; then docker/backup.md, without what it writes to /etc/postgresql and /etc/pgbackrest.conf, which are here.

\`\`\`sh
preau backup key --sheet /tmp/key.pdf   # sur une seule, puis copiez /var/lib/preau/backup.key / on one, then copy it to the others
sed -i "s#@KEY@#$(tr -d '\\n-' < /var/lib/preau/backup.key)#" /etc/pgbackrest.conf
systemctl enable --now preau-backup.timer
\`\`\`

`;

const backToAMinute = ({
  cell,
  address,
}: CellLines): string => `## Revenir à une minute / Back to a minute

Sur les trois : \`systemctl stop preau.target patroni\`. Sur l’une, n’importe laquelle, etcd en marche :
/ On all three: \`systemctl stop preau.target patroni\`. On one, whichever, while etcd runs:

\`\`\`sh
etcdctl --endpoints=http://${address}:2379 del --prefix /service/${cell}/
runuser -u postgres -- pgbackrest --stanza=preau --delta --type=time --target='2026-11-25 10:42:00+01' --target-action=promote restore
runuser -u postgres -- /usr/lib/postgresql/17/bin/pg_ctl -D /var/lib/postgresql/17/main -w -t 86400 -l /tmp/restore.log -o "-c listen_addresses=''" start
until runuser -u postgres -- psql -Atc 'select pg_is_in_recovery()' | grep -q f; do sleep 5; done
runuser -u postgres -- /usr/lib/postgresql/17/bin/pg_ctl -D /var/lib/postgresql/17/main -w stop
systemctl start patroni
\`\`\`

Quand \`patronictl list\` la montre en tête, sur les deux autres : \`rm -r /var/lib/postgresql/17/main && systemctl start patroni\` ; elles
se refont d’elle. Puis, là où PostgreSQL est en tête, et enfin \`systemctl start preau.target\` sur les trois :
/ Once \`patronictl list\` shows it leading, on the two others: \`rm -r /var/lib/postgresql/17/main && systemctl start patroni\`; they are
made anew from it. Then, where PostgreSQL leads, and at last \`systemctl start preau.target\` on all three:

\`\`\`sh
runuser -u postgres -- psql --quiet -c 'alter role preau bypassrls'
PREAU_DATABASE_ADMIN_URL=$(cat /etc/preau/database-owner-url) preau restore settle --i-know
runuser -u postgres -- psql --quiet -c 'alter role preau nobypassrls'
\`\`\`

Les grands messages rangés ailleurs y restent 45 jours après leur dernier usage : ils s’ouvrent comme avant.
/ Large messages that lie elsewhere stay there for 45 days after their last use: they open as before.

`;

const whenTwoAreGone = (
  address: string,
): string => `## Deux machines sur trois sont perdues / Two of three machines are gone

Celle qui reste n’écrit plus : elle ne sait pas si elle est seule, et ce qui a été accepté doit être sur deux machines. Le courrier
des autres serveurs attend chez eux (451). Remettez une machine en route : tout reprend de soi-même.
/ The one that is left writes no more: it can’t know whether it is alone, and what was taken must be on two machines. Others keep
their mail and try again (451). Bring one machine back: all goes on by itself.

L’autre choix, écrire sur une seule machine jusqu’à ce qu’une autre revienne, seulement si les deux autres sont **éteintes** :
/ The other choice, to write on one machine until another is back, only where the two others are **switched off**:

\`\`\`sh
systemctl stop patroni etcd
echo ETCD_FORCE_NEW_CLUSTER=true >> /etc/default/etcd
systemctl start etcd
sed -i '/^ETCD_FORCE_NEW_CLUSTER/d' /etc/default/etcd
systemctl start patroni
sleep 10
patronictl -c /etc/patroni/config.yml edit-config --force --set synchronous_mode_strict=false
patronictl -c /etc/patroni/config.yml failover --candidate "$(sed -n 's/^PREAU_MACHINE=//p' /etc/preau/preau.env)" --force
\`\`\`

Quand une autre machine revient / Once another machine comes back : \`etcdctl --endpoints=http://${address}:2379 member add\` (ici, de
l’adresse de la machine qui reste) dit les lignes de son /etc/default/etcd ; videz d’abord son /var/lib/etcd, puis démarrez etcd et patroni.
Puis / Then: \`patronictl -c /etc/patroni/config.yml edit-config --force --set synchronous_mode_strict=true\`
/ \`etcdctl member add\` (at the address of the machine that is left) says the lines of its /etc/default/etcd; empty its /var/lib/etcd first,
then start etcd and patroni.
`;
