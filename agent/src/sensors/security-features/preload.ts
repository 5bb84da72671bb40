// A library that every program loads first. ATT&CK T1574.006.
import { enabled, type Feature, meaningfulLines, unknown, weakened } from './feature.ts'

export const preload: Feature = {
  id: 'preload',
  summary: 'No library is loaded into every program (/etc/ld.so.preload).',
  paths: ['/etc/ld.so.preload'],
  read(view) {
    const reading = view.text('/etc/ld.so.preload')
    if (reading.kind === 'absent') return enabled('none')
    if (reading.kind !== 'text') return unknown('/etc/ld.so.preload cannot be read')
    const libraries = meaningfulLines(reading.text)
    return libraries.length === 0 ? enabled('none') : weakened(libraries.join(' '))
  },
}
