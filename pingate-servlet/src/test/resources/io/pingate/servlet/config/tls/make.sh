#!/bin/sh
# Makes the certificates and keys of ListenerTlsTest, in all the forms in which programs write them. The keys open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.pem ./*.key
make() { # name days algorithm...
  name=$1 days=$2; shift 2
  openssl req -x509 -nodes -subj "/CN=$name" -days "$days" -newkey "$@" -keyout "$name.key" -out "$name.pem"
}
make rsa 36500 rsa:2048
make ec 36500 ec -pkeyopt ec_paramgen_curve:P-256
make ed25519 36500 ed25519
keytool -genkeypair -storetype PKCS12 -keystore expired.p12 -storepass changeit -alias key -dname CN=expired -keyalg EC \
  -groupname secp256r1 -startdate 2020/01/01 -validity 1
openssl pkcs12 -in expired.p12 -passin pass:changeit -nodes -nocerts -out expired.key
openssl pkcs12 -in expired.p12 -passin pass:changeit -nokeys -out expired.pem
rm expired.p12
openssl rsa -in rsa.key -traditional -out rsa-pkcs1.key
{ openssl ecparam -name prime256v1; openssl ec -in ec.key; } > ec-sec1.key
openssl pkcs8 -topk8 -in ec.key -passout pass:secret -out encrypted.key
openssl rsa -in rsa.key -traditional -aes128 -passout pass:secret -out encrypted-pkcs1.key
