// How sshd lets people in. Rules: CIS Debian Linux 12 Benchmark 5.1; defaults: sshd_config(5) of OpenSSH 9. ATT&CK T1021.004, T1556.
import { absent, enabled, type Feature, NEEDS_ROOT, unknown, weakened } from './feature.ts'
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
