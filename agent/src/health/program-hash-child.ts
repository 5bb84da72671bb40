// Hashes the program and prints the hash: in a process of its own, which gives back what it took. usage: program-hash-child.ts ROOT
import { constants, setPriority } from 'node:os'
import { hashProgram } from './program-hash.ts'

try {
  setPriority(constants.priority.PRIORITY_LOW)
} catch {
  // Then it is as important as everything else.
}
// The rests between two pieces do not keep a process alive.
setInterval(() => {}, 60_000)
process.stdout.write(await hashProgram(process.argv[2] ?? ''), () => process.exit(0))
