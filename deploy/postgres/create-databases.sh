#!/bin/sh
# Runs once, when the volume is empty: each service gets a database and a role that reaches no other.
set -eu
secrets=${SECRETS:-/run/secrets}

for service in booking checkin notify display; do
    url=$(cat "$secrets/${service}_database_url")
    password=${url#*://*:}
    password=${password%%@*}
    psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres --quiet \
        --set=service="$service" --set=password="$password" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE CONNECT, TEMPORARY ON DATABASE :"service" FROM PUBLIC;
SQL
done
