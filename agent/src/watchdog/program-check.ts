// Looks once at who could change this program, before the process begins anew with its code compiled (platform/compiled-code.ts):
// what the look costs, 7 MB, is then gone. The finding is handed on in the environment, under this process's own id.
const CHECKED = 'HOLDFAST_AGENT_CHECKED'

async function look(root: string): Promise<string> {
  try {
    const { findUnsafeProgram } = await import('./program-safety.ts')
    const found = findUnsafeProgram(root)
    return found === undefined ? '' : `${found.path}: ${found.problem}`
  } catch (error) {
    return `it cannot be looked at (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`
  }
}

/** @param root folder of the agent's package. @returns what somebody else could change, in words; empty when all is well */
export async function programProblem(root: string): Promise<string> {
  const [pid = '', ...words] = (process.env[CHECKED] ?? '').split(' ')
  if (pid === String(process.pid)) return words.join(' ')
  const problem = await look(root)
  process.env[CHECKED] = `${process.pid} ${problem}`
  return problem
}

/** What is handed on is for this process alone. */
export const forgetCheck = (environment: NodeJS.ProcessEnv): void => void delete environment[CHECKED]
