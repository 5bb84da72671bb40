import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const SYSTEM_FOLDER = '/var/lib/holdfast-agent'
const SYSTEM_DISCLOSURE = '/run/holdfast-agent/what-is-collected.json'

/** Paths are meant from where the person stands, also when a script runner changed the folder. */
export const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path)

/** HOLDFAST_AGENT_DIR, else the system's folder for root and one in the home of everybody else. */
export const defaultFolder = (): string => process.env['HOLDFAST_AGENT_DIR'] ?? (process.geteuid?.() === 0 ? SYSTEM_FOLDER : join(homedir(), '.local/share/holdfast-agent'))

/** Where the agent of a folder tells everybody what it collects; undefined when it does not. */
export const disclosureFile = (folder: string, configured: string): string | undefined => (configured !== '' ? configured : folder === SYSTEM_FOLDER ? SYSTEM_DISCLOSURE : undefined)

/** Where a person without rights to the agent's folder finds the answer. */
export const systemDisclosureFile = SYSTEM_DISCLOSURE

export const spoolFolder = (folder: string): string => join(folder, 'spool')
export const lineageFolder = (folder: string): string => join(folder, 'lineage')
export const evidenceFolder = (folder: string): string => join(folder, 'evidence')
export const contentFolder = (folder: string): string => join(folder, 'content')
export const drillFolder = (folder: string): string => join(folder, 'drill')
