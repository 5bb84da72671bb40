export const SYSTEMS = ['linux', 'macos', 'windows'] as const
export type System = (typeof SYSTEMS)[number]

/** The one line for a system. The collector writes it for a POSIX shell; PowerShell knows no `sudo` and breaks lines with a backtick. */
export const installCommandFor = (system: System, installCommand: string): string => {
  if (system !== 'windows') return installCommand
  return installCommand.replaceAll(/(^|\s)sudo\s+/g, '$1').replaceAll(/\\\n/g, '`\n').replaceAll(/(^|\s)&&\s/g, '; ')
}
