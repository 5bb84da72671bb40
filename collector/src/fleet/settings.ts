// What a device group watches until somebody changes it.
import type { EdgeSettings, EvidenceCapture, GroupWatchSettings, InspectionSettings, TransferSettings } from './contract.ts'

/**
 * Folders that programs write to all day and that hold nothing which a person made: each row with why it is left out.
 * Globs; `**` crosses folders. A file that leaves such a folder for a stick is still seen on the stick.
 */
export const defaultExcludes: readonly { readonly glob: string; readonly why: string }[] = [
  { glob: '**/.cache/**', why: 'caches of desktop programs' },
  { glob: '**/Library/Caches/**', why: 'caches on macOS' },
  { glob: '**/AppData/Local/**', why: 'caches and program state on Windows' },
  { glob: '**/.local/share/Trash/**', why: 'the bin; the deletion itself is seen' },
  { glob: '**/.Trash/**', why: 'the bin on macOS' },
  { glob: '**/node_modules/**', why: 'installed dependencies' },
  { glob: '**/.git/**', why: 'object files of a repository' },
  { glob: '**/__pycache__/**', why: 'compiled Python' },
  { glob: '**/.venv/**', why: 'installed dependencies' },
  { glob: '**/.gradle/**', why: 'build caches' },
  { glob: '**/.m2/**', why: 'build caches' },
  { glob: '**/.cargo/**', why: 'build caches' },
  { glob: '**/.rustup/**', why: 'build caches' },
  { glob: '**/.npm/**', why: 'build caches' },
  { glob: '**/.mozilla/**', why: 'browser state; downloads are elsewhere' },
  { glob: '**/.config/google-chrome/**', why: 'browser state' },
  { glob: '**/.config/chromium/**', why: 'browser state' },
  { glob: '**/.config/BraveSoftware/**', why: 'browser state' },
  { glob: '**/.config/microsoft-edge/**', why: 'browser state' },
  { glob: '**/snap/*/common/.cache/**', why: 'caches of packaged programs' },
  { glob: '**/.var/app/*/cache/**', why: 'caches of packaged programs' },
  { glob: '**/.local/share/gvfs-metadata/**', why: 'desktop metadata' },
  { glob: '**/.local/share/containers/**', why: 'layers of containers' },
  { glob: '**/.local/share/Steam/**', why: 'games' },
  { glob: '**/*.swp', why: 'an editor that is at work' },
  { glob: '**/.~lock.*', why: 'an office program that is at work' },
]

const MIB = 1024 * 1024

/** Off, and narrow where somebody switches it on: a stick or a cloud folder, what a person could read in a minute, little a day. */
export const defaultCapture: EvidenceCapture = {
  enabled: false, destinations: ['removable'], fileTypes: [], maxFileBytes: 20 * MIB, maxDayBytes: 200 * MIB, maxFilesPerMinute: 30, onlyWithFindings: false,
  privatePaths: ['~/Private/**', '**/private/**', '**/privat/**', '**/.ssh/**', '**/.gnupg/**', '**/*.kdbx'], folderMaxBytes: 512 * MIB,
}

/** On: without it nothing counts as sensitive. Only counts and names leave a device. */
export const defaultInspection: InspectionSettings = {
  enabled: true, types: [], minConfidence: 75, maxFileBytes: 32 * MIB, maxFilesPerMinute: 300, customTypes: [], dictionaries: [], exactData: [], labels: [],
}

/** On: what it costs is told in agent/src/sensors/processes/read-marks.ts, and only while such a program runs. */
export const defaultTransfers: TransferSettings = { allowedPrograms: [], knownDestinations: [], uploads: true }

/** Nobody is warned before somebody has written down of what. */
export const defaultEdge: EdgeSettings = { languages: ['en'], rules: [] }

export const defaultSettings: GroupWatchSettings = {
  roots: ['~'], excludes: defaultExcludes.map((row) => row.glob), removableRoots: ['/media', '/run/media', '/mnt'], networkShareRoots: [], cloudSyncRoots: [],
  hashLimitBytes: 50 * MIB, pollIntervalSecs: 10, heartbeatIntervalSecs: 30, spoolMaxBytes: 2048 * MIB, silentAfterHeartbeats: 3, quarantineRevoked: false, evidence: defaultCapture, inspection: defaultInspection, transfers: defaultTransfers, edge: defaultEdge,
}

/** Settings as stored; a key that an older release did not know takes its default. */
export const readSettings = (stored: string | undefined): GroupWatchSettings => (stored === undefined ? defaultSettings : { ...defaultSettings, ...(JSON.parse(stored) as Partial<GroupWatchSettings>) })
