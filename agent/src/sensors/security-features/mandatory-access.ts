// Mandatory access control: AppArmor and SELinux. ATT&CK T1562.001.
import { absent, disabled, enabled, type Feature, NEEDS_ROOT, shellValue, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

export const apparmor: Feature = {
  id: 'mac.apparmor',
  summary: 'AppArmor confines programs, with profiles that are enforced.',
  paths: ['/etc/apparmor.d/disable/', '/etc/apparmor.d/force-complain/', '/etc/default/grub'],
  isLive: true,
  read(view) {
    const switched = view.words('/sys/module/apparmor/parameters/enabled')?.trim()
    if (switched === undefined) return view.isThere('/usr/sbin/apparmor_parser') ? disabled('installed, not in the running kernel') : absent()
    if (switched !== 'Y') return disabled('switched off at boot')
    const profiles = view.text('/sys/kernel/security/apparmor/profiles')
    if (profiles.kind !== 'text') return view.elevated ? enabled('on') : unknown('the loaded profiles can be read by root only', NEEDS_ROOT)
    const count = (mode: string): number => profiles.text.split('\n').filter((line) => line.endsWith(`(${mode})`)).length
    const value = `${count('enforce')} profiles enforced, ${count('complain')} only complain`
    return count('enforce') > 0 ? enabled(value) : count('complain') > 0 ? weakened(value) : disabled('no profiles')
  },
}

export const selinux: Feature = {
  id: 'mac.selinux',
  summary: 'SELinux is enforcing, now and at the next start.',
  paths: ['/etc/selinux/config'],
  isLive: true,
  read(view) {
    const enforce = view.words('/sys/fs/selinux/enforce')?.trim()
    const config = view.text('/etc/selinux/config')
    const atBoot = config.kind === 'text' ? (shellValue(config.text, 'SELINUX')?.toLowerCase() ?? '') : ''
    if (enforce === undefined) return atBoot === '' ? absent() : disabled(`not in the running kernel, SELINUX=${atBoot}`)
    const value = `${enforce === '1' ? 'enforcing' : 'permissive'}${atBoot === '' ? '' : `, SELINUX=${atBoot} at boot`}`
    return enforce === '1' && (atBoot === 'enforcing' || atBoot === '') ? enabled(value) : weakened(value)
  },
}

export const apparmorProfiles = fileSetFeature({
  id: 'mac.apparmor_profiles', summary: 'The profiles of AppArmor are as they were, and none is switched off.',
  files: ['/etc/apparmor.d/', '/etc/apparmor.d/local/', '/etc/apparmor.d/disable/', '/etc/apparmor.d/force-complain/', '/etc/apparmor/parser.conf'],
  judge: (texts) => [...texts.keys()].filter((path) => /\/(disable|force-complain)\//.test(path)).map((path) => path.replace('/etc/apparmor.d/', '')), mayBeAbsent: true,
})
