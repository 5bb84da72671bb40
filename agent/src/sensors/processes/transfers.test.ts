import { describe, expect, test } from 'vitest'
import { hostOf, remoteHostOf } from './arguments.ts'
import { describeTransfer, isKnownDestination, remoteInConfig } from './transfers.ts'

interface Given {
  readonly input?: string
  readonly executable?: string
  readonly parentName?: string
}

/** As a shell without quotes takes it apart. */
const told = (line: string, { input = '', executable, parentName = 'bash' }: Given = {}): string | undefined => {
  const words = line.split(' ')
  const name = (words[0] ?? '').split('/').at(-1) ?? ''
  const found = describeTransfer({ executable: executable ?? `/usr/bin/${name}`, name, arguments: words, cwd: '/home/alice', input, parentName })
  return found === undefined ? undefined : `${found.tool} ${found.destination} ${found.files.join(' ')}`.trim()
}

describe('what is sent, and where to', () => {
  test.each([
    ['curl -T a.pdf https://transfer.sh/a.pdf', 'curl transfer.sh /home/alice/a.pdf'],
    ['curl -sS --upload-file /data/a.zip ftp://alice:secret@files.example.org:2121/in/', 'curl files.example.org:2121 /data/a.zip'],
    ['curl -F file=@b.docx;type=x -F note=hi https://api.example.org/upload?key=SECRET', 'curl api.example.org /home/alice/b.docx'],
    ['curl -X POST --data-binary @dump.sql -H Authorization:Bearer https://example.org', 'curl example.org /home/alice/dump.sql'],
    ['curl -d@x example.org', 'curl example.org /home/alice/x'],
    ['wget --post-file=secrets.txt http://10.0.0.5:8080/x', 'wget 10.0.0.5:8080 /home/alice/secrets.txt'],
    ['scp -P 2222 -i key a.txt b.txt bob@host.example:/tmp', 'scp host.example /home/alice/a.txt /home/alice/b.txt'],
    ['scp a.txt scp://bob@host.example:22/x', 'scp host.example:22 /home/alice/a.txt'],
    ['rsync -avz -e ssh --exclude tmp /srv/data/ bob@nas:backup', 'rsync nas /srv/data'],
    ['rsync -a docs nas::module', 'rsync nas /home/alice/docs'],
    ['sftp -oPort=22 bob@host.example:/in', 'sftp host.example'],
    ['rclone --config /x copy /srv/a gdrive:stuff', 'rclone gdrive /srv/a'],
    ['rclone copy a :sftp,host=example.org,pass=SECRET:x', 'rclone sftp /home/alice/a'],
    ['ncftpput -u bob -p SECRET ftp.example.org /in a b', 'ncftpput ftp.example.org /home/alice/a /home/alice/b'],
    ['lftp -u bob,SECRET sftp://ftp.example.org', 'lftp ftp.example.org'],
    ['python3 -m http.server', 'python listen:8000 /home/alice'],
    ['python3 -m http.server 9000 --directory /srv', 'python listen:9000 /srv'],
    ['python3 -m http.server -b 10.0.0.7 9000', 'python listen:10.0.0.7:9000 /home/alice'],
    ['aws --profile x s3 cp a.zip s3://My-Bucket/path', 'aws s3://my-bucket /home/alice/a.zip'],
    ['aws s3api put-object --bucket b --key k --body f', 'aws s3://b /home/alice/f'],
    ['gsutil -m cp -r docs gs://bucket/x', 'gsutil gs://bucket /home/alice/docs'],
    ['az storage blob upload --account-name acc --account-key SECRET --file a', 'az acc.blob.core.windows.net /home/alice/a'],
    ['azcopy copy a https://acc.blob.core.windows.net/c?sig=SECRET', 'azcopy acc.blob.core.windows.net /home/alice/a'],
    ['git push https://bob:TOKEN@git.example.org/x.git main', 'git git.example.org /home/alice'],
    ['git -C /src push git@git.example.org:x.git', 'git git.example.org /src'],
    ['git push -u origin main', 'git remote:origin /home/alice'],
    ['git push', 'git remote:origin /home/alice'],
  ])('%s', (line, expected) => {
    expect(told(line)).toBe(expected)
    expect(told(line)).not.toMatch(/secret@|SECRET|TOKEN/)
  })

  test.each([
    ['nc 10.0.0.5 4444', '/home/alice/a.tgz', 'nc 10.0.0.5:4444 /home/alice/a.tgz'],
    ['nc -l -p 4444', '/home/alice/a.tgz', 'nc listen:4444 /home/alice/a.tgz'],
    ['ncat -l 4444', 'pipe', 'ncat listen:4444'],
    ['ssh -p 22 bob@host.example cat', '/etc/passwd', 'ssh host.example /etc/passwd'],
    ['ssh host.example cat', 'pipe', 'ssh host.example'],
    ['curl -T - https://example.org', '/srv/x', 'curl example.org /srv/x'],
    ['curl --data-binary @- https://example.org', 'pipe', 'curl example.org'],
    ['rclone rcat gdrive:x', '/srv/x', 'rclone gdrive /srv/x'],
  ])('%s with %s behind it', (line, input, expected) => expect(told(line, { input })).toBe(expected))

  test('a script under its interpreter is known by its own name', () => {
    const found = describeTransfer({ executable: '/usr/bin/python3.12', name: 'aws', arguments: ['/usr/bin/python3', '/usr/local/bin/aws', 's3', 'cp', 'a', 's3://b/c'], cwd: '/h', input: '', parentName: '' })
    expect(found).toEqual({ tool: 'aws', destination: 's3://b', files: ['/h/a'] })
  })
})

describe('what sends nothing', () => {
  test.each([
    'curl https://example.org/install.sh -o x', 'curl -d name=value https://example.org', 'curl -T a.pdf', 'curl', 'wget https://example.org/x', 'scp bob@host:/x .', 'scp -t /tmp', 'scp a b', 'rsync -a a b', 'rsync --server --sender -logDtpr . /x', 'rsync nas:/x .', 'ssh host.example', 'ssh host.example ls',
    'rclone copy gdrive:x /srv', 'rclone ls gdrive:', 'rclone copy a C:', 'nc -z host 22', 'python3 script.py -m http.server', 'python3 -m venv x', 'aws s3 ls', 'aws s3 cp s3://a/b .', 'gsutil ls gs://b', 'az login', 'azcopy copy https://a/b .', 'git status', 'git push --dry-run', 'git push /srv/mirror.git', 'git commit -m push', 'ls -l', '',
  ])('%s', (line) => expect(told(line)).toBeUndefined())

  test('the ssh that a copy starts for itself', () => expect(told('ssh host cat', { input: 'pipe', parentName: 'rsync' })).toBeUndefined())
})

describe('hosts', () => {
  test.each([['https://a:b@Host.Example:8443/p?q#f', 'host.example:8443'], ['host', 'host'], ['http://[fe80::1]:80/x', '[fe80::1]:80'], ['user:pass@host/x', 'host'], ['', '']])('%s is %s', (address, host) => expect(hostOf(address)).toBe(host))
  test.each([['a@b:c', 'b'], ['./a:b', undefined], ['/a:b', undefined], [':x', undefined], ['[::1]:x', '[::1]'], ['rsync://u@h/m', 'h']])('the operand %s names %s', (operand, host) => expect(remoteHostOf(operand)).toBe(host))
  test('a host is known by itself, with its port, or by a domain above it', () => {
    expect(['nas', 'nas:22', 'a.example.org', 'example.org', 'evilexample.org'].map((host) => isKnownDestination(host, ['NAS', '.example.org']))).toEqual([true, true, true, false, false])
  })
  test('a remote of git is looked up, the place for pushing first', () => {
    const config = '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@a.example:x.git\n[remote "two"]\n\turl = https://b.example/x\n\tpushurl = https://u:SECRET@c.example/x\n[remote "disk"]\n\turl = /srv/x\n'
    expect(['origin', 'two', 'disk', 'none'].map((name) => remoteInConfig(config, name))).toEqual(['a.example', 'c.example', undefined, undefined])
  })
})

test('no command line, however odd, is a fault or takes long', () => {
  for (const tool of ['curl', 'scp', 'rsync', 'git', 'rclone', 'nc', 'aws', 'python3']) {
    for (const words of [['-'], ['--'], ['-'.repeat(5000)], ['--=', '=@', '@:'], Array.from({ length: 256 }, () => '-T'), [`${'a:'.repeat(4000)}@`]]) {
      expect(() => describeTransfer({ executable: `/bin/${tool}`, name: tool, arguments: [tool, ...words], cwd: '', input: 'pipe', parentName: '' })).not.toThrow()
    }
  }
})
