import { describe, expect, test } from 'vitest'
import { parseAptConfig } from './apt-config.ts'
import { parseIni, shellValue } from './feature.ts'
import { summariseRuleset } from './firewall.ts'
import { parseGvdb } from './gvdb.ts'
import { parseSshdConfig } from './ssh-config.ts'

const sshd = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> | undefined =>
  parseSshdConfig({ text: (path) => files[path], list: (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)).toSorted() })

const MAIN = '/etc/ssh/sshd_config'

describe('sshd_config', () => {
  test('the first value wins, whatever the case of its keyword and the shape of its line', () => {
    const values = sshd({ [MAIN]: '# PermitRootLogin no\npermitrootlogin=no\nPermitRootLogin yes\n  X11Forwarding   "yes" # why\nBanner "a b"\nEmpty\n' })
    expect([values?.get('permitrootlogin'), values?.get('x11forwarding'), values?.get('banner'), values?.has('empty')]).toEqual(['no', 'yes', 'a b', false])
  })

  test('a drop-in that is included first wins over the main file, in the order of names', () => {
    const values = sshd({ [MAIN]: 'Include /etc/ssh/sshd_config.d/*.conf\nPasswordAuthentication no\n', '/etc/ssh/sshd_config.d/90-a.conf': 'PasswordAuthentication no', '/etc/ssh/sshd_config.d/50-cloud.conf': 'PasswordAuthentication yes', '/etc/ssh/sshd_config.d/.hidden.conf': 'PasswordAuthentication maybe', '/etc/ssh/sshd_config.d/10-x.conf.dpkg-old': 'PasswordAuthentication never' })
    expect(values?.get('passwordauthentication')).toBe('yes')
  })

  test('what follows Match is for some only, to the end of its own file', () => {
    const values = sshd({ [MAIN]: 'Include part\nMatch User bob\nPermitRootLogin yes\nInclude never\n', '/etc/ssh/part': 'Match Group x\nX11Forwarding yes\n', '/etc/ssh/never': 'GatewayPorts yes' })
    expect([...(values ?? [])]).toEqual([])
    expect(sshd({ [MAIN]: 'Include part\nPermitRootLogin no\n', '/etc/ssh/part': 'Match Group x\nX11Forwarding yes\n' })?.get('permitrootlogin')).toBe('no')
  })

  test('Match all is for everybody', () => {
    expect(sshd({ [MAIN]: 'Match all\nPermitRootLogin no\n' })?.get('permitrootlogin')).toBe('no')
  })

  test('files that include each other end', () => {
    expect(sshd({ [MAIN]: 'Include sshd_config\nInclude other\nLogLevel QUIET\n', '/etc/ssh/other': 'Include sshd_config' })?.get('loglevel')).toBe('QUIET')
  })

  test('no file is no answer', () => {
    expect(sshd({})).toBeUndefined()
  })
})

describe('apt.conf', () => {
  test('both forms, three kinds of comment, and the last value', () => {
    const values = parseAptConfig([
      '// APT::Periodic::Unattended-Upgrade "0";\n# x "y";\n/* APT::Periodic::Enable "0"; */\nAPT::Periodic::Unattended-Upgrade "1";\n',
      'APT { Periodic { Update-Package-Lists "1"; unattended-upgrade "0"; }; };\n',
      'Unattended-Upgrade::Origins-Pattern { "origin=Debian"; "site=http://x//y"; };\nDir::Cache /var/x;\n',
    ])
    expect(values.get('apt::periodic::unattended-upgrade')).toBe('0')
    expect(values.get('apt::periodic::update-package-lists')).toBe('1')
    expect(values.has('apt::periodic::enable')).toBe(false)
    expect(values.get('dir::cache')).toBe('/var/x')
  })

  test.each(['}}}}', '{'.repeat(10_000), '"unclosed', ';;;', 'a { b { c'])('%j ends without an answer', (text) => {
    expect(parseAptConfig([text.slice(0, 20_000)]).size).toBe(0)
  })
})

describe('small forms', () => {
  test('the last assignment of a shell file counts, without quotes and comments', () => {
    expect(shellValue('ENABLED=no\n#ENABLED=maybe\nexport ENABLED="yes" # on\n', 'ENABLED')).toBe('yes')
    expect(shellValue('ENABLED_X=1', 'ENABLED')).toBeUndefined()
  })

  test('sections that come twice are one', () => {
    expect(parseIni('[a]\nx=1\n[b]\nx=2\n[a]\ny = 3=4\n').get('a')).toEqual(new Map([['x', '1'], ['y', '3=4']]))
  })

  test('a ruleset is summarised: rules, policies, and whether anything is refused', () => {
    const ruleset = 'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t\tct state established accept\n\t\ttcp dport 22 accept\n\t}\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy accept;\n\t}\n}\n'
    expect(summariseRuleset(ruleset)).toMatchObject({ rules: 2, refuses: true })
    expect(summariseRuleset(ruleset).value).toMatch(/^2 rules, forward accept, input drop, [0-9a-f]{12}$/)
    expect(summariseRuleset(ruleset.replace('policy drop', 'policy accept'))).toMatchObject({ refuses: false })
    expect(summariseRuleset('')).toMatchObject({ rules: 0, refuses: false })
  })
})

/** What dconf 0.40 wrote for `gsettings set org.gnome.desktop.screensaver lock-enabled false` and `… session idle-delay 0`. */
const DCONF = Buffer.from('R1ZhcmlhbnQAAAAAAAAAABgAAAAAAQAAAAAAKAgAAAAAAAAAAQAAAAMAAAAEAAAABQAAAAcAAAAHAAAACAAAALC3JDAEAAAAAAEAAAYATAAIAQAADAEAACm5D8YCAAAADAEAAAwATAAYAQAAHAEAALmI/doAAAAAHAEAAAgATAAkAQAALAEAAKrNk2ABAAAALAEAAAwAdgA4AQAAOwEAAEtQkAsFAAAAOwEAAAQATABAAQAARAEAANS1AgD/////RAEAAAEATABIAQAATAEAAIyH3WYCAAAATAEAAAgATABUAQAAWAEAAObJGdUGAAAAWAEAAAoAdgBoAQAAbgEAAGdub21lLwAAAgAAAHNjcmVlbnNhdmVyLwMAAABkZXNrdG9wLwEAAAAGAAAAbG9jay1lbmFibGVkAABib3JnLwAAAAAALwAAAAQAAABzZXNzaW9uLwcAAABpZGxlLWRlbGF5AAAAAAAAAAAAAAB1', 'base64')

describe('dconf’s file', () => {
  test('its settings are read with their full names', () => {
    expect([...(parseGvdb(DCONF) ?? [])]).toEqual([['/org/gnome/desktop/screensaver/lock-enabled', false], ['/org/gnome/desktop/session/idle-delay', 0]])
  })

  test('every single damaged byte and every cut is survived', () => {
    for (let at = 0; at < DCONF.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = Buffer.from(DCONF)
        damaged[at] = value
        parseGvdb(damaged)
      }
      parseGvdb(DCONF.subarray(0, at))
    }
    expect(parseGvdb(Buffer.alloc(100))).toBeUndefined()
    expect(parseGvdb(DCONF.subarray(0, 30))).toBeUndefined()
  })

  test('items that are their own parents end', () => {
    const circle = Buffer.from(DCONF)
    for (let item = 0; item < 8; item++) circle.writeUInt32LE(item, 0x40 + item * 24 + 4)
    expect(parseGvdb(circle)?.size).toBe(0)
  })
})
