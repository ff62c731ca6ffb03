#!/bin/sh
# Makes the certificates of UpstreamProbeTest: a CA, and two for localhost that it has signed, one of which has expired. The
# others are good from 2020 for a hundred years; the keys open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.p12 ./*.pem
tool="keytool -storetype PKCS12 -storepass changeit -noprompt"
pair="$tool -genkeypair -keyalg EC -groupname secp256r1"
$pair -keystore ca.p12 -alias ca -dname 'CN=CA of the tests' -ext bc:c -startdate 2020/01/01 -validity 36500
$tool -keystore ca.p12 -exportcert -rfc -alias ca -file ca.pem
for name in localhost expired; do
  days=36500; [ $name = expired ] && days=1
  $pair -keystore $name.p12 -alias key -dname 'CN=localhost' -startdate 2020/01/01 -validity $days
  $tool -keystore $name.p12 -certreq -alias key |
    $tool -keystore ca.p12 -gencert -alias ca -rfc -ext san=dns:localhost -startdate 2020/01/01 -validity $days -outfile $name.pem
  cat $name.pem ca.pem > chain.pem
  $tool -keystore $name.p12 -importcert -alias key -file chain.pem
done
rm ca.p12 localhost.pem expired.pem chain.pem
