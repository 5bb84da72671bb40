// What the arguments of a program that can send files say: where to, and which files.
//
// Of a command line only two things are ever kept: the host (or bucket) and the names of files. Passwords, tokens, headers
// and everything else that stands there are not looked at, and a destination loses its user name and password.
import { basename, resolve } from 'node:path'
import { type Command, hostOf, inputFiles, MAX_DESTINATION, parseWords, type Reading, remoteHostOf, type Rule, valuesOf } from './arguments.ts'
import { senders } from './senders.ts'

export interface Transfer {
  readonly tool: string
  /** Host, `host:port`, `s3://bucket`, `smb://host/share`, `mail://domain`, the name of an rclone remote or a service, `container:NAME`, or `listen:[ADDRESS:]PORT`. */
  readonly destination: string
  /** Absolute paths; empty when the arguments do not say. */
  readonly files: readonly string[]
}

const MAX_FILES = 64

/** The one that reads most like an address: an option that is not known here may have left its value among the operands. */
const addressIn = (operands: readonly string[]): string | undefined => operands.find((each) => each.includes('://')) ?? operands.find((each) => /[.:]|^localhost/.test(each)) ?? operands[0]

/** curl(1): -T FILE, -F name=@FILE or name=<FILE, -d @FILE and its kin; `-` is the standard input. */
const curl: Rule = (command) => {
  const long = ['upload-file', 'form', 'data', 'data-binary', 'data-ascii', 'data-urlencode', 'json', 'url', 'url-query', 'user', 'header', 'output', 'request', 'user-agent', 'referer', 'cookie', 'cookie-jar', 'proxy', 'max-time', 'connect-timeout', 'retry', 'retry-delay', 'retry-max-time', 'config', 'cert', 'key', 'cacert', 'capath', 'form-string', 'data-raw', 'range', 'write-out', 'resolve', 'limit-rate', 'oauth2-bearer', 'aws-sigv4', 'proxy-user', 'interface', 'socks5', 'socks5-hostname', 'unix-socket', 'dump-header', 'stderr', 'trace', 'netrc-file']
  const words = parseWords(command.arguments.slice(1), 'AbcCdDeEFHKmoPQrtTuUwxXyYz', long)
  const url = addressIn([...valuesOf(words, 'url'), ...words.operands])
  const sent = [
    ...valuesOf(words, 'T', 'upload-file'),
    ...valuesOf(words, 'F', 'form').flatMap((value) => /=[@<]"?([^;",]+)/.exec(value)?.[1] ?? []),
    ...valuesOf(words, 'd', 'data', 'data-binary', 'data-ascii', 'json').flatMap((value) => (value.startsWith('@') ? [value.slice(1)] : [])),
    ...valuesOf(words, 'data-urlencode').flatMap((value) => /^[^=@]*@(.+)$/.exec(value)?.[1] ?? []),
  ]
  if (url === undefined || sent.length === 0) return undefined
  return { destination: hostOf(url), files: sent.flatMap((file) => (file === '-' || file === '.' ? inputFiles(command) : [file])) }
}

const wget: Rule = ({ arguments: [, ...rest] }) => {
  const words = parseWords(rest, 'aoOPtTwQUeiBADIR', ['post-file', 'body-file', 'post-data', 'body-data', 'header', 'user', 'password', 'output-document', 'method', 'user-agent'])
  const files = valuesOf(words, 'post-file', 'body-file')
  const url = addressIn(words.operands)
  return url === undefined || files.length === 0 ? undefined : { destination: hostOf(url), files }
}

/** The last operand is where to; what is local before it is sent. */
const toLast = (operands: readonly string[]): Reading => {
  const target = operands.at(-1)
  const destination = target === undefined ? undefined : remoteHostOf(target)
  const files = operands.slice(0, -1).filter((operand) => remoteHostOf(operand) === undefined)
  return destination === undefined || files.length === 0 ? undefined : { destination, files }
}

const scp: Rule = ({ arguments: [, ...rest] }) => {
  const words = parseWords(rest, 'cDFiJloPSX')
  // -t and -f: the other end of a copy that somebody else has started.
  return words.options.has('t') || words.options.has('f') ? undefined : toLast(words.operands)
}

const rsync: Rule = ({ arguments: [, ...rest] }) => {
  const words = parseWords(rest, 'eBfTM', ['rsh', 'exclude', 'include', 'exclude-from', 'include-from', 'files-from', 'filter', 'bwlimit', 'port', 'password-file', 'log-file', 'rsync-path', 'temp-dir', 'partial-dir', 'compare-dest', 'link-dest', 'copy-dest', 'backup-dir', 'suffix', 'chmod', 'chown', 'timeout', 'max-size', 'min-size', 'out-format', 'info', 'debug'])
  return words.options.has('server') ? undefined : toLast(words.operands)
}

/** A session that may send: the arguments name the host alone, unless a batch is given. */
const sftp: Rule = ({ arguments: [, ...rest] }) => {
  const [target] = parseWords(rest, 'BbcDFiJloPRSsX').operands
  return target === undefined ? undefined : { destination: remoteHostOf(target) ?? hostOf(target), files: [] }
}

const ssh: Rule = (command) => {
  // These send by ssh and are told by their own arguments.
  if (/^(?:scp|sftp|rsync|git|git-remote-.*|rclone|ansible.*)$/.test(command.parentName)) return undefined
  const { operands } = parseWords(command.arguments.slice(1), 'BbcDEeFIiJLlmOoPpQRSWw')
  const [target, ...remote] = operands
  // A pipe without a command at the other end feeds a terminal and no file.
  const sends = command.input.startsWith('/') || (command.input === 'pipe' && remote.length > 0)
  return target === undefined || !sends ? undefined : { destination: hostOf(target), files: inputFiles(command) }
}

const REMOTE = /^([\w .+@-]{2,}):/

/** rclone copy|sync|move SOURCE REMOTE:PATH; a remote has at least two characters, so that no drive is one. */
const rclone: Rule = (command) => {
  const { operands } = parseWords(command.arguments.slice(1), '', ['config', 'transfers', 'bwlimit', 'include', 'exclude', 'filter', 'filter-from', 'include-from', 'exclude-from', 'files-from', 'log-file', 'log-level', 'max-age', 'min-age', 'max-size', 'min-size', 'checkers', 'retries', 'password-command', 'drive-shared-with-me'])
  const [verb, source, target] = operands
  if (verb === 'rcat' && source !== undefined) return { destination: (REMOTE.exec(source)?.[1] ?? source.split(/[:,]/)[0] ?? '').trim(), files: inputFiles(command) }
  if (!['copy', 'sync', 'move', 'copyto', 'moveto', 'bisync'].includes(verb ?? '') || source === undefined || target === undefined) return undefined
  // `:backend,option=value:path` carries its settings, and secrets among them, in the word itself.
  const destination = target.startsWith(':') ? (/^:(\w+)/.exec(target)?.[1] ?? '') : (REMOTE.exec(target)?.[1] ?? '')
  return destination === '' || REMOTE.test(source) || source.startsWith(':') ? undefined : { destination, files: [source] }
}

const ftp: Rule = (command) => {
  const isPut = basename(command.executable).startsWith('ncftpput') || command.name === 'ncftpput'
  const { operands } = parseWords(command.arguments.slice(1), isPut ? 'upPfdtTrB' : 'uepcqPsT', [])
  const [host, , ...local] = operands
  return host === undefined ? undefined : { destination: hostOf(host), files: isPut ? local : [] }
}

/** nc HOST PORT < FILE; listening with a file is sending it to whoever comes. */
const nc: Rule = (command) => {
  if (command.input === '') return undefined
  const words = parseWords(command.arguments.slice(1), 'eGgIiMmOPpqsTVWwXxc', ['exec', 'sh-exec', 'proxy', 'proxy-auth', 'source', 'source-port', 'idle-timeout', 'wait', 'ssl-cert', 'ssl-key'])
  const listens = words.options.has('l') || words.options.has('listen')
  if (listens) return { destination: `listen:${valuesOf(words, 'p', 'source-port')[0] ?? words.operands.at(-1) ?? ''}`, files: inputFiles(command) }
  const [host, port] = words.operands
  return host === undefined || port === undefined || words.options.has('z') ? undefined : { destination: `${hostOf(host)}:${port.slice(0, 5)}`, files: inputFiles(command) }
}

/** python -m http.server [PORT] [-d FOLDER] gives a folder to the network. */
const python: Rule = ({ arguments: words, cwd }) => {
  const at = words.findIndex((word, index) => (word === '-m' && words[index + 1] === 'http.server') || word === '-mhttp.server')
  if (at < 0 || words.slice(1, at).some((word) => !word.startsWith('-'))) return undefined
  const own = parseWords(words.slice(words[at] === '-m' ? at + 2 : at + 1), 'bdp', ['bind', 'directory', 'protocol', 'tls-cert', 'tls-key', 'tls-password-file'])
  const address = valuesOf(own, 'b', 'bind')[0]
  return { destination: `listen:${address === undefined ? '' : `${hostOf(address)}:`}${/^\d+$/.exec(own.operands[0] ?? '')?.[0] ?? '8000'}`, files: [valuesOf(own, 'd', 'directory')[0] ?? cwd] }
}

const bucketOf = (operand: string | undefined): string | undefined => /^((?:s3|gs|oss|b2):\/\/[^/]+)/.exec(operand ?? '')?.[1]?.toLowerCase()

const cloudCopy = (operands: readonly string[]): Reading => {
  const destination = bucketOf(operands.at(-1))
  const files = operands.slice(0, -1).filter((operand) => bucketOf(operand) === undefined)
  return destination === undefined || files.length === 0 ? undefined : { destination, files }
}

const aws: Rule = (command) => {
  const words = parseWords(command.arguments.slice(1), '', ['profile', 'region', 'endpoint-url', 'acl', 'exclude', 'include', 'storage-class', 'body', 'bucket', 'key', 'output', 'query', 'sse', 'sse-kms-key-id', 'content-type', 'metadata'])
  const at = words.operands.findIndex((word) => word === 's3' || word === 's3api')
  const [service, verb, ...rest] = words.operands.slice(at < 0 ? words.operands.length : at)
  if (service === 's3api') return verb === 'put-object' ? { destination: `s3://${valuesOf(words, 'bucket')[0] ?? ''}`, files: valuesOf(words, 'body') } : undefined
  return ['cp', 'mv', 'sync'].includes(verb ?? '') ? cloudCopy(rest.map((word) => (word === '-' ? command.input : word)).filter((word) => word !== '' && word !== 'pipe')) : undefined
}

const gsutil: Rule = ({ arguments: words }) => {
  const at = words.findIndex((word) => ['cp', 'mv', 'rsync'].includes(word))
  return at < 1 ? undefined : cloudCopy(words.slice(at + 1).filter((word) => !word.startsWith('-')))
}

/** az storage blob upload --account-name NAME --file FILE, upload-batch --source FOLDER. */
const az: Rule = ({ arguments: words }) => {
  if (!words.includes('storage') || !words.some((word) => /^upload(?:-batch)?$/.test(word))) return undefined
  const after = (...names: string[]): string | undefined => words.flatMap((word, index) => (names.includes(word) ? [words[index + 1] ?? ''] : []))[0]
  const file = after('--file', '-f', '--source', '-s')
  return file === undefined ? undefined : { destination: `${(after('--account-name') ?? 'azure').toLowerCase()}.blob.core.windows.net`, files: [file] }
}

const azcopy: Rule = ({ arguments: words }) => {
  const [verb, source, target] = words.slice(1).filter((word) => !word.startsWith('-'))
  return ['copy', 'cp', 'sync'].includes(verb ?? '') && source !== undefined && target !== undefined && /^https:/i.test(target) && !/^https:/i.test(source) ? { destination: hostOf(target), files: [source] } : undefined
}

/** git push [REMOTE]: a name of a remote is looked up by who calls, hence `remote:NAME`. */
const git: Rule = ({ arguments: words, cwd }) => {
  const global = parseWords(words.slice(1, words.indexOf('push')), 'Cc', ['git-dir', 'work-tree'])
  if (!words.includes('push') || global.operands.length > 0) return undefined
  const { operands, options } = parseWords(words.slice(words.indexOf('push') + 1), 'o', ['repo', 'receive-pack', 'exec', 'push-option'])
  if (options.has('dry-run') || options.has('n')) return undefined
  const remote = options.get('repo')?.[0] ?? operands[0] ?? 'origin'
  const folder = resolve(cwd, valuesOf(global, 'C')[0] ?? '.')
  if (/^(?:\/|\.|file:)/.test(remote)) return undefined
  const destination = /^[a-z+]+:\/\//i.test(remote) ? hostOf(remote) : (remoteHostOf(remote) ?? `remote:${remote}`)
  return { destination, files: [folder] }
}

const rules: Readonly<Record<string, Rule>> = {
  curl, wget, wget2: wget, scp, rsync, sftp, ssh, rclone, ftp, tnftp: ftp, ncftpput: ftp, nc, 'nc.openbsd': nc, 'nc.traditional': nc, ncat: nc, netcat: nc,
  python, aws, gsutil, az, azcopy, git, ...senders,
}

/** Names of program files whose arguments are looked at; `python` stands for every version of it. */
export const TRANSFER_TOOLS: readonly string[] = Object.keys(rules)

/** `python3.11` is `python`. */
export const plainName = (name: string): string => (/^python[\d.]*$/.test(name) ? 'python' : name)

/** @returns undefined for a program that sends nothing, as far as its arguments say */
export function describeTransfer(command: Command): Transfer | undefined {
  // A script runs under its interpreter; `aws` and `az` are such.
  const tool = [basename(command.executable), command.name, basename(command.arguments[0] ?? '')].map((name) => plainName(name.toLowerCase())).toSorted((a, b) => Number(a === 'python') - Number(b === 'python')).find((name) => Object.hasOwn(rules, name))
  if (tool === undefined) return undefined
  const isScript = tool !== 'python' && plainName(basename(command.executable).toLowerCase()) === 'python' && plainName(basename(command.arguments[0] ?? '').toLowerCase()) === 'python'
  const found = rules[tool]?.(isScript ? { ...command, arguments: command.arguments.slice(1) } : command)
  if (found === undefined || found.destination === '') return undefined
  return { tool, destination: found.destination.slice(0, MAX_DESTINATION), files: [...new Set(found.files.filter((file) => file !== '' && file !== '-').map((file) => resolve(command.cwd === '' ? '/' : command.cwd, file)))].slice(0, MAX_FILES) }
}

/** @param known hosts, and `.example.org` for all below it */
export function isKnownDestination(destination: string, known: readonly string[]): boolean {
  // `mail://DOMAIN` and `smb://HOST/SHARE` have a host as well; a bucket is none.
  const host = destination.replace(/^(?:mail|smb):\/\/([^/]*).*$/, '$1').replace(/:\d+$/, '')
  return known.some((each) => host === each.toLowerCase() || destination === each.toLowerCase() || (each.startsWith('.') && host.endsWith(each.toLowerCase())))
}

/** Host of a remote in .git/config: `[remote "NAME"]`, then `url = …`, the one for pushing first. */
export function remoteInConfig(config: string, name: string): string | undefined {
  const section = config.split(/^\[/m).find((each) => each.startsWith(`remote "${name}"]`))
  const url = /^\s*pushurl\s*=\s*(\S+)/m.exec(section ?? '')?.[1] ?? /^\s*url\s*=\s*(\S+)/m.exec(section ?? '')?.[1]
  if (url === undefined || /^(?:\/|\.|file:)/.test(url)) return undefined
  return /^[a-z+]+:\/\//i.test(url) ? hostOf(url) : remoteHostOf(url)
}
