// F-14 and F-19: the agent is told to stop, killed, stopped by a signal, and crashes until its watchdog has had enough.
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createWatchdog } from '@holdfast/agent/watchdog/watchdog.ts'
import { adopt, childrenOf, commandLine, killPid } from '../support/own-processes.ts'
import { agentMain, until } from '../support/processes.ts'
import { runAgent, watch } from '../support/real-agent.ts'
import { buildAgentStage, isThere, storedActivities, workerOf } from './agent-stage.ts'
import { type Fault, must } from './fault.ts'

export const stopped: Fault = {
  id: 'F-14', name: 'stopped', title: 'the agent is told to stop under load, and killed',
  does: 'While thousands of files are made in a watched folder the agent is told to stop by SIGTERM; then it is started and killed with kill -9, and started again.',
  oracle: 'It ends within 5 s with exit code 0 and without its marker; the start after that is clean and the one after the kill is not; whatever it told the spool is stored exactly once; no process of it is left.',
  limitSecs: { short: 90, full: 240 },
  async run(context) {
    const { installation, dir, copy } = await buildAgentStage(context)
    const rounds = context.count(1, 8)
    const stopMs: number[] = []
    let [before, told] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const agent = await runAgent(installation, dir)
      context.defer(() => agent.stop('SIGKILL'))
      context.explain(() => agent.daemon.log().slice(-2500))
      await copy(`before-${round}`)
      let written = 0
      const load = (async () => {
        for (; written < 3000; written += 1) await writeFile(join(context.folder, 'cloud', `load-${round}-${written}`), `load ${written}`)
      })()
      await until('some load', 10, () => (written > 300 ? true : undefined))
      const worker = workerOf(agent.daemon.child.pid ?? 0) ?? 0
      must(worker > 0, 'there is no worker below the watchdog')
      const begun = Date.now()
      const writtenBefore = written
      await agent.stop('SIGTERM')
      stopMs.push(Date.now() - begun)
      must(agent.daemon.child.exitCode === 0, `it ended with ${agent.daemon.child.exitCode ?? agent.daemon.child.signalCode}`)
      must(await access(join(dir, 'agent.running')).then(() => false, () => true), 'the marker of an unclean end is left')
      must(!isThere(worker), 'the worker outlived its watchdog')
      await load
      told += (await storedActivities(installation)).filter((activity) => activity.fileCopied?.destination?.path?.includes(`/load-${round}-`) === true).length
      before += writtenBefore

      const again = await runAgent(installation, dir)
      context.defer(() => again.stop('SIGKILL'))
      await copy(`clean-${round}`)
      const second = workerOf(again.daemon.child.pid ?? 0) ?? 0
      await again.stop('SIGKILL')
      await until('the worker of a killed watchdog to end', 5, () => (isThere(second) ? undefined : true))
      must(await access(join(dir, 'agent.running')).then(() => true, () => false), 'the marker is gone after a kill')
    }
    const last = await runAgent(installation, dir)
    context.defer(() => last.stop('SIGKILL'))
    await copy('last')
    await until('everything to be acknowledged', 60, async () => {
      const { spool } = await last.device()
      return spool !== undefined && spool.lastSeq === spool.ackedSeq ? true : undefined
    })
    const known = await storedActivities(installation)
    const unclean = known.filter((activity) => activity.agentStarted != null).map((activity) => activity.agentStarted?.unclean === true)
    const wanted = [false, ...Array.from({ length: rounds }, (_, round) => (round === rounds - 1 ? [false, true] : [false, true])).flat()]
    must(JSON.stringify(unclean) === JSON.stringify(wanted), `the starts said unclean: ${JSON.stringify(unclean)}, and ${JSON.stringify(wanted)} was right`)
    const paths = known.flatMap((activity) => activity.fileCopied?.destination?.path ?? [])
    must(new Set(paths).size === paths.length, 'a copy is stored twice')
    const state = await last.device()
    must(state.unexplained === 0, `${state.unexplained} numbers are missing without an explanation`)
    must(Math.max(...stopMs) <= 5000, `a stop took ${Math.max(...stopMs)} ms`)
    Object.assign(context.figures, { rounds, stopMsMax: Math.max(...stopMs), stored: paths.length, writtenBeforeStop: before, toldOfThese: Math.min(told, before) })
  },
}

export const watchdogFault: Fault = {
  id: 'F-19', name: 'watchdog', title: 'the agent hangs, and crashes again and again',
  does: 'The worker is stopped with SIGSTOP; then it is killed until its watchdog starts it in safe mode; then the collector sends another policy.',
  oracle: 'A hung worker is replaced within 30 s and says why; the fifth crash within ten minutes leads to safe mode: it connects, heartbeats and spools, watches nothing and says why; another policy ends it, and activities pass again. Nothing stays missing without an explanation.',
  limitSecs: { short: 120, full: 600 },
  async run(context) {
    const { installation, dir, copy } = await buildAgentStage(context)
    const agent = await runAgent(installation, dir)
    context.defer(() => agent.stop('SIGKILL'))
    context.explain(() => agent.daemon.log().slice(-3000))
    const watchdogPid = agent.daemon.child.pid ?? 0
    await copy('first')

    const hangs = context.count(1, 4)
    const replacedMs: number[] = []
    for (let hang = 0; hang < hangs; hang += 1) {
      const worker = workerOf(watchdogPid) ?? 0
      must(worker > 0, 'there is no worker below the watchdog')
      const begun = Date.now()
      const starts = agent.daemon.log().split('"ready"').length
      killPid(worker, 'SIGSTOP')
      await until('a new worker', 60, () => (agent.daemon.log().split('"ready"').length > starts ? true : undefined))
      replacedMs.push(Date.now() - begun)
      must(!isThere(worker), 'the hung worker is still there')
      await copy(`after-hang-${hang}`)
    }
    must(Math.max(...replacedMs) <= 30_000, `a hung worker was replaced after ${Math.max(...replacedMs)} ms`)
    must((await storedActivities(installation)).some((activity) => activity.agentStarted?.restartedAfter?.includes('did not answer') === true), 'no start says that the worker before had hung')
    await agent.stop('SIGTERM')

    // The same worker under a watchdog with short pauses: five crashes by the real times take a minute.
    let log = ''
    const quick = createWatchdog({
      folder: dir, worker: ['--max-semi-space-size=2', agentMain, 'worker', '--dir', dir], environment: process.env, times: { backoffFirstMs: 50, backoffMaxMs: 200 },
      steady: () => performance.now(), manager: { tell() {} }, output: 'ignore', log: (level, fields, message) => void (log += `${level} ${message} ${JSON.stringify(fields)}\n`),
    })
    context.explain(() => log.slice(-2000))
    const ended = quick.run()
    context.defer(async () => {
      quick.stop('the end')
      quick.stop('the end')
      await ended
    })
    const runningWorker = (): number | undefined => childrenOf(process.pid).find((pid) => commandLine(pid).includes(`worker --dir ${dir}`) || commandLine(pid).startsWith('holdfast-agent worker'))
    let before: number | undefined
    for (let crash = 0; crash < 5; crash += 1) {
      const worker = await until('a worker to kill', 30, () => {
        const pid = runningWorker()
        return pid === before ? undefined : pid
      })
      adopt(worker, dir)
      before = worker
      await until('it to be on its way', 10, async () => (await access(join(dir, 'agent.running')).then(() => true, () => undefined)))
      killPid(worker, 'SIGKILL')
    }
    const begun = Date.now()
    const safe = await until('safe mode to be seen by the collector', 60, async () => {
      const state = await agent.device()
      return Date.parse(state.lastSeenAt ?? '') > begun && state.sensors.length > 0 && state.sensors.every((sensor) => sensor.tier === 'blind' && sensor.reason.includes('crashed 5 times')) ? state : undefined
    })
    must(safe.policy.runningVersion === 0, `in safe mode it says that policy version ${safe.policy.runningVersion} runs`)
    await until('the activity that tells of safe mode', 30, async () => ((await storedActivities(installation)).some((activity) => activity.agentStarted?.safeMode !== '' && activity.agentStarted != null) ? true : undefined))
    await writeFile(join(context.folder, 'cloud', 'unseen'), 'nobody watches')

    await watch(installation, { roots: [join(context.folder, 'home'), join(context.folder, 'home', 'more')], cloudFolders: [join(context.folder, 'cloud')] })
    await until('safe mode to end with the new policy', 60, async () => {
      const state = await agent.device()
      return state.policy.state === 'current' && state.policy.runningVersion > 0 && state.sensors.some((sensor) => sensor.name === 'files' && sensor.tier !== 'blind') ? true : undefined
    })
    await copy('after-safe-mode')
    quick.stop('the end')
    must((await ended) === 0, 'the watchdog did not end well')
    const state = await agent.device()
    must(state.unexplained === 0, `${state.unexplained} numbers are missing without an explanation`)
    Object.assign(context.figures, { hangs, replacedMsMax: Math.max(...replacedMs) })
  },
}
