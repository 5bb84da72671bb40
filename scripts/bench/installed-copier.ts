// A person's process: copies files and says when each was closed.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { serveParent } from './processes.ts'

serveParent(async (message) => {
  const content = readFileSync(String(message['from']))
  const handle = openSync(String(message['to']), 'w')
  writeSync(handle, content)
  const closedAtMs = performance.timeOrigin + performance.now()
  closeSync(handle)
  return { closedAtMs }
})
