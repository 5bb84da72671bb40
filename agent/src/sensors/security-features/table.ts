// Every security feature that the agent knows, one line each. The collector's classes go by the prefix of an id.
import { clamav } from './antivirus.ts'
import { auditd, auditKernel, auditRules } from './audit.ts'
import { diskEncryption } from './disk-encryption.ts'
import type { Feature } from './feature.ts'
import { nftables, ufw } from './firewall.ts'
import { kernelFeatures } from './kernel.ts'
import { journald, rsyslog } from './logging.ts'
import { apparmor, selinux } from './mandatory-access.ts'
import { cron, systemdUnits } from './persistence.ts'
import { preload } from './preload.ts'
import { sudoers } from './privilege.ts'
import { screenLock } from './screen-lock.ts'
import { shellHistory } from './shell.ts'
import { sshFeatures } from './ssh.ts'
import { dnfAutomatic, unattended } from './updates.ts'

export const features: readonly Feature[] = [
  ufw,
  nftables,
  auditd,
  auditKernel,
  auditRules,
  rsyslog,
  journald,
  apparmor,
  selinux,
  clamav,
  diskEncryption,
  ...sshFeatures,
  ...kernelFeatures,
  screenLock,
  unattended,
  dnfAutomatic,
  sudoers,
  shellHistory,
  preload,
  cron,
  systemdUnits,
]
