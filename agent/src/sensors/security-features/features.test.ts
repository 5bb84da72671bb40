import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildMount, createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import { createProcessTable, createSystemView } from '../system-view.ts'
import { type FeatureReading, nothingKnown } from './feature.ts'
import { features } from './table.ts'

let device: FakePlatform
beforeEach(() => {
  device = createFakePlatform()
})
afterEach(() => device.dispose())

/** All readings of one feature of a device with these files. */
async function readAll(id: string, tree: Readonly<Record<string, string>> = {}): Promise<readonly FeatureReading[]> {
  for (const [path, text] of Object.entries(tree)) device.write(path, text)
  const feature = features.find((each) => each.id === id)
  if (feature === undefined) throw new Error(`no feature ${id}`)
  const view = await createSystemView({ platform: device, signal: new AbortController().signal, processes: createProcessTable(device.root) })
  const readings = await feature.read(view, nothingKnown)
  return Array.isArray(readings) ? (readings as readonly FeatureReading[]) : [readings as FeatureReading]
}

const processOf = (pid: number, name: string, uid = 0): Readonly<Record<string, string>> => ({ [`/proc/${pid}/stat`]: `${pid} (${name}) S 1 1 1`, [`/proc/${pid}/status`]: `Name:\t${name}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n` })

const state = async (id: string, tree: Readonly<Record<string, string>> = {}): Promise<string | undefined> => (await readAll(id, tree))[0]?.state
const link = (target: string, path: string): void => {
  device.write(`${path}.folder`, '')
  symlinkSync(target, join(device.root, path))
}

describe('the table', () => {
  test('ids are unique, well formed, and each has a sentence', () => {
    expect(new Set(features.map(({ id }) => id)).size).toBe(features.length)
    for (const { id, summary, paths } of features) {
      expect(id).toMatch(/^[a-z]+(\.[a-z0-9_]+)*$/)
      expect(summary).toMatch(/^.{10,}\.$/)
      expect(paths.every((path) => path.startsWith('/'))).toBe(true)
    }
  })

  test('on a device that has nothing, nothing is unknown and nothing throws', async () => {
    for (const { id } of features) for (const reading of await readAll(id)) expect([id, reading.state]).not.toContain('unknown')
  })
})

describe('firewalls', () => {
  test('ufw', async () => {
    expect(await state('firewall.ufw')).toBe('absent')
    expect(await state('firewall.ufw', { '/etc/ufw/ufw.conf': '# x\nENABLED=yes\nLOGLEVEL=low\n', '/etc/default/ufw': 'DEFAULT_INPUT_POLICY="DROP"\n' })).toBe('enabled')
    expect(await state('firewall.ufw', { '/etc/default/ufw': 'DEFAULT_INPUT_POLICY="ACCEPT"\n' })).toBe('weakened')
    expect(await state('firewall.ufw', { '/etc/ufw/ufw.conf': 'ENABLED=no\n' })).toBe('disabled')
  })

  test('nftables: rules that refuse, rules that do not, none, and nobody who may ask', async () => {
    expect(await state('firewall.nftables')).toBe('absent')
    const answer = (stdout: string, code = 0): void => device.setProgram('nft', () => ({ code, stdout, stderr: '' }))
    answer('table ip f {\n chain input {\n type filter hook input priority 0; policy drop;\n tcp dport 22 accept\n }\n}\n')
    expect(await state('firewall.nftables', { '/usr/sbin/nft': '' })).toBe('enabled')
    answer('table ip f {\n chain input {\n type filter hook input priority 0; policy accept;\n tcp dport 22 accept\n }\n}\n')
    expect(await state('firewall.nftables')).toBe('weakened')
    answer('')
    expect(await state('firewall.nftables')).toBe('disabled')
    answer('', 1)
    expect(await state('firewall.nftables')).toBe('unknown')
  })
})

describe('audit and logs', () => {
  test('auditd runs, is killed, is masked; a person’s process of that name does not count', async () => {
    expect(await state('audit.auditd')).toBe('absent')
    expect(await state('audit.auditd', { '/usr/sbin/auditd': '', '/etc/audit/auditd.conf': 'log_file = /var/log/audit/audit.log\n' })).toBe('disabled')
    expect(await state('audit.auditd', processOf(49, 'auditd', 1000))).toBe('disabled')
    expect(await state('audit.auditd', processOf(50, 'auditd'))).toBe('enabled')
    expect(await state('audit.auditd', { '/etc/audit/auditd.conf': 'write_logs = no\n' })).toBe('weakened')
    expect(await state('audit.auditd', { '/proc/50/stat': '50 (auditd) Z 1 1 1' })).toBe('disabled')
  })

  test('the kernel’s audit and its rules', async () => {
    device.setProgram('auditctl', ([option]) => ({ code: 0, stdout: option === '-s' ? 'enabled 1\nfailure 1\npid 50\n' : '-w /etc/passwd -p wa -k identity\n', stderr: '' }))
    expect(await state('audit.kernel', { '/usr/sbin/auditctl': '' })).toBe('enabled')
    expect(await state('audit.rules')).toBe('enabled')
    device.setProgram('auditctl', ([option]) => ({ code: 0, stdout: option === '-s' ? 'enabled 0\n' : 'No rules\n', stderr: '' }))
    expect([await state('audit.kernel'), await state('audit.rules')]).toEqual(['disabled', 'disabled'])
    device.setProgram('auditctl', () => ({ code: 1, stdout: '', stderr: 'Operation not permitted' }))
    expect([await state('audit.kernel'), await state('audit.rules')]).toEqual(['unknown', 'unknown'])
  })

  test('rsyslog that runs and writes nothing is off', async () => {
    const running = { '/usr/sbin/rsyslogd': '', ...processOf(60, 'rsyslogd') }
    expect(await state('logging.rsyslog', { ...running, '/etc/rsyslog.conf': 'module(load="imuxsock")\n$IncludeConfig /etc/rsyslog.d/*.conf\nauth,authpriv.*\t/var/log/auth.log\n*.*;auth.none -/var/log/syslog\n' })).toBe('enabled')
    expect((await readAll('logging.rsyslog'))[0]?.value).toContain('2 rules')
    expect(await state('logging.rsyslog', { '/etc/rsyslog.conf': '# auth.* /var/log/auth.log\n' })).toBe('disabled')
    expect(await state('logging.rsyslog', { '/etc/rsyslog.d/50-default.conf': '*.* action(type="omfwd" target="log")\n' })).toBe('enabled')
    link('/dev/null', '/etc/systemd/system/rsyslog.service')
    expect(await state('logging.rsyslog')).toBe('weakened')
  })

  test('the journal: a drop-in wins, and none is off', async () => {
    const running = { '/usr/lib/systemd/systemd-journald': '', ...processOf(61, 'systemd-journal'), '/etc/systemd/journald.conf': '[Journal]\nStorage=persistent\n' }
    expect(await state('logging.journald', running)).toBe('enabled')
    expect(await state('logging.journald', { '/etc/systemd/journald.conf.d/x.conf': '[Journal]\nStorage=volatile\n' })).toBe('weakened')
    expect(await state('logging.journald', { '/etc/systemd/journald.conf.d/y.conf': '[Journal]\nStorage=none\n' })).toBe('disabled')
  })
})

describe('access control', () => {
  test('AppArmor', async () => {
    expect(await state('mac.apparmor', { '/sys/module/apparmor/parameters/enabled': 'Y\n', '/sys/kernel/security/apparmor/profiles': 'man (enforce)\nping (complain)\n' })).toBe('enabled')
    expect(await state('mac.apparmor', { '/sys/kernel/security/apparmor/profiles': 'ping (complain)\n' })).toBe('weakened')
    expect(await state('mac.apparmor', { '/sys/kernel/security/apparmor/profiles': '' })).toBe('disabled')
    expect(await state('mac.apparmor', { '/sys/module/apparmor/parameters/enabled': 'N\n' })).toBe('disabled')
  })

  test('SELinux, now and at the next start', async () => {
    expect(await state('mac.selinux', { '/etc/selinux/config': 'SELINUX=enforcing\n', '/sys/fs/selinux/enforce': '1' })).toBe('enabled')
    expect(await state('mac.selinux', { '/sys/fs/selinux/enforce': '0' })).toBe('weakened')
    expect(await state('mac.selinux', { '/sys/fs/selinux/enforce': '1', '/etc/selinux/config': 'SELINUX=disabled\n' })).toBe('weakened')
    device.remove('/sys/fs/selinux')
    expect(await state('mac.selinux')).toBe('disabled')
  })

  test('sudo without a password', async () => {
    expect(await state('privilege.sudoers', { '/etc/sudoers': 'root ALL=(ALL) ALL\n@includedir /etc/sudoers.d\n', '/etc/sudoers.d/README.x': 'bob ALL=(ALL) NOPASSWD: ALL\n' })).toBe('enabled')
    expect(await state('privilege.sudoers', { '/etc/sudoers.d/bob': 'bob ALL=(ALL) \\\n NOPASSWD: ALL\n' })).toBe('weakened')
  })
})

describe('the kernel', () => {
  test.each([['2\n', 'enabled'], ['1\n', 'weakened'], ['0\n', 'disabled'], ['x', 'unknown']])('randomize_va_space %j is %s', async (text, expected) => {
    expect(await state('kernel.randomize_va_space', { '/proc/sys/kernel/randomize_va_space': text })).toBe(expected)
  })

  test('a name with dots is a path, and lower may be stronger', async () => {
    expect(await state('kernel.net.ipv4.ip_forward', { '/proc/sys/net/ipv4/ip_forward': '1' })).toBe('disabled')
    expect(await state('kernel.lockdown', { '/sys/kernel/security/lockdown': 'none [integrity] confidentiality' })).toBe('enabled')
  })
})

describe('ssh', () => {
  test('sshd’s own default counts where nobody says anything', async () => {
    const tree = { '/etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*.conf\nX11Forwarding yes\n', '/etc/ssh/sshd_config.d/a.conf': 'PermitRootLogin yes\n' }
    expect(await Promise.all(['permit_root_login', 'password_authentication', 'permit_empty_passwords', 'x11_forwarding'].map((id) => state(`ssh.${id}`, tree)))).toEqual(['weakened', 'weakened', 'enabled', 'weakened'])
    expect((await readAll('ssh.max_auth_tries'))[0]).toEqual({ state: 'enabled', value: 'MaxAuthTries 6' })
  })
})

describe('disks', () => {
  const disk = (name: string, device_: string, extra: Readonly<Record<string, string>> = {}): void => {
    device.write(`/sys/class/block/${name}/dev`, device_)
    for (const [path, text] of Object.entries(extra)) device.write(`/sys/class/block/${name}/${path}`, text)
    device.write('/sys/dev/block/keep', '')
    symlinkSync(`../../class/block/${name}`, join(device.root, 'sys/dev/block', device_))
  }

  test('LUKS below LVM is encrypted, a plain home weakens it', async () => {
    disk('dm-1', '253:1', { 'dm/uuid': 'LVM-abc', 'slaves/dm-0/x': '' })
    disk('dm-0', '253:0', { 'dm/uuid': 'CRYPT-LUKS2-abc', 'slaves/sda3/x': '' })
    disk('sdb1', '8:17')
    device.setMounts([buildMount({ mountPoint: '/', device: '253:1', source: '/dev/mapper/vg-root', fileSystem: 'ext4' })])
    expect(await readAll('disk.encryption')).toEqual([{ state: 'enabled', value: '/ encrypted' }])
    device.setMounts([buildMount({ mountPoint: '/', device: '253:1' }), buildMount({ mountPoint: '/home', device: '8:17' })])
    expect(await readAll('disk.encryption')).toEqual([{ state: 'weakened', value: '/ encrypted, /home plain' }])
    device.setMounts([buildMount({ mountPoint: '/', device: '8:17' })])
    expect(await state('disk.encryption')).toBe('disabled')
  })

  test('a container has no disk of its own, and ZFS is not judged', async () => {
    device.setMounts([buildMount({ mountPoint: '/', device: '0:40', source: 'overlay', fileSystem: 'overlay' })])
    expect(await state('disk.encryption')).toBe('absent')
    device.setMounts([buildMount({ mountPoint: '/', device: '0:41', source: 'rpool/root', fileSystem: 'zfs' })])
    expect(await state('disk.encryption')).toBe('unknown')
  })
})

describe('what each account has of its own', () => {
  const people = { '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\nbob:x:1001:1001::/home/bob:/bin/bash\n', '/home/alice/x': '', '/home/bob/x': '' }

  test('the screen lock: defaults, the administrator’s word, a lock on it, and KDE', async () => {
    expect(await state('screen.lock', people)).toBe('absent')
    const gnome = { '/usr/share/glib-2.0/schemas/org.gnome.desktop.screensaver.gschema.xml': '' }
    expect(await readAll('screen.lock', gnome)).toEqual([{ state: 'enabled', value: 'lock on, idle after 300 s', uid: 1000 }, { state: 'enabled', value: 'lock on, idle after 300 s', uid: 1001 }])
    expect((await readAll('screen.lock', { '/home/bob/.config/kscreenlockerrc': '[Daemon]\nAutolock=false\n' })).map((reading) => reading.state)).toEqual(['enabled', 'disabled'])
    expect(await state('screen.lock', { '/etc/dconf/db/local.d/00-lock': '[org/gnome/desktop/session]\nidle-delay=uint32 0\n' })).toBe('weakened')
    expect(await state('screen.lock', { '/etc/dconf/db/local.d/00-lock': '[org/gnome/desktop/screensaver]\nlock-enabled=false\n' })).toBe('disabled')
  })

  test('a file that is no settings file is unknown, and a link to somebody else’s is not followed', async () => {
    expect(await state('screen.lock', { ...people, '/usr/share/glib-2.0/schemas/org.gnome.desktop.screensaver.gschema.xml': '', '/home/alice/.config/dconf/user': 'nonsense' })).toBe('unknown')
    device.remove('/home/alice/.config/dconf/user')
    device.write('/home/bob/.config/dconf/user', 'nonsense')
    symlinkSync('../../../bob/.config/dconf/user', join(device.root, 'home/alice/.config/dconf/user'))
    expect((await readAll('screen.lock'))[0]).toMatchObject({ state: 'unknown', uid: 1000 })
  })

  test('a home on a network file system is left alone', async () => {
    device.setMounts([buildMount({ mountPoint: '/home/bob', fileSystem: 'nfs4', source: 'nas:/bob' })])
    expect((await readAll('shell.history', people)).map((reading) => reading.uid)).toEqual([undefined, 1000])
  })

  test.each(['HISTSIZE=0', 'export HISTFILE=/dev/null', 'unset HISTFILE', 'set +o history', 'HISTFILESIZE="0"'])('%s switches the history off', async (line) => {
    expect((await readAll('shell.history', { ...people, '/home/alice/.bashrc': `# x\n${line}\n` })).map((reading) => reading.state)).toEqual(['enabled', 'weakened', 'enabled'])
  })

  test('HISTSIZE=1000 does not, a history that leads to nowhere does', async () => {
    expect((await readAll('shell.history', { ...people, '/home/alice/.bashrc': 'HISTSIZE=1000\nHISTFILESIZE=2000\n' }))[1]?.state).toBe('enabled')
    symlinkSync('/dev/null', join(device.root, 'home/alice/.bash_history'))
    expect((await readAll('shell.history'))[1]).toMatchObject({ state: 'weakened', value: '.bash_history -> /dev/null' })
  })
})

describe('updates and the rest', () => {
  test('unattended upgrades: on, off by a later file, off by the master switch, off by a mask', async () => {
    const on = { '/usr/bin/unattended-upgrade': '', '/etc/apt/apt.conf.d/20auto-upgrades': 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' }
    expect(await state('updates.unattended', on)).toBe('enabled')
    expect(await state('updates.unattended', { '/etc/apt/apt.conf.d/99off': 'APT::Periodic::Unattended-Upgrade "0";\n' })).toBe('disabled')
    device.remove('/etc/apt/apt.conf.d/99off')
    expect(await state('updates.unattended', { '/etc/apt/apt.conf': 'APT::Periodic::Enable "0";\n' })).toBe('disabled')
    device.remove('/etc/apt/apt.conf')
    expect(await state('updates.unattended', { '/etc/apt/apt.conf.d/99.disabled': 'APT::Periodic::Unattended-Upgrade "0";\n' })).toBe('enabled')
    link('/dev/null', '/etc/systemd/system/apt-daily-upgrade.timer')
    expect(await state('updates.unattended')).toBe('disabled')
  })

  test('a library for every program, a job for cron and a unit', async () => {
    expect([await state('preload'), await state('preload', { '/etc/ld.so.preload': '# none\n' }), await state('preload', { '/etc/ld.so.preload': '/usr/lib/evil.so\n' })]).toEqual(['enabled', 'enabled', 'weakened'])
    const before = (await readAll('persistence.cron', { '/etc/crontab': '' }))[0]?.value
    const after = (await readAll('persistence.cron', { '/var/spool/cron/crontabs/bob': '* * * * * x\n' }))[0]?.value
    expect(after).toContain('crontabs/bob')
    expect((await readAll('persistence.cron', { '/var/spool/cron/crontabs/bob': '* * * * * y\n' }))[0]?.value).not.toBe(after)
    expect(before).not.toBe(after)
    expect((await readAll('persistence.systemd', { '/etc/systemd/system/evil.service': '[Service]' }))[0]?.value).toContain('evil.service')
  })

  test('ClamAV needs its daemon and fresh signatures', async () => {
    expect(await state('antivirus.clamav', { '/usr/sbin/clamd': '', '/usr/bin/freshclam': '', ...processOf(70, 'clamd') })).toBe('weakened')
    expect(await state('antivirus.clamav', { ...processOf(71, 'freshclam') })).toBe('enabled')
    device.remove('/proc/70')
    expect(await state('antivirus.clamav')).toBe('disabled')
  })
})
