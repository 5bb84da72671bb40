// Numbers of fanotify_init(2), fanotify_mark(2) and open(2) for every group of this agent (linux/fanotify.h, asm-generic/fcntl.h).
export const O_PATH = 0o10000000
export const O_LARGEFILE = 0x8000
export const AT_FDCWD = -100
export const MARK_ADD = 0x1
export const MARK_FLUSH = 0x80
export const MARK_FILESYSTEM = 0x100
/** FAN_REPORT_DFID_NAME with FAN_REPORT_FID. */
export const FID_DIR_FID_NAME = 0xe00
/** FAN_REPORT_TARGET_FID, from kernel 5.17. */
export const TARGET_FID = 0x1000
