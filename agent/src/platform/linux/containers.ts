// In which container or sandbox a process runs, and what it is called there.
//
//   docker:4f3c…  podman:…  kubernetes:…  crio:…  nspawn:NAME  lxc:NAME      id (12 digits) or name, by the path of its cgroup
//   flatpak:org.gnome.Maps  snap:firefox                                     name of the application
//   bubblewrap  firejail  namespace                                          a mount namespace of its own and nothing more known
//
// Whoever shares the mount namespace of this agent is in none, which one readlink tells; a snap in classic confinement is not
// confined. Sources: systemd's unit names (machine.slice, app-flatpak-…, snap.…), the cgroup drivers of docker, podman, containerd, CRI-O.
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readProcText } from './read-text.ts'

const ID = '([0-9a-f]{12})[0-9a-f]{52}'
const forms: readonly (readonly [RegExp, string])[] = [
  // The pods of a cluster first: their containers are made by one of the others.
  [new RegExp(`kubepods[^\\n]*(?:cri-containerd-|crio-|docker-|/)${ID}(?:\\.scope)?(?:/|$)`, 'm'), 'kubernetes'],
  [new RegExp(`(?:/docker/|/docker-|docker\\.slice[^\\n]*docker-)${ID}`), 'docker'],
  [new RegExp(`libpod-${ID}`), 'podman'],
  [new RegExp(`crio-${ID}`), 'crio'],
  [new RegExp(`(?:cri-containerd|nerdctl)-${ID}`), 'containerd'],
  [/systemd-nspawn@([^/\n]+)\.service/, 'nspawn'],
  [/\/machine-([^/\n]+)\.scope/, 'nspawn'],
  [/\/lxc\.payload\.([^/\n]+)/, 'lxc'],
  [/\/lxc\/([^/\n]+)/, 'lxc'],
  [/\/app-flatpak-(.+?)-\d+\.scope/, 'flatpak'],
  [/\/snap\.([^./\n]+)\.[^/\n]*\.(?:scope|service)/, 'snap'],
]

/** systemd writes what a unit's name may not hold as \\xHH. */
const unescapeUnit = (name: string): string => name.replaceAll(/\\x([0-9a-f]{2})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** @param text of /proc/PID/cgroup, version 1 or 2 @returns `runtime:name`; undefined when no known one made it */
export function parseCgroup(text: string): string | undefined {
  for (const [form, runtime] of forms) {
    const name = form.exec(text)?.[1]
    if (name !== undefined) return `${runtime}:${unescapeUnit(name)}`
  }
  return undefined
}

const SANDBOXES: ReadonlyMap<string, string> = new Map([['bwrap', 'bubblewrap'], ['firejail', 'firejail'], ['flatpak', 'flatpak']])
const MAX_ANCESTORS = 8

const namespaceOf = (root: string, pid: number | 'self'): string | undefined => {
  try {
    return readlinkSync(join(root, 'proc', String(pid), 'ns/mnt'))
  } catch {
    return undefined
  }
}

let own: { readonly root: string; readonly namespace: string | undefined } | undefined
/** By mount namespace, which whoever runs in one container shares: a container that builds something starts hundreds of programs. */
const answers = new Map<string, { readonly name: string | undefined; readonly until: number }>()
/** The kernel gives the number of a namespace that has ended to another. */
const ANSWER_MS = 5000
const MAX_ANSWERS = 128

/**
 * @param parentOf name and parent of a process
 * @returns undefined for a process of the host, and for one that is gone
 */
export function containerOf(root: string, pid: number, parentOf: (pid: number) => { readonly name: string; readonly ppid: number } | undefined): string | undefined {
  if (own?.root !== root) {
    own = { root, namespace: namespaceOf(root, 'self') }
    answers.clear()
  }
  const namespace = namespaceOf(root, pid)
  if (namespace === undefined || namespace === own.namespace) return undefined
  const at = performance.now()
  const answer = answers.get(namespace)
  if (answer !== undefined && answer.until > at) return answer.name
  const name = nameOf(readProcText(join(root, 'proc', String(pid), 'cgroup')) ?? '', pid, parentOf)
  // Gone meanwhile: who asks next may get a better answer.
  if (name === 'namespace' && namespaceOf(root, pid) !== namespace) return name
  if (answers.size >= MAX_ANSWERS) answers.clear()
  answers.set(namespace, { name, until: at + ANSWER_MS })
  return name
}

function nameOf(cgroup: string, pid: number, parentOf: (pid: number) => { readonly name: string; readonly ppid: number } | undefined): string | undefined {
  const known = parseCgroup(cgroup)
  if (known !== undefined) return known
  let found = parentOf(pid)
  for (let step = 0; step < MAX_ANCESTORS && found !== undefined; step += 1) {
    const sandbox = SANDBOXES.get(found.name)
    if (sandbox !== undefined) return sandbox
    found = found.ppid > 0 ? parentOf(found.ppid) : undefined
  }
  // A service of systemd with folders of its own is no container.
  return /\/system\.slice\/|:\/init\.scope/.test(cgroup) ? undefined : 'namespace'
}
