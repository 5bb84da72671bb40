#!/bin/sh
# A stage for media: a system whose devices are those of a record, the disk among them with a real loop device behind it.
#
#   unshare --mount -- sh stage.sh TREE LOOP COMMAND…
#
# TREE holds what umockdev has made of a record, LOOP is the name of a loop device. Nothing of it is seen outside.
set -eu
tree=$1 loop=$2
shift 2
mount --make-rprivate /
mkdir -p "$tree/real" "$tree/sys/devices/virtual"
mount --bind /sys "$tree/real"
disk=$(readlink -f "$tree/sys/class/block/sdb")
cp "$tree/real/block/$loop/dev" "$disk/dev"
ln -sf "$tree/real/block/$loop/stat" "$disk/stat"
rm "$tree/sys/dev/block/"*
mount --bind "$tree/sys" /sys
minor=$(cut -d: -f2 < "$disk/dev")
mount -t tmpfs -o mode=0755 dev /dev
mknod -m 666 /dev/null c 1 3
mknod -m 666 /dev/urandom c 1 9
mknod /dev/sdb b 7 "$minor"
mknod "/dev/$loop" b 7 "$minor"
mount -t tmpfs media /media
exec "$@"
