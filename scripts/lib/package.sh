# Shared by scripts/package-agent and scripts/package-collector: the tools of the build machine, then scripts/package/main.ts.
# Sourced, not run.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# package_tools: dpkg-dev (dpkg-deb, dpkg-shlibdeps), rpm, binutils (strip, objdump), msitools with wixl, cpio.
package_tools() { apt_install dpkg-dev binutils rpm wixl msitools cpio lintian || fail "the build tools can only be installed as root on Debian or Ubuntu: dpkg-dev binutils rpm wixl msitools cpio"; }

# build_packages PRODUCT ARGUMENT...
build_packages() {
  local product=$1
  shift
  local argument quick=no
  for argument in "$@"; do
    case $argument in
      --tools) package_tools ;;
      -h | --help) quick=yes ;;
    esac
  done
  need_node
  need_pnpm
  [ -x "$repo/node_modules/.bin/node" ] || need_packages
  if [ "$quick" = no ] && [ "$product" = collector ]; then
    need_nats_server
    need_console
  fi
  exec "$repo/node_modules/.bin/node" --disable-warning=ExperimentalWarning "$repo/scripts/package/main.ts" "$product" "$@"
}
