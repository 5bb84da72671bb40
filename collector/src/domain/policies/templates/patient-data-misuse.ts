import type { PolicyTemplate } from './template.ts'

export const patientDataMisuse: PolicyTemplate = {
  id: 'patient_data_misuse',
  name: 'Patient data misuse',
  summary: 'Records of patients are opened without a reason that work gives: family, co-workers, neighbours, the own record, restricted ones, or far too many.',
  aliases: ['general_patient_data_misuse', 'healthcare_patient_data_misuse'],
  prerequisites: [{ id: 'patient_records' }, { id: 'employee_profiles' }],
  healthChecks: ['patient_connector', 'employee_profiles', 'hr_connector', 'trigger_repeats', 'user_cap'],
  indicators: [
    'patient_record_of_self', 'patient_record_of_family', 'patient_record_of_neighbour', 'patient_record_of_co_worker', 'patient_record_restricted', 'patient_record_volume', 'copy_to_removable_media', 'file_printed', 'pages_printed',
    'file_downloaded', 'browser_upload',
  ],
  triggers: [
    { indicator: 'patient_record_of_self' }, { indicator: 'patient_record_of_family' }, { indicator: 'patient_record_of_neighbour' }, { indicator: 'patient_record_of_co_worker' }, { indicator: 'patient_record_restricted' },
    { indicator: 'patient_record_volume' },
  ],
  events: ['patient_defence_evasion'],
  sequences: [],
  boostersOff: [],
  cumulative: false,
  sensitivity: 1,
  userCap: 5000,
  activationWindowDays: 30,
  lookbackDays: 90,
}
