// ATT&CK techniques that indicators name: present id, former id where ATT&CK moved it, and how often insiders use it.
//
// The bands are the frequencies of the insider-threat TTP knowledge base of MITRE's Center for Threat-Informed Defense
// (second edition, 2025, over ATT&CK v14), restated as numbers; it counts under the former ids.

/** 3: in more than 16 % of the insider cases, 2: in 6 to 15 %, 1: in under 5 %, 0: in none. */
export type FrequencyBand = 0 | 1 | 2 | 3

export const FREQUENCY_SOURCE = 'insider-threat TTP knowledge base of MITRE’s Center for Threat-Informed Defense, second edition (2025)'

interface TechniqueRow {
  readonly name: string
  /** Id before ATT&CK's reorganisation of the defence-impairment techniques; absent where the id stayed. */
  readonly before?: string
  readonly band: FrequencyBand
}

export const techniques = {
  T1005: { name: 'Data from Local System', band: 1 },
  T1021: { name: 'Remote Services', band: 1 },
  T1036: { name: 'Masquerading', band: 1 },
  'T1036.008': { name: 'Masquerade File Type', band: 0 },
  T1039: { name: 'Data from Network Shared Drive', band: 1 },
  T1046: { name: 'Network Service Discovery', band: 1 },
  T1048: { name: 'Exfiltration Over Alternative Protocol', band: 1 },
  T1052: { name: 'Exfiltration Over Physical Medium', band: 3 },
  'T1052.001': { name: 'Exfiltration over USB', band: 2 },
  T1053: { name: 'Scheduled Task/Job', band: 0 },
  'T1056.001': { name: 'Keylogging', band: 0 },
  'T1070.003': { name: 'Clear Command History', band: 0 },
  'T1070.004': { name: 'File Deletion', band: 1 },
  'T1070.006': { name: 'Timestomp', band: 0 },
  T1072: { name: 'Software Deployment Tools', band: 0 },
  'T1074.001': { name: 'Local Data Staging', band: 1 },
  T1078: { name: 'Valid Accounts', band: 3 },
  'T1090.003': { name: 'Multi-hop Proxy', band: 0 },
  T1091: { name: 'Replication Through Removable Media', band: 0 },
  T1105: { name: 'Ingress Tool Transfer', band: 0 },
  T1113: { name: 'Screen Capture', band: 1 },
  T1133: { name: 'External Remote Services', band: 1 },
  T1200: { name: 'Hardware Additions', band: 0 },
  T1213: { name: 'Data from Information Repositories', band: 3 },
  T1219: { name: 'Remote Access Tools', band: 1 },
  T1485: { name: 'Data Destruction', band: 1 },
  T1543: { name: 'Create or Modify System Process', band: 0 },
  T1546: { name: 'Event Triggered Execution', band: 1 },
  T1548: { name: 'Abuse Elevation Control Mechanism', band: 1 },
  T1555: { name: 'Credentials from Password Stores', band: 1 },
  T1556: { name: 'Modify Authentication Process', band: 0 },
  'T1560.001': { name: 'Archive via Utility', band: 1 },
  'T1561.001': { name: 'Disk Content Wipe', band: 1 },
  'T1564.001': { name: 'Hidden Files and Directories', band: 0 },
  'T1564.006': { name: 'Run Virtual Instance', band: 0 },
  'T1565.001': { name: 'Stored Data Manipulation', band: 3 },
  T1567: { name: 'Exfiltration Over Web Service', band: 2 },
  'T1567.002': { name: 'Exfiltration to Cloud Storage', band: 1 },
  T1572: { name: 'Protocol Tunneling', band: 0 },
  'T1588.002': { name: 'Obtain Capabilities: Tool', band: 1 },
  T1685: { name: 'Disable or Modify Tools', before: 'T1562.001', band: 1 },
  'T1685.004': { name: 'Disable or Modify Linux Audit System Log', before: 'T1562.012', band: 0 },
  'T1685.006': { name: 'Clear Linux or Mac System Logs', before: 'T1070.002', band: 0 },
  T1686: { name: 'Disable or Modify System Firewall', before: 'T1562.004', band: 0 },
  T1690: { name: 'Prevent Command History Logging', before: 'T1562.003', band: 0 },
} as const satisfies Record<string, TechniqueRow>

export type TechniqueId = keyof typeof techniques

/** Present ids and, for each, the id that tools of before the reorganisation know; the same where it stayed. */
export const bothIds = (ids: readonly TechniqueId[]): { readonly now: readonly string[]; readonly before: readonly string[] } => ({
  now: ids,
  before: ids.map((id) => {
    const row: TechniqueRow = techniques[id]
    return row.before ?? id
  }),
})

/** The highest band of the techniques. */
export const bandOf = (ids: readonly TechniqueId[]): FrequencyBand => ids.reduce<FrequencyBand>((highest, id) => (techniques[id].band > highest ? techniques[id].band : highest), 0)
