// Further programs that can send files: shares and servers, mail and messages, containers and devices, transfers between
// people. As in transfers.ts, only where to and which files.
import { basename } from 'node:path'
import { hostOf, inputFiles, parseWords, type Rule, valuesOf } from './arguments.ts'

/** Words of one command of a command language, with simple quotes. */
const split = (text: string): readonly string[] => [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')

/** Files that commands such as `put FILE [NAME]; mput FILE…` name; `mirror -R FOLDER` of lftp sends a whole one. */
export function filesOfCommands(text: string): readonly string[] {
  return text.split(/[;\n]|&&/).flatMap((command) => {
    const [verb = '', ...words] = split(command.trim())
    const names = words.filter((word) => !word.startsWith('-'))
    if (verb === 'put' || verb === 'reput') return names.slice(0, 1)
    if (verb === 'mput') return names
    return verb === 'mirror' && words.some((word) => /^-[a-z]*R|^--reverse/.test(word)) ? [names[0] ?? '.'] : []
  })
}

/** The host of `open [-u USER,PASSWORD] [-p PORT] HOST`. */
function hostOfOpen(text: string): string | undefined {
  const opening = text.split(/[;\n]/).map((command) => split(command.trim())).find(([verb]) => verb === 'open')
  return opening === undefined ? undefined : parseWords(opening.slice(1), 'upe', ['user', 'password']).operands[0]
}

/** lftp [-u USER] [-e|-c COMMANDS] HOST; `open HOST` may stand in the commands. */
const lftp: Rule = (command) => {
  const words = parseWords(command.arguments.slice(1), 'eucfp', ['user', 'password', 'env-password'])
  const commands = valuesOf(words, 'e', 'c').join('\n')
  const host = words.operands[0] ?? hostOfOpen(commands)
  return host === undefined ? undefined : { destination: hostOf(host), files: filesOfCommands(commands) }
}

/** smbclient //HOST/SHARE -c 'put FILE'. */
const smbclient: Rule = (command) => {
  const words = parseWords(command.arguments.slice(1), 'UcWIpmonADTlsdERtbG', ['command', 'user', 'workgroup', 'ip-address', 'port', 'authentication-file', 'directory', 'tar', 'password', 'configfile', 'debuglevel', 'use-kerberos'])
  const share = /^[\\/]{2}([^\\/]+)[\\/]([^\\/]+)/.exec(words.operands[0] ?? '')
  const files = valuesOf(words, 'c', 'command').flatMap(filesOfCommands)
  // Without commands it is a session, which may send.
  return share === null || words.options.has('L') ? undefined : { destination: `smb://${share[1]?.toLowerCase()}/${share[2]}`, files }
}

/** gh release upload TAG FILE…, gh release create TAG FILE…, gh gist create FILE…: an asset may carry its title behind a `#`. */
const gh: Rule = (command) => {
  const words = parseWords(command.arguments.slice(1), 'RtnFd', ['repo', 'title', 'notes', 'notes-file', 'target', 'desc', 'discussion-category', 'filename'])
  const [area, verb, ...rest] = words.operands
  const names = area === 'release' && (verb === 'upload' || verb === 'create') ? rest.slice(1) : area === 'gist' && verb === 'create' ? (rest.length > 0 ? rest : inputFiles(command)) : []
  const repository = valuesOf(words, 'R', 'repo')[0] ?? ''
  const host = repository.split('/').length > 2 ? hostOf(repository) : 'github.com'
  return names.length === 0 ? undefined : { destination: host, files: names.map((name) => name.replace(/#.*$/, '')) }
}

/** Domain of an address of mail; the person it is for is nobody's business. */
const mailDomain = (address: string | undefined): string => /@([a-z0-9.-]+)/i.exec(address ?? '')?.[1]?.toLowerCase() ?? ''

/** mail -a FILE TO…, s-nail -a, mutt -a FILE… -- TO…, mpack FILE TO, swaks --to TO --attach @FILE. */
const mail: Rule = (command) => {
  const words = parseWords(command.arguments.slice(1), 'sacbrSAqf', ['attach', 'subject', 'append', 'return-address', 'content-type', 'exec'])
  const attached = [...valuesOf(words, 'a', 'attach')].filter((value) => !/^[A-Za-z-]+:\s/.test(value))
  const to = words.operands.find((operand) => operand.includes('@'))
  return attached.length === 0 || to === undefined ? undefined : { destination: `mail://${mailDomain(to)}`, files: attached }
}

const mutt: Rule = ({ arguments: [, ...rest] }) => {
  const at = rest.findIndex((word) => word === '-a')
  if (at < 0) return undefined
  const end = rest.indexOf('--', at)
  // Without `--` each -a has one file.
  const files = end < 0 ? rest.flatMap((word, index) => (word === '-a' ? [rest[index + 1] ?? ''] : [])) : rest.slice(at + 1, end).filter((word) => word !== '-a' && !word.startsWith('-'))
  const to = (end < 0 ? rest : rest.slice(end + 1)).findLast((word) => word.includes('@') && !word.startsWith('-'))
  return to === undefined ? undefined : { destination: `mail://${mailDomain(to)}`, files }
}

const mpack: Rule = ({ arguments: [, ...rest] }) => {
  const { operands: [file, ...to] } = parseWords(rest, 'sdmco')
  return file === undefined || to.length === 0 ? undefined : { destination: `mail://${mailDomain(to.find((each) => each.includes('@')))}`, files: [file] }
}

const swaks: Rule = ({ arguments: [, ...rest] }) => {
  const after = (pattern: RegExp): readonly string[] => rest.flatMap((word, index) => (pattern.test(word) ? [word.includes('=') ? word.slice(word.indexOf('=') + 1) : (rest[index + 1] ?? '')] : []))
  const files = [...after(/^--?attach(?:-body)?(?:=|$)/), ...after(/^--?(?:data|body)(?:=|$)/)].flatMap((value) => (value.startsWith('@') ? [value.slice(1)] : []))
  const server = after(/^(?:--?server|-s)(?:=|$)/)[0]
  const to = mailDomain(after(/^(?:--?to|-t)(?:=|$)/)[0])
  return files.length === 0 ? undefined : { destination: server === undefined ? `mail://${to}` : hostOf(server), files }
}

/** socat FILE TCP:HOST:PORT, in either order; `-` and STDIN are the standard input. */
const socat: Rule = (command) => {
  const addresses = parseWords(command.arguments.slice(1), 'bdLltTW').operands.slice(0, 2)
  const remote = addresses.map((address) => /^(?:tcp|tcp4|tcp6|openssl|ssl|udp|udp4|udp6|sctp|socks4a?|proxy)(?:-connect)?:(?:[^:,]*:(?=[^:]*:\d))?(\[[^\]]+\]|[^:,]+):(\w+)/i.exec(address)).find((match) => match !== null)
  const listening = addresses.map((address) => /^(?:tcp\d?|openssl|ssl|udp\d?)-(?:listen|l):(\w+)/i.exec(address)?.[1]).find((port) => port !== undefined)
  const files = addresses.flatMap((address) => /^(?:open|file|gopen|rdonly):([^,]+)/i.exec(address)?.[1] ?? (/^(?:-|stdio|stdin)(?:,|$)/i.test(address) ? inputFiles(command) : /^[./]/.test(address) ? [address.split(',')[0] ?? ''] : []))
  if (files.length === 0 && command.input !== 'pipe') return undefined
  if (remote !== undefined && remote !== null) return { destination: `${remote[1]?.toLowerCase()}:${remote[2]}`, files }
  return listening === undefined ? undefined : { destination: `listen:${listening}`, files }
}

/** openssl s_client -connect HOST:PORT < FILE. A pipe is what scripts ask a certificate with, so only a file counts. */
const openssl: Rule = (command) => {
  const [, verb, ...rest] = command.arguments
  const at = rest.findIndex((word) => word === '-connect' || word === '-host')
  const host = rest[at + 1]
  const files = inputFiles(command)
  return verb !== 's_client' || at < 0 || host === undefined || files.length === 0 ? undefined : { destination: hostOf(host), files }
}

/** docker cp FILE CONTAINER:PATH, also podman, nerdctl and kubectl; `docker push IMAGE` goes to its registry. */
const containers: Rule = (command) => {
  const tool = basename(command.arguments[0] ?? command.executable).toLowerCase()
  const { operands } = parseWords(command.arguments.slice(1), 'Hcnl', ['context', 'host', 'log-level', 'namespace', 'container', 'kubeconfig', 'cluster', 'user', 'config'])
  const [verb, source, target] = operands[0] === 'container' || operands[0] === 'image' ? operands.slice(1) : operands
  if (verb === 'push' && source !== undefined) {
    const host = source.includes('/') ? (source.split('/')[0] ?? '') : ''
    return { destination: /[.:]|^localhost$/.test(host) ? hostOf(host) : 'docker.io', files: [] }
  }
  if (verb !== 'cp' || source === undefined || target === undefined) return undefined
  const container = /^([^:/]+(?:\/[^:/]+)?):/.exec(target)?.[1]
  return container === undefined || /^[^:/.][^:]*:/.test(source) ? undefined : { destination: `container:${tool === 'kubectl' ? 'kubernetes/' : ''}${container}`, files: source === '-' ? inputFiles(command) : [source] }
}

/** Servers that give a folder to the network by one command. */
const serving = (pick: (words: readonly string[]) => { readonly address?: string | undefined; readonly folder?: string | undefined } | undefined): Rule => ({ arguments: [, ...rest], cwd }) => {
  const found = pick(rest)
  return found === undefined ? undefined : { destination: `listen:${(found.address ?? '').replace(/^:/, '')}`, files: [found.folder ?? cwd] }
}
const php = serving((words) => {
  const { options } = parseWords(words, 'Stdcz')
  return options.has('S') ? { address: options.get('S')?.[0], folder: options.get('t')?.[0] } : undefined
})
const httpServer = serving((words) => {
  const { operands, options } = parseWords(words, 'palcPtLdC', ['port', 'listen', 'proxy', 'cert', 'key', 'cors'])
  return { address: options.get('p')?.[0] ?? options.get('port')?.[0] ?? options.get('l')?.[0] ?? options.get('listen')?.[0] ?? '8080', folder: operands[0] }
})
const caddy = serving((words) => {
  const { operands, options } = parseWords(words, 'rl', ['root', 'listen', 'domain'])
  return operands[0] === 'file-server' ? { address: options.get('listen')?.[0] ?? options.get('l')?.[0] ?? '80', folder: options.get('root')?.[0] ?? options.get('r')?.[0] } : undefined
})

/** PROGRAM VERB FILE…: to whoever has the word, or to the service of the program. */
const sending = (verbs: readonly string[], destination: string, short = '', long: readonly string[] = []): Rule => (command) => {
  const { operands } = parseWords(command.arguments.slice(1), short, long)
  const at = verbs.length === 0 ? -1 : operands.findIndex((operand) => verbs.includes(operand))
  const files = operands.slice(at + 1)
  return (verbs.length > 0 && at < 0) || files.length === 0 ? undefined : { destination, files }
}

/** PROGRAM VERB FILE… s3://BUCKET/KEY, or ALIAS/BUCKET of mc. */
const bucketCopy = (verbs: readonly string[]): Rule => (command) => {
  const { operands: [verb, ...rest] } = parseWords(command.arguments.slice(1), 'c', ['config', 'access_key', 'secret_key', 'host', 'attr', 'region'])
  const target = rest.at(-1) ?? ''
  const destination = /^(s3:\/\/[^/]+)/.exec(target)?.[1] ?? (/^[\w-]+\/[\w.-]+/.exec(target)?.[0] ?? '')
  return !verbs.includes(verb ?? '') || destination === '' || rest.length < 2 || rest[0]?.startsWith('s3:') === true ? undefined : { destination: destination.toLowerCase(), files: rest.slice(0, -1) }
}

/** gio copy FILE… smb://HOST/…: what the desktop's own file systems reach. */
const gio: Rule = ({ arguments: [, verb, ...rest] }) => {
  const words = rest.filter((word) => !word.startsWith('-'))
  const target = words.at(-1) ?? ''
  return (verb === 'copy' || verb === 'move') && /^(?:smb|sftp|ftps?|davs?|google-drive|onedrive|mtp|afp|nfs|ssh):\/\//i.test(target) ? { destination: hostOf(target) || (/^[a-z-]+/i.exec(target)?.[0] ?? ''), files: words.slice(0, -1) } : undefined
}

/** adb push FILE… PATH; kdeconnect-cli --share FILE; bluetooth-sendto [--device=ADDRESS] FILE…; signal-cli send -a FILE…. */
const adb: Rule = (command) => {
  const { operands } = parseWords(command.arguments.slice(1), 'stHPL')
  const at = operands.indexOf('push')
  return at < 0 || operands.length < at + 3 ? undefined : { destination: 'phone:adb', files: operands.slice(at + 1, -1) }
}
const bluetooth: Rule = (command) => {
  const { operands, options } = parseWords(command.arguments.slice(1), '', ['device', 'name'])
  return operands.length === 0 ? undefined : { destination: `bluetooth:${(options.get('device')?.[0] ?? '').toLowerCase()}`, files: operands }
}
const optionFiles = (names: readonly string[], destination: string): Rule => ({ arguments: [, ...rest] }) => {
  const files = rest.flatMap((word, index) => (names.includes(word) ? [rest[index + 1] ?? ''] : names.flatMap((name) => (name.startsWith('--') && word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : []))))
  return files.length === 0 ? undefined : { destination, files }
}

/** Name of a program to what its arguments say. */
export const senders: Readonly<Record<string, Rule>> = {
  lftp, smbclient, gh, mail, 's-nail': mail, mailx: mail, heirloom: mail, 'bsd-mailx': mail, mutt, neomutt: mutt, mpack, swaks, socat, openssl,
  docker: containers, podman: containers, nerdctl: containers, kubectl: containers, php, 'http-server': httpServer, serve: httpServer, miniserve: httpServer, caddy,
  croc: sending(['send'], 'croc', '', ['code', 'relay', 'pass', 'text']), wormhole: sending(['send'], 'wormhole', 'c', ['code', 'code-length', 'text']), ffsend: sending(['upload', 'up', 'u'], 'ffsend', 'pdhn', ['host', 'password', 'name']),
  's3cmd': bucketCopy(['put', 'sync']), mc: bucketCopy(['cp', 'mv', 'mirror']), megaput: sending([], 'mega.nz', 'up', ['path', 'username', 'password', 'config', 'limit-speed']), 'mega-put': sending([], 'mega.nz'),
  gio, adb, 'bluetooth-sendto': bluetooth, 'kdeconnect-cli': optionFiles(['--share'], 'kdeconnect'), 'signal-cli': optionFiles(['-a', '--attachment'], 'signal'), 'telegram-send': optionFiles(['-f', '--file', '-i', '--image'], 'telegram'),
}

