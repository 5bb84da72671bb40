// Generated from agent/src/support/matrix.ts by `pnpm reference`; do not edit.

export const supportMatrix = [
  { id: 'copies', kinds: ['file_copied'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'traced', kinds: ['file_copied'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'clouds', kinds: ['file_copied'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'files', kinds: ['file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'withoutRoot', kinds: ['file_created', 'file_changed', 'file_copied'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'archives', kinds: ['archive_created'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'staged', kinds: ['files_staged'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'downloads', kinds: ['file_downloaded'], linux: 'recorded', darwin: 'recorded', win32: 'recorded' },
  { id: 'uploads', kinds: ['file_read_by_transfer_tool'], linux: 'real', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'transfers', kinds: ['file_read_by_transfer_tool'], linux: 'real', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'runs', kinds: ['application_run'], linux: 'real', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'prints', kinds: ['file_printed'], linux: 'real', darwin: 'untested', win32: 'recorded' },
  { id: 'sticks', kinds: ['removable_media_connected', 'removable_media_disconnected'], linux: 'recorded', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'volumes', kinds: ['removable_media_mounted', 'removable_media_unmounted'], linux: 'real', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'telephones', kinds: ['removable_media_connected'], linux: 'recorded', darwin: 'linuxOnly', win32: 'linuxOnly' },
  { id: 'features', kinds: ['security_feature_changed'], linux: 'real', darwin: 'recorded', win32: 'recorded' },
  { id: 'applications', kinds: ['application_installed', 'application_updated', 'application_removed'], linux: 'real', darwin: 'recorded', win32: 'recorded' },
  { id: 'content', kinds: ['label_changed'], linux: 'real', darwin: 'untested', win32: 'untested' },
  { id: 'notices', kinds: ['warning_shown'], linux: 'recorded', darwin: 'untested', win32: 'untested' },
  { id: 'never', kinds: [], linux: 'never', darwin: 'never', win32: 'never' },
] as const
