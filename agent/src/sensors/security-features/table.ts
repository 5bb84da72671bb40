// Every security feature that the agent knows, one line each. The collector's classes go by the prefix of an id.
import { accountFeatures } from './accounts.ts'
import { agentFeatures } from './agents.ts'
import { clamav } from './antivirus.ts'
import { auditConfiguration, auditd, auditKernel, auditRuleFiles, auditRules } from './audit.ts'
import { coreFeatures } from './core.ts'
import { darwinFeatures } from './darwin.ts'
import { diskEncryption } from './disk-encryption.ts'
import type { Feature } from './feature.ts'
import { firewalld, iptables, nftables, ufw, ufwLogging, ufwRules } from './firewall.ts'
import { kernelFeatures } from './kernel.ts'
import { historyFiles, journalFiles, logFiles } from './log-files.ts'
import { journald, loggingConfiguration, rsyslog, syslogNg } from './logging.ts'
import { apparmor, apparmorProfiles, selinux } from './mandatory-access.ts'
import { networkFeatures } from './network.ts'
import { packageFeatures } from './packages.ts'
import { nssOrder, pamModules, pamStacks } from './pam.ts'
import { persistenceFeatures } from './persistence.ts'
import { librarySearch, preload, preloadVariables } from './preload.ts'
import { doas, polkit, sudoCache, sudoers } from './privilege.ts'
import { screenLock } from './screen-lock.ts'
import { shellHistory } from './shell.ts'
import { authorizedKeys, hostKeys, sshConfiguration, sshFeatures } from './ssh.ts'
import { dnfAutomatic, unattended } from './updates.ts'
import { windowsFeatures } from './windows.ts'

/** Those of Linux. */
export const features: readonly Feature[] = [
  ufw,
  ufwLogging,
  ufwRules,
  nftables,
  iptables,
  firewalld,
  auditd,
  auditConfiguration,
  auditKernel,
  auditRules,
  auditRuleFiles,
  rsyslog,
  syslogNg,
  journald,
  loggingConfiguration,
  logFiles,
  journalFiles,
  apparmor,
  apparmorProfiles,
  selinux,
  clamav,
  ...agentFeatures,
  diskEncryption,
  ...sshFeatures,
  sshConfiguration,
  authorizedKeys,
  hostKeys,
  ...kernelFeatures,
  ...coreFeatures,
  screenLock,
  unattended,
  dnfAutomatic,
  ...packageFeatures,
  sudoers,
  sudoCache,
  doas,
  polkit,
  pamStacks,
  pamModules,
  nssOrder,
  ...accountFeatures,
  shellHistory,
  historyFiles,
  preload,
  librarySearch,
  preloadVariables,
  ...networkFeatures,
  ...persistenceFeatures,
]

/** What can be read on a system; nothing for one that nobody has written features for. */
export const featuresOf = (os: NodeJS.Platform): readonly Feature[] => (os === 'linux' ? features : os === 'win32' ? windowsFeatures : os === 'darwin' ? darwinFeatures : [])
