// What the agent sees on which system, and which test shows it. Nothing is claimed without one.
//
//   real      seen by the sensor when the thing itself happened, on the system that the tests run on (Linux)
//   recorded  seen in what stands for the thing: the output that a system documents, or a device or desktop that is played
//   none      not seen, or not shown: with the reason
//
// docs/reference/support.md is made of this table; `pnpm reference` fails where a named test is not there or cannot run, and
// scripts/test where one did not pass.
import type { ActivityKind } from '@holdfast/proto'

export interface Claim {
  readonly shown: 'real' | 'recorded'
  /** `file › describe › test`, the file from the root of the repository. */
  readonly test: string
}

export interface NoClaim {
  readonly shown: 'none'
  /** Key of the reason in the console's catalogues. */
  readonly why: 'untested' | 'linuxOnly' | 'never'
  readonly reason: string
}

export interface SupportRow {
  /** Key of its sentence in the console's catalogues. */
  readonly id: string
  readonly signal: string
  readonly kinds: readonly ActivityKind[]
  readonly linux: Claim | NoClaim
  readonly darwin: Claim | NoClaim
  readonly win32: Claim | NoClaim
}

const real = (test: string): Claim => ({ shown: 'real', test })
const recorded = (test: string): Claim => ({ shown: 'recorded', test })
const none = (why: NoClaim['why'], reason: string): NoClaim => ({ shown: 'none', why, reason })

const FILES = 'agent/src/sensors/files.test.ts'
const LINEAGE = 'agent/src/sensors/files-lineage.test.ts'
const ELSEWHERE = none('untested', 'Built for it by chokidar, with the owner of the file in the place of who did it; no test has run there.')
const LINUX_ONLY = none('linuxOnly', 'The sensor runs on Linux only; import the alerts of the product that watches this system.')
const NEVER = none('never', 'The agent does not look at it, by its making.')

export const supportMatrix: readonly SupportRow[] = [
  { id: 'copies', signal: 'Copies to removable media, with source and who did it', kinds: ['file_copied'], linux: real(`${FILES} › copies to a stick, as root › are all told, also into fresh folders, with source, medium and who did it; the stick can be taken out and put in again`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'traced', signal: 'Copies traced through renames, copies and archives', kinds: ['file_copied'], linux: real(`${LINEAGE} › the source of a copy › is found through a rename, a copy chain, a zip and a second stick`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'clouds', signal: 'Copies to cloud folders', kinds: ['file_copied'], linux: real(`${LINEAGE} › a cloud folder › gets a file by a move within the same file system, and the source is told`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'files', signal: 'Files created, changed, renamed, hidden and deleted', kinds: ['file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted'], linux: real(`${FILES} › what happens on the device, as root › is told kind by kind, and not where the policy excludes it`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'withoutRoot', signal: 'Files without root: the owner in the place of who did it', kinds: ['file_created', 'file_changed', 'file_copied'], linux: real(`${FILES} › without root › changes are told with the owner of the file, and a folder under the removable roots stands for a stick`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'archives', signal: 'Archives, with what is in them', kinds: ['archive_created'], linux: real(`${LINEAGE} › an archive › that is added to is told again, with what came in`), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'staged', signal: 'Many files gathered in one folder', kinds: ['files_staged'], linux: real(`${LINEAGE} › many files that are gathered in one folder › are told as one activity with the first of them`), darwin: ELSEWHERE, win32: ELSEWHERE },
  {
    id: 'downloads', signal: 'Where a downloaded file came from', kinds: ['file_downloaded'], linux: recorded('agent/src/enrich/origin.test.ts › what systems keep of an origin › extended attributes: the address, and the page that led to it'),
    darwin: recorded('agent/src/enrich/origin.test.ts › what systems keep of an origin › kMDItemWhereFroms, a binary property list with short, long and wide strings'), win32: recorded('agent/src/enrich/origin.test.ts › what systems keep of an origin › Zone.Identifier, as browsers on Windows write it'),
  },
  { id: 'uploads', signal: 'Files that browsers open, as possible uploads', kinds: ['file_read_by_transfer_tool'], linux: real('agent/src/sensors/processes-uploads.test.ts › a real Chromium › every uploaded file of a watched place is told once, as possible and without a destination that nobody knows'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  { id: 'transfers', signal: 'Files that transfer tools send, and where to', kinds: ['file_read_by_transfer_tool'], linux: real('agent/src/sensors/processes.test.ts › with the kernel’s connector › an upload names its file and its host, and nothing else of the command line'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  { id: 'runs', signal: 'First runs of programs that the policy names', kinds: ['application_run'], linux: real('agent/src/sensors/processes.test.ts › with the kernel’s connector › the first run of a denied program by a person, once, however short it is'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  { id: 'prints', signal: 'Print jobs', kinds: ['file_printed'], linux: real('agent/src/sensors/printing.test.ts › the spool › a real cupsd › prints a file, and the job is told with its bytes'), darwin: none('untested', 'The spool of CUPS is read as on Linux; no test has run there.'), win32: recorded('agent/src/sensors/printing.test.ts › events 307 of Windows, with a document whose name has been chosen to harm') },
  { id: 'sticks', signal: 'Sticks that are connected and taken out', kinds: ['removable_media_connected', 'removable_media_disconnected'], linux: recorded('test/e2e/removable-media.test.ts › media that come and go › a stick is present, mounted, written to, unmounted, pulled and put in again, each told at once and with its facts'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  { id: 'volumes', signal: 'Volumes that are mounted and unmounted', kinds: ['removable_media_mounted', 'removable_media_unmounted'], linux: real('test/e2e/drill.test.ts › a fire drill, as root › passes when every signal arrives, and its exit code says so'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  { id: 'telephones', signal: 'Telephones and cameras', kinds: ['removable_media_connected'], linux: recorded('test/e2e/removable-media.test.ts › media that come and go › a telephone is told by its interface, and a stick that is pulled and put in within a moment is another connection'), darwin: LINUX_ONLY, win32: LINUX_ONLY },
  {
    id: 'features', signal: 'Security features that are switched off or weakened', kinds: ['security_feature_changed'], linux: real('test/e2e/life.test.ts › the life of an activity, as root › sees the firewall go from enabled to disabled, and the package'),
    darwin: recorded('agent/src/sensors/security-features/others.test.ts › macOS › the preferences of the application firewall'), win32: recorded('agent/src/sensors/security-features/others.test.ts › Windows: Defender › Get-MpComputerStatus as JSON and as a list'),
  },
  {
    id: 'applications', signal: 'Applications and packages', kinds: ['application_installed', 'application_updated', 'application_removed'], linux: real('test/e2e/life.test.ts › the life of an activity, as root › sees the firewall go from enabled to disabled, and the package'),
    darwin: recorded('agent/src/sensors/applications/other-systems.test.ts › macOS › receipts of the installer, without those of the system'), win32: recorded('agent/src/sensors/applications/other-systems.test.ts › Windows › programs of the machine in both widths and of an account; parts and updates of Windows are none'),
  },
  { id: 'content', signal: 'Sensitive content counted, and labels that are lowered or removed', kinds: ['label_changed'], linux: real('agent/src/inspect/content.test.ts › with the real child › a document is counted, and its label is missed when it is gone'), darwin: ELSEWHERE, win32: ELSEWHERE },
  { id: 'notices', signal: 'A notice to the person on the desktop', kinds: ['warning_shown'], linux: recorded('agent/src/notice/linux.test.ts › on a person’s own session bus › a notice is shown as that person, its markup escaped where the desktop reads any'), darwin: none('untested', 'No test has run there.'), win32: none('untested', 'No test has run there.') },
  { id: 'never', signal: 'Screenshots, clipboard, keys, camera, microphone, place', kinds: [], linux: NEVER, darwin: NEVER, win32: NEVER },
]

export const isClaim = (cell: Claim | NoClaim): cell is Claim => cell.shown !== 'none'

/** Every test that something rests on, once. */
export const claimedTests = (): readonly string[] => [...new Set(supportMatrix.flatMap(({ linux, darwin, win32 }) => [linux, darwin, win32].filter(isClaim).map(({ test }) => test)))]
