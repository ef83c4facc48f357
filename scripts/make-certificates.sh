#!/bin/sh
# Makes packages/sandbox/src/faults/certificates.ts anew: certificates that are refused, each for one reason, and one
# that isn't. Their keys are public, as all of the sandbox's secrets are. Needs OpenSSL 3.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$(mktemp -d)"
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
# leaf NAME SUBJECT-ALTERNATIVE-NAMES FROM TO
leaf() {
  openssl req -new -key server.key -subj "/CN=sipgate-sandbox $1" -addext "subjectAltName=$2" -out "$1.csr"
  openssl ca -batch -notext -config ca.conf -in "$1.csr" -out "$1.pem" -startdate "$3" -enddate "$4" 2>/dev/null
}
cat > ca.conf <<'CONF'
[ca]
default_ca = sandbox
[sandbox]
new_certs_dir = .
database = index.txt
serial = serial
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
CONF
touch index.txt
echo 01 > serial
key ca.key
key server.key
self() {
  openssl req -x509 -new -key "$1" -subj "/CN=sipgate-sandbox $2" -days 36500 -addext "$3" -out "$4"
}
self ca.key authority "keyUsage=keyCertSign" ca.pem
self server.key self-signed "subjectAltName=DNS:localhost,IP:127.0.0.1" self-signed.pem
leaf trusted "DNS:localhost,IP:127.0.0.1" 20200101000000Z 21200101000000Z
leaf expired "DNS:localhost,IP:127.0.0.1" 20200101000000Z 20210101000000Z
leaf wrong-host "DNS:elsewhere.invalid" 20200101000000Z 21200101000000Z
{
  echo "/** Made by scripts/make-certificates.sh. Nothing here is secret: these keys open nothing but the sandbox. */"
  entry() { printf '\n/** %s */\nexport const %s = `%s\n`;\n' "$3" "$1" "$(cat "$2")"; }
  entry AUTHORITY ca.pem "Who trusts it trusts every sandbox, and all who have read this file."
  entry SERVER_KEY server.key "The key of all the certificates below."
  entry TRUSTED trusted.pem "For localhost and 127.0.0.1, signed by the authority."
  entry EXPIRED expired.pem "The same, until 2021."
  entry WRONG_HOST wrong-host.pem "For another host, signed by the authority."
  entry SELF_SIGNED self-signed.pem "For localhost and 127.0.0.1, signed by itself."
} > "$here/packages/sandbox/src/faults/certificates.ts"
