// Where a log begins whose older entries retention took away.
//
// A checkpoint says: "entry `seq` had this hash when it was taken away, with everything before it". The installation's
// key signs it, so that whoever can only write the database cannot cut a log by making one up. The deed itself is
// entry `audit.pruned` of the same log.
//
//   text that is signed = "holdfast audit checkpoint\n" seq "\n" hash "\n" at
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { AuditCheckpoint } from '../store/privacy.ts'

const textOf = ({ seq, hash, atMs }: Omit<AuditCheckpoint, 'signature'>): Buffer => Buffer.from(`holdfast audit checkpoint\n${seq}\n${hash}\n${atMs}`)

/** @param key Ed25519, private */
export const signCheckpoint = (bare: Omit<AuditCheckpoint, 'signature'>, key: KeyObject): AuditCheckpoint => ({ ...bare, signature: sign(null, textOf(bare), key).toString('base64url') })

/** @param key of the installation, public or private */
export const checkpointHolds = (checkpoint: AuditCheckpoint, key: KeyObject): boolean => verify(null, textOf(checkpoint), key.type === 'private' ? createPublicKey(key) : key, Buffer.from(checkpoint.signature, 'base64url'))
