import type { PolicyTemplate } from './template.ts'

export const dataLeaks: PolicyTemplate = {
  id: 'data_leaks',
  name: 'Data leaks',
  summary: 'Files leave by removable media, shares, cloud folders, printers or transfer tools.',
  indicators: [
    'copy_to_removable_media', 'volume_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'file_read_by_transfer_tool', 'file_printed', 'archive_created', 'encrypted_archive_created',
    'files_staged', 'file_downloaded', 'file_renamed_extension', 'file_hidden', 'label_lowered', 'file_deleted', 'removable_media_mounted', 'protective_feature_disabled',
  ],
  triggers: [{ indicator: 'copy_to_removable_media' }, { indicator: 'volume_to_removable_media' }, { indicator: 'copy_to_network_share' }, { indicator: 'copy_to_cloud_sync' }, { indicator: 'file_read_by_transfer_tool' }, { indicator: 'file_printed' }],
  sequences: [
    { id: 'protection_off_then_exfiltration', label: 'Protection was switched off, then files left', steps: [['protective_feature_disabled'], ['copy_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'file_read_by_transfer_tool']], withinHours: 24, points: 20 },
    { id: 'archive_then_exfiltration', label: 'Files were packed, then left', steps: [['archive_created', 'encrypted_archive_created', 'files_staged'], ['copy_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'file_read_by_transfer_tool']], withinHours: 24, points: 15 },
    { id: 'exfiltration_then_clean_up', label: 'Files left, then were deleted', steps: [['copy_to_removable_media', 'copy_to_cloud_sync', 'file_read_by_transfer_tool'], ['file_deleted']], withinHours: 24, points: 10 },
  ],
  activationWindowDays: 30,
  lookbackDays: 90,
}
