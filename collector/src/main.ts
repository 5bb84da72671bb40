#!/usr/bin/env node
// Composition root of the collector: the commands, and the one that runs everything.
import { buildProgram, runProgram } from './cli/program.ts'

const program = buildProgram(async (dir, flags) => {
  // Loaded only for serve: the other commands need neither broker nor listener.
  const { serve } = await import('./serve.ts')
  await serve(dir, flags)
})
await runProgram(program, process.argv)
