// Rules that stand in the kernel alone ring when they change: nobody need ask every few seconds, and who did it is known.
import type { ActorHint } from '../../activity.ts'
import type { KernelRules, Platform, RuleChanger } from '../../platform/platform.ts'
import type { SensorContext } from '../sensor.ts'
import type { Feature } from './feature.ts'

/** That the kernel told of a change, and by whom. */
export interface Told {
  readonly actor?: ActorHint
}

export interface KernelBells {
  /** Rules whose changes are told on this device. */
  readonly heard: ReadonlySet<KernelRules>
  /** What has rung since the last call. */
  take(): ReadonlyMap<KernelRules, Told>
  /** Who is woken from now on. */
  wake(ring: () => void): void
}

/** Asked for at once: a program such as nft lives for milliseconds. */
function changerActor(platform: Platform, { pid, name, loginUid }: RuleChanger): ActorHint | undefined {
  const info = pid === undefined ? undefined : platform.process(pid)
  // A sign-in counts over root only, as in runner/actor.ts.
  const uid = info === undefined ? loginUid : info.uid === 0 ? (info.loginUid ?? 0) : info.uid
  const process = info === undefined
    ? (pid === undefined ? undefined : { pid, ...(name === undefined ? {} : { name }) })
    : { pid: info.pid, name: info.name, executable: info.executable, parentName: info.parentName, parentPid: info.ppid }
  if (uid === undefined && process === undefined) return undefined
  return { ...(uid === undefined ? {} : { uid, attribution: 'process' }), ...(process === undefined ? {} : { process }) }
}

/** Hears of the rules that the features need, until the signal of the context aborts. */
export function hearKernel({ platform, signal, log }: SensorContext, features: readonly Feature[]): KernelBells {
  const heard = new Set<KernelRules>()
  let rung = new Map<KernelRules, Told>()
  let ring = (): void => {}
  for (const rules of new Set(features.flatMap(({ kernelRules }) => kernelRules ?? []))) {
    if (platform.watchKernelRules === undefined) break
    try {
      platform.watchKernelRules(rules, (changer) => {
        const actor = changerActor(platform, changer)
        rung.set(rules, actor === undefined ? {} : { actor })
        ring()
      }, signal)
      heard.add(rules)
    } catch (error) {
      // Then they are asked for as often as without it.
      log.info({ err: error, rules }, 'the kernel does not tell of its rules here')
    }
  }
  return {
    heard,
    take() {
      const taken = rung
      rung = new Map()
      return taken
    },
    wake(next) {
      ring = next
    },
  }
}
