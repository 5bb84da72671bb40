// What a lawyer reads first.
import type { CaseBundle } from '../store/escalation.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export interface ReadMeInput {
  readonly bundle: CaseBundle
  readonly organisation: string
  readonly fingerprint: string
  readonly person: string
  readonly fromMs: number
  readonly toMs: number
}

export const readMe = ({ bundle, organisation, fingerprint, person, fromMs, toMs }: ReadMeInput): string => `HOLDFAST CASE BUNDLE

What this is
  Everything that Holdfast${organisation === '' ? '' : ` of ${organisation}`} knows of case ${bundle.caseId},
  which is about ${person}.
  Bundle ${bundle.id}, asked for by ${bundle.byName} on ${iso(bundle.createdAtMs)}.
  Reason: ${bundle.reason}
  Activities from ${iso(fromMs)} to ${iso(toMs)} (UTC, like every time in here).

Names
${bundle.names === 'named'
    ? '  The person of the case stands under their name. Other people stand under pseudonyms (ANON-…).'
    : '  People stand under pseudonyms (ANON-…), also inside of paths and texts. Who is behind one can be\n  asked of the installation, which keeps a record of who asked and why.'}
${bundle.content ? '  The files under evidence/files are as they were copied: nothing in them is masked. Treat them so.' : '  Contents of files are not in this bundle.'}

What is where
  case/       the case, its notes, and what was done in it
  alerts/     alerts with every part of their score, and what was decided about them
  activities/ what the person did, as a table (CSV) and as one JSON document a line
  evidence/   copies of files, under generated names, with an index (index.jsonl)
  custody/    what happened to each copy, as a chain of hashes
  audit/      entries of the audit log about the case and the person
  load/       load files for review platforms: EDRM XML 1.2, Concordance DAT, and OPT where there are images
  manifest.json, manifest.sig.json
              every file with its size and SHA-256, and the signature of the installation

How to check it
  Unpack the archive and run one of these in its folder. Neither needs anything else, nor a network.

    node verify.mjs --key ${fingerprint}
    python3 verify.py --key ${fingerprint}

  Each part is answered with OK or FAILED; the exit code is 0 only when all are OK. Get the key's
  fingerprint from the installation itself (Cases, Bundles, "Signing key"), not from this file: whoever
  could replace the manifest could replace this line. The verifiers are files of the bundle as well;
  compare their SHA-256 with those of another bundle, or use a copy that you trust.

What a check cannot tell
  That nothing was left out before the bundle was made. The audit extract names the head of the whole
  log at that time; the installation can prove with it that the log has gone on from there unchanged.
`
