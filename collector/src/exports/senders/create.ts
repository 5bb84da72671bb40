// The sender of each kind of target.
import type { Secrets, TargetSettings } from '../targets.ts'
import { createElasticSender } from './elastic.ts'
import { createFileSender } from './file.ts'
import { DEFAULT_OPTIONS, type Sender, type SenderOptions } from './sender.ts'
import { createSplunkSender } from './splunk.ts'
import { createSyslogSender } from './syslog.ts'
import { createWebhookSender } from './webhook.ts'

export interface SenderPlace {
  /** Of this machine, for syslog. */
  readonly hostname: string
  /** Where files go. */
  readonly folder: string
  /** Times of tests, and their name server. */
  readonly options?: Partial<SenderOptions>
}

/** @throws ExportFailure tls when certificates of the target are not readable */
export function createSender({ place, format, allowPrivate, tls = {} }: TargetSettings, secrets: Secrets, { hostname, folder, options }: SenderPlace): Sender {
  const choice: SenderOptions = { ...DEFAULT_OPTIONS, ...options, allowPrivate }
  const trust = { ...tls, ...(secrets.clientKeyPem === undefined ? {} : { keyPem: secrets.clientKeyPem }) }
  if (place.kind === 'webhook') return createWebhookSender(place, format, secrets, trust, choice)
  if (place.kind === 'syslog') return createSyslogSender(place, format, trust, hostname, choice)
  if (place.kind === 'splunk_hec') return createSplunkSender(place, format, secrets, trust, choice)
  if (place.kind === 'file') return createFileSender(place, format, folder)
  return createElasticSender(place, format, secrets, trust, choice)
}
