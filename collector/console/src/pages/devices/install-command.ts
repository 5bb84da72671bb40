import type { EnrolmentCodeCreated } from '@holdfast/collector/contract'

export const PACKAGES = ['deb', 'rpm', 'tar', 'pkg', 'msi', 'installed'] as const
export type Package = (typeof PACKAGES)[number]

/**
 * What to run on a device, by the package that it gets the agent from. The code, which carries the pin of the certificate
 * authority, reaches the agent through its environment: it stands in no list of processes.
 */
export function commandFor(kind: Package, { collectorUrl, code }: Pick<EnrolmentCodeCreated, 'collectorUrl' | 'code'>): string {
  const given = `HOLDFAST_COLLECTOR=${collectorUrl} HOLDFAST_ENROLMENT_CODE=${code}`
  const enrol = `HOLDFAST_ENROLMENT_CODE=${code} holdfast-agent enrol --collector ${collectorUrl}`
  switch (kind) {
    case 'deb':
      return `${given} apt-get install -y ./holdfast-agent_*.deb`
    case 'rpm':
      return `${given} rpm -i ./holdfast-agent-*.rpm`
    case 'tar':
      return `tar -xzf holdfast-agent-*.tar.gz && ${given} ./holdfast-agent-*/install`
    case 'pkg':
      return `sudo installer -pkg ./holdfast-agent-*.pkg -target /\n${enrol.replace('holdfast-agent', 'sudo --preserve-env=HOLDFAST_ENROLMENT_CODE holdfast-agent')}`
    case 'msi':
      return `Start-Process msiexec -Wait -ArgumentList '/i', (Get-Item holdfast-agent-*.msi).FullName, '/qn'\n$env:HOLDFAST_ENROLMENT_CODE = '${code}'\nholdfast-agent enrol --collector ${collectorUrl}`
    default:
      return enrol
  }
}

/** Looks at the way to the collector, also before anything is enrolled. */
export const doctorCommand = ({ collectorUrl }: Pick<EnrolmentCodeCreated, 'collectorUrl'>): string => `holdfast-agent doctor --collector ${collectorUrl}`
