// The environment that a worker gets: a list of names, and nothing else. What makes Node or the loader load code that is not
// ours (NODE_OPTIONS, NODE_PATH, LD_PRELOAD, LD_LIBRARY_PATH, DYLD_…) is on no list, and programs are found in the system's folders.
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const PASSED: ReadonlySet<string> = new Set([
  'HOME', 'LANG', 'LANGUAGE', 'TZ', 'USER', 'LOGNAME', 'TMPDIR', 'INIT_CWD', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'DBUS_SESSION_BUS_ADDRESS', 'HTTPS_PROXY', 'NO_PROXY', 'UV_THREADPOOL_SIZE',
  // Windows starts no program without these.
  'SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'TEMP', 'TMP', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)', 'COMPUTERNAME', 'USERNAME', 'USERDOMAIN',
])
const isPassed = (name: string): boolean => PASSED.has(name.toUpperCase()) || /^(?:LC_[A-Z]+|HOLDFAST_AGENT_[A-Z_]+)$/.test(name)
/** Somebody who sets these for a service wants code of theirs in it. */
const LOADS_CODE = /^(?:NODE_OPTIONS|NODE_PATH|LD_[A-Z_]+|DYLD_[A-Z_]+|GCONV_PATH|OPENSSL_CONF|OPENSSL_MODULES)$/

/** @returns the environment for a worker, and what of the given one would have loaded foreign code */
export function workerEnvironment(given: NodeJS.ProcessEnv): { readonly environment: NodeJS.ProcessEnv; readonly refused: readonly string[] } {
  const environment: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined && isPassed(name)) environment[name] = value
  environment['PATH'] = process.platform === 'win32' ? given['PATH'] : PATH
  return { environment, refused: Object.keys(given).filter((name) => given[name] !== '' && LOADS_CODE.test(name)).toSorted() }
}
