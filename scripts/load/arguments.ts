// What `pnpm load` is asked for.
import { parseArgs } from 'node:util'
import { type Mix, parseMix, PROFILE_NAMES, profiles } from './profiles.ts'

export interface LoadOptions {
  readonly devices: number
  readonly mix: Mix
  readonly pace: number
  readonly secs: number
  readonly drainSecs: number
  readonly seed: number
  readonly workers: number
  readonly offlineShare: number
  readonly offlineSecs: number
  readonly skewShare: number
  readonly skewSecs: number
  /** Seconds after the beginning at which everybody reconnects at once. */
  readonly herdSecs?: number
  readonly spoolBytes: number
  /** An installation that runs already. */
  readonly collector?: { readonly url: string; readonly code: string }
  /** Keeps the installation and the devices for the next run. */
  readonly dir?: string
  readonly json: boolean
}

export const LOAD_HELP = `Usage: pnpm load [options]

Connects simulated devices to a collector and lets them work. Each is enrolled by the agent's own code with a key of its own and
has the agent's own uplink over a TLS connection of its own; sensors and the disk are simulated. Without --collector an
installation of its own is started in a temporary folder, and the memory and the CPU of collector and broker are measured.

  --devices N         1 to 20000 (200)
  --profile MIX       mixed (default), one of the profiles below, or weights: office=70,build=1
  --pace X            factor on their rates, 0.01 to 1000 (1)
  --secs S            how long they work, 1 to 86400 (60)
  --drain-secs S      how long to wait for what is on the way, 1 to 3600 (120)
  --offline SHARE     share of the devices that are away once, 0 to 1 (0.1)
  --offline-secs S    for so long; they come back with what they kept (20)
  --skew SHARE        share of the devices with a wrong clock, 0 to 1 (0.05)
  --skew-secs S       by up to so much, before or after (3600)
  --herd S            after so many seconds everybody connects anew at once
  --spool-kb N        activities that a device keeps; whoever has more waits (4096)
  --seed S            the same seed gives the same devices and activities (1)
  --workers N         processes that the devices live in, 1 to 16 (2)
  --collector URL     https://host:port of an installation that runs; needs --code
  --code CODE         enrolment code with enough uses
  --dir DIR           keep the installation and the identities here, and use them again
  --json              no table, only the JSON
  --help              this text

Profiles: ${PROFILE_NAMES.map((name) => `\n  ${name.padEnd(18)}  ${profiles[name].summary} (${profiles[name].perMinute} a minute)`).join('')}

The last line of stdout is JSON. Exit code: 0 when everything that was made is committed, 1 when not, 2 for a wrong call.
`

const OPTIONS = {
  devices: { type: 'string', default: '200' }, profile: { type: 'string', default: 'mixed' }, pace: { type: 'string', default: '1' }, secs: { type: 'string', default: '60' }, 'drain-secs': { type: 'string', default: '120' }, offline: { type: 'string', default: '0.1' },
  'offline-secs': { type: 'string', default: '20' }, skew: { type: 'string', default: '0.05' }, 'skew-secs': { type: 'string', default: '3600' }, herd: { type: 'string' }, 'spool-kb': { type: 'string', default: '4096' }, seed: { type: 'string', default: '1' }, workers: { type: 'string', default: '2' },
  collector: { type: 'string' }, code: { type: 'string' }, dir: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false },
} as const

/** @returns `help` when that is what was asked for @throws Error with a sentence for the person who typed it */
export function readLoadArguments(args: readonly string[]): LoadOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  if (values.help) return 'help'
  const number = (name: Exclude<keyof typeof OPTIONS, 'json' | 'help'>, min: number, max: number, form = /^\d+$/): number => {
    const text = values[name] ?? ''
    const value = Number(text)
    if (!form.test(text) || value < min || value > max) throw new Error(`--${name} takes a${form.source === '^\\d+$' ? ' whole' : ''} number from ${min} to ${max}`)
    return value
  }
  const decimal = /^\d+(\.\d+)?$/
  const { collector, code, dir } = values
  if ((collector === undefined) !== (code === undefined)) throw new Error('--collector and --code belong together')
  if (collector !== undefined && !collector.startsWith('https://')) throw new Error('--collector takes an address such as https://collector.example.com:8443')
  return {
    devices: number('devices', 1, 20_000), mix: parseMix(values.profile), pace: number('pace', 0.01, 1000, decimal), secs: number('secs', 1, 86_400), drainSecs: number('drain-secs', 1, 3600), offlineShare: number('offline', 0, 1, decimal), offlineSecs: number('offline-secs', 1, 86_400),
    skewShare: number('skew', 0, 1, decimal), skewSecs: number('skew-secs', 0, 10_000_000), spoolBytes: number('spool-kb', 1, 1_000_000) * 1024, seed: number('seed', 0, 0xffff_ffff), workers: number('workers', 1, 16), json: values.json,
    ...(values.herd === undefined ? {} : { herdSecs: number('herd', 0, 86_400) }), ...(collector === undefined || code === undefined ? {} : { collector: { url: collector, code } }), ...(dir === undefined ? {} : { dir }),
  }
}
