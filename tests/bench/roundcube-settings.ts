/** What Roundcube, its PHP and its nginx are told: Debian's defaults, nothing slowed down. */
export interface Places {
  readonly folder: string;
  readonly port: number;
  readonly imap: number;
  readonly conf: string;
  readonly fpm: string;
  readonly nginx: string;
  readonly socket: string;
  readonly database: string;
}

/** The tables of its own database. */
export const SCHEMA = '/usr/share/roundcube/SQL/sqlite.initial.sql';

export const roundcubeConf = ({ folder, imap, database }: Places): string => `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${database}?mode=0640';
$config['imap_host'] = ['127.0.0.1:${imap}'];
$config['smtp_host'] = '127.0.0.1:9';
$config['des_key'] = 'banc-d-essai-banc-d-essa';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = 'fr_FR';
$config['enable_spellcheck'] = false;
$config['session_storage'] = 'php';
$config['htmleditor'] = 0;
$config['log_dir'] = '${folder}/log/';
$config['temp_dir'] = '${folder}/var/';
`;

export const fpmConf = ({ folder, socket, conf }: Places): string => `
[global]
error_log = ${folder}/log/fpm.log
[web]
user = www-data
group = www-data
listen = ${socket}
listen.owner = www-data
listen.backlog = 511
pm = static
pm.max_children = 10
env[ROUNDCUBE_CONFIG_DIR] = ${conf}
php_admin_value[session.save_path] = ${folder}/sessions
php_admin_value[opcache.validate_timestamps] = 0
`;

export const nginxConf = ({ folder, port, socket }: Places): string => `
user www-data;
worker_processes 2;
pid ${folder}/nginx.pid;
error_log ${folder}/log/nginx.log;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on; tcp_nopush on; keepalive_requests 100000;
  client_body_temp_path ${folder}/var/body; fastcgi_temp_path ${folder}/var/fcgi;
  proxy_temp_path ${folder}/var/p; scgi_temp_path ${folder}/var/s; uwsgi_temp_path ${folder}/var/u;
  gzip on; gzip_vary on; gzip_comp_level 6; gzip_min_length 512;
  gzip_types text/css application/javascript application/json image/svg+xml text/plain;
  server {
    listen 127.0.0.1:${port};
    root /var/lib/roundcube/public_html; index index.php;
    location ~ \\.php$ {
      include /etc/nginx/fastcgi.conf; fastcgi_pass unix:${socket};
      fastcgi_buffers 32 16k; fastcgi_read_timeout 120s;
    }
    location ~ /\\. { deny all; }
  }
}
`;
