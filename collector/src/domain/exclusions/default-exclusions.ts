// Folders and files that programs write to all day and that nobody made: left out of scores until unticked, one by one.
//
// They never hide what leaves the device: see noise.ts. Each row has a path that it holds for and one that it does not;
// a test runs both.

export type System = 'linux' | 'macos' | 'windows' | 'any'

export interface DefaultExclusion {
  readonly id: string
  readonly system: System
  /** The syntax of path-pattern.ts. */
  readonly paths: readonly string[]
  readonly why: string
  readonly holdsFor: string
  readonly notFor: string
}

export const defaultExclusions: readonly DefaultExclusion[] = [
  // Linux.
  { id: 'linux_cache', system: 'linux', paths: ['~/.cache'], why: 'Caches of desktop programs (XDG base directories).', holdsFor: '/home/alice/.cache/thumbnails/a.png', notFor: '/home/alice/Documents/cache/a.png' },
  { id: 'linux_var_cache', system: 'linux', paths: ['/var/cache', '/var/tmp'], why: 'Caches of the system and files between two starts.', holdsFor: '/var/cache/apt/archives/x.deb', notFor: '/var/www/a.html' },
  { id: 'linux_var_lib_packages', system: 'linux', paths: ['/var/lib/dpkg', '/var/lib/apt', '/var/lib/rpm', '/var/lib/dnf', '/var/lib/snapd', '/var/lib/flatpak', '/var/lib/PackageKit', '/var/lib/pacman'], why: 'State of package managers; what they install is reported as an application.', holdsFor: '/var/lib/dpkg/status-old', notFor: '/var/lib/mysql/orders.ibd' },
  { id: 'linux_var_log', system: 'linux', paths: ['/var/log/journal', '/run', '/proc', '/sys', '/dev/shm'], why: 'The system’s own running state; a log file that is removed elsewhere under /var/log still counts.', holdsFor: '/var/log/journal/abc/system.journal', notFor: '/var/log/auth.log' },
  { id: 'linux_containers', system: 'linux', paths: ['~/.local/share/containers', '/var/lib/docker', '/var/lib/containerd', '/var/lib/containers', '/var/lib/lxd'], why: 'Layers of containers.', holdsFor: '/var/lib/docker/overlay2/ab/diff/etc/hosts', notFor: '/srv/docker/compose.yaml' },
  { id: 'linux_trash', system: 'linux', paths: ['~/.local/share/Trash/info', '~/.local/share/Trash/expunged'], why: 'Book-keeping of the bin; the deleted files themselves still count.', holdsFor: '/home/alice/.local/share/Trash/info/plan.docx.trashinfo', notFor: '/home/alice/.local/share/Trash/files/plan.docx' },
  { id: 'linux_desktop_state', system: 'linux', paths: ['~/.local/share/gvfs-metadata', '~/.local/share/tracker', '~/.local/share/tracker3', '~/.local/share/baloo', '~/.local/share/recently-used.xbel', '~/.local/state', '~/.config/dconf', '~/.config/pulse', '~/.dbus'], why: 'State and indexes of the desktop.', holdsFor: '/home/alice/.local/share/gvfs-metadata/home', notFor: '/home/alice/.config/rclone/rclone.conf' },
  { id: 'linux_thumbnails', system: 'linux', paths: ['~/.thumbnails'], why: 'Small pictures of files (the older place).', holdsFor: '/home/alice/.thumbnails/normal/1.png', notFor: '/home/alice/Pictures/thumbnails/1.png' },
  { id: 'linux_snap', system: 'linux', paths: ['~/snap/*/common/.cache', '~/snap/*/*/.cache', '~/.var/app/*/cache', '~/.var/app/*/.local/state'], why: 'Caches of packaged programs.', holdsFor: '/home/alice/snap/firefox/common/.cache/x', notFor: '/home/alice/snap/firefox/common/Downloads/x' },
  { id: 'linux_steam', system: 'linux', paths: ['~/.local/share/Steam', '~/.steam'], why: 'Games.', holdsFor: '/home/alice/.local/share/Steam/steamapps/a', notFor: '/home/alice/games/a' },

  // macOS.
  { id: 'macos_caches', system: 'macos', paths: ['~/Library/Caches', '/Library/Caches', '/System/Library/Caches'], why: 'Caches of programs and of the system.', holdsFor: '/Users/alice/Library/Caches/com.apple.Safari/x', notFor: '/Users/alice/Documents/Caches/x' },
  { id: 'macos_containers_caches', system: 'macos', paths: ['~/Library/Containers/*/Data/Library/Caches', '~/Library/Containers/*/Data/tmp', '~/Library/Group Containers/*/Library/Caches'], why: 'Caches of sandboxed programs.', holdsFor: '/Users/alice/Library/Containers/com.apple.mail/Data/Library/Caches/x', notFor: '/Users/alice/Library/Containers/com.apple.mail/Data/Documents/x' },
  { id: 'macos_state', system: 'macos', paths: ['~/Library/Saved Application State', '~/Library/Logs', '~/Library/Metadata', '~/Library/HTTPStorages', '~/Library/WebKit', '~/Library/Preferences', '~/Library/Biome', '~/Library/Suggestions', '~/Library/Application Support/CrashReporter'], why: 'Settings, logs and state of programs.', holdsFor: '/Users/alice/Library/Preferences/com.apple.dock.plist', notFor: '/Users/alice/Library/Mobile Documents/plan.pages' },
  { id: 'macos_temporary', system: 'macos', paths: ['/private/var/folders', '/var/folders', '/private/var/vm', '/private/var/db'], why: 'Temporary files and the system’s own state.', holdsFor: '/private/var/folders/ab/cd/T/x.tmp', notFor: '/private/tmp/x' },
  { id: 'macos_indexes', system: 'macos', paths: ['.DS_Store', '.Spotlight-V100', '.fseventsd', '.DocumentRevisions-V100', '.TemporaryItems'], why: 'What the Finder and Spotlight keep in every folder.', holdsFor: '/Users/alice/Documents/.DS_Store', notFor: '/Users/alice/Documents/DS_Store.txt' },
  { id: 'macos_developer', system: 'macos', paths: ['~/Library/Developer', '/Library/Developer'], why: 'Build folders and simulators of Xcode.', holdsFor: '/Users/alice/Library/Developer/Xcode/DerivedData/x.o', notFor: '/Users/alice/Developer/app/main.swift' },
  { id: 'macos_homebrew', system: 'macos', paths: ['/opt/homebrew/Cellar', '/opt/homebrew/var', '/usr/local/Cellar', '/usr/local/Homebrew'], why: 'Packages; what is installed is reported as an application.', holdsFor: '/opt/homebrew/Cellar/jq/1.7/bin/jq', notFor: '/usr/local/bin/tool' },

  // Windows.
  { id: 'windows_appdata_local', system: 'windows', paths: [String.raw`\Users\*\AppData\Local`], why: 'Caches and state of programs; temporary files.', holdsFor: String.raw`C:\Users\alice\AppData\Local\Temp\x.tmp`, notFor: String.raw`C:\Users\alice\Documents\AppData\Local.txt` },
  { id: 'windows_appdata_locallow', system: 'windows', paths: [String.raw`\Users\*\AppData\LocalLow`], why: 'State of programs with few rights.', holdsFor: String.raw`C:\Users\alice\AppData\LocalLow\Sun\x`, notFor: String.raw`C:\Users\alice\LocalLow\x` },
  { id: 'windows_appdata_roaming', system: 'windows', paths: [String.raw`\Users\*\AppData\Roaming`], why: 'Settings of programs.', holdsFor: String.raw`D:\Users\alice\AppData\Roaming\Microsoft\Word\x.asd`, notFor: String.raw`C:\Users\alice\Roaming\x` },
  { id: 'windows_system', system: 'windows', paths: [String.raw`*:\Windows`, String.raw`*:\ProgramData\Microsoft`, String.raw`*:\ProgramData\Package Cache`, String.raw`*:\System Volume Information`, String.raw`*:\$WinREAgent`], why: 'The system itself.', holdsFor: String.raw`C:\Windows\Temp\x.log`, notFor: String.raw`C:\WindowsPlans\x.docx` },
  { id: 'windows_programs', system: 'windows', paths: [String.raw`*:\Program Files`, String.raw`*:\Program Files (x86)`], why: 'Installed programs; what is installed is reported as an application.', holdsFor: String.raw`C:\Program Files (x86)\App\app.dll`, notFor: String.raw`C:\Programs\app.docx` },
  { id: 'windows_user_registry', system: 'windows', paths: [String.raw`\Users\*\NTUSER.DAT*`, String.raw`\Users\*\ntuser.ini`], why: 'The registry of a person, written all day.', holdsFor: String.raw`C:\Users\alice\ntuser.dat.LOG1`, notFor: String.raw`C:\Users\alice\notes.dat` },
  { id: 'windows_thumbnails', system: 'windows', paths: ['Thumbs.db', 'desktop.ini'], why: 'What the Explorer keeps in every folder.', holdsFor: String.raw`C:\Users\alice\Pictures\Thumbs.db`, notFor: String.raw`C:\Users\alice\Pictures\Thumbs.db.docx` },
  { id: 'windows_recycle_book_keeping', system: 'windows', paths: [String.raw`$Recycle.Bin\*\$I*`], why: 'Book-keeping of the bin; the deleted files themselves still count.', holdsFor: String.raw`C:\$Recycle.Bin\S-1-5-21-1\$IABCDEF.docx`, notFor: String.raw`C:\$Recycle.Bin\S-1-5-21-1\$RABCDEF.docx` },

  // Browsers.
  { id: 'browser_mozilla', system: 'any', paths: ['~/.mozilla', '~/.librewolf', '~/Library/Application Support/Firefox'], why: 'Profiles of Firefox; downloads are elsewhere.', holdsFor: '/home/alice/.mozilla/firefox/a.default/places.sqlite', notFor: '/home/alice/Downloads/mozilla/a.pdf' },
  { id: 'browser_chromium', system: 'any', paths: ['~/.config/google-chrome', '~/.config/chromium', '~/.config/BraveSoftware', '~/.config/microsoft-edge', '~/.config/vivaldi', '~/.config/opera', '~/Library/Application Support/Google/Chrome', '~/Library/Application Support/Microsoft Edge', '~/Library/Application Support/BraveSoftware', '~/Library/Safari'], why: 'Profiles of Chromium and its kin, and of Safari; downloads are elsewhere.', holdsFor: '/home/alice/.config/google-chrome/Default/Cookies', notFor: '/home/alice/.config/google-chrome-notes.txt' },
  { id: 'browser_partial_download', system: 'any', paths: ['*.crdownload', '*.part', '*.partial', '*.opdownload', '*.download'], why: 'A download that is under way; the finished file counts.', holdsFor: '/home/alice/Downloads/plan.pdf.crdownload', notFor: '/home/alice/Downloads/part.pdf' },

  // Development.
  { id: 'build_node', system: 'any', paths: ['node_modules', '~/.npm', '~/.yarn', '~/.pnpm-store', '.pnpm-store', '.next', '.nuxt', '.parcel-cache', '.turbo'], why: 'Installed dependencies and build output of JavaScript.', holdsFor: '/home/alice/app/node_modules/x/index.js', notFor: '/home/alice/app/my_node_modules/x.js' },
  { id: 'build_python', system: 'any', paths: ['__pycache__', '.venv', 'site-packages', '.tox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '*.egg-info', '~/.conda', '~/.cache/pip'], why: 'Installed dependencies and compiled Python.', holdsFor: '/srv/app/__pycache__/a.cpython-312.pyc', notFor: '/srv/app/pycache/a.py' },
  { id: 'build_java', system: 'any', paths: ['~/.m2', '~/.gradle', '.gradle', '~/.ivy2', '~/.sbt'], why: 'Build caches of Java.', holdsFor: '/home/alice/.m2/repository/a.jar', notFor: '/home/alice/m2/a.jar' },
  { id: 'build_rust_go', system: 'any', paths: ['~/.cargo', '~/.rustup', '~/go/pkg', '*/target/debug', '*/target/release'], why: 'Build caches of Rust and Go.', holdsFor: '/home/alice/app/target/debug/deps/a.o', notFor: '/home/alice/target/plan.xlsx' },
  { id: 'build_dotnet', system: 'any', paths: ['~/.nuget', '~/.dotnet', '*/obj/Debug', '*/obj/Release', '*/bin/Debug', '*/bin/Release'], why: 'Build caches of .NET.', holdsFor: String.raw`C:\Users\alice\src\App\obj\Debug\App.pdb`, notFor: String.raw`C:\Users\alice\obj\App.pdb` },
  { id: 'build_cmake', system: 'any', paths: ['CMakeFiles', '*.o', '*.obj', '.ccache', '~/.ccache'], why: 'Objects of compilers.', holdsFor: '/home/alice/app/CMakeFiles/a.dir/a.c.o', notFor: '/home/alice/app/a.odt' },
  { id: 'version_control', system: 'any', paths: ['.git/objects', '.git/refs', '.git/logs', '.git/index*', '.git/*.lock', '.hg/store', '.svn'], why: 'Objects of a repository; its working files count.', holdsFor: '/home/alice/app/.git/objects/ab/cdef', notFor: '/home/alice/app/.gitignore' },
  { id: 'development_tools', system: 'any', paths: ['~/.vscode/extensions', '~/.vscode-server', '~/.cursor', '~/.config/Code', '~/Library/Application Support/Code', '.idea', '.vs', '~/.config/JetBrains', '~/.local/share/JetBrains'], why: 'State and extensions of editors.', holdsFor: '/home/alice/app/.idea/workspace.xml', notFor: '/home/alice/idea/workspace.xml' },

  // Programs at work.
  { id: 'editor_temporary', system: 'any', paths: ['.*.swp', '.*.swo', '*~', '.#*', '#*#', '4913'], why: 'What an editor writes while it is at work.', holdsFor: '/home/alice/.notes.txt.swp', notFor: '/home/alice/notes.txt' },
  { id: 'office_temporary', system: 'any', paths: ['~$*', '.~lock.*', '~WRL*.tmp', '~WRD*.tmp', '*.asd', '*.wbk'], why: 'Locks and safety copies of office programs.', holdsFor: String.raw`C:\Users\alice\Documents\~$plan.docx`, notFor: String.raw`C:\Users\alice\Documents\plan.docx` },
  { id: 'temporary_files', system: 'any', paths: ['*.tmp', '*.temp', '.goutputstream-*', '.nfs*', '*.kate-swp'], why: 'Temporary files, by the names that programs give them.', holdsFor: '/home/alice/Documents/.goutputstream-AB12CD', notFor: '/home/alice/Documents/tmp.docx' },
  { id: 'sync_book_keeping', system: 'any', paths: ['.dropbox.cache', '.sync_*.db', '._sync_*.db', '.owncloudsync.log', '.tmp.drivedownload', '.tmp.driveupload'], why: 'Book-keeping of cloud clients; the files that they synchronise count.', holdsFor: '/home/alice/Dropbox/.dropbox.cache/x', notFor: '/home/alice/Dropbox/plan.docx' },
]
