// Runs on the stage: the real sensor on the real adapter. Acts come as lines of JSON, what is told goes out as lines of JSON.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { cLibrary } from '@holdfast/agent/platform/linux/c-library.ts'
import { createLinuxPlatform } from '@holdfast/agent/platform/linux/platform.ts'
import { removableMediaSensor } from '@holdfast/agent/sensors/removable-media.ts'
import type { SensedActivity, SensorContext } from '@holdfast/agent/sensors/sensor.ts'

/** `hide` and `show` move an entry of sysfs out of sight and back, as the kernel does. */
export type Act =
  | { readonly act: 'run'; readonly command: readonly [string, ...string[]] }
  | { readonly act: 'hide'; readonly path: string }
  | { readonly act: 'show'; readonly path: string }
  | { readonly act: 'write'; readonly path: string; readonly text: string }
  | { readonly act: 'uevent'; readonly action: string; readonly path: string; readonly properties: Readonly<Record<string, string>>; readonly times?: number }
  | { readonly act: 'cpu' }

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const { library } = cLibrary()
const send = library.func('long send(int, void *, size_t, int)') as (fd: number, bytes: Buffer, length: number, flags: number) => number
const netlink = (library.func('int socket(int, int, int)') as (a: number, b: number, c: number) => number)(16, 3, 15)
const kernel = Buffer.alloc(12)
kernel.writeUInt16LE(16, 0)
;(library.func('int connect(int, void *, unsigned int)') as (fd: number, bytes: Buffer, length: number) => number)(netlink, kernel, kernel.length)

let injectedAtMs = 0
function inject({ action, path, properties, times = 1 }: Extract<Act, { act: 'uevent' }>): void {
  const text = Buffer.from([`${action}@${path}`, ...Object.entries({ ACTION: action, DEVPATH: path, ...properties }).map(([key, value]) => `${key}=${value}`), ''].join('\0'))
  const head = Buffer.alloc(16)
  head.writeUInt32LE(16 + text.length, 0)
  head.writeUInt16LE(0x10, 4)
  head.writeUInt16LE(1, 6)
  const bytes = Buffer.concat([head, text])
  injectedAtMs = performance.now()
  for (let sent = 0; sent < times; sent++) send(netlink, bytes, bytes.length, 0)
}

const acts: { readonly [K in Act['act']]: (act: Extract<Act, { act: K }>) => void } = {
  run({ command: [program, ...args] }) {
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })
    if (status !== 0) say({ failed: `${program}: ${stderr}` })
  },
  hide: ({ path }) => renameSync(path, `${hidden}/${path.replaceAll('/', '%')}`),
  show: ({ path }) => renameSync(`${hidden}/${path.replaceAll('/', '%')}`, path),
  write: ({ path, text }) => writeFileSync(path, text),
  uevent: inject,
  cpu: () => say({ cpu: process.cpuUsage() }),
}
const hidden = '/sys/hidden'
if (!existsSync(hidden)) mkdirSync(hidden)

const stop = new AbortController()
const memory = new Map<string, string>()
const context = {
  policy: { removableMedia: { enabled: true } }, platform: createLinuxPlatform('/'), signal: stop.signal, now: () => Date.now(), enrichment: {} as SensorContext['enrichment'], pace: () => 1,
  emit: async (activity: SensedActivity) => say({ kind: activity.kind, recovered: activity.recovered, detail: activity.detail, afterMs: performance.now() - injectedAtMs }),
  report: (report: object) => say({ report }), log: { debug() {}, info() {}, warn() {}, error() {} },
  memory: { get: async (key: string) => memory.get(key), set: async (key: string, value: string) => {
    memory.set(key, value)
    say({ saved: key })
  } },
} satisfies SensorContext
const ended = removableMediaSensor.start(context)
for await (const line of createInterface({ input: process.stdin })) {
  const act = JSON.parse(line) as Act
  ;(acts[act.act] as (act: Act) => void)(act)
}
stop.abort()
await ended
