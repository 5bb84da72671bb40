#!/bin/sh
# A stage for harmful acts: runs a command as root on a copy of this system that nothing leaves.
#
#   unshare --mount --pid --fork --uts --ipc --net --kill-child -- sh stage.sh FOLDER CHECKOUT LAYER COMMAND…
#
# FOLDER is an empty folder. The root is an overlay whose upper half lies in memory, /proc/sys is read-only but for copies of
# the settings that acts change, /dev holds what programs need and no disk. The rights to set the clock, to load modules, to
# control the kernel's audit, to restart and to reach devices are given up, so that an act that tries fails.
set -eu
stage=$1 checkout=$2 layer=$3
shift 3
mount --make-rprivate /
mount -t tmpfs -o size=512m,mode=0755 stage "$stage"
mkdir "$stage/upper" "$stage/work" "$stage/root" "$stage/sysctl"
root=$stage/root
mount -t overlay -o "lowerdir=/,upperdir=$stage/upper,workdir=$stage/work" stage "$root"
# A layer cannot be a lower half of its own: it lies within the root.
[ -z "$layer" ] || cp -a "$layer/." "$root/"
# Files that acts make lie in memory of its own: what watches a file system sees little through an overlay.
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mkdir -p "$root$checkout" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp"
mount --bind "$checkout" "$root$checkout"
mount -o remount,bind,ro "$root$checkout"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=0755 run "$root/run"
mount -t tmpfs -o mode=0755 dev "$root/dev"
mkdir "$root/dev/shm" "$root/dev/pts"
for name in null zero full random urandom tty; do
  : > "$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done
ln -s /proc/self/fd "$root/dev/fd"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
for name in kernel/randomize_va_space kernel/kptr_restrict kernel/dmesg_restrict kernel/perf_event_paranoid kernel/unprivileged_bpf_disabled kernel/sysrq kernel/core_pattern kernel/modprobe fs/suid_dumpable fs/protected_symlinks fs/protected_hardlinks vm/mmap_min_addr net/ipv4/ip_forward net/ipv4/tcp_syncookies; do
  [ -e "$root/proc/sys/$name" ] || continue
  copy=$stage/sysctl/$(echo "$name" | tr / _)
  cat "/proc/sys/$name" > "$copy"
  mount --bind "$copy" "$root/proc/sys/$name"
done
hostname stage
ip link set lo up 2>/dev/null || true
gone=-sys_time,-sys_module,-sys_boot,-audit_control,-sys_rawio,-sys_resource,-mknod,-wake_alarm
exec setpriv --bounding-set "$gone" chroot "$root" "$@"
