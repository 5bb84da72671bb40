import { existsSync } from 'node:fs'

/** Whether systemd runs, which takes care of the process that watches a new version. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system')
