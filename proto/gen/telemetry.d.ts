import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace holdfast. */
export namespace holdfast {

    /** Namespace telemetry. */
    namespace telemetry {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an Activity.
             * @deprecated Use holdfast.telemetry.v1.Activity.$Properties instead.
             */
            interface IActivity extends holdfast.telemetry.v1.Activity.$Properties {
            }

            /** Represents an Activity. */
            class Activity {

                /**
                 * Constructs a new Activity.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Activity.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Activity occurredAt. */
                occurredAt?: (google.protobuf.Timestamp.$Properties|null);

                /** Activity observedAt. */
                observedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** Activity actor. */
                actor?: (holdfast.telemetry.v1.Actor.$Properties|null);

                /** Activity sensor. */
                sensor: string;

                /** Activity recovered. */
                recovered: boolean;

                /** Activity drill. */
                drill: string;

                /** Activity fileCopied. */
                fileCopied?: (holdfast.telemetry.v1.FileCopied.$Properties|null);

                /** Activity fileCreated. */
                fileCreated?: (holdfast.telemetry.v1.FileCreated.$Properties|null);

                /** Activity fileChanged. */
                fileChanged?: (holdfast.telemetry.v1.FileChanged.$Properties|null);

                /** Activity fileRenamed. */
                fileRenamed?: (holdfast.telemetry.v1.FileRenamed.$Properties|null);

                /** Activity fileHidden. */
                fileHidden?: (holdfast.telemetry.v1.FileHidden.$Properties|null);

                /** Activity fileDeleted. */
                fileDeleted?: (holdfast.telemetry.v1.FileDeleted.$Properties|null);

                /** Activity archiveCreated. */
                archiveCreated?: (holdfast.telemetry.v1.ArchiveCreated.$Properties|null);

                /** Activity fileDownloaded. */
                fileDownloaded?: (holdfast.telemetry.v1.FileDownloaded.$Properties|null);

                /** Activity fileReadByTransferTool. */
                fileReadByTransferTool?: (holdfast.telemetry.v1.FileReadByTransferTool.$Properties|null);

                /** Activity filePrinted. */
                filePrinted?: (holdfast.telemetry.v1.FilePrinted.$Properties|null);

                /** Activity filesStaged. */
                filesStaged?: (holdfast.telemetry.v1.FilesStaged.$Properties|null);

                /** Activity labelChanged. */
                labelChanged?: (holdfast.telemetry.v1.LabelChanged.$Properties|null);

                /** Activity removableMediaConnected. */
                removableMediaConnected?: (holdfast.telemetry.v1.RemovableMediaConnected.$Properties|null);

                /** Activity removableMediaMounted. */
                removableMediaMounted?: (holdfast.telemetry.v1.RemovableMediaMounted.$Properties|null);

                /** Activity removableMediaUnmounted. */
                removableMediaUnmounted?: (holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties|null);

                /** Activity removableMediaDisconnected. */
                removableMediaDisconnected?: (holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties|null);

                /** Activity securityFeatureChanged. */
                securityFeatureChanged?: (holdfast.telemetry.v1.SecurityFeatureChanged.$Properties|null);

                /** Activity applicationInstalled. */
                applicationInstalled?: (holdfast.telemetry.v1.ApplicationInstalled.$Properties|null);

                /** Activity applicationUpdated. */
                applicationUpdated?: (holdfast.telemetry.v1.ApplicationUpdated.$Properties|null);

                /** Activity applicationRemoved. */
                applicationRemoved?: (holdfast.telemetry.v1.ApplicationRemoved.$Properties|null);

                /** Activity applicationRun. */
                applicationRun?: (holdfast.telemetry.v1.ApplicationRun.$Properties|null);

                /** Activity sessionStarted. */
                sessionStarted?: (holdfast.telemetry.v1.SessionStarted.$Properties|null);

                /** Activity sessionEnded. */
                sessionEnded?: (holdfast.telemetry.v1.SessionEnded.$Properties|null);

                /** Activity agentStarted. */
                agentStarted?: (holdfast.telemetry.v1.AgentStarted.$Properties|null);

                /** Activity agentStopped. */
                agentStopped?: (holdfast.telemetry.v1.AgentStopped.$Properties|null);

                /** Activity agentDegraded. */
                agentDegraded?: (holdfast.telemetry.v1.AgentDegraded.$Properties|null);

                /** Activity agentTampered. */
                agentTampered?: (holdfast.telemetry.v1.AgentTampered.$Properties|null);

                /** Activity clockChanged. */
                clockChanged?: (holdfast.telemetry.v1.ClockChanged.$Properties|null);

                /** Activity telemetryGap. */
                telemetryGap?: (holdfast.telemetry.v1.TelemetryGap.$Properties|null);

                /** Activity warningShown. */
                warningShown?: (holdfast.telemetry.v1.WarningShown.$Properties|null);

                /** Activity exceptionRequested. */
                exceptionRequested?: (holdfast.telemetry.v1.ExceptionRequested.$Properties|null);

                /** Activity patientRecordAccessed. */
                patientRecordAccessed?: (holdfast.telemetry.v1.PatientRecordAccessed.$Properties|null);

                /** Activity securityAlertRaised. */
                securityAlertRaised?: (holdfast.telemetry.v1.SecurityAlertRaised.$Properties|null);

                /** Activity physicalAccess. */
                physicalAccess?: (holdfast.telemetry.v1.PhysicalAccess.$Properties|null);

                /** Activity customDetection. */
                customDetection?: (holdfast.telemetry.v1.CustomDetection.$Properties|null);

                /** Activity detail. */
                detail?: ("fileCopied"|"fileCreated"|"fileChanged"|"fileRenamed"|"fileHidden"|"fileDeleted"|"archiveCreated"|"fileDownloaded"|"fileReadByTransferTool"|"filePrinted"|"filesStaged"|"labelChanged"|"removableMediaConnected"|"removableMediaMounted"|"removableMediaUnmounted"|"removableMediaDisconnected"|"securityFeatureChanged"|"applicationInstalled"|"applicationUpdated"|"applicationRemoved"|"applicationRun"|"sessionStarted"|"sessionEnded"|"agentStarted"|"agentStopped"|"agentDegraded"|"agentTampered"|"clockChanged"|"telemetryGap"|"warningShown"|"exceptionRequested"|"patientRecordAccessed"|"securityAlertRaised"|"physicalAccess"|"customDetection");

                /**
                 * Creates a new Activity instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Activity instance
                 */
                static create(properties: holdfast.telemetry.v1.Activity.$Shape): holdfast.telemetry.v1.Activity & holdfast.telemetry.v1.Activity.$Shape;
                static create(properties?: holdfast.telemetry.v1.Activity.$Properties): holdfast.telemetry.v1.Activity;

                /**
                 * Encodes the specified Activity message. Does not implicitly {@link holdfast.telemetry.v1.Activity.verify|verify} messages.
                 * @param message Activity message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Activity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Activity message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Activity & holdfast.telemetry.v1.Activity.$Shape} Activity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Activity & holdfast.telemetry.v1.Activity.$Shape;

                /**
                 * Creates an Activity message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Activity
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Activity;

                /**
                 * Creates a plain object from an Activity message. Also converts values to other types if specified.
                 * @param message Activity
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Activity, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Activity to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Activity
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Activity {

                /** Properties of an Activity. */
                interface $Properties {

                    /** Activity occurredAt */
                    occurredAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Activity observedAt */
                    observedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Activity actor */
                    actor?: (holdfast.telemetry.v1.Actor.$Properties|null);

                    /** Activity sensor */
                    sensor?: (string|null);

                    /** Activity recovered */
                    recovered?: (boolean|null);

                    /** Activity drill */
                    drill?: (string|null);

                    /** Activity fileCopied */
                    fileCopied?: (holdfast.telemetry.v1.FileCopied.$Properties|null);

                    /** Activity fileCreated */
                    fileCreated?: (holdfast.telemetry.v1.FileCreated.$Properties|null);

                    /** Activity fileChanged */
                    fileChanged?: (holdfast.telemetry.v1.FileChanged.$Properties|null);

                    /** Activity fileRenamed */
                    fileRenamed?: (holdfast.telemetry.v1.FileRenamed.$Properties|null);

                    /** Activity fileHidden */
                    fileHidden?: (holdfast.telemetry.v1.FileHidden.$Properties|null);

                    /** Activity fileDeleted */
                    fileDeleted?: (holdfast.telemetry.v1.FileDeleted.$Properties|null);

                    /** Activity archiveCreated */
                    archiveCreated?: (holdfast.telemetry.v1.ArchiveCreated.$Properties|null);

                    /** Activity fileDownloaded */
                    fileDownloaded?: (holdfast.telemetry.v1.FileDownloaded.$Properties|null);

                    /** Activity fileReadByTransferTool */
                    fileReadByTransferTool?: (holdfast.telemetry.v1.FileReadByTransferTool.$Properties|null);

                    /** Activity filePrinted */
                    filePrinted?: (holdfast.telemetry.v1.FilePrinted.$Properties|null);

                    /** Activity filesStaged */
                    filesStaged?: (holdfast.telemetry.v1.FilesStaged.$Properties|null);

                    /** Activity labelChanged */
                    labelChanged?: (holdfast.telemetry.v1.LabelChanged.$Properties|null);

                    /** Activity removableMediaConnected */
                    removableMediaConnected?: (holdfast.telemetry.v1.RemovableMediaConnected.$Properties|null);

                    /** Activity removableMediaMounted */
                    removableMediaMounted?: (holdfast.telemetry.v1.RemovableMediaMounted.$Properties|null);

                    /** Activity removableMediaUnmounted */
                    removableMediaUnmounted?: (holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties|null);

                    /** Activity removableMediaDisconnected */
                    removableMediaDisconnected?: (holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties|null);

                    /** Activity securityFeatureChanged */
                    securityFeatureChanged?: (holdfast.telemetry.v1.SecurityFeatureChanged.$Properties|null);

                    /** Activity applicationInstalled */
                    applicationInstalled?: (holdfast.telemetry.v1.ApplicationInstalled.$Properties|null);

                    /** Activity applicationUpdated */
                    applicationUpdated?: (holdfast.telemetry.v1.ApplicationUpdated.$Properties|null);

                    /** Activity applicationRemoved */
                    applicationRemoved?: (holdfast.telemetry.v1.ApplicationRemoved.$Properties|null);

                    /** Activity applicationRun */
                    applicationRun?: (holdfast.telemetry.v1.ApplicationRun.$Properties|null);

                    /** Activity sessionStarted */
                    sessionStarted?: (holdfast.telemetry.v1.SessionStarted.$Properties|null);

                    /** Activity sessionEnded */
                    sessionEnded?: (holdfast.telemetry.v1.SessionEnded.$Properties|null);

                    /** Activity agentStarted */
                    agentStarted?: (holdfast.telemetry.v1.AgentStarted.$Properties|null);

                    /** Activity agentStopped */
                    agentStopped?: (holdfast.telemetry.v1.AgentStopped.$Properties|null);

                    /** Activity agentDegraded */
                    agentDegraded?: (holdfast.telemetry.v1.AgentDegraded.$Properties|null);

                    /** Activity agentTampered */
                    agentTampered?: (holdfast.telemetry.v1.AgentTampered.$Properties|null);

                    /** Activity clockChanged */
                    clockChanged?: (holdfast.telemetry.v1.ClockChanged.$Properties|null);

                    /** Activity telemetryGap */
                    telemetryGap?: (holdfast.telemetry.v1.TelemetryGap.$Properties|null);

                    /** Activity warningShown */
                    warningShown?: (holdfast.telemetry.v1.WarningShown.$Properties|null);

                    /** Activity exceptionRequested */
                    exceptionRequested?: (holdfast.telemetry.v1.ExceptionRequested.$Properties|null);

                    /** Activity patientRecordAccessed */
                    patientRecordAccessed?: (holdfast.telemetry.v1.PatientRecordAccessed.$Properties|null);

                    /** Activity securityAlertRaised */
                    securityAlertRaised?: (holdfast.telemetry.v1.SecurityAlertRaised.$Properties|null);

                    /** Activity physicalAccess */
                    physicalAccess?: (holdfast.telemetry.v1.PhysicalAccess.$Properties|null);

                    /** Activity customDetection */
                    customDetection?: (holdfast.telemetry.v1.CustomDetection.$Properties|null);

                    /** Activity detail */
                    detail?: ("fileCopied"|"fileCreated"|"fileChanged"|"fileRenamed"|"fileHidden"|"fileDeleted"|"archiveCreated"|"fileDownloaded"|"fileReadByTransferTool"|"filePrinted"|"filesStaged"|"labelChanged"|"removableMediaConnected"|"removableMediaMounted"|"removableMediaUnmounted"|"removableMediaDisconnected"|"securityFeatureChanged"|"applicationInstalled"|"applicationUpdated"|"applicationRemoved"|"applicationRun"|"sessionStarted"|"sessionEnded"|"agentStarted"|"agentStopped"|"agentDegraded"|"agentTampered"|"clockChanged"|"telemetryGap"|"warningShown"|"exceptionRequested"|"patientRecordAccessed"|"securityAlertRaised"|"physicalAccess"|"customDetection");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Activity. */
                type $Shape = {
                  occurredAt?: google.protobuf.Timestamp.$Shape|null;
                  observedAt?: google.protobuf.Timestamp.$Shape|null;
                  actor?: holdfast.telemetry.v1.Actor.$Shape|null;
                  sensor?: string|null;
                  recovered?: boolean|null;
                  drill?: string|null;
                  fileCopied?: holdfast.telemetry.v1.FileCopied.$Shape|null;
                  fileCreated?: holdfast.telemetry.v1.FileCreated.$Shape|null;
                  fileChanged?: holdfast.telemetry.v1.FileChanged.$Shape|null;
                  fileRenamed?: holdfast.telemetry.v1.FileRenamed.$Shape|null;
                  fileHidden?: holdfast.telemetry.v1.FileHidden.$Shape|null;
                  fileDeleted?: holdfast.telemetry.v1.FileDeleted.$Shape|null;
                  archiveCreated?: holdfast.telemetry.v1.ArchiveCreated.$Shape|null;
                  fileDownloaded?: holdfast.telemetry.v1.FileDownloaded.$Shape|null;
                  fileReadByTransferTool?: holdfast.telemetry.v1.FileReadByTransferTool.$Shape|null;
                  filePrinted?: holdfast.telemetry.v1.FilePrinted.$Shape|null;
                  filesStaged?: holdfast.telemetry.v1.FilesStaged.$Shape|null;
                  labelChanged?: holdfast.telemetry.v1.LabelChanged.$Shape|null;
                  removableMediaConnected?: holdfast.telemetry.v1.RemovableMediaConnected.$Shape|null;
                  removableMediaMounted?: holdfast.telemetry.v1.RemovableMediaMounted.$Shape|null;
                  removableMediaUnmounted?: holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape|null;
                  removableMediaDisconnected?: holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape|null;
                  securityFeatureChanged?: holdfast.telemetry.v1.SecurityFeatureChanged.$Shape|null;
                  applicationInstalled?: holdfast.telemetry.v1.ApplicationInstalled.$Shape|null;
                  applicationUpdated?: holdfast.telemetry.v1.ApplicationUpdated.$Shape|null;
                  applicationRemoved?: holdfast.telemetry.v1.ApplicationRemoved.$Shape|null;
                  applicationRun?: holdfast.telemetry.v1.ApplicationRun.$Shape|null;
                  sessionStarted?: holdfast.telemetry.v1.SessionStarted.$Shape|null;
                  sessionEnded?: holdfast.telemetry.v1.SessionEnded.$Shape|null;
                  agentStarted?: holdfast.telemetry.v1.AgentStarted.$Shape|null;
                  agentStopped?: holdfast.telemetry.v1.AgentStopped.$Shape|null;
                  agentDegraded?: holdfast.telemetry.v1.AgentDegraded.$Shape|null;
                  agentTampered?: holdfast.telemetry.v1.AgentTampered.$Shape|null;
                  clockChanged?: holdfast.telemetry.v1.ClockChanged.$Shape|null;
                  telemetryGap?: holdfast.telemetry.v1.TelemetryGap.$Shape|null;
                  warningShown?: holdfast.telemetry.v1.WarningShown.$Shape|null;
                  exceptionRequested?: holdfast.telemetry.v1.ExceptionRequested.$Shape|null;
                  patientRecordAccessed?: holdfast.telemetry.v1.PatientRecordAccessed.$Shape|null;
                  securityAlertRaised?: holdfast.telemetry.v1.SecurityAlertRaised.$Shape|null;
                  physicalAccess?: holdfast.telemetry.v1.PhysicalAccess.$Shape|null;
                  customDetection?: holdfast.telemetry.v1.CustomDetection.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ detail?: undefined; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileCopied"; fileCopied: holdfast.telemetry.v1.FileCopied.$Shape; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileCreated"; fileCopied?: null; fileCreated: holdfast.telemetry.v1.FileCreated.$Shape; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileChanged"; fileCopied?: null; fileCreated?: null; fileChanged: holdfast.telemetry.v1.FileChanged.$Shape; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileRenamed"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed: holdfast.telemetry.v1.FileRenamed.$Shape; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileHidden"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden: holdfast.telemetry.v1.FileHidden.$Shape; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileDeleted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted: holdfast.telemetry.v1.FileDeleted.$Shape; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "archiveCreated"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated: holdfast.telemetry.v1.ArchiveCreated.$Shape; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileDownloaded"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded: holdfast.telemetry.v1.FileDownloaded.$Shape; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "fileReadByTransferTool"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool: holdfast.telemetry.v1.FileReadByTransferTool.$Shape; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "filePrinted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted: holdfast.telemetry.v1.FilePrinted.$Shape; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "filesStaged"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged: holdfast.telemetry.v1.FilesStaged.$Shape; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "labelChanged"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged: holdfast.telemetry.v1.LabelChanged.$Shape; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "removableMediaConnected"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected: holdfast.telemetry.v1.RemovableMediaConnected.$Shape; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "removableMediaMounted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted: holdfast.telemetry.v1.RemovableMediaMounted.$Shape; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "removableMediaUnmounted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted: holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "removableMediaDisconnected"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected: holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "securityFeatureChanged"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged: holdfast.telemetry.v1.SecurityFeatureChanged.$Shape; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "applicationInstalled"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled: holdfast.telemetry.v1.ApplicationInstalled.$Shape; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "applicationUpdated"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated: holdfast.telemetry.v1.ApplicationUpdated.$Shape; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "applicationRemoved"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved: holdfast.telemetry.v1.ApplicationRemoved.$Shape; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "applicationRun"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun: holdfast.telemetry.v1.ApplicationRun.$Shape; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "sessionStarted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted: holdfast.telemetry.v1.SessionStarted.$Shape; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "sessionEnded"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded: holdfast.telemetry.v1.SessionEnded.$Shape; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "agentStarted"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted: holdfast.telemetry.v1.AgentStarted.$Shape; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "agentStopped"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped: holdfast.telemetry.v1.AgentStopped.$Shape; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "agentDegraded"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded: holdfast.telemetry.v1.AgentDegraded.$Shape; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "agentTampered"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered: holdfast.telemetry.v1.AgentTampered.$Shape; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "clockChanged"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged: holdfast.telemetry.v1.ClockChanged.$Shape; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "telemetryGap"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap: holdfast.telemetry.v1.TelemetryGap.$Shape; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "warningShown"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown: holdfast.telemetry.v1.WarningShown.$Shape; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "exceptionRequested"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested: holdfast.telemetry.v1.ExceptionRequested.$Shape; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "patientRecordAccessed"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed: holdfast.telemetry.v1.PatientRecordAccessed.$Shape; securityAlertRaised?: null; physicalAccess?: null; customDetection?: null }|{ detail?: "securityAlertRaised"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised: holdfast.telemetry.v1.SecurityAlertRaised.$Shape; physicalAccess?: null; customDetection?: null }|{ detail?: "physicalAccess"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess: holdfast.telemetry.v1.PhysicalAccess.$Shape; customDetection?: null }|{ detail?: "customDetection"; fileCopied?: null; fileCreated?: null; fileChanged?: null; fileRenamed?: null; fileHidden?: null; fileDeleted?: null; archiveCreated?: null; fileDownloaded?: null; fileReadByTransferTool?: null; filePrinted?: null; filesStaged?: null; labelChanged?: null; removableMediaConnected?: null; removableMediaMounted?: null; removableMediaUnmounted?: null; removableMediaDisconnected?: null; securityFeatureChanged?: null; applicationInstalled?: null; applicationUpdated?: null; applicationRemoved?: null; applicationRun?: null; sessionStarted?: null; sessionEnded?: null; agentStarted?: null; agentStopped?: null; agentDegraded?: null; agentTampered?: null; clockChanged?: null; telemetryGap?: null; warningShown?: null; exceptionRequested?: null; patientRecordAccessed?: null; securityAlertRaised?: null; physicalAccess?: null; customDetection: holdfast.telemetry.v1.CustomDetection.$Shape })
                );
            }

            /** Attribution enum. */
            enum Attribution {

                /** ATTRIBUTION_UNSPECIFIED value */
                ATTRIBUTION_UNSPECIFIED = 0,

                /** ATTRIBUTION_PROCESS value */
                ATTRIBUTION_PROCESS = 1,

                /** ATTRIBUTION_FILE_OWNER value */
                ATTRIBUTION_FILE_OWNER = 2,

                /** ATTRIBUTION_SESSION value */
                ATTRIBUTION_SESSION = 3
            }

            /**
             * Properties of an Actor.
             * @deprecated Use holdfast.telemetry.v1.Actor.$Properties instead.
             */
            interface IActor extends holdfast.telemetry.v1.Actor.$Properties {
            }

            /** Represents an Actor. */
            class Actor {

                /**
                 * Constructs a new Actor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Actor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Actor account. */
                account: string;

                /** Actor accountId. */
                accountId: string;

                /** Actor domain. */
                domain: string;

                /** Actor attribution. */
                attribution: holdfast.telemetry.v1.Attribution;

                /** Actor process. */
                process?: (holdfast.telemetry.v1.Process.$Properties|null);

                /**
                 * Creates a new Actor instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Actor instance
                 */
                static create(properties: holdfast.telemetry.v1.Actor.$Shape): holdfast.telemetry.v1.Actor & holdfast.telemetry.v1.Actor.$Shape;
                static create(properties?: holdfast.telemetry.v1.Actor.$Properties): holdfast.telemetry.v1.Actor;

                /**
                 * Encodes the specified Actor message. Does not implicitly {@link holdfast.telemetry.v1.Actor.verify|verify} messages.
                 * @param message Actor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Actor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Actor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Actor & holdfast.telemetry.v1.Actor.$Shape} Actor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Actor & holdfast.telemetry.v1.Actor.$Shape;

                /**
                 * Creates an Actor message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Actor
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Actor;

                /**
                 * Creates a plain object from an Actor message. Also converts values to other types if specified.
                 * @param message Actor
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Actor, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Actor to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Actor
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Actor {

                /** Properties of an Actor. */
                interface $Properties {

                    /** Actor account */
                    account?: (string|null);

                    /** Actor accountId */
                    accountId?: (string|null);

                    /** Actor domain */
                    domain?: (string|null);

                    /** Actor attribution */
                    attribution?: (holdfast.telemetry.v1.Attribution|null);

                    /** Actor process */
                    process?: (holdfast.telemetry.v1.Process.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Actor. */
                type $Shape = holdfast.telemetry.v1.Actor.$Properties;
            }

            /**
             * Properties of a Process.
             * @deprecated Use holdfast.telemetry.v1.Process.$Properties instead.
             */
            interface IProcess extends holdfast.telemetry.v1.Process.$Properties {
            }

            /** Represents a Process. */
            class Process {

                /**
                 * Constructs a new Process.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Process.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Process pid. */
                pid: number;

                /** Process name. */
                name: string;

                /** Process executable. */
                executable: string;

                /** Process parentName. */
                parentName: string;

                /** Process parentPid. */
                parentPid: number;

                /** Process container. */
                container: string;

                /** Process programClass. */
                programClass: string;

                /**
                 * Creates a new Process instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Process instance
                 */
                static create(properties: holdfast.telemetry.v1.Process.$Shape): holdfast.telemetry.v1.Process & holdfast.telemetry.v1.Process.$Shape;
                static create(properties?: holdfast.telemetry.v1.Process.$Properties): holdfast.telemetry.v1.Process;

                /**
                 * Encodes the specified Process message. Does not implicitly {@link holdfast.telemetry.v1.Process.verify|verify} messages.
                 * @param message Process message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Process.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Process message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Process & holdfast.telemetry.v1.Process.$Shape} Process
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Process & holdfast.telemetry.v1.Process.$Shape;

                /**
                 * Creates a Process message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Process
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Process;

                /**
                 * Creates a plain object from a Process message. Also converts values to other types if specified.
                 * @param message Process
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Process, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Process to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Process
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Process {

                /** Properties of a Process. */
                interface $Properties {

                    /** Process pid */
                    pid?: (number|null);

                    /** Process name */
                    name?: (string|null);

                    /** Process executable */
                    executable?: (string|null);

                    /** Process parentName */
                    parentName?: (string|null);

                    /** Process parentPid */
                    parentPid?: (number|null);

                    /** Process container */
                    container?: (string|null);

                    /** Process programClass */
                    programClass?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Process. */
                type $Shape = holdfast.telemetry.v1.Process.$Properties;
            }

            /** LocationKind enum. */
            enum LocationKind {

                /** LOCATION_KIND_UNSPECIFIED value */
                LOCATION_KIND_UNSPECIFIED = 0,

                /** LOCATION_KIND_LOCAL value */
                LOCATION_KIND_LOCAL = 1,

                /** LOCATION_KIND_REMOVABLE value */
                LOCATION_KIND_REMOVABLE = 2,

                /** LOCATION_KIND_NETWORK_SHARE value */
                LOCATION_KIND_NETWORK_SHARE = 3,

                /** LOCATION_KIND_CLOUD_SYNC value */
                LOCATION_KIND_CLOUD_SYNC = 4,

                /** LOCATION_KIND_REMOTE_SESSION value */
                LOCATION_KIND_REMOTE_SESSION = 5
            }

            /**
             * Properties of a FileFacts.
             * @deprecated Use holdfast.telemetry.v1.FileFacts.$Properties instead.
             */
            interface IFileFacts extends holdfast.telemetry.v1.FileFacts.$Properties {
            }

            /** Represents a FileFacts. */
            class FileFacts {

                /**
                 * Constructs a new FileFacts.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileFacts.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileFacts path. */
                path: string;

                /** FileFacts sizeBytes. */
                sizeBytes: number;

                /** FileFacts sha256. */
                sha256: string;

                /** FileFacts fingerprint. */
                fingerprint: string;

                /** FileFacts location. */
                location: holdfast.telemetry.v1.LocationKind;

                /** FileFacts state. */
                state: string;

                /** FileFacts mimeType. */
                mimeType: string;

                /** FileFacts content. */
                content?: (holdfast.telemetry.v1.ContentInspectionResult.$Properties|null);

                /** FileFacts memberName. */
                memberName: string;

                /**
                 * Creates a new FileFacts instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileFacts instance
                 */
                static create(properties: holdfast.telemetry.v1.FileFacts.$Shape): holdfast.telemetry.v1.FileFacts & holdfast.telemetry.v1.FileFacts.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileFacts.$Properties): holdfast.telemetry.v1.FileFacts;

                /**
                 * Encodes the specified FileFacts message. Does not implicitly {@link holdfast.telemetry.v1.FileFacts.verify|verify} messages.
                 * @param message FileFacts message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileFacts message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileFacts & holdfast.telemetry.v1.FileFacts.$Shape} FileFacts
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileFacts & holdfast.telemetry.v1.FileFacts.$Shape;

                /**
                 * Creates a FileFacts message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileFacts
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileFacts;

                /**
                 * Creates a plain object from a FileFacts message. Also converts values to other types if specified.
                 * @param message FileFacts
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileFacts, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileFacts to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileFacts
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileFacts {

                /** Properties of a FileFacts. */
                interface $Properties {

                    /** FileFacts path */
                    path?: (string|null);

                    /** FileFacts sizeBytes */
                    sizeBytes?: (number|null);

                    /** FileFacts sha256 */
                    sha256?: (string|null);

                    /** FileFacts fingerprint */
                    fingerprint?: (string|null);

                    /** FileFacts location */
                    location?: (holdfast.telemetry.v1.LocationKind|null);

                    /** FileFacts state */
                    state?: (string|null);

                    /** FileFacts mimeType */
                    mimeType?: (string|null);

                    /** FileFacts content */
                    content?: (holdfast.telemetry.v1.ContentInspectionResult.$Properties|null);

                    /** FileFacts memberName */
                    memberName?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileFacts. */
                type $Shape = holdfast.telemetry.v1.FileFacts.$Properties;
            }

            /**
             * Properties of a ContentInspectionResult.
             * @deprecated Use holdfast.telemetry.v1.ContentInspectionResult.$Properties instead.
             */
            interface IContentInspectionResult extends holdfast.telemetry.v1.ContentInspectionResult.$Properties {
            }

            /** Represents a ContentInspectionResult. */
            class ContentInspectionResult {

                /**
                 * Constructs a new ContentInspectionResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ContentInspectionResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ContentInspectionResult state. */
                state: string;

                /** ContentInspectionResult findings. */
                findings: holdfast.telemetry.v1.ContentFinding.$Properties[];

                /** ContentInspectionResult label. */
                label: string;

                /** ContentInspectionResult labelId. */
                labelId: string;

                /** ContentInspectionResult language. */
                language: string;

                /**
                 * Creates a new ContentInspectionResult instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ContentInspectionResult instance
                 */
                static create(properties: holdfast.telemetry.v1.ContentInspectionResult.$Shape): holdfast.telemetry.v1.ContentInspectionResult & holdfast.telemetry.v1.ContentInspectionResult.$Shape;
                static create(properties?: holdfast.telemetry.v1.ContentInspectionResult.$Properties): holdfast.telemetry.v1.ContentInspectionResult;

                /**
                 * Encodes the specified ContentInspectionResult message. Does not implicitly {@link holdfast.telemetry.v1.ContentInspectionResult.verify|verify} messages.
                 * @param message ContentInspectionResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ContentInspectionResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ContentInspectionResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ContentInspectionResult & holdfast.telemetry.v1.ContentInspectionResult.$Shape} ContentInspectionResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ContentInspectionResult & holdfast.telemetry.v1.ContentInspectionResult.$Shape;

                /**
                 * Creates a ContentInspectionResult message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ContentInspectionResult
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ContentInspectionResult;

                /**
                 * Creates a plain object from a ContentInspectionResult message. Also converts values to other types if specified.
                 * @param message ContentInspectionResult
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ContentInspectionResult, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ContentInspectionResult to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ContentInspectionResult
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ContentInspectionResult {

                /** Properties of a ContentInspectionResult. */
                interface $Properties {

                    /** ContentInspectionResult state */
                    state?: (string|null);

                    /** ContentInspectionResult findings */
                    findings?: (holdfast.telemetry.v1.ContentFinding.$Properties[]|null);

                    /** ContentInspectionResult label */
                    label?: (string|null);

                    /** ContentInspectionResult labelId */
                    labelId?: (string|null);

                    /** ContentInspectionResult language */
                    language?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ContentInspectionResult. */
                type $Shape = holdfast.telemetry.v1.ContentInspectionResult.$Properties;
            }

            /**
             * Properties of a Media.
             * @deprecated Use holdfast.telemetry.v1.Media.$Properties instead.
             */
            interface IMedia extends holdfast.telemetry.v1.Media.$Properties {
            }

            /** Represents a Media. */
            class Media {

                /**
                 * Constructs a new Media.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Media.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Media vendor. */
                vendor: string;

                /** Media model. */
                model: string;

                /** Media serial. */
                serial: string;

                /** Media bus. */
                bus: string;

                /** Media capacityBytes. */
                capacityBytes: number;

                /** Media fileSystem. */
                fileSystem: string;

                /** Media mountPoint. */
                mountPoint: string;

                /** Media deviceNode. */
                deviceNode: string;

                /** Media vendorId. */
                vendorId: string;

                /** Media productId. */
                productId: string;

                /** Media volumeLabel. */
                volumeLabel: string;

                /** Media encrypted. */
                encrypted: boolean;

                /** Media deviceId. */
                deviceId: string;

                /** Media deviceClass. */
                deviceClass: string;

                /** Media slot. */
                slot: string;

                /** Media fileSystems. */
                fileSystems: string[];

                /** Media encryption. */
                encryption: string;

                /**
                 * Creates a new Media instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Media instance
                 */
                static create(properties: holdfast.telemetry.v1.Media.$Shape): holdfast.telemetry.v1.Media & holdfast.telemetry.v1.Media.$Shape;
                static create(properties?: holdfast.telemetry.v1.Media.$Properties): holdfast.telemetry.v1.Media;

                /**
                 * Encodes the specified Media message. Does not implicitly {@link holdfast.telemetry.v1.Media.verify|verify} messages.
                 * @param message Media message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Media.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Media message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Media & holdfast.telemetry.v1.Media.$Shape} Media
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Media & holdfast.telemetry.v1.Media.$Shape;

                /**
                 * Creates a Media message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Media
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Media;

                /**
                 * Creates a plain object from a Media message. Also converts values to other types if specified.
                 * @param message Media
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Media, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Media to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Media
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Media {

                /** Properties of a Media. */
                interface $Properties {

                    /** Media vendor */
                    vendor?: (string|null);

                    /** Media model */
                    model?: (string|null);

                    /** Media serial */
                    serial?: (string|null);

                    /** Media bus */
                    bus?: (string|null);

                    /** Media capacityBytes */
                    capacityBytes?: (number|null);

                    /** Media fileSystem */
                    fileSystem?: (string|null);

                    /** Media mountPoint */
                    mountPoint?: (string|null);

                    /** Media deviceNode */
                    deviceNode?: (string|null);

                    /** Media vendorId */
                    vendorId?: (string|null);

                    /** Media productId */
                    productId?: (string|null);

                    /** Media volumeLabel */
                    volumeLabel?: (string|null);

                    /** Media encrypted */
                    encrypted?: (boolean|null);

                    /** Media deviceId */
                    deviceId?: (string|null);

                    /** Media deviceClass */
                    deviceClass?: (string|null);

                    /** Media slot */
                    slot?: (string|null);

                    /** Media fileSystems */
                    fileSystems?: (string[]|null);

                    /** Media encryption */
                    encryption?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Media. */
                type $Shape = holdfast.telemetry.v1.Media.$Properties;
            }

            /**
             * Properties of a MediaWrites.
             * @deprecated Use holdfast.telemetry.v1.MediaWrites.$Properties instead.
             */
            interface IMediaWrites extends holdfast.telemetry.v1.MediaWrites.$Properties {
            }

            /** Represents a MediaWrites. */
            class MediaWrites {

                /**
                 * Constructs a new MediaWrites.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.MediaWrites.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MediaWrites bytes. */
                bytes: number;

                /** MediaWrites files. */
                files: number;

                /** MediaWrites atLeast. */
                atLeast: boolean;

                /** MediaWrites since. */
                since?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new MediaWrites instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns MediaWrites instance
                 */
                static create(properties: holdfast.telemetry.v1.MediaWrites.$Shape): holdfast.telemetry.v1.MediaWrites & holdfast.telemetry.v1.MediaWrites.$Shape;
                static create(properties?: holdfast.telemetry.v1.MediaWrites.$Properties): holdfast.telemetry.v1.MediaWrites;

                /**
                 * Encodes the specified MediaWrites message. Does not implicitly {@link holdfast.telemetry.v1.MediaWrites.verify|verify} messages.
                 * @param message MediaWrites message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.MediaWrites.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MediaWrites message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.MediaWrites & holdfast.telemetry.v1.MediaWrites.$Shape} MediaWrites
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.MediaWrites & holdfast.telemetry.v1.MediaWrites.$Shape;

                /**
                 * Creates a MediaWrites message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns MediaWrites
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.MediaWrites;

                /**
                 * Creates a plain object from a MediaWrites message. Also converts values to other types if specified.
                 * @param message MediaWrites
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.MediaWrites, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this MediaWrites to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for MediaWrites
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace MediaWrites {

                /** Properties of a MediaWrites. */
                interface $Properties {

                    /** MediaWrites bytes */
                    bytes?: (number|null);

                    /** MediaWrites files */
                    files?: (number|null);

                    /** MediaWrites atLeast */
                    atLeast?: (boolean|null);

                    /** MediaWrites since */
                    since?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MediaWrites. */
                type $Shape = holdfast.telemetry.v1.MediaWrites.$Properties;
            }

            /**
             * Properties of a ContentFinding.
             * @deprecated Use holdfast.telemetry.v1.ContentFinding.$Properties instead.
             */
            interface IContentFinding extends holdfast.telemetry.v1.ContentFinding.$Properties {
            }

            /** Represents a ContentFinding. */
            class ContentFinding {

                /**
                 * Constructs a new ContentFinding.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ContentFinding.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ContentFinding type. */
                type: string;

                /** ContentFinding count. */
                count: number;

                /** ContentFinding confidence. */
                confidence: number;

                /**
                 * Creates a new ContentFinding instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ContentFinding instance
                 */
                static create(properties: holdfast.telemetry.v1.ContentFinding.$Shape): holdfast.telemetry.v1.ContentFinding & holdfast.telemetry.v1.ContentFinding.$Shape;
                static create(properties?: holdfast.telemetry.v1.ContentFinding.$Properties): holdfast.telemetry.v1.ContentFinding;

                /**
                 * Encodes the specified ContentFinding message. Does not implicitly {@link holdfast.telemetry.v1.ContentFinding.verify|verify} messages.
                 * @param message ContentFinding message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ContentFinding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ContentFinding message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ContentFinding & holdfast.telemetry.v1.ContentFinding.$Shape} ContentFinding
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ContentFinding & holdfast.telemetry.v1.ContentFinding.$Shape;

                /**
                 * Creates a ContentFinding message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ContentFinding
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ContentFinding;

                /**
                 * Creates a plain object from a ContentFinding message. Also converts values to other types if specified.
                 * @param message ContentFinding
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ContentFinding, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ContentFinding to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ContentFinding
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ContentFinding {

                /** Properties of a ContentFinding. */
                interface $Properties {

                    /** ContentFinding type */
                    type?: (string|null);

                    /** ContentFinding count */
                    count?: (number|null);

                    /** ContentFinding confidence */
                    confidence?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ContentFinding. */
                type $Shape = holdfast.telemetry.v1.ContentFinding.$Properties;
            }

            /**
             * Properties of a LineageStep.
             * @deprecated Use holdfast.telemetry.v1.LineageStep.$Properties instead.
             */
            interface ILineageStep extends holdfast.telemetry.v1.LineageStep.$Properties {
            }

            /** Represents a LineageStep. */
            class LineageStep {

                /**
                 * Constructs a new LineageStep.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.LineageStep.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LineageStep kind. */
                kind: string;

                /** LineageStep path. */
                path: string;

                /**
                 * Creates a new LineageStep instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns LineageStep instance
                 */
                static create(properties: holdfast.telemetry.v1.LineageStep.$Shape): holdfast.telemetry.v1.LineageStep & holdfast.telemetry.v1.LineageStep.$Shape;
                static create(properties?: holdfast.telemetry.v1.LineageStep.$Properties): holdfast.telemetry.v1.LineageStep;

                /**
                 * Encodes the specified LineageStep message. Does not implicitly {@link holdfast.telemetry.v1.LineageStep.verify|verify} messages.
                 * @param message LineageStep message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.LineageStep.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LineageStep message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.LineageStep & holdfast.telemetry.v1.LineageStep.$Shape} LineageStep
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.LineageStep & holdfast.telemetry.v1.LineageStep.$Shape;

                /**
                 * Creates a LineageStep message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns LineageStep
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.LineageStep;

                /**
                 * Creates a plain object from a LineageStep message. Also converts values to other types if specified.
                 * @param message LineageStep
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.LineageStep, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this LineageStep to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for LineageStep
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace LineageStep {

                /** Properties of a LineageStep. */
                interface $Properties {

                    /** LineageStep kind */
                    kind?: (string|null);

                    /** LineageStep path */
                    path?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LineageStep. */
                type $Shape = holdfast.telemetry.v1.LineageStep.$Properties;
            }

            /**
             * Properties of a FileCopied.
             * @deprecated Use holdfast.telemetry.v1.FileCopied.$Properties instead.
             */
            interface IFileCopied extends holdfast.telemetry.v1.FileCopied.$Properties {
            }

            /** Represents a FileCopied. */
            class FileCopied {

                /**
                 * Constructs a new FileCopied.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileCopied.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileCopied destination. */
                destination?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileCopied source. */
                source?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileCopied media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** FileCopied findings. */
                findings: holdfast.telemetry.v1.ContentFinding.$Properties[];

                /** FileCopied sensitivityLabel. */
                sensitivityLabel: string;

                /** FileCopied chain. */
                chain: holdfast.telemetry.v1.LineageStep.$Properties[];

                /** FileCopied members. */
                members: holdfast.telemetry.v1.FileFacts.$Properties[];

                /** FileCopied memberCount. */
                memberCount: number;

                /** FileCopied encrypted. */
                encrypted: boolean;

                /** FileCopied similarity. */
                similarity: number;

                /**
                 * Creates a new FileCopied instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileCopied instance
                 */
                static create(properties: holdfast.telemetry.v1.FileCopied.$Shape): holdfast.telemetry.v1.FileCopied & holdfast.telemetry.v1.FileCopied.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileCopied.$Properties): holdfast.telemetry.v1.FileCopied;

                /**
                 * Encodes the specified FileCopied message. Does not implicitly {@link holdfast.telemetry.v1.FileCopied.verify|verify} messages.
                 * @param message FileCopied message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileCopied.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileCopied message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileCopied & holdfast.telemetry.v1.FileCopied.$Shape} FileCopied
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileCopied & holdfast.telemetry.v1.FileCopied.$Shape;

                /**
                 * Creates a FileCopied message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileCopied
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileCopied;

                /**
                 * Creates a plain object from a FileCopied message. Also converts values to other types if specified.
                 * @param message FileCopied
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileCopied, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileCopied to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileCopied
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileCopied {

                /** Properties of a FileCopied. */
                interface $Properties {

                    /** FileCopied destination */
                    destination?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileCopied source */
                    source?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileCopied media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** FileCopied findings */
                    findings?: (holdfast.telemetry.v1.ContentFinding.$Properties[]|null);

                    /** FileCopied sensitivityLabel */
                    sensitivityLabel?: (string|null);

                    /** FileCopied chain */
                    chain?: (holdfast.telemetry.v1.LineageStep.$Properties[]|null);

                    /** FileCopied members */
                    members?: (holdfast.telemetry.v1.FileFacts.$Properties[]|null);

                    /** FileCopied memberCount */
                    memberCount?: (number|null);

                    /** FileCopied encrypted */
                    encrypted?: (boolean|null);

                    /** FileCopied similarity */
                    similarity?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileCopied. */
                type $Shape = holdfast.telemetry.v1.FileCopied.$Properties;
            }

            /**
             * Properties of a FileCreated.
             * @deprecated Use holdfast.telemetry.v1.FileCreated.$Properties instead.
             */
            interface IFileCreated extends holdfast.telemetry.v1.FileCreated.$Properties {
            }

            /** Represents a FileCreated. */
            class FileCreated {

                /**
                 * Constructs a new FileCreated.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileCreated.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileCreated file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileCreated findings. */
                findings: holdfast.telemetry.v1.ContentFinding.$Properties[];

                /**
                 * Creates a new FileCreated instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileCreated instance
                 */
                static create(properties: holdfast.telemetry.v1.FileCreated.$Shape): holdfast.telemetry.v1.FileCreated & holdfast.telemetry.v1.FileCreated.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileCreated.$Properties): holdfast.telemetry.v1.FileCreated;

                /**
                 * Encodes the specified FileCreated message. Does not implicitly {@link holdfast.telemetry.v1.FileCreated.verify|verify} messages.
                 * @param message FileCreated message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileCreated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileCreated message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileCreated & holdfast.telemetry.v1.FileCreated.$Shape} FileCreated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileCreated & holdfast.telemetry.v1.FileCreated.$Shape;

                /**
                 * Creates a FileCreated message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileCreated
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileCreated;

                /**
                 * Creates a plain object from a FileCreated message. Also converts values to other types if specified.
                 * @param message FileCreated
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileCreated, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileCreated to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileCreated
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileCreated {

                /** Properties of a FileCreated. */
                interface $Properties {

                    /** FileCreated file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileCreated findings */
                    findings?: (holdfast.telemetry.v1.ContentFinding.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileCreated. */
                type $Shape = holdfast.telemetry.v1.FileCreated.$Properties;
            }

            /**
             * Properties of a FileChanged.
             * @deprecated Use holdfast.telemetry.v1.FileChanged.$Properties instead.
             */
            interface IFileChanged extends holdfast.telemetry.v1.FileChanged.$Properties {
            }

            /** Represents a FileChanged. */
            class FileChanged {

                /**
                 * Constructs a new FileChanged.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileChanged.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileChanged file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileChanged findings. */
                findings: holdfast.telemetry.v1.ContentFinding.$Properties[];

                /**
                 * Creates a new FileChanged instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileChanged instance
                 */
                static create(properties: holdfast.telemetry.v1.FileChanged.$Shape): holdfast.telemetry.v1.FileChanged & holdfast.telemetry.v1.FileChanged.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileChanged.$Properties): holdfast.telemetry.v1.FileChanged;

                /**
                 * Encodes the specified FileChanged message. Does not implicitly {@link holdfast.telemetry.v1.FileChanged.verify|verify} messages.
                 * @param message FileChanged message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileChanged message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileChanged & holdfast.telemetry.v1.FileChanged.$Shape} FileChanged
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileChanged & holdfast.telemetry.v1.FileChanged.$Shape;

                /**
                 * Creates a FileChanged message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileChanged
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileChanged;

                /**
                 * Creates a plain object from a FileChanged message. Also converts values to other types if specified.
                 * @param message FileChanged
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileChanged, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileChanged to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileChanged
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileChanged {

                /** Properties of a FileChanged. */
                interface $Properties {

                    /** FileChanged file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileChanged findings */
                    findings?: (holdfast.telemetry.v1.ContentFinding.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileChanged. */
                type $Shape = holdfast.telemetry.v1.FileChanged.$Properties;
            }

            /**
             * Properties of a FileRenamed.
             * @deprecated Use holdfast.telemetry.v1.FileRenamed.$Properties instead.
             */
            interface IFileRenamed extends holdfast.telemetry.v1.FileRenamed.$Properties {
            }

            /** Represents a FileRenamed. */
            class FileRenamed {

                /**
                 * Constructs a new FileRenamed.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileRenamed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileRenamed file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileRenamed oldPath. */
                oldPath: string;

                /** FileRenamed extensionChanged. */
                extensionChanged: boolean;

                /**
                 * Creates a new FileRenamed instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileRenamed instance
                 */
                static create(properties: holdfast.telemetry.v1.FileRenamed.$Shape): holdfast.telemetry.v1.FileRenamed & holdfast.telemetry.v1.FileRenamed.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileRenamed.$Properties): holdfast.telemetry.v1.FileRenamed;

                /**
                 * Encodes the specified FileRenamed message. Does not implicitly {@link holdfast.telemetry.v1.FileRenamed.verify|verify} messages.
                 * @param message FileRenamed message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileRenamed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileRenamed message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileRenamed & holdfast.telemetry.v1.FileRenamed.$Shape} FileRenamed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileRenamed & holdfast.telemetry.v1.FileRenamed.$Shape;

                /**
                 * Creates a FileRenamed message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileRenamed
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileRenamed;

                /**
                 * Creates a plain object from a FileRenamed message. Also converts values to other types if specified.
                 * @param message FileRenamed
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileRenamed, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileRenamed to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileRenamed
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileRenamed {

                /** Properties of a FileRenamed. */
                interface $Properties {

                    /** FileRenamed file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileRenamed oldPath */
                    oldPath?: (string|null);

                    /** FileRenamed extensionChanged */
                    extensionChanged?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileRenamed. */
                type $Shape = holdfast.telemetry.v1.FileRenamed.$Properties;
            }

            /**
             * Properties of a FileHidden.
             * @deprecated Use holdfast.telemetry.v1.FileHidden.$Properties instead.
             */
            interface IFileHidden extends holdfast.telemetry.v1.FileHidden.$Properties {
            }

            /** Represents a FileHidden. */
            class FileHidden {

                /**
                 * Constructs a new FileHidden.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileHidden.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileHidden file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileHidden oldPath. */
                oldPath: string;

                /**
                 * Creates a new FileHidden instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileHidden instance
                 */
                static create(properties: holdfast.telemetry.v1.FileHidden.$Shape): holdfast.telemetry.v1.FileHidden & holdfast.telemetry.v1.FileHidden.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileHidden.$Properties): holdfast.telemetry.v1.FileHidden;

                /**
                 * Encodes the specified FileHidden message. Does not implicitly {@link holdfast.telemetry.v1.FileHidden.verify|verify} messages.
                 * @param message FileHidden message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileHidden.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileHidden message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileHidden & holdfast.telemetry.v1.FileHidden.$Shape} FileHidden
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileHidden & holdfast.telemetry.v1.FileHidden.$Shape;

                /**
                 * Creates a FileHidden message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileHidden
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileHidden;

                /**
                 * Creates a plain object from a FileHidden message. Also converts values to other types if specified.
                 * @param message FileHidden
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileHidden, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileHidden to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileHidden
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileHidden {

                /** Properties of a FileHidden. */
                interface $Properties {

                    /** FileHidden file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileHidden oldPath */
                    oldPath?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileHidden. */
                type $Shape = holdfast.telemetry.v1.FileHidden.$Properties;
            }

            /**
             * Properties of a FileDeleted.
             * @deprecated Use holdfast.telemetry.v1.FileDeleted.$Properties instead.
             */
            interface IFileDeleted extends holdfast.telemetry.v1.FileDeleted.$Properties {
            }

            /** Represents a FileDeleted. */
            class FileDeleted {

                /**
                 * Constructs a new FileDeleted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileDeleted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileDeleted path. */
                path: string;

                /** FileDeleted fingerprint. */
                fingerprint: string;

                /** FileDeleted location. */
                location: holdfast.telemetry.v1.LocationKind;

                /** FileDeleted wasCopySource. */
                wasCopySource: boolean;

                /** FileDeleted wasExfiltrated. */
                wasExfiltrated: boolean;

                /**
                 * Creates a new FileDeleted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileDeleted instance
                 */
                static create(properties: holdfast.telemetry.v1.FileDeleted.$Shape): holdfast.telemetry.v1.FileDeleted & holdfast.telemetry.v1.FileDeleted.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileDeleted.$Properties): holdfast.telemetry.v1.FileDeleted;

                /**
                 * Encodes the specified FileDeleted message. Does not implicitly {@link holdfast.telemetry.v1.FileDeleted.verify|verify} messages.
                 * @param message FileDeleted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileDeleted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileDeleted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileDeleted & holdfast.telemetry.v1.FileDeleted.$Shape} FileDeleted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileDeleted & holdfast.telemetry.v1.FileDeleted.$Shape;

                /**
                 * Creates a FileDeleted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileDeleted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileDeleted;

                /**
                 * Creates a plain object from a FileDeleted message. Also converts values to other types if specified.
                 * @param message FileDeleted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileDeleted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileDeleted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileDeleted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileDeleted {

                /** Properties of a FileDeleted. */
                interface $Properties {

                    /** FileDeleted path */
                    path?: (string|null);

                    /** FileDeleted fingerprint */
                    fingerprint?: (string|null);

                    /** FileDeleted location */
                    location?: (holdfast.telemetry.v1.LocationKind|null);

                    /** FileDeleted wasCopySource */
                    wasCopySource?: (boolean|null);

                    /** FileDeleted wasExfiltrated */
                    wasExfiltrated?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileDeleted. */
                type $Shape = holdfast.telemetry.v1.FileDeleted.$Properties;
            }

            /**
             * Properties of an ArchiveCreated.
             * @deprecated Use holdfast.telemetry.v1.ArchiveCreated.$Properties instead.
             */
            interface IArchiveCreated extends holdfast.telemetry.v1.ArchiveCreated.$Properties {
            }

            /** Represents an ArchiveCreated. */
            class ArchiveCreated {

                /**
                 * Constructs a new ArchiveCreated.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ArchiveCreated.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ArchiveCreated archive. */
                archive?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** ArchiveCreated members. */
                members: holdfast.telemetry.v1.FileFacts.$Properties[];

                /** ArchiveCreated memberCount. */
                memberCount: number;

                /** ArchiveCreated encrypted. */
                encrypted: boolean;

                /** ArchiveCreated matchedCount. */
                matchedCount: number;

                /** ArchiveCreated state. */
                state: string;

                /**
                 * Creates a new ArchiveCreated instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ArchiveCreated instance
                 */
                static create(properties: holdfast.telemetry.v1.ArchiveCreated.$Shape): holdfast.telemetry.v1.ArchiveCreated & holdfast.telemetry.v1.ArchiveCreated.$Shape;
                static create(properties?: holdfast.telemetry.v1.ArchiveCreated.$Properties): holdfast.telemetry.v1.ArchiveCreated;

                /**
                 * Encodes the specified ArchiveCreated message. Does not implicitly {@link holdfast.telemetry.v1.ArchiveCreated.verify|verify} messages.
                 * @param message ArchiveCreated message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ArchiveCreated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ArchiveCreated message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ArchiveCreated & holdfast.telemetry.v1.ArchiveCreated.$Shape} ArchiveCreated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ArchiveCreated & holdfast.telemetry.v1.ArchiveCreated.$Shape;

                /**
                 * Creates an ArchiveCreated message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ArchiveCreated
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ArchiveCreated;

                /**
                 * Creates a plain object from an ArchiveCreated message. Also converts values to other types if specified.
                 * @param message ArchiveCreated
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ArchiveCreated, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ArchiveCreated to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ArchiveCreated
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ArchiveCreated {

                /** Properties of an ArchiveCreated. */
                interface $Properties {

                    /** ArchiveCreated archive */
                    archive?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** ArchiveCreated members */
                    members?: (holdfast.telemetry.v1.FileFacts.$Properties[]|null);

                    /** ArchiveCreated memberCount */
                    memberCount?: (number|null);

                    /** ArchiveCreated encrypted */
                    encrypted?: (boolean|null);

                    /** ArchiveCreated matchedCount */
                    matchedCount?: (number|null);

                    /** ArchiveCreated state */
                    state?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ArchiveCreated. */
                type $Shape = holdfast.telemetry.v1.ArchiveCreated.$Properties;
            }

            /**
             * Properties of a FileDownloaded.
             * @deprecated Use holdfast.telemetry.v1.FileDownloaded.$Properties instead.
             */
            interface IFileDownloaded extends holdfast.telemetry.v1.FileDownloaded.$Properties {
            }

            /** Represents a FileDownloaded. */
            class FileDownloaded {

                /**
                 * Constructs a new FileDownloaded.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileDownloaded.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileDownloaded file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileDownloaded originUrl. */
                originUrl: string;

                /** FileDownloaded originDomain. */
                originDomain: string;

                /** FileDownloaded seenBy. */
                seenBy: string;

                /** FileDownloaded referrerDomain. */
                referrerDomain: string;

                /**
                 * Creates a new FileDownloaded instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileDownloaded instance
                 */
                static create(properties: holdfast.telemetry.v1.FileDownloaded.$Shape): holdfast.telemetry.v1.FileDownloaded & holdfast.telemetry.v1.FileDownloaded.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileDownloaded.$Properties): holdfast.telemetry.v1.FileDownloaded;

                /**
                 * Encodes the specified FileDownloaded message. Does not implicitly {@link holdfast.telemetry.v1.FileDownloaded.verify|verify} messages.
                 * @param message FileDownloaded message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileDownloaded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileDownloaded message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileDownloaded & holdfast.telemetry.v1.FileDownloaded.$Shape} FileDownloaded
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileDownloaded & holdfast.telemetry.v1.FileDownloaded.$Shape;

                /**
                 * Creates a FileDownloaded message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileDownloaded
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileDownloaded;

                /**
                 * Creates a plain object from a FileDownloaded message. Also converts values to other types if specified.
                 * @param message FileDownloaded
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileDownloaded, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileDownloaded to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileDownloaded
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileDownloaded {

                /** Properties of a FileDownloaded. */
                interface $Properties {

                    /** FileDownloaded file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileDownloaded originUrl */
                    originUrl?: (string|null);

                    /** FileDownloaded originDomain */
                    originDomain?: (string|null);

                    /** FileDownloaded seenBy */
                    seenBy?: (string|null);

                    /** FileDownloaded referrerDomain */
                    referrerDomain?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileDownloaded. */
                type $Shape = holdfast.telemetry.v1.FileDownloaded.$Properties;
            }

            /**
             * Properties of a FileReadByTransferTool.
             * @deprecated Use holdfast.telemetry.v1.FileReadByTransferTool.$Properties instead.
             */
            interface IFileReadByTransferTool extends holdfast.telemetry.v1.FileReadByTransferTool.$Properties {
            }

            /** Represents a FileReadByTransferTool. */
            class FileReadByTransferTool {

                /**
                 * Constructs a new FileReadByTransferTool.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileReadByTransferTool.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileReadByTransferTool file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FileReadByTransferTool tool. */
                tool: string;

                /** FileReadByTransferTool destination. */
                destination: string;

                /** FileReadByTransferTool possible. */
                possible: boolean;

                /**
                 * Creates a new FileReadByTransferTool instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileReadByTransferTool instance
                 */
                static create(properties: holdfast.telemetry.v1.FileReadByTransferTool.$Shape): holdfast.telemetry.v1.FileReadByTransferTool & holdfast.telemetry.v1.FileReadByTransferTool.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileReadByTransferTool.$Properties): holdfast.telemetry.v1.FileReadByTransferTool;

                /**
                 * Encodes the specified FileReadByTransferTool message. Does not implicitly {@link holdfast.telemetry.v1.FileReadByTransferTool.verify|verify} messages.
                 * @param message FileReadByTransferTool message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileReadByTransferTool.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileReadByTransferTool message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileReadByTransferTool & holdfast.telemetry.v1.FileReadByTransferTool.$Shape} FileReadByTransferTool
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileReadByTransferTool & holdfast.telemetry.v1.FileReadByTransferTool.$Shape;

                /**
                 * Creates a FileReadByTransferTool message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileReadByTransferTool
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileReadByTransferTool;

                /**
                 * Creates a plain object from a FileReadByTransferTool message. Also converts values to other types if specified.
                 * @param message FileReadByTransferTool
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileReadByTransferTool, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileReadByTransferTool to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileReadByTransferTool
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileReadByTransferTool {

                /** Properties of a FileReadByTransferTool. */
                interface $Properties {

                    /** FileReadByTransferTool file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FileReadByTransferTool tool */
                    tool?: (string|null);

                    /** FileReadByTransferTool destination */
                    destination?: (string|null);

                    /** FileReadByTransferTool possible */
                    possible?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileReadByTransferTool. */
                type $Shape = holdfast.telemetry.v1.FileReadByTransferTool.$Properties;
            }

            /**
             * Properties of a FilePrinted.
             * @deprecated Use holdfast.telemetry.v1.FilePrinted.$Properties instead.
             */
            interface IFilePrinted extends holdfast.telemetry.v1.FilePrinted.$Properties {
            }

            /** Represents a FilePrinted. */
            class FilePrinted {

                /**
                 * Constructs a new FilePrinted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FilePrinted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FilePrinted printer. */
                printer: string;

                /** FilePrinted document. */
                document: string;

                /** FilePrinted pages. */
                pages: number;

                /** FilePrinted file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** FilePrinted fileKnownBy. */
                fileKnownBy: string;

                /** FilePrinted copies. */
                copies: number;

                /** FilePrinted printerKind. */
                printerKind: string;

                /** FilePrinted printerHost. */
                printerHost: string;

                /** FilePrinted sizeBytes. */
                sizeBytes: number;

                /** FilePrinted documentFormat. */
                documentFormat: string;

                /** FilePrinted jobState. */
                jobState: string;

                /**
                 * Creates a new FilePrinted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FilePrinted instance
                 */
                static create(properties: holdfast.telemetry.v1.FilePrinted.$Shape): holdfast.telemetry.v1.FilePrinted & holdfast.telemetry.v1.FilePrinted.$Shape;
                static create(properties?: holdfast.telemetry.v1.FilePrinted.$Properties): holdfast.telemetry.v1.FilePrinted;

                /**
                 * Encodes the specified FilePrinted message. Does not implicitly {@link holdfast.telemetry.v1.FilePrinted.verify|verify} messages.
                 * @param message FilePrinted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FilePrinted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FilePrinted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FilePrinted & holdfast.telemetry.v1.FilePrinted.$Shape} FilePrinted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FilePrinted & holdfast.telemetry.v1.FilePrinted.$Shape;

                /**
                 * Creates a FilePrinted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FilePrinted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FilePrinted;

                /**
                 * Creates a plain object from a FilePrinted message. Also converts values to other types if specified.
                 * @param message FilePrinted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FilePrinted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FilePrinted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FilePrinted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FilePrinted {

                /** Properties of a FilePrinted. */
                interface $Properties {

                    /** FilePrinted printer */
                    printer?: (string|null);

                    /** FilePrinted document */
                    document?: (string|null);

                    /** FilePrinted pages */
                    pages?: (number|null);

                    /** FilePrinted file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** FilePrinted fileKnownBy */
                    fileKnownBy?: (string|null);

                    /** FilePrinted copies */
                    copies?: (number|null);

                    /** FilePrinted printerKind */
                    printerKind?: (string|null);

                    /** FilePrinted printerHost */
                    printerHost?: (string|null);

                    /** FilePrinted sizeBytes */
                    sizeBytes?: (number|null);

                    /** FilePrinted documentFormat */
                    documentFormat?: (string|null);

                    /** FilePrinted jobState */
                    jobState?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FilePrinted. */
                type $Shape = holdfast.telemetry.v1.FilePrinted.$Properties;
            }

            /**
             * Properties of a FilesStaged.
             * @deprecated Use holdfast.telemetry.v1.FilesStaged.$Properties instead.
             */
            interface IFilesStaged extends holdfast.telemetry.v1.FilesStaged.$Properties {
            }

            /** Represents a FilesStaged. */
            class FilesStaged {

                /**
                 * Constructs a new FilesStaged.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FilesStaged.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FilesStaged folder. */
                folder: string;

                /** FilesStaged count. */
                count: number;

                /** FilesStaged sizeBytes. */
                sizeBytes: number;

                /** FilesStaged sourceFolders. */
                sourceFolders: number;

                /** FilesStaged withinSecs. */
                withinSecs: number;

                /** FilesStaged files. */
                files: holdfast.telemetry.v1.FileFacts.$Properties[];

                /**
                 * Creates a new FilesStaged instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FilesStaged instance
                 */
                static create(properties: holdfast.telemetry.v1.FilesStaged.$Shape): holdfast.telemetry.v1.FilesStaged & holdfast.telemetry.v1.FilesStaged.$Shape;
                static create(properties?: holdfast.telemetry.v1.FilesStaged.$Properties): holdfast.telemetry.v1.FilesStaged;

                /**
                 * Encodes the specified FilesStaged message. Does not implicitly {@link holdfast.telemetry.v1.FilesStaged.verify|verify} messages.
                 * @param message FilesStaged message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FilesStaged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FilesStaged message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FilesStaged & holdfast.telemetry.v1.FilesStaged.$Shape} FilesStaged
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FilesStaged & holdfast.telemetry.v1.FilesStaged.$Shape;

                /**
                 * Creates a FilesStaged message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FilesStaged
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FilesStaged;

                /**
                 * Creates a plain object from a FilesStaged message. Also converts values to other types if specified.
                 * @param message FilesStaged
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FilesStaged, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FilesStaged to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FilesStaged
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FilesStaged {

                /** Properties of a FilesStaged. */
                interface $Properties {

                    /** FilesStaged folder */
                    folder?: (string|null);

                    /** FilesStaged count */
                    count?: (number|null);

                    /** FilesStaged sizeBytes */
                    sizeBytes?: (number|null);

                    /** FilesStaged sourceFolders */
                    sourceFolders?: (number|null);

                    /** FilesStaged withinSecs */
                    withinSecs?: (number|null);

                    /** FilesStaged files */
                    files?: (holdfast.telemetry.v1.FileFacts.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FilesStaged. */
                type $Shape = holdfast.telemetry.v1.FilesStaged.$Properties;
            }

            /**
             * Properties of a LabelChanged.
             * @deprecated Use holdfast.telemetry.v1.LabelChanged.$Properties instead.
             */
            interface ILabelChanged extends holdfast.telemetry.v1.LabelChanged.$Properties {
            }

            /** Represents a LabelChanged. */
            class LabelChanged {

                /**
                 * Constructs a new LabelChanged.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.LabelChanged.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LabelChanged file. */
                file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                /** LabelChanged oldLabel. */
                oldLabel: string;

                /** LabelChanged newLabel. */
                newLabel: string;

                /**
                 * Creates a new LabelChanged instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns LabelChanged instance
                 */
                static create(properties: holdfast.telemetry.v1.LabelChanged.$Shape): holdfast.telemetry.v1.LabelChanged & holdfast.telemetry.v1.LabelChanged.$Shape;
                static create(properties?: holdfast.telemetry.v1.LabelChanged.$Properties): holdfast.telemetry.v1.LabelChanged;

                /**
                 * Encodes the specified LabelChanged message. Does not implicitly {@link holdfast.telemetry.v1.LabelChanged.verify|verify} messages.
                 * @param message LabelChanged message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.LabelChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LabelChanged message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.LabelChanged & holdfast.telemetry.v1.LabelChanged.$Shape} LabelChanged
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.LabelChanged & holdfast.telemetry.v1.LabelChanged.$Shape;

                /**
                 * Creates a LabelChanged message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns LabelChanged
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.LabelChanged;

                /**
                 * Creates a plain object from a LabelChanged message. Also converts values to other types if specified.
                 * @param message LabelChanged
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.LabelChanged, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this LabelChanged to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for LabelChanged
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace LabelChanged {

                /** Properties of a LabelChanged. */
                interface $Properties {

                    /** LabelChanged file */
                    file?: (holdfast.telemetry.v1.FileFacts.$Properties|null);

                    /** LabelChanged oldLabel */
                    oldLabel?: (string|null);

                    /** LabelChanged newLabel */
                    newLabel?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LabelChanged. */
                type $Shape = holdfast.telemetry.v1.LabelChanged.$Properties;
            }

            /**
             * Properties of a RemovableMediaConnected.
             * @deprecated Use holdfast.telemetry.v1.RemovableMediaConnected.$Properties instead.
             */
            interface IRemovableMediaConnected extends holdfast.telemetry.v1.RemovableMediaConnected.$Properties {
            }

            /** Represents a RemovableMediaConnected. */
            class RemovableMediaConnected {

                /**
                 * Constructs a new RemovableMediaConnected.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RemovableMediaConnected.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemovableMediaConnected media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** RemovableMediaConnected present. */
                present: boolean;

                /**
                 * Creates a new RemovableMediaConnected instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RemovableMediaConnected instance
                 */
                static create(properties: holdfast.telemetry.v1.RemovableMediaConnected.$Shape): holdfast.telemetry.v1.RemovableMediaConnected & holdfast.telemetry.v1.RemovableMediaConnected.$Shape;
                static create(properties?: holdfast.telemetry.v1.RemovableMediaConnected.$Properties): holdfast.telemetry.v1.RemovableMediaConnected;

                /**
                 * Encodes the specified RemovableMediaConnected message. Does not implicitly {@link holdfast.telemetry.v1.RemovableMediaConnected.verify|verify} messages.
                 * @param message RemovableMediaConnected message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RemovableMediaConnected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemovableMediaConnected message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RemovableMediaConnected & holdfast.telemetry.v1.RemovableMediaConnected.$Shape} RemovableMediaConnected
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RemovableMediaConnected & holdfast.telemetry.v1.RemovableMediaConnected.$Shape;

                /**
                 * Creates a RemovableMediaConnected message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RemovableMediaConnected
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RemovableMediaConnected;

                /**
                 * Creates a plain object from a RemovableMediaConnected message. Also converts values to other types if specified.
                 * @param message RemovableMediaConnected
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RemovableMediaConnected, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RemovableMediaConnected to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RemovableMediaConnected
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RemovableMediaConnected {

                /** Properties of a RemovableMediaConnected. */
                interface $Properties {

                    /** RemovableMediaConnected media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** RemovableMediaConnected present */
                    present?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemovableMediaConnected. */
                type $Shape = holdfast.telemetry.v1.RemovableMediaConnected.$Properties;
            }

            /**
             * Properties of a RemovableMediaMounted.
             * @deprecated Use holdfast.telemetry.v1.RemovableMediaMounted.$Properties instead.
             */
            interface IRemovableMediaMounted extends holdfast.telemetry.v1.RemovableMediaMounted.$Properties {
            }

            /** Represents a RemovableMediaMounted. */
            class RemovableMediaMounted {

                /**
                 * Constructs a new RemovableMediaMounted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RemovableMediaMounted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemovableMediaMounted media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** RemovableMediaMounted present. */
                present: boolean;

                /**
                 * Creates a new RemovableMediaMounted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RemovableMediaMounted instance
                 */
                static create(properties: holdfast.telemetry.v1.RemovableMediaMounted.$Shape): holdfast.telemetry.v1.RemovableMediaMounted & holdfast.telemetry.v1.RemovableMediaMounted.$Shape;
                static create(properties?: holdfast.telemetry.v1.RemovableMediaMounted.$Properties): holdfast.telemetry.v1.RemovableMediaMounted;

                /**
                 * Encodes the specified RemovableMediaMounted message. Does not implicitly {@link holdfast.telemetry.v1.RemovableMediaMounted.verify|verify} messages.
                 * @param message RemovableMediaMounted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RemovableMediaMounted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemovableMediaMounted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RemovableMediaMounted & holdfast.telemetry.v1.RemovableMediaMounted.$Shape} RemovableMediaMounted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RemovableMediaMounted & holdfast.telemetry.v1.RemovableMediaMounted.$Shape;

                /**
                 * Creates a RemovableMediaMounted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RemovableMediaMounted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RemovableMediaMounted;

                /**
                 * Creates a plain object from a RemovableMediaMounted message. Also converts values to other types if specified.
                 * @param message RemovableMediaMounted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RemovableMediaMounted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RemovableMediaMounted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RemovableMediaMounted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RemovableMediaMounted {

                /** Properties of a RemovableMediaMounted. */
                interface $Properties {

                    /** RemovableMediaMounted media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** RemovableMediaMounted present */
                    present?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemovableMediaMounted. */
                type $Shape = holdfast.telemetry.v1.RemovableMediaMounted.$Properties;
            }

            /**
             * Properties of a RemovableMediaUnmounted.
             * @deprecated Use holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties instead.
             */
            interface IRemovableMediaUnmounted extends holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties {
            }

            /** Represents a RemovableMediaUnmounted. */
            class RemovableMediaUnmounted {

                /**
                 * Constructs a new RemovableMediaUnmounted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemovableMediaUnmounted media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** RemovableMediaUnmounted written. */
                written?: (holdfast.telemetry.v1.MediaWrites.$Properties|null);

                /** RemovableMediaUnmounted lastSeenAt. */
                lastSeenAt?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new RemovableMediaUnmounted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RemovableMediaUnmounted instance
                 */
                static create(properties: holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape): holdfast.telemetry.v1.RemovableMediaUnmounted & holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape;
                static create(properties?: holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties): holdfast.telemetry.v1.RemovableMediaUnmounted;

                /**
                 * Encodes the specified RemovableMediaUnmounted message. Does not implicitly {@link holdfast.telemetry.v1.RemovableMediaUnmounted.verify|verify} messages.
                 * @param message RemovableMediaUnmounted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemovableMediaUnmounted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RemovableMediaUnmounted & holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape} RemovableMediaUnmounted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RemovableMediaUnmounted & holdfast.telemetry.v1.RemovableMediaUnmounted.$Shape;

                /**
                 * Creates a RemovableMediaUnmounted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RemovableMediaUnmounted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RemovableMediaUnmounted;

                /**
                 * Creates a plain object from a RemovableMediaUnmounted message. Also converts values to other types if specified.
                 * @param message RemovableMediaUnmounted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RemovableMediaUnmounted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RemovableMediaUnmounted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RemovableMediaUnmounted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RemovableMediaUnmounted {

                /** Properties of a RemovableMediaUnmounted. */
                interface $Properties {

                    /** RemovableMediaUnmounted media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** RemovableMediaUnmounted written */
                    written?: (holdfast.telemetry.v1.MediaWrites.$Properties|null);

                    /** RemovableMediaUnmounted lastSeenAt */
                    lastSeenAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemovableMediaUnmounted. */
                type $Shape = holdfast.telemetry.v1.RemovableMediaUnmounted.$Properties;
            }

            /**
             * Properties of a RemovableMediaDisconnected.
             * @deprecated Use holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties instead.
             */
            interface IRemovableMediaDisconnected extends holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties {
            }

            /** Represents a RemovableMediaDisconnected. */
            class RemovableMediaDisconnected {

                /**
                 * Constructs a new RemovableMediaDisconnected.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemovableMediaDisconnected media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** RemovableMediaDisconnected written. */
                written?: (holdfast.telemetry.v1.MediaWrites.$Properties|null);

                /** RemovableMediaDisconnected lastSeenAt. */
                lastSeenAt?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new RemovableMediaDisconnected instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RemovableMediaDisconnected instance
                 */
                static create(properties: holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape): holdfast.telemetry.v1.RemovableMediaDisconnected & holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape;
                static create(properties?: holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties): holdfast.telemetry.v1.RemovableMediaDisconnected;

                /**
                 * Encodes the specified RemovableMediaDisconnected message. Does not implicitly {@link holdfast.telemetry.v1.RemovableMediaDisconnected.verify|verify} messages.
                 * @param message RemovableMediaDisconnected message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemovableMediaDisconnected message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RemovableMediaDisconnected & holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape} RemovableMediaDisconnected
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RemovableMediaDisconnected & holdfast.telemetry.v1.RemovableMediaDisconnected.$Shape;

                /**
                 * Creates a RemovableMediaDisconnected message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RemovableMediaDisconnected
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RemovableMediaDisconnected;

                /**
                 * Creates a plain object from a RemovableMediaDisconnected message. Also converts values to other types if specified.
                 * @param message RemovableMediaDisconnected
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RemovableMediaDisconnected, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RemovableMediaDisconnected to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RemovableMediaDisconnected
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RemovableMediaDisconnected {

                /** Properties of a RemovableMediaDisconnected. */
                interface $Properties {

                    /** RemovableMediaDisconnected media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** RemovableMediaDisconnected written */
                    written?: (holdfast.telemetry.v1.MediaWrites.$Properties|null);

                    /** RemovableMediaDisconnected lastSeenAt */
                    lastSeenAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemovableMediaDisconnected. */
                type $Shape = holdfast.telemetry.v1.RemovableMediaDisconnected.$Properties;
            }

            /** FeatureState enum. */
            enum FeatureState {

                /** FEATURE_STATE_UNSPECIFIED value */
                FEATURE_STATE_UNSPECIFIED = 0,

                /** FEATURE_STATE_ENABLED value */
                FEATURE_STATE_ENABLED = 1,

                /** FEATURE_STATE_DISABLED value */
                FEATURE_STATE_DISABLED = 2,

                /** FEATURE_STATE_WEAKENED value */
                FEATURE_STATE_WEAKENED = 3,

                /** FEATURE_STATE_ABSENT value */
                FEATURE_STATE_ABSENT = 4,

                /** FEATURE_STATE_UNKNOWN value */
                FEATURE_STATE_UNKNOWN = 5
            }

            /**
             * Properties of a SecurityFeatureChanged.
             * @deprecated Use holdfast.telemetry.v1.SecurityFeatureChanged.$Properties instead.
             */
            interface ISecurityFeatureChanged extends holdfast.telemetry.v1.SecurityFeatureChanged.$Properties {
            }

            /** Represents a SecurityFeatureChanged. */
            class SecurityFeatureChanged {

                /**
                 * Constructs a new SecurityFeatureChanged.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SecurityFeatureChanged.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SecurityFeatureChanged feature. */
                feature: string;

                /** SecurityFeatureChanged from. */
                from: holdfast.telemetry.v1.FeatureState;

                /** SecurityFeatureChanged to. */
                to: holdfast.telemetry.v1.FeatureState;

                /** SecurityFeatureChanged fromValue. */
                fromValue: string;

                /** SecurityFeatureChanged toValue. */
                toValue: string;

                /** SecurityFeatureChanged seenBy. */
                seenBy: string;

                /**
                 * Creates a new SecurityFeatureChanged instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SecurityFeatureChanged instance
                 */
                static create(properties: holdfast.telemetry.v1.SecurityFeatureChanged.$Shape): holdfast.telemetry.v1.SecurityFeatureChanged & holdfast.telemetry.v1.SecurityFeatureChanged.$Shape;
                static create(properties?: holdfast.telemetry.v1.SecurityFeatureChanged.$Properties): holdfast.telemetry.v1.SecurityFeatureChanged;

                /**
                 * Encodes the specified SecurityFeatureChanged message. Does not implicitly {@link holdfast.telemetry.v1.SecurityFeatureChanged.verify|verify} messages.
                 * @param message SecurityFeatureChanged message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SecurityFeatureChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SecurityFeatureChanged message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SecurityFeatureChanged & holdfast.telemetry.v1.SecurityFeatureChanged.$Shape} SecurityFeatureChanged
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SecurityFeatureChanged & holdfast.telemetry.v1.SecurityFeatureChanged.$Shape;

                /**
                 * Creates a SecurityFeatureChanged message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SecurityFeatureChanged
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SecurityFeatureChanged;

                /**
                 * Creates a plain object from a SecurityFeatureChanged message. Also converts values to other types if specified.
                 * @param message SecurityFeatureChanged
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SecurityFeatureChanged, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SecurityFeatureChanged to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SecurityFeatureChanged
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SecurityFeatureChanged {

                /** Properties of a SecurityFeatureChanged. */
                interface $Properties {

                    /** SecurityFeatureChanged feature */
                    feature?: (string|null);

                    /** SecurityFeatureChanged from */
                    from?: (holdfast.telemetry.v1.FeatureState|null);

                    /** SecurityFeatureChanged to */
                    to?: (holdfast.telemetry.v1.FeatureState|null);

                    /** SecurityFeatureChanged fromValue */
                    fromValue?: (string|null);

                    /** SecurityFeatureChanged toValue */
                    toValue?: (string|null);

                    /** SecurityFeatureChanged seenBy */
                    seenBy?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SecurityFeatureChanged. */
                type $Shape = holdfast.telemetry.v1.SecurityFeatureChanged.$Properties;
            }

            /**
             * Properties of an Application.
             * @deprecated Use holdfast.telemetry.v1.Application.$Properties instead.
             */
            interface IApplication extends holdfast.telemetry.v1.Application.$Properties {
            }

            /** Represents an Application. */
            class Application {

                /**
                 * Constructs a new Application.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Application.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Application name. */
                name: string;

                /** Application version. */
                version: string;

                /** Application source. */
                source: string;

                /** Application publisher. */
                publisher: string;

                /** Application path. */
                path: string;

                /** Application signature. */
                signature: string;

                /**
                 * Creates a new Application instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Application instance
                 */
                static create(properties: holdfast.telemetry.v1.Application.$Shape): holdfast.telemetry.v1.Application & holdfast.telemetry.v1.Application.$Shape;
                static create(properties?: holdfast.telemetry.v1.Application.$Properties): holdfast.telemetry.v1.Application;

                /**
                 * Encodes the specified Application message. Does not implicitly {@link holdfast.telemetry.v1.Application.verify|verify} messages.
                 * @param message Application message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Application.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Application message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Application & holdfast.telemetry.v1.Application.$Shape} Application
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Application & holdfast.telemetry.v1.Application.$Shape;

                /**
                 * Creates an Application message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Application
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Application;

                /**
                 * Creates a plain object from an Application message. Also converts values to other types if specified.
                 * @param message Application
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Application, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Application to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Application
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Application {

                /** Properties of an Application. */
                interface $Properties {

                    /** Application name */
                    name?: (string|null);

                    /** Application version */
                    version?: (string|null);

                    /** Application source */
                    source?: (string|null);

                    /** Application publisher */
                    publisher?: (string|null);

                    /** Application path */
                    path?: (string|null);

                    /** Application signature */
                    signature?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Application. */
                type $Shape = holdfast.telemetry.v1.Application.$Properties;
            }

            /**
             * Properties of an ApplicationInstalled.
             * @deprecated Use holdfast.telemetry.v1.ApplicationInstalled.$Properties instead.
             */
            interface IApplicationInstalled extends holdfast.telemetry.v1.ApplicationInstalled.$Properties {
            }

            /** Represents an ApplicationInstalled. */
            class ApplicationInstalled {

                /**
                 * Constructs a new ApplicationInstalled.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ApplicationInstalled.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplicationInstalled application. */
                application?: (holdfast.telemetry.v1.Application.$Properties|null);

                /**
                 * Creates a new ApplicationInstalled instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplicationInstalled instance
                 */
                static create(properties: holdfast.telemetry.v1.ApplicationInstalled.$Shape): holdfast.telemetry.v1.ApplicationInstalled & holdfast.telemetry.v1.ApplicationInstalled.$Shape;
                static create(properties?: holdfast.telemetry.v1.ApplicationInstalled.$Properties): holdfast.telemetry.v1.ApplicationInstalled;

                /**
                 * Encodes the specified ApplicationInstalled message. Does not implicitly {@link holdfast.telemetry.v1.ApplicationInstalled.verify|verify} messages.
                 * @param message ApplicationInstalled message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ApplicationInstalled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplicationInstalled message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ApplicationInstalled & holdfast.telemetry.v1.ApplicationInstalled.$Shape} ApplicationInstalled
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ApplicationInstalled & holdfast.telemetry.v1.ApplicationInstalled.$Shape;

                /**
                 * Creates an ApplicationInstalled message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ApplicationInstalled
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ApplicationInstalled;

                /**
                 * Creates a plain object from an ApplicationInstalled message. Also converts values to other types if specified.
                 * @param message ApplicationInstalled
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ApplicationInstalled, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ApplicationInstalled to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ApplicationInstalled
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ApplicationInstalled {

                /** Properties of an ApplicationInstalled. */
                interface $Properties {

                    /** ApplicationInstalled application */
                    application?: (holdfast.telemetry.v1.Application.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplicationInstalled. */
                type $Shape = holdfast.telemetry.v1.ApplicationInstalled.$Properties;
            }

            /**
             * Properties of an ApplicationUpdated.
             * @deprecated Use holdfast.telemetry.v1.ApplicationUpdated.$Properties instead.
             */
            interface IApplicationUpdated extends holdfast.telemetry.v1.ApplicationUpdated.$Properties {
            }

            /** Represents an ApplicationUpdated. */
            class ApplicationUpdated {

                /**
                 * Constructs a new ApplicationUpdated.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ApplicationUpdated.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplicationUpdated application. */
                application?: (holdfast.telemetry.v1.Application.$Properties|null);

                /** ApplicationUpdated oldVersion. */
                oldVersion: string;

                /**
                 * Creates a new ApplicationUpdated instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplicationUpdated instance
                 */
                static create(properties: holdfast.telemetry.v1.ApplicationUpdated.$Shape): holdfast.telemetry.v1.ApplicationUpdated & holdfast.telemetry.v1.ApplicationUpdated.$Shape;
                static create(properties?: holdfast.telemetry.v1.ApplicationUpdated.$Properties): holdfast.telemetry.v1.ApplicationUpdated;

                /**
                 * Encodes the specified ApplicationUpdated message. Does not implicitly {@link holdfast.telemetry.v1.ApplicationUpdated.verify|verify} messages.
                 * @param message ApplicationUpdated message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ApplicationUpdated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplicationUpdated message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ApplicationUpdated & holdfast.telemetry.v1.ApplicationUpdated.$Shape} ApplicationUpdated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ApplicationUpdated & holdfast.telemetry.v1.ApplicationUpdated.$Shape;

                /**
                 * Creates an ApplicationUpdated message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ApplicationUpdated
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ApplicationUpdated;

                /**
                 * Creates a plain object from an ApplicationUpdated message. Also converts values to other types if specified.
                 * @param message ApplicationUpdated
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ApplicationUpdated, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ApplicationUpdated to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ApplicationUpdated
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ApplicationUpdated {

                /** Properties of an ApplicationUpdated. */
                interface $Properties {

                    /** ApplicationUpdated application */
                    application?: (holdfast.telemetry.v1.Application.$Properties|null);

                    /** ApplicationUpdated oldVersion */
                    oldVersion?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplicationUpdated. */
                type $Shape = holdfast.telemetry.v1.ApplicationUpdated.$Properties;
            }

            /**
             * Properties of an ApplicationRemoved.
             * @deprecated Use holdfast.telemetry.v1.ApplicationRemoved.$Properties instead.
             */
            interface IApplicationRemoved extends holdfast.telemetry.v1.ApplicationRemoved.$Properties {
            }

            /** Represents an ApplicationRemoved. */
            class ApplicationRemoved {

                /**
                 * Constructs a new ApplicationRemoved.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ApplicationRemoved.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplicationRemoved application. */
                application?: (holdfast.telemetry.v1.Application.$Properties|null);

                /**
                 * Creates a new ApplicationRemoved instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplicationRemoved instance
                 */
                static create(properties: holdfast.telemetry.v1.ApplicationRemoved.$Shape): holdfast.telemetry.v1.ApplicationRemoved & holdfast.telemetry.v1.ApplicationRemoved.$Shape;
                static create(properties?: holdfast.telemetry.v1.ApplicationRemoved.$Properties): holdfast.telemetry.v1.ApplicationRemoved;

                /**
                 * Encodes the specified ApplicationRemoved message. Does not implicitly {@link holdfast.telemetry.v1.ApplicationRemoved.verify|verify} messages.
                 * @param message ApplicationRemoved message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ApplicationRemoved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplicationRemoved message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ApplicationRemoved & holdfast.telemetry.v1.ApplicationRemoved.$Shape} ApplicationRemoved
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ApplicationRemoved & holdfast.telemetry.v1.ApplicationRemoved.$Shape;

                /**
                 * Creates an ApplicationRemoved message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ApplicationRemoved
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ApplicationRemoved;

                /**
                 * Creates a plain object from an ApplicationRemoved message. Also converts values to other types if specified.
                 * @param message ApplicationRemoved
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ApplicationRemoved, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ApplicationRemoved to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ApplicationRemoved
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ApplicationRemoved {

                /** Properties of an ApplicationRemoved. */
                interface $Properties {

                    /** ApplicationRemoved application */
                    application?: (holdfast.telemetry.v1.Application.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplicationRemoved. */
                type $Shape = holdfast.telemetry.v1.ApplicationRemoved.$Properties;
            }

            /**
             * Properties of an ApplicationRun.
             * @deprecated Use holdfast.telemetry.v1.ApplicationRun.$Properties instead.
             */
            interface IApplicationRun extends holdfast.telemetry.v1.ApplicationRun.$Properties {
            }

            /** Represents an ApplicationRun. */
            class ApplicationRun {

                /**
                 * Constructs a new ApplicationRun.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ApplicationRun.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplicationRun application. */
                application?: (holdfast.telemetry.v1.Application.$Properties|null);

                /**
                 * Creates a new ApplicationRun instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplicationRun instance
                 */
                static create(properties: holdfast.telemetry.v1.ApplicationRun.$Shape): holdfast.telemetry.v1.ApplicationRun & holdfast.telemetry.v1.ApplicationRun.$Shape;
                static create(properties?: holdfast.telemetry.v1.ApplicationRun.$Properties): holdfast.telemetry.v1.ApplicationRun;

                /**
                 * Encodes the specified ApplicationRun message. Does not implicitly {@link holdfast.telemetry.v1.ApplicationRun.verify|verify} messages.
                 * @param message ApplicationRun message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ApplicationRun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplicationRun message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ApplicationRun & holdfast.telemetry.v1.ApplicationRun.$Shape} ApplicationRun
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ApplicationRun & holdfast.telemetry.v1.ApplicationRun.$Shape;

                /**
                 * Creates an ApplicationRun message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ApplicationRun
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ApplicationRun;

                /**
                 * Creates a plain object from an ApplicationRun message. Also converts values to other types if specified.
                 * @param message ApplicationRun
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ApplicationRun, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ApplicationRun to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ApplicationRun
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ApplicationRun {

                /** Properties of an ApplicationRun. */
                interface $Properties {

                    /** ApplicationRun application */
                    application?: (holdfast.telemetry.v1.Application.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplicationRun. */
                type $Shape = holdfast.telemetry.v1.ApplicationRun.$Properties;
            }

            /**
             * Properties of a SessionStarted.
             * @deprecated Use holdfast.telemetry.v1.SessionStarted.$Properties instead.
             */
            interface ISessionStarted extends holdfast.telemetry.v1.SessionStarted.$Properties {
            }

            /** Represents a SessionStarted. */
            class SessionStarted {

                /**
                 * Constructs a new SessionStarted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SessionStarted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SessionStarted remote. */
                remote: boolean;

                /** SessionStarted remoteHost. */
                remoteHost: string;

                /**
                 * Creates a new SessionStarted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SessionStarted instance
                 */
                static create(properties: holdfast.telemetry.v1.SessionStarted.$Shape): holdfast.telemetry.v1.SessionStarted & holdfast.telemetry.v1.SessionStarted.$Shape;
                static create(properties?: holdfast.telemetry.v1.SessionStarted.$Properties): holdfast.telemetry.v1.SessionStarted;

                /**
                 * Encodes the specified SessionStarted message. Does not implicitly {@link holdfast.telemetry.v1.SessionStarted.verify|verify} messages.
                 * @param message SessionStarted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SessionStarted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SessionStarted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SessionStarted & holdfast.telemetry.v1.SessionStarted.$Shape} SessionStarted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SessionStarted & holdfast.telemetry.v1.SessionStarted.$Shape;

                /**
                 * Creates a SessionStarted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SessionStarted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SessionStarted;

                /**
                 * Creates a plain object from a SessionStarted message. Also converts values to other types if specified.
                 * @param message SessionStarted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SessionStarted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SessionStarted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SessionStarted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SessionStarted {

                /** Properties of a SessionStarted. */
                interface $Properties {

                    /** SessionStarted remote */
                    remote?: (boolean|null);

                    /** SessionStarted remoteHost */
                    remoteHost?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SessionStarted. */
                type $Shape = holdfast.telemetry.v1.SessionStarted.$Properties;
            }

            /**
             * Properties of a SessionEnded.
             * @deprecated Use holdfast.telemetry.v1.SessionEnded.$Properties instead.
             */
            interface ISessionEnded extends holdfast.telemetry.v1.SessionEnded.$Properties {
            }

            /** Represents a SessionEnded. */
            class SessionEnded {

                /**
                 * Constructs a new SessionEnded.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SessionEnded.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SessionEnded remote. */
                remote: boolean;

                /** SessionEnded remoteHost. */
                remoteHost: string;

                /**
                 * Creates a new SessionEnded instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SessionEnded instance
                 */
                static create(properties: holdfast.telemetry.v1.SessionEnded.$Shape): holdfast.telemetry.v1.SessionEnded & holdfast.telemetry.v1.SessionEnded.$Shape;
                static create(properties?: holdfast.telemetry.v1.SessionEnded.$Properties): holdfast.telemetry.v1.SessionEnded;

                /**
                 * Encodes the specified SessionEnded message. Does not implicitly {@link holdfast.telemetry.v1.SessionEnded.verify|verify} messages.
                 * @param message SessionEnded message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SessionEnded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SessionEnded message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SessionEnded & holdfast.telemetry.v1.SessionEnded.$Shape} SessionEnded
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SessionEnded & holdfast.telemetry.v1.SessionEnded.$Shape;

                /**
                 * Creates a SessionEnded message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SessionEnded
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SessionEnded;

                /**
                 * Creates a plain object from a SessionEnded message. Also converts values to other types if specified.
                 * @param message SessionEnded
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SessionEnded, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SessionEnded to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SessionEnded
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SessionEnded {

                /** Properties of a SessionEnded. */
                interface $Properties {

                    /** SessionEnded remote */
                    remote?: (boolean|null);

                    /** SessionEnded remoteHost */
                    remoteHost?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SessionEnded. */
                type $Shape = holdfast.telemetry.v1.SessionEnded.$Properties;
            }

            /**
             * Properties of an AgentStarted.
             * @deprecated Use holdfast.telemetry.v1.AgentStarted.$Properties instead.
             */
            interface IAgentStarted extends holdfast.telemetry.v1.AgentStarted.$Properties {
            }

            /** Represents an AgentStarted. */
            class AgentStarted {

                /**
                 * Constructs a new AgentStarted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AgentStarted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentStarted version. */
                version: string;

                /** AgentStarted unclean. */
                unclean: boolean;

                /** AgentStarted restartedAfter. */
                restartedAfter: string;

                /** AgentStarted safeMode. */
                safeMode: string;

                /**
                 * Creates a new AgentStarted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentStarted instance
                 */
                static create(properties: holdfast.telemetry.v1.AgentStarted.$Shape): holdfast.telemetry.v1.AgentStarted & holdfast.telemetry.v1.AgentStarted.$Shape;
                static create(properties?: holdfast.telemetry.v1.AgentStarted.$Properties): holdfast.telemetry.v1.AgentStarted;

                /**
                 * Encodes the specified AgentStarted message. Does not implicitly {@link holdfast.telemetry.v1.AgentStarted.verify|verify} messages.
                 * @param message AgentStarted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AgentStarted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentStarted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AgentStarted & holdfast.telemetry.v1.AgentStarted.$Shape} AgentStarted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AgentStarted & holdfast.telemetry.v1.AgentStarted.$Shape;

                /**
                 * Creates an AgentStarted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentStarted
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AgentStarted;

                /**
                 * Creates a plain object from an AgentStarted message. Also converts values to other types if specified.
                 * @param message AgentStarted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AgentStarted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentStarted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentStarted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentStarted {

                /** Properties of an AgentStarted. */
                interface $Properties {

                    /** AgentStarted version */
                    version?: (string|null);

                    /** AgentStarted unclean */
                    unclean?: (boolean|null);

                    /** AgentStarted restartedAfter */
                    restartedAfter?: (string|null);

                    /** AgentStarted safeMode */
                    safeMode?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentStarted. */
                type $Shape = holdfast.telemetry.v1.AgentStarted.$Properties;
            }

            /**
             * Properties of an AgentStopped.
             * @deprecated Use holdfast.telemetry.v1.AgentStopped.$Properties instead.
             */
            interface IAgentStopped extends holdfast.telemetry.v1.AgentStopped.$Properties {
            }

            /** Represents an AgentStopped. */
            class AgentStopped {

                /**
                 * Constructs a new AgentStopped.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AgentStopped.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentStopped reason. */
                reason: string;

                /**
                 * Creates a new AgentStopped instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentStopped instance
                 */
                static create(properties: holdfast.telemetry.v1.AgentStopped.$Shape): holdfast.telemetry.v1.AgentStopped & holdfast.telemetry.v1.AgentStopped.$Shape;
                static create(properties?: holdfast.telemetry.v1.AgentStopped.$Properties): holdfast.telemetry.v1.AgentStopped;

                /**
                 * Encodes the specified AgentStopped message. Does not implicitly {@link holdfast.telemetry.v1.AgentStopped.verify|verify} messages.
                 * @param message AgentStopped message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AgentStopped.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentStopped message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AgentStopped & holdfast.telemetry.v1.AgentStopped.$Shape} AgentStopped
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AgentStopped & holdfast.telemetry.v1.AgentStopped.$Shape;

                /**
                 * Creates an AgentStopped message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentStopped
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AgentStopped;

                /**
                 * Creates a plain object from an AgentStopped message. Also converts values to other types if specified.
                 * @param message AgentStopped
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AgentStopped, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentStopped to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentStopped
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentStopped {

                /** Properties of an AgentStopped. */
                interface $Properties {

                    /** AgentStopped reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentStopped. */
                type $Shape = holdfast.telemetry.v1.AgentStopped.$Properties;
            }

            /**
             * Properties of an AgentDegraded.
             * @deprecated Use holdfast.telemetry.v1.AgentDegraded.$Properties instead.
             */
            interface IAgentDegraded extends holdfast.telemetry.v1.AgentDegraded.$Properties {
            }

            /** Represents an AgentDegraded. */
            class AgentDegraded {

                /**
                 * Constructs a new AgentDegraded.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AgentDegraded.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentDegraded sensor. */
                sensor: string;

                /** AgentDegraded reason. */
                reason: string;

                /**
                 * Creates a new AgentDegraded instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentDegraded instance
                 */
                static create(properties: holdfast.telemetry.v1.AgentDegraded.$Shape): holdfast.telemetry.v1.AgentDegraded & holdfast.telemetry.v1.AgentDegraded.$Shape;
                static create(properties?: holdfast.telemetry.v1.AgentDegraded.$Properties): holdfast.telemetry.v1.AgentDegraded;

                /**
                 * Encodes the specified AgentDegraded message. Does not implicitly {@link holdfast.telemetry.v1.AgentDegraded.verify|verify} messages.
                 * @param message AgentDegraded message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AgentDegraded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentDegraded message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AgentDegraded & holdfast.telemetry.v1.AgentDegraded.$Shape} AgentDegraded
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AgentDegraded & holdfast.telemetry.v1.AgentDegraded.$Shape;

                /**
                 * Creates an AgentDegraded message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentDegraded
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AgentDegraded;

                /**
                 * Creates a plain object from an AgentDegraded message. Also converts values to other types if specified.
                 * @param message AgentDegraded
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AgentDegraded, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentDegraded to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentDegraded
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentDegraded {

                /** Properties of an AgentDegraded. */
                interface $Properties {

                    /** AgentDegraded sensor */
                    sensor?: (string|null);

                    /** AgentDegraded reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentDegraded. */
                type $Shape = holdfast.telemetry.v1.AgentDegraded.$Properties;
            }

            /**
             * Properties of an AgentTampered.
             * @deprecated Use holdfast.telemetry.v1.AgentTampered.$Properties instead.
             */
            interface IAgentTampered extends holdfast.telemetry.v1.AgentTampered.$Properties {
            }

            /** Represents an AgentTampered. */
            class AgentTampered {

                /**
                 * Constructs a new AgentTampered.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AgentTampered.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentTampered what. */
                what: string;

                /** AgentTampered evidence. */
                evidence: string;

                /**
                 * Creates a new AgentTampered instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentTampered instance
                 */
                static create(properties: holdfast.telemetry.v1.AgentTampered.$Shape): holdfast.telemetry.v1.AgentTampered & holdfast.telemetry.v1.AgentTampered.$Shape;
                static create(properties?: holdfast.telemetry.v1.AgentTampered.$Properties): holdfast.telemetry.v1.AgentTampered;

                /**
                 * Encodes the specified AgentTampered message. Does not implicitly {@link holdfast.telemetry.v1.AgentTampered.verify|verify} messages.
                 * @param message AgentTampered message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AgentTampered.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentTampered message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AgentTampered & holdfast.telemetry.v1.AgentTampered.$Shape} AgentTampered
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AgentTampered & holdfast.telemetry.v1.AgentTampered.$Shape;

                /**
                 * Creates an AgentTampered message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentTampered
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AgentTampered;

                /**
                 * Creates a plain object from an AgentTampered message. Also converts values to other types if specified.
                 * @param message AgentTampered
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AgentTampered, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentTampered to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentTampered
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentTampered {

                /** Properties of an AgentTampered. */
                interface $Properties {

                    /** AgentTampered what */
                    what?: (string|null);

                    /** AgentTampered evidence */
                    evidence?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentTampered. */
                type $Shape = holdfast.telemetry.v1.AgentTampered.$Properties;
            }

            /**
             * Properties of a ClockChanged.
             * @deprecated Use holdfast.telemetry.v1.ClockChanged.$Properties instead.
             */
            interface IClockChanged extends holdfast.telemetry.v1.ClockChanged.$Properties {
            }

            /** Represents a ClockChanged. */
            class ClockChanged {

                /**
                 * Constructs a new ClockChanged.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ClockChanged.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClockChanged stepMs. */
                stepMs: number;

                /**
                 * Creates a new ClockChanged instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ClockChanged instance
                 */
                static create(properties: holdfast.telemetry.v1.ClockChanged.$Shape): holdfast.telemetry.v1.ClockChanged & holdfast.telemetry.v1.ClockChanged.$Shape;
                static create(properties?: holdfast.telemetry.v1.ClockChanged.$Properties): holdfast.telemetry.v1.ClockChanged;

                /**
                 * Encodes the specified ClockChanged message. Does not implicitly {@link holdfast.telemetry.v1.ClockChanged.verify|verify} messages.
                 * @param message ClockChanged message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ClockChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClockChanged message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ClockChanged & holdfast.telemetry.v1.ClockChanged.$Shape} ClockChanged
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ClockChanged & holdfast.telemetry.v1.ClockChanged.$Shape;

                /**
                 * Creates a ClockChanged message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ClockChanged
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ClockChanged;

                /**
                 * Creates a plain object from a ClockChanged message. Also converts values to other types if specified.
                 * @param message ClockChanged
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ClockChanged, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ClockChanged to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ClockChanged
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ClockChanged {

                /** Properties of a ClockChanged. */
                interface $Properties {

                    /** ClockChanged stepMs */
                    stepMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClockChanged. */
                type $Shape = holdfast.telemetry.v1.ClockChanged.$Properties;
            }

            /**
             * Properties of a TelemetryGap.
             * @deprecated Use holdfast.telemetry.v1.TelemetryGap.$Properties instead.
             */
            interface ITelemetryGap extends holdfast.telemetry.v1.TelemetryGap.$Properties {
            }

            /** Represents a TelemetryGap. */
            class TelemetryGap {

                /**
                 * Constructs a new TelemetryGap.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.TelemetryGap.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TelemetryGap sensor. */
                sensor: string;

                /** TelemetryGap reason. */
                reason: string;

                /** TelemetryGap missed. */
                missed: number;

                /**
                 * Creates a new TelemetryGap instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns TelemetryGap instance
                 */
                static create(properties: holdfast.telemetry.v1.TelemetryGap.$Shape): holdfast.telemetry.v1.TelemetryGap & holdfast.telemetry.v1.TelemetryGap.$Shape;
                static create(properties?: holdfast.telemetry.v1.TelemetryGap.$Properties): holdfast.telemetry.v1.TelemetryGap;

                /**
                 * Encodes the specified TelemetryGap message. Does not implicitly {@link holdfast.telemetry.v1.TelemetryGap.verify|verify} messages.
                 * @param message TelemetryGap message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.TelemetryGap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TelemetryGap message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.TelemetryGap & holdfast.telemetry.v1.TelemetryGap.$Shape} TelemetryGap
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.TelemetryGap & holdfast.telemetry.v1.TelemetryGap.$Shape;

                /**
                 * Creates a TelemetryGap message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns TelemetryGap
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.TelemetryGap;

                /**
                 * Creates a plain object from a TelemetryGap message. Also converts values to other types if specified.
                 * @param message TelemetryGap
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.TelemetryGap, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this TelemetryGap to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for TelemetryGap
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace TelemetryGap {

                /** Properties of a TelemetryGap. */
                interface $Properties {

                    /** TelemetryGap sensor */
                    sensor?: (string|null);

                    /** TelemetryGap reason */
                    reason?: (string|null);

                    /** TelemetryGap missed */
                    missed?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TelemetryGap. */
                type $Shape = holdfast.telemetry.v1.TelemetryGap.$Properties;
            }

            /**
             * Properties of a PatientRecordAccessed.
             * @deprecated Use holdfast.telemetry.v1.PatientRecordAccessed.$Properties instead.
             */
            interface IPatientRecordAccessed extends holdfast.telemetry.v1.PatientRecordAccessed.$Properties {
            }

            /** Represents a PatientRecordAccessed. */
            class PatientRecordAccessed {

                /**
                 * Constructs a new PatientRecordAccessed.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PatientRecordAccessed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PatientRecordAccessed patient. */
                patient: string;

                /** PatientRecordAccessed relation. */
                relation: string;

                /** PatientRecordAccessed eventName. */
                eventName: string;

                /** PatientRecordAccessed restrictedReason. */
                restrictedReason: string;

                /**
                 * Creates a new PatientRecordAccessed instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PatientRecordAccessed instance
                 */
                static create(properties: holdfast.telemetry.v1.PatientRecordAccessed.$Shape): holdfast.telemetry.v1.PatientRecordAccessed & holdfast.telemetry.v1.PatientRecordAccessed.$Shape;
                static create(properties?: holdfast.telemetry.v1.PatientRecordAccessed.$Properties): holdfast.telemetry.v1.PatientRecordAccessed;

                /**
                 * Encodes the specified PatientRecordAccessed message. Does not implicitly {@link holdfast.telemetry.v1.PatientRecordAccessed.verify|verify} messages.
                 * @param message PatientRecordAccessed message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PatientRecordAccessed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PatientRecordAccessed message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PatientRecordAccessed & holdfast.telemetry.v1.PatientRecordAccessed.$Shape} PatientRecordAccessed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PatientRecordAccessed & holdfast.telemetry.v1.PatientRecordAccessed.$Shape;

                /**
                 * Creates a PatientRecordAccessed message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PatientRecordAccessed
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PatientRecordAccessed;

                /**
                 * Creates a plain object from a PatientRecordAccessed message. Also converts values to other types if specified.
                 * @param message PatientRecordAccessed
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PatientRecordAccessed, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PatientRecordAccessed to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PatientRecordAccessed
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PatientRecordAccessed {

                /** Properties of a PatientRecordAccessed. */
                interface $Properties {

                    /** PatientRecordAccessed patient */
                    patient?: (string|null);

                    /** PatientRecordAccessed relation */
                    relation?: (string|null);

                    /** PatientRecordAccessed eventName */
                    eventName?: (string|null);

                    /** PatientRecordAccessed restrictedReason */
                    restrictedReason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PatientRecordAccessed. */
                type $Shape = holdfast.telemetry.v1.PatientRecordAccessed.$Properties;
            }

            /**
             * Properties of a SecurityAlertRaised.
             * @deprecated Use holdfast.telemetry.v1.SecurityAlertRaised.$Properties instead.
             */
            interface ISecurityAlertRaised extends holdfast.telemetry.v1.SecurityAlertRaised.$Properties {
            }

            /** Represents a SecurityAlertRaised. */
            class SecurityAlertRaised {

                /**
                 * Constructs a new SecurityAlertRaised.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SecurityAlertRaised.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SecurityAlertRaised source. */
                source: string;

                /** SecurityAlertRaised alertId. */
                alertId: string;

                /** SecurityAlertRaised title. */
                title: string;

                /** SecurityAlertRaised severity. */
                severity: string;

                /** SecurityAlertRaised status. */
                status: string;

                /** SecurityAlertRaised verdict. */
                verdict: string;

                /** SecurityAlertRaised category. */
                category: string;

                /** SecurityAlertRaised attack. */
                attack: string;

                /** SecurityAlertRaised host. */
                host: string;

                /** SecurityAlertRaised previousStatus. */
                previousStatus: string;

                /**
                 * Creates a new SecurityAlertRaised instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SecurityAlertRaised instance
                 */
                static create(properties: holdfast.telemetry.v1.SecurityAlertRaised.$Shape): holdfast.telemetry.v1.SecurityAlertRaised & holdfast.telemetry.v1.SecurityAlertRaised.$Shape;
                static create(properties?: holdfast.telemetry.v1.SecurityAlertRaised.$Properties): holdfast.telemetry.v1.SecurityAlertRaised;

                /**
                 * Encodes the specified SecurityAlertRaised message. Does not implicitly {@link holdfast.telemetry.v1.SecurityAlertRaised.verify|verify} messages.
                 * @param message SecurityAlertRaised message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SecurityAlertRaised.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SecurityAlertRaised message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SecurityAlertRaised & holdfast.telemetry.v1.SecurityAlertRaised.$Shape} SecurityAlertRaised
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SecurityAlertRaised & holdfast.telemetry.v1.SecurityAlertRaised.$Shape;

                /**
                 * Creates a SecurityAlertRaised message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SecurityAlertRaised
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SecurityAlertRaised;

                /**
                 * Creates a plain object from a SecurityAlertRaised message. Also converts values to other types if specified.
                 * @param message SecurityAlertRaised
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SecurityAlertRaised, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SecurityAlertRaised to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SecurityAlertRaised
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SecurityAlertRaised {

                /** Properties of a SecurityAlertRaised. */
                interface $Properties {

                    /** SecurityAlertRaised source */
                    source?: (string|null);

                    /** SecurityAlertRaised alertId */
                    alertId?: (string|null);

                    /** SecurityAlertRaised title */
                    title?: (string|null);

                    /** SecurityAlertRaised severity */
                    severity?: (string|null);

                    /** SecurityAlertRaised status */
                    status?: (string|null);

                    /** SecurityAlertRaised verdict */
                    verdict?: (string|null);

                    /** SecurityAlertRaised category */
                    category?: (string|null);

                    /** SecurityAlertRaised attack */
                    attack?: (string|null);

                    /** SecurityAlertRaised host */
                    host?: (string|null);

                    /** SecurityAlertRaised previousStatus */
                    previousStatus?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SecurityAlertRaised. */
                type $Shape = holdfast.telemetry.v1.SecurityAlertRaised.$Properties;
            }

            /**
             * Properties of a PhysicalAccess.
             * @deprecated Use holdfast.telemetry.v1.PhysicalAccess.$Properties instead.
             */
            interface IPhysicalAccess extends holdfast.telemetry.v1.PhysicalAccess.$Properties {
            }

            /** Represents a PhysicalAccess. */
            class PhysicalAccess {

                /**
                 * Constructs a new PhysicalAccess.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PhysicalAccess.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PhysicalAccess assetId. */
                assetId: string;

                /** PhysicalAccess assetName. */
                assetName: string;

                /** PhysicalAccess status. */
                status: string;

                /**
                 * Creates a new PhysicalAccess instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PhysicalAccess instance
                 */
                static create(properties: holdfast.telemetry.v1.PhysicalAccess.$Shape): holdfast.telemetry.v1.PhysicalAccess & holdfast.telemetry.v1.PhysicalAccess.$Shape;
                static create(properties?: holdfast.telemetry.v1.PhysicalAccess.$Properties): holdfast.telemetry.v1.PhysicalAccess;

                /**
                 * Encodes the specified PhysicalAccess message. Does not implicitly {@link holdfast.telemetry.v1.PhysicalAccess.verify|verify} messages.
                 * @param message PhysicalAccess message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PhysicalAccess.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PhysicalAccess message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PhysicalAccess & holdfast.telemetry.v1.PhysicalAccess.$Shape} PhysicalAccess
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PhysicalAccess & holdfast.telemetry.v1.PhysicalAccess.$Shape;

                /**
                 * Creates a PhysicalAccess message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PhysicalAccess
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PhysicalAccess;

                /**
                 * Creates a plain object from a PhysicalAccess message. Also converts values to other types if specified.
                 * @param message PhysicalAccess
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PhysicalAccess, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PhysicalAccess to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PhysicalAccess
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PhysicalAccess {

                /** Properties of a PhysicalAccess. */
                interface $Properties {

                    /** PhysicalAccess assetId */
                    assetId?: (string|null);

                    /** PhysicalAccess assetName */
                    assetName?: (string|null);

                    /** PhysicalAccess status */
                    status?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PhysicalAccess. */
                type $Shape = holdfast.telemetry.v1.PhysicalAccess.$Properties;
            }

            /**
             * Properties of a CustomDetection.
             * @deprecated Use holdfast.telemetry.v1.CustomDetection.$Properties instead.
             */
            interface ICustomDetection extends holdfast.telemetry.v1.CustomDetection.$Properties {
            }

            /** Represents a CustomDetection. */
            class CustomDetection {

                /**
                 * Constructs a new CustomDetection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.CustomDetection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CustomDetection indicator. */
                indicator: string;

                /** CustomDetection amount. */
                amount: number;

                /** CustomDetection fields. */
                fields: holdfast.telemetry.v1.CustomField.$Properties[];

                /**
                 * Creates a new CustomDetection instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CustomDetection instance
                 */
                static create(properties: holdfast.telemetry.v1.CustomDetection.$Shape): holdfast.telemetry.v1.CustomDetection & holdfast.telemetry.v1.CustomDetection.$Shape;
                static create(properties?: holdfast.telemetry.v1.CustomDetection.$Properties): holdfast.telemetry.v1.CustomDetection;

                /**
                 * Encodes the specified CustomDetection message. Does not implicitly {@link holdfast.telemetry.v1.CustomDetection.verify|verify} messages.
                 * @param message CustomDetection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.CustomDetection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CustomDetection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.CustomDetection & holdfast.telemetry.v1.CustomDetection.$Shape} CustomDetection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.CustomDetection & holdfast.telemetry.v1.CustomDetection.$Shape;

                /**
                 * Creates a CustomDetection message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns CustomDetection
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.CustomDetection;

                /**
                 * Creates a plain object from a CustomDetection message. Also converts values to other types if specified.
                 * @param message CustomDetection
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.CustomDetection, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this CustomDetection to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for CustomDetection
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace CustomDetection {

                /** Properties of a CustomDetection. */
                interface $Properties {

                    /** CustomDetection indicator */
                    indicator?: (string|null);

                    /** CustomDetection amount */
                    amount?: (number|null);

                    /** CustomDetection fields */
                    fields?: (holdfast.telemetry.v1.CustomField.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CustomDetection. */
                type $Shape = holdfast.telemetry.v1.CustomDetection.$Properties;
            }

            /**
             * Properties of a CustomField.
             * @deprecated Use holdfast.telemetry.v1.CustomField.$Properties instead.
             */
            interface ICustomField extends holdfast.telemetry.v1.CustomField.$Properties {
            }

            /** Represents a CustomField. */
            class CustomField {

                /**
                 * Constructs a new CustomField.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.CustomField.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CustomField name. */
                name: string;

                /** CustomField value. */
                value: string;

                /**
                 * Creates a new CustomField instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CustomField instance
                 */
                static create(properties: holdfast.telemetry.v1.CustomField.$Shape): holdfast.telemetry.v1.CustomField & holdfast.telemetry.v1.CustomField.$Shape;
                static create(properties?: holdfast.telemetry.v1.CustomField.$Properties): holdfast.telemetry.v1.CustomField;

                /**
                 * Encodes the specified CustomField message. Does not implicitly {@link holdfast.telemetry.v1.CustomField.verify|verify} messages.
                 * @param message CustomField message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.CustomField.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CustomField message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.CustomField & holdfast.telemetry.v1.CustomField.$Shape} CustomField
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.CustomField & holdfast.telemetry.v1.CustomField.$Shape;

                /**
                 * Creates a CustomField message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns CustomField
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.CustomField;

                /**
                 * Creates a plain object from a CustomField message. Also converts values to other types if specified.
                 * @param message CustomField
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.CustomField, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this CustomField to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for CustomField
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace CustomField {

                /** Properties of a CustomField. */
                interface $Properties {

                    /** CustomField name */
                    name?: (string|null);

                    /** CustomField value */
                    value?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CustomField. */
                type $Shape = holdfast.telemetry.v1.CustomField.$Properties;
            }

            /**
             * Properties of a WarningShown.
             * @deprecated Use holdfast.telemetry.v1.WarningShown.$Properties instead.
             */
            interface IWarningShown extends holdfast.telemetry.v1.WarningShown.$Properties {
            }

            /** Represents a WarningShown. */
            class WarningShown {

                /**
                 * Constructs a new WarningShown.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.WarningShown.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WarningShown rule. */
                rule: string;

                /** WarningShown outcome. */
                outcome: string;

                /** WarningShown answer. */
                answer: string;

                /** WarningShown reason. */
                reason: string;

                /** WarningShown aboutKind. */
                aboutKind: string;

                /** WarningShown aboutPath. */
                aboutPath: string;

                /** WarningShown suppressed. */
                suppressed: number;

                /** WarningShown noticeId. */
                noticeId: string;

                /**
                 * Creates a new WarningShown instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WarningShown instance
                 */
                static create(properties: holdfast.telemetry.v1.WarningShown.$Shape): holdfast.telemetry.v1.WarningShown & holdfast.telemetry.v1.WarningShown.$Shape;
                static create(properties?: holdfast.telemetry.v1.WarningShown.$Properties): holdfast.telemetry.v1.WarningShown;

                /**
                 * Encodes the specified WarningShown message. Does not implicitly {@link holdfast.telemetry.v1.WarningShown.verify|verify} messages.
                 * @param message WarningShown message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.WarningShown.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WarningShown message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.WarningShown & holdfast.telemetry.v1.WarningShown.$Shape} WarningShown
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.WarningShown & holdfast.telemetry.v1.WarningShown.$Shape;

                /**
                 * Creates a WarningShown message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns WarningShown
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.WarningShown;

                /**
                 * Creates a plain object from a WarningShown message. Also converts values to other types if specified.
                 * @param message WarningShown
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.WarningShown, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this WarningShown to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for WarningShown
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace WarningShown {

                /** Properties of a WarningShown. */
                interface $Properties {

                    /** WarningShown rule */
                    rule?: (string|null);

                    /** WarningShown outcome */
                    outcome?: (string|null);

                    /** WarningShown answer */
                    answer?: (string|null);

                    /** WarningShown reason */
                    reason?: (string|null);

                    /** WarningShown aboutKind */
                    aboutKind?: (string|null);

                    /** WarningShown aboutPath */
                    aboutPath?: (string|null);

                    /** WarningShown suppressed */
                    suppressed?: (number|null);

                    /** WarningShown noticeId */
                    noticeId?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WarningShown. */
                type $Shape = holdfast.telemetry.v1.WarningShown.$Properties;
            }

            /**
             * Properties of an ExceptionRequested.
             * @deprecated Use holdfast.telemetry.v1.ExceptionRequested.$Properties instead.
             */
            interface IExceptionRequested extends holdfast.telemetry.v1.ExceptionRequested.$Properties {
            }

            /** Represents an ExceptionRequested. */
            class ExceptionRequested {

                /**
                 * Constructs a new ExceptionRequested.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ExceptionRequested.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExceptionRequested request. */
                request: string;

                /** ExceptionRequested media. */
                media?: (holdfast.telemetry.v1.Media.$Properties|null);

                /** ExceptionRequested reason. */
                reason: string;

                /** ExceptionRequested hours. */
                hours: number;

                /** ExceptionRequested via. */
                via: string;

                /**
                 * Creates a new ExceptionRequested instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExceptionRequested instance
                 */
                static create(properties: holdfast.telemetry.v1.ExceptionRequested.$Shape): holdfast.telemetry.v1.ExceptionRequested & holdfast.telemetry.v1.ExceptionRequested.$Shape;
                static create(properties?: holdfast.telemetry.v1.ExceptionRequested.$Properties): holdfast.telemetry.v1.ExceptionRequested;

                /**
                 * Encodes the specified ExceptionRequested message. Does not implicitly {@link holdfast.telemetry.v1.ExceptionRequested.verify|verify} messages.
                 * @param message ExceptionRequested message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ExceptionRequested.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExceptionRequested message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ExceptionRequested & holdfast.telemetry.v1.ExceptionRequested.$Shape} ExceptionRequested
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ExceptionRequested & holdfast.telemetry.v1.ExceptionRequested.$Shape;

                /**
                 * Creates an ExceptionRequested message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ExceptionRequested
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ExceptionRequested;

                /**
                 * Creates a plain object from an ExceptionRequested message. Also converts values to other types if specified.
                 * @param message ExceptionRequested
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ExceptionRequested, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ExceptionRequested to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ExceptionRequested
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ExceptionRequested {

                /** Properties of an ExceptionRequested. */
                interface $Properties {

                    /** ExceptionRequested request */
                    request?: (string|null);

                    /** ExceptionRequested media */
                    media?: (holdfast.telemetry.v1.Media.$Properties|null);

                    /** ExceptionRequested reason */
                    reason?: (string|null);

                    /** ExceptionRequested hours */
                    hours?: (number|null);

                    /** ExceptionRequested via */
                    via?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExceptionRequested. */
                type $Shape = holdfast.telemetry.v1.ExceptionRequested.$Properties;
            }

            /**
             * Properties of an EvidenceRequest.
             * @deprecated Use holdfast.telemetry.v1.EvidenceRequest.$Properties instead.
             */
            interface IEvidenceRequest extends holdfast.telemetry.v1.EvidenceRequest.$Properties {
            }

            /** Represents an EvidenceRequest. */
            class EvidenceRequest {

                /**
                 * Constructs a new EvidenceRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceRequest offer. */
                offer?: (holdfast.telemetry.v1.EvidenceOffer.$Properties|null);

                /** EvidenceRequest chunk. */
                chunk?: (holdfast.telemetry.v1.EvidenceChunk.$Properties|null);

                /** EvidenceRequest skips. */
                skips?: (holdfast.telemetry.v1.EvidenceSkips.$Properties|null);

                /** EvidenceRequest message. */
                message?: ("offer"|"chunk"|"skips");

                /**
                 * Creates a new EvidenceRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceRequest instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceRequest.$Shape): holdfast.telemetry.v1.EvidenceRequest & holdfast.telemetry.v1.EvidenceRequest.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceRequest.$Properties): holdfast.telemetry.v1.EvidenceRequest;

                /**
                 * Encodes the specified EvidenceRequest message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceRequest.verify|verify} messages.
                 * @param message EvidenceRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceRequest & holdfast.telemetry.v1.EvidenceRequest.$Shape} EvidenceRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceRequest & holdfast.telemetry.v1.EvidenceRequest.$Shape;

                /**
                 * Creates an EvidenceRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceRequest
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceRequest;

                /**
                 * Creates a plain object from an EvidenceRequest message. Also converts values to other types if specified.
                 * @param message EvidenceRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceRequest {

                /** Properties of an EvidenceRequest. */
                interface $Properties {

                    /** EvidenceRequest offer */
                    offer?: (holdfast.telemetry.v1.EvidenceOffer.$Properties|null);

                    /** EvidenceRequest chunk */
                    chunk?: (holdfast.telemetry.v1.EvidenceChunk.$Properties|null);

                    /** EvidenceRequest skips */
                    skips?: (holdfast.telemetry.v1.EvidenceSkips.$Properties|null);

                    /** EvidenceRequest message */
                    message?: ("offer"|"chunk"|"skips");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an EvidenceRequest. */
                type $Shape = {
                  offer?: holdfast.telemetry.v1.EvidenceOffer.$Shape|null;
                  chunk?: holdfast.telemetry.v1.EvidenceChunk.$Shape|null;
                  skips?: holdfast.telemetry.v1.EvidenceSkips.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; offer?: null; chunk?: null; skips?: null }|{ message?: "offer"; offer: holdfast.telemetry.v1.EvidenceOffer.$Shape; chunk?: null; skips?: null }|{ message?: "chunk"; offer?: null; chunk: holdfast.telemetry.v1.EvidenceChunk.$Shape; skips?: null }|{ message?: "skips"; offer?: null; chunk?: null; skips: holdfast.telemetry.v1.EvidenceSkips.$Shape })
                );
            }

            /**
             * Properties of an EvidenceOffer.
             * @deprecated Use holdfast.telemetry.v1.EvidenceOffer.$Properties instead.
             */
            interface IEvidenceOffer extends holdfast.telemetry.v1.EvidenceOffer.$Properties {
            }

            /** Represents an EvidenceOffer. */
            class EvidenceOffer {

                /**
                 * Constructs a new EvidenceOffer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceOffer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceOffer id. */
                id: string;

                /** EvidenceOffer epoch. */
                epoch: string;

                /** EvidenceOffer seq. */
                seq: number;

                /** EvidenceOffer plainBytes. */
                plainBytes: number;

                /** EvidenceOffer sealedBytes. */
                sealedBytes: number;

                /** EvidenceOffer sha256. */
                sha256: string;

                /** EvidenceOffer keyId. */
                keyId: string;

                /** EvidenceOffer capturedAt. */
                capturedAt?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new EvidenceOffer instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceOffer instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceOffer.$Shape): holdfast.telemetry.v1.EvidenceOffer & holdfast.telemetry.v1.EvidenceOffer.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceOffer.$Properties): holdfast.telemetry.v1.EvidenceOffer;

                /**
                 * Encodes the specified EvidenceOffer message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceOffer.verify|verify} messages.
                 * @param message EvidenceOffer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceOffer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceOffer & holdfast.telemetry.v1.EvidenceOffer.$Shape} EvidenceOffer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceOffer & holdfast.telemetry.v1.EvidenceOffer.$Shape;

                /**
                 * Creates an EvidenceOffer message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceOffer
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceOffer;

                /**
                 * Creates a plain object from an EvidenceOffer message. Also converts values to other types if specified.
                 * @param message EvidenceOffer
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceOffer, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceOffer to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceOffer
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceOffer {

                /** Properties of an EvidenceOffer. */
                interface $Properties {

                    /** EvidenceOffer id */
                    id?: (string|null);

                    /** EvidenceOffer epoch */
                    epoch?: (string|null);

                    /** EvidenceOffer seq */
                    seq?: (number|null);

                    /** EvidenceOffer plainBytes */
                    plainBytes?: (number|null);

                    /** EvidenceOffer sealedBytes */
                    sealedBytes?: (number|null);

                    /** EvidenceOffer sha256 */
                    sha256?: (string|null);

                    /** EvidenceOffer keyId */
                    keyId?: (string|null);

                    /** EvidenceOffer capturedAt */
                    capturedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceOffer. */
                type $Shape = holdfast.telemetry.v1.EvidenceOffer.$Properties;
            }

            /**
             * Properties of an EvidenceChunk.
             * @deprecated Use holdfast.telemetry.v1.EvidenceChunk.$Properties instead.
             */
            interface IEvidenceChunk extends holdfast.telemetry.v1.EvidenceChunk.$Properties {
            }

            /** Represents an EvidenceChunk. */
            class EvidenceChunk {

                /**
                 * Constructs a new EvidenceChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceChunk id. */
                id: string;

                /** EvidenceChunk offset. */
                offset: number;

                /** EvidenceChunk data. */
                data: Uint8Array;

                /**
                 * Creates a new EvidenceChunk instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceChunk instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceChunk.$Shape): holdfast.telemetry.v1.EvidenceChunk & holdfast.telemetry.v1.EvidenceChunk.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceChunk.$Properties): holdfast.telemetry.v1.EvidenceChunk;

                /**
                 * Encodes the specified EvidenceChunk message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceChunk.verify|verify} messages.
                 * @param message EvidenceChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceChunk & holdfast.telemetry.v1.EvidenceChunk.$Shape} EvidenceChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceChunk & holdfast.telemetry.v1.EvidenceChunk.$Shape;

                /**
                 * Creates an EvidenceChunk message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceChunk
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceChunk;

                /**
                 * Creates a plain object from an EvidenceChunk message. Also converts values to other types if specified.
                 * @param message EvidenceChunk
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceChunk, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceChunk to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceChunk
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceChunk {

                /** Properties of an EvidenceChunk. */
                interface $Properties {

                    /** EvidenceChunk id */
                    id?: (string|null);

                    /** EvidenceChunk offset */
                    offset?: (number|null);

                    /** EvidenceChunk data */
                    data?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceChunk. */
                type $Shape = holdfast.telemetry.v1.EvidenceChunk.$Properties;
            }

            /**
             * Properties of an EvidenceSkips.
             * @deprecated Use holdfast.telemetry.v1.EvidenceSkips.$Properties instead.
             */
            interface IEvidenceSkips extends holdfast.telemetry.v1.EvidenceSkips.$Properties {
            }

            /** Represents an EvidenceSkips. */
            class EvidenceSkips {

                /**
                 * Constructs a new EvidenceSkips.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceSkips.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceSkips skips. */
                skips: holdfast.telemetry.v1.EvidenceSkip.$Properties[];

                /** EvidenceSkips uncounted. */
                uncounted: number;

                /**
                 * Creates a new EvidenceSkips instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceSkips instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceSkips.$Shape): holdfast.telemetry.v1.EvidenceSkips & holdfast.telemetry.v1.EvidenceSkips.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceSkips.$Properties): holdfast.telemetry.v1.EvidenceSkips;

                /**
                 * Encodes the specified EvidenceSkips message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceSkips.verify|verify} messages.
                 * @param message EvidenceSkips message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceSkips.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceSkips message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceSkips & holdfast.telemetry.v1.EvidenceSkips.$Shape} EvidenceSkips
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceSkips & holdfast.telemetry.v1.EvidenceSkips.$Shape;

                /**
                 * Creates an EvidenceSkips message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceSkips
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceSkips;

                /**
                 * Creates a plain object from an EvidenceSkips message. Also converts values to other types if specified.
                 * @param message EvidenceSkips
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceSkips, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceSkips to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceSkips
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceSkips {

                /** Properties of an EvidenceSkips. */
                interface $Properties {

                    /** EvidenceSkips skips */
                    skips?: (holdfast.telemetry.v1.EvidenceSkip.$Properties[]|null);

                    /** EvidenceSkips uncounted */
                    uncounted?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceSkips. */
                type $Shape = holdfast.telemetry.v1.EvidenceSkips.$Properties;
            }

            /**
             * Properties of an EvidenceSkip.
             * @deprecated Use holdfast.telemetry.v1.EvidenceSkip.$Properties instead.
             */
            interface IEvidenceSkip extends holdfast.telemetry.v1.EvidenceSkip.$Properties {
            }

            /** Represents an EvidenceSkip. */
            class EvidenceSkip {

                /**
                 * Constructs a new EvidenceSkip.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceSkip.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceSkip epoch. */
                epoch: string;

                /** EvidenceSkip seq. */
                seq: number;

                /** EvidenceSkip reason. */
                reason: string;

                /** EvidenceSkip at. */
                at?: (google.protobuf.Timestamp.$Properties|null);

                /** EvidenceSkip sizeBytes. */
                sizeBytes: number;

                /**
                 * Creates a new EvidenceSkip instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceSkip instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceSkip.$Shape): holdfast.telemetry.v1.EvidenceSkip & holdfast.telemetry.v1.EvidenceSkip.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceSkip.$Properties): holdfast.telemetry.v1.EvidenceSkip;

                /**
                 * Encodes the specified EvidenceSkip message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceSkip.verify|verify} messages.
                 * @param message EvidenceSkip message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceSkip.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceSkip message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceSkip & holdfast.telemetry.v1.EvidenceSkip.$Shape} EvidenceSkip
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceSkip & holdfast.telemetry.v1.EvidenceSkip.$Shape;

                /**
                 * Creates an EvidenceSkip message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceSkip
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceSkip;

                /**
                 * Creates a plain object from an EvidenceSkip message. Also converts values to other types if specified.
                 * @param message EvidenceSkip
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceSkip, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceSkip to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceSkip
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceSkip {

                /** Properties of an EvidenceSkip. */
                interface $Properties {

                    /** EvidenceSkip epoch */
                    epoch?: (string|null);

                    /** EvidenceSkip seq */
                    seq?: (number|null);

                    /** EvidenceSkip reason */
                    reason?: (string|null);

                    /** EvidenceSkip at */
                    at?: (google.protobuf.Timestamp.$Properties|null);

                    /** EvidenceSkip sizeBytes */
                    sizeBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceSkip. */
                type $Shape = holdfast.telemetry.v1.EvidenceSkip.$Properties;
            }

            /**
             * Properties of an EvidenceAnswer.
             * @deprecated Use holdfast.telemetry.v1.EvidenceAnswer.$Properties instead.
             */
            interface IEvidenceAnswer extends holdfast.telemetry.v1.EvidenceAnswer.$Properties {
            }

            /** Represents an EvidenceAnswer. */
            class EvidenceAnswer {

                /**
                 * Constructs a new EvidenceAnswer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceAnswer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceAnswer receivedBytes. */
                receivedBytes: number;

                /** EvidenceAnswer complete. */
                complete: boolean;

                /** EvidenceAnswer refused. */
                refused: string;

                /** EvidenceAnswer final. */
                final: boolean;

                /** EvidenceAnswer retryAfterSecs. */
                retryAfterSecs: number;

                /**
                 * Creates a new EvidenceAnswer instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceAnswer instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceAnswer.$Shape): holdfast.telemetry.v1.EvidenceAnswer & holdfast.telemetry.v1.EvidenceAnswer.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceAnswer.$Properties): holdfast.telemetry.v1.EvidenceAnswer;

                /**
                 * Encodes the specified EvidenceAnswer message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceAnswer.verify|verify} messages.
                 * @param message EvidenceAnswer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceAnswer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceAnswer & holdfast.telemetry.v1.EvidenceAnswer.$Shape} EvidenceAnswer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceAnswer & holdfast.telemetry.v1.EvidenceAnswer.$Shape;

                /**
                 * Creates an EvidenceAnswer message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceAnswer
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceAnswer;

                /**
                 * Creates a plain object from an EvidenceAnswer message. Also converts values to other types if specified.
                 * @param message EvidenceAnswer
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceAnswer, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceAnswer to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceAnswer
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceAnswer {

                /** Properties of an EvidenceAnswer. */
                interface $Properties {

                    /** EvidenceAnswer receivedBytes */
                    receivedBytes?: (number|null);

                    /** EvidenceAnswer complete */
                    complete?: (boolean|null);

                    /** EvidenceAnswer refused */
                    refused?: (string|null);

                    /** EvidenceAnswer final */
                    final?: (boolean|null);

                    /** EvidenceAnswer retryAfterSecs */
                    retryAfterSecs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceAnswer. */
                type $Shape = holdfast.telemetry.v1.EvidenceAnswer.$Properties;
            }

            /**
             * Properties of a SealHead.
             * @deprecated Use holdfast.telemetry.v1.SealHead.$Properties instead.
             */
            interface ISealHead extends holdfast.telemetry.v1.SealHead.$Properties {
            }

            /** Represents a SealHead. */
            class SealHead {

                /**
                 * Constructs a new SealHead.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SealHead.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SealHead id. */
                id: string;

                /** SealHead deviceId. */
                deviceId: string;

                /** SealHead organisation. */
                organisation: string;

                /** SealHead epoch. */
                epoch: string;

                /** SealHead seq. */
                seq: number;

                /** SealHead keyId. */
                keyId: string;

                /** SealHead ephemeralKey. */
                ephemeralKey: Uint8Array;

                /** SealHead capturedAt. */
                capturedAt?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new SealHead instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SealHead instance
                 */
                static create(properties: holdfast.telemetry.v1.SealHead.$Shape): holdfast.telemetry.v1.SealHead & holdfast.telemetry.v1.SealHead.$Shape;
                static create(properties?: holdfast.telemetry.v1.SealHead.$Properties): holdfast.telemetry.v1.SealHead;

                /**
                 * Encodes the specified SealHead message. Does not implicitly {@link holdfast.telemetry.v1.SealHead.verify|verify} messages.
                 * @param message SealHead message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SealHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SealHead message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SealHead & holdfast.telemetry.v1.SealHead.$Shape} SealHead
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SealHead & holdfast.telemetry.v1.SealHead.$Shape;

                /**
                 * Creates a SealHead message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SealHead
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SealHead;

                /**
                 * Creates a plain object from a SealHead message. Also converts values to other types if specified.
                 * @param message SealHead
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SealHead, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SealHead to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SealHead
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SealHead {

                /** Properties of a SealHead. */
                interface $Properties {

                    /** SealHead id */
                    id?: (string|null);

                    /** SealHead deviceId */
                    deviceId?: (string|null);

                    /** SealHead organisation */
                    organisation?: (string|null);

                    /** SealHead epoch */
                    epoch?: (string|null);

                    /** SealHead seq */
                    seq?: (number|null);

                    /** SealHead keyId */
                    keyId?: (string|null);

                    /** SealHead ephemeralKey */
                    ephemeralKey?: (Uint8Array|null);

                    /** SealHead capturedAt */
                    capturedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SealHead. */
                type $Shape = holdfast.telemetry.v1.SealHead.$Properties;
            }

            /**
             * Properties of a SealEnd.
             * @deprecated Use holdfast.telemetry.v1.SealEnd.$Properties instead.
             */
            interface ISealEnd extends holdfast.telemetry.v1.SealEnd.$Properties {
            }

            /** Represents a SealEnd. */
            class SealEnd {

                /**
                 * Constructs a new SealEnd.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SealEnd.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SealEnd plainBytes. */
                plainBytes: number;

                /** SealEnd sha256. */
                sha256: string;

                /**
                 * Creates a new SealEnd instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SealEnd instance
                 */
                static create(properties: holdfast.telemetry.v1.SealEnd.$Shape): holdfast.telemetry.v1.SealEnd & holdfast.telemetry.v1.SealEnd.$Shape;
                static create(properties?: holdfast.telemetry.v1.SealEnd.$Properties): holdfast.telemetry.v1.SealEnd;

                /**
                 * Encodes the specified SealEnd message. Does not implicitly {@link holdfast.telemetry.v1.SealEnd.verify|verify} messages.
                 * @param message SealEnd message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SealEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SealEnd message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SealEnd & holdfast.telemetry.v1.SealEnd.$Shape} SealEnd
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SealEnd & holdfast.telemetry.v1.SealEnd.$Shape;

                /**
                 * Creates a SealEnd message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SealEnd
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SealEnd;

                /**
                 * Creates a plain object from a SealEnd message. Also converts values to other types if specified.
                 * @param message SealEnd
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SealEnd, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SealEnd to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SealEnd
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SealEnd {

                /** Properties of a SealEnd. */
                interface $Properties {

                    /** SealEnd plainBytes */
                    plainBytes?: (number|null);

                    /** SealEnd sha256 */
                    sha256?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SealEnd. */
                type $Shape = holdfast.telemetry.v1.SealEnd.$Properties;
            }

            /**
             * Properties of a SignedOrder.
             * @deprecated Use holdfast.telemetry.v1.SignedOrder.$Properties instead.
             */
            interface ISignedOrder extends holdfast.telemetry.v1.SignedOrder.$Properties {
            }

            /** Represents a SignedOrder. */
            class SignedOrder {

                /**
                 * Constructs a new SignedOrder.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SignedOrder.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignedOrder body. */
                body: Uint8Array;

                /** SignedOrder signatures. */
                signatures: holdfast.telemetry.v1.PolicySignature.$Properties[];

                /**
                 * Creates a new SignedOrder instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SignedOrder instance
                 */
                static create(properties: holdfast.telemetry.v1.SignedOrder.$Shape): holdfast.telemetry.v1.SignedOrder & holdfast.telemetry.v1.SignedOrder.$Shape;
                static create(properties?: holdfast.telemetry.v1.SignedOrder.$Properties): holdfast.telemetry.v1.SignedOrder;

                /**
                 * Encodes the specified SignedOrder message. Does not implicitly {@link holdfast.telemetry.v1.SignedOrder.verify|verify} messages.
                 * @param message SignedOrder message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SignedOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignedOrder message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SignedOrder & holdfast.telemetry.v1.SignedOrder.$Shape} SignedOrder
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SignedOrder & holdfast.telemetry.v1.SignedOrder.$Shape;

                /**
                 * Creates a SignedOrder message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SignedOrder
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SignedOrder;

                /**
                 * Creates a plain object from a SignedOrder message. Also converts values to other types if specified.
                 * @param message SignedOrder
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SignedOrder, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SignedOrder to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SignedOrder
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SignedOrder {

                /** Properties of a SignedOrder. */
                interface $Properties {

                    /** SignedOrder body */
                    body?: (Uint8Array|null);

                    /** SignedOrder signatures */
                    signatures?: (holdfast.telemetry.v1.PolicySignature.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignedOrder. */
                type $Shape = holdfast.telemetry.v1.SignedOrder.$Properties;
            }

            /**
             * Properties of an Order.
             * @deprecated Use holdfast.telemetry.v1.Order.$Properties instead.
             */
            interface IOrder extends holdfast.telemetry.v1.Order.$Properties {
            }

            /** Represents an Order. */
            class Order {

                /**
                 * Constructs a new Order.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Order.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Order organisation. */
                organisation: string;

                /** Order device. */
                device: string;

                /** Order id. */
                id: string;

                /** Order issuedAt. */
                issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** Order expiresAt. */
                expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                /** Order exception. */
                exception?: (holdfast.telemetry.v1.ExceptionDecision.$Properties|null);

                /** Order question. */
                question?: (holdfast.telemetry.v1.Question.$Properties|null);

                /** Order upgrade. */
                upgrade?: (holdfast.telemetry.v1.UpgradeOrder.$Properties|null);

                /** Order reKey. */
                reKey?: (holdfast.telemetry.v1.ReKey.$Properties|null);

                /** Order order. */
                order?: ("exception"|"question"|"upgrade"|"reKey");

                /**
                 * Creates a new Order instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Order instance
                 */
                static create(properties: holdfast.telemetry.v1.Order.$Shape): holdfast.telemetry.v1.Order & holdfast.telemetry.v1.Order.$Shape;
                static create(properties?: holdfast.telemetry.v1.Order.$Properties): holdfast.telemetry.v1.Order;

                /**
                 * Encodes the specified Order message. Does not implicitly {@link holdfast.telemetry.v1.Order.verify|verify} messages.
                 * @param message Order message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Order.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Order message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Order & holdfast.telemetry.v1.Order.$Shape} Order
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Order & holdfast.telemetry.v1.Order.$Shape;

                /**
                 * Creates an Order message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Order
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Order;

                /**
                 * Creates a plain object from an Order message. Also converts values to other types if specified.
                 * @param message Order
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Order, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Order to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Order
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Order {

                /** Properties of an Order. */
                interface $Properties {

                    /** Order organisation */
                    organisation?: (string|null);

                    /** Order device */
                    device?: (string|null);

                    /** Order id */
                    id?: (string|null);

                    /** Order issuedAt */
                    issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Order expiresAt */
                    expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Order exception */
                    exception?: (holdfast.telemetry.v1.ExceptionDecision.$Properties|null);

                    /** Order question */
                    question?: (holdfast.telemetry.v1.Question.$Properties|null);

                    /** Order upgrade */
                    upgrade?: (holdfast.telemetry.v1.UpgradeOrder.$Properties|null);

                    /** Order reKey */
                    reKey?: (holdfast.telemetry.v1.ReKey.$Properties|null);

                    /** Order order */
                    order?: ("exception"|"question"|"upgrade"|"reKey");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an Order. */
                type $Shape = {
                  organisation?: string|null;
                  device?: string|null;
                  id?: string|null;
                  issuedAt?: google.protobuf.Timestamp.$Shape|null;
                  expiresAt?: google.protobuf.Timestamp.$Shape|null;
                  exception?: holdfast.telemetry.v1.ExceptionDecision.$Shape|null;
                  question?: holdfast.telemetry.v1.Question.$Shape|null;
                  upgrade?: holdfast.telemetry.v1.UpgradeOrder.$Shape|null;
                  reKey?: holdfast.telemetry.v1.ReKey.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ order?: undefined; exception?: null; question?: null; upgrade?: null; reKey?: null }|{ order?: "exception"; exception: holdfast.telemetry.v1.ExceptionDecision.$Shape; question?: null; upgrade?: null; reKey?: null }|{ order?: "question"; exception?: null; question: holdfast.telemetry.v1.Question.$Shape; upgrade?: null; reKey?: null }|{ order?: "upgrade"; exception?: null; question?: null; upgrade: holdfast.telemetry.v1.UpgradeOrder.$Shape; reKey?: null }|{ order?: "reKey"; exception?: null; question?: null; upgrade?: null; reKey: holdfast.telemetry.v1.ReKey.$Shape })
                );
            }

            /**
             * Properties of a ReKey.
             * @deprecated Use holdfast.telemetry.v1.ReKey.$Properties instead.
             */
            interface IReKey extends holdfast.telemetry.v1.ReKey.$Properties {
            }

            /** Represents a ReKey. */
            class ReKey {

                /**
                 * Constructs a new ReKey.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ReKey.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new ReKey instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ReKey instance
                 */
                static create(properties: holdfast.telemetry.v1.ReKey.$Shape): holdfast.telemetry.v1.ReKey & holdfast.telemetry.v1.ReKey.$Shape;
                static create(properties?: holdfast.telemetry.v1.ReKey.$Properties): holdfast.telemetry.v1.ReKey;

                /**
                 * Encodes the specified ReKey message. Does not implicitly {@link holdfast.telemetry.v1.ReKey.verify|verify} messages.
                 * @param message ReKey message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ReKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReKey message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ReKey & holdfast.telemetry.v1.ReKey.$Shape} ReKey
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ReKey & holdfast.telemetry.v1.ReKey.$Shape;

                /**
                 * Creates a ReKey message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ReKey
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ReKey;

                /**
                 * Creates a plain object from a ReKey message. Also converts values to other types if specified.
                 * @param message ReKey
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ReKey, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ReKey to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ReKey
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ReKey {

                /** Properties of a ReKey. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReKey. */
                type $Shape = holdfast.telemetry.v1.ReKey.$Properties;
            }

            /**
             * Properties of an ExceptionDecision.
             * @deprecated Use holdfast.telemetry.v1.ExceptionDecision.$Properties instead.
             */
            interface IExceptionDecision extends holdfast.telemetry.v1.ExceptionDecision.$Properties {
            }

            /** Represents an ExceptionDecision. */
            class ExceptionDecision {

                /**
                 * Constructs a new ExceptionDecision.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ExceptionDecision.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExceptionDecision request. */
                request: string;

                /** ExceptionDecision state. */
                state: string;

                /** ExceptionDecision reason. */
                reason: string;

                /** ExceptionDecision until. */
                until?: (google.protobuf.Timestamp.$Properties|null);

                /**
                 * Creates a new ExceptionDecision instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExceptionDecision instance
                 */
                static create(properties: holdfast.telemetry.v1.ExceptionDecision.$Shape): holdfast.telemetry.v1.ExceptionDecision & holdfast.telemetry.v1.ExceptionDecision.$Shape;
                static create(properties?: holdfast.telemetry.v1.ExceptionDecision.$Properties): holdfast.telemetry.v1.ExceptionDecision;

                /**
                 * Encodes the specified ExceptionDecision message. Does not implicitly {@link holdfast.telemetry.v1.ExceptionDecision.verify|verify} messages.
                 * @param message ExceptionDecision message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ExceptionDecision.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExceptionDecision message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ExceptionDecision & holdfast.telemetry.v1.ExceptionDecision.$Shape} ExceptionDecision
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ExceptionDecision & holdfast.telemetry.v1.ExceptionDecision.$Shape;

                /**
                 * Creates an ExceptionDecision message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ExceptionDecision
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ExceptionDecision;

                /**
                 * Creates a plain object from an ExceptionDecision message. Also converts values to other types if specified.
                 * @param message ExceptionDecision
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ExceptionDecision, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ExceptionDecision to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ExceptionDecision
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ExceptionDecision {

                /** Properties of an ExceptionDecision. */
                interface $Properties {

                    /** ExceptionDecision request */
                    request?: (string|null);

                    /** ExceptionDecision state */
                    state?: (string|null);

                    /** ExceptionDecision reason */
                    reason?: (string|null);

                    /** ExceptionDecision until */
                    until?: (google.protobuf.Timestamp.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExceptionDecision. */
                type $Shape = holdfast.telemetry.v1.ExceptionDecision.$Properties;
            }

            /**
             * Properties of an UpgradeOrder.
             * @deprecated Use holdfast.telemetry.v1.UpgradeOrder.$Properties instead.
             */
            interface IUpgradeOrder extends holdfast.telemetry.v1.UpgradeOrder.$Properties {
            }

            /** Represents an UpgradeOrder. */
            class UpgradeOrder {

                /**
                 * Constructs a new UpgradeOrder.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.UpgradeOrder.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UpgradeOrder offer. */
                offer: number;

                /** UpgradeOrder descriptor. */
                descriptor: Uint8Array;

                /** UpgradeOrder signature. */
                signature: Uint8Array;

                /** UpgradeOrder leave. */
                leave: string;

                /**
                 * Creates a new UpgradeOrder instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns UpgradeOrder instance
                 */
                static create(properties: holdfast.telemetry.v1.UpgradeOrder.$Shape): holdfast.telemetry.v1.UpgradeOrder & holdfast.telemetry.v1.UpgradeOrder.$Shape;
                static create(properties?: holdfast.telemetry.v1.UpgradeOrder.$Properties): holdfast.telemetry.v1.UpgradeOrder;

                /**
                 * Encodes the specified UpgradeOrder message. Does not implicitly {@link holdfast.telemetry.v1.UpgradeOrder.verify|verify} messages.
                 * @param message UpgradeOrder message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.UpgradeOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UpgradeOrder message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.UpgradeOrder & holdfast.telemetry.v1.UpgradeOrder.$Shape} UpgradeOrder
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.UpgradeOrder & holdfast.telemetry.v1.UpgradeOrder.$Shape;

                /**
                 * Creates an UpgradeOrder message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns UpgradeOrder
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.UpgradeOrder;

                /**
                 * Creates a plain object from an UpgradeOrder message. Also converts values to other types if specified.
                 * @param message UpgradeOrder
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.UpgradeOrder, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this UpgradeOrder to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for UpgradeOrder
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace UpgradeOrder {

                /** Properties of an UpgradeOrder. */
                interface $Properties {

                    /** UpgradeOrder offer */
                    offer?: (number|null);

                    /** UpgradeOrder descriptor */
                    descriptor?: (Uint8Array|null);

                    /** UpgradeOrder signature */
                    signature?: (Uint8Array|null);

                    /** UpgradeOrder leave */
                    leave?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UpgradeOrder. */
                type $Shape = holdfast.telemetry.v1.UpgradeOrder.$Properties;
            }

            /**
             * Properties of a Question.
             * @deprecated Use holdfast.telemetry.v1.Question.$Properties instead.
             */
            interface IQuestion extends holdfast.telemetry.v1.Question.$Properties {
            }

            /** Represents a Question. */
            class Question {

                /**
                 * Constructs a new Question.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Question.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Question mounts. */
                mounts?: (holdfast.telemetry.v1.CurrentMounts.$Properties|null);

                /** Question securityFeatures. */
                securityFeatures?: (holdfast.telemetry.v1.SecurityFeatures.$Properties|null);

                /** Question applications. */
                applications?: (holdfast.telemetry.v1.Applications.$Properties|null);

                /** Question fileHashes. */
                fileHashes?: (holdfast.telemetry.v1.FileHashes.$Properties|null);

                /** Question sensorState. */
                sensorState?: (holdfast.telemetry.v1.SensorStates.$Properties|null);

                /** Question question. */
                question?: ("mounts"|"securityFeatures"|"applications"|"fileHashes"|"sensorState");

                /**
                 * Creates a new Question instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Question instance
                 */
                static create(properties: holdfast.telemetry.v1.Question.$Shape): holdfast.telemetry.v1.Question & holdfast.telemetry.v1.Question.$Shape;
                static create(properties?: holdfast.telemetry.v1.Question.$Properties): holdfast.telemetry.v1.Question;

                /**
                 * Encodes the specified Question message. Does not implicitly {@link holdfast.telemetry.v1.Question.verify|verify} messages.
                 * @param message Question message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Question.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Question message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Question & holdfast.telemetry.v1.Question.$Shape} Question
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Question & holdfast.telemetry.v1.Question.$Shape;

                /**
                 * Creates a Question message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Question
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Question;

                /**
                 * Creates a plain object from a Question message. Also converts values to other types if specified.
                 * @param message Question
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Question, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Question to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Question
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Question {

                /** Properties of a Question. */
                interface $Properties {

                    /** Question mounts */
                    mounts?: (holdfast.telemetry.v1.CurrentMounts.$Properties|null);

                    /** Question securityFeatures */
                    securityFeatures?: (holdfast.telemetry.v1.SecurityFeatures.$Properties|null);

                    /** Question applications */
                    applications?: (holdfast.telemetry.v1.Applications.$Properties|null);

                    /** Question fileHashes */
                    fileHashes?: (holdfast.telemetry.v1.FileHashes.$Properties|null);

                    /** Question sensorState */
                    sensorState?: (holdfast.telemetry.v1.SensorStates.$Properties|null);

                    /** Question question */
                    question?: ("mounts"|"securityFeatures"|"applications"|"fileHashes"|"sensorState");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Question. */
                type $Shape = {
                  mounts?: holdfast.telemetry.v1.CurrentMounts.$Shape|null;
                  securityFeatures?: holdfast.telemetry.v1.SecurityFeatures.$Shape|null;
                  applications?: holdfast.telemetry.v1.Applications.$Shape|null;
                  fileHashes?: holdfast.telemetry.v1.FileHashes.$Shape|null;
                  sensorState?: holdfast.telemetry.v1.SensorStates.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ question?: undefined; mounts?: null; securityFeatures?: null; applications?: null; fileHashes?: null; sensorState?: null }|{ question?: "mounts"; mounts: holdfast.telemetry.v1.CurrentMounts.$Shape; securityFeatures?: null; applications?: null; fileHashes?: null; sensorState?: null }|{ question?: "securityFeatures"; mounts?: null; securityFeatures: holdfast.telemetry.v1.SecurityFeatures.$Shape; applications?: null; fileHashes?: null; sensorState?: null }|{ question?: "applications"; mounts?: null; securityFeatures?: null; applications: holdfast.telemetry.v1.Applications.$Shape; fileHashes?: null; sensorState?: null }|{ question?: "fileHashes"; mounts?: null; securityFeatures?: null; applications?: null; fileHashes: holdfast.telemetry.v1.FileHashes.$Shape; sensorState?: null }|{ question?: "sensorState"; mounts?: null; securityFeatures?: null; applications?: null; fileHashes?: null; sensorState: holdfast.telemetry.v1.SensorStates.$Shape })
                );
            }

            /**
             * Properties of a CurrentMounts.
             * @deprecated Use holdfast.telemetry.v1.CurrentMounts.$Properties instead.
             */
            interface ICurrentMounts extends holdfast.telemetry.v1.CurrentMounts.$Properties {
            }

            /** Represents a CurrentMounts. */
            class CurrentMounts {

                /**
                 * Constructs a new CurrentMounts.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.CurrentMounts.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new CurrentMounts instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CurrentMounts instance
                 */
                static create(properties: holdfast.telemetry.v1.CurrentMounts.$Shape): holdfast.telemetry.v1.CurrentMounts & holdfast.telemetry.v1.CurrentMounts.$Shape;
                static create(properties?: holdfast.telemetry.v1.CurrentMounts.$Properties): holdfast.telemetry.v1.CurrentMounts;

                /**
                 * Encodes the specified CurrentMounts message. Does not implicitly {@link holdfast.telemetry.v1.CurrentMounts.verify|verify} messages.
                 * @param message CurrentMounts message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.CurrentMounts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CurrentMounts message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.CurrentMounts & holdfast.telemetry.v1.CurrentMounts.$Shape} CurrentMounts
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.CurrentMounts & holdfast.telemetry.v1.CurrentMounts.$Shape;

                /**
                 * Creates a CurrentMounts message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns CurrentMounts
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.CurrentMounts;

                /**
                 * Creates a plain object from a CurrentMounts message. Also converts values to other types if specified.
                 * @param message CurrentMounts
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.CurrentMounts, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this CurrentMounts to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for CurrentMounts
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace CurrentMounts {

                /** Properties of a CurrentMounts. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CurrentMounts. */
                type $Shape = holdfast.telemetry.v1.CurrentMounts.$Properties;
            }

            /**
             * Properties of a SecurityFeatures.
             * @deprecated Use holdfast.telemetry.v1.SecurityFeatures.$Properties instead.
             */
            interface ISecurityFeatures extends holdfast.telemetry.v1.SecurityFeatures.$Properties {
            }

            /** Represents a SecurityFeatures. */
            class SecurityFeatures {

                /**
                 * Constructs a new SecurityFeatures.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SecurityFeatures.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new SecurityFeatures instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SecurityFeatures instance
                 */
                static create(properties: holdfast.telemetry.v1.SecurityFeatures.$Shape): holdfast.telemetry.v1.SecurityFeatures & holdfast.telemetry.v1.SecurityFeatures.$Shape;
                static create(properties?: holdfast.telemetry.v1.SecurityFeatures.$Properties): holdfast.telemetry.v1.SecurityFeatures;

                /**
                 * Encodes the specified SecurityFeatures message. Does not implicitly {@link holdfast.telemetry.v1.SecurityFeatures.verify|verify} messages.
                 * @param message SecurityFeatures message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SecurityFeatures.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SecurityFeatures message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SecurityFeatures & holdfast.telemetry.v1.SecurityFeatures.$Shape} SecurityFeatures
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SecurityFeatures & holdfast.telemetry.v1.SecurityFeatures.$Shape;

                /**
                 * Creates a SecurityFeatures message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SecurityFeatures
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SecurityFeatures;

                /**
                 * Creates a plain object from a SecurityFeatures message. Also converts values to other types if specified.
                 * @param message SecurityFeatures
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SecurityFeatures, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SecurityFeatures to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SecurityFeatures
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SecurityFeatures {

                /** Properties of a SecurityFeatures. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SecurityFeatures. */
                type $Shape = holdfast.telemetry.v1.SecurityFeatures.$Properties;
            }

            /**
             * Properties of an Applications.
             * @deprecated Use holdfast.telemetry.v1.Applications.$Properties instead.
             */
            interface IApplications extends holdfast.telemetry.v1.Applications.$Properties {
            }

            /** Represents an Applications. */
            class Applications {

                /**
                 * Constructs a new Applications.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Applications.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new Applications instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Applications instance
                 */
                static create(properties: holdfast.telemetry.v1.Applications.$Shape): holdfast.telemetry.v1.Applications & holdfast.telemetry.v1.Applications.$Shape;
                static create(properties?: holdfast.telemetry.v1.Applications.$Properties): holdfast.telemetry.v1.Applications;

                /**
                 * Encodes the specified Applications message. Does not implicitly {@link holdfast.telemetry.v1.Applications.verify|verify} messages.
                 * @param message Applications message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Applications.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Applications message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Applications & holdfast.telemetry.v1.Applications.$Shape} Applications
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Applications & holdfast.telemetry.v1.Applications.$Shape;

                /**
                 * Creates an Applications message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Applications
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Applications;

                /**
                 * Creates a plain object from an Applications message. Also converts values to other types if specified.
                 * @param message Applications
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Applications, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Applications to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Applications
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Applications {

                /** Properties of an Applications. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Applications. */
                type $Shape = holdfast.telemetry.v1.Applications.$Properties;
            }

            /**
             * Properties of a SensorStates.
             * @deprecated Use holdfast.telemetry.v1.SensorStates.$Properties instead.
             */
            interface ISensorStates extends holdfast.telemetry.v1.SensorStates.$Properties {
            }

            /** Represents a SensorStates. */
            class SensorStates {

                /**
                 * Constructs a new SensorStates.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SensorStates.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new SensorStates instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SensorStates instance
                 */
                static create(properties: holdfast.telemetry.v1.SensorStates.$Shape): holdfast.telemetry.v1.SensorStates & holdfast.telemetry.v1.SensorStates.$Shape;
                static create(properties?: holdfast.telemetry.v1.SensorStates.$Properties): holdfast.telemetry.v1.SensorStates;

                /**
                 * Encodes the specified SensorStates message. Does not implicitly {@link holdfast.telemetry.v1.SensorStates.verify|verify} messages.
                 * @param message SensorStates message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SensorStates.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SensorStates message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SensorStates & holdfast.telemetry.v1.SensorStates.$Shape} SensorStates
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SensorStates & holdfast.telemetry.v1.SensorStates.$Shape;

                /**
                 * Creates a SensorStates message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SensorStates
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SensorStates;

                /**
                 * Creates a plain object from a SensorStates message. Also converts values to other types if specified.
                 * @param message SensorStates
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SensorStates, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SensorStates to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SensorStates
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SensorStates {

                /** Properties of a SensorStates. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SensorStates. */
                type $Shape = holdfast.telemetry.v1.SensorStates.$Properties;
            }

            /**
             * Properties of a FileHashes.
             * @deprecated Use holdfast.telemetry.v1.FileHashes.$Properties instead.
             */
            interface IFileHashes extends holdfast.telemetry.v1.FileHashes.$Properties {
            }

            /** Represents a FileHashes. */
            class FileHashes {

                /**
                 * Constructs a new FileHashes.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileHashes.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileHashes folder. */
                folder: string;

                /** FileHashes name. */
                name: string;

                /**
                 * Creates a new FileHashes instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileHashes instance
                 */
                static create(properties: holdfast.telemetry.v1.FileHashes.$Shape): holdfast.telemetry.v1.FileHashes & holdfast.telemetry.v1.FileHashes.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileHashes.$Properties): holdfast.telemetry.v1.FileHashes;

                /**
                 * Encodes the specified FileHashes message. Does not implicitly {@link holdfast.telemetry.v1.FileHashes.verify|verify} messages.
                 * @param message FileHashes message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileHashes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileHashes message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileHashes & holdfast.telemetry.v1.FileHashes.$Shape} FileHashes
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileHashes & holdfast.telemetry.v1.FileHashes.$Shape;

                /**
                 * Creates a FileHashes message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileHashes
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileHashes;

                /**
                 * Creates a plain object from a FileHashes message. Also converts values to other types if specified.
                 * @param message FileHashes
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileHashes, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileHashes to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileHashes
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileHashes {

                /** Properties of a FileHashes. */
                interface $Properties {

                    /** FileHashes folder */
                    folder?: (string|null);

                    /** FileHashes name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileHashes. */
                type $Shape = holdfast.telemetry.v1.FileHashes.$Properties;
            }

            /**
             * Properties of an Answer.
             * @deprecated Use holdfast.telemetry.v1.Answer.$Properties instead.
             */
            interface IAnswer extends holdfast.telemetry.v1.Answer.$Properties {
            }

            /** Represents an Answer. */
            class Answer {

                /**
                 * Constructs a new Answer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Answer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Answer order. */
                order: string;

                /** Answer outcome. */
                outcome: string;

                /** Answer part. */
                part: number;

                /** Answer parts. */
                parts: number;

                /** Answer data. */
                data: Uint8Array;

                /**
                 * Creates a new Answer instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Answer instance
                 */
                static create(properties: holdfast.telemetry.v1.Answer.$Shape): holdfast.telemetry.v1.Answer & holdfast.telemetry.v1.Answer.$Shape;
                static create(properties?: holdfast.telemetry.v1.Answer.$Properties): holdfast.telemetry.v1.Answer;

                /**
                 * Encodes the specified Answer message. Does not implicitly {@link holdfast.telemetry.v1.Answer.verify|verify} messages.
                 * @param message Answer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Answer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Answer & holdfast.telemetry.v1.Answer.$Shape} Answer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Answer & holdfast.telemetry.v1.Answer.$Shape;

                /**
                 * Creates an Answer message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Answer
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Answer;

                /**
                 * Creates a plain object from an Answer message. Also converts values to other types if specified.
                 * @param message Answer
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Answer, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Answer to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Answer
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Answer {

                /** Properties of an Answer. */
                interface $Properties {

                    /** Answer order */
                    order?: (string|null);

                    /** Answer outcome */
                    outcome?: (string|null);

                    /** Answer part */
                    part?: (number|null);

                    /** Answer parts */
                    parts?: (number|null);

                    /** Answer data */
                    data?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Answer. */
                type $Shape = holdfast.telemetry.v1.Answer.$Properties;
            }

            /**
             * Properties of a SignedPolicy.
             * @deprecated Use holdfast.telemetry.v1.SignedPolicy.$Properties instead.
             */
            interface ISignedPolicy extends holdfast.telemetry.v1.SignedPolicy.$Properties {
            }

            /** Represents a SignedPolicy. */
            class SignedPolicy {

                /**
                 * Constructs a new SignedPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SignedPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignedPolicy body. */
                body: Uint8Array;

                /** SignedPolicy signatures. */
                signatures: holdfast.telemetry.v1.PolicySignature.$Properties[];

                /** SignedPolicy roots. */
                roots: Uint8Array[];

                /**
                 * Creates a new SignedPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SignedPolicy instance
                 */
                static create(properties: holdfast.telemetry.v1.SignedPolicy.$Shape): holdfast.telemetry.v1.SignedPolicy & holdfast.telemetry.v1.SignedPolicy.$Shape;
                static create(properties?: holdfast.telemetry.v1.SignedPolicy.$Properties): holdfast.telemetry.v1.SignedPolicy;

                /**
                 * Encodes the specified SignedPolicy message. Does not implicitly {@link holdfast.telemetry.v1.SignedPolicy.verify|verify} messages.
                 * @param message SignedPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SignedPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignedPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SignedPolicy & holdfast.telemetry.v1.SignedPolicy.$Shape} SignedPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SignedPolicy & holdfast.telemetry.v1.SignedPolicy.$Shape;

                /**
                 * Creates a SignedPolicy message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SignedPolicy
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SignedPolicy;

                /**
                 * Creates a plain object from a SignedPolicy message. Also converts values to other types if specified.
                 * @param message SignedPolicy
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SignedPolicy, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SignedPolicy to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SignedPolicy
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SignedPolicy {

                /** Properties of a SignedPolicy. */
                interface $Properties {

                    /** SignedPolicy body */
                    body?: (Uint8Array|null);

                    /** SignedPolicy signatures */
                    signatures?: (holdfast.telemetry.v1.PolicySignature.$Properties[]|null);

                    /** SignedPolicy roots */
                    roots?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignedPolicy. */
                type $Shape = holdfast.telemetry.v1.SignedPolicy.$Properties;
            }

            /**
             * Properties of a SignedRoot.
             * @deprecated Use holdfast.telemetry.v1.SignedRoot.$Properties instead.
             */
            interface ISignedRoot extends holdfast.telemetry.v1.SignedRoot.$Properties {
            }

            /** Represents a SignedRoot. */
            class SignedRoot {

                /**
                 * Constructs a new SignedRoot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SignedRoot.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignedRoot body. */
                body: Uint8Array;

                /** SignedRoot signatures. */
                signatures: holdfast.telemetry.v1.PolicySignature.$Properties[];

                /**
                 * Creates a new SignedRoot instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SignedRoot instance
                 */
                static create(properties: holdfast.telemetry.v1.SignedRoot.$Shape): holdfast.telemetry.v1.SignedRoot & holdfast.telemetry.v1.SignedRoot.$Shape;
                static create(properties?: holdfast.telemetry.v1.SignedRoot.$Properties): holdfast.telemetry.v1.SignedRoot;

                /**
                 * Encodes the specified SignedRoot message. Does not implicitly {@link holdfast.telemetry.v1.SignedRoot.verify|verify} messages.
                 * @param message SignedRoot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SignedRoot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignedRoot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SignedRoot & holdfast.telemetry.v1.SignedRoot.$Shape} SignedRoot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SignedRoot & holdfast.telemetry.v1.SignedRoot.$Shape;

                /**
                 * Creates a SignedRoot message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SignedRoot
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SignedRoot;

                /**
                 * Creates a plain object from a SignedRoot message. Also converts values to other types if specified.
                 * @param message SignedRoot
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SignedRoot, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SignedRoot to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SignedRoot
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SignedRoot {

                /** Properties of a SignedRoot. */
                interface $Properties {

                    /** SignedRoot body */
                    body?: (Uint8Array|null);

                    /** SignedRoot signatures */
                    signatures?: (holdfast.telemetry.v1.PolicySignature.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignedRoot. */
                type $Shape = holdfast.telemetry.v1.SignedRoot.$Properties;
            }

            /**
             * Properties of a TrustRoot.
             * @deprecated Use holdfast.telemetry.v1.TrustRoot.$Properties instead.
             */
            interface ITrustRoot extends holdfast.telemetry.v1.TrustRoot.$Properties {
            }

            /** Represents a TrustRoot. */
            class TrustRoot {

                /**
                 * Constructs a new TrustRoot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.TrustRoot.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TrustRoot organisation. */
                organisation: string;

                /** TrustRoot version. */
                version: number;

                /** TrustRoot issuedAt. */
                issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** TrustRoot rootKeys. */
                rootKeys: Uint8Array[];

                /** TrustRoot rootThreshold. */
                rootThreshold: number;

                /** TrustRoot policyKeys. */
                policyKeys: Uint8Array[];

                /** TrustRoot policyThreshold. */
                policyThreshold: number;

                /** TrustRoot policyEpoch. */
                policyEpoch: number;

                /** TrustRoot authorities. */
                authorities: string[];

                /**
                 * Creates a new TrustRoot instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns TrustRoot instance
                 */
                static create(properties: holdfast.telemetry.v1.TrustRoot.$Shape): holdfast.telemetry.v1.TrustRoot & holdfast.telemetry.v1.TrustRoot.$Shape;
                static create(properties?: holdfast.telemetry.v1.TrustRoot.$Properties): holdfast.telemetry.v1.TrustRoot;

                /**
                 * Encodes the specified TrustRoot message. Does not implicitly {@link holdfast.telemetry.v1.TrustRoot.verify|verify} messages.
                 * @param message TrustRoot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.TrustRoot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TrustRoot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.TrustRoot & holdfast.telemetry.v1.TrustRoot.$Shape} TrustRoot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.TrustRoot & holdfast.telemetry.v1.TrustRoot.$Shape;

                /**
                 * Creates a TrustRoot message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns TrustRoot
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.TrustRoot;

                /**
                 * Creates a plain object from a TrustRoot message. Also converts values to other types if specified.
                 * @param message TrustRoot
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.TrustRoot, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this TrustRoot to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for TrustRoot
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace TrustRoot {

                /** Properties of a TrustRoot. */
                interface $Properties {

                    /** TrustRoot organisation */
                    organisation?: (string|null);

                    /** TrustRoot version */
                    version?: (number|null);

                    /** TrustRoot issuedAt */
                    issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** TrustRoot rootKeys */
                    rootKeys?: (Uint8Array[]|null);

                    /** TrustRoot rootThreshold */
                    rootThreshold?: (number|null);

                    /** TrustRoot policyKeys */
                    policyKeys?: (Uint8Array[]|null);

                    /** TrustRoot policyThreshold */
                    policyThreshold?: (number|null);

                    /** TrustRoot policyEpoch */
                    policyEpoch?: (number|null);

                    /** TrustRoot authorities */
                    authorities?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TrustRoot. */
                type $Shape = holdfast.telemetry.v1.TrustRoot.$Properties;
            }

            /**
             * Properties of a PolicySignature.
             * @deprecated Use holdfast.telemetry.v1.PolicySignature.$Properties instead.
             */
            interface IPolicySignature extends holdfast.telemetry.v1.PolicySignature.$Properties {
            }

            /** Represents a PolicySignature. */
            class PolicySignature {

                /**
                 * Constructs a new PolicySignature.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PolicySignature.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PolicySignature keyId. */
                keyId: string;

                /** PolicySignature signature. */
                signature: Uint8Array;

                /**
                 * Creates a new PolicySignature instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PolicySignature instance
                 */
                static create(properties: holdfast.telemetry.v1.PolicySignature.$Shape): holdfast.telemetry.v1.PolicySignature & holdfast.telemetry.v1.PolicySignature.$Shape;
                static create(properties?: holdfast.telemetry.v1.PolicySignature.$Properties): holdfast.telemetry.v1.PolicySignature;

                /**
                 * Encodes the specified PolicySignature message. Does not implicitly {@link holdfast.telemetry.v1.PolicySignature.verify|verify} messages.
                 * @param message PolicySignature message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PolicySignature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PolicySignature message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PolicySignature & holdfast.telemetry.v1.PolicySignature.$Shape} PolicySignature
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PolicySignature & holdfast.telemetry.v1.PolicySignature.$Shape;

                /**
                 * Creates a PolicySignature message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PolicySignature
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PolicySignature;

                /**
                 * Creates a plain object from a PolicySignature message. Also converts values to other types if specified.
                 * @param message PolicySignature
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PolicySignature, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PolicySignature to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PolicySignature
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PolicySignature {

                /** Properties of a PolicySignature. */
                interface $Properties {

                    /** PolicySignature keyId */
                    keyId?: (string|null);

                    /** PolicySignature signature */
                    signature?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PolicySignature. */
                type $Shape = holdfast.telemetry.v1.PolicySignature.$Properties;
            }

            /**
             * Properties of an AgentPolicy.
             * @deprecated Use holdfast.telemetry.v1.AgentPolicy.$Properties instead.
             */
            interface IAgentPolicy extends holdfast.telemetry.v1.AgentPolicy.$Properties {
            }

            /** Represents an AgentPolicy. */
            class AgentPolicy {

                /**
                 * Constructs a new AgentPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AgentPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentPolicy organisation. */
                organisation: string;

                /** AgentPolicy group. */
                group: string;

                /** AgentPolicy version. */
                version: number;

                /** AgentPolicy issuedAt. */
                issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** AgentPolicy expiresAt. */
                expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                /** AgentPolicy device. */
                device: string;

                /** AgentPolicy files. */
                files?: (holdfast.telemetry.v1.FileWatch.$Properties|null);

                /** AgentPolicy removableMedia. */
                removableMedia?: (holdfast.telemetry.v1.RemovableMediaWatch.$Properties|null);

                /** AgentPolicy securityFeatures. */
                securityFeatures?: (holdfast.telemetry.v1.SecurityFeatureWatch.$Properties|null);

                /** AgentPolicy applications. */
                applications?: (holdfast.telemetry.v1.ApplicationWatch.$Properties|null);

                /** AgentPolicy reporting. */
                reporting?: (holdfast.telemetry.v1.Reporting.$Properties|null);

                /** AgentPolicy evidence. */
                evidence?: (holdfast.telemetry.v1.EvidenceCapture.$Properties|null);

                /** AgentPolicy inspection. */
                inspection?: (holdfast.telemetry.v1.ContentInspection.$Properties|null);

                /** AgentPolicy edge. */
                edge?: (holdfast.telemetry.v1.EdgeRules.$Properties|null);

                /** AgentPolicy printing. */
                printing?: (holdfast.telemetry.v1.PrintWatch.$Properties|null);

                /** AgentPolicy uninstall. */
                uninstall?: (holdfast.telemetry.v1.UninstallProtection.$Properties|null);

                /** AgentPolicy trust. */
                trust?: (holdfast.telemetry.v1.Trust.$Properties|null);

                /** AgentPolicy rootVersion. */
                rootVersion: number;

                /** AgentPolicy epoch. */
                epoch: number;

                /**
                 * Creates a new AgentPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentPolicy instance
                 */
                static create(properties: holdfast.telemetry.v1.AgentPolicy.$Shape): holdfast.telemetry.v1.AgentPolicy & holdfast.telemetry.v1.AgentPolicy.$Shape;
                static create(properties?: holdfast.telemetry.v1.AgentPolicy.$Properties): holdfast.telemetry.v1.AgentPolicy;

                /**
                 * Encodes the specified AgentPolicy message. Does not implicitly {@link holdfast.telemetry.v1.AgentPolicy.verify|verify} messages.
                 * @param message AgentPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AgentPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AgentPolicy & holdfast.telemetry.v1.AgentPolicy.$Shape} AgentPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AgentPolicy & holdfast.telemetry.v1.AgentPolicy.$Shape;

                /**
                 * Creates an AgentPolicy message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentPolicy
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AgentPolicy;

                /**
                 * Creates a plain object from an AgentPolicy message. Also converts values to other types if specified.
                 * @param message AgentPolicy
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AgentPolicy, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentPolicy to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentPolicy
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentPolicy {

                /** Properties of an AgentPolicy. */
                interface $Properties {

                    /** AgentPolicy organisation */
                    organisation?: (string|null);

                    /** AgentPolicy group */
                    group?: (string|null);

                    /** AgentPolicy version */
                    version?: (number|null);

                    /** AgentPolicy issuedAt */
                    issuedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** AgentPolicy expiresAt */
                    expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** AgentPolicy device */
                    device?: (string|null);

                    /** AgentPolicy files */
                    files?: (holdfast.telemetry.v1.FileWatch.$Properties|null);

                    /** AgentPolicy removableMedia */
                    removableMedia?: (holdfast.telemetry.v1.RemovableMediaWatch.$Properties|null);

                    /** AgentPolicy securityFeatures */
                    securityFeatures?: (holdfast.telemetry.v1.SecurityFeatureWatch.$Properties|null);

                    /** AgentPolicy applications */
                    applications?: (holdfast.telemetry.v1.ApplicationWatch.$Properties|null);

                    /** AgentPolicy reporting */
                    reporting?: (holdfast.telemetry.v1.Reporting.$Properties|null);

                    /** AgentPolicy evidence */
                    evidence?: (holdfast.telemetry.v1.EvidenceCapture.$Properties|null);

                    /** AgentPolicy inspection */
                    inspection?: (holdfast.telemetry.v1.ContentInspection.$Properties|null);

                    /** AgentPolicy edge */
                    edge?: (holdfast.telemetry.v1.EdgeRules.$Properties|null);

                    /** AgentPolicy printing */
                    printing?: (holdfast.telemetry.v1.PrintWatch.$Properties|null);

                    /** AgentPolicy uninstall */
                    uninstall?: (holdfast.telemetry.v1.UninstallProtection.$Properties|null);

                    /** AgentPolicy trust */
                    trust?: (holdfast.telemetry.v1.Trust.$Properties|null);

                    /** AgentPolicy rootVersion */
                    rootVersion?: (number|null);

                    /** AgentPolicy epoch */
                    epoch?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentPolicy. */
                type $Shape = holdfast.telemetry.v1.AgentPolicy.$Properties;
            }

            /**
             * Properties of a Trust.
             * @deprecated Use holdfast.telemetry.v1.Trust.$Properties instead.
             */
            interface ITrust extends holdfast.telemetry.v1.Trust.$Properties {
            }

            /** Represents a Trust. */
            class Trust {

                /**
                 * Constructs a new Trust.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Trust.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Trust policyKeys. */
                policyKeys: Uint8Array[];

                /** Trust authorities. */
                authorities: string[];

                /**
                 * Creates a new Trust instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Trust instance
                 */
                static create(properties: holdfast.telemetry.v1.Trust.$Shape): holdfast.telemetry.v1.Trust & holdfast.telemetry.v1.Trust.$Shape;
                static create(properties?: holdfast.telemetry.v1.Trust.$Properties): holdfast.telemetry.v1.Trust;

                /**
                 * Encodes the specified Trust message. Does not implicitly {@link holdfast.telemetry.v1.Trust.verify|verify} messages.
                 * @param message Trust message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Trust.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Trust message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Trust & holdfast.telemetry.v1.Trust.$Shape} Trust
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Trust & holdfast.telemetry.v1.Trust.$Shape;

                /**
                 * Creates a Trust message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Trust
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Trust;

                /**
                 * Creates a plain object from a Trust message. Also converts values to other types if specified.
                 * @param message Trust
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Trust, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Trust to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Trust
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Trust {

                /** Properties of a Trust. */
                interface $Properties {

                    /** Trust policyKeys */
                    policyKeys?: (Uint8Array[]|null);

                    /** Trust authorities */
                    authorities?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Trust. */
                type $Shape = holdfast.telemetry.v1.Trust.$Properties;
            }

            /**
             * Properties of a FileWatch.
             * @deprecated Use holdfast.telemetry.v1.FileWatch.$Properties instead.
             */
            interface IFileWatch extends holdfast.telemetry.v1.FileWatch.$Properties {
            }

            /** Represents a FileWatch. */
            class FileWatch {

                /**
                 * Constructs a new FileWatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.FileWatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileWatch enabled. */
                enabled: boolean;

                /** FileWatch roots. */
                roots: string[];

                /** FileWatch excludes. */
                excludes: string[];

                /** FileWatch kinds. */
                kinds: string[];

                /** FileWatch hashLimitBytes. */
                hashLimitBytes: number;

                /** FileWatch removableRoots. */
                removableRoots: string[];

                /** FileWatch networkShareRoots. */
                networkShareRoots: string[];

                /** FileWatch cloudSyncRoots. */
                cloudSyncRoots: string[];

                /**
                 * Creates a new FileWatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FileWatch instance
                 */
                static create(properties: holdfast.telemetry.v1.FileWatch.$Shape): holdfast.telemetry.v1.FileWatch & holdfast.telemetry.v1.FileWatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.FileWatch.$Properties): holdfast.telemetry.v1.FileWatch;

                /**
                 * Encodes the specified FileWatch message. Does not implicitly {@link holdfast.telemetry.v1.FileWatch.verify|verify} messages.
                 * @param message FileWatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.FileWatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileWatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.FileWatch & holdfast.telemetry.v1.FileWatch.$Shape} FileWatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.FileWatch & holdfast.telemetry.v1.FileWatch.$Shape;

                /**
                 * Creates a FileWatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns FileWatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.FileWatch;

                /**
                 * Creates a plain object from a FileWatch message. Also converts values to other types if specified.
                 * @param message FileWatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.FileWatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this FileWatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for FileWatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace FileWatch {

                /** Properties of a FileWatch. */
                interface $Properties {

                    /** FileWatch enabled */
                    enabled?: (boolean|null);

                    /** FileWatch roots */
                    roots?: (string[]|null);

                    /** FileWatch excludes */
                    excludes?: (string[]|null);

                    /** FileWatch kinds */
                    kinds?: (string[]|null);

                    /** FileWatch hashLimitBytes */
                    hashLimitBytes?: (number|null);

                    /** FileWatch removableRoots */
                    removableRoots?: (string[]|null);

                    /** FileWatch networkShareRoots */
                    networkShareRoots?: (string[]|null);

                    /** FileWatch cloudSyncRoots */
                    cloudSyncRoots?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileWatch. */
                type $Shape = holdfast.telemetry.v1.FileWatch.$Properties;
            }

            /**
             * Properties of a RemovableMediaWatch.
             * @deprecated Use holdfast.telemetry.v1.RemovableMediaWatch.$Properties instead.
             */
            interface IRemovableMediaWatch extends holdfast.telemetry.v1.RemovableMediaWatch.$Properties {
            }

            /** Represents a RemovableMediaWatch. */
            class RemovableMediaWatch {

                /**
                 * Constructs a new RemovableMediaWatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RemovableMediaWatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RemovableMediaWatch enabled. */
                enabled: boolean;

                /**
                 * Creates a new RemovableMediaWatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RemovableMediaWatch instance
                 */
                static create(properties: holdfast.telemetry.v1.RemovableMediaWatch.$Shape): holdfast.telemetry.v1.RemovableMediaWatch & holdfast.telemetry.v1.RemovableMediaWatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.RemovableMediaWatch.$Properties): holdfast.telemetry.v1.RemovableMediaWatch;

                /**
                 * Encodes the specified RemovableMediaWatch message. Does not implicitly {@link holdfast.telemetry.v1.RemovableMediaWatch.verify|verify} messages.
                 * @param message RemovableMediaWatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RemovableMediaWatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemovableMediaWatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RemovableMediaWatch & holdfast.telemetry.v1.RemovableMediaWatch.$Shape} RemovableMediaWatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RemovableMediaWatch & holdfast.telemetry.v1.RemovableMediaWatch.$Shape;

                /**
                 * Creates a RemovableMediaWatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RemovableMediaWatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RemovableMediaWatch;

                /**
                 * Creates a plain object from a RemovableMediaWatch message. Also converts values to other types if specified.
                 * @param message RemovableMediaWatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RemovableMediaWatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RemovableMediaWatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RemovableMediaWatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RemovableMediaWatch {

                /** Properties of a RemovableMediaWatch. */
                interface $Properties {

                    /** RemovableMediaWatch enabled */
                    enabled?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RemovableMediaWatch. */
                type $Shape = holdfast.telemetry.v1.RemovableMediaWatch.$Properties;
            }

            /**
             * Properties of a SecurityFeatureWatch.
             * @deprecated Use holdfast.telemetry.v1.SecurityFeatureWatch.$Properties instead.
             */
            interface ISecurityFeatureWatch extends holdfast.telemetry.v1.SecurityFeatureWatch.$Properties {
            }

            /** Represents a SecurityFeatureWatch. */
            class SecurityFeatureWatch {

                /**
                 * Constructs a new SecurityFeatureWatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SecurityFeatureWatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SecurityFeatureWatch enabled. */
                enabled: boolean;

                /** SecurityFeatureWatch features. */
                features: string[];

                /** SecurityFeatureWatch pollIntervalSecs. */
                pollIntervalSecs: number;

                /**
                 * Creates a new SecurityFeatureWatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SecurityFeatureWatch instance
                 */
                static create(properties: holdfast.telemetry.v1.SecurityFeatureWatch.$Shape): holdfast.telemetry.v1.SecurityFeatureWatch & holdfast.telemetry.v1.SecurityFeatureWatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.SecurityFeatureWatch.$Properties): holdfast.telemetry.v1.SecurityFeatureWatch;

                /**
                 * Encodes the specified SecurityFeatureWatch message. Does not implicitly {@link holdfast.telemetry.v1.SecurityFeatureWatch.verify|verify} messages.
                 * @param message SecurityFeatureWatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SecurityFeatureWatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SecurityFeatureWatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SecurityFeatureWatch & holdfast.telemetry.v1.SecurityFeatureWatch.$Shape} SecurityFeatureWatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SecurityFeatureWatch & holdfast.telemetry.v1.SecurityFeatureWatch.$Shape;

                /**
                 * Creates a SecurityFeatureWatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SecurityFeatureWatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SecurityFeatureWatch;

                /**
                 * Creates a plain object from a SecurityFeatureWatch message. Also converts values to other types if specified.
                 * @param message SecurityFeatureWatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SecurityFeatureWatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SecurityFeatureWatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SecurityFeatureWatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SecurityFeatureWatch {

                /** Properties of a SecurityFeatureWatch. */
                interface $Properties {

                    /** SecurityFeatureWatch enabled */
                    enabled?: (boolean|null);

                    /** SecurityFeatureWatch features */
                    features?: (string[]|null);

                    /** SecurityFeatureWatch pollIntervalSecs */
                    pollIntervalSecs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SecurityFeatureWatch. */
                type $Shape = holdfast.telemetry.v1.SecurityFeatureWatch.$Properties;
            }

            /**
             * Properties of an ApplicationWatch.
             * @deprecated Use holdfast.telemetry.v1.ApplicationWatch.$Properties instead.
             */
            interface IApplicationWatch extends holdfast.telemetry.v1.ApplicationWatch.$Properties {
            }

            /** Represents an ApplicationWatch. */
            class ApplicationWatch {

                /**
                 * Constructs a new ApplicationWatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ApplicationWatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplicationWatch enabled. */
                enabled: boolean;

                /** ApplicationWatch sources. */
                sources: string[];

                /** ApplicationWatch pollIntervalSecs. */
                pollIntervalSecs: number;

                /** ApplicationWatch runs. */
                runs: boolean;

                /** ApplicationWatch transfers. */
                transfers: boolean;

                /** ApplicationWatch deniedPrograms. */
                deniedPrograms: string[];

                /** ApplicationWatch allowedPrograms. */
                allowedPrograms: string[];

                /** ApplicationWatch knownDestinations. */
                knownDestinations: string[];

                /** ApplicationWatch uploads. */
                uploads: boolean;

                /**
                 * Creates a new ApplicationWatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplicationWatch instance
                 */
                static create(properties: holdfast.telemetry.v1.ApplicationWatch.$Shape): holdfast.telemetry.v1.ApplicationWatch & holdfast.telemetry.v1.ApplicationWatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.ApplicationWatch.$Properties): holdfast.telemetry.v1.ApplicationWatch;

                /**
                 * Encodes the specified ApplicationWatch message. Does not implicitly {@link holdfast.telemetry.v1.ApplicationWatch.verify|verify} messages.
                 * @param message ApplicationWatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ApplicationWatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplicationWatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ApplicationWatch & holdfast.telemetry.v1.ApplicationWatch.$Shape} ApplicationWatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ApplicationWatch & holdfast.telemetry.v1.ApplicationWatch.$Shape;

                /**
                 * Creates an ApplicationWatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ApplicationWatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ApplicationWatch;

                /**
                 * Creates a plain object from an ApplicationWatch message. Also converts values to other types if specified.
                 * @param message ApplicationWatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ApplicationWatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ApplicationWatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ApplicationWatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ApplicationWatch {

                /** Properties of an ApplicationWatch. */
                interface $Properties {

                    /** ApplicationWatch enabled */
                    enabled?: (boolean|null);

                    /** ApplicationWatch sources */
                    sources?: (string[]|null);

                    /** ApplicationWatch pollIntervalSecs */
                    pollIntervalSecs?: (number|null);

                    /** ApplicationWatch runs */
                    runs?: (boolean|null);

                    /** ApplicationWatch transfers */
                    transfers?: (boolean|null);

                    /** ApplicationWatch deniedPrograms */
                    deniedPrograms?: (string[]|null);

                    /** ApplicationWatch allowedPrograms */
                    allowedPrograms?: (string[]|null);

                    /** ApplicationWatch knownDestinations */
                    knownDestinations?: (string[]|null);

                    /** ApplicationWatch uploads */
                    uploads?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplicationWatch. */
                type $Shape = holdfast.telemetry.v1.ApplicationWatch.$Properties;
            }

            /**
             * Properties of a Reporting.
             * @deprecated Use holdfast.telemetry.v1.Reporting.$Properties instead.
             */
            interface IReporting extends holdfast.telemetry.v1.Reporting.$Properties {
            }

            /** Represents a Reporting. */
            class Reporting {

                /**
                 * Constructs a new Reporting.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Reporting.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Reporting heartbeatIntervalSecs. */
                heartbeatIntervalSecs: number;

                /** Reporting spoolMaxBytes. */
                spoolMaxBytes: number;

                /** Reporting cpuLimitMillis. */
                cpuLimitMillis: number;

                /** Reporting memoryLimitBytes. */
                memoryLimitBytes: number;

                /**
                 * Creates a new Reporting instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Reporting instance
                 */
                static create(properties: holdfast.telemetry.v1.Reporting.$Shape): holdfast.telemetry.v1.Reporting & holdfast.telemetry.v1.Reporting.$Shape;
                static create(properties?: holdfast.telemetry.v1.Reporting.$Properties): holdfast.telemetry.v1.Reporting;

                /**
                 * Encodes the specified Reporting message. Does not implicitly {@link holdfast.telemetry.v1.Reporting.verify|verify} messages.
                 * @param message Reporting message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Reporting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reporting message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Reporting & holdfast.telemetry.v1.Reporting.$Shape} Reporting
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Reporting & holdfast.telemetry.v1.Reporting.$Shape;

                /**
                 * Creates a Reporting message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Reporting
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Reporting;

                /**
                 * Creates a plain object from a Reporting message. Also converts values to other types if specified.
                 * @param message Reporting
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Reporting, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Reporting to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Reporting
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Reporting {

                /** Properties of a Reporting. */
                interface $Properties {

                    /** Reporting heartbeatIntervalSecs */
                    heartbeatIntervalSecs?: (number|null);

                    /** Reporting spoolMaxBytes */
                    spoolMaxBytes?: (number|null);

                    /** Reporting cpuLimitMillis */
                    cpuLimitMillis?: (number|null);

                    /** Reporting memoryLimitBytes */
                    memoryLimitBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reporting. */
                type $Shape = holdfast.telemetry.v1.Reporting.$Properties;
            }

            /**
             * Properties of an EvidenceCapture.
             * @deprecated Use holdfast.telemetry.v1.EvidenceCapture.$Properties instead.
             */
            interface IEvidenceCapture extends holdfast.telemetry.v1.EvidenceCapture.$Properties {
            }

            /** Represents an EvidenceCapture. */
            class EvidenceCapture {

                /**
                 * Constructs a new EvidenceCapture.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EvidenceCapture.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EvidenceCapture enabled. */
                enabled: boolean;

                /** EvidenceCapture destinations. */
                destinations: string[];

                /** EvidenceCapture fileTypes. */
                fileTypes: string[];

                /** EvidenceCapture maxFileBytes. */
                maxFileBytes: number;

                /** EvidenceCapture maxDayBytes. */
                maxDayBytes: number;

                /** EvidenceCapture maxFilesPerMinute. */
                maxFilesPerMinute: number;

                /** EvidenceCapture onlyWithFindings. */
                onlyWithFindings: boolean;

                /** EvidenceCapture privatePaths. */
                privatePaths: string[];

                /** EvidenceCapture folderMaxBytes. */
                folderMaxBytes: number;

                /** EvidenceCapture publicKey. */
                publicKey: Uint8Array;

                /**
                 * Creates a new EvidenceCapture instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EvidenceCapture instance
                 */
                static create(properties: holdfast.telemetry.v1.EvidenceCapture.$Shape): holdfast.telemetry.v1.EvidenceCapture & holdfast.telemetry.v1.EvidenceCapture.$Shape;
                static create(properties?: holdfast.telemetry.v1.EvidenceCapture.$Properties): holdfast.telemetry.v1.EvidenceCapture;

                /**
                 * Encodes the specified EvidenceCapture message. Does not implicitly {@link holdfast.telemetry.v1.EvidenceCapture.verify|verify} messages.
                 * @param message EvidenceCapture message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EvidenceCapture.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EvidenceCapture message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EvidenceCapture & holdfast.telemetry.v1.EvidenceCapture.$Shape} EvidenceCapture
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EvidenceCapture & holdfast.telemetry.v1.EvidenceCapture.$Shape;

                /**
                 * Creates an EvidenceCapture message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EvidenceCapture
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EvidenceCapture;

                /**
                 * Creates a plain object from an EvidenceCapture message. Also converts values to other types if specified.
                 * @param message EvidenceCapture
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EvidenceCapture, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EvidenceCapture to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EvidenceCapture
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EvidenceCapture {

                /** Properties of an EvidenceCapture. */
                interface $Properties {

                    /** EvidenceCapture enabled */
                    enabled?: (boolean|null);

                    /** EvidenceCapture destinations */
                    destinations?: (string[]|null);

                    /** EvidenceCapture fileTypes */
                    fileTypes?: (string[]|null);

                    /** EvidenceCapture maxFileBytes */
                    maxFileBytes?: (number|null);

                    /** EvidenceCapture maxDayBytes */
                    maxDayBytes?: (number|null);

                    /** EvidenceCapture maxFilesPerMinute */
                    maxFilesPerMinute?: (number|null);

                    /** EvidenceCapture onlyWithFindings */
                    onlyWithFindings?: (boolean|null);

                    /** EvidenceCapture privatePaths */
                    privatePaths?: (string[]|null);

                    /** EvidenceCapture folderMaxBytes */
                    folderMaxBytes?: (number|null);

                    /** EvidenceCapture publicKey */
                    publicKey?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EvidenceCapture. */
                type $Shape = holdfast.telemetry.v1.EvidenceCapture.$Properties;
            }

            /**
             * Properties of a ContentInspection.
             * @deprecated Use holdfast.telemetry.v1.ContentInspection.$Properties instead.
             */
            interface IContentInspection extends holdfast.telemetry.v1.ContentInspection.$Properties {
            }

            /** Represents a ContentInspection. */
            class ContentInspection {

                /**
                 * Constructs a new ContentInspection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ContentInspection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ContentInspection enabled. */
                enabled: boolean;

                /** ContentInspection kinds. */
                kinds: string[];

                /** ContentInspection types. */
                types: string[];

                /** ContentInspection minConfidence. */
                minConfidence: number;

                /** ContentInspection maxFileBytes. */
                maxFileBytes: number;

                /** ContentInspection maxFilesPerMinute. */
                maxFilesPerMinute: number;

                /** ContentInspection customTypes. */
                customTypes: holdfast.telemetry.v1.CustomInformationType.$Properties[];

                /** ContentInspection dictionaries. */
                dictionaries: holdfast.telemetry.v1.KeywordDictionary.$Properties[];

                /** ContentInspection exactData. */
                exactData: holdfast.telemetry.v1.ExactDataSet.$Properties[];

                /** ContentInspection labels. */
                labels: holdfast.telemetry.v1.SensitivityLabel.$Properties[];

                /**
                 * Creates a new ContentInspection instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ContentInspection instance
                 */
                static create(properties: holdfast.telemetry.v1.ContentInspection.$Shape): holdfast.telemetry.v1.ContentInspection & holdfast.telemetry.v1.ContentInspection.$Shape;
                static create(properties?: holdfast.telemetry.v1.ContentInspection.$Properties): holdfast.telemetry.v1.ContentInspection;

                /**
                 * Encodes the specified ContentInspection message. Does not implicitly {@link holdfast.telemetry.v1.ContentInspection.verify|verify} messages.
                 * @param message ContentInspection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ContentInspection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ContentInspection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ContentInspection & holdfast.telemetry.v1.ContentInspection.$Shape} ContentInspection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ContentInspection & holdfast.telemetry.v1.ContentInspection.$Shape;

                /**
                 * Creates a ContentInspection message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ContentInspection
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ContentInspection;

                /**
                 * Creates a plain object from a ContentInspection message. Also converts values to other types if specified.
                 * @param message ContentInspection
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ContentInspection, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ContentInspection to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ContentInspection
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ContentInspection {

                /** Properties of a ContentInspection. */
                interface $Properties {

                    /** ContentInspection enabled */
                    enabled?: (boolean|null);

                    /** ContentInspection kinds */
                    kinds?: (string[]|null);

                    /** ContentInspection types */
                    types?: (string[]|null);

                    /** ContentInspection minConfidence */
                    minConfidence?: (number|null);

                    /** ContentInspection maxFileBytes */
                    maxFileBytes?: (number|null);

                    /** ContentInspection maxFilesPerMinute */
                    maxFilesPerMinute?: (number|null);

                    /** ContentInspection customTypes */
                    customTypes?: (holdfast.telemetry.v1.CustomInformationType.$Properties[]|null);

                    /** ContentInspection dictionaries */
                    dictionaries?: (holdfast.telemetry.v1.KeywordDictionary.$Properties[]|null);

                    /** ContentInspection exactData */
                    exactData?: (holdfast.telemetry.v1.ExactDataSet.$Properties[]|null);

                    /** ContentInspection labels */
                    labels?: (holdfast.telemetry.v1.SensitivityLabel.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ContentInspection. */
                type $Shape = holdfast.telemetry.v1.ContentInspection.$Properties;
            }

            /**
             * Properties of a CustomInformationType.
             * @deprecated Use holdfast.telemetry.v1.CustomInformationType.$Properties instead.
             */
            interface ICustomInformationType extends holdfast.telemetry.v1.CustomInformationType.$Properties {
            }

            /** Represents a CustomInformationType. */
            class CustomInformationType {

                /**
                 * Constructs a new CustomInformationType.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.CustomInformationType.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CustomInformationType id. */
                id: string;

                /** CustomInformationType name. */
                name: string;

                /** CustomInformationType pattern. */
                pattern: string;

                /** CustomInformationType keywords. */
                keywords: string[];

                /** CustomInformationType proximity. */
                proximity: number;

                /** CustomInformationType keywordRequired. */
                keywordRequired: boolean;

                /** CustomInformationType caseSensitive. */
                caseSensitive: boolean;

                /** CustomInformationType checksum. */
                checksum: string;

                /**
                 * Creates a new CustomInformationType instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CustomInformationType instance
                 */
                static create(properties: holdfast.telemetry.v1.CustomInformationType.$Shape): holdfast.telemetry.v1.CustomInformationType & holdfast.telemetry.v1.CustomInformationType.$Shape;
                static create(properties?: holdfast.telemetry.v1.CustomInformationType.$Properties): holdfast.telemetry.v1.CustomInformationType;

                /**
                 * Encodes the specified CustomInformationType message. Does not implicitly {@link holdfast.telemetry.v1.CustomInformationType.verify|verify} messages.
                 * @param message CustomInformationType message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.CustomInformationType.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CustomInformationType message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.CustomInformationType & holdfast.telemetry.v1.CustomInformationType.$Shape} CustomInformationType
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.CustomInformationType & holdfast.telemetry.v1.CustomInformationType.$Shape;

                /**
                 * Creates a CustomInformationType message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns CustomInformationType
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.CustomInformationType;

                /**
                 * Creates a plain object from a CustomInformationType message. Also converts values to other types if specified.
                 * @param message CustomInformationType
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.CustomInformationType, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this CustomInformationType to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for CustomInformationType
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace CustomInformationType {

                /** Properties of a CustomInformationType. */
                interface $Properties {

                    /** CustomInformationType id */
                    id?: (string|null);

                    /** CustomInformationType name */
                    name?: (string|null);

                    /** CustomInformationType pattern */
                    pattern?: (string|null);

                    /** CustomInformationType keywords */
                    keywords?: (string[]|null);

                    /** CustomInformationType proximity */
                    proximity?: (number|null);

                    /** CustomInformationType keywordRequired */
                    keywordRequired?: (boolean|null);

                    /** CustomInformationType caseSensitive */
                    caseSensitive?: (boolean|null);

                    /** CustomInformationType checksum */
                    checksum?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CustomInformationType. */
                type $Shape = holdfast.telemetry.v1.CustomInformationType.$Properties;
            }

            /**
             * Properties of a KeywordDictionary.
             * @deprecated Use holdfast.telemetry.v1.KeywordDictionary.$Properties instead.
             */
            interface IKeywordDictionary extends holdfast.telemetry.v1.KeywordDictionary.$Properties {
            }

            /** Represents a KeywordDictionary. */
            class KeywordDictionary {

                /**
                 * Constructs a new KeywordDictionary.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.KeywordDictionary.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** KeywordDictionary id. */
                id: string;

                /** KeywordDictionary name. */
                name: string;

                /** KeywordDictionary phrases. */
                phrases: string[];

                /** KeywordDictionary caseSensitive. */
                caseSensitive: boolean;

                /** KeywordDictionary minDistinct. */
                minDistinct: number;

                /**
                 * Creates a new KeywordDictionary instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns KeywordDictionary instance
                 */
                static create(properties: holdfast.telemetry.v1.KeywordDictionary.$Shape): holdfast.telemetry.v1.KeywordDictionary & holdfast.telemetry.v1.KeywordDictionary.$Shape;
                static create(properties?: holdfast.telemetry.v1.KeywordDictionary.$Properties): holdfast.telemetry.v1.KeywordDictionary;

                /**
                 * Encodes the specified KeywordDictionary message. Does not implicitly {@link holdfast.telemetry.v1.KeywordDictionary.verify|verify} messages.
                 * @param message KeywordDictionary message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.KeywordDictionary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a KeywordDictionary message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.KeywordDictionary & holdfast.telemetry.v1.KeywordDictionary.$Shape} KeywordDictionary
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.KeywordDictionary & holdfast.telemetry.v1.KeywordDictionary.$Shape;

                /**
                 * Creates a KeywordDictionary message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns KeywordDictionary
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.KeywordDictionary;

                /**
                 * Creates a plain object from a KeywordDictionary message. Also converts values to other types if specified.
                 * @param message KeywordDictionary
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.KeywordDictionary, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this KeywordDictionary to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for KeywordDictionary
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace KeywordDictionary {

                /** Properties of a KeywordDictionary. */
                interface $Properties {

                    /** KeywordDictionary id */
                    id?: (string|null);

                    /** KeywordDictionary name */
                    name?: (string|null);

                    /** KeywordDictionary phrases */
                    phrases?: (string[]|null);

                    /** KeywordDictionary caseSensitive */
                    caseSensitive?: (boolean|null);

                    /** KeywordDictionary minDistinct */
                    minDistinct?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a KeywordDictionary. */
                type $Shape = holdfast.telemetry.v1.KeywordDictionary.$Properties;
            }

            /**
             * Properties of an ExactDataSet.
             * @deprecated Use holdfast.telemetry.v1.ExactDataSet.$Properties instead.
             */
            interface IExactDataSet extends holdfast.telemetry.v1.ExactDataSet.$Properties {
            }

            /** Represents an ExactDataSet. */
            class ExactDataSet {

                /**
                 * Constructs a new ExactDataSet.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ExactDataSet.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExactDataSet id. */
                id: string;

                /** ExactDataSet name. */
                name: string;

                /** ExactDataSet salt. */
                salt: Uint8Array;

                /** ExactDataSet hashes. */
                hashes: Uint8Array;

                /** ExactDataSet maxWords. */
                maxWords: number;

                /** ExactDataSet minDistinct. */
                minDistinct: number;

                /**
                 * Creates a new ExactDataSet instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExactDataSet instance
                 */
                static create(properties: holdfast.telemetry.v1.ExactDataSet.$Shape): holdfast.telemetry.v1.ExactDataSet & holdfast.telemetry.v1.ExactDataSet.$Shape;
                static create(properties?: holdfast.telemetry.v1.ExactDataSet.$Properties): holdfast.telemetry.v1.ExactDataSet;

                /**
                 * Encodes the specified ExactDataSet message. Does not implicitly {@link holdfast.telemetry.v1.ExactDataSet.verify|verify} messages.
                 * @param message ExactDataSet message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ExactDataSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExactDataSet message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ExactDataSet & holdfast.telemetry.v1.ExactDataSet.$Shape} ExactDataSet
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ExactDataSet & holdfast.telemetry.v1.ExactDataSet.$Shape;

                /**
                 * Creates an ExactDataSet message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ExactDataSet
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ExactDataSet;

                /**
                 * Creates a plain object from an ExactDataSet message. Also converts values to other types if specified.
                 * @param message ExactDataSet
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ExactDataSet, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ExactDataSet to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ExactDataSet
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ExactDataSet {

                /** Properties of an ExactDataSet. */
                interface $Properties {

                    /** ExactDataSet id */
                    id?: (string|null);

                    /** ExactDataSet name */
                    name?: (string|null);

                    /** ExactDataSet salt */
                    salt?: (Uint8Array|null);

                    /** ExactDataSet hashes */
                    hashes?: (Uint8Array|null);

                    /** ExactDataSet maxWords */
                    maxWords?: (number|null);

                    /** ExactDataSet minDistinct */
                    minDistinct?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExactDataSet. */
                type $Shape = holdfast.telemetry.v1.ExactDataSet.$Properties;
            }

            /**
             * Properties of a SensitivityLabel.
             * @deprecated Use holdfast.telemetry.v1.SensitivityLabel.$Properties instead.
             */
            interface ISensitivityLabel extends holdfast.telemetry.v1.SensitivityLabel.$Properties {
            }

            /** Represents a SensitivityLabel. */
            class SensitivityLabel {

                /**
                 * Constructs a new SensitivityLabel.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SensitivityLabel.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SensitivityLabel id. */
                id: string;

                /** SensitivityLabel name. */
                name: string;

                /**
                 * Creates a new SensitivityLabel instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SensitivityLabel instance
                 */
                static create(properties: holdfast.telemetry.v1.SensitivityLabel.$Shape): holdfast.telemetry.v1.SensitivityLabel & holdfast.telemetry.v1.SensitivityLabel.$Shape;
                static create(properties?: holdfast.telemetry.v1.SensitivityLabel.$Properties): holdfast.telemetry.v1.SensitivityLabel;

                /**
                 * Encodes the specified SensitivityLabel message. Does not implicitly {@link holdfast.telemetry.v1.SensitivityLabel.verify|verify} messages.
                 * @param message SensitivityLabel message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SensitivityLabel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SensitivityLabel message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SensitivityLabel & holdfast.telemetry.v1.SensitivityLabel.$Shape} SensitivityLabel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SensitivityLabel & holdfast.telemetry.v1.SensitivityLabel.$Shape;

                /**
                 * Creates a SensitivityLabel message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SensitivityLabel
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SensitivityLabel;

                /**
                 * Creates a plain object from a SensitivityLabel message. Also converts values to other types if specified.
                 * @param message SensitivityLabel
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SensitivityLabel, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SensitivityLabel to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SensitivityLabel
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SensitivityLabel {

                /** Properties of a SensitivityLabel. */
                interface $Properties {

                    /** SensitivityLabel id */
                    id?: (string|null);

                    /** SensitivityLabel name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SensitivityLabel. */
                type $Shape = holdfast.telemetry.v1.SensitivityLabel.$Properties;
            }

            /**
             * Properties of an EdgeRules.
             * @deprecated Use holdfast.telemetry.v1.EdgeRules.$Properties instead.
             */
            interface IEdgeRules extends holdfast.telemetry.v1.EdgeRules.$Properties {
            }

            /** Represents an EdgeRules. */
            class EdgeRules {

                /**
                 * Constructs a new EdgeRules.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EdgeRules.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EdgeRules rules. */
                rules: holdfast.telemetry.v1.EdgeRule.$Properties[];

                /** EdgeRules languages. */
                languages: string[];

                /** EdgeRules allowedMedia. */
                allowedMedia: holdfast.telemetry.v1.AllowedMedium.$Properties[];

                /**
                 * Creates a new EdgeRules instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EdgeRules instance
                 */
                static create(properties: holdfast.telemetry.v1.EdgeRules.$Shape): holdfast.telemetry.v1.EdgeRules & holdfast.telemetry.v1.EdgeRules.$Shape;
                static create(properties?: holdfast.telemetry.v1.EdgeRules.$Properties): holdfast.telemetry.v1.EdgeRules;

                /**
                 * Encodes the specified EdgeRules message. Does not implicitly {@link holdfast.telemetry.v1.EdgeRules.verify|verify} messages.
                 * @param message EdgeRules message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EdgeRules.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EdgeRules message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EdgeRules & holdfast.telemetry.v1.EdgeRules.$Shape} EdgeRules
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EdgeRules & holdfast.telemetry.v1.EdgeRules.$Shape;

                /**
                 * Creates an EdgeRules message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EdgeRules
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EdgeRules;

                /**
                 * Creates a plain object from an EdgeRules message. Also converts values to other types if specified.
                 * @param message EdgeRules
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EdgeRules, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EdgeRules to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EdgeRules
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EdgeRules {

                /** Properties of an EdgeRules. */
                interface $Properties {

                    /** EdgeRules rules */
                    rules?: (holdfast.telemetry.v1.EdgeRule.$Properties[]|null);

                    /** EdgeRules languages */
                    languages?: (string[]|null);

                    /** EdgeRules allowedMedia */
                    allowedMedia?: (holdfast.telemetry.v1.AllowedMedium.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EdgeRules. */
                type $Shape = holdfast.telemetry.v1.EdgeRules.$Properties;
            }

            /**
             * Properties of an EdgeRule.
             * @deprecated Use holdfast.telemetry.v1.EdgeRule.$Properties instead.
             */
            interface IEdgeRule extends holdfast.telemetry.v1.EdgeRule.$Properties {
            }

            /** Represents an EdgeRule. */
            class EdgeRule {

                /**
                 * Constructs a new EdgeRule.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.EdgeRule.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EdgeRule id. */
                id: string;

                /** EdgeRule kinds. */
                kinds: string[];

                /** EdgeRule destinations. */
                destinations: string[];

                /** EdgeRule sensitive. */
                sensitive: boolean;

                /** EdgeRule types. */
                types: string[];

                /** EdgeRule minCount. */
                minCount: number;

                /** EdgeRule labels. */
                labels: string[];

                /** EdgeRule minActivities. */
                minActivities: number;

                /** EdgeRule minBytes. */
                minBytes: number;

                /** EdgeRule windowSecs. */
                windowSecs: number;

                /** EdgeRule unallowedDevice. */
                unallowedDevice: boolean;

                /** EdgeRule warn. */
                warn: boolean;

                /** EdgeRule maxPerHour. */
                maxPerHour: number;

                /** EdgeRule ask. */
                ask: string;

                /** EdgeRule texts. */
                texts: holdfast.telemetry.v1.NoticeText.$Properties[];

                /** EdgeRule first. */
                first: boolean;

                /**
                 * Creates a new EdgeRule instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EdgeRule instance
                 */
                static create(properties: holdfast.telemetry.v1.EdgeRule.$Shape): holdfast.telemetry.v1.EdgeRule & holdfast.telemetry.v1.EdgeRule.$Shape;
                static create(properties?: holdfast.telemetry.v1.EdgeRule.$Properties): holdfast.telemetry.v1.EdgeRule;

                /**
                 * Encodes the specified EdgeRule message. Does not implicitly {@link holdfast.telemetry.v1.EdgeRule.verify|verify} messages.
                 * @param message EdgeRule message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.EdgeRule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EdgeRule message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.EdgeRule & holdfast.telemetry.v1.EdgeRule.$Shape} EdgeRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.EdgeRule & holdfast.telemetry.v1.EdgeRule.$Shape;

                /**
                 * Creates an EdgeRule message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EdgeRule
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.EdgeRule;

                /**
                 * Creates a plain object from an EdgeRule message. Also converts values to other types if specified.
                 * @param message EdgeRule
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.EdgeRule, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EdgeRule to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EdgeRule
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EdgeRule {

                /** Properties of an EdgeRule. */
                interface $Properties {

                    /** EdgeRule id */
                    id?: (string|null);

                    /** EdgeRule kinds */
                    kinds?: (string[]|null);

                    /** EdgeRule destinations */
                    destinations?: (string[]|null);

                    /** EdgeRule sensitive */
                    sensitive?: (boolean|null);

                    /** EdgeRule types */
                    types?: (string[]|null);

                    /** EdgeRule minCount */
                    minCount?: (number|null);

                    /** EdgeRule labels */
                    labels?: (string[]|null);

                    /** EdgeRule minActivities */
                    minActivities?: (number|null);

                    /** EdgeRule minBytes */
                    minBytes?: (number|null);

                    /** EdgeRule windowSecs */
                    windowSecs?: (number|null);

                    /** EdgeRule unallowedDevice */
                    unallowedDevice?: (boolean|null);

                    /** EdgeRule warn */
                    warn?: (boolean|null);

                    /** EdgeRule maxPerHour */
                    maxPerHour?: (number|null);

                    /** EdgeRule ask */
                    ask?: (string|null);

                    /** EdgeRule texts */
                    texts?: (holdfast.telemetry.v1.NoticeText.$Properties[]|null);

                    /** EdgeRule first */
                    first?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EdgeRule. */
                type $Shape = holdfast.telemetry.v1.EdgeRule.$Properties;
            }

            /**
             * Properties of a NoticeText.
             * @deprecated Use holdfast.telemetry.v1.NoticeText.$Properties instead.
             */
            interface INoticeText extends holdfast.telemetry.v1.NoticeText.$Properties {
            }

            /** Represents a NoticeText. */
            class NoticeText {

                /**
                 * Constructs a new NoticeText.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.NoticeText.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NoticeText language. */
                language: string;

                /** NoticeText title. */
                title: string;

                /** NoticeText body. */
                body: string;

                /**
                 * Creates a new NoticeText instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns NoticeText instance
                 */
                static create(properties: holdfast.telemetry.v1.NoticeText.$Shape): holdfast.telemetry.v1.NoticeText & holdfast.telemetry.v1.NoticeText.$Shape;
                static create(properties?: holdfast.telemetry.v1.NoticeText.$Properties): holdfast.telemetry.v1.NoticeText;

                /**
                 * Encodes the specified NoticeText message. Does not implicitly {@link holdfast.telemetry.v1.NoticeText.verify|verify} messages.
                 * @param message NoticeText message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.NoticeText.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NoticeText message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.NoticeText & holdfast.telemetry.v1.NoticeText.$Shape} NoticeText
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.NoticeText & holdfast.telemetry.v1.NoticeText.$Shape;

                /**
                 * Creates a NoticeText message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns NoticeText
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.NoticeText;

                /**
                 * Creates a plain object from a NoticeText message. Also converts values to other types if specified.
                 * @param message NoticeText
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.NoticeText, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this NoticeText to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for NoticeText
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace NoticeText {

                /** Properties of a NoticeText. */
                interface $Properties {

                    /** NoticeText language */
                    language?: (string|null);

                    /** NoticeText title */
                    title?: (string|null);

                    /** NoticeText body */
                    body?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NoticeText. */
                type $Shape = holdfast.telemetry.v1.NoticeText.$Properties;
            }

            /**
             * Properties of an AllowedMedium.
             * @deprecated Use holdfast.telemetry.v1.AllowedMedium.$Properties instead.
             */
            interface IAllowedMedium extends holdfast.telemetry.v1.AllowedMedium.$Properties {
            }

            /** Represents an AllowedMedium. */
            class AllowedMedium {

                /**
                 * Constructs a new AllowedMedium.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.AllowedMedium.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AllowedMedium serial. */
                serial: string;

                /** AllowedMedium vendor. */
                vendor: string;

                /** AllowedMedium model. */
                model: string;

                /** AllowedMedium vendorId. */
                vendorId: string;

                /** AllowedMedium productId. */
                productId: string;

                /** AllowedMedium expiresAt. */
                expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                /** AllowedMedium startsAt. */
                startsAt?: (google.protobuf.Timestamp.$Properties|null);

                /** AllowedMedium deviceClass. */
                deviceClass: string;

                /**
                 * Creates a new AllowedMedium instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AllowedMedium instance
                 */
                static create(properties: holdfast.telemetry.v1.AllowedMedium.$Shape): holdfast.telemetry.v1.AllowedMedium & holdfast.telemetry.v1.AllowedMedium.$Shape;
                static create(properties?: holdfast.telemetry.v1.AllowedMedium.$Properties): holdfast.telemetry.v1.AllowedMedium;

                /**
                 * Encodes the specified AllowedMedium message. Does not implicitly {@link holdfast.telemetry.v1.AllowedMedium.verify|verify} messages.
                 * @param message AllowedMedium message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.AllowedMedium.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AllowedMedium message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.AllowedMedium & holdfast.telemetry.v1.AllowedMedium.$Shape} AllowedMedium
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.AllowedMedium & holdfast.telemetry.v1.AllowedMedium.$Shape;

                /**
                 * Creates an AllowedMedium message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AllowedMedium
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.AllowedMedium;

                /**
                 * Creates a plain object from an AllowedMedium message. Also converts values to other types if specified.
                 * @param message AllowedMedium
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.AllowedMedium, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AllowedMedium to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AllowedMedium
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AllowedMedium {

                /** Properties of an AllowedMedium. */
                interface $Properties {

                    /** AllowedMedium serial */
                    serial?: (string|null);

                    /** AllowedMedium vendor */
                    vendor?: (string|null);

                    /** AllowedMedium model */
                    model?: (string|null);

                    /** AllowedMedium vendorId */
                    vendorId?: (string|null);

                    /** AllowedMedium productId */
                    productId?: (string|null);

                    /** AllowedMedium expiresAt */
                    expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** AllowedMedium startsAt */
                    startsAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** AllowedMedium deviceClass */
                    deviceClass?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AllowedMedium. */
                type $Shape = holdfast.telemetry.v1.AllowedMedium.$Properties;
            }

            /**
             * Properties of a PrintWatch.
             * @deprecated Use holdfast.telemetry.v1.PrintWatch.$Properties instead.
             */
            interface IPrintWatch extends holdfast.telemetry.v1.PrintWatch.$Properties {
            }

            /** Represents a PrintWatch. */
            class PrintWatch {

                /**
                 * Constructs a new PrintWatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PrintWatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PrintWatch enabled. */
                enabled: boolean;

                /**
                 * Creates a new PrintWatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PrintWatch instance
                 */
                static create(properties: holdfast.telemetry.v1.PrintWatch.$Shape): holdfast.telemetry.v1.PrintWatch & holdfast.telemetry.v1.PrintWatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.PrintWatch.$Properties): holdfast.telemetry.v1.PrintWatch;

                /**
                 * Encodes the specified PrintWatch message. Does not implicitly {@link holdfast.telemetry.v1.PrintWatch.verify|verify} messages.
                 * @param message PrintWatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PrintWatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PrintWatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PrintWatch & holdfast.telemetry.v1.PrintWatch.$Shape} PrintWatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PrintWatch & holdfast.telemetry.v1.PrintWatch.$Shape;

                /**
                 * Creates a PrintWatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PrintWatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PrintWatch;

                /**
                 * Creates a plain object from a PrintWatch message. Also converts values to other types if specified.
                 * @param message PrintWatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PrintWatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PrintWatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PrintWatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PrintWatch {

                /** Properties of a PrintWatch. */
                interface $Properties {

                    /** PrintWatch enabled */
                    enabled?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PrintWatch. */
                type $Shape = holdfast.telemetry.v1.PrintWatch.$Properties;
            }

            /**
             * Properties of an UninstallProtection.
             * @deprecated Use holdfast.telemetry.v1.UninstallProtection.$Properties instead.
             */
            interface IUninstallProtection extends holdfast.telemetry.v1.UninstallProtection.$Properties {
            }

            /** Represents an UninstallProtection. */
            class UninstallProtection {

                /**
                 * Constructs a new UninstallProtection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.UninstallProtection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UninstallProtection salt. */
                salt: Uint8Array;

                /** UninstallProtection tokenHash. */
                tokenHash: Uint8Array;

                /**
                 * Creates a new UninstallProtection instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns UninstallProtection instance
                 */
                static create(properties: holdfast.telemetry.v1.UninstallProtection.$Shape): holdfast.telemetry.v1.UninstallProtection & holdfast.telemetry.v1.UninstallProtection.$Shape;
                static create(properties?: holdfast.telemetry.v1.UninstallProtection.$Properties): holdfast.telemetry.v1.UninstallProtection;

                /**
                 * Encodes the specified UninstallProtection message. Does not implicitly {@link holdfast.telemetry.v1.UninstallProtection.verify|verify} messages.
                 * @param message UninstallProtection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.UninstallProtection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UninstallProtection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.UninstallProtection & holdfast.telemetry.v1.UninstallProtection.$Shape} UninstallProtection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.UninstallProtection & holdfast.telemetry.v1.UninstallProtection.$Shape;

                /**
                 * Creates an UninstallProtection message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns UninstallProtection
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.UninstallProtection;

                /**
                 * Creates a plain object from an UninstallProtection message. Also converts values to other types if specified.
                 * @param message UninstallProtection
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.UninstallProtection, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this UninstallProtection to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for UninstallProtection
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace UninstallProtection {

                /** Properties of an UninstallProtection. */
                interface $Properties {

                    /** UninstallProtection salt */
                    salt?: (Uint8Array|null);

                    /** UninstallProtection tokenHash */
                    tokenHash?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UninstallProtection. */
                type $Shape = holdfast.telemetry.v1.UninstallProtection.$Properties;
            }

            /**
             * Properties of a PackageRequest.
             * @deprecated Use holdfast.telemetry.v1.PackageRequest.$Properties instead.
             */
            interface IPackageRequest extends holdfast.telemetry.v1.PackageRequest.$Properties {
            }

            /** Represents a PackageRequest. */
            class PackageRequest {

                /**
                 * Constructs a new PackageRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PackageRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PackageRequest sha256. */
                sha256: string;

                /** PackageRequest offset. */
                offset: number;

                /**
                 * Creates a new PackageRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PackageRequest instance
                 */
                static create(properties: holdfast.telemetry.v1.PackageRequest.$Shape): holdfast.telemetry.v1.PackageRequest & holdfast.telemetry.v1.PackageRequest.$Shape;
                static create(properties?: holdfast.telemetry.v1.PackageRequest.$Properties): holdfast.telemetry.v1.PackageRequest;

                /**
                 * Encodes the specified PackageRequest message. Does not implicitly {@link holdfast.telemetry.v1.PackageRequest.verify|verify} messages.
                 * @param message PackageRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PackageRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PackageRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PackageRequest & holdfast.telemetry.v1.PackageRequest.$Shape} PackageRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PackageRequest & holdfast.telemetry.v1.PackageRequest.$Shape;

                /**
                 * Creates a PackageRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PackageRequest
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PackageRequest;

                /**
                 * Creates a plain object from a PackageRequest message. Also converts values to other types if specified.
                 * @param message PackageRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PackageRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PackageRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PackageRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PackageRequest {

                /** Properties of a PackageRequest. */
                interface $Properties {

                    /** PackageRequest sha256 */
                    sha256?: (string|null);

                    /** PackageRequest offset */
                    offset?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PackageRequest. */
                type $Shape = holdfast.telemetry.v1.PackageRequest.$Properties;
            }

            /**
             * Properties of a PackagePiece.
             * @deprecated Use holdfast.telemetry.v1.PackagePiece.$Properties instead.
             */
            interface IPackagePiece extends holdfast.telemetry.v1.PackagePiece.$Properties {
            }

            /** Represents a PackagePiece. */
            class PackagePiece {

                /**
                 * Constructs a new PackagePiece.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PackagePiece.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PackagePiece data. */
                data: Uint8Array;

                /** PackagePiece refused. */
                refused: string;

                /** PackagePiece retryAfterSecs. */
                retryAfterSecs: number;

                /**
                 * Creates a new PackagePiece instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PackagePiece instance
                 */
                static create(properties: holdfast.telemetry.v1.PackagePiece.$Shape): holdfast.telemetry.v1.PackagePiece & holdfast.telemetry.v1.PackagePiece.$Shape;
                static create(properties?: holdfast.telemetry.v1.PackagePiece.$Properties): holdfast.telemetry.v1.PackagePiece;

                /**
                 * Encodes the specified PackagePiece message. Does not implicitly {@link holdfast.telemetry.v1.PackagePiece.verify|verify} messages.
                 * @param message PackagePiece message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PackagePiece.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PackagePiece message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PackagePiece & holdfast.telemetry.v1.PackagePiece.$Shape} PackagePiece
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PackagePiece & holdfast.telemetry.v1.PackagePiece.$Shape;

                /**
                 * Creates a PackagePiece message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PackagePiece
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PackagePiece;

                /**
                 * Creates a plain object from a PackagePiece message. Also converts values to other types if specified.
                 * @param message PackagePiece
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PackagePiece, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PackagePiece to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PackagePiece
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PackagePiece {

                /** Properties of a PackagePiece. */
                interface $Properties {

                    /** PackagePiece data */
                    data?: (Uint8Array|null);

                    /** PackagePiece refused */
                    refused?: (string|null);

                    /** PackagePiece retryAfterSecs */
                    retryAfterSecs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PackagePiece. */
                type $Shape = holdfast.telemetry.v1.PackagePiece.$Properties;
            }

            /**
             * Properties of an ActivityBatch.
             * @deprecated Use holdfast.telemetry.v1.ActivityBatch.$Properties instead.
             */
            interface IActivityBatch extends holdfast.telemetry.v1.ActivityBatch.$Properties {
            }

            /** Represents an ActivityBatch. */
            class ActivityBatch {

                /**
                 * Constructs a new ActivityBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.ActivityBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ActivityBatch epoch. */
                epoch: string;

                /** ActivityBatch firstSeq. */
                firstSeq: number;

                /** ActivityBatch activities. */
                activities: Uint8Array[];

                /** ActivityBatch gaps. */
                gaps: holdfast.telemetry.v1.GapRecord.$Properties[];

                /**
                 * Creates a new ActivityBatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ActivityBatch instance
                 */
                static create(properties: holdfast.telemetry.v1.ActivityBatch.$Shape): holdfast.telemetry.v1.ActivityBatch & holdfast.telemetry.v1.ActivityBatch.$Shape;
                static create(properties?: holdfast.telemetry.v1.ActivityBatch.$Properties): holdfast.telemetry.v1.ActivityBatch;

                /**
                 * Encodes the specified ActivityBatch message. Does not implicitly {@link holdfast.telemetry.v1.ActivityBatch.verify|verify} messages.
                 * @param message ActivityBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.ActivityBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ActivityBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.ActivityBatch & holdfast.telemetry.v1.ActivityBatch.$Shape} ActivityBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.ActivityBatch & holdfast.telemetry.v1.ActivityBatch.$Shape;

                /**
                 * Creates an ActivityBatch message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ActivityBatch
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.ActivityBatch;

                /**
                 * Creates a plain object from an ActivityBatch message. Also converts values to other types if specified.
                 * @param message ActivityBatch
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.ActivityBatch, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ActivityBatch to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ActivityBatch
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ActivityBatch {

                /** Properties of an ActivityBatch. */
                interface $Properties {

                    /** ActivityBatch epoch */
                    epoch?: (string|null);

                    /** ActivityBatch firstSeq */
                    firstSeq?: (number|null);

                    /** ActivityBatch activities */
                    activities?: (Uint8Array[]|null);

                    /** ActivityBatch gaps */
                    gaps?: (holdfast.telemetry.v1.GapRecord.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ActivityBatch. */
                type $Shape = holdfast.telemetry.v1.ActivityBatch.$Properties;
            }

            /**
             * Properties of a GapRecord.
             * @deprecated Use holdfast.telemetry.v1.GapRecord.$Properties instead.
             */
            interface IGapRecord extends holdfast.telemetry.v1.GapRecord.$Properties {
            }

            /** Represents a GapRecord. */
            class GapRecord {

                /**
                 * Constructs a new GapRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.GapRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GapRecord firstSeq. */
                firstSeq: number;

                /** GapRecord lastSeq. */
                lastSeq: number;

                /** GapRecord reason. */
                reason: string;

                /** GapRecord at. */
                at?: (google.protobuf.Timestamp.$Properties|null);

                /** GapRecord epoch. */
                epoch: string;

                /**
                 * Creates a new GapRecord instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns GapRecord instance
                 */
                static create(properties: holdfast.telemetry.v1.GapRecord.$Shape): holdfast.telemetry.v1.GapRecord & holdfast.telemetry.v1.GapRecord.$Shape;
                static create(properties?: holdfast.telemetry.v1.GapRecord.$Properties): holdfast.telemetry.v1.GapRecord;

                /**
                 * Encodes the specified GapRecord message. Does not implicitly {@link holdfast.telemetry.v1.GapRecord.verify|verify} messages.
                 * @param message GapRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.GapRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GapRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.GapRecord & holdfast.telemetry.v1.GapRecord.$Shape} GapRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.GapRecord & holdfast.telemetry.v1.GapRecord.$Shape;

                /**
                 * Creates a GapRecord message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns GapRecord
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.GapRecord;

                /**
                 * Creates a plain object from a GapRecord message. Also converts values to other types if specified.
                 * @param message GapRecord
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.GapRecord, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this GapRecord to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for GapRecord
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace GapRecord {

                /** Properties of a GapRecord. */
                interface $Properties {

                    /** GapRecord firstSeq */
                    firstSeq?: (number|null);

                    /** GapRecord lastSeq */
                    lastSeq?: (number|null);

                    /** GapRecord reason */
                    reason?: (string|null);

                    /** GapRecord at */
                    at?: (google.protobuf.Timestamp.$Properties|null);

                    /** GapRecord epoch */
                    epoch?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GapRecord. */
                type $Shape = holdfast.telemetry.v1.GapRecord.$Properties;
            }

            /**
             * Properties of a Sync.
             * @deprecated Use holdfast.telemetry.v1.Sync.$Properties instead.
             */
            interface ISync extends holdfast.telemetry.v1.Sync.$Properties {
            }

            /** Represents a Sync. */
            class Sync {

                /**
                 * Constructs a new Sync.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Sync.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Sync epoch. */
                epoch: string;

                /** Sync lastSeq. */
                lastSeq: number;

                /** Sync firstHeldSeq. */
                firstHeldSeq: number;

                /** Sync policyHash. */
                policyHash: string;

                /** Sync policyVersion. */
                policyVersion: number;

                /**
                 * Creates a new Sync instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Sync instance
                 */
                static create(properties: holdfast.telemetry.v1.Sync.$Shape): holdfast.telemetry.v1.Sync & holdfast.telemetry.v1.Sync.$Shape;
                static create(properties?: holdfast.telemetry.v1.Sync.$Properties): holdfast.telemetry.v1.Sync;

                /**
                 * Encodes the specified Sync message. Does not implicitly {@link holdfast.telemetry.v1.Sync.verify|verify} messages.
                 * @param message Sync message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Sync.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Sync message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Sync & holdfast.telemetry.v1.Sync.$Shape} Sync
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Sync & holdfast.telemetry.v1.Sync.$Shape;

                /**
                 * Creates a Sync message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Sync
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Sync;

                /**
                 * Creates a plain object from a Sync message. Also converts values to other types if specified.
                 * @param message Sync
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Sync, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Sync to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Sync
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Sync {

                /** Properties of a Sync. */
                interface $Properties {

                    /** Sync epoch */
                    epoch?: (string|null);

                    /** Sync lastSeq */
                    lastSeq?: (number|null);

                    /** Sync firstHeldSeq */
                    firstHeldSeq?: (number|null);

                    /** Sync policyHash */
                    policyHash?: (string|null);

                    /** Sync policyVersion */
                    policyVersion?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Sync. */
                type $Shape = holdfast.telemetry.v1.Sync.$Properties;
            }

            /**
             * Properties of a Watermark.
             * @deprecated Use holdfast.telemetry.v1.Watermark.$Properties instead.
             */
            interface IWatermark extends holdfast.telemetry.v1.Watermark.$Properties {
            }

            /** Represents a Watermark. */
            class Watermark {

                /**
                 * Constructs a new Watermark.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Watermark.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Watermark epoch. */
                epoch: string;

                /** Watermark committedSeq. */
                committedSeq: number;

                /** Watermark credit. */
                credit?: (number|null);

                /** Watermark returnSpreadSecs. */
                returnSpreadSecs: number;

                /**
                 * Creates a new Watermark instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Watermark instance
                 */
                static create(properties: holdfast.telemetry.v1.Watermark.$Shape): holdfast.telemetry.v1.Watermark & holdfast.telemetry.v1.Watermark.$Shape;
                static create(properties?: holdfast.telemetry.v1.Watermark.$Properties): holdfast.telemetry.v1.Watermark;

                /**
                 * Encodes the specified Watermark message. Does not implicitly {@link holdfast.telemetry.v1.Watermark.verify|verify} messages.
                 * @param message Watermark message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Watermark.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Watermark message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Watermark & holdfast.telemetry.v1.Watermark.$Shape} Watermark
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Watermark & holdfast.telemetry.v1.Watermark.$Shape;

                /**
                 * Creates a Watermark message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Watermark
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Watermark;

                /**
                 * Creates a plain object from a Watermark message. Also converts values to other types if specified.
                 * @param message Watermark
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Watermark, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Watermark to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Watermark
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Watermark {

                /** Properties of a Watermark. */
                interface $Properties {

                    /** Watermark epoch */
                    epoch?: (string|null);

                    /** Watermark committedSeq */
                    committedSeq?: (number|null);

                    /** Watermark credit */
                    credit?: (number|null);

                    /** Watermark returnSpreadSecs */
                    returnSpreadSecs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Watermark. */
                type $Shape = holdfast.telemetry.v1.Watermark.$Properties;
            }

            /**
             * Properties of a Down.
             * @deprecated Use holdfast.telemetry.v1.Down.$Properties instead.
             */
            interface IDown extends holdfast.telemetry.v1.Down.$Properties {
            }

            /** Represents a Down. */
            class Down {

                /**
                 * Constructs a new Down.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Down.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Down watermark. */
                watermark?: (holdfast.telemetry.v1.Watermark.$Properties|null);

                /** Down policy. */
                policy?: (holdfast.telemetry.v1.SignedPolicy.$Properties|null);

                /** Down retryAfter. */
                retryAfter?: (holdfast.telemetry.v1.RetryAfter.$Properties|null);

                /** Down credential. */
                credential?: (holdfast.telemetry.v1.CredentialRenewal.$Properties|null);

                /** Down drill. */
                drill?: (holdfast.telemetry.v1.DrillNews.$Properties|null);

                /** Down dismissal. */
                dismissal?: (holdfast.telemetry.v1.Dismissal.$Properties|null);

                /** Down order. */
                order?: (holdfast.telemetry.v1.SignedOrder.$Properties|null);

                /** Down message. */
                message?: ("watermark"|"policy"|"retryAfter"|"credential"|"drill"|"dismissal"|"order");

                /**
                 * Creates a new Down instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Down instance
                 */
                static create(properties: holdfast.telemetry.v1.Down.$Shape): holdfast.telemetry.v1.Down & holdfast.telemetry.v1.Down.$Shape;
                static create(properties?: holdfast.telemetry.v1.Down.$Properties): holdfast.telemetry.v1.Down;

                /**
                 * Encodes the specified Down message. Does not implicitly {@link holdfast.telemetry.v1.Down.verify|verify} messages.
                 * @param message Down message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Down.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Down message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Down & holdfast.telemetry.v1.Down.$Shape} Down
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Down & holdfast.telemetry.v1.Down.$Shape;

                /**
                 * Creates a Down message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Down
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Down;

                /**
                 * Creates a plain object from a Down message. Also converts values to other types if specified.
                 * @param message Down
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Down, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Down to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Down
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Down {

                /** Properties of a Down. */
                interface $Properties {

                    /** Down watermark */
                    watermark?: (holdfast.telemetry.v1.Watermark.$Properties|null);

                    /** Down policy */
                    policy?: (holdfast.telemetry.v1.SignedPolicy.$Properties|null);

                    /** Down retryAfter */
                    retryAfter?: (holdfast.telemetry.v1.RetryAfter.$Properties|null);

                    /** Down credential */
                    credential?: (holdfast.telemetry.v1.CredentialRenewal.$Properties|null);

                    /** Down drill */
                    drill?: (holdfast.telemetry.v1.DrillNews.$Properties|null);

                    /** Down dismissal */
                    dismissal?: (holdfast.telemetry.v1.Dismissal.$Properties|null);

                    /** Down order */
                    order?: (holdfast.telemetry.v1.SignedOrder.$Properties|null);

                    /** Down message */
                    message?: ("watermark"|"policy"|"retryAfter"|"credential"|"drill"|"dismissal"|"order");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Down. */
                type $Shape = {
                  watermark?: holdfast.telemetry.v1.Watermark.$Shape|null;
                  policy?: holdfast.telemetry.v1.SignedPolicy.$Shape|null;
                  retryAfter?: holdfast.telemetry.v1.RetryAfter.$Shape|null;
                  credential?: holdfast.telemetry.v1.CredentialRenewal.$Shape|null;
                  drill?: holdfast.telemetry.v1.DrillNews.$Shape|null;
                  dismissal?: holdfast.telemetry.v1.Dismissal.$Shape|null;
                  order?: holdfast.telemetry.v1.SignedOrder.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; watermark?: null; policy?: null; retryAfter?: null; credential?: null; drill?: null; dismissal?: null; order?: null }|{ message?: "watermark"; watermark: holdfast.telemetry.v1.Watermark.$Shape; policy?: null; retryAfter?: null; credential?: null; drill?: null; dismissal?: null; order?: null }|{ message?: "policy"; watermark?: null; policy: holdfast.telemetry.v1.SignedPolicy.$Shape; retryAfter?: null; credential?: null; drill?: null; dismissal?: null; order?: null }|{ message?: "retryAfter"; watermark?: null; policy?: null; retryAfter: holdfast.telemetry.v1.RetryAfter.$Shape; credential?: null; drill?: null; dismissal?: null; order?: null }|{ message?: "credential"; watermark?: null; policy?: null; retryAfter?: null; credential: holdfast.telemetry.v1.CredentialRenewal.$Shape; drill?: null; dismissal?: null; order?: null }|{ message?: "drill"; watermark?: null; policy?: null; retryAfter?: null; credential?: null; drill: holdfast.telemetry.v1.DrillNews.$Shape; dismissal?: null; order?: null }|{ message?: "dismissal"; watermark?: null; policy?: null; retryAfter?: null; credential?: null; drill?: null; dismissal: holdfast.telemetry.v1.Dismissal.$Shape; order?: null }|{ message?: "order"; watermark?: null; policy?: null; retryAfter?: null; credential?: null; drill?: null; dismissal?: null; order: holdfast.telemetry.v1.SignedOrder.$Shape })
                );
            }

            /**
             * Properties of a DrillNews.
             * @deprecated Use holdfast.telemetry.v1.DrillNews.$Properties instead.
             */
            interface IDrillNews extends holdfast.telemetry.v1.DrillNews.$Properties {
            }

            /** Represents a DrillNews. */
            class DrillNews {

                /**
                 * Constructs a new DrillNews.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.DrillNews.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DrillNews drill. */
                drill: string;

                /** DrillNews arrivals. */
                arrivals: holdfast.telemetry.v1.DrillArrival.$Properties[];

                /**
                 * Creates a new DrillNews instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DrillNews instance
                 */
                static create(properties: holdfast.telemetry.v1.DrillNews.$Shape): holdfast.telemetry.v1.DrillNews & holdfast.telemetry.v1.DrillNews.$Shape;
                static create(properties?: holdfast.telemetry.v1.DrillNews.$Properties): holdfast.telemetry.v1.DrillNews;

                /**
                 * Encodes the specified DrillNews message. Does not implicitly {@link holdfast.telemetry.v1.DrillNews.verify|verify} messages.
                 * @param message DrillNews message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.DrillNews.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DrillNews message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.DrillNews & holdfast.telemetry.v1.DrillNews.$Shape} DrillNews
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.DrillNews & holdfast.telemetry.v1.DrillNews.$Shape;

                /**
                 * Creates a DrillNews message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns DrillNews
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.DrillNews;

                /**
                 * Creates a plain object from a DrillNews message. Also converts values to other types if specified.
                 * @param message DrillNews
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.DrillNews, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this DrillNews to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for DrillNews
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace DrillNews {

                /** Properties of a DrillNews. */
                interface $Properties {

                    /** DrillNews drill */
                    drill?: (string|null);

                    /** DrillNews arrivals */
                    arrivals?: (holdfast.telemetry.v1.DrillArrival.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DrillNews. */
                type $Shape = holdfast.telemetry.v1.DrillNews.$Properties;
            }

            /**
             * Properties of a DrillArrival.
             * @deprecated Use holdfast.telemetry.v1.DrillArrival.$Properties instead.
             */
            interface IDrillArrival extends holdfast.telemetry.v1.DrillArrival.$Properties {
            }

            /** Represents a DrillArrival. */
            class DrillArrival {

                /**
                 * Constructs a new DrillArrival.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.DrillArrival.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DrillArrival epoch. */
                epoch: string;

                /** DrillArrival seq. */
                seq: number;

                /** DrillArrival indicators. */
                indicators: string[];

                /** DrillArrival scored. */
                scored: boolean;

                /** DrillArrival policy. */
                policy: string;

                /** DrillArrival score. */
                score: number;

                /**
                 * Creates a new DrillArrival instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DrillArrival instance
                 */
                static create(properties: holdfast.telemetry.v1.DrillArrival.$Shape): holdfast.telemetry.v1.DrillArrival & holdfast.telemetry.v1.DrillArrival.$Shape;
                static create(properties?: holdfast.telemetry.v1.DrillArrival.$Properties): holdfast.telemetry.v1.DrillArrival;

                /**
                 * Encodes the specified DrillArrival message. Does not implicitly {@link holdfast.telemetry.v1.DrillArrival.verify|verify} messages.
                 * @param message DrillArrival message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.DrillArrival.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DrillArrival message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.DrillArrival & holdfast.telemetry.v1.DrillArrival.$Shape} DrillArrival
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.DrillArrival & holdfast.telemetry.v1.DrillArrival.$Shape;

                /**
                 * Creates a DrillArrival message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns DrillArrival
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.DrillArrival;

                /**
                 * Creates a plain object from a DrillArrival message. Also converts values to other types if specified.
                 * @param message DrillArrival
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.DrillArrival, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this DrillArrival to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for DrillArrival
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace DrillArrival {

                /** Properties of a DrillArrival. */
                interface $Properties {

                    /** DrillArrival epoch */
                    epoch?: (string|null);

                    /** DrillArrival seq */
                    seq?: (number|null);

                    /** DrillArrival indicators */
                    indicators?: (string[]|null);

                    /** DrillArrival scored */
                    scored?: (boolean|null);

                    /** DrillArrival policy */
                    policy?: (string|null);

                    /** DrillArrival score */
                    score?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DrillArrival. */
                type $Shape = holdfast.telemetry.v1.DrillArrival.$Properties;
            }

            /**
             * Properties of a CredentialRenewal.
             * @deprecated Use holdfast.telemetry.v1.CredentialRenewal.$Properties instead.
             */
            interface ICredentialRenewal extends holdfast.telemetry.v1.CredentialRenewal.$Properties {
            }

            /** Represents a CredentialRenewal. */
            class CredentialRenewal {

                /**
                 * Constructs a new CredentialRenewal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.CredentialRenewal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CredentialRenewal jwt. */
                jwt: string;

                /**
                 * Creates a new CredentialRenewal instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CredentialRenewal instance
                 */
                static create(properties: holdfast.telemetry.v1.CredentialRenewal.$Shape): holdfast.telemetry.v1.CredentialRenewal & holdfast.telemetry.v1.CredentialRenewal.$Shape;
                static create(properties?: holdfast.telemetry.v1.CredentialRenewal.$Properties): holdfast.telemetry.v1.CredentialRenewal;

                /**
                 * Encodes the specified CredentialRenewal message. Does not implicitly {@link holdfast.telemetry.v1.CredentialRenewal.verify|verify} messages.
                 * @param message CredentialRenewal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.CredentialRenewal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CredentialRenewal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.CredentialRenewal & holdfast.telemetry.v1.CredentialRenewal.$Shape} CredentialRenewal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.CredentialRenewal & holdfast.telemetry.v1.CredentialRenewal.$Shape;

                /**
                 * Creates a CredentialRenewal message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns CredentialRenewal
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.CredentialRenewal;

                /**
                 * Creates a plain object from a CredentialRenewal message. Also converts values to other types if specified.
                 * @param message CredentialRenewal
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.CredentialRenewal, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this CredentialRenewal to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for CredentialRenewal
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace CredentialRenewal {

                /** Properties of a CredentialRenewal. */
                interface $Properties {

                    /** CredentialRenewal jwt */
                    jwt?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CredentialRenewal. */
                type $Shape = holdfast.telemetry.v1.CredentialRenewal.$Properties;
            }

            /**
             * Properties of a Dismissal.
             * @deprecated Use holdfast.telemetry.v1.Dismissal.$Properties instead.
             */
            interface IDismissal extends holdfast.telemetry.v1.Dismissal.$Properties {
            }

            /** Represents a Dismissal. */
            class Dismissal {

                /**
                 * Constructs a new Dismissal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Dismissal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Dismissal why. */
                why: string;

                /** Dismissal key. */
                key: string;

                /**
                 * Creates a new Dismissal instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Dismissal instance
                 */
                static create(properties: holdfast.telemetry.v1.Dismissal.$Shape): holdfast.telemetry.v1.Dismissal & holdfast.telemetry.v1.Dismissal.$Shape;
                static create(properties?: holdfast.telemetry.v1.Dismissal.$Properties): holdfast.telemetry.v1.Dismissal;

                /**
                 * Encodes the specified Dismissal message. Does not implicitly {@link holdfast.telemetry.v1.Dismissal.verify|verify} messages.
                 * @param message Dismissal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Dismissal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Dismissal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Dismissal & holdfast.telemetry.v1.Dismissal.$Shape} Dismissal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Dismissal & holdfast.telemetry.v1.Dismissal.$Shape;

                /**
                 * Creates a Dismissal message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Dismissal
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Dismissal;

                /**
                 * Creates a plain object from a Dismissal message. Also converts values to other types if specified.
                 * @param message Dismissal
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Dismissal, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Dismissal to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Dismissal
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Dismissal {

                /** Properties of a Dismissal. */
                interface $Properties {

                    /** Dismissal why */
                    why?: (string|null);

                    /** Dismissal key */
                    key?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Dismissal. */
                type $Shape = holdfast.telemetry.v1.Dismissal.$Properties;
            }

            /**
             * Properties of a RetryAfter.
             * @deprecated Use holdfast.telemetry.v1.RetryAfter.$Properties instead.
             */
            interface IRetryAfter extends holdfast.telemetry.v1.RetryAfter.$Properties {
            }

            /** Represents a RetryAfter. */
            class RetryAfter {

                /**
                 * Constructs a new RetryAfter.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.RetryAfter.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RetryAfter seconds. */
                seconds: number;

                /** RetryAfter reason. */
                reason: string;

                /**
                 * Creates a new RetryAfter instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RetryAfter instance
                 */
                static create(properties: holdfast.telemetry.v1.RetryAfter.$Shape): holdfast.telemetry.v1.RetryAfter & holdfast.telemetry.v1.RetryAfter.$Shape;
                static create(properties?: holdfast.telemetry.v1.RetryAfter.$Properties): holdfast.telemetry.v1.RetryAfter;

                /**
                 * Encodes the specified RetryAfter message. Does not implicitly {@link holdfast.telemetry.v1.RetryAfter.verify|verify} messages.
                 * @param message RetryAfter message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.RetryAfter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RetryAfter message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.RetryAfter & holdfast.telemetry.v1.RetryAfter.$Shape} RetryAfter
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.RetryAfter & holdfast.telemetry.v1.RetryAfter.$Shape;

                /**
                 * Creates a RetryAfter message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RetryAfter
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.RetryAfter;

                /**
                 * Creates a plain object from a RetryAfter message. Also converts values to other types if specified.
                 * @param message RetryAfter
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.RetryAfter, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RetryAfter to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RetryAfter
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RetryAfter {

                /** Properties of a RetryAfter. */
                interface $Properties {

                    /** RetryAfter seconds */
                    seconds?: (number|null);

                    /** RetryAfter reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RetryAfter. */
                type $Shape = holdfast.telemetry.v1.RetryAfter.$Properties;
            }

            /** SensorTier enum. */
            enum SensorTier {

                /** SENSOR_TIER_UNSPECIFIED value */
                SENSOR_TIER_UNSPECIFIED = 0,

                /** SENSOR_TIER_FULL value */
                SENSOR_TIER_FULL = 1,

                /** SENSOR_TIER_DEGRADED value */
                SENSOR_TIER_DEGRADED = 2,

                /** SENSOR_TIER_BLIND value */
                SENSOR_TIER_BLIND = 3,

                /** SENSOR_TIER_OFF value */
                SENSOR_TIER_OFF = 4
            }

            /**
             * Properties of a SensorState.
             * @deprecated Use holdfast.telemetry.v1.SensorState.$Properties instead.
             */
            interface ISensorState extends holdfast.telemetry.v1.SensorState.$Properties {
            }

            /** Represents a SensorState. */
            class SensorState {

                /**
                 * Constructs a new SensorState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SensorState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SensorState name. */
                name: string;

                /** SensorState tier. */
                tier: holdfast.telemetry.v1.SensorTier;

                /** SensorState reason. */
                reason: string;

                /** SensorState fix. */
                fix: string;

                /** SensorState lastSelfTestAt. */
                lastSelfTestAt?: (google.protobuf.Timestamp.$Properties|null);

                /** SensorState selfTestPassed. */
                selfTestPassed: boolean;

                /** SensorState emitted. */
                emitted: number;

                /** SensorState watches. */
                watches: number;

                /** SensorState restarts. */
                restarts: number;

                /**
                 * Creates a new SensorState instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SensorState instance
                 */
                static create(properties: holdfast.telemetry.v1.SensorState.$Shape): holdfast.telemetry.v1.SensorState & holdfast.telemetry.v1.SensorState.$Shape;
                static create(properties?: holdfast.telemetry.v1.SensorState.$Properties): holdfast.telemetry.v1.SensorState;

                /**
                 * Encodes the specified SensorState message. Does not implicitly {@link holdfast.telemetry.v1.SensorState.verify|verify} messages.
                 * @param message SensorState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SensorState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SensorState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SensorState & holdfast.telemetry.v1.SensorState.$Shape} SensorState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SensorState & holdfast.telemetry.v1.SensorState.$Shape;

                /**
                 * Creates a SensorState message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SensorState
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SensorState;

                /**
                 * Creates a plain object from a SensorState message. Also converts values to other types if specified.
                 * @param message SensorState
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SensorState, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SensorState to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SensorState
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SensorState {

                /** Properties of a SensorState. */
                interface $Properties {

                    /** SensorState name */
                    name?: (string|null);

                    /** SensorState tier */
                    tier?: (holdfast.telemetry.v1.SensorTier|null);

                    /** SensorState reason */
                    reason?: (string|null);

                    /** SensorState fix */
                    fix?: (string|null);

                    /** SensorState lastSelfTestAt */
                    lastSelfTestAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** SensorState selfTestPassed */
                    selfTestPassed?: (boolean|null);

                    /** SensorState emitted */
                    emitted?: (number|null);

                    /** SensorState watches */
                    watches?: (number|null);

                    /** SensorState restarts */
                    restarts?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SensorState. */
                type $Shape = holdfast.telemetry.v1.SensorState.$Properties;
            }

            /**
             * Properties of a Heartbeat.
             * @deprecated Use holdfast.telemetry.v1.Heartbeat.$Properties instead.
             */
            interface IHeartbeat extends holdfast.telemetry.v1.Heartbeat.$Properties {
            }

            /** Represents a Heartbeat. */
            class Heartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Heartbeat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Heartbeat sentAt. */
                sentAt?: (google.protobuf.Timestamp.$Properties|null);

                /** Heartbeat agentVersion. */
                agentVersion: string;

                /** Heartbeat hostname. */
                hostname: string;

                /** Heartbeat os. */
                os: string;

                /** Heartbeat osVersion. */
                osVersion: string;

                /** Heartbeat kernel. */
                kernel: string;

                /** Heartbeat uptimeSecs. */
                uptimeSecs: number;

                /** Heartbeat sensors. */
                sensors: holdfast.telemetry.v1.SensorState.$Properties[];

                /** Heartbeat spool. */
                spool?: (holdfast.telemetry.v1.SpoolState.$Properties|null);

                /** Heartbeat policy. */
                policy?: (holdfast.telemetry.v1.PolicyState.$Properties|null);

                /** Heartbeat usage. */
                usage?: (holdfast.telemetry.v1.Usage.$Properties|null);

                /** Heartbeat sessionAccounts. */
                sessionAccounts: string[];

                /** Heartbeat elevated. */
                elevated: boolean;

                /** Heartbeat permissionSet. */
                permissionSet: number;

                /** Heartbeat lastDrill. */
                lastDrill?: (holdfast.telemetry.v1.DrillReport.$Properties|null);

                /** Heartbeat programHash. */
                programHash: string;

                /** Heartbeat safeMode. */
                safeMode: string;

                /** Heartbeat restarts. */
                restarts: number;

                /** Heartbeat upgrade. */
                upgrade?: (holdfast.telemetry.v1.UpgradeState.$Properties|null);

                /**
                 * Creates a new Heartbeat instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Heartbeat instance
                 */
                static create(properties: holdfast.telemetry.v1.Heartbeat.$Shape): holdfast.telemetry.v1.Heartbeat & holdfast.telemetry.v1.Heartbeat.$Shape;
                static create(properties?: holdfast.telemetry.v1.Heartbeat.$Properties): holdfast.telemetry.v1.Heartbeat;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link holdfast.telemetry.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Heartbeat & holdfast.telemetry.v1.Heartbeat.$Shape} Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Heartbeat & holdfast.telemetry.v1.Heartbeat.$Shape;

                /**
                 * Creates a Heartbeat message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Heartbeat
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Heartbeat;

                /**
                 * Creates a plain object from a Heartbeat message. Also converts values to other types if specified.
                 * @param message Heartbeat
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Heartbeat, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Heartbeat to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Heartbeat
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Heartbeat {

                /** Properties of a Heartbeat. */
                interface $Properties {

                    /** Heartbeat sentAt */
                    sentAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** Heartbeat agentVersion */
                    agentVersion?: (string|null);

                    /** Heartbeat hostname */
                    hostname?: (string|null);

                    /** Heartbeat os */
                    os?: (string|null);

                    /** Heartbeat osVersion */
                    osVersion?: (string|null);

                    /** Heartbeat kernel */
                    kernel?: (string|null);

                    /** Heartbeat uptimeSecs */
                    uptimeSecs?: (number|null);

                    /** Heartbeat sensors */
                    sensors?: (holdfast.telemetry.v1.SensorState.$Properties[]|null);

                    /** Heartbeat spool */
                    spool?: (holdfast.telemetry.v1.SpoolState.$Properties|null);

                    /** Heartbeat policy */
                    policy?: (holdfast.telemetry.v1.PolicyState.$Properties|null);

                    /** Heartbeat usage */
                    usage?: (holdfast.telemetry.v1.Usage.$Properties|null);

                    /** Heartbeat sessionAccounts */
                    sessionAccounts?: (string[]|null);

                    /** Heartbeat elevated */
                    elevated?: (boolean|null);

                    /** Heartbeat permissionSet */
                    permissionSet?: (number|null);

                    /** Heartbeat lastDrill */
                    lastDrill?: (holdfast.telemetry.v1.DrillReport.$Properties|null);

                    /** Heartbeat programHash */
                    programHash?: (string|null);

                    /** Heartbeat safeMode */
                    safeMode?: (string|null);

                    /** Heartbeat restarts */
                    restarts?: (number|null);

                    /** Heartbeat upgrade */
                    upgrade?: (holdfast.telemetry.v1.UpgradeState.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Heartbeat. */
                type $Shape = holdfast.telemetry.v1.Heartbeat.$Properties;
            }

            /**
             * Properties of an UpgradeState.
             * @deprecated Use holdfast.telemetry.v1.UpgradeState.$Properties instead.
             */
            interface IUpgradeState extends holdfast.telemetry.v1.UpgradeState.$Properties {
            }

            /** Represents an UpgradeState. */
            class UpgradeState {

                /**
                 * Constructs a new UpgradeState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.UpgradeState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UpgradeState platform. */
                platform: string;

                /** UpgradeState unable. */
                unable: string;

                /** UpgradeState keyId. */
                keyId: string;

                /** UpgradeState offer. */
                offer: number;

                /** UpgradeState state. */
                state: string;

                /** UpgradeState reason. */
                reason: string;

                /** UpgradeState receivedBytes. */
                receivedBytes: number;

                /**
                 * Creates a new UpgradeState instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns UpgradeState instance
                 */
                static create(properties: holdfast.telemetry.v1.UpgradeState.$Shape): holdfast.telemetry.v1.UpgradeState & holdfast.telemetry.v1.UpgradeState.$Shape;
                static create(properties?: holdfast.telemetry.v1.UpgradeState.$Properties): holdfast.telemetry.v1.UpgradeState;

                /**
                 * Encodes the specified UpgradeState message. Does not implicitly {@link holdfast.telemetry.v1.UpgradeState.verify|verify} messages.
                 * @param message UpgradeState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.UpgradeState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UpgradeState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.UpgradeState & holdfast.telemetry.v1.UpgradeState.$Shape} UpgradeState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.UpgradeState & holdfast.telemetry.v1.UpgradeState.$Shape;

                /**
                 * Creates an UpgradeState message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns UpgradeState
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.UpgradeState;

                /**
                 * Creates a plain object from an UpgradeState message. Also converts values to other types if specified.
                 * @param message UpgradeState
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.UpgradeState, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this UpgradeState to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for UpgradeState
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace UpgradeState {

                /** Properties of an UpgradeState. */
                interface $Properties {

                    /** UpgradeState platform */
                    platform?: (string|null);

                    /** UpgradeState unable */
                    unable?: (string|null);

                    /** UpgradeState keyId */
                    keyId?: (string|null);

                    /** UpgradeState offer */
                    offer?: (number|null);

                    /** UpgradeState state */
                    state?: (string|null);

                    /** UpgradeState reason */
                    reason?: (string|null);

                    /** UpgradeState receivedBytes */
                    receivedBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UpgradeState. */
                type $Shape = holdfast.telemetry.v1.UpgradeState.$Properties;
            }

            /**
             * Properties of a DrillReport.
             * @deprecated Use holdfast.telemetry.v1.DrillReport.$Properties instead.
             */
            interface IDrillReport extends holdfast.telemetry.v1.DrillReport.$Properties {
            }

            /** Represents a DrillReport. */
            class DrillReport {

                /**
                 * Constructs a new DrillReport.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.DrillReport.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DrillReport id. */
                id: string;

                /** DrillReport startedAt. */
                startedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** DrillReport endedAt. */
                endedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** DrillReport outcome. */
                outcome: string;

                /** DrillReport signals. */
                signals: holdfast.telemetry.v1.DrillSignal.$Properties[];

                /**
                 * Creates a new DrillReport instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DrillReport instance
                 */
                static create(properties: holdfast.telemetry.v1.DrillReport.$Shape): holdfast.telemetry.v1.DrillReport & holdfast.telemetry.v1.DrillReport.$Shape;
                static create(properties?: holdfast.telemetry.v1.DrillReport.$Properties): holdfast.telemetry.v1.DrillReport;

                /**
                 * Encodes the specified DrillReport message. Does not implicitly {@link holdfast.telemetry.v1.DrillReport.verify|verify} messages.
                 * @param message DrillReport message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.DrillReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DrillReport message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.DrillReport & holdfast.telemetry.v1.DrillReport.$Shape} DrillReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.DrillReport & holdfast.telemetry.v1.DrillReport.$Shape;

                /**
                 * Creates a DrillReport message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns DrillReport
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.DrillReport;

                /**
                 * Creates a plain object from a DrillReport message. Also converts values to other types if specified.
                 * @param message DrillReport
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.DrillReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this DrillReport to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for DrillReport
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace DrillReport {

                /** Properties of a DrillReport. */
                interface $Properties {

                    /** DrillReport id */
                    id?: (string|null);

                    /** DrillReport startedAt */
                    startedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** DrillReport endedAt */
                    endedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** DrillReport outcome */
                    outcome?: (string|null);

                    /** DrillReport signals */
                    signals?: (holdfast.telemetry.v1.DrillSignal.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DrillReport. */
                type $Shape = holdfast.telemetry.v1.DrillReport.$Properties;
            }

            /**
             * Properties of a DrillSignal.
             * @deprecated Use holdfast.telemetry.v1.DrillSignal.$Properties instead.
             */
            interface IDrillSignal extends holdfast.telemetry.v1.DrillSignal.$Properties {
            }

            /** Represents a DrillSignal. */
            class DrillSignal {

                /**
                 * Constructs a new DrillSignal.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.DrillSignal.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DrillSignal kind. */
                kind: string;

                /** DrillSignal act. */
                act: string;

                /** DrillSignal outcome. */
                outcome: string;

                /** DrillSignal reason. */
                reason: string;

                /** DrillSignal fix. */
                fix: string;

                /** DrillSignal durableMs. */
                durableMs?: (number|null);

                /** DrillSignal storedMs. */
                storedMs?: (number|null);

                /** DrillSignal scoredMs. */
                scoredMs?: (number|null);

                /** DrillSignal alertedMs. */
                alertedMs?: (number|null);

                /**
                 * Creates a new DrillSignal instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DrillSignal instance
                 */
                static create(properties: holdfast.telemetry.v1.DrillSignal.$Shape): holdfast.telemetry.v1.DrillSignal & holdfast.telemetry.v1.DrillSignal.$Shape;
                static create(properties?: holdfast.telemetry.v1.DrillSignal.$Properties): holdfast.telemetry.v1.DrillSignal;

                /**
                 * Encodes the specified DrillSignal message. Does not implicitly {@link holdfast.telemetry.v1.DrillSignal.verify|verify} messages.
                 * @param message DrillSignal message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.DrillSignal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DrillSignal message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.DrillSignal & holdfast.telemetry.v1.DrillSignal.$Shape} DrillSignal
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.DrillSignal & holdfast.telemetry.v1.DrillSignal.$Shape;

                /**
                 * Creates a DrillSignal message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns DrillSignal
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.DrillSignal;

                /**
                 * Creates a plain object from a DrillSignal message. Also converts values to other types if specified.
                 * @param message DrillSignal
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.DrillSignal, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this DrillSignal to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for DrillSignal
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace DrillSignal {

                /** Properties of a DrillSignal. */
                interface $Properties {

                    /** DrillSignal kind */
                    kind?: (string|null);

                    /** DrillSignal act */
                    act?: (string|null);

                    /** DrillSignal outcome */
                    outcome?: (string|null);

                    /** DrillSignal reason */
                    reason?: (string|null);

                    /** DrillSignal fix */
                    fix?: (string|null);

                    /** DrillSignal durableMs */
                    durableMs?: (number|null);

                    /** DrillSignal storedMs */
                    storedMs?: (number|null);

                    /** DrillSignal scoredMs */
                    scoredMs?: (number|null);

                    /** DrillSignal alertedMs */
                    alertedMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DrillSignal. */
                type $Shape = holdfast.telemetry.v1.DrillSignal.$Properties;
            }

            /**
             * Properties of a SpoolState.
             * @deprecated Use holdfast.telemetry.v1.SpoolState.$Properties instead.
             */
            interface ISpoolState extends holdfast.telemetry.v1.SpoolState.$Properties {
            }

            /** Represents a SpoolState. */
            class SpoolState {

                /**
                 * Constructs a new SpoolState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.SpoolState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SpoolState epoch. */
                epoch: string;

                /** SpoolState lastSeq. */
                lastSeq: number;

                /** SpoolState ackedSeq. */
                ackedSeq: number;

                /** SpoolState bytes. */
                bytes: number;

                /** SpoolState maxBytes. */
                maxBytes: number;

                /** SpoolState dropped. */
                dropped: number;

                /** SpoolState outOfOrder. */
                outOfOrder: boolean;

                /** SpoolState problem. */
                problem: string;

                /**
                 * Creates a new SpoolState instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SpoolState instance
                 */
                static create(properties: holdfast.telemetry.v1.SpoolState.$Shape): holdfast.telemetry.v1.SpoolState & holdfast.telemetry.v1.SpoolState.$Shape;
                static create(properties?: holdfast.telemetry.v1.SpoolState.$Properties): holdfast.telemetry.v1.SpoolState;

                /**
                 * Encodes the specified SpoolState message. Does not implicitly {@link holdfast.telemetry.v1.SpoolState.verify|verify} messages.
                 * @param message SpoolState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.SpoolState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SpoolState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.SpoolState & holdfast.telemetry.v1.SpoolState.$Shape} SpoolState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.SpoolState & holdfast.telemetry.v1.SpoolState.$Shape;

                /**
                 * Creates a SpoolState message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SpoolState
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.SpoolState;

                /**
                 * Creates a plain object from a SpoolState message. Also converts values to other types if specified.
                 * @param message SpoolState
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.SpoolState, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SpoolState to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SpoolState
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SpoolState {

                /** Properties of a SpoolState. */
                interface $Properties {

                    /** SpoolState epoch */
                    epoch?: (string|null);

                    /** SpoolState lastSeq */
                    lastSeq?: (number|null);

                    /** SpoolState ackedSeq */
                    ackedSeq?: (number|null);

                    /** SpoolState bytes */
                    bytes?: (number|null);

                    /** SpoolState maxBytes */
                    maxBytes?: (number|null);

                    /** SpoolState dropped */
                    dropped?: (number|null);

                    /** SpoolState outOfOrder */
                    outOfOrder?: (boolean|null);

                    /** SpoolState problem */
                    problem?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SpoolState. */
                type $Shape = holdfast.telemetry.v1.SpoolState.$Properties;
            }

            /**
             * Properties of a PolicyState.
             * @deprecated Use holdfast.telemetry.v1.PolicyState.$Properties instead.
             */
            interface IPolicyState extends holdfast.telemetry.v1.PolicyState.$Properties {
            }

            /** Represents a PolicyState. */
            class PolicyState {

                /**
                 * Constructs a new PolicyState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.PolicyState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PolicyState runningVersion. */
                runningVersion: number;

                /** PolicyState runningHash. */
                runningHash: string;

                /** PolicyState refusedVersion. */
                refusedVersion: number;

                /** PolicyState refusedReason. */
                refusedReason: string;

                /** PolicyState appliedAt. */
                appliedAt?: (google.protobuf.Timestamp.$Properties|null);

                /** PolicyState expiresAt. */
                expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                /** PolicyState receivedVersion. */
                receivedVersion: number;

                /** PolicyState verifiedVersion. */
                verifiedVersion: number;

                /**
                 * Creates a new PolicyState instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PolicyState instance
                 */
                static create(properties: holdfast.telemetry.v1.PolicyState.$Shape): holdfast.telemetry.v1.PolicyState & holdfast.telemetry.v1.PolicyState.$Shape;
                static create(properties?: holdfast.telemetry.v1.PolicyState.$Properties): holdfast.telemetry.v1.PolicyState;

                /**
                 * Encodes the specified PolicyState message. Does not implicitly {@link holdfast.telemetry.v1.PolicyState.verify|verify} messages.
                 * @param message PolicyState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.PolicyState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PolicyState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.PolicyState & holdfast.telemetry.v1.PolicyState.$Shape} PolicyState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.PolicyState & holdfast.telemetry.v1.PolicyState.$Shape;

                /**
                 * Creates a PolicyState message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PolicyState
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.PolicyState;

                /**
                 * Creates a plain object from a PolicyState message. Also converts values to other types if specified.
                 * @param message PolicyState
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.PolicyState, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PolicyState to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PolicyState
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PolicyState {

                /** Properties of a PolicyState. */
                interface $Properties {

                    /** PolicyState runningVersion */
                    runningVersion?: (number|null);

                    /** PolicyState runningHash */
                    runningHash?: (string|null);

                    /** PolicyState refusedVersion */
                    refusedVersion?: (number|null);

                    /** PolicyState refusedReason */
                    refusedReason?: (string|null);

                    /** PolicyState appliedAt */
                    appliedAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** PolicyState expiresAt */
                    expiresAt?: (google.protobuf.Timestamp.$Properties|null);

                    /** PolicyState receivedVersion */
                    receivedVersion?: (number|null);

                    /** PolicyState verifiedVersion */
                    verifiedVersion?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PolicyState. */
                type $Shape = holdfast.telemetry.v1.PolicyState.$Properties;
            }

            /**
             * Properties of a Usage.
             * @deprecated Use holdfast.telemetry.v1.Usage.$Properties instead.
             */
            interface IUsage extends holdfast.telemetry.v1.Usage.$Properties {
            }

            /** Represents a Usage. */
            class Usage {

                /**
                 * Constructs a new Usage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: holdfast.telemetry.v1.Usage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Usage rssBytes. */
                rssBytes: number;

                /** Usage cpuMillis. */
                cpuMillis: number;

                /**
                 * Creates a new Usage instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Usage instance
                 */
                static create(properties: holdfast.telemetry.v1.Usage.$Shape): holdfast.telemetry.v1.Usage & holdfast.telemetry.v1.Usage.$Shape;
                static create(properties?: holdfast.telemetry.v1.Usage.$Properties): holdfast.telemetry.v1.Usage;

                /**
                 * Encodes the specified Usage message. Does not implicitly {@link holdfast.telemetry.v1.Usage.verify|verify} messages.
                 * @param message Usage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: holdfast.telemetry.v1.Usage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Usage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {holdfast.telemetry.v1.Usage & holdfast.telemetry.v1.Usage.$Shape} Usage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): holdfast.telemetry.v1.Usage & holdfast.telemetry.v1.Usage.$Shape;

                /**
                 * Creates a Usage message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Usage
                 */
                static fromObject(object: { [k: string]: any }): holdfast.telemetry.v1.Usage;

                /**
                 * Creates a plain object from a Usage message. Also converts values to other types if specified.
                 * @param message Usage
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: holdfast.telemetry.v1.Usage, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Usage to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Usage
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Usage {

                /** Properties of a Usage. */
                interface $Properties {

                    /** Usage rssBytes */
                    rssBytes?: (number|null);

                    /** Usage cpuMillis */
                    cpuMillis?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Usage. */
                type $Shape = holdfast.telemetry.v1.Usage.$Properties;
            }
        }
    }
}

/** Namespace google. */
export namespace google {

    /** Namespace protobuf. */
    namespace protobuf {

        /**
         * Properties of a Timestamp.
         * @deprecated Use google.protobuf.Timestamp.$Properties instead.
         */
        interface ITimestamp extends google.protobuf.Timestamp.$Properties {
        }

        /** Represents a Timestamp. */
        class Timestamp {

            /**
             * Constructs a new Timestamp.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Timestamp.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Timestamp seconds. */
            seconds: number;

            /** Timestamp nanos. */
            nanos: number;

            /**
             * Creates a new Timestamp instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Timestamp instance
             */
            static create(properties: google.protobuf.Timestamp.$Shape): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
            static create(properties?: google.protobuf.Timestamp.$Properties): google.protobuf.Timestamp;

            /**
             * Encodes the specified Timestamp message. Does not implicitly {@link google.protobuf.Timestamp.verify|verify} messages.
             * @param message Timestamp message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Timestamp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Timestamp message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape} Timestamp
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;

            /**
             * Creates a Timestamp message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Timestamp
             */
            static fromObject(object: { [k: string]: any }): google.protobuf.Timestamp;

            /**
             * Creates a plain object from a Timestamp message. Also converts values to other types if specified.
             * @param message Timestamp
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: google.protobuf.Timestamp, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Timestamp to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Timestamp
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Timestamp {

            /** Properties of a Timestamp. */
            interface $Properties {

                /** Timestamp seconds */
                seconds?: (number|null);

                /** Timestamp nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Timestamp. */
            type $Shape = google.protobuf.Timestamp.$Properties;
        }
    }
}
