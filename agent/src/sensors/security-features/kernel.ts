// Settings of the kernel that make attacks harder. Rules: CIS Debian Linux 12 Benchmark 1.5 and 3.3, and the Kernel Self
// Protection Project's recommended settings. ATT&CK T1562.
import { absent, disabled, enabled, type Feature, unknown, weakened } from './feature.ts'

interface SysctlRow {
  /** Name as sysctl(8) writes it. */
  readonly name: string
  readonly summary: string
  /** Full strength. */
  readonly strong: (value: number) => boolean
  /** Some strength; between these two states lies nothing when absent. */
  readonly some?: (value: number) => boolean
}

const is = (wanted: number) => (value: number): boolean => value === wanted
const atLeast = (least: number) => (value: number): boolean => value >= least

const sysctls: readonly SysctlRow[] = [
  { name: 'kernel.randomize_va_space', summary: 'Addresses of programs are randomised.', strong: atLeast(2), some: is(1) },
  { name: 'kernel.kptr_restrict', summary: 'Addresses of the kernel are hidden.', strong: atLeast(1) },
  { name: 'kernel.dmesg_restrict', summary: 'The kernel’s messages are for root.', strong: is(1) },
  { name: 'kernel.yama.ptrace_scope', summary: 'A process may not read the memory of others of the same account.', strong: atLeast(1) },
  { name: 'kernel.unprivileged_bpf_disabled', summary: 'Only root may load BPF programs.', strong: atLeast(1) },
  { name: 'kernel.kexec_load_disabled', summary: 'Another kernel may not be started from this one.', strong: is(1) },
  { name: 'kernel.perf_event_paranoid', summary: 'Only root may profile the kernel.', strong: atLeast(2), some: is(1) },
  { name: 'kernel.modules_disabled', summary: 'No module may be loaded any more.', strong: is(1) },
  { name: 'kernel.sysrq', summary: 'The keyboard cannot command the kernel.', strong: is(0), some: (value) => value > 1 },
  { name: 'fs.suid_dumpable', summary: 'Programs with more rights than their caller leave no memory dump.', strong: is(0), some: is(2) },
  { name: 'fs.protected_hardlinks', summary: 'A hard link to a file of somebody else is refused.', strong: is(1) },
  { name: 'fs.protected_symlinks', summary: 'A symbolic link in a shared folder is followed for its owner only.', strong: is(1) },
  { name: 'fs.protected_fifos', summary: 'A FIFO of somebody else in a shared folder is not opened.', strong: atLeast(1) },
  { name: 'fs.protected_regular', summary: 'A file of somebody else in a shared folder is not opened for writing.', strong: atLeast(1) },
  { name: 'vm.mmap_min_addr', summary: 'The lowest addresses cannot be mapped.', strong: atLeast(65_536), some: atLeast(1) },
  { name: 'net.ipv4.ip_forward', summary: 'The device does not pass on packets of others.', strong: is(0) },
  { name: 'net.ipv4.conf.all.rp_filter', summary: 'Packets with a false sender are dropped.', strong: is(1), some: is(2) },
  { name: 'net.ipv4.conf.all.accept_redirects', summary: 'Routes are not taken from strangers.', strong: is(0) },
  { name: 'net.ipv4.conf.all.send_redirects', summary: 'No routes are told to others.', strong: is(0) },
  { name: 'net.ipv4.conf.all.accept_source_route', summary: 'A packet does not choose its own route.', strong: is(0) },
  { name: 'net.ipv4.conf.all.log_martians', summary: 'Packets with impossible addresses are logged.', strong: is(1) },
  { name: 'net.ipv4.icmp_echo_ignore_broadcasts', summary: 'Pings to everybody are not answered.', strong: is(1) },
  { name: 'net.ipv4.tcp_syncookies', summary: 'A flood of half-open connections is survived.', strong: atLeast(1) },
  { name: 'net.ipv6.conf.all.accept_redirects', summary: 'Routes are not taken from strangers (IPv6).', strong: is(0) },
]

function sysctlFeature({ name, summary, strong, some }: SysctlRow): Feature {
  const path = `/proc/sys/${name.replaceAll('.', '/')}`
  return {
    id: `kernel.${name.replace(/^kernel\./, '')}`,
    summary,
    // The kernel announces no change here; the files that set it at boot are no proof of what is.
    paths: [],
    isLive: true,
    read(view) {
      const reading = view.text(path)
      if (reading.kind === 'absent') return absent('not in this kernel')
      const text = reading.kind === 'text' ? reading.text.trim() : ''
      if (!/^-?\d+$/.test(text)) return unknown(`${path} cannot be read`)
      const value = Number(text)
      return strong(value) ? enabled(text) : some?.(value) === true ? weakened(text) : disabled(text)
    },
  }
}

const lockdown: Feature = {
  id: 'kernel.lockdown',
  summary: 'The kernel is locked against changes, by root too.',
  paths: [],
  isLive: true,
  read(view) {
    const mode = /\[(\w+)\]/.exec(view.words('/sys/kernel/security/lockdown') ?? '')?.[1]
    return mode === undefined ? absent('not in this kernel') : mode === 'none' ? disabled('none') : enabled(mode)
  },
}

const moduleSignatures: Feature = {
  id: 'kernel.module_signatures',
  summary: 'Only signed modules are loaded.',
  paths: [],
  isLive: true,
  read(view) {
    const value = view.words('/sys/module/module/parameters/sig_enforce')?.trim()
    return value === undefined ? absent('not in this kernel') : value === 'Y' ? enabled('enforced') : disabled('not enforced')
  },
}

export const kernelFeatures: readonly Feature[] = [...sysctls.map(sysctlFeature), lockdown, moduleSignatures]
