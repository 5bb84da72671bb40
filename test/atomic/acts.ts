// Harmful acts of our own wording, one for each family of features that a Linux device has.
import type { Act } from './act.ts'

type Row = readonly [name: string, technique: string, feature: string, to: 'enabled' | 'disabled' | 'weakened' | 'absent' | undefined, act: string, prepare?: string]

/** A process of the system by a name, without the program that has it. */
const standIn = (name: string, path: string): string => `mkdir -p ${path.slice(0, path.lastIndexOf('/'))}; cp /bin/sleep ${path}; ${path} 600 & while ! pgrep -x '${name.slice(0, 15)}' > /dev/null; do sleep 0.1; done`
const SUDOERS = "test -s /etc/sudoers || printf 'Defaults env_reset\\nroot ALL=(ALL:ALL) ALL\\n' > /etc/sudoers; mkdir -p /etc/sudoers.d"
const SSHD = "mkdir -p /etc/ssh/sshd_config.d; test -s /etc/ssh/sshd_config || printf 'Include /etc/ssh/sshd_config.d/*.conf\\nUsePAM yes\\n' > /etc/ssh/sshd_config"
const UFW = "mkdir -p /etc/ufw; printf 'ENABLED=yes\\nLOGLEVEL=low\\n' > /etc/ufw/ufw.conf; printf 'DEFAULT_INPUT_POLICY=\"DROP\"\\n' > /etc/default/ufw"
const LOG = 'seq 400 > /var/log/holdfast-act.log'
const HISTORY = 'seq 300 > ~root/.bash_history'

const rows: readonly Row[] = [
  ['ufw is switched off in its file', 'T1686', 'firewall.ufw', 'disabled', "sed -i 's/ENABLED=yes/ENABLED=no/' /etc/ufw/ufw.conf", UFW],
  ['ufw lets everything in', 'T1686', 'firewall.ufw', 'weakened', "sed -i 's/DROP/ACCEPT/' /etc/default/ufw", UFW],
  ['ufw stops writing down what it refuses', 'T1686', 'firewall.ufw_logging', 'disabled', "sed -i 's/^LOGLEVEL=.*/LOGLEVEL=off/' /etc/ufw/ufw.conf", UFW],
  ['the audit daemon is killed', 'T1685.004', 'audit.auditd', 'disabled', 'pkill -9 -x auditd', standIn('auditd', '/usr/sbin/auditd')],
  ['the audit daemon loses records when the disk is full', 'T1685.004', 'audit.configuration', 'weakened', "echo 'disk_full_action = ignore' >> /etc/audit/auditd.conf", "mkdir -p /etc/audit; echo 'disk_full_action = suspend' > /etc/audit/auditd.conf"],
  ['a rule of the audit is taken out of its file', 'T1685.004', 'audit.rule_files', 'weakened', "sed -i '/shadow/d' /etc/audit/rules.d/99-act.rules", "mkdir -p /etc/audit/rules.d; printf -- '-w /etc/passwd -p wa\\n-w /etc/shadow -p wa\\n' > /etc/audit/rules.d/99-act.rules"],
  ['rsyslog is killed', 'T1685', 'logging.rsyslog', 'disabled', 'pkill -9 -x rsyslogd', `${standIn('rsyslogd', '/usr/sbin/rsyslogd')}; printf '*.* /var/log/all\\n' > /etc/rsyslog.conf`],
  ['a log is emptied', 'T1685.006', 'logging.files', 'weakened', ': > /var/log/holdfast-act.log', LOG],
  ['a log is removed', 'T1685.006', 'logging.files', 'absent', 'rm /var/log/holdfast-act.log', LOG],
  ['lines are taken out of a log', 'T1685.006', 'logging.files', 'weakened', "sed -i '/9/d' /var/log/holdfast-act.log", LOG],
  ['the record of sign-ins is emptied', 'T1685.006', 'logging.files', 'weakened', 'truncate -s 0 /var/log/wtmp', 'head -c 3840 /dev/zero > /var/log/wtmp'],
  ['the files of the journal are removed', 'T1685.006', 'logging.journal_files', 'weakened', 'rm -r /var/log/journal/*', 'mkdir -p /var/log/journal/0; head -c 65536 /dev/zero > /var/log/journal/0/system.journal'],
  ['the rotation of logs keeps none', 'T1685', 'logging.configuration', undefined, "printf '/var/log/*.log { rotate 0\\n}\\n' > /etc/logrotate.d/act", 'mkdir -p /etc/logrotate.d'],
  ['a profile of AppArmor is switched off', 'T1685', 'mac.apparmor_profiles', 'weakened', 'ln -s /etc/apparmor.d/act /etc/apparmor.d/disable/', 'mkdir -p /etc/apparmor.d/disable; echo "profile act {}" > /etc/apparmor.d/act'],
  ['SELinux is switched off for the next start', 'T1685', 'mac.selinux', 'absent', 'rm /etc/selinux/config', "mkdir -p /etc/selinux; echo SELINUX=enforcing > /etc/selinux/config"],
  ['osquery is stopped', 'T1685', 'edr.osquery', 'disabled', 'pkill -x osqueryd', standIn('osqueryd', '/usr/bin/osqueryd')],
  ['Falco is stopped', 'T1685', 'edr.falco', 'disabled', 'pkill -x falco', standIn('falco', '/usr/bin/falco')],
  ['the agent of Wazuh is removed', 'T1685', 'edr.wazuh', 'absent', 'rm -rf /var/ossec', standIn('wazuh-agentd', '/var/ossec/bin/wazuh-agentd')],
  ['ClamAV is stopped', 'T1685', 'antivirus.clamav', 'disabled', 'pkill -x clamd', standIn('clamd', '/usr/sbin/clamd')],
  ['sudo stops asking', 'T1548.003', 'privilege.sudoers', 'weakened', "echo 'games ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/act", SUDOERS],
  ['sudo keeps a password for ever', 'T1548.003', 'privilege.sudo_cache', 'weakened', "echo 'Defaults timestamp_timeout=-1' >> /etc/sudoers", SUDOERS],
  ['sudo keeps a password for every terminal', 'T1548.003', 'privilege.sudo_cache', 'weakened', "echo 'Defaults !tty_tickets' > /etc/sudoers.d/act", SUDOERS],
  ['a module of PAM from a temporary folder', 'T1556.003', 'pam.stacks', 'weakened', "sed -i '1i auth sufficient /tmp/act.so' /etc/pam.d/login"],
  ['PAM lets everybody in', 'T1556.003', 'pam.stacks', 'weakened', "sed -i '1i auth sufficient pam_permit.so' /etc/pam.d/su"],
  ['a module of PAM is put in', 'T1556.003', 'pam.modules', undefined, 'cp /bin/true /lib/x86_64-linux-gnu/security/pam_act.so', 'mkdir -p /lib/x86_64-linux-gnu/security; cp -n /bin/true /lib/x86_64-linux-gnu/security/pam_first.so'],
  ['root may sign in over ssh with a password', 'T1021.004', 'ssh.permit_root_login', 'weakened', "echo 'PermitRootLogin yes' > /etc/ssh/sshd_config.d/00-act.conf", SSHD],
  ['a key lets somebody in as root', 'T1098.004', 'ssh.authorized_keys', undefined, "echo 'ssh-ed25519 AAAA act' >> ~root/.ssh/authorized_keys", 'mkdir -p ~root/.ssh; : > ~root/.ssh/authorized_keys'],
  ['addresses of programs are no longer random', 'T1685', 'kernel.randomize_va_space', 'disabled', 'echo 0 > /proc/sys/kernel/randomize_va_space'],
  ['the kernel hands its dumps to a program', 'T1546', 'kernel.core_pattern', 'weakened', "echo '|/tmp/act' > /proc/sys/kernel/core_pattern", 'echo core > /proc/sys/kernel/core_pattern'],
  ['a module is loaded at each start', 'T1547.006', 'persistence.modules', undefined, 'echo act > /etc/modules-load.d/act.conf', 'mkdir -p /etc/modules-load.d'],
  ['a library is loaded into every program', 'T1574.006', 'preload', 'weakened', "echo '# none' > /tmp/none; mv /tmp/none /etc/ld.so.preload; echo /tmp/act.so >> /etc/ld.so.preload; /bin/true 2> /dev/null"],
  ['a library by a variable for every sign-in', 'T1574.006', 'preload.environment', 'weakened', "echo 'export LD_PRELOAD=/tmp/act.so' > /etc/profile.d/act.sh"],
  ['a job for cron', 'T1053.003', 'persistence.cron', undefined, "echo '* * * * * root true' > /etc/cron.d/act", 'mkdir -p /etc/cron.d'],
  ['a crontab for root', 'T1053.003', 'persistence.cron', undefined, "echo '* * * * * true' > /var/spool/cron/crontabs/root", 'mkdir -p /var/spool/cron/crontabs'],
  ['a job for at', 'T1053.002', 'persistence.at', undefined, 'echo true > /var/spool/cron/atjobs/a0000101b2c3d4', 'mkdir -p /var/spool/cron/atjobs'],
  ['a timer of systemd', 'T1053.006', 'persistence.systemd', undefined, "printf '[Timer]\\nOnBootSec=1\\n' > /etc/systemd/system/act.timer", 'mkdir -p /etc/systemd/system'],
  ['a drop-in for a unit of systemd', 'T1543.002', 'persistence.systemd', undefined, "printf '[Service]\\nExecStartPost=/bin/true\\n' > /etc/systemd/system/act.service.d/x.conf", "mkdir -p /etc/systemd/system/act.service.d"],
  ['a timer of systemd without a file', 'T1053.006', 'persistence.systemd_transient', undefined, "printf '[Timer]\\nOnCalendar=*:0/1\\n' > /run/systemd/transient/act.timer", 'mkdir -p /run/systemd/transient'],
  ['a unit of a person', 'T1543.002', 'persistence.systemd_user', undefined, "printf '[Service]\\nExecStart=/bin/true\\n' > ~root/.config/systemd/user/act.service", 'mkdir -p ~root/.config/systemd/user'],
  ['a script of SysV init', 'T1543.002', 'persistence.sysv', undefined, "printf '#!/bin/sh\\n' > /etc/init.d/act", 'mkdir -p /etc/init.d'],
  ['rc.local', 'T1037.004', 'persistence.rc_scripts', undefined, "printf '#!/bin/sh\\ntrue\\n' > /etc/rc.local; chmod 755 /etc/rc.local"],
  ['a rule of udev', 'T1546.017', 'persistence.udev', undefined, "echo 'ACTION==\"add\", RUN+=\"/bin/true\"' > /etc/udev/rules.d/99-act.rules", 'mkdir -p /etc/udev/rules.d'],
  ['a hook of apt', 'T1546.016', 'persistence.package_hooks', undefined, "echo 'DPkg::Post-Invoke {\"true\";};' > /etc/apt/apt.conf.d/99act", 'mkdir -p /etc/apt/apt.conf.d'],
  ['a start-up file of Python', 'T1546.018', 'persistence.python', undefined, 'echo "import os" > /usr/lib/python3/dist-packages/act.pth', 'mkdir -p /usr/lib/python3/dist-packages'],
  ['a program of the graphical session', 'T1547.013', 'persistence.autostart', undefined, "printf '[Desktop Entry]\\nExec=true\\n' > /etc/xdg/autostart/act.desktop", 'mkdir -p /etc/xdg/autostart'],
  ['a line at each sign-in', 'T1546.004', 'persistence.shell_profiles', undefined, 'echo true >> /etc/profile.d/act.sh'],
  ['a line at each sign-out of a new account', 'T1546.004', 'persistence.shell_profiles', undefined, 'useradd --create-home --shell /bin/bash act; echo true >> /home/act/.bash_logout'],
  ['the history of a shell is removed', 'T1070.003', 'shell.history_files', 'absent', 'unlink ~root/.bash_history', HISTORY],
  ['the history of a shell is emptied', 'T1070.003', 'shell.history_files', 'weakened', 'cat /dev/null > ~root/.bash_history', HISTORY],
  ['the history of a shell leads to nowhere', 'T1070.003', 'shell.history_files', 'weakened', 'ln -sf /dev/null ~root/.bash_history', HISTORY],
  ['shells keep no history', 'T1690', 'shell.history', 'weakened', "echo 'export HISTSIZE=0' >> /etc/profile"],
  ['apt takes unsigned packages', 'T1195.002', 'packages.apt_signatures', 'weakened', "echo 'deb [trusted=yes] http://example.invalid x main' > /etc/apt/sources.list.d/act.list", 'mkdir -p /etc/apt/sources.list.d'],
  ['a second root', 'T1136.001', 'accounts.superusers', 'weakened', 'useradd -o -u 0 -g 0 -M -d /root act'],
  ['an account without a password', 'T1098', 'accounts.passwords', 'weakened', 'useradd -M act; passwd -d act'],
  ['somebody becomes an administrator', 'T1098', 'accounts.powerful_groups', undefined, 'usermod -aG adm games'],
  ['a program that makes its caller root', 'T1548.001', 'binaries.setuid_elsewhere', 'weakened', 'cp /bin/true /tmp/act; chmod 4755 /tmp/act'],
  ['a program of the system that makes its caller root', 'T1548.001', 'binaries.setuid', 'weakened', 'chmod u+s /usr/bin/find'],
  ['a program of the system is another', 'T1554', 'binaries.core', 'weakened', 'cp /bin/true /usr/bin/who.new; mv /usr/bin/who.new /usr/bin/who', 'test -e /usr/bin/who'],
  ['an authority is trusted', 'T1553.004', 'trust.certificates', undefined, 'echo CERTIFICATE > /usr/local/share/ca-certificates/act.crt', 'mkdir -p /usr/local/share/ca-certificates'],
  ['updates are cut off', 'T1685', 'network.hosts', 'weakened', "echo '127.0.0.1 security.debian.org' >> /etc/hosts"],
  ['the time service is stopped', 'T1070.006', 'time.sync', 'disabled', 'pkill -x chronyd', standIn('chronyd', '/usr/sbin/chronyd')],
  ['the kernel will start without AppArmor', 'T1542', 'boot.parameters', 'weakened', "echo 'GRUB_CMDLINE_LINUX=\"apparmor=0\"' >> /etc/default/grub", ": > /etc/default/grub"],
]

/** What must not be told as a loss, or not at all. */
const quiet: readonly Act[] = [
  { name: 'a comment in a file of ufw', technique: 'T1686', prepare: UFW, act: "echo '# a word' >> /etc/ufw/ufw.conf", expect: { kind: 'change_only', feature: 'firewall.ufw' } },
  { name: 'a rule of ufw comes', technique: 'T1686', prepare: `${UFW}; : > /etc/ufw/user.rules`, act: "echo '### tuple ### deny any any 0.0.0.0/0 any 192.0.2.1 in' >> /etc/ufw/user.rules", expect: { kind: 'change_only', feature: 'firewall.ufw_rules' } },
  { name: 'a log is read', technique: 'T1686', prepare: LOG, act: 'tail /var/log/holdfast-act.log', expect: { kind: 'nothing' } },
  { name: 'a log grows and is rotated', technique: 'T1685.006', prepare: LOG, act: 'seq 9 >> /var/log/holdfast-act.log; sleep 1.5; mv /var/log/holdfast-act.log /var/log/holdfast-act.log.1; : > /var/log/holdfast-act.log', expect: { kind: 'nothing' } },
  { name: 'cron is stopped', technique: 'T1489', prepare: standIn('cron', '/usr/sbin/cron'), act: 'pkill -x cron', expect: { kind: 'nothing' } },
  { name: 'a history grows', technique: 'T1070.003', prepare: HISTORY, act: 'echo ls >> ~root/.bash_history', expect: { kind: 'nothing' } },
]

/** What another sensor tells: archives by their content, whatever made them. */
const archives: readonly Act[] = [
  { name: 'a folder is packed', technique: 'T1560.001', needs: ['/bin/tar', '/bin/gzip'], prepare: 'mkdir -p /tmp/papers; seq 900 > /tmp/papers/a; seq 800 > /tmp/papers/b', act: 'tar -czf /tmp/papers.tgz -C /tmp papers', expect: { kind: 'activity', of: ['archive_created'] } },
  { name: 'a folder is packed with a password', technique: 'T1560.001', needs: ['/usr/bin/zip'], prepare: 'mkdir -p /tmp/papers; seq 900 > /tmp/papers/a', act: 'cd /tmp && zip -q -r -P act papers.zip papers', expect: { kind: 'activity', of: ['archive_created'] } },
  { name: 'a file is packed by a library', technique: 'T1560.002', needs: ['/usr/bin/python3'], act: "python3 -c \"import bz2; open('/tmp/act.bz2', 'wb').write(bz2.compress(open('/etc/passwd', 'rb').read()))\"", expect: { kind: 'activity', of: ['archive_created'] } },
]

export const acts: readonly Act[] = [
  ...rows.map(([name, technique, feature, to, act, prepare]): Act => ({ name, technique, act, ...(prepare === undefined ? {} : { prepare }), expect: { kind: 'security_feature_changed', feature, ...(to === undefined ? {} : { to }) } })),
  ...quiet,
  ...archives,
]
