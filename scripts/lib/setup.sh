# Shared by scripts/demo, scripts/test and scripts/setup: brings a fresh machine to where pnpm scripts run.
# Sourced, not run. Talks on stderr. Installs nothing outside the checkout and the cache folder below, except Debian
# packages that a step needs and that are missing, and those only as root.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast
pnpm_version=12.21.0

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# apt_install PACKAGE...: only on Debian and Ubuntu, only as root.
apt_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || return 1
  say "installing from the distribution: $*"
  apt_lists_fresh || apt-get update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}
apt_lists_fresh() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -2 2>/dev/null | head -n 1)" ]; }

need_node() {
  command -v node >/dev/null || fail "Node.js is missing: install Node 20 or newer, then run this again. (Holdfast itself runs on the Node 24 that it brings.)"
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "Node $major is too old to install with; 20 or newer is needed."
}

need_pnpm() {
  if command -v pnpm >/dev/null && [ "$(pnpm --version 2>/dev/null | cut -d. -f1)" = 12 ]; then return; fi
  if [ ! -x "$cache/pnpm/node_modules/.bin/pnpm" ]; then
    say "installing pnpm $pnpm_version"
    mkdir -p "$cache/pnpm"
    npm install --silent --no-fund --no-audit --prefix "$cache/pnpm" "pnpm@$pnpm_version" >&2 || fail "pnpm could not be installed with npm"
  fi
  PATH=$cache/pnpm/node_modules/.bin:$PATH
  export PATH
}

need_packages() {
  # sqlite3 compiles where no prebuilt binary can be fetched.
  local missing=()
  command -v g++ >/dev/null || missing+=(g++)
  command -v make >/dev/null || missing+=(make)
  command -v python3 >/dev/null || missing+=(python3)
  if [ ${#missing[@]} -gt 0 ]; then apt_install "${missing[@]}" || say "note: without ${missing[*]} the database driver can only be installed where its prebuilt binary can be fetched"; fi
  # node-gyp would fetch headers from the web; those of the machine do, since the driver only uses Node-API.
  local prefix
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  for folder in "$prefix" /usr /usr/local; do
    if [ -f "$folder/include/node/node.h" ]; then export npm_config_nodedir=$folder; break; fi
  done
  say "installing packages"
  (cd "$repo" && CI=true pnpm install --frozen-lockfile --reporter=append-only >&2) || fail "pnpm install failed"
}

need_nats_server() {
  HOLDFAST_NATS_SERVER=$("$repo/scripts/get-nats-server") || fail "there is no nats-server"
  export HOLDFAST_NATS_SERVER
}

need_console() {
  if [ ! -f "$repo/collector/console/dist/index.html" ] || [ -n "$(find "$repo/collector/console/src" "$repo/collector/console/index.html" "$repo/collector/src/http" -newer "$repo/collector/console/dist/index.html" -print -quit)" ]; then
    say "building the console"
    (cd "$repo" && pnpm -s build >&2) || fail "the console could not be built"
  fi
}

# Devices that are not there: only tests of media need it.
need_umockdev() {
  command -v umockdev-run >/dev/null || apt_install umockdev || say "note: without umockdev the tests of sticks and telephones are left out"
}

# A real printing system for the test of print jobs (6 MB); nothing of it is started.
need_cups() {
  command -v cupsd >/dev/null || [ -x /usr/sbin/cupsd ] || apt_install cups cups-client || say "note: without cups the test that really prints is left out"
}

# PostgreSQL's programs for the tests of that store (60 MB); no cluster is made and nothing of it is started.
need_postgres() {
  for folder in /usr/lib/postgresql/*/bin; do [ -x "$folder/initdb" ] && return; done
  command -v initdb >/dev/null && return
  # The package would make a cluster and start it.
  if [ "$(id -u)" = 0 ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then mkdir -p /etc/postgresql-common && printf 'create_main_cluster = false\n' > /etc/postgresql-common/createcluster.conf; fi
  apt_install postgresql || say "note: without PostgreSQL the tests of its store are left out"
}

# Faults that cut the power and break the disk write down and break system calls with it (2 MB).
need_strace() {
  command -v strace >/dev/null || apt_install strace || say "note: without strace the faults that need it are left out"
}

need_chromium() {
  for candidate in "${CHROMIUM_PATH:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then export CHROMIUM_PATH=$candidate; return; fi
  done
  apt_install chromium || fail "Chromium is missing: install it, or name it in CHROMIUM_PATH"
  export CHROMIUM_PATH=/usr/bin/chromium
}
