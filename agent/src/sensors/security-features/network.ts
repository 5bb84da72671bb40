// How the device finds others: names, servers for names, tunnels, and whom it trusts. ATT&CK T1557, T1553.004, T1572.
import { enabled, type Feature, meaningfulLines, shortHash, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

/** Names by which a device reaches updates and malware protection: a row in /etc/hosts for one of them cuts it off. */
const UPDATES = /\b([\w.-]+\.)?(debian\.org|ubuntu\.com|canonical\.com|redhat\.com|fedoraproject\.org|suse\.com|clamav\.net|microsoft\.com|windowsupdate\.com|elastic\.co|wazuh\.com|crowdstrike\.com|sentinelone\.net)\b/i

export const hosts: Feature = {
  id: 'network.hosts',
  summary: 'Names that are answered by the device itself (/etc/hosts), none of them of a source of updates or protection.',
  paths: ['/etc/hosts', '/etc/hosts.allow', '/etc/hosts.deny'],
  read(view) {
    const lines = meaningfulLines(view.words('/etc/hosts') ?? '')
    const diverted = lines.filter((line) => UPDATES.test(line))
    const text = ['/etc/hosts', '/etc/hosts.allow', '/etc/hosts.deny'].map((path) => view.words(path) ?? '').join('\n')
    const value = `${lines.length} rows, ${shortHash(text)}${diverted.length === 0 ? '' : `: ${diverted.join('; ')}`}`
    return diverted.length === 0 ? enabled(value) : weakened(value)
  },
}

const RESOLV = '/etc/resolv.conf'

export const dns: Feature = {
  id: 'network.dns',
  summary: 'The servers that names are asked of.',
  paths: [RESOLV, '/etc/systemd/resolved.conf', '/etc/systemd/resolved.conf.d/'],
  read(view) {
    const servers = meaningfulLines(view.words(RESOLV) ?? '').flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? [])
    const resolved = ['/etc/systemd/resolved.conf', ...view.list('/etc/systemd/resolved.conf.d').map((name) => `/etc/systemd/resolved.conf.d/${name}`)].map((path) => meaningfulLines(view.words(path) ?? '').join('\n')).join('\n')
    return enabled(`${servers.length === 0 ? 'no server' : servers.join(' ')}, ${shortHash(resolved)}`)
  },
}

export const vpn = fileSetFeature({
  id: 'network.vpn', summary: 'Settings of tunnels (WireGuard, OpenVPN, IPsec, NetworkManager).',
  files: ['/etc/wireguard/', '/etc/openvpn/', '/etc/openvpn/client/', '/etc/openvpn/server/', '/etc/ipsec.conf', '/etc/ipsec.d/', '/etc/swanctl/conf.d/', '/etc/NetworkManager/system-connections/'], mayBeAbsent: true,
})

export const trustedCertificates = fileSetFeature({
  id: 'trust.certificates', summary: 'Whose certificates the device trusts, beyond those that its packages bring.',
  files: ['/usr/local/share/ca-certificates/', '/etc/ca-certificates.conf', '/etc/pki/ca-trust/source/anchors/', '/etc/ca-certificates/trust-source/anchors/', '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/openssl.cnf'],
})

export const networkFeatures: readonly Feature[] = [hosts, dns, vpn, trustedCertificates]
