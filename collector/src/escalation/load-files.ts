// Load files: what a review platform needs to take the files of a bundle in.
//
//   Concordance DAT  UTF-8 with its mark, fields between þ (U+00FE), DC4 (U+0014) between fields, ® (U+00AE) for a line
//                    break inside of one, CRLF after each record; the first record names the fields
//   EDRM XML 1.2     Root > Fields, Batch > Documents > Document > Tags, Files, Locations (XSD of 2010-10-31)
//   Opticon OPT      one line an image: id, volume, path, Y for the first page, two empty fields, pages; CRLF
//
// Paths are relative to the folder that the load files stand in (`load/`), with backslashes in DAT and OPT as these
// platforms have it.

/** One file of the bundle, as a platform sees it. */
export interface LoadDocument {
  /** `HF0000001`. */
  readonly docId: string
  readonly custodian: string
  /** As it was called on the device, without names where the bundle is pseudonymous. */
  readonly fileName: string
  readonly originalPath: string
  /** In the bundle: `evidence/files/HF0000001.txt`. */
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly mediaType: string
  readonly isImage: boolean
  readonly capturedAt: string
  readonly activityAt: string
  readonly device: string
  readonly evidenceId: string
  readonly activityId: string
}

export interface LoadContext {
  readonly caseId: string
  readonly bundleId: string
  readonly volume: string
}

const QUOTE = '\u00fe'
const SEPARATOR = '\u0014'
const LINE = '\u00ae'
const CRLF = '\r\n'

const endingOf = (name: string): string => /\.([^./\\]{1,16})$/.exec(name)?.[1] ?? ''
const windows = (path: string): string => `..\\${path.replaceAll('/', '\\')}`

const datFields: Readonly<Record<string, (document: LoadDocument, context: LoadContext) => string>> = {
  DOCID: ({ docId }) => docId, BEGDOC: ({ docId }) => docId, ENDDOC: ({ docId }) => docId, CUSTODIAN: ({ custodian }) => custodian, FILENAME: ({ fileName }) => fileName, FILEEXT: ({ fileName }) => endingOf(fileName), ORIGINALPATH: ({ originalPath }) => originalPath,
  NATIVELINK: ({ path }) => windows(path), FILESIZE: ({ sizeBytes }) => String(sizeBytes), SHA256: ({ sha256 }) => sha256, MIMETYPE: ({ mediaType }) => mediaType, DATECAPTURED: ({ capturedAt }) => capturedAt, DATEACTIVITY: ({ activityAt }) => activityAt,
  DEVICE: ({ device }) => device, EVIDENCEID: ({ evidenceId }) => evidenceId, ACTIVITYID: ({ activityId }) => activityId, CASEID: (_document, { caseId }) => caseId,
}

// What would end a field or a record is made harmless; a platform shows ® as a line break.
// eslint-disable-next-line no-control-regex
const datText = (text: string): string => text.replaceAll(/\r\n|[\r\n\u2028\u2029]/g, LINE).replaceAll(QUOTE, 'p').replaceAll(/[\u0000-\u001f]/g, ' ')
const datRecord = (fields: readonly string[]): string => fields.map((field) => `${QUOTE}${datText(field)}${QUOTE}`).join(SEPARATOR) + CRLF

/** The whole file. */
export const concordanceDat = (documents: readonly LoadDocument[], context: LoadContext): string =>
  `\ufeff${datRecord(Object.keys(datFields))}${documents.map((document) => datRecord(Object.values(datFields).map((field) => field(document, context)))).join('')}`

/** Undefined where there is no image. */
export function opticonOpt(documents: readonly LoadDocument[], { volume }: LoadContext): string | undefined {
  const images = documents.filter(({ isImage }) => isImage)
  return images.length === 0 ? undefined : images.map(({ docId, path }) => `${docId},${volume},${windows(path)},Y,,,1${CRLF}`).join('')
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }
/** Text of an attribute or element; what XML 1.0 does not know becomes U+FFFD. */
export const xmlText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replaceAll(/[&<>"\n\r\t]/g, (character) => NAMED[character] ?? character)

const edrmTags: Readonly<Record<string, { readonly type: 'Text' | 'DateTime' | 'Integer'; readonly of: (document: LoadDocument, context: LoadContext) => string }>> = {
  '#FileName': { type: 'Text', of: ({ fileName }) => fileName }, '#FileExtension': { type: 'Text', of: ({ fileName }) => endingOf(fileName) }, '#FileSize': { type: 'Integer', of: ({ sizeBytes }) => String(sizeBytes) },
  OriginalPath: { type: 'Text', of: ({ originalPath }) => originalPath }, SHA256: { type: 'Text', of: ({ sha256 }) => sha256 }, DateCaptured: { type: 'DateTime', of: ({ capturedAt }) => capturedAt }, DateActivity: { type: 'DateTime', of: ({ activityAt }) => activityAt },
  Device: { type: 'Text', of: ({ device }) => device }, EvidenceID: { type: 'Text', of: ({ evidenceId }) => evidenceId }, ActivityID: { type: 'Text', of: ({ activityId }) => activityId }, CaseID: { type: 'Text', of: (_document, { caseId }) => caseId },
}

function edrmDocument(document: LoadDocument, context: LoadContext): string {
  const slash = document.path.lastIndexOf('/')
  const tags = Object.entries(edrmTags).map(([name, { type, of }]) => `          <Tag TagName="${xmlText(name)}" TagDataType="${type}" TagValue="${xmlText(of(document, context))}"/>`).join('\n')
  return `      <Document DocID="${document.docId}" DocType="${document.isImage ? 'Image' : 'File'}" MimeType="${xmlText(document.mediaType)}">
        <Files>
          <File FileType="Native">
            <ExternalFile FilePath="../${xmlText(document.path.slice(0, slash))}" FileName="${xmlText(document.path.slice(slash + 1))}" FileSize="${document.sizeBytes}" Hash="${document.sha256}"/>
          </File>
        </Files>
        <Locations>
          <Location>
            <Custodian>${xmlText(document.custodian)}</Custodian>
            <LocationURI>${xmlText(document.originalPath)}</LocationURI>
          </Location>
        </Locations>
        <Tags>
${tags}
        </Tags>
      </Document>
`
}

/** The whole file. */
export const edrmXml = (documents: readonly LoadDocument[], context: LoadContext): string => `<?xml version="1.0" encoding="UTF-8"?>
<Root MajorVersion="1" MinorVersion="2" Description="Holdfast case ${xmlText(context.caseId)}, bundle ${xmlText(context.bundleId)}" Locale="US" DataInterchangeType="Update">
  <Fields>
${Object.entries(edrmTags).map(([name, { type }]) => `    <Field Name="${xmlText(name)}" DataType="${type}" Key="${xmlText(name)}"/>`).join('\n')}
  </Fields>
  <Batch>
    <Documents>
${documents.map((document) => edrmDocument(document, context)).join('')}    </Documents>
  </Batch>
</Root>
`
