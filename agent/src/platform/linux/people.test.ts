import { describe, expect, test } from 'vitest'
import { createFakePlatform } from '../fake-platform.ts'
import { createAccounts, parsePasswd } from './accounts.ts'
import { readHardwareId } from './hardware-id.ts'
import { parseOsRelease } from './platform.ts'
import { parseProcessStat, parseProcessStatus, readProcess } from './processes.ts'
import { parseLogindSession, parseUtmp, readSessions } from './sessions.ts'

const ROOT_HOME = '/root'

const PASSWD = 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\nalice:x:1000:1000:Alice,,,:/home/alice:/bin/bash\nghost:x:1001:1001::/home/ghost:/bin/bash\n+::::::\nbroken\n#old:x:9:9::/:/bin/sh\nnan:x:12a:1::/:/bin/sh\n'

function utmpRecord(type: number, account: string, host: string): Buffer {
  const record = Buffer.alloc(384)
  record.writeInt16LE(type, 0)
  record.write(account, 44)
  record.write(host, 76)
  return record
}

describe('accounts', () => {
  test('lines that are no accounts are left out', () => {
    expect(parsePasswd(PASSWD).map(({ name }) => name)).toEqual(['root', 'daemon', 'alice', 'ghost'])
  })

  test('those that can sign in are people and root, with a home that is there', async () => {
    const device = createFakePlatform({ '/etc/passwd': PASSWD, '/home/alice/x': '', [`${ROOT_HOME}/x`]: '' })
    try {
      expect((await device.accounts()).map(({ name }) => name)).toEqual(['root', 'alice'])
    } finally {
      device.dispose()
    }
  })

  test('a uid that the file does not know is asked for once, also when nobody knows it', async () => {
    const device = createFakePlatform({ '/etc/passwd': PASSWD })
    try {
      device.setProgram('getent', ([, uid]) => (uid === '5000' ? { code: 0, stdout: 'bob:*:5000:5000::/home/bob:/bin/sh\n', stderr: '' } : { code: 2, stdout: '', stderr: '' }))
      const accounts = createAccounts(device.root, (program, args) => device.run(program, args))
      expect(await accounts.byUid(1000)).toEqual({ name: 'alice', uid: 1000, home: '/home/alice' })
      expect([await accounts.byUid(5000), await accounts.byUid(5000), await accounts.byUid(6000), await accounts.byUid(6000)].map((account) => account?.name)).toEqual(['bob', 'bob', undefined, undefined])
      expect(device.started).toEqual(['getent passwd 5000', 'getent passwd 6000'])
    } finally {
      device.dispose()
    }
  })
})

describe('sessions', () => {
  test('utmp tells people from other records, and an X display from a host', () => {
    const bytes = Buffer.concat([utmpRecord(2, 'reboot', '6.1'), utmpRecord(7, 'alice', ':0'), utmpRecord(7, 'bob', '10.0.0.2'), utmpRecord(8, 'gone', ''), Buffer.alloc(100)])
    expect(parseUtmp(bytes)).toEqual([{ account: 'alice', remote: false, host: '' }, { account: 'bob', remote: true, host: '10.0.0.2' }])
  })

  test('logind’s greeters and closing sessions are nobody', () => {
    expect(parseLogindSession('UID=1000\nUSER=alice\nACTIVE=1\nSTATE=active\nREMOTE=1\nREMOTE_HOST=10.0.0.2\nCLASS=user\n')).toEqual({ account: 'alice', remote: true, host: '10.0.0.2' })
    expect(parseLogindSession('USER=gdm\nSTATE=active\nCLASS=greeter\n')).toBeUndefined()
    expect(parseLogindSession('USER=alice\nSTATE=closing\nCLASS=user\n')).toBeUndefined()
    expect(parseLogindSession('')).toBeUndefined()
  })

  test('utmp is asked where there is no logind', () => {
    const device = createFakePlatform()
    try {
      expect(readSessions(device.root)).toEqual([])
      device.write('/run/utmp', utmpRecord(7, 'alice', '').toString('latin1'))
      expect(readSessions(device.root)).toEqual([{ account: 'alice', remote: false, host: '' }])
      device.write('/run/systemd/sessions/1', 'USER=bob\nSTATE=active\nCLASS=user\n')
      expect(readSessions(device.root)).toEqual([{ account: 'bob', remote: false, host: '' }])
    } finally {
      device.dispose()
    }
  })
})

describe('processes', () => {
  test('a name with brackets and spaces does not shift the parent', () => {
    expect(parseProcessStat('42 (a) b) (c) S 7 42 42')).toEqual({ name: 'a) b) (c', ppid: 7 })
    expect(parseProcessStat('nonsense')).toBeUndefined()
  })

  test('a name with a line end in it does not say who somebody is', () => {
    expect(parseProcessStatus('Name:\ta\\nUid:\\t0 \\\\b\nUmask:\t0022\nTgid:\t42\nPid:\t42\nPPid:\t7\nTracerPid:\t0\nUid:\t1000\t0\t0\t0\n')).toEqual({ name: 'a\nUid:t0 \\b', ppid: 7, uid: 1000 })
    expect(parseProcessStatus('')).toBeUndefined()
  })

  test('the person who signed in is told apart from nobody', () => {
    const device = createFakePlatform({
      '/proc/42/stat': '42 (cp) S 7 0 0', '/proc/42/status': 'Name:\tcp\nPPid:\t7\nUid:\t0\t0\t0\t0\n', '/proc/42/loginuid': '1000',
      '/proc/7/stat': '7 (bash) S 1 0 0', '/proc/7/status': 'Name:\tbash\nPPid:\t1\nUid:\t1000\t0\t0\t0\n', '/proc/7/loginuid': '4294967295',
    })
    try {
      expect(readProcess(device.root, 42)).toEqual({ pid: 42, ppid: 7, name: 'cp', executable: '', uid: 0, loginUid: 1000, parentName: 'bash' })
      expect(readProcess(device.root, 7)).toEqual({ pid: 7, ppid: 1, name: 'bash', executable: '', uid: 1000, parentName: '' })
      expect([readProcess(device.root, 99), readProcess(device.root, -1), readProcess(device.root, Number.NaN)]).toEqual([undefined, undefined, undefined])
    } finally {
      device.dispose()
    }
  })
})

describe('the device', () => {
  test('placeholders of makers are no hardware id', () => {
    const device = createFakePlatform({ '/sys/class/dmi/id/product_uuid': '03000200-0400-0500-0006-000700080009\n', '/etc/machine-id': 'a'.repeat(32) })
    try {
      const byMachine = readHardwareId(device.root)
      device.write('/etc/machine-id', 'b'.repeat(32))
      expect(readHardwareId(device.root)).not.toBe(byMachine)
      device.write('/sys/class/dmi/id/product_uuid', '4c4c4544-0042-3510-8052-b4c04f4d3532\n')
      const byHardware = readHardwareId(device.root)
      device.write('/etc/machine-id', 'c'.repeat(32))
      expect(readHardwareId(device.root)).toBe(byHardware)
      expect(byHardware).toMatch(/^[0-9a-f]{64}$/)
    } finally {
      device.dispose()
    }
  })

  test('os-release is read with and without quotes', () => {
    const release = parseOsRelease('ID=debian\nVERSION_ID="12"\nNAME=\'A b\'\nbad line\n')
    expect([release.get('ID'), release.get('VERSION_ID'), release.get('NAME')]).toEqual(['debian', '12', 'A b'])
  })
})
