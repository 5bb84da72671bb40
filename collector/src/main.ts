#!/usr/bin/env node
// Composition root of the collector: the commands, and the one that runs everything.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Stripping types is half of a command's time: what was compiled once is kept beside the code. Where that cannot be written, everything works as without.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))
const { buildProgram, runProgram } = await import('./cli/program.ts')

const program = buildProgram(async (dir, flags) => {
  // Loaded only for serve: the other commands need neither broker nor listener.
  const { serve } = await import('./serve.ts')
  await serve(dir, flags)
})
await runProgram(program, process.argv)
