/**
 * Format of a sealed copy of a file, written by the agent and opened by the collector alone.
 *
 *   "HFSEAL1\n"                                  8 bytes
 *   u32  length of the head (at most 4096)
 *   head  an encoded SealHead: whose it is, for which key, and the public half of a key made for this copy
 *   then chunks, each   u32 length  ciphertext  tag 16
 *
 *   key    = HKDF-SHA-256( X25519(ephemeral, collector), salt = ephemeral public || collector public,
 *                          info = "holdfast sealed evidence 1" || SHA-256(head) )
 *   chunk n = AES-256-GCM( key, nonce(n, last), plain, associated data = SHA-256(head) )
 *
 * All content chunks hold SEALED_CHUNK_BYTES but the last of them. The chunk after them is marked `last` in its nonce and
 * holds an encoded SealEnd: size and SHA-256 of the content. A key is used for one copy, so a counter is a nonce.
 *
 * So it is found when a chunk is altered (tag), moved, left out or doubled (counter), taken from another copy (key and head),
 * when the end is cut off (no last chunk) or something follows it, and when the head says another owner (key).
 * Not hidden: how large a file is, and whose device it came from.
 */

export const SEALED_MAGIC = new TextEncoder().encode('HFSEAL1\n')
export const SEALED_INFO = new TextEncoder().encode('holdfast sealed evidence 1')
export const SEALED_CHUNK_BYTES = 65_536
export const SEALED_TAG_BYTES = 16
export const SEALED_HEAD_LIMIT = 4096

/** Nonce of chunk `counter` (0, 1, 2 …), 12 bytes: 7 zeros, the mark of the last one, the counter. */
export function sealedNonce(counter: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  nonce[7] = last ? 1 : 0
  new DataView(nonce.buffer).setUint32(8, counter)
  return nonce
}

/** u32, big endian. */
export function sealedLength(bytes: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, bytes)
  return out
}
