// Programs that correlate or carry logs, as Debian has them: fetched and unpacked into a folder of the bench, never installed.
import { execFile } from 'node:child_process'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { COPIES_ALLOWED, WINDOW_MS } from './leavers.ts'
import { cpuSeconds, end, freePort, memory, startProgram } from './processes.ts'

const run = promisify(execFile)
const PROGRAM_PATH = 'usr/bin'

/** Unpacks Debian packages into `root`; packages that are there already are not fetched again. @throws Error when the mirror does not have them */
export async function unpackDebian(root: string, packages: readonly string[]): Promise<void> {
  const folder = join(root, 'packages')
  await mkdir(folder, { recursive: true })
  await run('apt-get', ['download', '-o', 'APT::Sandbox::User=root', ...packages], { cwd: folder, timeout: 120_000 })
  for (const name of await readdir(folder)) if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(folder, name), root])
}

export interface ProgramPass {
  readonly cpuSecs: number
  readonly rssMb: number
  readonly alerted: readonly string[]
  readonly lines: number
}

const SEC_RULES = (alerts: string): string => `type=Single
ptype=RegExp
pattern=type=resigned user=(\\S+)
desc=leaver $1
action=create LEAVER_$1

type=SingleWithThreshold
ptype=RegExp
pattern=type=usb_copy user=(\\S+)
context=LEAVER_$1
desc=copies of $1
action=write ${alerts} $1
window=${WINDOW_MS / 1000}
thresh=${COPIES_ALLOWED + 1}
`

/** The Simple Event Correlator over the log file, from its start to its end. */
export async function runSec(root: string, folder: string, logPath: string, lines: number): Promise<ProgramPass> {
  const [rules, alerts] = [join(folder, 'sec.conf'), join(folder, 'sec-alerts.txt')]
  await writeFile(rules, SEC_RULES(alerts))
  await writeFile(alerts, '')
  const program = [join(root, PROGRAM_PATH, 'sec'), '/usr/bin/sec'].find(existsSync)
  if (program === undefined) throw new Error('sec is not there')
  const child = startProgram('perl', [program, `-conf=${rules}`, `-input=${logPath}`, '-fromstart', '-notail', '-intevents', '-bufsize=1', '-log=/dev/null'])
  child.stdout?.resume()
  child.stderr?.resume()
  const gone = once(child, 'exit')
  let use = { cpuSecs: 0, rssMb: 0 }
  while (child.exitCode === null && child.signalCode === null) {
    // Of one that has ended only the CPU is known.
    const now = await look(child.pid ?? -1).catch(() => use)
    use = { cpuSecs: now.cpuSecs, rssMb: Number.isNaN(now.rssMb) ? use.rssMb : now.rssMb }
    await sleep(20)
  }
  await gone
  return { ...use, lines, alerted: (await readFile(alerts, 'utf8')).split('\n').filter((line) => line !== '') }
}

const look = async (pid: number): Promise<{ readonly cpuSecs: number; readonly rssMb: number }> => ({ cpuSecs: await cpuSeconds(pid), rssMb: (await memory(pid)).peakMb })

const RSYSLOG = (options: { readonly port: number; readonly output: string; readonly rules: string; readonly folder: string }): string => `global(workDirectory="${options.folder}")
module(load="imtcp")
module(load="mmnormalize")
template(name="json" type="list") { property(name="$!all-json") constant(value="\\n") }
input(type="imtcp" port="${options.port}" address="127.0.0.1" ruleset="all")
ruleset(name="all") {
  action(type="mmnormalize" rulebase="${options.rules}")
  action(type="omfile" file="${options.output}" template="json" asyncWriting="off" ioBufferSize="64k")
}
`

/** rsyslog: the lines over TCP, taken apart, and written as JSON; no rule. */
export async function runRsyslog(root: string, folder: string, logPath: string, lines: number): Promise<ProgramPass> {
  const [conf, rules, output] = [join(folder, 'rsyslog.conf'), join(folder, 'rules.rb'), join(folder, 'rsyslog.json')]
  const port = await freePort()
  await writeFile(rules, 'version=2\nrule=:%-:char-to:=%=%type:word% user=%user:word% size=%size:number% path=%path:rest%\nrule=:type=%type:word% user=%user:word% size=%size:number% path=%path:rest%\nrule=: type=%type:word% user=%user:word% size=%size:number% path=%path:rest%\n')
  await writeFile(conf, RSYSLOG({ port, output, rules, folder }))
  await writeFile(output, '')
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu')
  const program = [join(root, 'usr/sbin/rsyslogd'), '/usr/sbin/rsyslogd'].find(existsSync)
  if (program === undefined) throw new Error('rsyslogd is not there')
  const child = startProgram(program, ['-n', '-f', conf, '-i', join(folder, 'rsyslog.pid'), ...(existsSync(join(libraries, 'rsyslog')) ? ['-M', join(libraries, 'rsyslog')] : [])], { env: { LD_LIBRARY_PATH: libraries } })
  let said = ''
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)))
  try {
    for (let tries = 0; !(await listens(port)); tries += 1) {
      if (tries > 100 || child.exitCode !== null) throw new Error(`rsyslogd does not listen: ${said}`)
      await sleep(50)
    }
    const before = await look(child.pid ?? -1)
    const socket = createConnection(port, '127.0.0.1')
    await pipeline(createReadStream(logPath, { highWaterMark: 256 * 1024 }), socket)
    // It writes in blocks; what is left comes out after a while of rest, or at the end.
    for (let [size, same] = [-1, 0]; same < 5; await sleep(200)) {
      const now = statSync(output).size
      same = now === size ? same + 1 : 0
      size = now
    }
    const use = await look(child.pid ?? -1)
    await end(child)
    const written = (await readFile(output)).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0)
    return { cpuSecs: use.cpuSecs - before.cpuSecs, rssMb: use.rssMb, alerted: [], lines: Math.min(written, lines) }
  } finally {
    await end(child)
  }
}

const listens = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = createConnection(port, '127.0.0.1')
  socket.once('connect', () => {
    socket.destroy()
    resolve(true)
  })
  socket.once('error', () => resolve(false))
})
