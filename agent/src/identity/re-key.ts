// Another key for this device, because somebody else has the present one.
//
//   order to make one  ->  a key is made, and kept in memory  ->  offered with the hardware's id and a proof
//   a credential for it comes  ->  tried on a connection of its own  ->  written to the disk  ->  `taken` is said  ->  gone over to
//
// Until it is written the present key stays in force; a process that ends in between has lost nothing, and is asked again. A copy
// of this device on other hardware may offer a key, too: the collector takes the one of the hardware that was enrolled.
import { createUser, fromSeed } from 'nkeys.js'
import type { Identity } from './contract.ts'

/** What the device signs to prove that it holds the key that it offers. */
export const reKeyProofText = (order: string, deviceId: string, publicKey: string, hardwareId: string): string => ['holdfast-re-key', order, deviceId, publicKey, hardwareId].join('\n')

export interface Offer {
  readonly publicKey: string
  readonly hardwareId: string
  /** Base64url. */
  readonly proof: string
}

export type OfferedKey = Pick<Identity, 'seed' | 'publicKey'>

export interface ReKeying {
  /** Makes a key for this order; one that was offered before is forgotten. @param onTaken called once when it is in force */
  offer(order: string, onTaken: () => void): Promise<Offer>
  /** The key that was offered, when this is its public half. */
  offered(publicKey: string): OfferedKey | undefined
  /** It is on the disk. */
  taken(): void
}

export function createReKeying(identity: Pick<Identity, 'deviceId'>, hardwareId: () => Promise<string>): ReKeying {
  let present: { readonly key: OfferedKey; readonly onTaken: () => void } | undefined
  return {
    async offer(order, onTaken) {
      const hardware = await hardwareId()
      const seed = new TextDecoder().decode(createUser().getSeed())
      const key = fromSeed(new TextEncoder().encode(seed))
      const publicKey = key.getPublicKey()
      present = { key: { seed, publicKey }, onTaken }
      const proof = Buffer.from(key.sign(new TextEncoder().encode(reKeyProofText(order, identity.deviceId, publicKey, hardware)))).toString('base64url')
      return { publicKey, hardwareId: hardware, proof }
    },
    offered: (publicKey) => (present?.key.publicKey === publicKey ? present.key : undefined),
    taken() {
      present?.onTaken()
      present = undefined
    },
  }
}
