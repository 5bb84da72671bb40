// Applications that a security team wants to know of, by package name. Names are matched whole, lower case.

export type UnwantedClass = 'remote_access' | 'anonymity' | 'tunnel' | 'wiper' | 'hacking_tool' | 'transfer'

interface UnwantedRow {
  readonly names: readonly string[]
  /** Where the judgement comes from. */
  readonly source: string
}

export const unwantedApplications: Readonly<Record<UnwantedClass, UnwantedRow>> = {
  remote_access: { names: ['anydesk', 'teamviewer', 'rustdesk', 'splashtop-streamer', 'x11vnc', 'tigervnc-standalone-server', 'tightvncserver', 'dwservice', 'meshagent', 'nomachine', 'chrome-remote-desktop', 'screenconnect', 'atera'], source: 'ATT&CK T1219 Remote Access Software; CISA AA23-025A' },
  anonymity: { names: ['tor', 'torbrowser-launcher', 'tor-browser', 'i2p', 'i2pd', 'onionshare', 'onionshare-cli', 'proxychains4', 'proxychains'], source: 'ATT&CK T1090.003 Multi-hop Proxy' },
  tunnel: { names: ['ngrok', 'cloudflared', 'frp', 'chisel', 'iodine', 'dns2tcp', 'dnscat2', 'stunnel4', 'sshuttle', 'zerotier-one', 'tailscale'], source: 'ATT&CK T1572 Protocol Tunneling' },
  wiper: { names: ['wipe', 'secure-delete', 'bleachbit', 'nwipe', 'scrub', 'srm', 'shred-and-go', 'ccleaner'], source: 'ATT&CK T1070.004 File Deletion, T1485 Data Destruction' },
  hacking_tool: { names: ['nmap', 'masscan', 'hydra', 'john', 'hashcat', 'sqlmap', 'metasploit-framework', 'aircrack-ng', 'ettercap-text-only', 'ettercap-graphical', 'wireshark', 'tcpdump', 'mimikatz', 'responder', 'impacket', 'bloodhound', 'lazagne'], source: 'ATT&CK T1588.002 Obtain Capabilities: Tool' },
  transfer: { names: ['rclone', 'megacmd', 'megatools', 'croc', 'magic-wormhole', 'syncthing', 'dropbox', 'nextcloud-desktop'], source: 'ATT&CK T1567.002 Exfiltration to Cloud Storage' },
}

const byName = new Map<string, UnwantedClass>(Object.entries(unwantedApplications).flatMap(([name, row]) => row.names.map((application) => [application, name as UnwantedClass] as const)))

export const unwantedClass = (application: string): UnwantedClass | undefined => byName.get(application.toLowerCase())
