// Groups whose members hold administrative rights on the usual systems; an organisation may name others in the settings.

/** Source: the protected groups of Active Directory, the roles of Entra ID, and the groups that sudo and polkit trust. */
export const PRIVILEGED_GROUPS: readonly string[] = [
  'Domain Admins', 'Enterprise Admins', 'Schema Admins', 'Administrators', 'Account Operators', 'Backup Operators', 'Server Operators', 'Global Administrator', 'Global Administrators', 'wheel', 'sudo', 'root', 'adm',
]
