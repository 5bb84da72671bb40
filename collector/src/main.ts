#!/usr/bin/env -S node --max-semi-space-size=4
// Composition root of the collector: the commands, and the one that runs everything.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Stripping types is half of a command's time: what was compiled once is kept beside the code. Where that cannot be written, everything works as without.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))
// Whoever reads our output may have seen enough (`| head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
const { buildProgram, runProgram } = await import('./cli/program.ts')

const program = buildProgram(async (dir, flags) => {
  // Loaded only for serve: the other commands need neither broker nor listener.
  const { serve } = await import('./serve.ts')
  await serve(dir, flags)
})
await runProgram(program, process.argv)
