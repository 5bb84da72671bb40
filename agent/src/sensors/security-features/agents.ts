// Other agents that protect or watch the device: present, stopped, removed. ATT&CK T1562.001 (T1685).
import { absent, disabled, enabled, type Feature, shortHash, weakened } from './feature.ts'
import { describeService, readService, unitPaths } from './services.ts'

interface AgentRow {
  readonly id: string
  readonly product: string
  readonly binaries: readonly string[]
  /** Names of processes as the kernel keeps them; one that runs is enough. */
  readonly processes: readonly string[]
  readonly unit: string
  readonly config?: readonly string[]
}

const rows: readonly AgentRow[] = [
  { id: 'edr.osquery', product: 'osquery', binaries: ['/usr/bin/osqueryd', '/opt/osquery/bin/osqueryd'], processes: ['osqueryd'], unit: 'osqueryd.service', config: ['/etc/osquery/osquery.conf', '/etc/osquery/osquery.flags'] },
  { id: 'edr.wazuh', product: 'Wazuh', binaries: ['/var/ossec/bin/wazuh-control', '/var/ossec/bin/wazuh-agentd', '/var/ossec/bin/ossec-agentd'], processes: ['wazuh-agentd', 'ossec-agentd'], unit: 'wazuh-agent.service', config: ['/var/ossec/etc/ossec.conf'] },
  { id: 'edr.falco', product: 'Falco', binaries: ['/usr/bin/falco'], processes: ['falco'], unit: 'falco.service', config: ['/etc/falco/falco.yaml', '/etc/falco/falco_rules.yaml', '/etc/falco/falco_rules.local.yaml'] },
  { id: 'edr.elastic_agent', product: 'Elastic Agent', binaries: ['/usr/bin/elastic-agent', '/opt/Elastic/Agent/elastic-agent', '/usr/share/elastic-agent/bin/elastic-agent'], processes: ['elastic-agent', 'elastic-endpoint'], unit: 'elastic-agent.service', config: ['/etc/elastic-agent/elastic-agent.yml'] },
  { id: 'edr.auditbeat', product: 'Auditbeat', binaries: ['/usr/bin/auditbeat', '/usr/share/auditbeat/bin/auditbeat'], processes: ['auditbeat'], unit: 'auditbeat.service', config: ['/etc/auditbeat/auditbeat.yml'] },
  { id: 'edr.crowdstrike', product: 'CrowdStrike Falcon', binaries: ['/opt/CrowdStrike/falcond'], processes: ['falcond', 'falcon-sensor', 'falcon-sensor-b'], unit: 'falcon-sensor.service' },
  { id: 'edr.defender', product: 'Microsoft Defender', binaries: ['/usr/bin/mdatp', '/opt/microsoft/mdatp/sbin/wdavdaemon'], processes: ['wdavdaemon'], unit: 'mdatp.service', config: ['/etc/opt/microsoft/mdatp/managed/mdatp_managed.json'] },
  { id: 'edr.sentinelone', product: 'SentinelOne', binaries: ['/opt/sentinelone/bin/sentinelctl'], processes: ['s1-agent', 's1-orchestrator'], unit: 'sentinelone.service' },
  { id: 'edr.carbon_black', product: 'Carbon Black', binaries: ['/opt/carbonblack/psc/bin/cbagentd', '/usr/sbin/cbdaemon', '/usr/sbin/cbagentd'], processes: ['cbagentd', 'cbdaemon'], unit: 'cbagentd.service' },
  { id: 'edr.cortex_xdr', product: 'Cortex XDR', binaries: ['/opt/traps/bin/pmd'], processes: ['pmd'], unit: 'traps_pmd.service' },
  { id: 'edr.trend_micro', product: 'Trend Micro Deep Security', binaries: ['/opt/ds_agent/ds_agent'], processes: ['ds_agent'], unit: 'ds_agent.service' },
  { id: 'edr.sophos', product: 'Sophos', binaries: ['/opt/sophos-spl/base/bin/sophos_watchdog', '/opt/sophos-av/bin/savdstatus'], processes: ['sophos_watchdog', 'savd'], unit: 'sophos-spl.service' },
  { id: 'edr.eset', product: 'ESET', binaries: ['/opt/eset/eea/sbin/startd', '/opt/eset/efs/sbin/startd'], processes: ['oaeventd', 'scand'], unit: 'eea.service' },
  { id: 'edr.sysmon', product: 'Sysmon', binaries: ['/opt/sysmon/sysmon', '/usr/bin/sysmon'], processes: ['sysmon'], unit: 'sysmon.service', config: ['/opt/sysmon/config.xml'] },
  { id: 'edr.velociraptor', product: 'Velociraptor', binaries: ['/usr/local/bin/velociraptor_client', '/usr/local/bin/velociraptor'], processes: ['velociraptor', 'velociraptor_cl'], unit: 'velociraptor_client.service', config: ['/etc/velociraptor/client.config.yaml'] },
  { id: 'edr.tetragon', product: 'Tetragon', binaries: ['/usr/local/bin/tetragon', '/usr/bin/tetragon'], processes: ['tetragon'], unit: 'tetragon.service' },
  { id: 'edr.filebeat', product: 'Filebeat', binaries: ['/usr/bin/filebeat', '/usr/share/filebeat/bin/filebeat'], processes: ['filebeat'], unit: 'filebeat.service', config: ['/etc/filebeat/filebeat.yml'] },
  { id: 'edr.splunk', product: 'Splunk Universal Forwarder', binaries: ['/opt/splunkforwarder/bin/splunkd'], processes: ['splunkd'], unit: 'SplunkForwarder.service', config: ['/opt/splunkforwarder/etc/system/local/outputs.conf'] },
  { id: 'edr.fail2ban', product: 'fail2ban', binaries: ['/usr/bin/fail2ban-server'], processes: ['fail2ban-server', 'f2b/server'], unit: 'fail2ban.service', config: ['/etc/fail2ban/jail.conf', '/etc/fail2ban/jail.local'] },
  { id: 'edr.usbguard', product: 'USBGuard', binaries: ['/usr/sbin/usbguard-daemon', '/usr/bin/usbguard-daemon'], processes: ['usbguard-daemon'], unit: 'usbguard.service', config: ['/etc/usbguard/rules.conf', '/etc/usbguard/usbguard-daemon.conf'] },
]

const agentFeature = ({ id, product, binaries, processes, unit, config = [] }: AgentRow): Feature => ({
  id, summary: `${product} is on the device and runs.`,
  paths: [...unitPaths(unit), ...config, ...binaries],
  isLive: true,
  read(view) {
    const services = processes.map((process) => readService(view, { binaries, process, unit }))
    const [first] = services
    if (first === undefined || !first.isInstalled) return absent()
    const service = services.find(({ isRunning }) => isRunning) ?? first
    const value = `${describeService(service)}${config.length === 0 ? '' : `, ${shortHash(config.map((path) => view.words(path) ?? '').join('\n'))}`}`
    return !service.isRunning ? disabled(value) : service.atBoot === 'masked' ? weakened(value) : enabled(value)
  },
})

export const agentFeatures: readonly Feature[] = rows.map(agentFeature)
