export const descriptor = {
 "messages": {
  "Activity": [
   {
    "name": "occurred_at",
    "jsonName": "occurredAt",
    "type": "Timestamp",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "When it happened, by the device's clock."
   },
   {
    "name": "observed_at",
    "jsonName": "observedAt",
    "type": "Timestamp",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "When the sensor saw it, by the device's clock; later than occurred_at after a rescan."
   },
   {
    "name": "actor",
    "jsonName": "actor",
    "type": "Actor",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "sensor",
    "jsonName": "sensor",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Name of the sensor that reported it."
   },
   {
    "name": "recovered",
    "jsonName": "recovered",
    "type": "bool",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "Found by a rescan after a gap, so that order and time are approximate."
   },
   {
    "name": "drill",
    "jsonName": "drill",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "32 lower-case hex digits: an act of the fire drill of that id, which the agent itself has done. Counts for nobody."
   },
   {
    "name": "file_copied",
    "jsonName": "fileCopied",
    "type": "FileCopied",
    "number": 10,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_created",
    "jsonName": "fileCreated",
    "type": "FileCreated",
    "number": 11,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_changed",
    "jsonName": "fileChanged",
    "type": "FileChanged",
    "number": 12,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_renamed",
    "jsonName": "fileRenamed",
    "type": "FileRenamed",
    "number": 13,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_hidden",
    "jsonName": "fileHidden",
    "type": "FileHidden",
    "number": 14,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_deleted",
    "jsonName": "fileDeleted",
    "type": "FileDeleted",
    "number": 15,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "archive_created",
    "jsonName": "archiveCreated",
    "type": "ArchiveCreated",
    "number": 16,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_downloaded",
    "jsonName": "fileDownloaded",
    "type": "FileDownloaded",
    "number": 17,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_read_by_transfer_tool",
    "jsonName": "fileReadByTransferTool",
    "type": "FileReadByTransferTool",
    "number": 18,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "file_printed",
    "jsonName": "filePrinted",
    "type": "FilePrinted",
    "number": 19,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "files_staged",
    "jsonName": "filesStaged",
    "type": "FilesStaged",
    "number": 20,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "label_changed",
    "jsonName": "labelChanged",
    "type": "LabelChanged",
    "number": 21,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "removable_media_connected",
    "jsonName": "removableMediaConnected",
    "type": "RemovableMediaConnected",
    "number": 30,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "removable_media_mounted",
    "jsonName": "removableMediaMounted",
    "type": "RemovableMediaMounted",
    "number": 31,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "removable_media_unmounted",
    "jsonName": "removableMediaUnmounted",
    "type": "RemovableMediaUnmounted",
    "number": 32,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "removable_media_disconnected",
    "jsonName": "removableMediaDisconnected",
    "type": "RemovableMediaDisconnected",
    "number": 33,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "security_feature_changed",
    "jsonName": "securityFeatureChanged",
    "type": "SecurityFeatureChanged",
    "number": 40,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "application_installed",
    "jsonName": "applicationInstalled",
    "type": "ApplicationInstalled",
    "number": 50,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "application_updated",
    "jsonName": "applicationUpdated",
    "type": "ApplicationUpdated",
    "number": 51,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "application_removed",
    "jsonName": "applicationRemoved",
    "type": "ApplicationRemoved",
    "number": 52,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "application_run",
    "jsonName": "applicationRun",
    "type": "ApplicationRun",
    "number": 53,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "session_started",
    "jsonName": "sessionStarted",
    "type": "SessionStarted",
    "number": 60,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "session_ended",
    "jsonName": "sessionEnded",
    "type": "SessionEnded",
    "number": 61,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "agent_started",
    "jsonName": "agentStarted",
    "type": "AgentStarted",
    "number": 70,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "agent_stopped",
    "jsonName": "agentStopped",
    "type": "AgentStopped",
    "number": 71,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "agent_degraded",
    "jsonName": "agentDegraded",
    "type": "AgentDegraded",
    "number": 72,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "agent_tampered",
    "jsonName": "agentTampered",
    "type": "AgentTampered",
    "number": 73,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "clock_changed",
    "jsonName": "clockChanged",
    "type": "ClockChanged",
    "number": 74,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "telemetry_gap",
    "jsonName": "telemetryGap",
    "type": "TelemetryGap",
    "number": 75,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "warning_shown",
    "jsonName": "warningShown",
    "type": "WarningShown",
    "number": 76,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "exception_requested",
    "jsonName": "exceptionRequested",
    "type": "ExceptionRequested",
    "number": 77,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "patient_record_accessed",
    "jsonName": "patientRecordAccessed",
    "type": "PatientRecordAccessed",
    "number": 90,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "security_alert_raised",
    "jsonName": "securityAlertRaised",
    "type": "SecurityAlertRaised",
    "number": 91,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "physical_access",
    "jsonName": "physicalAccess",
    "type": "PhysicalAccess",
    "number": 92,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   },
   {
    "name": "custom_detection",
    "jsonName": "customDetection",
    "type": "CustomDetection",
    "number": 93,
    "repeated": false,
    "oneof": "detail",
    "doc": ""
   }
  ],
  "Actor": [
   {
    "name": "account",
    "jsonName": "account",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Account name on the device, without its domain."
   },
   {
    "name": "account_id",
    "jsonName": "accountId",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "Numeric uid, or SID on Windows."
   },
   {
    "name": "domain",
    "jsonName": "domain",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "Directory domain of the account; empty for a local account."
   },
   {
    "name": "attribution",
    "jsonName": "attribution",
    "type": "Attribution",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "process",
    "jsonName": "process",
    "type": "Process",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "Process": [
   {
    "name": "pid",
    "jsonName": "pid",
    "type": "uint32",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "name",
    "jsonName": "name",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "executable",
    "jsonName": "executable",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "parent_name",
    "jsonName": "parentName",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "parent_pid",
    "jsonName": "parentPid",
    "type": "uint32",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "container",
    "jsonName": "container",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "Container or sandbox that it runs in, whose paths `executable` speaks of then: `docker:0123456789ab`, `nspawn:NAME`,\n`flatpak:org.gnome.Maps`, `snap:firefox`, `bubblewrap`. Empty on the host itself."
   },
   {
    "name": "program_class",
    "jsonName": "programClass",
    "type": "string",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": "What kind of program it is, by its name: `browser`, `mail`, `chat`, `screenshot`, `sandbox_portal`; empty for any other."
   }
  ],
  "FileCopied": [
   {
    "name": "destination",
    "jsonName": "destination",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "source",
    "jsonName": "source",
    "type": "FileFacts",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "What the content was copied from; absent when lineage does not know it."
   },
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "findings",
    "jsonName": "findings",
    "type": "ContentFinding",
    "number": 4,
    "repeated": true,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "sensitivity_label",
    "jsonName": "sensitivityLabel",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "chain",
    "jsonName": "chain",
    "type": "LineageStep",
    "number": 6,
    "repeated": true,
    "oneof": "",
    "doc": "From the first known file to the source, both named; empty when there was no step before the source."
   },
   {
    "name": "members",
    "jsonName": "members",
    "type": "FileFacts",
    "number": 7,
    "repeated": true,
    "oneof": "",
    "doc": "Of a container: members whose content is that of a known file."
   },
   {
    "name": "member_count",
    "jsonName": "memberCount",
    "type": "uint32",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": "Of a container: how many files are in it."
   },
   {
    "name": "encrypted",
    "jsonName": "encrypted",
    "type": "bool",
    "number": 9,
    "repeated": false,
    "oneof": "",
    "doc": "A container that takes a password."
   },
   {
    "name": "similarity",
    "jsonName": "similarity",
    "type": "uint32",
    "number": 10,
    "repeated": false,
    "oneof": "",
    "doc": "Share of the content that is the source's, in per cent; 0 when it is the source's content whole."
   }
  ],
  "FileFacts": [
   {
    "name": "path",
    "jsonName": "path",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "size_bytes",
    "jsonName": "sizeBytes",
    "type": "uint64",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "sha256",
    "jsonName": "sha256",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "Lower-case hex SHA-256 of the whole file; empty above the hash limit."
   },
   {
    "name": "fingerprint",
    "jsonName": "fingerprint",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Identity of the content over renames and copies (size, head and tail hash)."
   },
   {
    "name": "location",
    "jsonName": "location",
    "type": "LocationKind",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "state",
    "jsonName": "state",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "`stable`, `unstable`, `special`, `too_big`, `timeout`, `gone`, `denied`, `unread`."
   },
   {
    "name": "mime_type",
    "jsonName": "mimeType",
    "type": "string",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": "MIME type by content; empty when not looked at."
   },
   {
    "name": "content",
    "jsonName": "content",
    "type": "ContentInspectionResult",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": "What inspection found in the content; only where the policy asks for it."
   },
   {
    "name": "member_name",
    "jsonName": "memberName",
    "type": "string",
    "number": 9,
    "repeated": false,
    "oneof": "",
    "doc": "Of a member of a container: its name in there. `path` is then the known file with the same content, or empty."
   }
  ],
  "ContentInspectionResult": [
   {
    "name": "state",
    "jsonName": "state",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "`complete`, `partial` (a limit was reached), `encrypted`, `unsupported`, `refused` (a bomb), `timeout`, `failed`, `skipped`."
   },
   {
    "name": "findings",
    "jsonName": "findings",
    "type": "ContentFinding",
    "number": 2,
    "repeated": true,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "label",
    "jsonName": "label",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "Name of the sensitivity label, or its id where the file has no name for it."
   },
   {
    "name": "label_id",
    "jsonName": "labelId",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "language",
    "jsonName": "language",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "Programming language of source code; empty for anything else."
   }
  ],
  "ContentFinding": [
   {
    "name": "type",
    "jsonName": "type",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "count",
    "jsonName": "count",
    "type": "uint32",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "confidence",
    "jsonName": "confidence",
    "type": "uint32",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "0 to 100."
   }
  ],
  "Media": [
   {
    "name": "vendor",
    "jsonName": "vendor",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "model",
    "jsonName": "model",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "serial",
    "jsonName": "serial",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "bus",
    "jsonName": "bus",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "`usb`, `sd`, `mtp`, `optical`, `loop`, ..."
   },
   {
    "name": "capacity_bytes",
    "jsonName": "capacityBytes",
    "type": "uint64",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "file_system",
    "jsonName": "fileSystem",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "mount_point",
    "jsonName": "mountPoint",
    "type": "string",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "device_node",
    "jsonName": "deviceNode",
    "type": "string",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "vendor_id",
    "jsonName": "vendorId",
    "type": "string",
    "number": 9,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "product_id",
    "jsonName": "productId",
    "type": "string",
    "number": 10,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "volume_label",
    "jsonName": "volumeLabel",
    "type": "string",
    "number": 11,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "encrypted",
    "jsonName": "encrypted",
    "type": "bool",
    "number": 12,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "device_id",
    "jsonName": "deviceId",
    "type": "string",
    "number": 13,
    "repeated": false,
    "oneof": "",
    "doc": "The physical device, the same for all its partitions and slots and for every connection: `usb:0781:5567:4C530001`. A device\nwithout a serial number is known by its port."
   },
   {
    "name": "device_class",
    "jsonName": "deviceClass",
    "type": "string",
    "number": 14,
    "repeated": false,
    "oneof": "",
    "doc": "`mass_storage`, `card`, `optical`, `mtp`, `ptp`, `bluetooth`, `image` (a mounted file)."
   },
   {
    "name": "slot",
    "jsonName": "slot",
    "type": "string",
    "number": 15,
    "repeated": false,
    "oneof": "",
    "doc": "Of a card reader with several slots."
   },
   {
    "name": "file_systems",
    "jsonName": "fileSystems",
    "type": "string",
    "number": 16,
    "repeated": true,
    "oneof": "",
    "doc": "Of all its volumes, as far as somebody has said."
   },
   {
    "name": "encryption",
    "jsonName": "encryption",
    "type": "string",
    "number": 17,
    "repeated": false,
    "oneof": "",
    "doc": "`luks`, `bitlocker`, `veracrypt`, `unknown` (nothing but random bytes); empty for none that can be told."
   }
  ],
  "LineageStep": [
   {
    "name": "kind",
    "jsonName": "kind",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "`origin`, `renamed`, `copied`, `packed`, `unpacked`, `changed`."
   },
   {
    "name": "path",
    "jsonName": "path",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "Where it was after the step."
   }
  ],
  "FileCreated": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "findings",
    "jsonName": "findings",
    "type": "ContentFinding",
    "number": 2,
    "repeated": true,
    "oneof": "",
    "doc": ""
   }
  ],
  "FileChanged": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "findings",
    "jsonName": "findings",
    "type": "ContentFinding",
    "number": 2,
    "repeated": true,
    "oneof": "",
    "doc": ""
   }
  ],
  "FileRenamed": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "old_path",
    "jsonName": "oldPath",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "extension_changed",
    "jsonName": "extensionChanged",
    "type": "bool",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "FileHidden": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "old_path",
    "jsonName": "oldPath",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "FileDeleted": [
   {
    "name": "path",
    "jsonName": "path",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "fingerprint",
    "jsonName": "fingerprint",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "location",
    "jsonName": "location",
    "type": "LocationKind",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "was_copy_source",
    "jsonName": "wasCopySource",
    "type": "bool",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "was_exfiltrated",
    "jsonName": "wasExfiltrated",
    "type": "bool",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "ArchiveCreated": [
   {
    "name": "archive",
    "jsonName": "archive",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "members",
    "jsonName": "members",
    "type": "FileFacts",
    "number": 2,
    "repeated": true,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "member_count",
    "jsonName": "memberCount",
    "type": "uint32",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "encrypted",
    "jsonName": "encrypted",
    "type": "bool",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "matched_count",
    "jsonName": "matchedCount",
    "type": "uint32",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "Members whose content is that of a known file."
   },
   {
    "name": "state",
    "jsonName": "state",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "`complete`, `partial` (a limit was reached), `encrypted` (names and all), `unsupported`, `timeout`, `failed`, `skipped`."
   }
  ],
  "FileDownloaded": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "origin_url",
    "jsonName": "originUrl",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "origin_domain",
    "jsonName": "originDomain",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "seen_by",
    "jsonName": "seenBy",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Where it says what it came from: `xattr`, `zone_identifier`, `where_froms`; `program` when only the program is known."
   },
   {
    "name": "referrer_domain",
    "jsonName": "referrerDomain",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "The page that led to it; empty when it is not known."
   }
  ],
  "FileReadByTransferTool": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "tool",
    "jsonName": "tool",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "destination",
    "jsonName": "destination",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "possible",
    "jsonName": "possible",
    "type": "bool",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "A program that can do much else opened it: it may have sent the file, or only shown it."
   }
  ],
  "FilePrinted": [
   {
    "name": "printer",
    "jsonName": "printer",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "document",
    "jsonName": "document",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "pages",
    "jsonName": "pages",
    "type": "uint32",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "What was printed, where it is known; its facts are those of the printed file or, with file_known_by `spool`, of the data that the printer was given."
   },
   {
    "name": "file_known_by",
    "jsonName": "fileKnownBy",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "`name`: a file of that name that the person could have printed; `content`: a known file with the printed bytes; `spool`: the print data only."
   },
   {
    "name": "copies",
    "jsonName": "copies",
    "type": "uint32",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "printer_kind",
    "jsonName": "printerKind",
    "type": "string",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": "`network`, `usb`, `pdf`, `local`, `unknown`: where the printer is."
   },
   {
    "name": "printer_host",
    "jsonName": "printerHost",
    "type": "string",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": "Host of a network printer."
   },
   {
    "name": "size_bytes",
    "jsonName": "sizeBytes",
    "type": "uint64",
    "number": 9,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "document_format",
    "jsonName": "documentFormat",
    "type": "string",
    "number": 10,
    "repeated": false,
    "oneof": "",
    "doc": "MIME type that the printing system was given."
   },
   {
    "name": "job_state",
    "jsonName": "jobState",
    "type": "string",
    "number": 11,
    "repeated": false,
    "oneof": "",
    "doc": "`completed`, `aborted`, `canceled`, `pending`: what became of the job, as far as it is known."
   }
  ],
  "FilesStaged": [
   {
    "name": "folder",
    "jsonName": "folder",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "count",
    "jsonName": "count",
    "type": "uint32",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "size_bytes",
    "jsonName": "sizeBytes",
    "type": "uint64",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "source_folders",
    "jsonName": "sourceFolders",
    "type": "uint32",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "How many folders they came from."
   },
   {
    "name": "within_secs",
    "jsonName": "withinSecs",
    "type": "uint32",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "From the first to the last."
   },
   {
    "name": "files",
    "jsonName": "files",
    "type": "FileFacts",
    "number": 6,
    "repeated": true,
    "oneof": "",
    "doc": "The first of them."
   }
  ],
  "LabelChanged": [
   {
    "name": "file",
    "jsonName": "file",
    "type": "FileFacts",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "old_label",
    "jsonName": "oldLabel",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "new_label",
    "jsonName": "newLabel",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "RemovableMediaConnected": [
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "present",
    "jsonName": "present",
    "type": "bool",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "It was there when the agent started; it was not connected now."
   }
  ],
  "RemovableMediaMounted": [
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "present",
    "jsonName": "present",
    "type": "bool",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "RemovableMediaUnmounted": [
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "written",
    "jsonName": "written",
    "type": "MediaWrites",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "Absent where nobody has counted."
   },
   {
    "name": "last_seen_at",
    "jsonName": "lastSeenAt",
    "type": "Timestamp",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "It ended while the agent was away, at some time between this one and `occurred_at`."
   }
  ],
  "MediaWrites": [
   {
    "name": "bytes",
    "jsonName": "bytes",
    "type": "uint64",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "As the kernel counts it for the device: with tables and journals of the file system."
   },
   {
    "name": "files",
    "jsonName": "files",
    "type": "uint64",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "Files that the file sensor had seen being written by then; 0 where it does not watch."
   },
   {
    "name": "at_least",
    "jsonName": "atLeast",
    "type": "bool",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "It was gone before its counter could be read again: that much, and perhaps more."
   },
   {
    "name": "since",
    "jsonName": "since",
    "type": "Timestamp",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Since when it is counted: the connection or the mount, or the agent's start where that was later."
   }
  ],
  "RemovableMediaDisconnected": [
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "written",
    "jsonName": "written",
    "type": "MediaWrites",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "last_seen_at",
    "jsonName": "lastSeenAt",
    "type": "Timestamp",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "SecurityFeatureChanged": [
   {
    "name": "feature",
    "jsonName": "feature",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Stable id: `firewall.ufw`, `audit.auditd`, `kernel.randomize_va_space`, ..."
   },
   {
    "name": "from",
    "jsonName": "from",
    "type": "FeatureState",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "to",
    "jsonName": "to",
    "type": "FeatureState",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "from_value",
    "jsonName": "fromValue",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Raw value before and after, shortened to 512 characters."
   },
   {
    "name": "to_value",
    "jsonName": "toValue",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "seen_by",
    "jsonName": "seenBy",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "How it was seen: `file`, `poll`, `kernel` (its own message), `command`."
   }
  ],
  "ApplicationInstalled": [
   {
    "name": "application",
    "jsonName": "application",
    "type": "Application",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "Application": [
   {
    "name": "name",
    "jsonName": "name",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "version",
    "jsonName": "version",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "source",
    "jsonName": "source",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "`dpkg`, `rpm`, `snap`, `flatpak`, `pip`, `npm`, `brew`, `pkg`, `msi`, ..."
   },
   {
    "name": "publisher",
    "jsonName": "publisher",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "path",
    "jsonName": "path",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "signature",
    "jsonName": "signature",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "`signed`, `unsigned`, `invalid`, `ad_hoc`; empty where the source has no word for it."
   }
  ],
  "ApplicationUpdated": [
   {
    "name": "application",
    "jsonName": "application",
    "type": "Application",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "old_version",
    "jsonName": "oldVersion",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "ApplicationRemoved": [
   {
    "name": "application",
    "jsonName": "application",
    "type": "Application",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "ApplicationRun": [
   {
    "name": "application",
    "jsonName": "application",
    "type": "Application",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "SessionStarted": [
   {
    "name": "remote",
    "jsonName": "remote",
    "type": "bool",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "remote_host",
    "jsonName": "remoteHost",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "SessionEnded": [
   {
    "name": "remote",
    "jsonName": "remote",
    "type": "bool",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "remote_host",
    "jsonName": "remoteHost",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "AgentStarted": [
   {
    "name": "version",
    "jsonName": "version",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "unclean",
    "jsonName": "unclean",
    "type": "bool",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "The previous run ended without a clean stop."
   },
   {
    "name": "restarted_after",
    "jsonName": "restartedAfter",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "How the run before ended, when its watchdog had to start it again; empty otherwise."
   },
   {
    "name": "safe_mode",
    "jsonName": "safeMode",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Why it started in safe mode, in which nothing is watched; empty otherwise."
   }
  ],
  "AgentStopped": [
   {
    "name": "reason",
    "jsonName": "reason",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "AgentDegraded": [
   {
    "name": "sensor",
    "jsonName": "sensor",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "reason",
    "jsonName": "reason",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "AgentTampered": [
   {
    "name": "what",
    "jsonName": "what",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "evidence",
    "jsonName": "evidence",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ],
  "ClockChanged": [
   {
    "name": "step_ms",
    "jsonName": "stepMs",
    "type": "sint64",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Step in milliseconds, positive when the clock went forward."
   }
  ],
  "TelemetryGap": [
   {
    "name": "sensor",
    "jsonName": "sensor",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "reason",
    "jsonName": "reason",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "`queue_overflow`, `watch_limit`, `sensor_restart`, `rate_limited`."
   },
   {
    "name": "missed",
    "jsonName": "missed",
    "type": "uint64",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "Zero when nobody can know."
   }
  ],
  "WarningShown": [
   {
    "name": "rule",
    "jsonName": "rule",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Id of the edge rule."
   },
   {
    "name": "outcome",
    "jsonName": "outcome",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "`shown`, `no_session`, `failed`; `answered` in the activity that tells the answer."
   },
   {
    "name": "answer",
    "jsonName": "answer",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "`acknowledged`, `business_reason`, `dismissed`; empty before there is one."
   },
   {
    "name": "reason",
    "jsonName": "reason",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "As the person gave it; only where the rule asks."
   },
   {
    "name": "about_kind",
    "jsonName": "aboutKind",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "Kind and object of the activity that the person was warned of."
   },
   {
    "name": "about_path",
    "jsonName": "aboutPath",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "suppressed",
    "jsonName": "suppressed",
    "type": "uint32",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": "Activities of the rule and person that were not warned of since the last notice, because of the limit."
   },
   {
    "name": "notice_id",
    "jsonName": "noticeId",
    "type": "string",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": "One notice is one id; its answer comes as an activity of its own."
   }
  ],
  "ExceptionRequested": [
   {
    "name": "request",
    "jsonName": "request",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "32 lower-case hex digits, made on the device."
   },
   {
    "name": "media",
    "jsonName": "media",
    "type": "Media",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "reason",
    "jsonName": "reason",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "As the person gave it."
   },
   {
    "name": "hours",
    "jsonName": "hours",
    "type": "uint32",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "via",
    "jsonName": "via",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "`notice`: asked from a notice; `command`: holdfast-agent request-exception."
   }
  ],
  "PatientRecordAccessed": [
   {
    "name": "patient",
    "jsonName": "patient",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Stands for the patient; says nothing of the name."
   },
   {
    "name": "relation",
    "jsonName": "relation",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "`self`, `family` (same last name and address), `co_worker` (the patient is an employee), `neighbour` (same address),\n`restricted` (none of these, and the record has restricted access), `none`."
   },
   {
    "name": "event_name",
    "jsonName": "eventName",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "restricted_reason",
    "jsonName": "restrictedReason",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "Why a restricted record was opened, as the person gave it."
   }
  ],
  "SecurityAlertRaised": [
   {
    "name": "source",
    "jsonName": "source",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "`microsoft_graph`, `wazuh`, `falco`, `osquery`, `clamav`."
   },
   {
    "name": "alert_id",
    "jsonName": "alertId",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "As the source names it; one alert is raised once for each status."
   },
   {
    "name": "title",
    "jsonName": "title",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "severity",
    "jsonName": "severity",
    "type": "string",
    "number": 4,
    "repeated": false,
    "oneof": "",
    "doc": "`low`, `medium`, `high`."
   },
   {
    "name": "status",
    "jsonName": "status",
    "type": "string",
    "number": 5,
    "repeated": false,
    "oneof": "",
    "doc": "`new`, `in_progress`, `resolved`, `unknown`."
   },
   {
    "name": "verdict",
    "jsonName": "verdict",
    "type": "string",
    "number": 6,
    "repeated": false,
    "oneof": "",
    "doc": "`true_positive`, `false_positive`, `expected`; empty when nobody has decided."
   },
   {
    "name": "category",
    "jsonName": "category",
    "type": "string",
    "number": 7,
    "repeated": false,
    "oneof": "",
    "doc": "As the source names it."
   },
   {
    "name": "attack",
    "jsonName": "attack",
    "type": "string",
    "number": 8,
    "repeated": false,
    "oneof": "",
    "doc": "ATT&CK ids, separated by spaces."
   },
   {
    "name": "host",
    "jsonName": "host",
    "type": "string",
    "number": 9,
    "repeated": false,
    "oneof": "",
    "doc": "Machine that it is about."
   },
   {
    "name": "previous_status",
    "jsonName": "previousStatus",
    "type": "string",
    "number": 10,
    "repeated": false,
    "oneof": "",
    "doc": "Status that the alert had before; empty at first."
   }
  ],
  "PhysicalAccess": [
   {
    "name": "asset_id",
    "jsonName": "assetId",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "asset_name",
    "jsonName": "assetName",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "status",
    "jsonName": "status",
    "type": "string",
    "number": 3,
    "repeated": false,
    "oneof": "",
    "doc": "`success`, `failed`."
   }
  ],
  "CustomDetection": [
   {
    "name": "indicator",
    "jsonName": "indicator",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": "Id of the definition."
   },
   {
    "name": "amount",
    "jsonName": "amount",
    "type": "uint64",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": "Value of the column that thresholds compare; 1 when there is none."
   },
   {
    "name": "fields",
    "jsonName": "fields",
    "type": "CustomField",
    "number": 3,
    "repeated": true,
    "oneof": "",
    "doc": ""
   }
  ],
  "CustomField": [
   {
    "name": "name",
    "jsonName": "name",
    "type": "string",
    "number": 1,
    "repeated": false,
    "oneof": "",
    "doc": ""
   },
   {
    "name": "value",
    "jsonName": "value",
    "type": "string",
    "number": 2,
    "repeated": false,
    "oneof": "",
    "doc": ""
   }
  ]
 },
 "enums": {
  "Attribution": {
   "ATTRIBUTION_UNSPECIFIED": 0,
   "ATTRIBUTION_PROCESS": 1,
   "ATTRIBUTION_FILE_OWNER": 2,
   "ATTRIBUTION_SESSION": 3
  },
  "LocationKind": {
   "LOCATION_KIND_UNSPECIFIED": 0,
   "LOCATION_KIND_LOCAL": 1,
   "LOCATION_KIND_REMOVABLE": 2,
   "LOCATION_KIND_NETWORK_SHARE": 3,
   "LOCATION_KIND_CLOUD_SYNC": 4,
   "LOCATION_KIND_REMOTE_SESSION": 5
  },
  "FeatureState": {
   "FEATURE_STATE_UNSPECIFIED": 0,
   "FEATURE_STATE_ENABLED": 1,
   "FEATURE_STATE_DISABLED": 2,
   "FEATURE_STATE_WEAKENED": 3,
   "FEATURE_STATE_ABSENT": 4,
   "FEATURE_STATE_UNKNOWN": 5
  }
 }
}
