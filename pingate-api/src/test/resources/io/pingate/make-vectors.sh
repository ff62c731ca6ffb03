#!/bin/sh
# Makes token-vectors.txt and pin-hash-vectors.txt with openssl and Python, independently of the code that they test:
#   sh make-vectors.sh
set -eu
cd "$(dirname "$0")"

now=1790000000
day=86400
lifetime=$((30 * day))
good=$((now + lifetime))

sign() { printf %s "$2" | openssl dgst -sha256 -hmac "$1" | sed 's/.* //'; }
sign_with_hex_key() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/.* //'; }
vector() { printf '%s|%s|%s|%s|%s|%s\n' "$@"; }
token() { printf '%s.%s' "$2" "$(sign "$1" "$2")"; }
epoch_token() { printf '%s.%s' "$3" "$(sign_with_hex_key "$(sign "$1" "pingate-epoch:$2")" "$3")"; }

{
    echo "# Made by make-vectors.sh. The time is $now, the lifetime $lifetime s."
    echo "# outcome|what|current key|previous key|epoch|token"

    vector Valid "fresh" secret "" 0 "$(token secret $good)"
    vector Valid "key with bytes above ASCII" "schlüssel-鍵" "" 0 "$(token "schlüssel-鍵" $good)"
    vector Valid "key longer than a block" "$(printf '%0100d' 7)" "" 0 "$(token "$(printf '%0100d' 7)" $good)"
    vector Valid "one second left" secret "" 0 "$(token secret $((now + 1)))"
    vector Valid "at the far end" secret "" 0 "$(token secret $((good + day)))"
    vector Valid "previous key" new old 0 "$(token old $good)"
    vector Valid "current key beside a previous one" new old 0 "$(token new $good)"
    vector Valid "epoch 3" secret "" 3 "$(epoch_token secret 3 $good)"
    vector Valid "previous key at epoch 3" new old 3 "$(epoch_token old 3 $good)"

    vector Expired "this very second" secret "" 0 "$(token secret $now)"
    vector Expired "long ago" secret "" 0 "$(token secret 1500000000)"
    vector Expired "at zero" secret "" 0 "$(token secret 0)"
    vector Expired "a second beyond the far end" secret "" 0 "$(token secret $((good + day + 1)))"
    vector Expired "in the year 33658" secret "" 0 "$(token secret 999999999999)"
    vector Expired "previous key, long ago" new old 0 "$(token old 1500000000)"

    vector BadSignature "another key" secret "" 0 "$(token other $good)"
    vector BadSignature "expired and another key" secret "" 0 "$(token other 1500000000)"
    vector BadSignature "value of another token" secret "" 0 "$((good + 1)).$(sign secret $good)"
    vector BadSignature "last digit of the signature changed" secret "" 0 "$(token secret $good | sed 's/c$/d/')"
    vector BadSignature "first digit of the signature changed" secret "" 0 "$(token secret $good | sed 's/\.3/.2/')"
    vector BadSignature "signature of zeros" secret "" 0 "$good.$(printf '%064d' 0)"
    vector BadSignature "plain key at epoch 3" secret "" 3 "$(token secret $good)"
    vector BadSignature "epoch 2 at epoch 3" secret "" 3 "$(epoch_token secret 2 $good)"
    vector BadSignature "epoch 3 at epoch 0" secret "" 0 "$(epoch_token secret 3 $good)"
    vector BadSignature "plain previous key at epoch 3" new old 3 "$(token old $good)"

    vector Malformed "empty" secret "" 0 ""
    vector Malformed "a dot" secret "" 0 "."
    vector Malformed "no signature" secret "" 0 "$good"
    vector Malformed "empty signature" secret "" 0 "$good."
    vector Malformed "no value" secret "" 0 ".$(sign secret "")"
    vector Malformed "signature alone" secret "" 0 "$(sign secret $good)"
    vector Malformed "leading zero" secret "" 0 "$(token secret 0$good)"
    vector Malformed "plus sign" secret "" 0 "$(token secret +$good)"
    vector Malformed "minus sign" secret "" 0 "$(token secret -$good)"
    vector Malformed "digits of another script" secret "" 0 "$(token secret "١٧٩٢٥٩٢٠٠٠")"
    vector Malformed "full-width digits" secret "" 0 "$(token secret "１７９２５９２０００")"
    vector Malformed "fraction" secret "" 0 "$(token secret $good.5)"
    vector Malformed "hexadecimal value" secret "" 0 "$(token secret 0x6ad8e200)"
    vector Malformed "exponent" secret "" 0 "$(token secret 2e9)"
    vector Malformed "thirteen digits" secret "" 0 "$(token secret 1000000000000)"
    vector Malformed "overflow of 64 bits" secret "" 0 "$(token secret 18446744075502592000)"
    vector Malformed "upper-case signature" secret "" 0 "$good.$(sign secret $good | tr a-f A-F)"
    vector Malformed "short signature" secret "" 0 "$(token secret $good | sed 's/.$//')"
    vector Malformed "long signature" secret "" 0 "$(token secret $good)0"
    vector Malformed "blank before" secret "" 0 " $(token secret $good)"
    vector Malformed "another separator" secret "" 0 "$(token secret $good | tr . ,)"
    vector Malformed "not hexadecimal" secret "" 0 "$good.$(printf '%064d' 0 | tr 0 g)"
    vector Malformed "in quotes" secret "" 0 "\"$(token secret $good)\""
} >token-vectors.txt

python3 - >pin-hash-vectors.txt <<'PYTHON'
import base64, hashlib

def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

print("# Made by make-vectors.sh: PIN, then its hash.")
for number, (pin, iterations) in enumerate([("1234", 100_000), ("correct horse", 120_000), ("schlüssel-鍵", 100_000)]):
    salt = hashlib.sha256(b"salt %d" % number).digest()[:16]
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, iterations)
    print(f"{pin}|pbkdf2-sha256:{iterations}:{b64(salt)}:{b64(digest)}")
PYTHON
