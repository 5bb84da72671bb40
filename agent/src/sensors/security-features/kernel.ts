// Settings of the kernel that make attacks harder. Rules: CIS Debian Linux 12 Benchmark 1.5 and 3.3, and the Kernel Self
// Protection Project's recommended settings. ATT&CK T1562.
import { absent, disabled, enabled, type Feature, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

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
  { name: 'kernel.unprivileged_userns_clone', summary: 'Only root may make namespaces of users.', strong: is(0) },
  { name: 'kernel.yama.protected_nonaccess_hardlinks', summary: 'A hard link to what one cannot read is refused.', strong: is(1) },
  { name: 'kernel.ftrace_enabled', summary: 'Functions of the kernel cannot be diverted by tracing.', strong: is(0) },
  { name: 'kernel.apparmor_restrict_unprivileged_userns', summary: 'AppArmor decides who may make namespaces of users.', strong: is(1) },
  { name: 'kernel.panic_on_oops', summary: 'A damaged kernel stops.', strong: is(1) },
  { name: 'vm.unprivileged_userfaultfd', summary: 'Only root may handle faults of pages.', strong: is(0) },
  { name: 'net.core.bpf_jit_harden', summary: 'Compiled BPF programs are blinded.', strong: is(2), some: is(1) },
  { name: 'net.ipv4.conf.default.rp_filter', summary: 'Packets with a false sender are dropped on new interfaces.', strong: is(1), some: is(2) },
  { name: 'net.ipv4.conf.default.accept_redirects', summary: 'New interfaces take no routes from strangers.', strong: is(0) },
  { name: 'net.ipv6.conf.all.forwarding', summary: 'The device does not pass on packets of others (IPv6).', strong: is(0) },
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

/** Handlers of dumps that distributions bring; `core_pattern` starts any other as root whenever a program crashes. */
const DUMP_HANDLERS = /^\|(\/usr)?\/(lib|libexec|share|sbin|bin)\/(systemd\/systemd-coredump|apport\/apport|abrt-hook-ccpp|drkonqi\S*|wsl-capture-crash)\b/

const corePattern: Feature = {
  id: 'kernel.core_pattern',
  summary: 'The kernel hands memory dumps to no program but the distribution’s.',
  paths: [],
  isLive: true,
  read(view) {
    const text = view.words('/proc/sys/kernel/core_pattern')?.trim()
    if (text === undefined) return absent('not in this kernel')
    return text.startsWith('|') && !DUMP_HANDLERS.test(text) ? weakened(text) : enabled(text === '' ? 'none' : text)
  },
}

/** Programs that the kernel itself starts as root. */
const kernelHelpers: Feature = {
  id: 'kernel.helpers',
  summary: 'The programs that the kernel starts by itself (modprobe, hotplug) are the system’s.',
  paths: [],
  isLive: true,
  read(view) {
    const modprobe = view.words('/proc/sys/kernel/modprobe')?.trim()
    const hotplug = view.words('/proc/sys/kernel/hotplug')?.trim() ?? ''
    if (modprobe === undefined) return absent('not in this kernel')
    const value = `modprobe ${modprobe === '' ? 'none' : modprobe}${hotplug === '' ? '' : `, hotplug ${hotplug}`}`
    return ['', '/sbin/modprobe', '/usr/sbin/modprobe', '/bin/true', '/bin/false', '/run/current-system/sw/bin/modprobe'].includes(modprobe) && (hotplug === '' || hotplug === '/sbin/hotplug') ? enabled(value) : weakened(value)
  },
}

/** `name size uses by state address (OE)`: O is built outside the kernel's tree, E unsigned, F forced in (Documentation/admin-guide/tainted-kernels). */
export function parseModules(text: string): ReadonlyMap<string, string> {
  return new Map(text.split('\n').filter((line) => line !== '').map((line) => {
    const words = line.split(' ')
    return [words[0] ?? '', /^\((\w+)\)$/.exec(words.at(-1) ?? '')?.[1] ?? ''] as const
  }))
}

const loadedModules: Feature = {
  id: 'kernel.loaded_modules',
  summary: 'Every module in the kernel comes from its own tree and is signed.',
  paths: [],
  isLive: true,
  read(view, recall) {
    const text = view.words('/proc/modules')
    if (text === undefined) return absent('no modules')
    const modules = parseModules(text)
    const foreign = [...modules].filter(([, taint]) => /[OEF]/.test(taint)).map(([name, taint]) => `${name} (${taint})`)
    const names = [...modules.keys()].toSorted()
    const memo = names.join(' ')
    const known = recall.of()
    if (known?.memo === memo) return { state: known.state, value: known.value, memo }
    const before = new Set((known?.memo ?? '').split(' '))
    const added = known === undefined ? [] : names.filter((name) => !before.has(name))
    const gone = known === undefined ? [] : [...before].filter((name) => name !== '' && !modules.has(name))
    const value = `${names.length} modules${foreign.length === 0 ? '' : `, from elsewhere: ${foreign.slice(0, 8).join(' ')}`}${added.length === 0 ? '' : `; new ${added.slice(0, 12).join(' ')}`}${gone.length === 0 ? '' : `; gone ${gone.slice(0, 12).join(' ')}`}`
    return { ...(foreign.length === 0 ? enabled(value) : weakened(value)), memo }
  },
}

const sysctlFiles = fileSetFeature({
  id: 'kernel.sysctl_files', summary: 'What the settings of the kernel are set to at each start.',
  files: ['/etc/sysctl.conf', '/etc/sysctl.d/', '/run/sysctl.d/', '/usr/local/lib/sysctl.d/'], mayBeAbsent: true,
})

export const kernelFeatures: readonly Feature[] = [...sysctls.map(sysctlFeature), lockdown, moduleSignatures, corePattern, kernelHelpers, loadedModules, sysctlFiles]
