// How sshd lets people in. Rules: CIS Debian Linux 12 Benchmark 5.1; defaults: sshd_config(5) of OpenSSH 9. ATT&CK T1021.004, T1556.
import { absent, enabled, type Feature, NEEDS_ROOT, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'
import { parseSshdConfig } from './ssh-config.ts'

const CONFIG = '/etc/ssh/sshd_config'

interface SshRow {
  readonly id: string
  readonly keyword: string
  /** What sshd does when nobody says anything. */
  readonly default: string
  readonly summary: string
  readonly isWeak: (value: string) => boolean
}

const isYes = (value: string): boolean => value === 'yes'

const rows: readonly SshRow[] = [
  { id: 'permit_root_login', keyword: 'PermitRootLogin', default: 'prohibit-password', summary: 'root cannot sign in with a password.', isWeak: isYes },
  { id: 'password_authentication', keyword: 'PasswordAuthentication', default: 'yes', summary: 'A password alone does not let anybody in.', isWeak: isYes },
  { id: 'permit_empty_passwords', keyword: 'PermitEmptyPasswords', default: 'no', summary: 'An empty password does not let anybody in.', isWeak: isYes },
  { id: 'keyboard_interactive', keyword: 'KbdInteractiveAuthentication', default: 'yes', summary: 'Questions at the keyboard do not let anybody in.', isWeak: isYes },
  { id: 'host_based_authentication', keyword: 'HostbasedAuthentication', default: 'no', summary: 'Another host’s word does not let anybody in.', isWeak: isYes },
  { id: 'ignore_rhosts', keyword: 'IgnoreRhosts', default: 'yes', summary: '.rhosts files are ignored.', isWeak: (value) => value !== 'yes' },
  { id: 'x11_forwarding', keyword: 'X11Forwarding', default: 'no', summary: 'Screens are not forwarded.', isWeak: isYes },
  { id: 'allow_tcp_forwarding', keyword: 'AllowTcpForwarding', default: 'yes', summary: 'Connections are not forwarded.', isWeak: (value) => value !== 'no' },
  { id: 'gateway_ports', keyword: 'GatewayPorts', default: 'no', summary: 'Forwarded ports are not open to others.', isWeak: (value) => value !== 'no' },
  { id: 'permit_tunnel', keyword: 'PermitTunnel', default: 'no', summary: 'No network tunnels through ssh.', isWeak: (value) => value !== 'no' },
  { id: 'permit_user_environment', keyword: 'PermitUserEnvironment', default: 'no', summary: 'People cannot set the environment of their session.', isWeak: (value) => value !== 'no' },
  { id: 'strict_modes', keyword: 'StrictModes', default: 'yes', summary: 'Keys in files that others can write do not count.', isWeak: (value) => value !== 'yes' },
  { id: 'max_auth_tries', keyword: 'MaxAuthTries', default: '6', summary: 'Few tries for each connection.', isWeak: (value) => Number(value) > 6 },
  { id: 'authorized_keys_file', keyword: 'AuthorizedKeysFile', default: '.ssh/authorized_keys .ssh/authorized_keys2', summary: 'Keys count where people keep them, and nowhere else.', isWeak: (value) => value.split(' ').some((path) => path.startsWith('/') && !path.startsWith('/etc/ssh/')) },
  { id: 'authorized_keys_command', keyword: 'AuthorizedKeysCommand', default: 'none', summary: 'No program says whose keys count.', isWeak: (value) => value !== 'none' },
  { id: 'trusted_user_ca', keyword: 'TrustedUserCAKeys', default: 'none', summary: 'No authority signs keys of people.', isWeak: (value) => value !== 'none' },
  { id: 'use_pam', keyword: 'UsePAM', default: 'no', summary: 'PAM has a say in who comes in.', isWeak: (value) => value !== 'yes' },
  { id: 'login_grace_time', keyword: 'LoginGraceTime', default: '120', summary: 'A connection that does not sign in is closed.', isWeak: (value) => value === '0' },
  { id: 'log_level', keyword: 'LogLevel', default: 'info', summary: 'Sign-ins are logged.', isWeak: (value) => ['quiet', 'fatal', 'error'].includes(value) },
]

export const sshFeatures: readonly Feature[] = rows.map(({ id, keyword, default: byDefault, summary, isWeak }): Feature => ({
  id: `ssh.${id}`,
  summary,
  paths: [CONFIG, '/etc/ssh/sshd_config.d/'],
  read(view) {
    const main = view.text(CONFIG)
    if (main.kind === 'absent') return absent('no sshd_config')
    if (main.kind !== 'text') return unknown(`${CONFIG} cannot be read`, NEEDS_ROOT)
    const value = (parseSshdConfig({ text: (path) => view.words(path), list: (folder) => view.list(folder) })?.get(keyword.toLowerCase()) ?? byDefault).toLowerCase()
    return isWeak(value) ? weakened(`${keyword} ${value}`) : enabled(`${keyword} ${value}`)
  },
}))

/** Every word of the settings, whatever it means: an option that no row above knows is a change too. */
export const sshConfiguration = fileSetFeature({
  id: 'ssh.configuration', summary: 'The files that set sshd up, its drop-ins and the settings of those who connect from here.',
  files: [CONFIG, '/etc/ssh/sshd_config.d/', '/etc/ssh/ssh_config', '/etc/ssh/ssh_config.d/', '/etc/ssh/ssh_known_hosts', '/etc/hosts.equiv', '/etc/ssh/shosts.equiv'], homeFiles: ['.ssh/config', '.rhosts', '.shosts', '.ssh/environment'],
})

export const authorizedKeys = fileSetFeature({
  id: 'ssh.authorized_keys', summary: 'Which keys let somebody in as root, or as a person of this device.',
  files: ['/etc/ssh/authorized_keys', '/etc/ssh/authorized_keys.d/', '/etc/ssh/authorized_principals/'], homeFiles: ['.ssh/authorized_keys', '.ssh/authorized_keys2'],
})

export const hostKeys = fileSetFeature({
  id: 'ssh.host_keys', summary: 'The keys by which this device proves that it is itself.',
  files: ['rsa', 'ecdsa', 'ed25519'].map((kind) => `/etc/ssh/ssh_host_${kind}_key.pub`),
})
