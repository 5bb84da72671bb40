// Which known files are in a container. It is listed once for each content; copies and other names of it are looked up.
//
// A member is matched by its content where the format has it there (tar), else by CRC-32 and size, which zip and 7z keep of
// the content also when it is encrypted. Files that nobody has read yet are read when they may be a member: the ones of the
// member's path below the folders of the packing process first, then listed ones of its size; within a budget.
// A member without a CRC (WinZip's AE-2) is matched by name and size.
import { basename, join } from 'node:path'
import type { ArchiveListing, Member } from './archives/contract.ts'
import type { ContainerMember, Contents, DerivedSource, InspectedFile, SourceHints, SourceMatch } from './contract.ts'
import type { DeepReader } from './deep-reader.ts'
import type { Lineage } from './lineage.ts'
import { printablePath } from './path-bytes.ts'

/** Members of a container that are kept, matched ones first. */
const MEMBERS_KEPT = 512
const READS = 256
const READ_BYTES = 256 << 20
const READ_MS = 5000
const READ_EACH_BYTES = 64 << 20
/** Files of one size that may be read for one member. */
const SAME_SIZE = 4
const IN_WORK = 64
const GIVEN_UP: ReadonlySet<string> = new Set(['skipped', 'timeout', 'failed'])

export interface Containers {
  contentsOf(file: InspectedFile, hints?: SourceHints): Promise<Contents>
  unpackedFrom(file: InspectedFile): Promise<DerivedSource | undefined>
}

export interface ContainersOptions {
  readonly lineage: Lineage
  readonly deep: Pick<DeepReader, 'list' | 'read'>
  readonly now: () => number
}

interface FoundRow {
  readonly asked: number
  readonly path: string
  readonly size: number
  readonly fingerprint: string
}
const toSource = ({ path, size, fingerprint }: FoundRow): SourceMatch => ({ path, sizeBytes: size, fingerprint })

const BEST = "ORDER BY gone > 0, name <> j.value ->> 'name', seen DESC, id DESC LIMIT 1"
const found = (condition: string): string => `
  SELECT j.key AS asked, f.path, f.size, lower(hex(f.fingerprint)) AS fingerprint FROM json_each(?) AS j CROSS JOIN file AS f
  ON f.id = (SELECT id FROM file WHERE ${condition} AND path <> j.value ->> 'at' ${BEST})
`
const BY_CONTENT = found("fingerprint = unhex(j.value ->> 'fingerprint')")
const BY_CRC = found("crc = j.value ->> 'crc' AND size = j.value ->> 'size'")
const BY_NAME = found("size = j.value ->> 'size' AND name = j.value ->> 'name' AND gone = 0 AND fingerprint IS NOT NULL")
const UNREAD = `
  SELECT path FROM file WHERE size = ?1 AND gone = 0 AND crc IS NULL AND path <> ?2 ORDER BY name <> ?3, mtime DESC LIMIT ${SAME_SIZE}
`

interface Question {
  readonly member: Member
  readonly name: string
  source?: SourceMatch
}

export function createContainers({ lineage, deep, now }: ContainersOptions): Containers {
  const inWork = new Map<string, Promise<Contents>>()
  /** False until a container with members is known: most devices ask for nothing. */
  let any: boolean | undefined

  const look = async (questions: readonly Question[], at: string): Promise<void> => {
    const ask = async (sql: string, which: (question: Question) => boolean): Promise<void> => {
      const asked = questions.filter((question) => question.source === undefined && question.member.sizeBytes > 0 && which(question))
      if (asked.length === 0) return
      const text = JSON.stringify(asked.map(({ member, name }) => ({ fingerprint: member.fingerprint, crc: member.crc32, size: member.sizeBytes, name, at })))
      for (const row of await lineage.told((database) => database.all<FoundRow>(sql, text), [])) {
        const question = asked[row.asked]
        if (question !== undefined) question.source = toSource(row)
      }
    }
    await ask(BY_CONTENT, ({ member }) => member.fingerprint !== undefined)
    await ask(BY_CRC, ({ member }) => member.crc32 !== undefined && member.fingerprint === undefined)
    await ask(BY_NAME, ({ member }) => member.crc32 === undefined && member.fingerprint === undefined)
  }

  /** Reads files that may be members, so that the index knows their CRC-32. */
  const readCandidates = async (questions: readonly Question[], at: string, { uid, folders = [] }: SourceHints): Promise<void> => {
    const until = performance.now() + READ_MS
    const tried = new Set<string>([at])
    let reads = READS
    let bytes = READ_BYTES
    const read = async (path: string, { member }: Question): Promise<boolean> => {
      if (tried.has(path) || reads <= 0 || bytes < member.sizeBytes || performance.now() > until) return false
      tried.add(path)
      reads -= 1
      const facts = await deep.read(path, READ_EACH_BYTES, uid)
      if (facts.fingerprint === '') return false
      bytes -= facts.sizeBytes
      lineage.learn({ path, sizeBytes: facts.sizeBytes, mtimeMs: facts.mtimeMs, fingerprint: facts.fingerprint, sha256: facts.sha256, state: facts.state, ...(facts.crc32 === undefined ? {} : { crc32: facts.crc32 }) })
      return facts.sizeBytes === member.sizeBytes && facts.crc32 === member.crc32
    }
    for (const question of questions) {
      const { member } = question
      if (question.source !== undefined || member.sizeBytes === 0 || member.crc32 === undefined || member.name.includes('!/')) continue
      if (reads <= 0 || performance.now() > until) return
      let known = false
      for (const folder of folders) if ((known ||= await read(join(folder, member.name), question))) break
      if (known) continue
      const rows = await lineage.told((database) => database.all<{ path: string }>(UNREAD, member.sizeBytes, at, question.name), [])
      for (const { path } of rows) if ((known ||= await read(path, question))) break
    }
  }

  const match = async (listing: ArchiveListing, at: string, hints: SourceHints): Promise<readonly ContainerMember[]> => {
    const questions: Question[] = listing.members.map((member) => ({ member, name: basename(member.name) }))
    await look(questions, at)
    if (hints.knownOnly !== true && questions.some(({ source }) => source === undefined)) {
      await readCandidates(questions, at, hints)
      await look(questions, at)
    }
    return questions.map(({ member: { name, sizeBytes }, source }) => ({ name, sizeBytes, ...(source === undefined ? {} : { source }) }))
      .toSorted((a, b) => Number(a.source === undefined) - Number(b.source === undefined))
  }

  const remember = (fingerprint: string, path: string, contents: Contents, crcs: ReadonlyMap<string, number>): Promise<unknown> =>
    lineage.told(async (database) => {
      await database.run('DELETE FROM container WHERE fingerprint = unhex(?)', fingerprint)
      await database.run('INSERT INTO container (fingerprint, path, state, encrypted, members, matched, seen) VALUES (unhex(?), ?, ?, ?, ?, ?, ?)', fingerprint, path, contents.state, Number(contents.encrypted), contents.memberCount, contents.matchedCount, now())
      const rows = contents.members.slice(0, MEMBERS_KEPT).map(({ name, sizeBytes, source }) => [name, sizeBytes, crcs.get(name) ?? null, source?.path ?? '', source?.fingerprint ?? null])
      await database.run(
        `INSERT INTO member (container, n, name, size, crc, path, fingerprint)
         SELECT (SELECT id FROM container WHERE fingerprint = unhex(?1)), key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, unhex(value ->> 4) FROM json_each(?2)`,
        fingerprint, JSON.stringify(rows),
      )
      any = true
    }, undefined)

  const known = async (fingerprint: string): Promise<Contents | undefined> => {
    interface Row { readonly id: number; readonly state: string; readonly encrypted: number; readonly members: number; readonly matched: number }
    const [row] = await lineage.told((database) => database.all<Row>('SELECT id, state, encrypted, members, matched FROM container WHERE fingerprint = unhex(?)', fingerprint), [])
    if (row === undefined) return undefined
    interface MemberRow { readonly name: string; readonly size: number; readonly path: string; readonly fingerprint: string }
    const members = await lineage.told((database) => database.all<MemberRow>('SELECT name, size, path, lower(hex(fingerprint)) AS fingerprint FROM member WHERE container = ? ORDER BY n', row.id), [])
    return {
      state: row.state, encrypted: row.encrypted !== 0, memberCount: row.members, matchedCount: row.matched,
      members: members.map(({ name, size, path, fingerprint: content }) => ({ name, sizeBytes: size, ...(path === '' ? {} : { source: { path, sizeBytes: size, fingerprint: content } }) })),
    }
  }

  const list = async (file: InspectedFile, hints: SourceHints): Promise<Contents> => {
    const before = file.fingerprint === '' ? undefined : await known(file.fingerprint)
    if (before !== undefined) return before
    const listing = await deep.list(file.path, hints.uid)
    const at = printablePath(file.path)
    const members = await match(listing, at, hints)
    const contents: Contents = {
      state: listing.state, encrypted: listing.encrypted || file.encrypted, memberCount: listing.count, matchedCount: members.filter(({ source }) => source !== undefined).length, members,
    }
    if (file.fingerprint !== '' && !GIVEN_UP.has(listing.state)) await remember(file.fingerprint, at, contents, new Map(listing.members.flatMap(({ name, crc32 }) => (crc32 === undefined ? [] : [[name, crc32] as const]))))
    return contents
  }

  return {
    contentsOf(file, hints = {}) {
      const key = file.fingerprint === '' ? file.path : file.fingerprint
      const running = inWork.get(key)
      if (running !== undefined) return running
      if (inWork.size >= IN_WORK) return Promise.resolve({ state: 'skipped', encrypted: file.encrypted, memberCount: 0, matchedCount: 0, members: [] })
      const work = list(file, hints).finally(() => inWork.delete(key))
      inWork.set(key, work)
      return work
    },
    async unpackedFrom({ path, sizeBytes, crc32 }) {
      if (crc32 === undefined || sizeBytes === 0 || any === false) return undefined
      if (any === undefined) {
        const [row] = await lineage.told((database) => database.all<{ one: number }>('SELECT 1 AS one FROM member LIMIT 1'), [])
        any = row !== undefined
        if (!any) return undefined
      }
      interface Row { readonly container: string; readonly path: string; readonly fingerprint: string; readonly own: string }
      const [row] = await lineage.told((database) => database.all<Row>(
        `SELECT coalesce((SELECT f.path FROM file AS f WHERE f.fingerprint = c.fingerprint ORDER BY f.gone > 0, f.seen DESC LIMIT 1), c.path) AS container, m.path, lower(hex(m.fingerprint)) AS fingerprint, lower(hex(c.fingerprint)) AS own
         FROM member AS m JOIN container AS c ON c.id = m.container WHERE m.crc = ? AND m.size = ? ORDER BY m.path = '', m.name <> ?, c.seen DESC LIMIT 1`,
        crc32, sizeBytes, basename(printablePath(path)),
      ), [])
      if (row === undefined || row.path === printablePath(path)) return undefined
      return row.path === '' ? { path: row.container, sizeBytes, fingerprint: row.own, container: row.container } : { path: row.path, sizeBytes, fingerprint: row.fingerprint, container: row.container }
    },
  }
}
