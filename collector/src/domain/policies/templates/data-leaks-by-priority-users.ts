import type { PolicyTemplate } from './template.ts'

export const dataLeaksByPriorityUsers: PolicyTemplate = {
  id: 'data_leaks_by_priority_users',
  name: 'Data leaks by priority users',
  summary: 'Files of which fewer are enough leave through members of priority groups.',
  aliases: ['data_leaks_by_priority_user_groups'],
  prerequisites: [{ id: 'devices' }, { id: 'priority_group' }],
  healthChecks: ['devices_enrolled', 'priority_group_filled', 'trigger_repeats', 'user_cap'],
  indicators: [
    'copy_to_removable_media', 'volume_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'copy_to_remote_session', 'file_read_by_transfer_tool', 'browser_upload', 'transfer_to_unallowed_domain',
    'file_printed', 'pages_printed', 'archive_created', 'encrypted_archive_created', 'files_staged', 'copy_from_network_share', 'file_downloaded', 'download_from_third_party_domain', 'download_from_unallowed_domain',
    'file_renamed', 'file_renamed_extension', 'file_hidden', 'label_lowered', 'label_removed', 'file_deleted', 'exfiltrated_file_deleted', 'command_history_deleted', 'sensitive_file_handled', 'removable_media_mounted',
    'physical_access_after_departure', 'protective_feature_disabled', 'telemetry_tampered', 'agent_killed', 'security_alert_defence_evasion', 'custom_detection',
  ],
  triggers: [
    { indicator: 'copy_to_removable_media' }, { indicator: 'volume_to_removable_media' }, { indicator: 'copy_to_network_share' }, { indicator: 'copy_to_cloud_sync' }, { indicator: 'copy_to_remote_session' },
    { indicator: 'file_read_by_transfer_tool' }, { indicator: 'browser_upload' }, { indicator: 'transfer_to_unallowed_domain' }, { indicator: 'file_printed' }, { indicator: 'pages_printed' },
  ],
  events: ['custom_indicator'],
  sequences: [
    'download_then_exfiltration', 'download_disguise_exfiltration', 'download_exfiltration_clean_up', 'download_disguise_exfiltration_clean_up',
    'archive_then_exfiltration', 'archive_disguise_exfiltration', 'disguise_archive_exfiltration', 'archive_exfiltration_clean_up', 'archive_disguise_exfiltration_clean_up',
    'label_then_exfiltration', 'label_exfiltration_clean_up', 'exfiltration_then_clean_up', 'protection_off_then_exfiltration',
  ],
  boostersOff: ['priority_user'],
  cumulative: true,
  sensitivity: 0.5,
  userCap: 1000,
  activationWindowDays: 30,
  lookbackDays: 90,
}
