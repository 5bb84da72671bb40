// Makes what was written durable: a file that was made or renamed in a folder is found after a loss of power.
import { open } from 'node:fs/promises'

/** Of a folder its entries, of a file its content. @throws what the file system says */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
