// What kind of program a name stands for, as far as it matters for where files go: one table for every sensor.
export type ProgramClass = 'browser' | 'mail' | 'chat' | 'sandbox_portal' | 'screenshot'

/** Names of program files in lower case, without `.exe`; kernels keep 15 characters of what a program calls itself. */
const NAMES: Readonly<Record<ProgramClass, readonly string[]>> = {
  browser: [
    'chrome', 'google-chrome', 'google-chrome-stable', 'google-chrome-beta', 'google-chrome-unstable', 'google chrome', 'chromium', 'chromium-browser', 'chromium-bin', 'headless_shell', 'ungoogled-chromium',
    'msedge', 'microsoft-edge', 'microsoft-edge-stable', 'microsoft edge', 'brave', 'brave-browser', 'brave browser', 'opera', 'opera-stable', 'vivaldi', 'vivaldi-bin', 'vivaldi-stable', 'yandex_browser', 'thorium',
    'firefox', 'firefox-bin', 'firefox-esr', 'librewolf', 'waterfox', 'waterfox-bin', 'floorp', 'zen', 'zen-bin', 'mullvadbrowser', 'palemoon', 'seamonkey', 'icecat', 'iceweasel',
    'epiphany', 'epiphany-browser', 'org.gnome.epiphany', 'webkitnetworkprocess', 'webkitwebprocess', 'falkon', 'konqueror', 'midori', 'qutebrowser', 'nyxt', 'min', 'safari', 'arc',
  ],
  mail: ['thunderbird', 'thunderbird-bin', 'thunderbird-esr', 'betterbird', 'evolution', 'geary', 'kmail', 'claws-mail', 'sylpheed', 'mailspring', 'trojita', 'balsa', 'bluemail', 'prospect-mail', 'outlook'],
  chat: [
    'slack', 'teams', 'teams-for-linux', 'ms-teams', 'signal-desktop', 'telegram-desktop', 'telegram', 'discord', 'discordcanary', 'element-desktop', 'element', 'fractal', 'nheko', 'zoom', 'zoom.us', 'skypeforlinux', 'skype',
    'whatsapp', 'whatsdesk', 'whatsapp-for-linux', 'zapzap', 'viber', 'mattermost-desktop', 'rocketchat-desktop', 'rocketchat', 'wire-desktop', 'threema', 'session-desktop', 'webex', 'ciscocollabhost', 'franz', 'ferdium', 'rambox', 'pidgin', 'gajim', 'dino', 'hexchat', 'polari', 'jami', 'jami-qt',
  ],
  // Opens files for Flatpak and snap applications that may not open them themselves.
  sandbox_portal: ['xdg-document-portal'],
  screenshot: ['gnome-screenshot', 'gnome-shell', 'spectacle', 'flameshot', 'ksnip', 'shutter', 'scrot', 'maim', 'grim', 'grimshot', 'hyprshot', 'import', 'xfce4-screenshooter', 'mate-screenshot', 'lximage-qt', 'screengrab', 'deepin-screenshot', 'kooha', 'gpu-screen-recorder', 'peek', 'screencapture', 'snippingtool', 'screenclippinghost', 'screensketch'],
}

const byName = new Map<string, ProgramClass>()
for (const [kind, names] of Object.entries(NAMES) as [ProgramClass, readonly string[]][]) for (const name of names) for (const each of [name, name.slice(0, 15)]) byName.set(each, kind)

/** Programs that can send whatever they open. */
export const UPLOAD_CLASSES: ReadonlySet<string> = new Set<ProgramClass>(['browser', 'mail', 'chat', 'sandbox_portal'])
export const UPLOAD_PROGRAMS: readonly string[] = [...byName].filter(([, kind]) => UPLOAD_CLASSES.has(kind)).map(([name]) => name)

const plain = (name: string): string => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase().replace(/\.exe$/, '')

/** @param names of one program, the path of its file first; @returns undefined for a program of no class */
export function classOfProgram(...names: readonly string[]): ProgramClass | undefined {
  for (const name of names) {
    const found = name === '' ? undefined : byName.get(plain(name))
    if (found !== undefined) return found
  }
  return undefined
}
