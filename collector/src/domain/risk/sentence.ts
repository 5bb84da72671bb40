// One sentence about an activity, with the names that it holds: whoever shows it masks it.
import { activityKinds } from '@holdfast/proto'
import type { Activity, FileFacts } from './activity.ts'
import { bytesText } from './words.ts'

const base = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
const size = (file: FileFacts | undefined): string => (file === undefined || file.sizeBytes === 0 ? '' : ` (${bytesText(file.sizeBytes)})`)
const medium = ({ media }: Activity): string => [media?.vendor, media?.model, media?.volumeLabel].filter((part) => part !== undefined && part !== '').join(' ') || media?.mountPoint || 'a removable volume'

const places: Readonly<Record<string, string>> = { removable: 'removable media', network_share: 'a network share', cloud_sync: 'a cloud folder', remote_session: 'a remote session', local: 'another folder', unknown: 'another place' }

type Fact = string | number | boolean | undefined
/** A fact that says something: an empty text or a zero stands for "not known" on the wire. */
const said = (fact: Fact): string | undefined => (fact === undefined || fact === '' || fact === 0 ? undefined : String(fact))
const from = (fact: Fact): string => (said(fact) === undefined ? '' : ` from ${said(fact)}`)
const to = (fact: Fact): string => (said(fact) === undefined ? '' : `, for ${said(fact)}`)
const pages = (fact: Fact): string => (said(fact) === undefined ? '' : ` (${fact} ${fact === 1 ? 'page' : 'pages'})`)

/** What became of the content on its way, and what is in it. */
function wayOf({ source, archive, detail }: Activity): string {
  const origin = said(detail?.['origin'])
  const known = archive?.members?.length ?? 0
  return [
    origin === undefined || origin === source?.path ? '' : `, first known as ${base(origin)}`,
    said(detail?.['similarity']) === undefined ? '' : `, changed since (${said(detail?.['similarity'])} % the same)`,
    known === 0 ? '' : `, with ${known} known ${known === 1 ? 'file' : 'files'} in it`,
  ].join('')
}

/** What was written while a medium was there; where only files are known, they. */
function writtenTo({ detail }: Activity): string {
  const [bytes, files] = [Number(detail?.['writtenBytes'] ?? 0), Number(detail?.['writtenFiles'] ?? 0)]
  if (bytes === 0 && files === 0) return ''
  const amount = [...(bytes === 0 ? [] : [bytesText(bytes)]), ...(files === 0 ? [] : [`${files} ${files === 1 ? 'file' : 'files'}`])].join(' in ')
  return `, after ${detail?.['writtenAtLeast'] === true ? 'at least ' : ''}${amount} had been written to it`
}

/** One sentence a kind; the rest of the view has the facts. */
const sentences: Partial<Record<Activity['kind'], (activity: Activity) => string>> = {
  file_copied: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was copied to ${places[activity.file?.location ?? 'unknown'] ?? 'another place'}${activity.source === undefined ? '' : ` from ${activity.source.path}`}${wayOf(activity)}`,
  file_created: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was created${activity.process?.programClass === 'screenshot' ? ' by a program that takes screenshots' : ''}`,
  file_changed: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was changed`,
  file_renamed: (activity) => `${base(activity.oldPath ?? '')} was renamed to ${base(activity.file?.path ?? '')}`,
  file_hidden: (activity) => `${base(activity.oldPath ?? '')} was hidden as ${base(activity.file?.path ?? '')}`,
  file_deleted: (activity) => `${base(activity.file?.path ?? '')} was deleted`,
  file_downloaded: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was downloaded${from(activity.detail?.['originDomain'])}`,
  file_read_by_transfer_tool: (activity) => `${base(activity.file?.path ?? '')}${size(activity.file)} was read by ${said(activity.detail?.['tool']) ?? 'a program that can send files'}${to(activity.detail?.['destination'])}${activity.detail?.['possible'] === true ? ', which may have sent it' : ''}`,
  warning_shown: ({ detail }) => {
    const rule = said(detail?.['rule']) ?? 'a rule'
    const reason = said(detail?.['reason'])
    if (detail?.['outcome'] === 'answered') return detail?.['answer'] === 'business_reason' ? `The person answered a warning by ${rule}: it is for work${reason === undefined ? '' : ` (“${reason}”)`}` : detail?.['answer'] === 'dismissed' ? `The person closed a warning by ${rule}` : `The person acknowledged a warning by ${rule}`
    if (detail?.['outcome'] === 'no_session') return `A warning by ${rule} could not be shown: the person had no desktop session`
    return detail?.['outcome'] === 'shown' ? `The person was warned by ${rule}` : `A warning by ${rule} could not be shown`
  },
  exception_requested: (activity) => `The person asked for permission to use ${medium(activity).replace(/^A/, 'a')}${said(activity.detail?.['reason']) === undefined ? '' : ` (“${said(activity.detail?.['reason'])}”)`}`,
  file_printed: ({ detail }) => `${said(detail?.['document']) ?? 'A document'} was printed${pages(detail?.['pages'])}${said(detail?.['printer']) === undefined ? '' : ` on ${said(detail?.['printer'])}`}`,
  files_staged: ({ detail }) => `${said(detail?.['count']) ?? 'Many'} files were gathered in ${said(detail?.['folder']) ?? 'one folder'}`,
  label_changed: (activity) => `The label of ${base(activity.file?.path ?? '')} went from ${said(activity.detail?.['oldLabel']) ?? 'none'} to ${said(activity.detail?.['newLabel']) ?? 'none'}`,
  archive_created: (activity) => `The archive ${base(activity.file?.path ?? '')}${size(activity.file)} was made`,
  removable_media_connected: (activity) => `${medium(activity)} was ${activity.present === true ? 'present' : 'connected'}`,
  removable_media_mounted: (activity) => `${medium(activity)} was ${activity.present === true ? 'mounted already' : 'mounted'}`,
  removable_media_unmounted: (activity) => `${medium(activity)} was unmounted${writtenTo(activity)}`,
  removable_media_disconnected: (activity) => `${medium(activity)} was disconnected${writtenTo(activity)}`,
  security_feature_changed: (activity) => `${activity.feature?.id ?? 'A feature'} went from ${activity.feature?.from ?? '?'} to ${activity.feature?.to ?? '?'}`,
  application_installed: (activity) => `${activity.application?.name ?? ''} ${activity.application?.version ?? ''} was installed by ${activity.application?.source ?? '?'}`,
  application_updated: (activity) => `${activity.application?.name ?? ''} was updated from ${activity.application?.oldVersion ?? '?'} to ${activity.application?.version ?? '?'}`,
  application_removed: (activity) => `${activity.application?.name ?? ''} was removed`,
  patient_record_accessed: ({ detail }) => `A patient record was opened (${relations[String(detail?.['relation'])] ?? 'no relation known'}${detail?.['eventName'] === undefined ? '' : `, ${detail['eventName']}`})`,
  security_alert_raised: ({ detail }) => `${products[String(detail?.['source'])] ?? 'A security product'}: ${detail?.['title'] ?? 'an alert'} (${detail?.['severity'] ?? 'no severity'}, ${String(detail?.['status'] ?? 'unknown').replaceAll('_', ' ')})`,
  physical_access: ({ detail }) => `A badge was ${detail?.['status'] === 'failed' ? 'refused' : 'accepted'} at ${detail?.['assetName'] ?? detail?.['assetId'] ?? 'a door'}`,
  custom_detection: ({ detail }) => `${detail?.['indicator'] ?? 'An imported detection'}: ${detail?.['amount'] ?? 0}`,
}

const relations: Readonly<Record<string, string>> = { self: 'the person’s own', family: 'same last name and address', co_worker: 'the patient is an employee', neighbour: 'same address', restricted: 'restricted access' }
const products: Readonly<Record<string, string>> = { microsoft_graph: 'Microsoft Graph', wazuh: 'Wazuh', falco: 'Falco', osquery: 'osquery', clamav: 'ClamAV' }

/** What happened, without a full stop. */
export const sentenceOf = (activity: Activity): string => sentences[activity.kind]?.(activity) ?? activityKinds[activity.kind].summary.replace(/\.$/, '')
