// F-70 to F-73: a user without rights against an agent that runs as root. What may never happen in all four: a byte, a
// hash or a size of a file that the user cannot read in any activity, an agent that ends, or honest copies that wait.
import { execFileSync } from 'node:child_process'
import { link } from 'node:fs/promises'
import { join } from 'node:path'
import { type Fault, must } from './fault.ts'
import { buildHostileStage, factsOf } from './hostile-stage.ts'

const oracle = 'The agent lives and keeps up with an honest user’s copies; no bytes, hash or size of a file that the hostile user cannot read stands in any activity; states say why something was not read.'
const limitSecs = { short: 90, full: 300 }
const isHostile = (path: string | null | undefined): boolean => path?.includes('/mallory/') === true

export const specialFiles: Fault = {
  id: 'F-70', name: 'special-files', title: 'FIFOs, devices, sockets and links to them in a watched folder',
  does: 'A user fills a watched folder and a cloud folder with FIFOs, a socket, links to /dev/zero, terminals, /proc/kmsg and memory of other processes, and moves them over documents just written; root adds character devices.', oracle, alone: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    for (const folder of stage.folders) execFileSync('mknod', [join(folder, 'zero.txt'), 'c', '1', '5'])
    const { traps } = await stage.attack<{ traps: number }>('specials', { count: context.count(100, 2000) })
    context.figures['traps'] = traps
    const known = await stage.judge()
    for (const facts of known.flatMap(factsOf)) {
      if (!isHostile(facts.path) || !/\/(report-\d+|s|zero)\.txt$|\/link-\d+\.doc$/.test(facts.path ?? '')) continue
      must((facts.sha256 ?? '') === '' && (facts.fingerprint ?? '') === '', `${facts.path} is no regular file, and was read: ${JSON.stringify(facts)}`)
      must(!['stable', 'unstable'].includes(facts.state ?? ''), `${facts.path} is no regular file, and its state is ${facts.state}`)
    }
  },
}

export const swappedLinks: Fault = {
  id: 'F-71', name: 'swapped-links', title: 'links to files of root’s, and parents that are swapped for links',
  does: 'A user links to a file that only root may read, and in a tight loop writes dir/doc.txt and swaps dir for a link to root’s folder with a doc.txt of its own, and single files for links.', oracle, alone: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    const { swaps } = await stage.attack<{ swaps: number }>('links', { seconds: context.count(5, 120) })
    context.figures['swaps'] = swaps
    must(swaps > 100, `only ${swaps} swaps, so little was tested`)
    await stage.judge()
  },
}

export const changingFiles: Fault = {
  id: 'F-72', name: 'changing-files', title: 'hard links to a file of root’s, and files that change while they are read',
  does: 'A hard link to a file that only root may read is moved into the watched folder by the user; a large file is rewritten in place, cut and extended while the agent reads it.', oracle: `${oracle} What changed while it was read is called unstable and has no hash.`, alone: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    for (const index of stage.folders.keys()) await link(join(stage.secretFolder, 'doc.txt'), join(stage.outside, `hard-${index}`))
    const { versions } = await stage.attack<{ versions: number }>('churn', { seconds: context.count(5, 60) })
    context.figures['versions'] = versions
    const known = await stage.judge()
    let [stable, unstable] = [0, 0]
    for (const facts of known.flatMap(factsOf)) {
      if (facts.path?.endsWith('/churn.bin') !== true) continue
      if (facts.state === 'stable') stable += 1
      else if (facts.state === 'unstable') unstable += 1
      must(facts.state === 'stable' || (facts.sha256 ?? '') === '', `churn.bin is ${facts.state} and has a hash`)
    }
    context.figures['stableReads'] = stable
    context.figures['unstableReads'] = unstable
  },
}

export const tooMuch: Fault = {
  id: 'F-73', name: 'too-much', title: 'files too large, folders too full, trees too deep',
  does: 'A sparse file of 1 TiB, thousands of files in one folder, a tree of up to 4,000 folders, names of 255 bytes.', oracle, alone: true, limitSecs: { short: 120, full: 420 },
  async run(context) {
    const stage = await buildHostileStage(context)
    const { depth, files } = await stage.attack<{ depth: number; files: number }>('bulk', { count: context.count(3000, 100_000) })
    Object.assign(context.figures, { depth, files })
    const known = await stage.judge()
    for (const facts of known.flatMap(factsOf)) {
      if (facts.path?.endsWith('/sparse.bin') === true) must((facts.sha256 ?? '') === '', `a file of 1 TiB was hashed whole: ${JSON.stringify(facts)}`)
    }
    must(Number(context.figures['agentRssMb']) < 400, `the agent takes ${context.figures['agentRssMb']} MiB`)
  },
}
