import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseCgroup } from './containers.ts'
import { readProcess } from './processes.ts'

const ID = '4f3c2b1a0987'.padEnd(64, 'd')

describe('a process is placed by its cgroup', () => {
  it.each([
    [`0::/system.slice/docker-${ID}.scope`, 'docker:4f3c2b1a0987'],
    [`12:pids:/docker/${ID}\n1:name=systemd:/docker/${ID}`, 'docker:4f3c2b1a0987'],
    [`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope/container`, 'podman:4f3c2b1a0987'],
    [`0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1f.slice/cri-containerd-${ID}.scope`, 'kubernetes:4f3c2b1a0987'],
    [`11:memory:/kubepods/burstable/pod1f2e/${ID}`, 'kubernetes:4f3c2b1a0987'],
    [`0::/system.slice/crio-${ID}.scope`, 'crio:4f3c2b1a0987'],
    ['0::/machine.slice/systemd-nspawn@build-box.service/payload', 'nspawn:build-box'],
    ['0::/machine.slice/machine-build\\x2dbox.scope', 'nspawn:build-box'],
    ['0::/lxc.payload.web1/init.scope', 'lxc:web1'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.gnome.Maps-4711.scope', 'flatpak:org.gnome.Maps'],
    ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-0b1c.scope', 'snap:firefox'],
    ['0::/user.slice/user-1000.slice/session-3.scope', undefined],
    ['', undefined],
  ])('%s', (text, name) => {
    expect(parseCgroup(text)).toBe(name)
  })

  it('a short or foreign number is no container', () => {
    expect(parseCgroup('0::/system.slice/docker-4f3c.scope')).toBeUndefined()
    expect(parseCgroup('0::/user.slice/dockerfile-linter.service')).toBeUndefined()
  })
})

describe.runIf(process.platform === 'linux' && process.geteuid?.() === 0 && existsSync('/usr/bin/unshare'))('a process with mounts of its own', () => {
  const started: ChildProcess[] = []
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
  })

  it('is said to be in a namespace, and one without is not', async () => {
    const child = spawn('/usr/bin/unshare', ['-m', 'sleep', '60'], { stdio: 'ignore' })
    started.push(child)
    await once(child, 'spawn')
    await vi.waitFor(() => expect(readProcess('/', child.pid ?? 0)).toMatchObject({ name: 'sleep', container: 'namespace' }), { timeout: 10_000, interval: 20 })
    expect(readProcess('/', process.pid)?.container).toBeUndefined()
  })

  it('that has ended tells nothing and throws nothing', async () => {
    const child = spawn('/bin/true')
    await once(child, 'exit')
    expect(readProcess('/', child.pid ?? 0)).toBeUndefined()
  })
})
