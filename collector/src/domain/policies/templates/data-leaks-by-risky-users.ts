import type { PolicyTemplate } from './template.ts'

export const dataLeaksByRiskyUsers: PolicyTemplate = {
  id: 'data_leaks_by_risky_users',
  name: 'Data leaks by risky users',
  summary: 'Files leave after a poor review, an improvement plan or a change of level.',
  aliases: ['data_leaks_by_disgruntled_users', 'data_leaks_by_disgruntled_employees'],
  prerequisites: [{ id: 'devices' }, { id: 'hr_events' }],
  healthChecks: ['devices_enrolled', 'hr_connector', 'hr_upload_recent', 'trigger_repeats', 'user_cap'],
  indicators: [
    'copy_to_removable_media', 'volume_to_removable_media', 'copy_to_network_share', 'copy_to_cloud_sync', 'copy_to_remote_session', 'file_read_by_transfer_tool', 'browser_upload', 'transfer_to_unallowed_domain',
    'file_printed', 'pages_printed', 'archive_created', 'encrypted_archive_created', 'files_staged', 'copy_from_network_share', 'file_downloaded', 'download_from_third_party_domain', 'download_from_unallowed_domain',
    'file_renamed', 'file_renamed_extension', 'file_hidden', 'label_lowered', 'label_removed', 'file_deleted', 'exfiltrated_file_deleted', 'command_history_deleted', 'sensitive_file_handled', 'removable_media_mounted',
    'physical_access_after_departure', 'protective_feature_disabled', 'telemetry_tampered', 'agent_killed', 'security_alert_defence_evasion', 'custom_detection',
  ],
  triggers: [],
  events: ['hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change'],
  sequences: [
    'download_then_exfiltration', 'download_disguise_exfiltration', 'download_exfiltration_clean_up', 'download_disguise_exfiltration_clean_up',
    'archive_then_exfiltration', 'archive_disguise_exfiltration', 'disguise_archive_exfiltration', 'archive_exfiltration_clean_up', 'archive_disguise_exfiltration_clean_up',
    'label_then_exfiltration', 'label_exfiltration_clean_up', 'exfiltration_then_clean_up', 'protection_off_then_exfiltration',
  ],
  boostersOff: [],
  cumulative: true,
  sensitivity: 1,
  userCap: 7_500,
  activationWindowDays: 30,
  lookbackDays: 90,
}
