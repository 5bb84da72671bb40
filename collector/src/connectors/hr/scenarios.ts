// The five kinds of HR files and their columns, by the names of Microsoft's published samples.
import type { ColumnSpec, Columns } from '../columns.ts'
import { columnKey } from '../files/table.ts'

export const HR_SCENARIOS = ['resignation', 'job_level_change', 'performance_review', 'performance_improvement_plan', 'employee_profile'] as const
export type HrScenario = (typeof HR_SCENARIOS)[number]

export const hrColumns = {
  user: { names: ['EmailAddress', 'UserPrincipalName', 'UPN', 'Email', 'Mail', 'User'] },
  scenario: { names: ['HRScenario', 'Scenario'] },
  resignationDate: { names: ['ResignationDate', 'TerminationDate'] },
  lastWorkingDate: { names: ['LastWorkingDate', 'LastWorkingDay', 'LastDay'] },
  effectiveDate: { names: ['EffectiveDate'] },
  oldLevel: { names: ['OldLevel'] },
  newLevel: { names: ['NewLevel'] },
  remarks: { names: ['Remarks', 'ImprovementRemarks', 'PerformanceRemarks', 'ReviewRemarks'] },
  rating: { names: ['Rating', 'PerformanceRating', 'ReviewRating'] },
  userName: { names: ['UserName', 'SamAccountName', 'Account'] },
  firstName: { names: ['EmployeeFirstName', 'FirstName', 'GivenName'] },
  lastName: { names: ['EmployeeLastName', 'LastName', 'Surname'] },
  addressLine1: { names: ['EmployeeAddressLine1', 'EmployeeAddLine1', 'AddressLine1', 'AddLine1'] },
  addressLine2: { names: ['EmployeeAddressLine2', 'EmployeeAddLine2', 'AddressLine2', 'AddLine2'] },
  city: { names: ['EmployeeCity', 'City'] },
  state: { names: ['EmployeeState', 'State'] },
  zipCode: { names: ['EmployeeZipCode', 'ZipCode', 'PostalCode', 'Zip'] },
  country: { names: ['EmployeeCountry', 'Country'] },
  department: { names: ['EmployeeDepartment', 'EmployeeDept', 'Department', 'Dept'] },
  employeeType: { names: ['EmployeeType'] },
  role: { names: ['EmployeeRole', 'Role', 'Title'] },
} as const satisfies Record<string, ColumnSpec>

export type HrColumn = keyof typeof hrColumns
export const hrColumnTable: Columns<HrColumn> = hrColumns

interface ScenarioRow {
  /** What an HRScenario column may say, and file names of it. */
  readonly values: readonly string[]
  readonly required: readonly HrColumn[]
  /** Columns by which a file without HRScenario is known to be of this kind. */
  readonly marks: readonly HrColumn[]
}

export const hrScenarios: Readonly<Record<HrScenario, ScenarioRow>> = {
  resignation: { values: ['Resignation', 'Employee resignation', 'Resignations', 'Termination'], required: ['user', 'resignationDate', 'lastWorkingDate'], marks: ['resignationDate', 'lastWorkingDate'] },
  job_level_change: { values: ['Job level change', 'Job level changes', 'JobLevelChange', 'Level change'], required: ['user', 'effectiveDate'], marks: ['oldLevel', 'newLevel'] },
  performance_review: { values: ['Performance review', 'Performance reviews', 'Review'], required: ['user', 'effectiveDate'], marks: ['rating', 'remarks'] },
  performance_improvement_plan: { values: ['Performance improvement plan', 'Improvement plan', 'PIP'], required: ['user', 'effectiveDate'], marks: [] },
  employee_profile: { values: ['Employee profile', 'Employee profiles', 'Profile'], required: ['user', 'firstName', 'lastName', 'addressLine1', 'zipCode'], marks: ['firstName', 'lastName', 'addressLine1'] },
}

const byValue = new Map<string, HrScenario>(HR_SCENARIOS.flatMap((scenario) => [scenario, ...hrScenarios[scenario].values].map((value) => [columnKey(value), scenario] as const)))

export const scenarioOf = (value: string): HrScenario | undefined => byValue.get(columnKey(value))
