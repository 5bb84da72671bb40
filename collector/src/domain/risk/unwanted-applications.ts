// Applications that a security team wants to know of.
//
// A name is matched whole, in any letter case, without the version and architecture that an installer writes behind it.
// What a package of a programming language is called says little (`responder` is a web framework, `john` anything):
// names of pip, npm, gem, cargo and go count only where a row says so for that source.

import type { EventSeverity } from './severity.ts'

export type UnwantedClass =
  | 'remote_access' | 'anonymity' | 'tunnel' | 'vpn' | 'wiper' | 'hacking_tool' | 'credential_tool' | 'keylogger' | 'screen_recorder' | 'network_tool' | 'transfer' | 'virtual_machine'

export interface UnwantedRow {
  readonly summary: string
  /** How much of a reason to look an installation is by itself. */
  readonly severity: EventSeverity
  /** Package, product and store names of any system's installer (dpkg, rpm, snap, flatpak, brew, pkg, msi, winget, AppImage, …). */
  readonly names: readonly string[]
  /** Further names that count only from one source. */
  readonly bySource?: Readonly<Record<string, readonly string[]>>
  /** Names of program files, without `.exe`: for programs that were run, and for installers that only say where. */
  readonly executables: readonly string[]
  /** Where the judgement comes from. */
  readonly source: string
}

export const unwantedApplications: Readonly<Record<UnwantedClass, UnwantedRow>> = {
  remote_access: {
    summary: 'Lets somebody else, or the person from outside, into the device.', severity: 'high',
    names: [
      'anydesk', 'anydesksoftwaregmbh.anydesk', 'com.anydesk.anydesk', 'teamviewer', 'teamviewer-host', 'teamviewer.teamviewer', 'teamviewer.teamviewer.host', 'rustdesk', 'rustdesk.rustdesk', 'com.rustdesk.rustdesk', 'splashtop-streamer', 'splashtop-business', 'splashtop.splashtopstreamer',
      'x11vnc', 'tigervnc-standalone-server', 'tigervnc-server', 'tigervnc-scraping-server', 'tightvnc', 'tightvncserver', 'glavsoft.tightvnc', 'ultravnc', 'uvncbvba.ultravnc', 'realvnc-vnc-server', 'realvnc.vncserver', 'vnc-server', 'wayvnc', 'xrdp', 'x2goserver',
      'dwservice', 'dwagent', 'meshagent', 'mesh-agent', 'meshcentral-agent', 'nomachine', 'nomachine.nomachine', 'chrome-remote-desktop', 'chrome-remote-desktop-host', 'google.chromeremotedesktophost', 'screenconnect', 'screenconnect-client', 'connectwise-control', 'connectwise-automate', 'atera', 'ateraagent', 'atera-agent', 'logmein', 'logmein-client',
      'gotoassist', 'gotomypc', 'goto-opener', 'bomgar', 'beyondtrust-remote-support', 'ammyy-admin', 'aeroadmin', 'supremo', 'supremo-remote-desktop', 'remote-utilities', 'remote-utilities-host', 'radmin-server', 'dameware', 'dameware-mini-remote-control', 'zoho-assist', 'zohocorp.zohoassist', 'getscreen', 'getscreen.me', 'hoptodesk', 'parsec', 'parsec.parsec', 'simplehelp', 'simplehelp-remote-access', 'syncro', 'ninjarmm', 'ninjaone-agent',
      'pulseway', 'action1-agent', 'level-agent', 'tacticalagent', 'tactical-rmm-agent', 'fleetdeck-agent', 'itarian', 'naverisk', 'quick-assist', 'ultraviewer', 'ducfabulous.ultraviewer', 'distant-desktop', 'iperius-remote', 'showmypc', 'tmate', 'upterm', 'teleport-connect', 'jump-desktop-connect', 'screens-connect',
    ],
    bySource: { npm: ['meshcentral'], chromium_extension: ['chrome remote desktop', 'teamviewer', 'anydesk'] },
    executables: ['anydesk', 'teamviewer', 'teamviewerd', 'teamviewer_service', 'rustdesk', 'srserver', 'splashtopstreamer', 'x11vnc', 'x0vncserver', 'winvnc', 'tvnserver', 'vncserver', 'dwagent', 'dwagsvc', 'meshagent', 'nxserver', 'nxnode', 'remoting_host', 'screenconnect.clientservice', 'screenconnect.windowsclient', 'ateraagent', 'logmein', 'aa_v3', 'aeroadmin', 'supremo', 'rutserv', 'rfusclient', 'hoptodesk', 'parsecd', 'ultraviewer_desktop', 'tmate', 'upterm'],
    source: 'ATT&CK T1219 Remote Access Tools; the public catalogue of remote monitoring and management tools at lolrmm.io; CISA AA23-025A',
  },
  anonymity: {
    summary: 'Hides where a connection goes to.', severity: 'high',
    names: ['tor', 'torbrowser-launcher', 'org.torproject.torbrowser-launcher', 'tor-browser', 'torproject.torbrowser', 'orbot', 'i2p', 'i2pd', 'i2p-router', 'geti2p.i2p', 'onionshare', 'onionshare-cli', 'onionshare.onionshare', 'org.onionshare.onionshare', 'proxychains', 'proxychains4', 'proxychains-ng', 'torsocks', 'nyx', 'freenet', 'hyphanet', 'lokinet', 'anonsurf', 'kalitorify', 'whonix', 'psiphon', 'psiphon3', 'lantern', 'ultrasurf'],
    bySource: { pip: ['onionshare', 'onionshare-cli', 'torsocks'] },
    executables: ['tor', 'torbrowser', 'start-tor-browser', 'i2p', 'i2pd', 'i2prouter', 'onionshare', 'onionshare-cli', 'proxychains', 'proxychains4', 'torsocks', 'torify', 'psiphon3', 'ultrasurf'],
    source: 'ATT&CK T1090.003 Multi-hop Proxy',
  },
  tunnel: {
    summary: 'Carries traffic through a firewall inside another protocol, or makes the device reachable from outside.', severity: 'high',
    names: ['ngrok', 'ngrok.ngrok', 'cloudflared', 'cloudflare.cloudflared', 'frp', 'frpc', 'frps', 'chisel', 'ligolo-ng', 'iodine', 'dns2tcp', 'dnscat2', 'ptunnel', 'ptunnel-ng', 'hans', 'stunnel4', 'stunnel', 'udptunnel', 'httptunnel', 'sshuttle', 'autossh', 'corkscrew', 'bore', 'bore-cli', 'localxpose', 'pagekite', 'inlets', 'rathole', 'gost', 'sish', 'zrok', 'telebit', 'wstunnel', 'gsocket', 'pinggy', 'tailscale', 'tailscale.tailscale', 'zerotier-one', 'zerotier.zerotierone'],
    bySource: { npm: ['ngrok', 'localtunnel', 'untun', '@localtunnel/client'], pip: ['pyngrok', 'sshuttle', 'pagekite'], cargo: ['bore-cli', 'rathole', 'wstunnel'], conda: ['sshuttle'], vscode_extension: ['ms-vscode.remote-server', 'philnash.ngrok-for-vscode'] },
    executables: ['ngrok', 'cloudflared', 'frpc', 'frps', 'chisel', 'ligolo-agent', 'iodine', 'iodined', 'dns2tcpc', 'dnscat', 'ptunnel', 'stunnel', 'sshuttle', 'autossh', 'bore', 'rathole', 'gost', 'zrok', 'wstunnel', 'gs-netcat', 'tailscaled', 'zerotier-one'],
    source: 'ATT&CK T1572 Protocol Tunneling, T1090 Proxy',
  },
  vpn: {
    summary: 'A private network of the person’s own, past the organisation’s.', severity: 'medium',
    names: ['netbird', 'nebula', 'openvpn', 'openvpn-connect', 'openvpntechnologies.openvpn', 'wireguard', 'wireguard-tools', 'wireguard.wireguard', 'softether-vpnclient', 'n2n', 'tinc', 'hamachi', 'logmein-hamachi', 'radmin-vpn', 'nordvpn', 'nordvpn.nordvpn', 'expressvpn', 'protonvpn', 'proton-vpn', 'proton-vpn-gnome-desktop', 'protonvpn-cli', 'protontechnologies.protonvpn', 'mullvad-vpn', 'mullvadvpn.mullvadvpn', 'surfshark', 'windscribe', 'windscribe-cli', 'cyberghost', 'private-internet-access', 'tunnelbear', 'hotspot-shield', 'outline-client', 'shadowsocks-libev', 'v2ray', 'v2rayn', 'xray', 'clash-verge', 'warp-cli', 'cloudflare-warp'],
    bySource: { pip: ['shadowsocks', 'protonvpn-cli'], chromium_extension: ['hola vpn - your website unblocker', 'urban vpn proxy', 'browsec vpn - free vpn for chrome', 'zenmate free vpn - best vpn for chrome', 'touch vpn - secure and unlimited vpn proxy'], firefox_extension: ['hola vpn', 'browsec vpn', 'windscribe'] },
    executables: ['netbird', 'nordvpn', 'nordvpnd', 'expressvpn', 'protonvpn', 'mullvad-daemon', 'surfshark', 'windscribe', 'ss-local', 'v2ray', 'xray'],
    source: 'ATT&CK T1133 External Remote Services, T1572 Protocol Tunneling: ordinary for some, so several count',
  },
  wiper: {
    summary: 'Removes files or traces so that they cannot be brought back.', severity: 'critical',
    names: ['wipe', 'secure-delete', 'bleachbit', 'bleachbit.bleachbit', 'org.bleachbit.bleachbit', 'nwipe', 'scrub', 'srm', 'ccleaner', 'piriform.ccleaner', 'eraser', 'eraser.eraser', 'privazer', 'goversoft.privazer', 'file-shredder', 'freeraser', 'hardwipe', 'dban', 'killdisk', 'active-killdisk', 'sdelete', 'microsoft.sysinternals.sdelete', 'stellar-bitraser', 'bitraser', 'wise-care-365', 'permanent-eraser', 'shredos', 'evidence-eliminator', 'cyberscrub', 'shred-and-go'],
    executables: ['wipe', 'srm', 'sfill', 'sswap', 'smem', 'bleachbit', 'nwipe', 'scrub', 'ccleaner', 'ccleaner64', 'eraser', 'privazer', 'sdelete', 'sdelete64', 'killdisk', 'bitraser'],
    source: 'ATT&CK T1070.004 File Deletion, T1485 Data Destruction, T1561 Disk Wipe',
  },
  hacking_tool: {
    summary: 'Attacks other machines or accounts.', severity: 'critical',
    names: [
      'metasploit', 'metasploit-framework', 'rapid7.metasploit', 'armitage', 'beef-xss', 'sqlmap', 'hydra', 'hydra-gtk', 'medusa', 'ncrack', 'patator', 'aircrack-ng', 'reaver', 'wifite', 'kismet', 'ettercap-text-only', 'ettercap-graphical', 'ettercap-common', 'bettercap', 'mitmproxy', 'dsniff', 'responder', 'yersinia', 'nikto', 'wapiti', 'wfuzz', 'ffuf', 'gobuster', 'dirb', 'dirbuster', 'wpscan', 'commix', 'exploitdb', 'setoolkit', 'social-engineer-toolkit',
      'impacket-scripts', 'python3-impacket', 'crackmapexec', 'netexec', 'evil-winrm', 'bloodhound', 'sharphound', 'powershell-empire', 'starkiller', 'sliver', 'cobaltstrike', 'burpsuite', 'portswigger.burpsuite.community', 'owasp-zap', 'zaproxy', 'zap.zap', 'veil', 'weevely', 'webshells', 'routersploit', 'kali-linux-default', 'kali-linux-headless', 'kali-tools-top10',
    ],
    bySource: { pip: ['impacket', 'crackmapexec', 'netexec', 'bloodhound', 'sqlmap', 'mitm6', 'pwntools', 'routersploit', 'wfuzz', 'wapiti3', 'certipy-ad'], gem: ['evil-winrm', 'wpscan', 'metasploit-framework'], cargo: ['feroxbuster'] },
    executables: ['msfconsole', 'msfvenom', 'armitage', 'sqlmap', 'hydra', 'medusa', 'ncrack', 'aircrack-ng', 'airodump-ng', 'ettercap', 'bettercap', 'responder', 'nikto', 'gobuster', 'wpscan', 'crackmapexec', 'nxc', 'evil-winrm', 'sharphound', 'bloodhound', 'sliver-client', 'sliver-server', 'cobaltstrike', 'burpsuite', 'setoolkit'],
    source: 'ATT&CK T1588.002 Obtain Capabilities: Tool; packages of the Kali Linux tool groups',
  },
  credential_tool: {
    summary: 'Takes passwords, hashes or keys, or cracks them.', severity: 'critical',
    names: ['mimikatz', 'gentilkiwi.mimikatz', 'lazagne', 'john', 'john-the-ripper', 'johnny', 'hashcat', 'hashcat-utils', 'ophcrack', 'l0phtcrack', 'cain-and-abel', 'rainbowcrack', 'chntpw', 'samdump2', 'mimipenguin', 'creddump7', 'pypykatz', 'fcrackzip', 'pdfcrack', 'rarcrack', 'crunch', 'cewl', 'keethief', 'sharpchrome', 'hekatomb', 'nirsoft-webbrowserpassview', 'webbrowserpassview', 'mailpassview', 'elcomsoft-forensic-disk-decryptor', 'passware-kit'],
    bySource: { pip: ['pypykatz', 'lazagne', 'hekatomb', 'lsassy', 'donpapi'] },
    executables: ['mimikatz', 'mimilove', 'lazagne', 'john', 'hashcat', 'ophcrack', 'chntpw', 'samdump2', 'pypykatz', 'fcrackzip', 'pdfcrack', 'webbrowserpassview', 'procdump', 'procdump64', 'nanodump'],
    source: 'ATT&CK T1003 OS Credential Dumping, T1110.002 Password Cracking, T1555 Credentials from Password Stores',
  },
  keylogger: {
    summary: 'Records what is typed.', severity: 'critical',
    names: ['logkeys', 'lkl', 'keysniffer', 'spyrix', 'spyrix-free-keylogger', 'refog-keylogger', 'refog-personal-monitor', 'kidlogger', 'revealer-keylogger', 'elite-keylogger', 'actual-keylogger', 'ardamax-keylogger', 'all-in-one-keylogger', 'best-free-keylogger', 'aobo-mac-os-x-keylogger', 'perfect-keylogger', 'shadow-keylogger', 'hoverwatch', 'flexispy'],
    bySource: { pip: ['keylogger', 'pykeylogger', 'xkeylogger'], npm: ['node-keylogger'] },
    executables: ['logkeys', 'kidlogger', 'spyrix', 'rvlkl', 'ardamax'],
    source: 'ATT&CK T1056.001 Keylogging',
  },
  screen_recorder: {
    summary: 'Records the screen.', severity: 'low',
    names: ['obs-studio', 'obs', 'obsproject.obsstudio', 'com.obsproject.studio', 'simplescreenrecorder', 'kazam', 'peek', 'vokoscreen', 'vokoscreenng', 'recordmydesktop', 'gtk-recordmydesktop', 'kooha', 'io.github.seadve.kooha', 'wf-recorder', 'green-recorder', 'byzanz', 'bandicam', 'bandicamcompany.bandicam', 'camtasia', 'techsmith.camtasia', 'screencastify', 'loom', 'loom.loom', 'sharex', 'sharex.sharex', 'flashback-express', 'debut-video-capture', 'captura', 'screenflow'],
    executables: ['obs', 'obs64', 'simplescreenrecorder', 'kazam', 'recordmydesktop', 'wf-recorder', 'bdcam', 'camtasia', 'sharex'],
    source: 'ATT&CK T1113 Screen Capture, T1125 Video Capture: ordinary for trainers and support, so only numbers count',
  },
  network_tool: {
    summary: 'Looks at the network: ordinary for administrators, a first step for others.', severity: 'high',
    names: ['nmap', 'zenmap', 'insecure.nmap', 'masscan', 'zmap', 'angryip', 'angryipscanner', 'ipscan', 'advanced-ip-scanner', 'famatech.advancedipscanner', 'advanced-port-scanner', 'softperfect-network-scanner', 'netdiscover', 'arp-scan', 'wireshark', 'wireshark-qt', 'wireshark-gtk', 'wiresharkfoundation.wireshark', 'tshark', 'tcpdump', 'ngrep', 'netsniff-ng', 'ncat', 'netcat-traditional', 'socat', 'hping3', 'scapy', 'python3-scapy', 'enum4linux', 'smbmap', 'nbtscan', 'ldapdomaindump', 'rustscan', 'fing'],
    bySource: { pip: ['scapy', 'smbmap', 'ldapdomaindump', 'python-nmap'], cargo: ['rustscan'] },
    executables: ['nmap', 'zenmap', 'masscan', 'zmap', 'ipscan', 'advanced_ip_scanner', 'netdiscover', 'arp-scan', 'wireshark', 'tshark', 'dumpcap', 'tcpdump', 'ngrep', 'ncat', 'hping3', 'enum4linux', 'nbtscan'],
    source: 'ATT&CK T1046 Network Service Discovery, T1040 Network Sniffing; leave it out for administrators by the policy’s scope',
  },
  transfer: {
    summary: 'Sends files to a place of the person’s own.', severity: 'high',
    names: [
      'rclone', 'rclone.rclone', 'rclone-browser', 'megacmd', 'megasync', 'mega.megasync', 'nz.mega.megasync', 'megatools', 'croc', 'schollz.croc', 'magic-wormhole', 'wormhole-william', 'syncthing', 'syncthing-gtk', 'syncthing.syncthing', 'synctrayzor', 'me.kozec.syncthingtk', 'resilio-sync', 'resilio.resiliosync', 'btsync', 'dropbox', 'nautilus-dropbox', 'dropbox.dropbox', 'com.dropbox.client', 'nextcloud-desktop', 'nextcloud-client', 'nextcloud.nextclouddesktop', 'owncloud-client', 'pcloud', 'pcloudag.pclouddrive', 'google-drive', 'google.googledrive', 'google-drive-ocamlfuse', 'insync', 'onedrive-abraunegg', 'odrive', 'box-drive', 'box.box', 'yandex-disk', 'mailru-cloud', 'tresorit', 'sync.com', 'spideroak-one', 'mountainduck', 'cyberduck', 'iterate.cyberduck', 'filezilla', 'timkosse.filezilla.client', 'winscp', 'winscp.winscp', 'lftp', 'ncftp', 'freefilesync', 'goodsync',
      'send-anywhere', 'localsend', 'localsend.localsend', 'org.localsend.localsend_app', 'snapdrop', 'warpinator', 'nitroshare', 'qbittorrent', 'qbittorrent.qbittorrent', 's3cmd', 's3browser', 'telegram-desktop', 'telegram.telegramdesktop', 'org.telegram.desktop',
    ],
    bySource: { pip: ['magic-wormhole', 's3cmd', 'gdown', 'gdrive', 'dropbox-uploader', 'internetarchive'], npm: ['file.io', 'transfer.sh', 'wormhole'], cargo: ['ffsend', 'croc'] },
    executables: ['rclone', 'mega-cmd', 'mega-put', 'megasync', 'megaput', 'croc', 'wormhole', 'wormhole-william', 'syncthing', 'dropbox', 'dropboxd', 'nextcloud', 'owncloud', 'pcloud', 'insync', 'filezilla', 'winscp', 'lftp', 'ncftpput', 'cyberduck', 'localsend', 'localsend_app', 's3cmd', 'ffsend', 'qbittorrent'],
    source: 'ATT&CK T1567.002 Exfiltration to Cloud Storage, T1048 Exfiltration Over Alternative Protocol; CISA AA23-061A (rclone, MEGAsync)',
  },
  virtual_machine: {
    summary: 'A machine inside the machine, where the agent does not see.', severity: 'low',
    names: ['virtualbox', 'virtualbox-qt', 'virtualbox-7.0', 'virtualbox-7.1', 'oracle.virtualbox', 'vmware-workstation', 'vmware-workstation-pro', 'vmware-player', 'vmware-fusion', 'vmware.workstationpro', 'qemu-system-x86', 'qemu-kvm', 'virt-manager', 'gnome-boxes', 'org.gnome.boxes', 'parallels', 'parallels-desktop', 'utm', 'multipass', 'canonical.multipass', 'vagrant', 'hashicorp.vagrant', 'lxd', 'incus', 'bluestacks', 'bluestack.bluestacks', 'sandboxie-plus', 'sandboxie.plus', 'genymotion', 'anbox', 'waydroid'],
    executables: ['virtualbox', 'virtualboxvm', 'vboxheadless', 'vmware', 'vmplayer', 'vmware-vmx', 'virt-manager', 'gnome-boxes', 'prl_client_app', 'utm', 'multipass', 'hd-player', 'waydroid'],
    source: 'ATT&CK T1564.006 Run Virtual Instance: ordinary for developers, so only numbers count',
  },
}

/** Registries of programming languages, and of extensions: a name there counts only by `bySource`. The value is whose names it has. */
const LANGUAGE_SOURCES: Readonly<Record<string, string>> = {
  pip: 'pip', pipx: 'pip', uv: 'pip', conda: 'conda', npm: 'npm', gem: 'gem', cargo: 'cargo', composer: 'composer', nuget: 'nuget',
  chromium_extension: 'chromium_extension', firefox_extension: 'firefox_extension', vscode_extension: 'vscode_extension', jetbrains_plugin: 'jetbrains_plugin',
}

/** Files of programs whose name is all that is known of them: it counts as an executable too. */
const PROGRAM_SOURCES = new Set(['go', 'bin'])

const byName = new Map<string, UnwantedClass>()
const byExecutable = new Map<string, UnwantedClass>()
for (const [name, row] of Object.entries(unwantedApplications)) {
  const found = name as UnwantedClass
  for (const one of row.names) byName.set(one, found)
  for (const [source, names] of Object.entries(row.bySource ?? {})) for (const one of names) byName.set(`${source}:${one}`, found)
  for (const one of row.executables) byExecutable.set(one, found)
}

/** What installers write behind a name: `7-Zip 23.01 (x64)`, `Wireshark 4.2.0 x64`, `AnyDesk-6.3.2-x86_64`. */
const BEHIND = /(?:[\s_-]+(?:v?\d[\d.]*|\(?(?:x64|x86|x86_64|amd64|arm64|aarch64|64-bit|32-bit)\)?|\((?:user|machine|remove only)\)))+$/

const normalise = (name: string): string => {
  const lower = name.trim().toLowerCase().replace(/\.(?:appimage|exe|msi|app|dmg)$/, '')
  return byName.has(lower) ? lower : lower.replace(BEHIND, '').replaceAll(/\s+/g, '-')
}

/** The last part of a path of either style, lower case, without `.exe`. */
const programOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase().replace(/\.(?:exe|appimage)$/, '')

/** Names of program files that the agents' process sensor looks for, sorted. */
export const unwantedExecutables: readonly string[] = [...byExecutable.keys()].toSorted()

/** @param source installer that named it (`dpkg`, `pip`, …); absent: any but a language's registry. @param path of the program */
export function unwantedClass(application: string, source?: string, path?: string): UnwantedClass | undefined {
  const from = source?.toLowerCase() ?? ''
  const registry = LANGUAGE_SOURCES[from]
  if (registry !== undefined) return byName.get(`${registry}:${application.trim().toLowerCase()}`)
  const named = byName.get(normalise(application)) ?? (PROGRAM_SOURCES.has(from) ? byExecutable.get(programOf(application)) : undefined)
  if (named !== undefined || path === undefined || path === '') return named
  return byExecutable.get(programOf(path))
}
