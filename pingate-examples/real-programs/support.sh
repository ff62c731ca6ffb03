# What the checks share: places, lines of result, and programs that end with the check. Sourced, not run.
# A check's argument "tomcat" puts the drop-in WAR on Tomcat 11 before its program, in place of the standalone gate.

set -u -o pipefail

real=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$real/../.." && pwd)
work=$root/pingate-examples/target/real-programs
container=${1:-}
check=$(basename "$(dirname "$0")")${container:+-$container}
logs=$work/logs/$check
pin=4711
failures=0
started=()
cleanup=()
mkdir -p "$logs"
rm -rf "${logs:?}"/*.log
trap finish EXIT
trap 'exit 143' TERM INT HUP

pass() { echo "PASS $check: $*"; }
skip() { echo "SKIP $check: $*"; }
fail() {
  echo "FAIL $check: $*"
  failures=$((failures + 1))
}

# A check can't go on.
give_up() {
  fail "$@"
  exit 1
}

# expect WHAT EXPECTED ACTUAL
expect() {
  if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1: expected '$2', got '${3:0:300}'"; fi
}

# expect_part WHAT PART WHOLE
expect_part() {
  if [[ $3 == *"$2"* ]]; then pass "$1"; else fail "$1: '$2' is not in '${3:0:300}'"; fi
}

# A client tells its own PASS and FAIL lines and ends with 0, unless it breaks off.
run_client() {
  local what=$1 lines=$logs/client.log
  shift
  timeout -k 5 150 "$@" 2>&1 | sed -u -E "s/^(PASS|FAIL) /\1 $check: /" | tee "$lines"
  local code=${PIPESTATUS[0]}
  failures=$((failures + $(grep -c '^FAIL ' "$lines")))
  [[ $code == 0 ]] || fail "$what broke off with code $code"
}

# Each program leads a group of its own, so that what it starts ends with it.
start() {
  local log=$logs/$1.log
  shift
  setsid "$@" >"$log" 2>&1 &
  started+=($!)
}

finish() {
  local code=$? group
  for group in "${started[@]}"; do kill -TERM -- "-$group" 2>/dev/null; done
  for group in "${started[@]}"; do
    for _ in {1..100}; do
      kill -0 -- "-$group" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null
  done
  ((${#cleanup[@]})) && rm -rf "${cleanup[@]}"
  [[ $code == 0 && $failures != 0 ]] && code=1
  [[ $code == 0 ]] || tail -n 15 "$logs"/*.log | sed 's/^/   | /'
  exit "$code"
}

# wait_for SECONDS WHAT COMMAND...
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || give_up "$what did not come"
    sleep 0.2
  done
}

free_port() {
  free_ports 1
}

# free_ports HOW_MANY: different ones, each on a line. They lie below those that the system gives out by itself: one of those could
# go to somebody's connection before its server starts.
free_ports() {
  python3 - "$1" <<'PYTHON'
import random, socket, sys
with open("/proc/sys/net/ipv4/ip_local_port_range") as limits:
    first_given_out = int(limits.read().split()[0])
wanted = int(sys.argv[1])
for port in random.sample(range(10000, first_given_out), k=20 * wanted):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    wanted -= 1
    if not wanted:
        break
PYTHON
}

# Settings come as environment variables before the call; the gate's address is in $gate.
start_gate() {
  export PINGATE_PIN=$pin PINGATE_STATE_DIR=$logs/state
  gate_log=gate-${#started[@]}
  rm -f "$logs/$gate_log.log"
  case $container in
    tomcat) start_tomcat ;;
    *) start_standalone ;;
  esac
  wait_for 60 "the gate's address" gate_address
  gate=$(gate_address)
}

start_standalone() {
  local jar=$root/pingate-jetty-standalone/target/pingate.jar
  [[ -f $jar ]] || give_up "build the gate first: mvn package -DskipTests"
  start "$gate_log" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$jar" --port 0
}

# The WAR and Tomcat, as Maven's tests left them.
start_tomcat() {
  local base=$logs/$gate_log war tomcat
  war=$(compgen -G "$root/pingate-servlet/target/pingate-servlet-*.war") &&
    tomcat=$(compgen -G "$root/pingate-jetty-standalone/target/containers/apache-tomcat-11.*") ||
    give_up "there is no Tomcat 11 with the WAR: mvn verify brings both"
  rm -rf "$base"
  mkdir -p "$base"/{conf,temp,webapps}
  cp "$tomcat/conf/web.xml" "$base/conf"
  {
    echo '<Server port="-1"><Service name="Catalina">'
    # The connector that docs/war.md recommends.
    sed -n '/^<Connector /,/\/>$/p' "$root/docs/war.md" | sed 's/port="8080"/address="127.0.0.1" port="0"/'
    echo '<Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine>'
    echo '</Service></Server>'
  } >"$base/conf/server.xml"
  printf '%shandlers = java.util.logging.ConsoleHandler\n' '' . >"$base/conf/logging.properties"
  cp "$war" "$base/webapps/ROOT.war"
  CATALINA_HOME=$tomcat CATALINA_BASE=$base start "$gate_log" bash "$tomcat/bin/catalina.sh" run
}

gate_address() {
  sed -n -E -e 's|^ *open +(http://[^/ ]+)/.*|\1|p' \
    -e 's|.*Starting ProtocolHandler \["http-nio-127.0.0.1-auto-1-([0-9]+)"\].*|http://127.0.0.1:\1|p' \
    "$logs/$gate_log.log" | head -1 | grep .
}

# The PIN form, filled in; prints the cookie as a client sends it back.
sign_in() {
  curl -sS -m 30 -o /dev/null -D - --data-urlencode "pin=$pin" "$gate/pin/check" |
    tr -d '\r' | sed -n -E 's/^set-cookie: (pingate=[^;]+).*/\1/Ip'
}

# install DIRECTORY STAMP COMMAND...: once for each list of packages, also when two checks ask at the same time.
install() {
  local directory=$1 list=$2
  shift 2
  mkdir -p "$directory"
  (
    flock 9
    cmp -s "$list" "$directory/installed" && exit 0
    timeout 300 "$@" >"$directory/install.log" 2>&1 && cp "$list" "$directory/installed"
  ) 9>"$directory/lock" || give_up "the packages of $list do not install: $(tail -1 "$directory/install.log")"
}

# python_packages CHECK: prints nothing; the interpreter that has them is $python.
python_packages() {
  local directory=$work/python/$1
  python=$directory/bin/python
  install "$directory" "$real/$1/requirements.txt" bash -c \
    'python3 -m venv "$1" && "$1/bin/pip" install -q --disable-pip-version-check --no-compile -r "$2"' \
    - "$directory" "$real/$1/requirements.txt"
}

# node_packages [CHECK]: what all checks use, or one check's own in addition; require and $modules find them.
node_packages() {
  local directory=$work/node${1:+-$1} list=$real/${1:+$1/}package.json
  modules=$directory/node_modules
  export NODE_PATH=$modules${NODE_PATH:+:$NODE_PATH}
  install "$directory" "$list" bash -c \
    'cp "$2" "$1" && cd "$1" && npm install --no-audit --no-fund --ignore-scripts' - "$directory" "$list"
}

# need PROGRAM: without it the check is left out, which is told.
need() {
  command -v "$1" >/dev/null && return
  skip "there is no $1 on this machine"
  exit 0
}

# The browser is in $browser; without one the check is left out, which is told.
find_browser() {
  browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) && return
  skip "there is no Chromium on this machine"
  exit 0
}
