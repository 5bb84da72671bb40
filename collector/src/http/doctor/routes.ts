import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { lastRestore, readRecords } from '../../backup/records.ts'
import { CodedError } from '../../errors.ts'
import type { HttpDeps } from '../context.ts'
import { BackupsView, DoctorView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const doctorRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const tags = ['settings']
  app.get('/api/v1/doctor', { schema: { tags, summary: 'What is wrong with this installation, and how to mend it.', response: { 200: DoctorView } } }, async () => {
    if (deps.doctor === undefined) throw new CodedError('NOT_FOUND', { what: 'doctor' })
    return { checks: [...(await deps.doctor())] }
  })
  app.get('/api/v1/backups', { schema: { tags, summary: 'Backups and drills that are noted, the latest first.', response: { 200: BackupsView } } }, async () => {
    const [{ backups, drills, failure }, restored] = await Promise.all([readRecords(deps.store), lastRestore(deps.store)])
    return {
      backups: backups.map(({ id, file, madeAtMs, bytes, files, seconds, sealed, verified, scheduled }) => ({ id, file, madeAt: iso(madeAtMs), bytes, files, seconds, sealed, verified, scheduled })),
      drills: drills.map(({ backupId, atMs, ok, seconds, checks }) => ({ backupId, at: iso(atMs), ok, seconds, checks: [...checks] })),
      ...(failure === undefined ? {} : { failure: { at: iso(failure.atMs), problem: failure.problem } }),
      ...(restored === undefined ? {} : { restoredFrom: { backupId: restored.backupId, backupMadeAt: restored.backupMadeAt, restoredAt: restored.restoredAt } }),
    }
  })
}
