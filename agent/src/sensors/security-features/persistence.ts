// Places where programs are made to start. A change there is worth knowing; none is by itself a weakening. ATT&CK T1037,
// T1053, T1543, T1546 and T1547.
import type { Feature } from './feature.ts'
import { type FileSet, fileSetFeature } from './file-set.ts'

const SCHEDULES = ['hourly', 'daily', 'weekly', 'monthly', 'yearly']
const UNITS = ['/etc/systemd/system/', '/run/systemd/system/', '/usr/local/lib/systemd/system/', '/etc/systemd/system.control/', '/run/systemd/system.control/']
const isUnit = (name: string): boolean => /\.(service|timer|path|socket)$/.test(name)

/** What shells read for everybody, and for each account, at sign-in, start and sign-out. */
export const SHELL_FILES = ['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc', '/etc/bash.bash_logout', '/etc/shrc', '/etc/csh.cshrc', '/etc/csh.login', '/etc/zsh/', '/etc/zshrc', '/etc/zshenv', '/etc/zprofile', '/etc/fish/config.fish', '/etc/fish/conf.d/', '/etc/environment', '/etc/environment.d/', '/etc/profile.d/', '/etc/skel/']
export const OWN_SHELL_FILES = ['.bashrc', '.bash_profile', '.bash_login', '.bash_logout', '.bash_aliases', '.profile', '.shrc', '.kshrc', '.mkshrc', '.cshrc', '.tcshrc', '.login', '.logout', '.zshrc', '.zshenv', '.zprofile', '.zlogin', '.zlogout', '.config/fish/config.fish', '.config/fish/conf.d/', '.inputrc', '.pam_environment', '.config/environment.d/']

const rows: readonly FileSet[] = [
  {
    id: 'persistence.cron', summary: 'What cron and anacron start, for the system and for each account, and who may use them.',
    files: ['/etc/crontab', '/etc/anacrontab', '/etc/cron.d/', ...SCHEDULES.map((schedule) => `/etc/cron.${schedule}/`), '/etc/cron.allow', '/etc/cron.deny', '/var/spool/cron/', '/var/spool/cron/crontabs/'],
    // Below /var/spool/cron itself only crontabs of accounts count (Red Hat's place); its folders are Debian's.
    keep: (name) => !['crontabs', 'atjobs', 'atspool', 'lastrun', 'tabs', '.SEQ'].includes(name), closed: ['/var/spool/cron/crontabs'], mayBeAbsent: true,
  },
  {
    id: 'persistence.at', summary: 'What at and batch start once, and who may use them.',
    files: ['/var/spool/cron/atjobs/', '/var/spool/at/', '/etc/at.allow', '/etc/at.deny'], keep: (name) => !['.SEQ', '.lockfile', 'spool'].includes(name), closed: ['/var/spool/cron/atjobs', '/var/spool/at'], mayBeAbsent: true,
  },
  { id: 'persistence.systemd', summary: 'Units of systemd that were written, enabled or masked on this device.', files: UNITS, mayBeAbsent: true },
  { id: 'persistence.systemd_transient', summary: 'Services and timers of systemd that were started without a file of their own.', files: ['/run/systemd/transient/'], keep: isUnit, mayBeAbsent: true },
  { id: 'persistence.systemd_user', summary: 'Units of systemd that start with a person’s session.', files: ['/etc/systemd/user/', '/usr/local/lib/systemd/user/'], homeFiles: ['.config/systemd/user/', '.config/systemd/user/default.target.wants/', '.config/systemd/user/timers.target.wants/', '.local/share/systemd/user/'] },
  { id: 'persistence.systemd_generators', summary: 'Programs that make units of systemd at each start.', files: ['/etc/systemd/system-generators/', '/usr/local/lib/systemd/system-generators/', '/run/systemd/system-generators/', '/etc/systemd/user-generators/'], mayBeAbsent: true },
  { id: 'persistence.sysv', summary: 'Scripts of SysV init, OpenRC and upstart.', files: ['/etc/init.d/', '/etc/rc.d/init.d/', ...'0123456S'.split('').map((level) => `/etc/rc${level}.d/`), '/etc/inittab', '/etc/init/', '/etc/local.d/'], mayBeAbsent: true },
  { id: 'persistence.rc_scripts', summary: 'Scripts that run at each start (rc.local, rc.common and their kin).', files: ['/etc/rc.local', '/etc/rc.common', '/etc/rc.d/rc.local', '/etc/rc.local.d/', '/etc/rc.conf', '/etc/init.d/rc.local', '/etc/boot.d/'], mayBeAbsent: true },
  { id: 'persistence.udev', summary: 'Rules that start programs when a device comes.', files: ['/etc/udev/rules.d/', '/run/udev/rules.d/', '/usr/local/lib/udev/rules.d/'], mayBeAbsent: true },
  { id: 'persistence.shell_profiles', summary: 'What shells run at sign-in, start and sign-out, for everybody and for each account.', files: SHELL_FILES, homeFiles: OWN_SHELL_FILES },
  {
    id: 'persistence.autostart', summary: 'Programs that start with a graphical session.',
    files: ['/etc/xdg/autostart/', '/etc/X11/xinit/xinitrc.d/', '/etc/X11/Xsession.d/', '/etc/X11/xinit/xinitrc', '/etc/gdm3/PostLogin/', '/etc/gdm3/PreSession/'],
    homeFiles: ['.config/autostart/', '.xinitrc', '.xsession', '.xsessionrc', '.xprofile', '.config/autostart-scripts/', '.config/plasma-workspace/env/'],
  },
  { id: 'persistence.sign_in', summary: 'Scripts that run when somebody signs in or a network comes up.', files: ['/etc/update-motd.d/', '/etc/ssh/sshrc', '/etc/network/if-up.d/', '/etc/network/if-pre-up.d/', '/etc/network/if-down.d/', '/etc/network/interfaces', '/etc/NetworkManager/dispatcher.d/', '/etc/networkd-dispatcher/routable.d/', '/etc/dhcp/dhclient-enter-hooks.d/', '/etc/dhcp/dhclient-exit-hooks.d/', '/etc/ppp/ip-up.d/'], homeFiles: ['.ssh/rc'] },
  { id: 'persistence.package_hooks', summary: 'Commands that package managers run.', files: ['/etc/apt/apt.conf.d/', '/etc/apt/apt.conf', '/etc/dpkg/dpkg.cfg', '/etc/dpkg/dpkg.cfg.d/', '/etc/yum/pluginconf.d/', '/etc/dnf/plugins/', '/etc/kernel/postinst.d/', '/etc/initramfs-tools/hooks/', '/etc/initramfs-tools/scripts/local-bottom/', '/usr/lib/yum-plugins/'], mayBeAbsent: true },
  { id: 'persistence.modules', summary: 'Kernel modules that are loaded at each start, and commands that run with them.', files: ['/etc/modules', '/etc/modules-load.d/', '/etc/modprobe.d/', '/run/modprobe.d/', '/etc/initramfs-tools/modules', '/etc/sysconfig/modules/'], mayBeAbsent: true },
  {
    id: 'persistence.python', summary: 'Code that every Python program runs first (.pth files, sitecustomize).',
    files: ['/usr/lib/python3/dist-packages/', '/usr/local/lib/python3.9/dist-packages/', '/usr/local/lib/python3.10/dist-packages/', '/usr/local/lib/python3.11/dist-packages/', '/usr/local/lib/python3.12/dist-packages/', '/usr/local/lib/python3.13/dist-packages/', '/usr/lib/python3.9/site-packages/', '/usr/lib/python3.11/', '/usr/lib/python3.12/', '/usr/lib/python3.13/', '/etc/python3.11/', '/etc/python3.12/', '/etc/python3.13/'],
    keep: (name) => name.endsWith('.pth') || /^(site|user)customize\.py$/.test(name), mayBeAbsent: true,
  },
  { id: 'persistence.systemd_presets', summary: 'Presets that say which services start by themselves.', files: ['/etc/systemd/system-preset/', '/run/systemd/system-preset/'], mayBeAbsent: true },
]

export const persistenceFeatures: readonly Feature[] = rows.map(fileSetFeature)
