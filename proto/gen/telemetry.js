/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Boolean = $util.global.Boolean, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $Array = $util.global.Array;

const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const holdfast = $root.holdfast = (() => {

    const holdfast = {};

    holdfast.telemetry = (function() {

        const telemetry = {};

        telemetry.v1 = (function() {

            const v1 = {};

            v1.Activity = (function() {

                const Activity = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Activity.prototype.occurredAt = null;
                Activity.prototype.observedAt = null;
                Activity.prototype.actor = null;
                Activity.prototype.sensor = "";
                Activity.prototype.recovered = false;
                Activity.prototype.fileCopied = null;
                Activity.prototype.fileCreated = null;
                Activity.prototype.fileChanged = null;
                Activity.prototype.fileRenamed = null;
                Activity.prototype.fileHidden = null;
                Activity.prototype.fileDeleted = null;
                Activity.prototype.archiveCreated = null;
                Activity.prototype.fileDownloaded = null;
                Activity.prototype.fileReadByTransferTool = null;
                Activity.prototype.filePrinted = null;
                Activity.prototype.filesStaged = null;
                Activity.prototype.labelChanged = null;
                Activity.prototype.removableMediaConnected = null;
                Activity.prototype.removableMediaMounted = null;
                Activity.prototype.removableMediaUnmounted = null;
                Activity.prototype.removableMediaDisconnected = null;
                Activity.prototype.securityFeatureChanged = null;
                Activity.prototype.applicationInstalled = null;
                Activity.prototype.applicationUpdated = null;
                Activity.prototype.applicationRemoved = null;
                Activity.prototype.applicationRun = null;
                Activity.prototype.sessionStarted = null;
                Activity.prototype.sessionEnded = null;
                Activity.prototype.agentStarted = null;
                Activity.prototype.agentStopped = null;
                Activity.prototype.agentDegraded = null;
                Activity.prototype.agentTampered = null;
                Activity.prototype.clockChanged = null;
                Activity.prototype.telemetryGap = null;
                Activity.prototype.patientRecordAccessed = null;
                Activity.prototype.securityAlertRaised = null;
                Activity.prototype.physicalAccess = null;
                Activity.prototype.customDetection = null;

                let $oneOfFields;

                $Object.defineProperty(Activity.prototype, "detail", {
                    get: $util.oneOfGetter($oneOfFields = ["fileCopied", "fileCreated", "fileChanged", "fileRenamed", "fileHidden", "fileDeleted", "archiveCreated", "fileDownloaded", "fileReadByTransferTool", "filePrinted", "filesStaged", "labelChanged", "removableMediaConnected", "removableMediaMounted", "removableMediaUnmounted", "removableMediaDisconnected", "securityFeatureChanged", "applicationInstalled", "applicationUpdated", "applicationRemoved", "applicationRun", "sessionStarted", "sessionEnded", "agentStarted", "agentStopped", "agentDegraded", "agentTampered", "clockChanged", "telemetryGap", "patientRecordAccessed", "securityAlertRaised", "physicalAccess", "customDetection"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Activity.create = function(properties) {
                    return new Activity(properties);
                };

                Activity.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.occurredAt != null && $Object.hasOwnProperty.call(message, "occurredAt"))
                        $root.google.protobuf.Timestamp.encode(message.occurredAt, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.observedAt != null && $Object.hasOwnProperty.call(message, "observedAt"))
                        $root.google.protobuf.Timestamp.encode(message.observedAt, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.actor != null && $Object.hasOwnProperty.call(message, "actor"))
                        $root.holdfast.telemetry.v1.Actor.encode(message.actor, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor") && message.sensor !== "")
                        writer.uint32(34).string(message.sensor);
                    if (message.recovered != null && $Object.hasOwnProperty.call(message, "recovered") && message.recovered !== false)
                        writer.uint32(40).bool(message.recovered);
                    if (message.fileCopied != null && $Object.hasOwnProperty.call(message, "fileCopied"))
                        $root.holdfast.telemetry.v1.FileCopied.encode(message.fileCopied, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.fileCreated != null && $Object.hasOwnProperty.call(message, "fileCreated"))
                        $root.holdfast.telemetry.v1.FileCreated.encode(message.fileCreated, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.fileChanged != null && $Object.hasOwnProperty.call(message, "fileChanged"))
                        $root.holdfast.telemetry.v1.FileChanged.encode(message.fileChanged, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.fileRenamed != null && $Object.hasOwnProperty.call(message, "fileRenamed"))
                        $root.holdfast.telemetry.v1.FileRenamed.encode(message.fileRenamed, writer.uint32(106).fork(), _depth + 1).ldelim();
                    if (message.fileHidden != null && $Object.hasOwnProperty.call(message, "fileHidden"))
                        $root.holdfast.telemetry.v1.FileHidden.encode(message.fileHidden, writer.uint32(114).fork(), _depth + 1).ldelim();
                    if (message.fileDeleted != null && $Object.hasOwnProperty.call(message, "fileDeleted"))
                        $root.holdfast.telemetry.v1.FileDeleted.encode(message.fileDeleted, writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.archiveCreated != null && $Object.hasOwnProperty.call(message, "archiveCreated"))
                        $root.holdfast.telemetry.v1.ArchiveCreated.encode(message.archiveCreated, writer.uint32(130).fork(), _depth + 1).ldelim();
                    if (message.fileDownloaded != null && $Object.hasOwnProperty.call(message, "fileDownloaded"))
                        $root.holdfast.telemetry.v1.FileDownloaded.encode(message.fileDownloaded, writer.uint32(138).fork(), _depth + 1).ldelim();
                    if (message.fileReadByTransferTool != null && $Object.hasOwnProperty.call(message, "fileReadByTransferTool"))
                        $root.holdfast.telemetry.v1.FileReadByTransferTool.encode(message.fileReadByTransferTool, writer.uint32(146).fork(), _depth + 1).ldelim();
                    if (message.filePrinted != null && $Object.hasOwnProperty.call(message, "filePrinted"))
                        $root.holdfast.telemetry.v1.FilePrinted.encode(message.filePrinted, writer.uint32(154).fork(), _depth + 1).ldelim();
                    if (message.filesStaged != null && $Object.hasOwnProperty.call(message, "filesStaged"))
                        $root.holdfast.telemetry.v1.FilesStaged.encode(message.filesStaged, writer.uint32(162).fork(), _depth + 1).ldelim();
                    if (message.labelChanged != null && $Object.hasOwnProperty.call(message, "labelChanged"))
                        $root.holdfast.telemetry.v1.LabelChanged.encode(message.labelChanged, writer.uint32(170).fork(), _depth + 1).ldelim();
                    if (message.removableMediaConnected != null && $Object.hasOwnProperty.call(message, "removableMediaConnected"))
                        $root.holdfast.telemetry.v1.RemovableMediaConnected.encode(message.removableMediaConnected, writer.uint32(242).fork(), _depth + 1).ldelim();
                    if (message.removableMediaMounted != null && $Object.hasOwnProperty.call(message, "removableMediaMounted"))
                        $root.holdfast.telemetry.v1.RemovableMediaMounted.encode(message.removableMediaMounted, writer.uint32(250).fork(), _depth + 1).ldelim();
                    if (message.removableMediaUnmounted != null && $Object.hasOwnProperty.call(message, "removableMediaUnmounted"))
                        $root.holdfast.telemetry.v1.RemovableMediaUnmounted.encode(message.removableMediaUnmounted, writer.uint32(258).fork(), _depth + 1).ldelim();
                    if (message.removableMediaDisconnected != null && $Object.hasOwnProperty.call(message, "removableMediaDisconnected"))
                        $root.holdfast.telemetry.v1.RemovableMediaDisconnected.encode(message.removableMediaDisconnected, writer.uint32(266).fork(), _depth + 1).ldelim();
                    if (message.securityFeatureChanged != null && $Object.hasOwnProperty.call(message, "securityFeatureChanged"))
                        $root.holdfast.telemetry.v1.SecurityFeatureChanged.encode(message.securityFeatureChanged, writer.uint32(322).fork(), _depth + 1).ldelim();
                    if (message.applicationInstalled != null && $Object.hasOwnProperty.call(message, "applicationInstalled"))
                        $root.holdfast.telemetry.v1.ApplicationInstalled.encode(message.applicationInstalled, writer.uint32(402).fork(), _depth + 1).ldelim();
                    if (message.applicationUpdated != null && $Object.hasOwnProperty.call(message, "applicationUpdated"))
                        $root.holdfast.telemetry.v1.ApplicationUpdated.encode(message.applicationUpdated, writer.uint32(410).fork(), _depth + 1).ldelim();
                    if (message.applicationRemoved != null && $Object.hasOwnProperty.call(message, "applicationRemoved"))
                        $root.holdfast.telemetry.v1.ApplicationRemoved.encode(message.applicationRemoved, writer.uint32(418).fork(), _depth + 1).ldelim();
                    if (message.applicationRun != null && $Object.hasOwnProperty.call(message, "applicationRun"))
                        $root.holdfast.telemetry.v1.ApplicationRun.encode(message.applicationRun, writer.uint32(426).fork(), _depth + 1).ldelim();
                    if (message.sessionStarted != null && $Object.hasOwnProperty.call(message, "sessionStarted"))
                        $root.holdfast.telemetry.v1.SessionStarted.encode(message.sessionStarted, writer.uint32(482).fork(), _depth + 1).ldelim();
                    if (message.sessionEnded != null && $Object.hasOwnProperty.call(message, "sessionEnded"))
                        $root.holdfast.telemetry.v1.SessionEnded.encode(message.sessionEnded, writer.uint32(490).fork(), _depth + 1).ldelim();
                    if (message.agentStarted != null && $Object.hasOwnProperty.call(message, "agentStarted"))
                        $root.holdfast.telemetry.v1.AgentStarted.encode(message.agentStarted, writer.uint32(562).fork(), _depth + 1).ldelim();
                    if (message.agentStopped != null && $Object.hasOwnProperty.call(message, "agentStopped"))
                        $root.holdfast.telemetry.v1.AgentStopped.encode(message.agentStopped, writer.uint32(570).fork(), _depth + 1).ldelim();
                    if (message.agentDegraded != null && $Object.hasOwnProperty.call(message, "agentDegraded"))
                        $root.holdfast.telemetry.v1.AgentDegraded.encode(message.agentDegraded, writer.uint32(578).fork(), _depth + 1).ldelim();
                    if (message.agentTampered != null && $Object.hasOwnProperty.call(message, "agentTampered"))
                        $root.holdfast.telemetry.v1.AgentTampered.encode(message.agentTampered, writer.uint32(586).fork(), _depth + 1).ldelim();
                    if (message.clockChanged != null && $Object.hasOwnProperty.call(message, "clockChanged"))
                        $root.holdfast.telemetry.v1.ClockChanged.encode(message.clockChanged, writer.uint32(594).fork(), _depth + 1).ldelim();
                    if (message.telemetryGap != null && $Object.hasOwnProperty.call(message, "telemetryGap"))
                        $root.holdfast.telemetry.v1.TelemetryGap.encode(message.telemetryGap, writer.uint32(602).fork(), _depth + 1).ldelim();
                    if (message.patientRecordAccessed != null && $Object.hasOwnProperty.call(message, "patientRecordAccessed"))
                        $root.holdfast.telemetry.v1.PatientRecordAccessed.encode(message.patientRecordAccessed, writer.uint32(722).fork(), _depth + 1).ldelim();
                    if (message.securityAlertRaised != null && $Object.hasOwnProperty.call(message, "securityAlertRaised"))
                        $root.holdfast.telemetry.v1.SecurityAlertRaised.encode(message.securityAlertRaised, writer.uint32(730).fork(), _depth + 1).ldelim();
                    if (message.physicalAccess != null && $Object.hasOwnProperty.call(message, "physicalAccess"))
                        $root.holdfast.telemetry.v1.PhysicalAccess.encode(message.physicalAccess, writer.uint32(738).fork(), _depth + 1).ldelim();
                    if (message.customDetection != null && $Object.hasOwnProperty.call(message, "customDetection"))
                        $root.holdfast.telemetry.v1.CustomDetection.encode(message.customDetection, writer.uint32(746).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Activity.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Activity();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.occurredAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.occurredAt);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.observedAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.observedAt);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.actor = $root.holdfast.telemetry.v1.Actor.decode(reader, reader.size(), $undefined, _depth + 1, message.actor);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sensor = value;
                                else
                                    delete message.sensor;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.recovered = value;
                                else
                                    delete message.recovered;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.fileCopied = $root.holdfast.telemetry.v1.FileCopied.decode(reader, reader.size(), $undefined, _depth + 1, message.fileCopied);
                                message.detail = "fileCopied";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.fileCreated = $root.holdfast.telemetry.v1.FileCreated.decode(reader, reader.size(), $undefined, _depth + 1, message.fileCreated);
                                message.detail = "fileCreated";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.fileChanged = $root.holdfast.telemetry.v1.FileChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.fileChanged);
                                message.detail = "fileChanged";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.fileRenamed = $root.holdfast.telemetry.v1.FileRenamed.decode(reader, reader.size(), $undefined, _depth + 1, message.fileRenamed);
                                message.detail = "fileRenamed";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.fileHidden = $root.holdfast.telemetry.v1.FileHidden.decode(reader, reader.size(), $undefined, _depth + 1, message.fileHidden);
                                message.detail = "fileHidden";
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.fileDeleted = $root.holdfast.telemetry.v1.FileDeleted.decode(reader, reader.size(), $undefined, _depth + 1, message.fileDeleted);
                                message.detail = "fileDeleted";
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                message.archiveCreated = $root.holdfast.telemetry.v1.ArchiveCreated.decode(reader, reader.size(), $undefined, _depth + 1, message.archiveCreated);
                                message.detail = "archiveCreated";
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                message.fileDownloaded = $root.holdfast.telemetry.v1.FileDownloaded.decode(reader, reader.size(), $undefined, _depth + 1, message.fileDownloaded);
                                message.detail = "fileDownloaded";
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                message.fileReadByTransferTool = $root.holdfast.telemetry.v1.FileReadByTransferTool.decode(reader, reader.size(), $undefined, _depth + 1, message.fileReadByTransferTool);
                                message.detail = "fileReadByTransferTool";
                                continue;
                            }
                        case 19: {
                                if (wireType !== 2)
                                    break;
                                message.filePrinted = $root.holdfast.telemetry.v1.FilePrinted.decode(reader, reader.size(), $undefined, _depth + 1, message.filePrinted);
                                message.detail = "filePrinted";
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                message.filesStaged = $root.holdfast.telemetry.v1.FilesStaged.decode(reader, reader.size(), $undefined, _depth + 1, message.filesStaged);
                                message.detail = "filesStaged";
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                message.labelChanged = $root.holdfast.telemetry.v1.LabelChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.labelChanged);
                                message.detail = "labelChanged";
                                continue;
                            }
                        case 30: {
                                if (wireType !== 2)
                                    break;
                                message.removableMediaConnected = $root.holdfast.telemetry.v1.RemovableMediaConnected.decode(reader, reader.size(), $undefined, _depth + 1, message.removableMediaConnected);
                                message.detail = "removableMediaConnected";
                                continue;
                            }
                        case 31: {
                                if (wireType !== 2)
                                    break;
                                message.removableMediaMounted = $root.holdfast.telemetry.v1.RemovableMediaMounted.decode(reader, reader.size(), $undefined, _depth + 1, message.removableMediaMounted);
                                message.detail = "removableMediaMounted";
                                continue;
                            }
                        case 32: {
                                if (wireType !== 2)
                                    break;
                                message.removableMediaUnmounted = $root.holdfast.telemetry.v1.RemovableMediaUnmounted.decode(reader, reader.size(), $undefined, _depth + 1, message.removableMediaUnmounted);
                                message.detail = "removableMediaUnmounted";
                                continue;
                            }
                        case 33: {
                                if (wireType !== 2)
                                    break;
                                message.removableMediaDisconnected = $root.holdfast.telemetry.v1.RemovableMediaDisconnected.decode(reader, reader.size(), $undefined, _depth + 1, message.removableMediaDisconnected);
                                message.detail = "removableMediaDisconnected";
                                continue;
                            }
                        case 40: {
                                if (wireType !== 2)
                                    break;
                                message.securityFeatureChanged = $root.holdfast.telemetry.v1.SecurityFeatureChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.securityFeatureChanged);
                                message.detail = "securityFeatureChanged";
                                continue;
                            }
                        case 50: {
                                if (wireType !== 2)
                                    break;
                                message.applicationInstalled = $root.holdfast.telemetry.v1.ApplicationInstalled.decode(reader, reader.size(), $undefined, _depth + 1, message.applicationInstalled);
                                message.detail = "applicationInstalled";
                                continue;
                            }
                        case 51: {
                                if (wireType !== 2)
                                    break;
                                message.applicationUpdated = $root.holdfast.telemetry.v1.ApplicationUpdated.decode(reader, reader.size(), $undefined, _depth + 1, message.applicationUpdated);
                                message.detail = "applicationUpdated";
                                continue;
                            }
                        case 52: {
                                if (wireType !== 2)
                                    break;
                                message.applicationRemoved = $root.holdfast.telemetry.v1.ApplicationRemoved.decode(reader, reader.size(), $undefined, _depth + 1, message.applicationRemoved);
                                message.detail = "applicationRemoved";
                                continue;
                            }
                        case 53: {
                                if (wireType !== 2)
                                    break;
                                message.applicationRun = $root.holdfast.telemetry.v1.ApplicationRun.decode(reader, reader.size(), $undefined, _depth + 1, message.applicationRun);
                                message.detail = "applicationRun";
                                continue;
                            }
                        case 60: {
                                if (wireType !== 2)
                                    break;
                                message.sessionStarted = $root.holdfast.telemetry.v1.SessionStarted.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionStarted);
                                message.detail = "sessionStarted";
                                continue;
                            }
                        case 61: {
                                if (wireType !== 2)
                                    break;
                                message.sessionEnded = $root.holdfast.telemetry.v1.SessionEnded.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionEnded);
                                message.detail = "sessionEnded";
                                continue;
                            }
                        case 70: {
                                if (wireType !== 2)
                                    break;
                                message.agentStarted = $root.holdfast.telemetry.v1.AgentStarted.decode(reader, reader.size(), $undefined, _depth + 1, message.agentStarted);
                                message.detail = "agentStarted";
                                continue;
                            }
                        case 71: {
                                if (wireType !== 2)
                                    break;
                                message.agentStopped = $root.holdfast.telemetry.v1.AgentStopped.decode(reader, reader.size(), $undefined, _depth + 1, message.agentStopped);
                                message.detail = "agentStopped";
                                continue;
                            }
                        case 72: {
                                if (wireType !== 2)
                                    break;
                                message.agentDegraded = $root.holdfast.telemetry.v1.AgentDegraded.decode(reader, reader.size(), $undefined, _depth + 1, message.agentDegraded);
                                message.detail = "agentDegraded";
                                continue;
                            }
                        case 73: {
                                if (wireType !== 2)
                                    break;
                                message.agentTampered = $root.holdfast.telemetry.v1.AgentTampered.decode(reader, reader.size(), $undefined, _depth + 1, message.agentTampered);
                                message.detail = "agentTampered";
                                continue;
                            }
                        case 74: {
                                if (wireType !== 2)
                                    break;
                                message.clockChanged = $root.holdfast.telemetry.v1.ClockChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.clockChanged);
                                message.detail = "clockChanged";
                                continue;
                            }
                        case 75: {
                                if (wireType !== 2)
                                    break;
                                message.telemetryGap = $root.holdfast.telemetry.v1.TelemetryGap.decode(reader, reader.size(), $undefined, _depth + 1, message.telemetryGap);
                                message.detail = "telemetryGap";
                                continue;
                            }
                        case 90: {
                                if (wireType !== 2)
                                    break;
                                message.patientRecordAccessed = $root.holdfast.telemetry.v1.PatientRecordAccessed.decode(reader, reader.size(), $undefined, _depth + 1, message.patientRecordAccessed);
                                message.detail = "patientRecordAccessed";
                                continue;
                            }
                        case 91: {
                                if (wireType !== 2)
                                    break;
                                message.securityAlertRaised = $root.holdfast.telemetry.v1.SecurityAlertRaised.decode(reader, reader.size(), $undefined, _depth + 1, message.securityAlertRaised);
                                message.detail = "securityAlertRaised";
                                continue;
                            }
                        case 92: {
                                if (wireType !== 2)
                                    break;
                                message.physicalAccess = $root.holdfast.telemetry.v1.PhysicalAccess.decode(reader, reader.size(), $undefined, _depth + 1, message.physicalAccess);
                                message.detail = "physicalAccess";
                                continue;
                            }
                        case 93: {
                                if (wireType !== 2)
                                    break;
                                message.customDetection = $root.holdfast.telemetry.v1.CustomDetection.decode(reader, reader.size(), $undefined, _depth + 1, message.customDetection);
                                message.detail = "customDetection";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Activity.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Activity)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Activity: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Activity();
                    if (object.occurredAt != null) {
                        if (!$util.isObject(object.occurredAt))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.occurredAt: object expected");
                        message.occurredAt = $root.google.protobuf.Timestamp.fromObject(object.occurredAt, _depth + 1);
                    }
                    if (object.observedAt != null) {
                        if (!$util.isObject(object.observedAt))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.observedAt: object expected");
                        message.observedAt = $root.google.protobuf.Timestamp.fromObject(object.observedAt, _depth + 1);
                    }
                    if (object.actor != null) {
                        if (!$util.isObject(object.actor))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.actor: object expected");
                        message.actor = $root.holdfast.telemetry.v1.Actor.fromObject(object.actor, _depth + 1);
                    }
                    if (object.sensor != null)
                        if (typeof object.sensor !== "string" || object.sensor.length)
                            message.sensor = $String(object.sensor);
                    if (object.recovered != null)
                        if (object.recovered)
                            message.recovered = $Boolean(object.recovered);
                    if (object.fileCopied != null) {
                        if (!$util.isObject(object.fileCopied))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileCopied: object expected");
                        message.fileCopied = $root.holdfast.telemetry.v1.FileCopied.fromObject(object.fileCopied, _depth + 1);
                    }
                    if (object.fileCreated != null) {
                        if (!$util.isObject(object.fileCreated))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileCreated: object expected");
                        message.fileCreated = $root.holdfast.telemetry.v1.FileCreated.fromObject(object.fileCreated, _depth + 1);
                    }
                    if (object.fileChanged != null) {
                        if (!$util.isObject(object.fileChanged))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileChanged: object expected");
                        message.fileChanged = $root.holdfast.telemetry.v1.FileChanged.fromObject(object.fileChanged, _depth + 1);
                    }
                    if (object.fileRenamed != null) {
                        if (!$util.isObject(object.fileRenamed))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileRenamed: object expected");
                        message.fileRenamed = $root.holdfast.telemetry.v1.FileRenamed.fromObject(object.fileRenamed, _depth + 1);
                    }
                    if (object.fileHidden != null) {
                        if (!$util.isObject(object.fileHidden))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileHidden: object expected");
                        message.fileHidden = $root.holdfast.telemetry.v1.FileHidden.fromObject(object.fileHidden, _depth + 1);
                    }
                    if (object.fileDeleted != null) {
                        if (!$util.isObject(object.fileDeleted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileDeleted: object expected");
                        message.fileDeleted = $root.holdfast.telemetry.v1.FileDeleted.fromObject(object.fileDeleted, _depth + 1);
                    }
                    if (object.archiveCreated != null) {
                        if (!$util.isObject(object.archiveCreated))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.archiveCreated: object expected");
                        message.archiveCreated = $root.holdfast.telemetry.v1.ArchiveCreated.fromObject(object.archiveCreated, _depth + 1);
                    }
                    if (object.fileDownloaded != null) {
                        if (!$util.isObject(object.fileDownloaded))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileDownloaded: object expected");
                        message.fileDownloaded = $root.holdfast.telemetry.v1.FileDownloaded.fromObject(object.fileDownloaded, _depth + 1);
                    }
                    if (object.fileReadByTransferTool != null) {
                        if (!$util.isObject(object.fileReadByTransferTool))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.fileReadByTransferTool: object expected");
                        message.fileReadByTransferTool = $root.holdfast.telemetry.v1.FileReadByTransferTool.fromObject(object.fileReadByTransferTool, _depth + 1);
                    }
                    if (object.filePrinted != null) {
                        if (!$util.isObject(object.filePrinted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.filePrinted: object expected");
                        message.filePrinted = $root.holdfast.telemetry.v1.FilePrinted.fromObject(object.filePrinted, _depth + 1);
                    }
                    if (object.filesStaged != null) {
                        if (!$util.isObject(object.filesStaged))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.filesStaged: object expected");
                        message.filesStaged = $root.holdfast.telemetry.v1.FilesStaged.fromObject(object.filesStaged, _depth + 1);
                    }
                    if (object.labelChanged != null) {
                        if (!$util.isObject(object.labelChanged))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.labelChanged: object expected");
                        message.labelChanged = $root.holdfast.telemetry.v1.LabelChanged.fromObject(object.labelChanged, _depth + 1);
                    }
                    if (object.removableMediaConnected != null) {
                        if (!$util.isObject(object.removableMediaConnected))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.removableMediaConnected: object expected");
                        message.removableMediaConnected = $root.holdfast.telemetry.v1.RemovableMediaConnected.fromObject(object.removableMediaConnected, _depth + 1);
                    }
                    if (object.removableMediaMounted != null) {
                        if (!$util.isObject(object.removableMediaMounted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.removableMediaMounted: object expected");
                        message.removableMediaMounted = $root.holdfast.telemetry.v1.RemovableMediaMounted.fromObject(object.removableMediaMounted, _depth + 1);
                    }
                    if (object.removableMediaUnmounted != null) {
                        if (!$util.isObject(object.removableMediaUnmounted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.removableMediaUnmounted: object expected");
                        message.removableMediaUnmounted = $root.holdfast.telemetry.v1.RemovableMediaUnmounted.fromObject(object.removableMediaUnmounted, _depth + 1);
                    }
                    if (object.removableMediaDisconnected != null) {
                        if (!$util.isObject(object.removableMediaDisconnected))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.removableMediaDisconnected: object expected");
                        message.removableMediaDisconnected = $root.holdfast.telemetry.v1.RemovableMediaDisconnected.fromObject(object.removableMediaDisconnected, _depth + 1);
                    }
                    if (object.securityFeatureChanged != null) {
                        if (!$util.isObject(object.securityFeatureChanged))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.securityFeatureChanged: object expected");
                        message.securityFeatureChanged = $root.holdfast.telemetry.v1.SecurityFeatureChanged.fromObject(object.securityFeatureChanged, _depth + 1);
                    }
                    if (object.applicationInstalled != null) {
                        if (!$util.isObject(object.applicationInstalled))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.applicationInstalled: object expected");
                        message.applicationInstalled = $root.holdfast.telemetry.v1.ApplicationInstalled.fromObject(object.applicationInstalled, _depth + 1);
                    }
                    if (object.applicationUpdated != null) {
                        if (!$util.isObject(object.applicationUpdated))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.applicationUpdated: object expected");
                        message.applicationUpdated = $root.holdfast.telemetry.v1.ApplicationUpdated.fromObject(object.applicationUpdated, _depth + 1);
                    }
                    if (object.applicationRemoved != null) {
                        if (!$util.isObject(object.applicationRemoved))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.applicationRemoved: object expected");
                        message.applicationRemoved = $root.holdfast.telemetry.v1.ApplicationRemoved.fromObject(object.applicationRemoved, _depth + 1);
                    }
                    if (object.applicationRun != null) {
                        if (!$util.isObject(object.applicationRun))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.applicationRun: object expected");
                        message.applicationRun = $root.holdfast.telemetry.v1.ApplicationRun.fromObject(object.applicationRun, _depth + 1);
                    }
                    if (object.sessionStarted != null) {
                        if (!$util.isObject(object.sessionStarted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.sessionStarted: object expected");
                        message.sessionStarted = $root.holdfast.telemetry.v1.SessionStarted.fromObject(object.sessionStarted, _depth + 1);
                    }
                    if (object.sessionEnded != null) {
                        if (!$util.isObject(object.sessionEnded))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.sessionEnded: object expected");
                        message.sessionEnded = $root.holdfast.telemetry.v1.SessionEnded.fromObject(object.sessionEnded, _depth + 1);
                    }
                    if (object.agentStarted != null) {
                        if (!$util.isObject(object.agentStarted))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.agentStarted: object expected");
                        message.agentStarted = $root.holdfast.telemetry.v1.AgentStarted.fromObject(object.agentStarted, _depth + 1);
                    }
                    if (object.agentStopped != null) {
                        if (!$util.isObject(object.agentStopped))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.agentStopped: object expected");
                        message.agentStopped = $root.holdfast.telemetry.v1.AgentStopped.fromObject(object.agentStopped, _depth + 1);
                    }
                    if (object.agentDegraded != null) {
                        if (!$util.isObject(object.agentDegraded))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.agentDegraded: object expected");
                        message.agentDegraded = $root.holdfast.telemetry.v1.AgentDegraded.fromObject(object.agentDegraded, _depth + 1);
                    }
                    if (object.agentTampered != null) {
                        if (!$util.isObject(object.agentTampered))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.agentTampered: object expected");
                        message.agentTampered = $root.holdfast.telemetry.v1.AgentTampered.fromObject(object.agentTampered, _depth + 1);
                    }
                    if (object.clockChanged != null) {
                        if (!$util.isObject(object.clockChanged))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.clockChanged: object expected");
                        message.clockChanged = $root.holdfast.telemetry.v1.ClockChanged.fromObject(object.clockChanged, _depth + 1);
                    }
                    if (object.telemetryGap != null) {
                        if (!$util.isObject(object.telemetryGap))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.telemetryGap: object expected");
                        message.telemetryGap = $root.holdfast.telemetry.v1.TelemetryGap.fromObject(object.telemetryGap, _depth + 1);
                    }
                    if (object.patientRecordAccessed != null) {
                        if (!$util.isObject(object.patientRecordAccessed))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.patientRecordAccessed: object expected");
                        message.patientRecordAccessed = $root.holdfast.telemetry.v1.PatientRecordAccessed.fromObject(object.patientRecordAccessed, _depth + 1);
                    }
                    if (object.securityAlertRaised != null) {
                        if (!$util.isObject(object.securityAlertRaised))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.securityAlertRaised: object expected");
                        message.securityAlertRaised = $root.holdfast.telemetry.v1.SecurityAlertRaised.fromObject(object.securityAlertRaised, _depth + 1);
                    }
                    if (object.physicalAccess != null) {
                        if (!$util.isObject(object.physicalAccess))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.physicalAccess: object expected");
                        message.physicalAccess = $root.holdfast.telemetry.v1.PhysicalAccess.fromObject(object.physicalAccess, _depth + 1);
                    }
                    if (object.customDetection != null) {
                        if (!$util.isObject(object.customDetection))
                            throw $TypeError(".holdfast.telemetry.v1.Activity.customDetection: object expected");
                        message.customDetection = $root.holdfast.telemetry.v1.CustomDetection.fromObject(object.customDetection, _depth + 1);
                    }
                    return message;
                };

                Activity.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.occurredAt = null;
                        object.observedAt = null;
                        object.actor = null;
                        object.sensor = "";
                        object.recovered = false;
                    }
                    if (message.occurredAt != null && $Object.hasOwnProperty.call(message, "occurredAt"))
                        object.occurredAt = $root.google.protobuf.Timestamp.toObject(message.occurredAt, options, _depth + 1);
                    if (message.observedAt != null && $Object.hasOwnProperty.call(message, "observedAt"))
                        object.observedAt = $root.google.protobuf.Timestamp.toObject(message.observedAt, options, _depth + 1);
                    if (message.actor != null && $Object.hasOwnProperty.call(message, "actor"))
                        object.actor = $root.holdfast.telemetry.v1.Actor.toObject(message.actor, options, _depth + 1);
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor"))
                        object.sensor = message.sensor;
                    if (message.recovered != null && $Object.hasOwnProperty.call(message, "recovered"))
                        object.recovered = message.recovered;
                    if (message.fileCopied != null && $Object.hasOwnProperty.call(message, "fileCopied")) {
                        object.fileCopied = $root.holdfast.telemetry.v1.FileCopied.toObject(message.fileCopied, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileCopied";
                    }
                    if (message.fileCreated != null && $Object.hasOwnProperty.call(message, "fileCreated")) {
                        object.fileCreated = $root.holdfast.telemetry.v1.FileCreated.toObject(message.fileCreated, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileCreated";
                    }
                    if (message.fileChanged != null && $Object.hasOwnProperty.call(message, "fileChanged")) {
                        object.fileChanged = $root.holdfast.telemetry.v1.FileChanged.toObject(message.fileChanged, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileChanged";
                    }
                    if (message.fileRenamed != null && $Object.hasOwnProperty.call(message, "fileRenamed")) {
                        object.fileRenamed = $root.holdfast.telemetry.v1.FileRenamed.toObject(message.fileRenamed, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileRenamed";
                    }
                    if (message.fileHidden != null && $Object.hasOwnProperty.call(message, "fileHidden")) {
                        object.fileHidden = $root.holdfast.telemetry.v1.FileHidden.toObject(message.fileHidden, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileHidden";
                    }
                    if (message.fileDeleted != null && $Object.hasOwnProperty.call(message, "fileDeleted")) {
                        object.fileDeleted = $root.holdfast.telemetry.v1.FileDeleted.toObject(message.fileDeleted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileDeleted";
                    }
                    if (message.archiveCreated != null && $Object.hasOwnProperty.call(message, "archiveCreated")) {
                        object.archiveCreated = $root.holdfast.telemetry.v1.ArchiveCreated.toObject(message.archiveCreated, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "archiveCreated";
                    }
                    if (message.fileDownloaded != null && $Object.hasOwnProperty.call(message, "fileDownloaded")) {
                        object.fileDownloaded = $root.holdfast.telemetry.v1.FileDownloaded.toObject(message.fileDownloaded, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileDownloaded";
                    }
                    if (message.fileReadByTransferTool != null && $Object.hasOwnProperty.call(message, "fileReadByTransferTool")) {
                        object.fileReadByTransferTool = $root.holdfast.telemetry.v1.FileReadByTransferTool.toObject(message.fileReadByTransferTool, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "fileReadByTransferTool";
                    }
                    if (message.filePrinted != null && $Object.hasOwnProperty.call(message, "filePrinted")) {
                        object.filePrinted = $root.holdfast.telemetry.v1.FilePrinted.toObject(message.filePrinted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "filePrinted";
                    }
                    if (message.filesStaged != null && $Object.hasOwnProperty.call(message, "filesStaged")) {
                        object.filesStaged = $root.holdfast.telemetry.v1.FilesStaged.toObject(message.filesStaged, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "filesStaged";
                    }
                    if (message.labelChanged != null && $Object.hasOwnProperty.call(message, "labelChanged")) {
                        object.labelChanged = $root.holdfast.telemetry.v1.LabelChanged.toObject(message.labelChanged, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "labelChanged";
                    }
                    if (message.removableMediaConnected != null && $Object.hasOwnProperty.call(message, "removableMediaConnected")) {
                        object.removableMediaConnected = $root.holdfast.telemetry.v1.RemovableMediaConnected.toObject(message.removableMediaConnected, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "removableMediaConnected";
                    }
                    if (message.removableMediaMounted != null && $Object.hasOwnProperty.call(message, "removableMediaMounted")) {
                        object.removableMediaMounted = $root.holdfast.telemetry.v1.RemovableMediaMounted.toObject(message.removableMediaMounted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "removableMediaMounted";
                    }
                    if (message.removableMediaUnmounted != null && $Object.hasOwnProperty.call(message, "removableMediaUnmounted")) {
                        object.removableMediaUnmounted = $root.holdfast.telemetry.v1.RemovableMediaUnmounted.toObject(message.removableMediaUnmounted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "removableMediaUnmounted";
                    }
                    if (message.removableMediaDisconnected != null && $Object.hasOwnProperty.call(message, "removableMediaDisconnected")) {
                        object.removableMediaDisconnected = $root.holdfast.telemetry.v1.RemovableMediaDisconnected.toObject(message.removableMediaDisconnected, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "removableMediaDisconnected";
                    }
                    if (message.securityFeatureChanged != null && $Object.hasOwnProperty.call(message, "securityFeatureChanged")) {
                        object.securityFeatureChanged = $root.holdfast.telemetry.v1.SecurityFeatureChanged.toObject(message.securityFeatureChanged, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "securityFeatureChanged";
                    }
                    if (message.applicationInstalled != null && $Object.hasOwnProperty.call(message, "applicationInstalled")) {
                        object.applicationInstalled = $root.holdfast.telemetry.v1.ApplicationInstalled.toObject(message.applicationInstalled, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "applicationInstalled";
                    }
                    if (message.applicationUpdated != null && $Object.hasOwnProperty.call(message, "applicationUpdated")) {
                        object.applicationUpdated = $root.holdfast.telemetry.v1.ApplicationUpdated.toObject(message.applicationUpdated, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "applicationUpdated";
                    }
                    if (message.applicationRemoved != null && $Object.hasOwnProperty.call(message, "applicationRemoved")) {
                        object.applicationRemoved = $root.holdfast.telemetry.v1.ApplicationRemoved.toObject(message.applicationRemoved, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "applicationRemoved";
                    }
                    if (message.applicationRun != null && $Object.hasOwnProperty.call(message, "applicationRun")) {
                        object.applicationRun = $root.holdfast.telemetry.v1.ApplicationRun.toObject(message.applicationRun, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "applicationRun";
                    }
                    if (message.sessionStarted != null && $Object.hasOwnProperty.call(message, "sessionStarted")) {
                        object.sessionStarted = $root.holdfast.telemetry.v1.SessionStarted.toObject(message.sessionStarted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "sessionStarted";
                    }
                    if (message.sessionEnded != null && $Object.hasOwnProperty.call(message, "sessionEnded")) {
                        object.sessionEnded = $root.holdfast.telemetry.v1.SessionEnded.toObject(message.sessionEnded, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "sessionEnded";
                    }
                    if (message.agentStarted != null && $Object.hasOwnProperty.call(message, "agentStarted")) {
                        object.agentStarted = $root.holdfast.telemetry.v1.AgentStarted.toObject(message.agentStarted, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "agentStarted";
                    }
                    if (message.agentStopped != null && $Object.hasOwnProperty.call(message, "agentStopped")) {
                        object.agentStopped = $root.holdfast.telemetry.v1.AgentStopped.toObject(message.agentStopped, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "agentStopped";
                    }
                    if (message.agentDegraded != null && $Object.hasOwnProperty.call(message, "agentDegraded")) {
                        object.agentDegraded = $root.holdfast.telemetry.v1.AgentDegraded.toObject(message.agentDegraded, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "agentDegraded";
                    }
                    if (message.agentTampered != null && $Object.hasOwnProperty.call(message, "agentTampered")) {
                        object.agentTampered = $root.holdfast.telemetry.v1.AgentTampered.toObject(message.agentTampered, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "agentTampered";
                    }
                    if (message.clockChanged != null && $Object.hasOwnProperty.call(message, "clockChanged")) {
                        object.clockChanged = $root.holdfast.telemetry.v1.ClockChanged.toObject(message.clockChanged, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "clockChanged";
                    }
                    if (message.telemetryGap != null && $Object.hasOwnProperty.call(message, "telemetryGap")) {
                        object.telemetryGap = $root.holdfast.telemetry.v1.TelemetryGap.toObject(message.telemetryGap, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "telemetryGap";
                    }
                    if (message.patientRecordAccessed != null && $Object.hasOwnProperty.call(message, "patientRecordAccessed")) {
                        object.patientRecordAccessed = $root.holdfast.telemetry.v1.PatientRecordAccessed.toObject(message.patientRecordAccessed, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "patientRecordAccessed";
                    }
                    if (message.securityAlertRaised != null && $Object.hasOwnProperty.call(message, "securityAlertRaised")) {
                        object.securityAlertRaised = $root.holdfast.telemetry.v1.SecurityAlertRaised.toObject(message.securityAlertRaised, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "securityAlertRaised";
                    }
                    if (message.physicalAccess != null && $Object.hasOwnProperty.call(message, "physicalAccess")) {
                        object.physicalAccess = $root.holdfast.telemetry.v1.PhysicalAccess.toObject(message.physicalAccess, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "physicalAccess";
                    }
                    if (message.customDetection != null && $Object.hasOwnProperty.call(message, "customDetection")) {
                        object.customDetection = $root.holdfast.telemetry.v1.CustomDetection.toObject(message.customDetection, options, _depth + 1);
                        if (options.oneofs)
                            object.detail = "customDetection";
                    }
                    return object;
                };

                Activity.prototype.toJSON = function() {
                    return Activity.toObject(this, $protobuf.util.toJSONOptions);
                };

                Activity.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Activity";
                };

                return Activity;
            })();

            v1.Attribution = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ATTRIBUTION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ATTRIBUTION_PROCESS"] = 1;
                values[valuesById[2] = "ATTRIBUTION_FILE_OWNER"] = 2;
                values[valuesById[3] = "ATTRIBUTION_SESSION"] = 3;
                return values;
            })();

            v1.Actor = (function() {

                const Actor = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Actor.prototype.account = "";
                Actor.prototype.accountId = "";
                Actor.prototype.domain = "";
                Actor.prototype.attribution = 0;
                Actor.prototype.process = null;

                Actor.create = function(properties) {
                    return new Actor(properties);
                };

                Actor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.account != null && $Object.hasOwnProperty.call(message, "account") && message.account !== "")
                        writer.uint32(10).string(message.account);
                    if (message.accountId != null && $Object.hasOwnProperty.call(message, "accountId") && message.accountId !== "")
                        writer.uint32(18).string(message.accountId);
                    if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                        writer.uint32(26).string(message.domain);
                    if (message.attribution != null && $Object.hasOwnProperty.call(message, "attribution") && message.attribution !== 0)
                        writer.uint32(32).int32(message.attribution);
                    if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
                        $root.holdfast.telemetry.v1.Process.encode(message.process, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Actor.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Actor();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.account = value;
                                else
                                    delete message.account;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.accountId = value;
                                else
                                    delete message.accountId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.domain = value;
                                else
                                    delete message.domain;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.attribution = value;
                                else
                                    delete message.attribution;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.process = $root.holdfast.telemetry.v1.Process.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Actor.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Actor)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Actor: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Actor();
                    if (object.account != null)
                        if (typeof object.account !== "string" || object.account.length)
                            message.account = $String(object.account);
                    if (object.accountId != null)
                        if (typeof object.accountId !== "string" || object.accountId.length)
                            message.accountId = $String(object.accountId);
                    if (object.domain != null)
                        if (typeof object.domain !== "string" || object.domain.length)
                            message.domain = $String(object.domain);
                    if (object.attribution !== 0 && (typeof object.attribution !== "string" || $root.holdfast.telemetry.v1.Attribution[object.attribution] !== 0))
                        switch (object.attribution) {
                        case "ATTRIBUTION_UNSPECIFIED":
                        case 0:
                            message.attribution = 0;
                            break;
                        case "ATTRIBUTION_PROCESS":
                        case 1:
                            message.attribution = 1;
                            break;
                        case "ATTRIBUTION_FILE_OWNER":
                        case 2:
                            message.attribution = 2;
                            break;
                        case "ATTRIBUTION_SESSION":
                        case 3:
                            message.attribution = 3;
                            break;
                        default:
                            if (typeof object.attribution === "number" && (object.attribution | 0) === object.attribution)
                                message.attribution = object.attribution;
                        }
                    if (object.process != null) {
                        if (!$util.isObject(object.process))
                            throw $TypeError(".holdfast.telemetry.v1.Actor.process: object expected");
                        message.process = $root.holdfast.telemetry.v1.Process.fromObject(object.process, _depth + 1);
                    }
                    return message;
                };

                Actor.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.account = "";
                        object.accountId = "";
                        object.domain = "";
                        object.attribution = options.enums === $String ? "ATTRIBUTION_UNSPECIFIED" : 0;
                        object.process = null;
                    }
                    if (message.account != null && $Object.hasOwnProperty.call(message, "account"))
                        object.account = message.account;
                    if (message.accountId != null && $Object.hasOwnProperty.call(message, "accountId"))
                        object.accountId = message.accountId;
                    if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
                        object.domain = message.domain;
                    if (message.attribution != null && $Object.hasOwnProperty.call(message, "attribution"))
                        object.attribution = options.enums === $String ? $root.holdfast.telemetry.v1.Attribution[message.attribution] === $undefined ? message.attribution : $root.holdfast.telemetry.v1.Attribution[message.attribution] : message.attribution;
                    if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
                        object.process = $root.holdfast.telemetry.v1.Process.toObject(message.process, options, _depth + 1);
                    return object;
                };

                Actor.prototype.toJSON = function() {
                    return Actor.toObject(this, $protobuf.util.toJSONOptions);
                };

                Actor.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Actor";
                };

                return Actor;
            })();

            v1.Process = (function() {

                const Process = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Process.prototype.pid = 0;
                Process.prototype.name = "";
                Process.prototype.executable = "";
                Process.prototype.parentName = "";
                Process.prototype.parentPid = 0;
                Process.prototype.container = "";

                Process.create = function(properties) {
                    return new Process(properties);
                };

                Process.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                        writer.uint32(8).uint32(message.pid);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.executable != null && $Object.hasOwnProperty.call(message, "executable") && message.executable !== "")
                        writer.uint32(26).string(message.executable);
                    if (message.parentName != null && $Object.hasOwnProperty.call(message, "parentName") && message.parentName !== "")
                        writer.uint32(34).string(message.parentName);
                    if (message.parentPid != null && $Object.hasOwnProperty.call(message, "parentPid") && message.parentPid !== 0)
                        writer.uint32(40).uint32(message.parentPid);
                    if (message.container != null && $Object.hasOwnProperty.call(message, "container") && message.container !== "")
                        writer.uint32(50).string(message.container);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Process.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Process();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pid = value;
                                else
                                    delete message.pid;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.executable = value;
                                else
                                    delete message.executable;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.parentName = value;
                                else
                                    delete message.parentName;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.parentPid = value;
                                else
                                    delete message.parentPid;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.container = value;
                                else
                                    delete message.container;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Process.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Process)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Process: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Process();
                    if (object.pid != null)
                        if ($Number(object.pid) !== 0)
                            message.pid = object.pid >>> 0;
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.executable != null)
                        if (typeof object.executable !== "string" || object.executable.length)
                            message.executable = $String(object.executable);
                    if (object.parentName != null)
                        if (typeof object.parentName !== "string" || object.parentName.length)
                            message.parentName = $String(object.parentName);
                    if (object.parentPid != null)
                        if ($Number(object.parentPid) !== 0)
                            message.parentPid = object.parentPid >>> 0;
                    if (object.container != null)
                        if (typeof object.container !== "string" || object.container.length)
                            message.container = $String(object.container);
                    return message;
                };

                Process.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.pid = 0;
                        object.name = "";
                        object.executable = "";
                        object.parentName = "";
                        object.parentPid = 0;
                        object.container = "";
                    }
                    if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                        object.pid = message.pid;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.executable != null && $Object.hasOwnProperty.call(message, "executable"))
                        object.executable = message.executable;
                    if (message.parentName != null && $Object.hasOwnProperty.call(message, "parentName"))
                        object.parentName = message.parentName;
                    if (message.parentPid != null && $Object.hasOwnProperty.call(message, "parentPid"))
                        object.parentPid = message.parentPid;
                    if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                        object.container = message.container;
                    return object;
                };

                Process.prototype.toJSON = function() {
                    return Process.toObject(this, $protobuf.util.toJSONOptions);
                };

                Process.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Process";
                };

                return Process;
            })();

            v1.LocationKind = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "LOCATION_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "LOCATION_KIND_LOCAL"] = 1;
                values[valuesById[2] = "LOCATION_KIND_REMOVABLE"] = 2;
                values[valuesById[3] = "LOCATION_KIND_NETWORK_SHARE"] = 3;
                values[valuesById[4] = "LOCATION_KIND_CLOUD_SYNC"] = 4;
                values[valuesById[5] = "LOCATION_KIND_REMOTE_SESSION"] = 5;
                return values;
            })();

            v1.FileFacts = (function() {

                const FileFacts = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileFacts.prototype.path = "";
                FileFacts.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FileFacts.prototype.sha256 = "";
                FileFacts.prototype.fingerprint = "";
                FileFacts.prototype.location = 0;
                FileFacts.prototype.state = "";
                FileFacts.prototype.mimeType = "";
                FileFacts.prototype.content = null;

                FileFacts.create = function(properties) {
                    return new FileFacts(properties);
                };

                FileFacts.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(10).string(message.path);
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                        writer.uint32(16).uint64(message.sizeBytes);
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256 !== "")
                        writer.uint32(26).string(message.sha256);
                    if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint !== "")
                        writer.uint32(34).string(message.fingerprint);
                    if (message.location != null && $Object.hasOwnProperty.call(message, "location") && message.location !== 0)
                        writer.uint32(40).int32(message.location);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(50).string(message.state);
                    if (message.mimeType != null && $Object.hasOwnProperty.call(message, "mimeType") && message.mimeType !== "")
                        writer.uint32(58).string(message.mimeType);
                    if (message.content != null && $Object.hasOwnProperty.call(message, "content"))
                        $root.holdfast.telemetry.v1.ContentInspectionResult.encode(message.content, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileFacts.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileFacts();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sizeBytes = value;
                                else
                                    delete message.sizeBytes;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sha256 = value;
                                else
                                    delete message.sha256;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fingerprint = value;
                                else
                                    delete message.fingerprint;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.location = value;
                                else
                                    delete message.location;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.mimeType = value;
                                else
                                    delete message.mimeType;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.content = $root.holdfast.telemetry.v1.ContentInspectionResult.decode(reader, reader.size(), $undefined, _depth + 1, message.content);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileFacts.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileFacts)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileFacts: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileFacts();
                    if (object.path != null)
                        if (typeof object.path !== "string" || object.path.length)
                            message.path = $String(object.path);
                    if (object.sizeBytes != null)
                        if (typeof object.sizeBytes === "object" ? object.sizeBytes.low || object.sizeBytes.high : $Number(object.sizeBytes) !== 0)
                            if ($util.Long)
                                message.sizeBytes = $util.Long.fromValue(object.sizeBytes, true);
                            else if (typeof object.sizeBytes === "string")
                                message.sizeBytes = $parseInt(object.sizeBytes, 10);
                            else if (typeof object.sizeBytes === "number")
                                message.sizeBytes = object.sizeBytes;
                            else if (typeof object.sizeBytes === "object")
                                message.sizeBytes = new $util.LongBits(object.sizeBytes.low >>> 0, object.sizeBytes.high >>> 0).toNumber(true);
                    if (object.sha256 != null)
                        if (typeof object.sha256 !== "string" || object.sha256.length)
                            message.sha256 = $String(object.sha256);
                    if (object.fingerprint != null)
                        if (typeof object.fingerprint !== "string" || object.fingerprint.length)
                            message.fingerprint = $String(object.fingerprint);
                    if (object.location !== 0 && (typeof object.location !== "string" || $root.holdfast.telemetry.v1.LocationKind[object.location] !== 0))
                        switch (object.location) {
                        case "LOCATION_KIND_UNSPECIFIED":
                        case 0:
                            message.location = 0;
                            break;
                        case "LOCATION_KIND_LOCAL":
                        case 1:
                            message.location = 1;
                            break;
                        case "LOCATION_KIND_REMOVABLE":
                        case 2:
                            message.location = 2;
                            break;
                        case "LOCATION_KIND_NETWORK_SHARE":
                        case 3:
                            message.location = 3;
                            break;
                        case "LOCATION_KIND_CLOUD_SYNC":
                        case 4:
                            message.location = 4;
                            break;
                        case "LOCATION_KIND_REMOTE_SESSION":
                        case 5:
                            message.location = 5;
                            break;
                        default:
                            if (typeof object.location === "number" && (object.location | 0) === object.location)
                                message.location = object.location;
                        }
                    if (object.state != null)
                        if (typeof object.state !== "string" || object.state.length)
                            message.state = $String(object.state);
                    if (object.mimeType != null)
                        if (typeof object.mimeType !== "string" || object.mimeType.length)
                            message.mimeType = $String(object.mimeType);
                    if (object.content != null) {
                        if (!$util.isObject(object.content))
                            throw $TypeError(".holdfast.telemetry.v1.FileFacts.content: object expected");
                        message.content = $root.holdfast.telemetry.v1.ContentInspectionResult.fromObject(object.content, _depth + 1);
                    }
                    return message;
                };

                FileFacts.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.path = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sizeBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sizeBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.sha256 = "";
                        object.fingerprint = "";
                        object.location = options.enums === $String ? "LOCATION_KIND_UNSPECIFIED" : 0;
                        object.state = "";
                        object.mimeType = "";
                        object.content = null;
                    }
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        object.path = message.path;
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sizeBytes = typeof message.sizeBytes === "number" ? $BigInt(message.sizeBytes) : $util.Long.fromBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.sizeBytes === "number")
                            object.sizeBytes = options.longs === $String ? $String(message.sizeBytes) : message.sizeBytes;
                        else
                            object.sizeBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.sizeBytes) : options.longs === $Number ? new $util.LongBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0).toNumber(true) : message.sizeBytes;
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256"))
                        object.sha256 = message.sha256;
                    if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint"))
                        object.fingerprint = message.fingerprint;
                    if (message.location != null && $Object.hasOwnProperty.call(message, "location"))
                        object.location = options.enums === $String ? $root.holdfast.telemetry.v1.LocationKind[message.location] === $undefined ? message.location : $root.holdfast.telemetry.v1.LocationKind[message.location] : message.location;
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        object.state = message.state;
                    if (message.mimeType != null && $Object.hasOwnProperty.call(message, "mimeType"))
                        object.mimeType = message.mimeType;
                    if (message.content != null && $Object.hasOwnProperty.call(message, "content"))
                        object.content = $root.holdfast.telemetry.v1.ContentInspectionResult.toObject(message.content, options, _depth + 1);
                    return object;
                };

                FileFacts.prototype.toJSON = function() {
                    return FileFacts.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileFacts.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileFacts";
                };

                return FileFacts;
            })();

            v1.ContentInspectionResult = (function() {

                const ContentInspectionResult = function (properties) {
                    this.findings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ContentInspectionResult.prototype.state = "";
                ContentInspectionResult.prototype.findings = $util.emptyArray;
                ContentInspectionResult.prototype.label = "";
                ContentInspectionResult.prototype.labelId = "";
                ContentInspectionResult.prototype.language = "";

                ContentInspectionResult.create = function(properties) {
                    return new ContentInspectionResult(properties);
                };

                ContentInspectionResult.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(10).string(message.state);
                    if (message.findings != null && message.findings.length)
                        for (let i = 0; i < message.findings.length; ++i)
                            $root.holdfast.telemetry.v1.ContentFinding.encode(message.findings[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.label != null && $Object.hasOwnProperty.call(message, "label") && message.label !== "")
                        writer.uint32(26).string(message.label);
                    if (message.labelId != null && $Object.hasOwnProperty.call(message, "labelId") && message.labelId !== "")
                        writer.uint32(34).string(message.labelId);
                    if (message.language != null && $Object.hasOwnProperty.call(message, "language") && message.language !== "")
                        writer.uint32(42).string(message.language);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ContentInspectionResult.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ContentInspectionResult();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.findings && message.findings.length))
                                    message.findings = [];
                                message.findings.push($root.holdfast.telemetry.v1.ContentFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.label = value;
                                else
                                    delete message.label;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.labelId = value;
                                else
                                    delete message.labelId;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.language = value;
                                else
                                    delete message.language;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ContentInspectionResult.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ContentInspectionResult)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ContentInspectionResult: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ContentInspectionResult();
                    if (object.state != null)
                        if (typeof object.state !== "string" || object.state.length)
                            message.state = $String(object.state);
                    if (object.findings) {
                        if (!$Array.isArray(object.findings))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspectionResult.findings: array expected");
                        message.findings = $Array(object.findings.length);
                        for (let i = 0; i < object.findings.length; ++i) {
                            if (!$util.isObject(object.findings[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ContentInspectionResult.findings: object expected");
                            message.findings[i] = $root.holdfast.telemetry.v1.ContentFinding.fromObject(object.findings[i], _depth + 1);
                        }
                    }
                    if (object.label != null)
                        if (typeof object.label !== "string" || object.label.length)
                            message.label = $String(object.label);
                    if (object.labelId != null)
                        if (typeof object.labelId !== "string" || object.labelId.length)
                            message.labelId = $String(object.labelId);
                    if (object.language != null)
                        if (typeof object.language !== "string" || object.language.length)
                            message.language = $String(object.language);
                    return message;
                };

                ContentInspectionResult.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.findings = [];
                    if (options.defaults) {
                        object.state = "";
                        object.label = "";
                        object.labelId = "";
                        object.language = "";
                    }
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        object.state = message.state;
                    if (message.findings && message.findings.length) {
                        object.findings = $Array(message.findings.length);
                        for (let j = 0; j < message.findings.length; ++j)
                            object.findings[j] = $root.holdfast.telemetry.v1.ContentFinding.toObject(message.findings[j], options, _depth + 1);
                    }
                    if (message.label != null && $Object.hasOwnProperty.call(message, "label"))
                        object.label = message.label;
                    if (message.labelId != null && $Object.hasOwnProperty.call(message, "labelId"))
                        object.labelId = message.labelId;
                    if (message.language != null && $Object.hasOwnProperty.call(message, "language"))
                        object.language = message.language;
                    return object;
                };

                ContentInspectionResult.prototype.toJSON = function() {
                    return ContentInspectionResult.toObject(this, $protobuf.util.toJSONOptions);
                };

                ContentInspectionResult.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ContentInspectionResult";
                };

                return ContentInspectionResult;
            })();

            v1.Media = (function() {

                const Media = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Media.prototype.vendor = "";
                Media.prototype.model = "";
                Media.prototype.serial = "";
                Media.prototype.bus = "";
                Media.prototype.capacityBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Media.prototype.fileSystem = "";
                Media.prototype.mountPoint = "";
                Media.prototype.deviceNode = "";
                Media.prototype.vendorId = "";
                Media.prototype.productId = "";
                Media.prototype.volumeLabel = "";
                Media.prototype.encrypted = false;

                Media.create = function(properties) {
                    return new Media(properties);
                };

                Media.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.vendor != null && $Object.hasOwnProperty.call(message, "vendor") && message.vendor !== "")
                        writer.uint32(10).string(message.vendor);
                    if (message.model != null && $Object.hasOwnProperty.call(message, "model") && message.model !== "")
                        writer.uint32(18).string(message.model);
                    if (message.serial != null && $Object.hasOwnProperty.call(message, "serial") && message.serial !== "")
                        writer.uint32(26).string(message.serial);
                    if (message.bus != null && $Object.hasOwnProperty.call(message, "bus") && message.bus !== "")
                        writer.uint32(34).string(message.bus);
                    if (message.capacityBytes != null && $Object.hasOwnProperty.call(message, "capacityBytes") && (typeof message.capacityBytes === "object" ? message.capacityBytes.low || message.capacityBytes.high : message.capacityBytes !== 0))
                        writer.uint32(40).uint64(message.capacityBytes);
                    if (message.fileSystem != null && $Object.hasOwnProperty.call(message, "fileSystem") && message.fileSystem !== "")
                        writer.uint32(50).string(message.fileSystem);
                    if (message.mountPoint != null && $Object.hasOwnProperty.call(message, "mountPoint") && message.mountPoint !== "")
                        writer.uint32(58).string(message.mountPoint);
                    if (message.deviceNode != null && $Object.hasOwnProperty.call(message, "deviceNode") && message.deviceNode !== "")
                        writer.uint32(66).string(message.deviceNode);
                    if (message.vendorId != null && $Object.hasOwnProperty.call(message, "vendorId") && message.vendorId !== "")
                        writer.uint32(74).string(message.vendorId);
                    if (message.productId != null && $Object.hasOwnProperty.call(message, "productId") && message.productId !== "")
                        writer.uint32(82).string(message.productId);
                    if (message.volumeLabel != null && $Object.hasOwnProperty.call(message, "volumeLabel") && message.volumeLabel !== "")
                        writer.uint32(90).string(message.volumeLabel);
                    if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted") && message.encrypted !== false)
                        writer.uint32(96).bool(message.encrypted);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Media.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Media();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.vendor = value;
                                else
                                    delete message.vendor;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.model = value;
                                else
                                    delete message.model;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serial = value;
                                else
                                    delete message.serial;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.bus = value;
                                else
                                    delete message.bus;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.capacityBytes = value;
                                else
                                    delete message.capacityBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fileSystem = value;
                                else
                                    delete message.fileSystem;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.mountPoint = value;
                                else
                                    delete message.mountPoint;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.deviceNode = value;
                                else
                                    delete message.deviceNode;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.vendorId = value;
                                else
                                    delete message.vendorId;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.productId = value;
                                else
                                    delete message.productId;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.volumeLabel = value;
                                else
                                    delete message.volumeLabel;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.encrypted = value;
                                else
                                    delete message.encrypted;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Media.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Media)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Media: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Media();
                    if (object.vendor != null)
                        if (typeof object.vendor !== "string" || object.vendor.length)
                            message.vendor = $String(object.vendor);
                    if (object.model != null)
                        if (typeof object.model !== "string" || object.model.length)
                            message.model = $String(object.model);
                    if (object.serial != null)
                        if (typeof object.serial !== "string" || object.serial.length)
                            message.serial = $String(object.serial);
                    if (object.bus != null)
                        if (typeof object.bus !== "string" || object.bus.length)
                            message.bus = $String(object.bus);
                    if (object.capacityBytes != null)
                        if (typeof object.capacityBytes === "object" ? object.capacityBytes.low || object.capacityBytes.high : $Number(object.capacityBytes) !== 0)
                            if ($util.Long)
                                message.capacityBytes = $util.Long.fromValue(object.capacityBytes, true);
                            else if (typeof object.capacityBytes === "string")
                                message.capacityBytes = $parseInt(object.capacityBytes, 10);
                            else if (typeof object.capacityBytes === "number")
                                message.capacityBytes = object.capacityBytes;
                            else if (typeof object.capacityBytes === "object")
                                message.capacityBytes = new $util.LongBits(object.capacityBytes.low >>> 0, object.capacityBytes.high >>> 0).toNumber(true);
                    if (object.fileSystem != null)
                        if (typeof object.fileSystem !== "string" || object.fileSystem.length)
                            message.fileSystem = $String(object.fileSystem);
                    if (object.mountPoint != null)
                        if (typeof object.mountPoint !== "string" || object.mountPoint.length)
                            message.mountPoint = $String(object.mountPoint);
                    if (object.deviceNode != null)
                        if (typeof object.deviceNode !== "string" || object.deviceNode.length)
                            message.deviceNode = $String(object.deviceNode);
                    if (object.vendorId != null)
                        if (typeof object.vendorId !== "string" || object.vendorId.length)
                            message.vendorId = $String(object.vendorId);
                    if (object.productId != null)
                        if (typeof object.productId !== "string" || object.productId.length)
                            message.productId = $String(object.productId);
                    if (object.volumeLabel != null)
                        if (typeof object.volumeLabel !== "string" || object.volumeLabel.length)
                            message.volumeLabel = $String(object.volumeLabel);
                    if (object.encrypted != null)
                        if (object.encrypted)
                            message.encrypted = $Boolean(object.encrypted);
                    return message;
                };

                Media.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.vendor = "";
                        object.model = "";
                        object.serial = "";
                        object.bus = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.capacityBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.capacityBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.fileSystem = "";
                        object.mountPoint = "";
                        object.deviceNode = "";
                        object.vendorId = "";
                        object.productId = "";
                        object.volumeLabel = "";
                        object.encrypted = false;
                    }
                    if (message.vendor != null && $Object.hasOwnProperty.call(message, "vendor"))
                        object.vendor = message.vendor;
                    if (message.model != null && $Object.hasOwnProperty.call(message, "model"))
                        object.model = message.model;
                    if (message.serial != null && $Object.hasOwnProperty.call(message, "serial"))
                        object.serial = message.serial;
                    if (message.bus != null && $Object.hasOwnProperty.call(message, "bus"))
                        object.bus = message.bus;
                    if (message.capacityBytes != null && $Object.hasOwnProperty.call(message, "capacityBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.capacityBytes = typeof message.capacityBytes === "number" ? $BigInt(message.capacityBytes) : $util.Long.fromBits(message.capacityBytes.low >>> 0, message.capacityBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.capacityBytes === "number")
                            object.capacityBytes = options.longs === $String ? $String(message.capacityBytes) : message.capacityBytes;
                        else
                            object.capacityBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.capacityBytes) : options.longs === $Number ? new $util.LongBits(message.capacityBytes.low >>> 0, message.capacityBytes.high >>> 0).toNumber(true) : message.capacityBytes;
                    if (message.fileSystem != null && $Object.hasOwnProperty.call(message, "fileSystem"))
                        object.fileSystem = message.fileSystem;
                    if (message.mountPoint != null && $Object.hasOwnProperty.call(message, "mountPoint"))
                        object.mountPoint = message.mountPoint;
                    if (message.deviceNode != null && $Object.hasOwnProperty.call(message, "deviceNode"))
                        object.deviceNode = message.deviceNode;
                    if (message.vendorId != null && $Object.hasOwnProperty.call(message, "vendorId"))
                        object.vendorId = message.vendorId;
                    if (message.productId != null && $Object.hasOwnProperty.call(message, "productId"))
                        object.productId = message.productId;
                    if (message.volumeLabel != null && $Object.hasOwnProperty.call(message, "volumeLabel"))
                        object.volumeLabel = message.volumeLabel;
                    if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted"))
                        object.encrypted = message.encrypted;
                    return object;
                };

                Media.prototype.toJSON = function() {
                    return Media.toObject(this, $protobuf.util.toJSONOptions);
                };

                Media.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Media";
                };

                return Media;
            })();

            v1.ContentFinding = (function() {

                const ContentFinding = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ContentFinding.prototype.type = "";
                ContentFinding.prototype.count = 0;
                ContentFinding.prototype.confidence = 0;

                ContentFinding.create = function(properties) {
                    return new ContentFinding(properties);
                };

                ContentFinding.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(10).string(message.type);
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                        writer.uint32(16).uint32(message.count);
                    if (message.confidence != null && $Object.hasOwnProperty.call(message, "confidence") && message.confidence !== 0)
                        writer.uint32(24).uint32(message.confidence);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ContentFinding.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ContentFinding();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.count = value;
                                else
                                    delete message.count;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.confidence = value;
                                else
                                    delete message.confidence;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ContentFinding.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ContentFinding)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ContentFinding: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ContentFinding();
                    if (object.type != null)
                        if (typeof object.type !== "string" || object.type.length)
                            message.type = $String(object.type);
                    if (object.count != null)
                        if ($Number(object.count) !== 0)
                            message.count = object.count >>> 0;
                    if (object.confidence != null)
                        if ($Number(object.confidence) !== 0)
                            message.confidence = object.confidence >>> 0;
                    return message;
                };

                ContentFinding.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.type = "";
                        object.count = 0;
                        object.confidence = 0;
                    }
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                        object.type = message.type;
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                        object.count = message.count;
                    if (message.confidence != null && $Object.hasOwnProperty.call(message, "confidence"))
                        object.confidence = message.confidence;
                    return object;
                };

                ContentFinding.prototype.toJSON = function() {
                    return ContentFinding.toObject(this, $protobuf.util.toJSONOptions);
                };

                ContentFinding.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ContentFinding";
                };

                return ContentFinding;
            })();

            v1.FileCopied = (function() {

                const FileCopied = function (properties) {
                    this.findings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileCopied.prototype.destination = null;
                FileCopied.prototype.source = null;
                FileCopied.prototype.media = null;
                FileCopied.prototype.findings = $util.emptyArray;
                FileCopied.prototype.sensitivityLabel = "";

                FileCopied.create = function(properties) {
                    return new FileCopied(properties);
                };

                FileCopied.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.destination, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.source, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        $root.holdfast.telemetry.v1.Media.encode(message.media, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.findings != null && message.findings.length)
                        for (let i = 0; i < message.findings.length; ++i)
                            $root.holdfast.telemetry.v1.ContentFinding.encode(message.findings[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.sensitivityLabel != null && $Object.hasOwnProperty.call(message, "sensitivityLabel") && message.sensitivityLabel !== "")
                        writer.uint32(42).string(message.sensitivityLabel);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileCopied.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileCopied();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.destination = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.destination);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.source = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.source);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.media = $root.holdfast.telemetry.v1.Media.decode(reader, reader.size(), $undefined, _depth + 1, message.media);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.findings && message.findings.length))
                                    message.findings = [];
                                message.findings.push($root.holdfast.telemetry.v1.ContentFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sensitivityLabel = value;
                                else
                                    delete message.sensitivityLabel;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileCopied.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileCopied)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileCopied: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileCopied();
                    if (object.destination != null) {
                        if (!$util.isObject(object.destination))
                            throw $TypeError(".holdfast.telemetry.v1.FileCopied.destination: object expected");
                        message.destination = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.destination, _depth + 1);
                    }
                    if (object.source != null) {
                        if (!$util.isObject(object.source))
                            throw $TypeError(".holdfast.telemetry.v1.FileCopied.source: object expected");
                        message.source = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.source, _depth + 1);
                    }
                    if (object.media != null) {
                        if (!$util.isObject(object.media))
                            throw $TypeError(".holdfast.telemetry.v1.FileCopied.media: object expected");
                        message.media = $root.holdfast.telemetry.v1.Media.fromObject(object.media, _depth + 1);
                    }
                    if (object.findings) {
                        if (!$Array.isArray(object.findings))
                            throw $TypeError(".holdfast.telemetry.v1.FileCopied.findings: array expected");
                        message.findings = $Array(object.findings.length);
                        for (let i = 0; i < object.findings.length; ++i) {
                            if (!$util.isObject(object.findings[i]))
                                throw $TypeError(".holdfast.telemetry.v1.FileCopied.findings: object expected");
                            message.findings[i] = $root.holdfast.telemetry.v1.ContentFinding.fromObject(object.findings[i], _depth + 1);
                        }
                    }
                    if (object.sensitivityLabel != null)
                        if (typeof object.sensitivityLabel !== "string" || object.sensitivityLabel.length)
                            message.sensitivityLabel = $String(object.sensitivityLabel);
                    return message;
                };

                FileCopied.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.findings = [];
                    if (options.defaults) {
                        object.destination = null;
                        object.source = null;
                        object.media = null;
                        object.sensitivityLabel = "";
                    }
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination"))
                        object.destination = $root.holdfast.telemetry.v1.FileFacts.toObject(message.destination, options, _depth + 1);
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                        object.source = $root.holdfast.telemetry.v1.FileFacts.toObject(message.source, options, _depth + 1);
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        object.media = $root.holdfast.telemetry.v1.Media.toObject(message.media, options, _depth + 1);
                    if (message.findings && message.findings.length) {
                        object.findings = $Array(message.findings.length);
                        for (let j = 0; j < message.findings.length; ++j)
                            object.findings[j] = $root.holdfast.telemetry.v1.ContentFinding.toObject(message.findings[j], options, _depth + 1);
                    }
                    if (message.sensitivityLabel != null && $Object.hasOwnProperty.call(message, "sensitivityLabel"))
                        object.sensitivityLabel = message.sensitivityLabel;
                    return object;
                };

                FileCopied.prototype.toJSON = function() {
                    return FileCopied.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileCopied.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileCopied";
                };

                return FileCopied;
            })();

            v1.FileCreated = (function() {

                const FileCreated = function (properties) {
                    this.findings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileCreated.prototype.file = null;
                FileCreated.prototype.findings = $util.emptyArray;

                FileCreated.create = function(properties) {
                    return new FileCreated(properties);
                };

                FileCreated.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.findings != null && message.findings.length)
                        for (let i = 0; i < message.findings.length; ++i)
                            $root.holdfast.telemetry.v1.ContentFinding.encode(message.findings[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileCreated.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileCreated();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.findings && message.findings.length))
                                    message.findings = [];
                                message.findings.push($root.holdfast.telemetry.v1.ContentFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileCreated.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileCreated)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileCreated: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileCreated();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileCreated.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.findings) {
                        if (!$Array.isArray(object.findings))
                            throw $TypeError(".holdfast.telemetry.v1.FileCreated.findings: array expected");
                        message.findings = $Array(object.findings.length);
                        for (let i = 0; i < object.findings.length; ++i) {
                            if (!$util.isObject(object.findings[i]))
                                throw $TypeError(".holdfast.telemetry.v1.FileCreated.findings: object expected");
                            message.findings[i] = $root.holdfast.telemetry.v1.ContentFinding.fromObject(object.findings[i], _depth + 1);
                        }
                    }
                    return message;
                };

                FileCreated.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.findings = [];
                    if (options.defaults)
                        object.file = null;
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.findings && message.findings.length) {
                        object.findings = $Array(message.findings.length);
                        for (let j = 0; j < message.findings.length; ++j)
                            object.findings[j] = $root.holdfast.telemetry.v1.ContentFinding.toObject(message.findings[j], options, _depth + 1);
                    }
                    return object;
                };

                FileCreated.prototype.toJSON = function() {
                    return FileCreated.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileCreated.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileCreated";
                };

                return FileCreated;
            })();

            v1.FileChanged = (function() {

                const FileChanged = function (properties) {
                    this.findings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileChanged.prototype.file = null;
                FileChanged.prototype.findings = $util.emptyArray;

                FileChanged.create = function(properties) {
                    return new FileChanged(properties);
                };

                FileChanged.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.findings != null && message.findings.length)
                        for (let i = 0; i < message.findings.length; ++i)
                            $root.holdfast.telemetry.v1.ContentFinding.encode(message.findings[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileChanged.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileChanged();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.findings && message.findings.length))
                                    message.findings = [];
                                message.findings.push($root.holdfast.telemetry.v1.ContentFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileChanged.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileChanged)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileChanged: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileChanged();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileChanged.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.findings) {
                        if (!$Array.isArray(object.findings))
                            throw $TypeError(".holdfast.telemetry.v1.FileChanged.findings: array expected");
                        message.findings = $Array(object.findings.length);
                        for (let i = 0; i < object.findings.length; ++i) {
                            if (!$util.isObject(object.findings[i]))
                                throw $TypeError(".holdfast.telemetry.v1.FileChanged.findings: object expected");
                            message.findings[i] = $root.holdfast.telemetry.v1.ContentFinding.fromObject(object.findings[i], _depth + 1);
                        }
                    }
                    return message;
                };

                FileChanged.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.findings = [];
                    if (options.defaults)
                        object.file = null;
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.findings && message.findings.length) {
                        object.findings = $Array(message.findings.length);
                        for (let j = 0; j < message.findings.length; ++j)
                            object.findings[j] = $root.holdfast.telemetry.v1.ContentFinding.toObject(message.findings[j], options, _depth + 1);
                    }
                    return object;
                };

                FileChanged.prototype.toJSON = function() {
                    return FileChanged.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileChanged.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileChanged";
                };

                return FileChanged;
            })();

            v1.FileRenamed = (function() {

                const FileRenamed = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileRenamed.prototype.file = null;
                FileRenamed.prototype.oldPath = "";
                FileRenamed.prototype.extensionChanged = false;

                FileRenamed.create = function(properties) {
                    return new FileRenamed(properties);
                };

                FileRenamed.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.oldPath != null && $Object.hasOwnProperty.call(message, "oldPath") && message.oldPath !== "")
                        writer.uint32(18).string(message.oldPath);
                    if (message.extensionChanged != null && $Object.hasOwnProperty.call(message, "extensionChanged") && message.extensionChanged !== false)
                        writer.uint32(24).bool(message.extensionChanged);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileRenamed.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileRenamed();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.oldPath = value;
                                else
                                    delete message.oldPath;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.extensionChanged = value;
                                else
                                    delete message.extensionChanged;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileRenamed.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileRenamed)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileRenamed: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileRenamed();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileRenamed.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.oldPath != null)
                        if (typeof object.oldPath !== "string" || object.oldPath.length)
                            message.oldPath = $String(object.oldPath);
                    if (object.extensionChanged != null)
                        if (object.extensionChanged)
                            message.extensionChanged = $Boolean(object.extensionChanged);
                    return message;
                };

                FileRenamed.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.file = null;
                        object.oldPath = "";
                        object.extensionChanged = false;
                    }
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.oldPath != null && $Object.hasOwnProperty.call(message, "oldPath"))
                        object.oldPath = message.oldPath;
                    if (message.extensionChanged != null && $Object.hasOwnProperty.call(message, "extensionChanged"))
                        object.extensionChanged = message.extensionChanged;
                    return object;
                };

                FileRenamed.prototype.toJSON = function() {
                    return FileRenamed.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileRenamed.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileRenamed";
                };

                return FileRenamed;
            })();

            v1.FileHidden = (function() {

                const FileHidden = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileHidden.prototype.file = null;
                FileHidden.prototype.oldPath = "";

                FileHidden.create = function(properties) {
                    return new FileHidden(properties);
                };

                FileHidden.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.oldPath != null && $Object.hasOwnProperty.call(message, "oldPath") && message.oldPath !== "")
                        writer.uint32(18).string(message.oldPath);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileHidden.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileHidden();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.oldPath = value;
                                else
                                    delete message.oldPath;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileHidden.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileHidden)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileHidden: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileHidden();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileHidden.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.oldPath != null)
                        if (typeof object.oldPath !== "string" || object.oldPath.length)
                            message.oldPath = $String(object.oldPath);
                    return message;
                };

                FileHidden.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.file = null;
                        object.oldPath = "";
                    }
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.oldPath != null && $Object.hasOwnProperty.call(message, "oldPath"))
                        object.oldPath = message.oldPath;
                    return object;
                };

                FileHidden.prototype.toJSON = function() {
                    return FileHidden.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileHidden.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileHidden";
                };

                return FileHidden;
            })();

            v1.FileDeleted = (function() {

                const FileDeleted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileDeleted.prototype.path = "";
                FileDeleted.prototype.fingerprint = "";
                FileDeleted.prototype.location = 0;
                FileDeleted.prototype.wasCopySource = false;
                FileDeleted.prototype.wasExfiltrated = false;

                FileDeleted.create = function(properties) {
                    return new FileDeleted(properties);
                };

                FileDeleted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(10).string(message.path);
                    if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint") && message.fingerprint !== "")
                        writer.uint32(18).string(message.fingerprint);
                    if (message.location != null && $Object.hasOwnProperty.call(message, "location") && message.location !== 0)
                        writer.uint32(24).int32(message.location);
                    if (message.wasCopySource != null && $Object.hasOwnProperty.call(message, "wasCopySource") && message.wasCopySource !== false)
                        writer.uint32(32).bool(message.wasCopySource);
                    if (message.wasExfiltrated != null && $Object.hasOwnProperty.call(message, "wasExfiltrated") && message.wasExfiltrated !== false)
                        writer.uint32(40).bool(message.wasExfiltrated);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileDeleted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileDeleted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fingerprint = value;
                                else
                                    delete message.fingerprint;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.location = value;
                                else
                                    delete message.location;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.wasCopySource = value;
                                else
                                    delete message.wasCopySource;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.wasExfiltrated = value;
                                else
                                    delete message.wasExfiltrated;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileDeleted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileDeleted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileDeleted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileDeleted();
                    if (object.path != null)
                        if (typeof object.path !== "string" || object.path.length)
                            message.path = $String(object.path);
                    if (object.fingerprint != null)
                        if (typeof object.fingerprint !== "string" || object.fingerprint.length)
                            message.fingerprint = $String(object.fingerprint);
                    if (object.location !== 0 && (typeof object.location !== "string" || $root.holdfast.telemetry.v1.LocationKind[object.location] !== 0))
                        switch (object.location) {
                        case "LOCATION_KIND_UNSPECIFIED":
                        case 0:
                            message.location = 0;
                            break;
                        case "LOCATION_KIND_LOCAL":
                        case 1:
                            message.location = 1;
                            break;
                        case "LOCATION_KIND_REMOVABLE":
                        case 2:
                            message.location = 2;
                            break;
                        case "LOCATION_KIND_NETWORK_SHARE":
                        case 3:
                            message.location = 3;
                            break;
                        case "LOCATION_KIND_CLOUD_SYNC":
                        case 4:
                            message.location = 4;
                            break;
                        case "LOCATION_KIND_REMOTE_SESSION":
                        case 5:
                            message.location = 5;
                            break;
                        default:
                            if (typeof object.location === "number" && (object.location | 0) === object.location)
                                message.location = object.location;
                        }
                    if (object.wasCopySource != null)
                        if (object.wasCopySource)
                            message.wasCopySource = $Boolean(object.wasCopySource);
                    if (object.wasExfiltrated != null)
                        if (object.wasExfiltrated)
                            message.wasExfiltrated = $Boolean(object.wasExfiltrated);
                    return message;
                };

                FileDeleted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.path = "";
                        object.fingerprint = "";
                        object.location = options.enums === $String ? "LOCATION_KIND_UNSPECIFIED" : 0;
                        object.wasCopySource = false;
                        object.wasExfiltrated = false;
                    }
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        object.path = message.path;
                    if (message.fingerprint != null && $Object.hasOwnProperty.call(message, "fingerprint"))
                        object.fingerprint = message.fingerprint;
                    if (message.location != null && $Object.hasOwnProperty.call(message, "location"))
                        object.location = options.enums === $String ? $root.holdfast.telemetry.v1.LocationKind[message.location] === $undefined ? message.location : $root.holdfast.telemetry.v1.LocationKind[message.location] : message.location;
                    if (message.wasCopySource != null && $Object.hasOwnProperty.call(message, "wasCopySource"))
                        object.wasCopySource = message.wasCopySource;
                    if (message.wasExfiltrated != null && $Object.hasOwnProperty.call(message, "wasExfiltrated"))
                        object.wasExfiltrated = message.wasExfiltrated;
                    return object;
                };

                FileDeleted.prototype.toJSON = function() {
                    return FileDeleted.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileDeleted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileDeleted";
                };

                return FileDeleted;
            })();

            v1.ArchiveCreated = (function() {

                const ArchiveCreated = function (properties) {
                    this.members = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ArchiveCreated.prototype.archive = null;
                ArchiveCreated.prototype.members = $util.emptyArray;
                ArchiveCreated.prototype.memberCount = 0;
                ArchiveCreated.prototype.encrypted = false;

                ArchiveCreated.create = function(properties) {
                    return new ArchiveCreated(properties);
                };

                ArchiveCreated.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.archive != null && $Object.hasOwnProperty.call(message, "archive"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.archive, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.members != null && message.members.length)
                        for (let i = 0; i < message.members.length; ++i)
                            $root.holdfast.telemetry.v1.FileFacts.encode(message.members[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.memberCount != null && $Object.hasOwnProperty.call(message, "memberCount") && message.memberCount !== 0)
                        writer.uint32(24).uint32(message.memberCount);
                    if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted") && message.encrypted !== false)
                        writer.uint32(32).bool(message.encrypted);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ArchiveCreated.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ArchiveCreated();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.archive = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.archive);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.memberCount = value;
                                else
                                    delete message.memberCount;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.encrypted = value;
                                else
                                    delete message.encrypted;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ArchiveCreated.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ArchiveCreated)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ArchiveCreated: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ArchiveCreated();
                    if (object.archive != null) {
                        if (!$util.isObject(object.archive))
                            throw $TypeError(".holdfast.telemetry.v1.ArchiveCreated.archive: object expected");
                        message.archive = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.archive, _depth + 1);
                    }
                    if (object.members) {
                        if (!$Array.isArray(object.members))
                            throw $TypeError(".holdfast.telemetry.v1.ArchiveCreated.members: array expected");
                        message.members = $Array(object.members.length);
                        for (let i = 0; i < object.members.length; ++i) {
                            if (!$util.isObject(object.members[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ArchiveCreated.members: object expected");
                            message.members[i] = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.members[i], _depth + 1);
                        }
                    }
                    if (object.memberCount != null)
                        if ($Number(object.memberCount) !== 0)
                            message.memberCount = object.memberCount >>> 0;
                    if (object.encrypted != null)
                        if (object.encrypted)
                            message.encrypted = $Boolean(object.encrypted);
                    return message;
                };

                ArchiveCreated.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.members = [];
                    if (options.defaults) {
                        object.archive = null;
                        object.memberCount = 0;
                        object.encrypted = false;
                    }
                    if (message.archive != null && $Object.hasOwnProperty.call(message, "archive"))
                        object.archive = $root.holdfast.telemetry.v1.FileFacts.toObject(message.archive, options, _depth + 1);
                    if (message.members && message.members.length) {
                        object.members = $Array(message.members.length);
                        for (let j = 0; j < message.members.length; ++j)
                            object.members[j] = $root.holdfast.telemetry.v1.FileFacts.toObject(message.members[j], options, _depth + 1);
                    }
                    if (message.memberCount != null && $Object.hasOwnProperty.call(message, "memberCount"))
                        object.memberCount = message.memberCount;
                    if (message.encrypted != null && $Object.hasOwnProperty.call(message, "encrypted"))
                        object.encrypted = message.encrypted;
                    return object;
                };

                ArchiveCreated.prototype.toJSON = function() {
                    return ArchiveCreated.toObject(this, $protobuf.util.toJSONOptions);
                };

                ArchiveCreated.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ArchiveCreated";
                };

                return ArchiveCreated;
            })();

            v1.FileDownloaded = (function() {

                const FileDownloaded = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileDownloaded.prototype.file = null;
                FileDownloaded.prototype.originUrl = "";
                FileDownloaded.prototype.originDomain = "";

                FileDownloaded.create = function(properties) {
                    return new FileDownloaded(properties);
                };

                FileDownloaded.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.originUrl != null && $Object.hasOwnProperty.call(message, "originUrl") && message.originUrl !== "")
                        writer.uint32(18).string(message.originUrl);
                    if (message.originDomain != null && $Object.hasOwnProperty.call(message, "originDomain") && message.originDomain !== "")
                        writer.uint32(26).string(message.originDomain);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileDownloaded.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileDownloaded();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.originUrl = value;
                                else
                                    delete message.originUrl;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.originDomain = value;
                                else
                                    delete message.originDomain;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileDownloaded.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileDownloaded)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileDownloaded: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileDownloaded();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileDownloaded.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.originUrl != null)
                        if (typeof object.originUrl !== "string" || object.originUrl.length)
                            message.originUrl = $String(object.originUrl);
                    if (object.originDomain != null)
                        if (typeof object.originDomain !== "string" || object.originDomain.length)
                            message.originDomain = $String(object.originDomain);
                    return message;
                };

                FileDownloaded.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.file = null;
                        object.originUrl = "";
                        object.originDomain = "";
                    }
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.originUrl != null && $Object.hasOwnProperty.call(message, "originUrl"))
                        object.originUrl = message.originUrl;
                    if (message.originDomain != null && $Object.hasOwnProperty.call(message, "originDomain"))
                        object.originDomain = message.originDomain;
                    return object;
                };

                FileDownloaded.prototype.toJSON = function() {
                    return FileDownloaded.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileDownloaded.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileDownloaded";
                };

                return FileDownloaded;
            })();

            v1.FileReadByTransferTool = (function() {

                const FileReadByTransferTool = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileReadByTransferTool.prototype.file = null;
                FileReadByTransferTool.prototype.tool = "";
                FileReadByTransferTool.prototype.destination = "";

                FileReadByTransferTool.create = function(properties) {
                    return new FileReadByTransferTool(properties);
                };

                FileReadByTransferTool.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.tool != null && $Object.hasOwnProperty.call(message, "tool") && message.tool !== "")
                        writer.uint32(18).string(message.tool);
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                        writer.uint32(26).string(message.destination);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileReadByTransferTool.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileReadByTransferTool();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.tool = value;
                                else
                                    delete message.tool;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.destination = value;
                                else
                                    delete message.destination;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileReadByTransferTool.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileReadByTransferTool)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileReadByTransferTool: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileReadByTransferTool();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.FileReadByTransferTool.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.tool != null)
                        if (typeof object.tool !== "string" || object.tool.length)
                            message.tool = $String(object.tool);
                    if (object.destination != null)
                        if (typeof object.destination !== "string" || object.destination.length)
                            message.destination = $String(object.destination);
                    return message;
                };

                FileReadByTransferTool.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.file = null;
                        object.tool = "";
                        object.destination = "";
                    }
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.tool != null && $Object.hasOwnProperty.call(message, "tool"))
                        object.tool = message.tool;
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination"))
                        object.destination = message.destination;
                    return object;
                };

                FileReadByTransferTool.prototype.toJSON = function() {
                    return FileReadByTransferTool.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileReadByTransferTool.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileReadByTransferTool";
                };

                return FileReadByTransferTool;
            })();

            v1.FilePrinted = (function() {

                const FilePrinted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FilePrinted.prototype.printer = "";
                FilePrinted.prototype.document = "";
                FilePrinted.prototype.pages = 0;

                FilePrinted.create = function(properties) {
                    return new FilePrinted(properties);
                };

                FilePrinted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.printer != null && $Object.hasOwnProperty.call(message, "printer") && message.printer !== "")
                        writer.uint32(10).string(message.printer);
                    if (message.document != null && $Object.hasOwnProperty.call(message, "document") && message.document !== "")
                        writer.uint32(18).string(message.document);
                    if (message.pages != null && $Object.hasOwnProperty.call(message, "pages") && message.pages !== 0)
                        writer.uint32(24).uint32(message.pages);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FilePrinted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FilePrinted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.printer = value;
                                else
                                    delete message.printer;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.document = value;
                                else
                                    delete message.document;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pages = value;
                                else
                                    delete message.pages;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FilePrinted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FilePrinted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FilePrinted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FilePrinted();
                    if (object.printer != null)
                        if (typeof object.printer !== "string" || object.printer.length)
                            message.printer = $String(object.printer);
                    if (object.document != null)
                        if (typeof object.document !== "string" || object.document.length)
                            message.document = $String(object.document);
                    if (object.pages != null)
                        if ($Number(object.pages) !== 0)
                            message.pages = object.pages >>> 0;
                    return message;
                };

                FilePrinted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.printer = "";
                        object.document = "";
                        object.pages = 0;
                    }
                    if (message.printer != null && $Object.hasOwnProperty.call(message, "printer"))
                        object.printer = message.printer;
                    if (message.document != null && $Object.hasOwnProperty.call(message, "document"))
                        object.document = message.document;
                    if (message.pages != null && $Object.hasOwnProperty.call(message, "pages"))
                        object.pages = message.pages;
                    return object;
                };

                FilePrinted.prototype.toJSON = function() {
                    return FilePrinted.toObject(this, $protobuf.util.toJSONOptions);
                };

                FilePrinted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FilePrinted";
                };

                return FilePrinted;
            })();

            v1.FilesStaged = (function() {

                const FilesStaged = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FilesStaged.prototype.folder = "";
                FilesStaged.prototype.count = 0;
                FilesStaged.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                FilesStaged.create = function(properties) {
                    return new FilesStaged(properties);
                };

                FilesStaged.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.folder != null && $Object.hasOwnProperty.call(message, "folder") && message.folder !== "")
                        writer.uint32(10).string(message.folder);
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                        writer.uint32(16).uint32(message.count);
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                        writer.uint32(24).uint64(message.sizeBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FilesStaged.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FilesStaged();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.folder = value;
                                else
                                    delete message.folder;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.count = value;
                                else
                                    delete message.count;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sizeBytes = value;
                                else
                                    delete message.sizeBytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FilesStaged.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FilesStaged)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FilesStaged: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FilesStaged();
                    if (object.folder != null)
                        if (typeof object.folder !== "string" || object.folder.length)
                            message.folder = $String(object.folder);
                    if (object.count != null)
                        if ($Number(object.count) !== 0)
                            message.count = object.count >>> 0;
                    if (object.sizeBytes != null)
                        if (typeof object.sizeBytes === "object" ? object.sizeBytes.low || object.sizeBytes.high : $Number(object.sizeBytes) !== 0)
                            if ($util.Long)
                                message.sizeBytes = $util.Long.fromValue(object.sizeBytes, true);
                            else if (typeof object.sizeBytes === "string")
                                message.sizeBytes = $parseInt(object.sizeBytes, 10);
                            else if (typeof object.sizeBytes === "number")
                                message.sizeBytes = object.sizeBytes;
                            else if (typeof object.sizeBytes === "object")
                                message.sizeBytes = new $util.LongBits(object.sizeBytes.low >>> 0, object.sizeBytes.high >>> 0).toNumber(true);
                    return message;
                };

                FilesStaged.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.folder = "";
                        object.count = 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sizeBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sizeBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.folder != null && $Object.hasOwnProperty.call(message, "folder"))
                        object.folder = message.folder;
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                        object.count = message.count;
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sizeBytes = typeof message.sizeBytes === "number" ? $BigInt(message.sizeBytes) : $util.Long.fromBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.sizeBytes === "number")
                            object.sizeBytes = options.longs === $String ? $String(message.sizeBytes) : message.sizeBytes;
                        else
                            object.sizeBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.sizeBytes) : options.longs === $Number ? new $util.LongBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0).toNumber(true) : message.sizeBytes;
                    return object;
                };

                FilesStaged.prototype.toJSON = function() {
                    return FilesStaged.toObject(this, $protobuf.util.toJSONOptions);
                };

                FilesStaged.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FilesStaged";
                };

                return FilesStaged;
            })();

            v1.LabelChanged = (function() {

                const LabelChanged = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                LabelChanged.prototype.file = null;
                LabelChanged.prototype.oldLabel = "";
                LabelChanged.prototype.newLabel = "";

                LabelChanged.create = function(properties) {
                    return new LabelChanged(properties);
                };

                LabelChanged.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        $root.holdfast.telemetry.v1.FileFacts.encode(message.file, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.oldLabel != null && $Object.hasOwnProperty.call(message, "oldLabel") && message.oldLabel !== "")
                        writer.uint32(18).string(message.oldLabel);
                    if (message.newLabel != null && $Object.hasOwnProperty.call(message, "newLabel") && message.newLabel !== "")
                        writer.uint32(26).string(message.newLabel);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                LabelChanged.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.LabelChanged();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.file = $root.holdfast.telemetry.v1.FileFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.oldLabel = value;
                                else
                                    delete message.oldLabel;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.newLabel = value;
                                else
                                    delete message.newLabel;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                LabelChanged.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.LabelChanged)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.LabelChanged: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.LabelChanged();
                    if (object.file != null) {
                        if (!$util.isObject(object.file))
                            throw $TypeError(".holdfast.telemetry.v1.LabelChanged.file: object expected");
                        message.file = $root.holdfast.telemetry.v1.FileFacts.fromObject(object.file, _depth + 1);
                    }
                    if (object.oldLabel != null)
                        if (typeof object.oldLabel !== "string" || object.oldLabel.length)
                            message.oldLabel = $String(object.oldLabel);
                    if (object.newLabel != null)
                        if (typeof object.newLabel !== "string" || object.newLabel.length)
                            message.newLabel = $String(object.newLabel);
                    return message;
                };

                LabelChanged.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.file = null;
                        object.oldLabel = "";
                        object.newLabel = "";
                    }
                    if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                        object.file = $root.holdfast.telemetry.v1.FileFacts.toObject(message.file, options, _depth + 1);
                    if (message.oldLabel != null && $Object.hasOwnProperty.call(message, "oldLabel"))
                        object.oldLabel = message.oldLabel;
                    if (message.newLabel != null && $Object.hasOwnProperty.call(message, "newLabel"))
                        object.newLabel = message.newLabel;
                    return object;
                };

                LabelChanged.prototype.toJSON = function() {
                    return LabelChanged.toObject(this, $protobuf.util.toJSONOptions);
                };

                LabelChanged.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.LabelChanged";
                };

                return LabelChanged;
            })();

            v1.RemovableMediaConnected = (function() {

                const RemovableMediaConnected = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemovableMediaConnected.prototype.media = null;
                RemovableMediaConnected.prototype.present = false;

                RemovableMediaConnected.create = function(properties) {
                    return new RemovableMediaConnected(properties);
                };

                RemovableMediaConnected.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        $root.holdfast.telemetry.v1.Media.encode(message.media, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.present != null && $Object.hasOwnProperty.call(message, "present") && message.present !== false)
                        writer.uint32(16).bool(message.present);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemovableMediaConnected.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RemovableMediaConnected();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.media = $root.holdfast.telemetry.v1.Media.decode(reader, reader.size(), $undefined, _depth + 1, message.media);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.present = value;
                                else
                                    delete message.present;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RemovableMediaConnected.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RemovableMediaConnected)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RemovableMediaConnected: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RemovableMediaConnected();
                    if (object.media != null) {
                        if (!$util.isObject(object.media))
                            throw $TypeError(".holdfast.telemetry.v1.RemovableMediaConnected.media: object expected");
                        message.media = $root.holdfast.telemetry.v1.Media.fromObject(object.media, _depth + 1);
                    }
                    if (object.present != null)
                        if (object.present)
                            message.present = $Boolean(object.present);
                    return message;
                };

                RemovableMediaConnected.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.media = null;
                        object.present = false;
                    }
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        object.media = $root.holdfast.telemetry.v1.Media.toObject(message.media, options, _depth + 1);
                    if (message.present != null && $Object.hasOwnProperty.call(message, "present"))
                        object.present = message.present;
                    return object;
                };

                RemovableMediaConnected.prototype.toJSON = function() {
                    return RemovableMediaConnected.toObject(this, $protobuf.util.toJSONOptions);
                };

                RemovableMediaConnected.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RemovableMediaConnected";
                };

                return RemovableMediaConnected;
            })();

            v1.RemovableMediaMounted = (function() {

                const RemovableMediaMounted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemovableMediaMounted.prototype.media = null;
                RemovableMediaMounted.prototype.present = false;

                RemovableMediaMounted.create = function(properties) {
                    return new RemovableMediaMounted(properties);
                };

                RemovableMediaMounted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        $root.holdfast.telemetry.v1.Media.encode(message.media, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.present != null && $Object.hasOwnProperty.call(message, "present") && message.present !== false)
                        writer.uint32(16).bool(message.present);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemovableMediaMounted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RemovableMediaMounted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.media = $root.holdfast.telemetry.v1.Media.decode(reader, reader.size(), $undefined, _depth + 1, message.media);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.present = value;
                                else
                                    delete message.present;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RemovableMediaMounted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RemovableMediaMounted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RemovableMediaMounted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RemovableMediaMounted();
                    if (object.media != null) {
                        if (!$util.isObject(object.media))
                            throw $TypeError(".holdfast.telemetry.v1.RemovableMediaMounted.media: object expected");
                        message.media = $root.holdfast.telemetry.v1.Media.fromObject(object.media, _depth + 1);
                    }
                    if (object.present != null)
                        if (object.present)
                            message.present = $Boolean(object.present);
                    return message;
                };

                RemovableMediaMounted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.media = null;
                        object.present = false;
                    }
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        object.media = $root.holdfast.telemetry.v1.Media.toObject(message.media, options, _depth + 1);
                    if (message.present != null && $Object.hasOwnProperty.call(message, "present"))
                        object.present = message.present;
                    return object;
                };

                RemovableMediaMounted.prototype.toJSON = function() {
                    return RemovableMediaMounted.toObject(this, $protobuf.util.toJSONOptions);
                };

                RemovableMediaMounted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RemovableMediaMounted";
                };

                return RemovableMediaMounted;
            })();

            v1.RemovableMediaUnmounted = (function() {

                const RemovableMediaUnmounted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemovableMediaUnmounted.prototype.media = null;

                RemovableMediaUnmounted.create = function(properties) {
                    return new RemovableMediaUnmounted(properties);
                };

                RemovableMediaUnmounted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        $root.holdfast.telemetry.v1.Media.encode(message.media, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemovableMediaUnmounted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RemovableMediaUnmounted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.media = $root.holdfast.telemetry.v1.Media.decode(reader, reader.size(), $undefined, _depth + 1, message.media);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RemovableMediaUnmounted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RemovableMediaUnmounted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RemovableMediaUnmounted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RemovableMediaUnmounted();
                    if (object.media != null) {
                        if (!$util.isObject(object.media))
                            throw $TypeError(".holdfast.telemetry.v1.RemovableMediaUnmounted.media: object expected");
                        message.media = $root.holdfast.telemetry.v1.Media.fromObject(object.media, _depth + 1);
                    }
                    return message;
                };

                RemovableMediaUnmounted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.media = null;
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        object.media = $root.holdfast.telemetry.v1.Media.toObject(message.media, options, _depth + 1);
                    return object;
                };

                RemovableMediaUnmounted.prototype.toJSON = function() {
                    return RemovableMediaUnmounted.toObject(this, $protobuf.util.toJSONOptions);
                };

                RemovableMediaUnmounted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RemovableMediaUnmounted";
                };

                return RemovableMediaUnmounted;
            })();

            v1.RemovableMediaDisconnected = (function() {

                const RemovableMediaDisconnected = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemovableMediaDisconnected.prototype.media = null;

                RemovableMediaDisconnected.create = function(properties) {
                    return new RemovableMediaDisconnected(properties);
                };

                RemovableMediaDisconnected.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        $root.holdfast.telemetry.v1.Media.encode(message.media, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemovableMediaDisconnected.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RemovableMediaDisconnected();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.media = $root.holdfast.telemetry.v1.Media.decode(reader, reader.size(), $undefined, _depth + 1, message.media);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RemovableMediaDisconnected.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RemovableMediaDisconnected)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RemovableMediaDisconnected: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RemovableMediaDisconnected();
                    if (object.media != null) {
                        if (!$util.isObject(object.media))
                            throw $TypeError(".holdfast.telemetry.v1.RemovableMediaDisconnected.media: object expected");
                        message.media = $root.holdfast.telemetry.v1.Media.fromObject(object.media, _depth + 1);
                    }
                    return message;
                };

                RemovableMediaDisconnected.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.media = null;
                    if (message.media != null && $Object.hasOwnProperty.call(message, "media"))
                        object.media = $root.holdfast.telemetry.v1.Media.toObject(message.media, options, _depth + 1);
                    return object;
                };

                RemovableMediaDisconnected.prototype.toJSON = function() {
                    return RemovableMediaDisconnected.toObject(this, $protobuf.util.toJSONOptions);
                };

                RemovableMediaDisconnected.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RemovableMediaDisconnected";
                };

                return RemovableMediaDisconnected;
            })();

            v1.FeatureState = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "FEATURE_STATE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "FEATURE_STATE_ENABLED"] = 1;
                values[valuesById[2] = "FEATURE_STATE_DISABLED"] = 2;
                values[valuesById[3] = "FEATURE_STATE_WEAKENED"] = 3;
                values[valuesById[4] = "FEATURE_STATE_ABSENT"] = 4;
                values[valuesById[5] = "FEATURE_STATE_UNKNOWN"] = 5;
                return values;
            })();

            v1.SecurityFeatureChanged = (function() {

                const SecurityFeatureChanged = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SecurityFeatureChanged.prototype.feature = "";
                SecurityFeatureChanged.prototype.from = 0;
                SecurityFeatureChanged.prototype.to = 0;
                SecurityFeatureChanged.prototype.fromValue = "";
                SecurityFeatureChanged.prototype.toValue = "";
                SecurityFeatureChanged.prototype.seenBy = "";

                SecurityFeatureChanged.create = function(properties) {
                    return new SecurityFeatureChanged(properties);
                };

                SecurityFeatureChanged.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.feature != null && $Object.hasOwnProperty.call(message, "feature") && message.feature !== "")
                        writer.uint32(10).string(message.feature);
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                        writer.uint32(16).int32(message.from);
                    if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== 0)
                        writer.uint32(24).int32(message.to);
                    if (message.fromValue != null && $Object.hasOwnProperty.call(message, "fromValue") && message.fromValue !== "")
                        writer.uint32(34).string(message.fromValue);
                    if (message.toValue != null && $Object.hasOwnProperty.call(message, "toValue") && message.toValue !== "")
                        writer.uint32(42).string(message.toValue);
                    if (message.seenBy != null && $Object.hasOwnProperty.call(message, "seenBy") && message.seenBy !== "")
                        writer.uint32(50).string(message.seenBy);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SecurityFeatureChanged.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SecurityFeatureChanged();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.feature = value;
                                else
                                    delete message.feature;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.from = value;
                                else
                                    delete message.from;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.to = value;
                                else
                                    delete message.to;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fromValue = value;
                                else
                                    delete message.fromValue;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.toValue = value;
                                else
                                    delete message.toValue;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.seenBy = value;
                                else
                                    delete message.seenBy;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SecurityFeatureChanged.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SecurityFeatureChanged)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SecurityFeatureChanged: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SecurityFeatureChanged();
                    if (object.feature != null)
                        if (typeof object.feature !== "string" || object.feature.length)
                            message.feature = $String(object.feature);
                    if (object.from !== 0 && (typeof object.from !== "string" || $root.holdfast.telemetry.v1.FeatureState[object.from] !== 0))
                        switch (object.from) {
                        case "FEATURE_STATE_UNSPECIFIED":
                        case 0:
                            message.from = 0;
                            break;
                        case "FEATURE_STATE_ENABLED":
                        case 1:
                            message.from = 1;
                            break;
                        case "FEATURE_STATE_DISABLED":
                        case 2:
                            message.from = 2;
                            break;
                        case "FEATURE_STATE_WEAKENED":
                        case 3:
                            message.from = 3;
                            break;
                        case "FEATURE_STATE_ABSENT":
                        case 4:
                            message.from = 4;
                            break;
                        case "FEATURE_STATE_UNKNOWN":
                        case 5:
                            message.from = 5;
                            break;
                        default:
                            if (typeof object.from === "number" && (object.from | 0) === object.from)
                                message.from = object.from;
                        }
                    if (object.to !== 0 && (typeof object.to !== "string" || $root.holdfast.telemetry.v1.FeatureState[object.to] !== 0))
                        switch (object.to) {
                        case "FEATURE_STATE_UNSPECIFIED":
                        case 0:
                            message.to = 0;
                            break;
                        case "FEATURE_STATE_ENABLED":
                        case 1:
                            message.to = 1;
                            break;
                        case "FEATURE_STATE_DISABLED":
                        case 2:
                            message.to = 2;
                            break;
                        case "FEATURE_STATE_WEAKENED":
                        case 3:
                            message.to = 3;
                            break;
                        case "FEATURE_STATE_ABSENT":
                        case 4:
                            message.to = 4;
                            break;
                        case "FEATURE_STATE_UNKNOWN":
                        case 5:
                            message.to = 5;
                            break;
                        default:
                            if (typeof object.to === "number" && (object.to | 0) === object.to)
                                message.to = object.to;
                        }
                    if (object.fromValue != null)
                        if (typeof object.fromValue !== "string" || object.fromValue.length)
                            message.fromValue = $String(object.fromValue);
                    if (object.toValue != null)
                        if (typeof object.toValue !== "string" || object.toValue.length)
                            message.toValue = $String(object.toValue);
                    if (object.seenBy != null)
                        if (typeof object.seenBy !== "string" || object.seenBy.length)
                            message.seenBy = $String(object.seenBy);
                    return message;
                };

                SecurityFeatureChanged.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.feature = "";
                        object.from = options.enums === $String ? "FEATURE_STATE_UNSPECIFIED" : 0;
                        object.to = options.enums === $String ? "FEATURE_STATE_UNSPECIFIED" : 0;
                        object.fromValue = "";
                        object.toValue = "";
                        object.seenBy = "";
                    }
                    if (message.feature != null && $Object.hasOwnProperty.call(message, "feature"))
                        object.feature = message.feature;
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                        object.from = options.enums === $String ? $root.holdfast.telemetry.v1.FeatureState[message.from] === $undefined ? message.from : $root.holdfast.telemetry.v1.FeatureState[message.from] : message.from;
                    if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                        object.to = options.enums === $String ? $root.holdfast.telemetry.v1.FeatureState[message.to] === $undefined ? message.to : $root.holdfast.telemetry.v1.FeatureState[message.to] : message.to;
                    if (message.fromValue != null && $Object.hasOwnProperty.call(message, "fromValue"))
                        object.fromValue = message.fromValue;
                    if (message.toValue != null && $Object.hasOwnProperty.call(message, "toValue"))
                        object.toValue = message.toValue;
                    if (message.seenBy != null && $Object.hasOwnProperty.call(message, "seenBy"))
                        object.seenBy = message.seenBy;
                    return object;
                };

                SecurityFeatureChanged.prototype.toJSON = function() {
                    return SecurityFeatureChanged.toObject(this, $protobuf.util.toJSONOptions);
                };

                SecurityFeatureChanged.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SecurityFeatureChanged";
                };

                return SecurityFeatureChanged;
            })();

            v1.Application = (function() {

                const Application = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Application.prototype.name = "";
                Application.prototype.version = "";
                Application.prototype.source = "";
                Application.prototype.publisher = "";
                Application.prototype.path = "";
                Application.prototype.signature = "";

                Application.create = function(properties) {
                    return new Application(properties);
                };

                Application.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(18).string(message.version);
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(26).string(message.source);
                    if (message.publisher != null && $Object.hasOwnProperty.call(message, "publisher") && message.publisher !== "")
                        writer.uint32(34).string(message.publisher);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(42).string(message.path);
                    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature !== "")
                        writer.uint32(50).string(message.signature);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Application.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Application();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.publisher = value;
                                else
                                    delete message.publisher;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.signature = value;
                                else
                                    delete message.signature;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Application.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Application)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Application: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Application();
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.version != null)
                        if (typeof object.version !== "string" || object.version.length)
                            message.version = $String(object.version);
                    if (object.source != null)
                        if (typeof object.source !== "string" || object.source.length)
                            message.source = $String(object.source);
                    if (object.publisher != null)
                        if (typeof object.publisher !== "string" || object.publisher.length)
                            message.publisher = $String(object.publisher);
                    if (object.path != null)
                        if (typeof object.path !== "string" || object.path.length)
                            message.path = $String(object.path);
                    if (object.signature != null)
                        if (typeof object.signature !== "string" || object.signature.length)
                            message.signature = $String(object.signature);
                    return message;
                };

                Application.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.name = "";
                        object.version = "";
                        object.source = "";
                        object.publisher = "";
                        object.path = "";
                        object.signature = "";
                    }
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                        object.version = message.version;
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                        object.source = message.source;
                    if (message.publisher != null && $Object.hasOwnProperty.call(message, "publisher"))
                        object.publisher = message.publisher;
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        object.path = message.path;
                    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                        object.signature = message.signature;
                    return object;
                };

                Application.prototype.toJSON = function() {
                    return Application.toObject(this, $protobuf.util.toJSONOptions);
                };

                Application.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Application";
                };

                return Application;
            })();

            v1.ApplicationInstalled = (function() {

                const ApplicationInstalled = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ApplicationInstalled.prototype.application = null;

                ApplicationInstalled.create = function(properties) {
                    return new ApplicationInstalled(properties);
                };

                ApplicationInstalled.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        $root.holdfast.telemetry.v1.Application.encode(message.application, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ApplicationInstalled.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ApplicationInstalled();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.application = $root.holdfast.telemetry.v1.Application.decode(reader, reader.size(), $undefined, _depth + 1, message.application);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ApplicationInstalled.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ApplicationInstalled)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ApplicationInstalled: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ApplicationInstalled();
                    if (object.application != null) {
                        if (!$util.isObject(object.application))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationInstalled.application: object expected");
                        message.application = $root.holdfast.telemetry.v1.Application.fromObject(object.application, _depth + 1);
                    }
                    return message;
                };

                ApplicationInstalled.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.application = null;
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        object.application = $root.holdfast.telemetry.v1.Application.toObject(message.application, options, _depth + 1);
                    return object;
                };

                ApplicationInstalled.prototype.toJSON = function() {
                    return ApplicationInstalled.toObject(this, $protobuf.util.toJSONOptions);
                };

                ApplicationInstalled.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ApplicationInstalled";
                };

                return ApplicationInstalled;
            })();

            v1.ApplicationUpdated = (function() {

                const ApplicationUpdated = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ApplicationUpdated.prototype.application = null;
                ApplicationUpdated.prototype.oldVersion = "";

                ApplicationUpdated.create = function(properties) {
                    return new ApplicationUpdated(properties);
                };

                ApplicationUpdated.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        $root.holdfast.telemetry.v1.Application.encode(message.application, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.oldVersion != null && $Object.hasOwnProperty.call(message, "oldVersion") && message.oldVersion !== "")
                        writer.uint32(18).string(message.oldVersion);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ApplicationUpdated.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ApplicationUpdated();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.application = $root.holdfast.telemetry.v1.Application.decode(reader, reader.size(), $undefined, _depth + 1, message.application);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.oldVersion = value;
                                else
                                    delete message.oldVersion;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ApplicationUpdated.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ApplicationUpdated)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ApplicationUpdated: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ApplicationUpdated();
                    if (object.application != null) {
                        if (!$util.isObject(object.application))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationUpdated.application: object expected");
                        message.application = $root.holdfast.telemetry.v1.Application.fromObject(object.application, _depth + 1);
                    }
                    if (object.oldVersion != null)
                        if (typeof object.oldVersion !== "string" || object.oldVersion.length)
                            message.oldVersion = $String(object.oldVersion);
                    return message;
                };

                ApplicationUpdated.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.application = null;
                        object.oldVersion = "";
                    }
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        object.application = $root.holdfast.telemetry.v1.Application.toObject(message.application, options, _depth + 1);
                    if (message.oldVersion != null && $Object.hasOwnProperty.call(message, "oldVersion"))
                        object.oldVersion = message.oldVersion;
                    return object;
                };

                ApplicationUpdated.prototype.toJSON = function() {
                    return ApplicationUpdated.toObject(this, $protobuf.util.toJSONOptions);
                };

                ApplicationUpdated.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ApplicationUpdated";
                };

                return ApplicationUpdated;
            })();

            v1.ApplicationRemoved = (function() {

                const ApplicationRemoved = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ApplicationRemoved.prototype.application = null;

                ApplicationRemoved.create = function(properties) {
                    return new ApplicationRemoved(properties);
                };

                ApplicationRemoved.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        $root.holdfast.telemetry.v1.Application.encode(message.application, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ApplicationRemoved.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ApplicationRemoved();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.application = $root.holdfast.telemetry.v1.Application.decode(reader, reader.size(), $undefined, _depth + 1, message.application);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ApplicationRemoved.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ApplicationRemoved)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ApplicationRemoved: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ApplicationRemoved();
                    if (object.application != null) {
                        if (!$util.isObject(object.application))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationRemoved.application: object expected");
                        message.application = $root.holdfast.telemetry.v1.Application.fromObject(object.application, _depth + 1);
                    }
                    return message;
                };

                ApplicationRemoved.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.application = null;
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        object.application = $root.holdfast.telemetry.v1.Application.toObject(message.application, options, _depth + 1);
                    return object;
                };

                ApplicationRemoved.prototype.toJSON = function() {
                    return ApplicationRemoved.toObject(this, $protobuf.util.toJSONOptions);
                };

                ApplicationRemoved.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ApplicationRemoved";
                };

                return ApplicationRemoved;
            })();

            v1.ApplicationRun = (function() {

                const ApplicationRun = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ApplicationRun.prototype.application = null;

                ApplicationRun.create = function(properties) {
                    return new ApplicationRun(properties);
                };

                ApplicationRun.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        $root.holdfast.telemetry.v1.Application.encode(message.application, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ApplicationRun.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ApplicationRun();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.application = $root.holdfast.telemetry.v1.Application.decode(reader, reader.size(), $undefined, _depth + 1, message.application);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ApplicationRun.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ApplicationRun)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ApplicationRun: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ApplicationRun();
                    if (object.application != null) {
                        if (!$util.isObject(object.application))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationRun.application: object expected");
                        message.application = $root.holdfast.telemetry.v1.Application.fromObject(object.application, _depth + 1);
                    }
                    return message;
                };

                ApplicationRun.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.application = null;
                    if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                        object.application = $root.holdfast.telemetry.v1.Application.toObject(message.application, options, _depth + 1);
                    return object;
                };

                ApplicationRun.prototype.toJSON = function() {
                    return ApplicationRun.toObject(this, $protobuf.util.toJSONOptions);
                };

                ApplicationRun.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ApplicationRun";
                };

                return ApplicationRun;
            })();

            v1.SessionStarted = (function() {

                const SessionStarted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SessionStarted.prototype.remote = false;
                SessionStarted.prototype.remoteHost = "";

                SessionStarted.create = function(properties) {
                    return new SessionStarted(properties);
                };

                SessionStarted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.remote != null && $Object.hasOwnProperty.call(message, "remote") && message.remote !== false)
                        writer.uint32(8).bool(message.remote);
                    if (message.remoteHost != null && $Object.hasOwnProperty.call(message, "remoteHost") && message.remoteHost !== "")
                        writer.uint32(18).string(message.remoteHost);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SessionStarted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SessionStarted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.remote = value;
                                else
                                    delete message.remote;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.remoteHost = value;
                                else
                                    delete message.remoteHost;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SessionStarted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SessionStarted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SessionStarted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SessionStarted();
                    if (object.remote != null)
                        if (object.remote)
                            message.remote = $Boolean(object.remote);
                    if (object.remoteHost != null)
                        if (typeof object.remoteHost !== "string" || object.remoteHost.length)
                            message.remoteHost = $String(object.remoteHost);
                    return message;
                };

                SessionStarted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.remote = false;
                        object.remoteHost = "";
                    }
                    if (message.remote != null && $Object.hasOwnProperty.call(message, "remote"))
                        object.remote = message.remote;
                    if (message.remoteHost != null && $Object.hasOwnProperty.call(message, "remoteHost"))
                        object.remoteHost = message.remoteHost;
                    return object;
                };

                SessionStarted.prototype.toJSON = function() {
                    return SessionStarted.toObject(this, $protobuf.util.toJSONOptions);
                };

                SessionStarted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SessionStarted";
                };

                return SessionStarted;
            })();

            v1.SessionEnded = (function() {

                const SessionEnded = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SessionEnded.prototype.remote = false;
                SessionEnded.prototype.remoteHost = "";

                SessionEnded.create = function(properties) {
                    return new SessionEnded(properties);
                };

                SessionEnded.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.remote != null && $Object.hasOwnProperty.call(message, "remote") && message.remote !== false)
                        writer.uint32(8).bool(message.remote);
                    if (message.remoteHost != null && $Object.hasOwnProperty.call(message, "remoteHost") && message.remoteHost !== "")
                        writer.uint32(18).string(message.remoteHost);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SessionEnded.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SessionEnded();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.remote = value;
                                else
                                    delete message.remote;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.remoteHost = value;
                                else
                                    delete message.remoteHost;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SessionEnded.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SessionEnded)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SessionEnded: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SessionEnded();
                    if (object.remote != null)
                        if (object.remote)
                            message.remote = $Boolean(object.remote);
                    if (object.remoteHost != null)
                        if (typeof object.remoteHost !== "string" || object.remoteHost.length)
                            message.remoteHost = $String(object.remoteHost);
                    return message;
                };

                SessionEnded.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.remote = false;
                        object.remoteHost = "";
                    }
                    if (message.remote != null && $Object.hasOwnProperty.call(message, "remote"))
                        object.remote = message.remote;
                    if (message.remoteHost != null && $Object.hasOwnProperty.call(message, "remoteHost"))
                        object.remoteHost = message.remoteHost;
                    return object;
                };

                SessionEnded.prototype.toJSON = function() {
                    return SessionEnded.toObject(this, $protobuf.util.toJSONOptions);
                };

                SessionEnded.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SessionEnded";
                };

                return SessionEnded;
            })();

            v1.AgentStarted = (function() {

                const AgentStarted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AgentStarted.prototype.version = "";
                AgentStarted.prototype.unclean = false;

                AgentStarted.create = function(properties) {
                    return new AgentStarted(properties);
                };

                AgentStarted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(10).string(message.version);
                    if (message.unclean != null && $Object.hasOwnProperty.call(message, "unclean") && message.unclean !== false)
                        writer.uint32(16).bool(message.unclean);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AgentStarted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.AgentStarted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.unclean = value;
                                else
                                    delete message.unclean;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                AgentStarted.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.AgentStarted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.AgentStarted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.AgentStarted();
                    if (object.version != null)
                        if (typeof object.version !== "string" || object.version.length)
                            message.version = $String(object.version);
                    if (object.unclean != null)
                        if (object.unclean)
                            message.unclean = $Boolean(object.unclean);
                    return message;
                };

                AgentStarted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.version = "";
                        object.unclean = false;
                    }
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                        object.version = message.version;
                    if (message.unclean != null && $Object.hasOwnProperty.call(message, "unclean"))
                        object.unclean = message.unclean;
                    return object;
                };

                AgentStarted.prototype.toJSON = function() {
                    return AgentStarted.toObject(this, $protobuf.util.toJSONOptions);
                };

                AgentStarted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.AgentStarted";
                };

                return AgentStarted;
            })();

            v1.AgentStopped = (function() {

                const AgentStopped = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AgentStopped.prototype.reason = "";

                AgentStopped.create = function(properties) {
                    return new AgentStopped(properties);
                };

                AgentStopped.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(10).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AgentStopped.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.AgentStopped();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                AgentStopped.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.AgentStopped)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.AgentStopped: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.AgentStopped();
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    return message;
                };

                AgentStopped.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.reason = "";
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    return object;
                };

                AgentStopped.prototype.toJSON = function() {
                    return AgentStopped.toObject(this, $protobuf.util.toJSONOptions);
                };

                AgentStopped.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.AgentStopped";
                };

                return AgentStopped;
            })();

            v1.AgentDegraded = (function() {

                const AgentDegraded = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AgentDegraded.prototype.sensor = "";
                AgentDegraded.prototype.reason = "";

                AgentDegraded.create = function(properties) {
                    return new AgentDegraded(properties);
                };

                AgentDegraded.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor") && message.sensor !== "")
                        writer.uint32(10).string(message.sensor);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(18).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AgentDegraded.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.AgentDegraded();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sensor = value;
                                else
                                    delete message.sensor;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                AgentDegraded.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.AgentDegraded)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.AgentDegraded: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.AgentDegraded();
                    if (object.sensor != null)
                        if (typeof object.sensor !== "string" || object.sensor.length)
                            message.sensor = $String(object.sensor);
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    return message;
                };

                AgentDegraded.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.sensor = "";
                        object.reason = "";
                    }
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor"))
                        object.sensor = message.sensor;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    return object;
                };

                AgentDegraded.prototype.toJSON = function() {
                    return AgentDegraded.toObject(this, $protobuf.util.toJSONOptions);
                };

                AgentDegraded.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.AgentDegraded";
                };

                return AgentDegraded;
            })();

            v1.AgentTampered = (function() {

                const AgentTampered = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AgentTampered.prototype.what = "";
                AgentTampered.prototype.evidence = "";

                AgentTampered.create = function(properties) {
                    return new AgentTampered(properties);
                };

                AgentTampered.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.what != null && $Object.hasOwnProperty.call(message, "what") && message.what !== "")
                        writer.uint32(10).string(message.what);
                    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence") && message.evidence !== "")
                        writer.uint32(18).string(message.evidence);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AgentTampered.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.AgentTampered();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.what = value;
                                else
                                    delete message.what;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.evidence = value;
                                else
                                    delete message.evidence;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                AgentTampered.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.AgentTampered)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.AgentTampered: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.AgentTampered();
                    if (object.what != null)
                        if (typeof object.what !== "string" || object.what.length)
                            message.what = $String(object.what);
                    if (object.evidence != null)
                        if (typeof object.evidence !== "string" || object.evidence.length)
                            message.evidence = $String(object.evidence);
                    return message;
                };

                AgentTampered.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.what = "";
                        object.evidence = "";
                    }
                    if (message.what != null && $Object.hasOwnProperty.call(message, "what"))
                        object.what = message.what;
                    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence"))
                        object.evidence = message.evidence;
                    return object;
                };

                AgentTampered.prototype.toJSON = function() {
                    return AgentTampered.toObject(this, $protobuf.util.toJSONOptions);
                };

                AgentTampered.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.AgentTampered";
                };

                return AgentTampered;
            })();

            v1.ClockChanged = (function() {

                const ClockChanged = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ClockChanged.prototype.stepMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                ClockChanged.create = function(properties) {
                    return new ClockChanged(properties);
                };

                ClockChanged.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.stepMs != null && $Object.hasOwnProperty.call(message, "stepMs") && (typeof message.stepMs === "object" ? message.stepMs.low || message.stepMs.high : message.stepMs !== 0))
                        writer.uint32(8).sint64(message.stepMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ClockChanged.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ClockChanged();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.stepMs = value;
                                else
                                    delete message.stepMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ClockChanged.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ClockChanged)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ClockChanged: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ClockChanged();
                    if (object.stepMs != null)
                        if (typeof object.stepMs === "object" ? object.stepMs.low || object.stepMs.high : $Number(object.stepMs) !== 0)
                            if ($util.Long)
                                message.stepMs = $util.Long.fromValue(object.stepMs, false);
                            else if (typeof object.stepMs === "string")
                                message.stepMs = $parseInt(object.stepMs, 10);
                            else if (typeof object.stepMs === "number")
                                message.stepMs = object.stepMs;
                            else if (typeof object.stepMs === "object")
                                message.stepMs = new $util.LongBits(object.stepMs.low >>> 0, object.stepMs.high >>> 0).toNumber();
                    return message;
                };

                ClockChanged.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, false);
                            object.stepMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.stepMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (message.stepMs != null && $Object.hasOwnProperty.call(message, "stepMs"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.stepMs = typeof message.stepMs === "number" ? $BigInt(message.stepMs) : $util.Long.fromBits(message.stepMs.low >>> 0, message.stepMs.high >>> 0, false).toBigInt();
                        else if (typeof message.stepMs === "number")
                            object.stepMs = options.longs === $String ? $String(message.stepMs) : message.stepMs;
                        else
                            object.stepMs = options.longs === $String ? $util.Long.prototype.toString.call(message.stepMs) : options.longs === $Number ? new $util.LongBits(message.stepMs.low >>> 0, message.stepMs.high >>> 0).toNumber() : message.stepMs;
                    return object;
                };

                ClockChanged.prototype.toJSON = function() {
                    return ClockChanged.toObject(this, $protobuf.util.toJSONOptions);
                };

                ClockChanged.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ClockChanged";
                };

                return ClockChanged;
            })();

            v1.TelemetryGap = (function() {

                const TelemetryGap = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                TelemetryGap.prototype.sensor = "";
                TelemetryGap.prototype.reason = "";
                TelemetryGap.prototype.missed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                TelemetryGap.create = function(properties) {
                    return new TelemetryGap(properties);
                };

                TelemetryGap.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor") && message.sensor !== "")
                        writer.uint32(10).string(message.sensor);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(18).string(message.reason);
                    if (message.missed != null && $Object.hasOwnProperty.call(message, "missed") && (typeof message.missed === "object" ? message.missed.low || message.missed.high : message.missed !== 0))
                        writer.uint32(24).uint64(message.missed);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                TelemetryGap.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.TelemetryGap();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sensor = value;
                                else
                                    delete message.sensor;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.missed = value;
                                else
                                    delete message.missed;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                TelemetryGap.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.TelemetryGap)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.TelemetryGap: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.TelemetryGap();
                    if (object.sensor != null)
                        if (typeof object.sensor !== "string" || object.sensor.length)
                            message.sensor = $String(object.sensor);
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    if (object.missed != null)
                        if (typeof object.missed === "object" ? object.missed.low || object.missed.high : $Number(object.missed) !== 0)
                            if ($util.Long)
                                message.missed = $util.Long.fromValue(object.missed, true);
                            else if (typeof object.missed === "string")
                                message.missed = $parseInt(object.missed, 10);
                            else if (typeof object.missed === "number")
                                message.missed = object.missed;
                            else if (typeof object.missed === "object")
                                message.missed = new $util.LongBits(object.missed.low >>> 0, object.missed.high >>> 0).toNumber(true);
                    return message;
                };

                TelemetryGap.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.sensor = "";
                        object.reason = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.missed = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.missed = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.sensor != null && $Object.hasOwnProperty.call(message, "sensor"))
                        object.sensor = message.sensor;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    if (message.missed != null && $Object.hasOwnProperty.call(message, "missed"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.missed = typeof message.missed === "number" ? $BigInt(message.missed) : $util.Long.fromBits(message.missed.low >>> 0, message.missed.high >>> 0, true).toBigInt();
                        else if (typeof message.missed === "number")
                            object.missed = options.longs === $String ? $String(message.missed) : message.missed;
                        else
                            object.missed = options.longs === $String ? $util.Long.prototype.toString.call(message.missed) : options.longs === $Number ? new $util.LongBits(message.missed.low >>> 0, message.missed.high >>> 0).toNumber(true) : message.missed;
                    return object;
                };

                TelemetryGap.prototype.toJSON = function() {
                    return TelemetryGap.toObject(this, $protobuf.util.toJSONOptions);
                };

                TelemetryGap.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.TelemetryGap";
                };

                return TelemetryGap;
            })();

            v1.PatientRecordAccessed = (function() {

                const PatientRecordAccessed = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PatientRecordAccessed.prototype.patient = "";
                PatientRecordAccessed.prototype.relation = "";
                PatientRecordAccessed.prototype.eventName = "";
                PatientRecordAccessed.prototype.restrictedReason = "";

                PatientRecordAccessed.create = function(properties) {
                    return new PatientRecordAccessed(properties);
                };

                PatientRecordAccessed.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.patient != null && $Object.hasOwnProperty.call(message, "patient") && message.patient !== "")
                        writer.uint32(10).string(message.patient);
                    if (message.relation != null && $Object.hasOwnProperty.call(message, "relation") && message.relation !== "")
                        writer.uint32(18).string(message.relation);
                    if (message.eventName != null && $Object.hasOwnProperty.call(message, "eventName") && message.eventName !== "")
                        writer.uint32(26).string(message.eventName);
                    if (message.restrictedReason != null && $Object.hasOwnProperty.call(message, "restrictedReason") && message.restrictedReason !== "")
                        writer.uint32(34).string(message.restrictedReason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PatientRecordAccessed.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.PatientRecordAccessed();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.patient = value;
                                else
                                    delete message.patient;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.relation = value;
                                else
                                    delete message.relation;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.eventName = value;
                                else
                                    delete message.eventName;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.restrictedReason = value;
                                else
                                    delete message.restrictedReason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PatientRecordAccessed.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.PatientRecordAccessed)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.PatientRecordAccessed: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.PatientRecordAccessed();
                    if (object.patient != null)
                        if (typeof object.patient !== "string" || object.patient.length)
                            message.patient = $String(object.patient);
                    if (object.relation != null)
                        if (typeof object.relation !== "string" || object.relation.length)
                            message.relation = $String(object.relation);
                    if (object.eventName != null)
                        if (typeof object.eventName !== "string" || object.eventName.length)
                            message.eventName = $String(object.eventName);
                    if (object.restrictedReason != null)
                        if (typeof object.restrictedReason !== "string" || object.restrictedReason.length)
                            message.restrictedReason = $String(object.restrictedReason);
                    return message;
                };

                PatientRecordAccessed.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.patient = "";
                        object.relation = "";
                        object.eventName = "";
                        object.restrictedReason = "";
                    }
                    if (message.patient != null && $Object.hasOwnProperty.call(message, "patient"))
                        object.patient = message.patient;
                    if (message.relation != null && $Object.hasOwnProperty.call(message, "relation"))
                        object.relation = message.relation;
                    if (message.eventName != null && $Object.hasOwnProperty.call(message, "eventName"))
                        object.eventName = message.eventName;
                    if (message.restrictedReason != null && $Object.hasOwnProperty.call(message, "restrictedReason"))
                        object.restrictedReason = message.restrictedReason;
                    return object;
                };

                PatientRecordAccessed.prototype.toJSON = function() {
                    return PatientRecordAccessed.toObject(this, $protobuf.util.toJSONOptions);
                };

                PatientRecordAccessed.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.PatientRecordAccessed";
                };

                return PatientRecordAccessed;
            })();

            v1.SecurityAlertRaised = (function() {

                const SecurityAlertRaised = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SecurityAlertRaised.prototype.source = "";
                SecurityAlertRaised.prototype.alertId = "";
                SecurityAlertRaised.prototype.title = "";
                SecurityAlertRaised.prototype.severity = "";
                SecurityAlertRaised.prototype.status = "";
                SecurityAlertRaised.prototype.verdict = "";
                SecurityAlertRaised.prototype.category = "";
                SecurityAlertRaised.prototype.attack = "";
                SecurityAlertRaised.prototype.host = "";
                SecurityAlertRaised.prototype.previousStatus = "";

                SecurityAlertRaised.create = function(properties) {
                    return new SecurityAlertRaised(properties);
                };

                SecurityAlertRaised.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(10).string(message.source);
                    if (message.alertId != null && $Object.hasOwnProperty.call(message, "alertId") && message.alertId !== "")
                        writer.uint32(18).string(message.alertId);
                    if (message.title != null && $Object.hasOwnProperty.call(message, "title") && message.title !== "")
                        writer.uint32(26).string(message.title);
                    if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== "")
                        writer.uint32(34).string(message.severity);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== "")
                        writer.uint32(42).string(message.status);
                    if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== "")
                        writer.uint32(50).string(message.verdict);
                    if (message.category != null && $Object.hasOwnProperty.call(message, "category") && message.category !== "")
                        writer.uint32(58).string(message.category);
                    if (message.attack != null && $Object.hasOwnProperty.call(message, "attack") && message.attack !== "")
                        writer.uint32(66).string(message.attack);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(74).string(message.host);
                    if (message.previousStatus != null && $Object.hasOwnProperty.call(message, "previousStatus") && message.previousStatus !== "")
                        writer.uint32(82).string(message.previousStatus);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SecurityAlertRaised.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SecurityAlertRaised();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.alertId = value;
                                else
                                    delete message.alertId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.title = value;
                                else
                                    delete message.title;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.severity = value;
                                else
                                    delete message.severity;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.verdict = value;
                                else
                                    delete message.verdict;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.category = value;
                                else
                                    delete message.category;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.attack = value;
                                else
                                    delete message.attack;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    delete message.host;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.previousStatus = value;
                                else
                                    delete message.previousStatus;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SecurityAlertRaised.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SecurityAlertRaised)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SecurityAlertRaised: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SecurityAlertRaised();
                    if (object.source != null)
                        if (typeof object.source !== "string" || object.source.length)
                            message.source = $String(object.source);
                    if (object.alertId != null)
                        if (typeof object.alertId !== "string" || object.alertId.length)
                            message.alertId = $String(object.alertId);
                    if (object.title != null)
                        if (typeof object.title !== "string" || object.title.length)
                            message.title = $String(object.title);
                    if (object.severity != null)
                        if (typeof object.severity !== "string" || object.severity.length)
                            message.severity = $String(object.severity);
                    if (object.status != null)
                        if (typeof object.status !== "string" || object.status.length)
                            message.status = $String(object.status);
                    if (object.verdict != null)
                        if (typeof object.verdict !== "string" || object.verdict.length)
                            message.verdict = $String(object.verdict);
                    if (object.category != null)
                        if (typeof object.category !== "string" || object.category.length)
                            message.category = $String(object.category);
                    if (object.attack != null)
                        if (typeof object.attack !== "string" || object.attack.length)
                            message.attack = $String(object.attack);
                    if (object.host != null)
                        if (typeof object.host !== "string" || object.host.length)
                            message.host = $String(object.host);
                    if (object.previousStatus != null)
                        if (typeof object.previousStatus !== "string" || object.previousStatus.length)
                            message.previousStatus = $String(object.previousStatus);
                    return message;
                };

                SecurityAlertRaised.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.source = "";
                        object.alertId = "";
                        object.title = "";
                        object.severity = "";
                        object.status = "";
                        object.verdict = "";
                        object.category = "";
                        object.attack = "";
                        object.host = "";
                        object.previousStatus = "";
                    }
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                        object.source = message.source;
                    if (message.alertId != null && $Object.hasOwnProperty.call(message, "alertId"))
                        object.alertId = message.alertId;
                    if (message.title != null && $Object.hasOwnProperty.call(message, "title"))
                        object.title = message.title;
                    if (message.severity != null && $Object.hasOwnProperty.call(message, "severity"))
                        object.severity = message.severity;
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        object.status = message.status;
                    if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict"))
                        object.verdict = message.verdict;
                    if (message.category != null && $Object.hasOwnProperty.call(message, "category"))
                        object.category = message.category;
                    if (message.attack != null && $Object.hasOwnProperty.call(message, "attack"))
                        object.attack = message.attack;
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host"))
                        object.host = message.host;
                    if (message.previousStatus != null && $Object.hasOwnProperty.call(message, "previousStatus"))
                        object.previousStatus = message.previousStatus;
                    return object;
                };

                SecurityAlertRaised.prototype.toJSON = function() {
                    return SecurityAlertRaised.toObject(this, $protobuf.util.toJSONOptions);
                };

                SecurityAlertRaised.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SecurityAlertRaised";
                };

                return SecurityAlertRaised;
            })();

            v1.PhysicalAccess = (function() {

                const PhysicalAccess = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PhysicalAccess.prototype.assetId = "";
                PhysicalAccess.prototype.assetName = "";
                PhysicalAccess.prototype.status = "";

                PhysicalAccess.create = function(properties) {
                    return new PhysicalAccess(properties);
                };

                PhysicalAccess.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.assetId != null && $Object.hasOwnProperty.call(message, "assetId") && message.assetId !== "")
                        writer.uint32(10).string(message.assetId);
                    if (message.assetName != null && $Object.hasOwnProperty.call(message, "assetName") && message.assetName !== "")
                        writer.uint32(18).string(message.assetName);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== "")
                        writer.uint32(26).string(message.status);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PhysicalAccess.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.PhysicalAccess();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.assetId = value;
                                else
                                    delete message.assetId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.assetName = value;
                                else
                                    delete message.assetName;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PhysicalAccess.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.PhysicalAccess)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.PhysicalAccess: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.PhysicalAccess();
                    if (object.assetId != null)
                        if (typeof object.assetId !== "string" || object.assetId.length)
                            message.assetId = $String(object.assetId);
                    if (object.assetName != null)
                        if (typeof object.assetName !== "string" || object.assetName.length)
                            message.assetName = $String(object.assetName);
                    if (object.status != null)
                        if (typeof object.status !== "string" || object.status.length)
                            message.status = $String(object.status);
                    return message;
                };

                PhysicalAccess.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.assetId = "";
                        object.assetName = "";
                        object.status = "";
                    }
                    if (message.assetId != null && $Object.hasOwnProperty.call(message, "assetId"))
                        object.assetId = message.assetId;
                    if (message.assetName != null && $Object.hasOwnProperty.call(message, "assetName"))
                        object.assetName = message.assetName;
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        object.status = message.status;
                    return object;
                };

                PhysicalAccess.prototype.toJSON = function() {
                    return PhysicalAccess.toObject(this, $protobuf.util.toJSONOptions);
                };

                PhysicalAccess.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.PhysicalAccess";
                };

                return PhysicalAccess;
            })();

            v1.CustomDetection = (function() {

                const CustomDetection = function (properties) {
                    this.fields = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CustomDetection.prototype.indicator = "";
                CustomDetection.prototype.amount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                CustomDetection.prototype.fields = $util.emptyArray;

                CustomDetection.create = function(properties) {
                    return new CustomDetection(properties);
                };

                CustomDetection.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.indicator != null && $Object.hasOwnProperty.call(message, "indicator") && message.indicator !== "")
                        writer.uint32(10).string(message.indicator);
                    if (message.amount != null && $Object.hasOwnProperty.call(message, "amount") && (typeof message.amount === "object" ? message.amount.low || message.amount.high : message.amount !== 0))
                        writer.uint32(16).uint64(message.amount);
                    if (message.fields != null && message.fields.length)
                        for (let i = 0; i < message.fields.length; ++i)
                            $root.holdfast.telemetry.v1.CustomField.encode(message.fields[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CustomDetection.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.CustomDetection();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.indicator = value;
                                else
                                    delete message.indicator;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.amount = value;
                                else
                                    delete message.amount;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.fields && message.fields.length))
                                    message.fields = [];
                                message.fields.push($root.holdfast.telemetry.v1.CustomField.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                CustomDetection.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.CustomDetection)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.CustomDetection: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.CustomDetection();
                    if (object.indicator != null)
                        if (typeof object.indicator !== "string" || object.indicator.length)
                            message.indicator = $String(object.indicator);
                    if (object.amount != null)
                        if (typeof object.amount === "object" ? object.amount.low || object.amount.high : $Number(object.amount) !== 0)
                            if ($util.Long)
                                message.amount = $util.Long.fromValue(object.amount, true);
                            else if (typeof object.amount === "string")
                                message.amount = $parseInt(object.amount, 10);
                            else if (typeof object.amount === "number")
                                message.amount = object.amount;
                            else if (typeof object.amount === "object")
                                message.amount = new $util.LongBits(object.amount.low >>> 0, object.amount.high >>> 0).toNumber(true);
                    if (object.fields) {
                        if (!$Array.isArray(object.fields))
                            throw $TypeError(".holdfast.telemetry.v1.CustomDetection.fields: array expected");
                        message.fields = $Array(object.fields.length);
                        for (let i = 0; i < object.fields.length; ++i) {
                            if (!$util.isObject(object.fields[i]))
                                throw $TypeError(".holdfast.telemetry.v1.CustomDetection.fields: object expected");
                            message.fields[i] = $root.holdfast.telemetry.v1.CustomField.fromObject(object.fields[i], _depth + 1);
                        }
                    }
                    return message;
                };

                CustomDetection.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.fields = [];
                    if (options.defaults) {
                        object.indicator = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.amount = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.amount = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.indicator != null && $Object.hasOwnProperty.call(message, "indicator"))
                        object.indicator = message.indicator;
                    if (message.amount != null && $Object.hasOwnProperty.call(message, "amount"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.amount = typeof message.amount === "number" ? $BigInt(message.amount) : $util.Long.fromBits(message.amount.low >>> 0, message.amount.high >>> 0, true).toBigInt();
                        else if (typeof message.amount === "number")
                            object.amount = options.longs === $String ? $String(message.amount) : message.amount;
                        else
                            object.amount = options.longs === $String ? $util.Long.prototype.toString.call(message.amount) : options.longs === $Number ? new $util.LongBits(message.amount.low >>> 0, message.amount.high >>> 0).toNumber(true) : message.amount;
                    if (message.fields && message.fields.length) {
                        object.fields = $Array(message.fields.length);
                        for (let j = 0; j < message.fields.length; ++j)
                            object.fields[j] = $root.holdfast.telemetry.v1.CustomField.toObject(message.fields[j], options, _depth + 1);
                    }
                    return object;
                };

                CustomDetection.prototype.toJSON = function() {
                    return CustomDetection.toObject(this, $protobuf.util.toJSONOptions);
                };

                CustomDetection.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.CustomDetection";
                };

                return CustomDetection;
            })();

            v1.CustomField = (function() {

                const CustomField = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CustomField.prototype.name = "";
                CustomField.prototype.value = "";

                CustomField.create = function(properties) {
                    return new CustomField(properties);
                };

                CustomField.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                        writer.uint32(18).string(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CustomField.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.CustomField();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                CustomField.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.CustomField)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.CustomField: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.CustomField();
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.value != null)
                        if (typeof object.value !== "string" || object.value.length)
                            message.value = $String(object.value);
                    return message;
                };

                CustomField.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.name = "";
                        object.value = "";
                    }
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                        object.value = message.value;
                    return object;
                };

                CustomField.prototype.toJSON = function() {
                    return CustomField.toObject(this, $protobuf.util.toJSONOptions);
                };

                CustomField.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.CustomField";
                };

                return CustomField;
            })();

            v1.EvidenceRequest = (function() {

                const EvidenceRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceRequest.prototype.offer = null;
                EvidenceRequest.prototype.chunk = null;
                EvidenceRequest.prototype.skips = null;

                let $oneOfFields;

                $Object.defineProperty(EvidenceRequest.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["offer", "chunk", "skips"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                EvidenceRequest.create = function(properties) {
                    return new EvidenceRequest(properties);
                };

                EvidenceRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.offer != null && $Object.hasOwnProperty.call(message, "offer"))
                        $root.holdfast.telemetry.v1.EvidenceOffer.encode(message.offer, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                        $root.holdfast.telemetry.v1.EvidenceChunk.encode(message.chunk, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.skips != null && $Object.hasOwnProperty.call(message, "skips"))
                        $root.holdfast.telemetry.v1.EvidenceSkips.encode(message.skips, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.offer = $root.holdfast.telemetry.v1.EvidenceOffer.decode(reader, reader.size(), $undefined, _depth + 1, message.offer);
                                message.message = "offer";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.chunk = $root.holdfast.telemetry.v1.EvidenceChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.chunk);
                                message.message = "chunk";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.skips = $root.holdfast.telemetry.v1.EvidenceSkips.decode(reader, reader.size(), $undefined, _depth + 1, message.skips);
                                message.message = "skips";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceRequest();
                    if (object.offer != null) {
                        if (!$util.isObject(object.offer))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceRequest.offer: object expected");
                        message.offer = $root.holdfast.telemetry.v1.EvidenceOffer.fromObject(object.offer, _depth + 1);
                    }
                    if (object.chunk != null) {
                        if (!$util.isObject(object.chunk))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceRequest.chunk: object expected");
                        message.chunk = $root.holdfast.telemetry.v1.EvidenceChunk.fromObject(object.chunk, _depth + 1);
                    }
                    if (object.skips != null) {
                        if (!$util.isObject(object.skips))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceRequest.skips: object expected");
                        message.skips = $root.holdfast.telemetry.v1.EvidenceSkips.fromObject(object.skips, _depth + 1);
                    }
                    return message;
                };

                EvidenceRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.offer != null && $Object.hasOwnProperty.call(message, "offer")) {
                        object.offer = $root.holdfast.telemetry.v1.EvidenceOffer.toObject(message.offer, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "offer";
                    }
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk")) {
                        object.chunk = $root.holdfast.telemetry.v1.EvidenceChunk.toObject(message.chunk, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "chunk";
                    }
                    if (message.skips != null && $Object.hasOwnProperty.call(message, "skips")) {
                        object.skips = $root.holdfast.telemetry.v1.EvidenceSkips.toObject(message.skips, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "skips";
                    }
                    return object;
                };

                EvidenceRequest.prototype.toJSON = function() {
                    return EvidenceRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceRequest";
                };

                return EvidenceRequest;
            })();

            v1.EvidenceOffer = (function() {

                const EvidenceOffer = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceOffer.prototype.id = "";
                EvidenceOffer.prototype.epoch = "";
                EvidenceOffer.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceOffer.prototype.plainBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceOffer.prototype.sealedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceOffer.prototype.sha256 = "";
                EvidenceOffer.prototype.keyId = "";
                EvidenceOffer.prototype.capturedAt = null;

                EvidenceOffer.create = function(properties) {
                    return new EvidenceOffer(properties);
                };

                EvidenceOffer.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(18).string(message.epoch);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(24).uint64(message.seq);
                    if (message.plainBytes != null && $Object.hasOwnProperty.call(message, "plainBytes") && (typeof message.plainBytes === "object" ? message.plainBytes.low || message.plainBytes.high : message.plainBytes !== 0))
                        writer.uint32(32).uint64(message.plainBytes);
                    if (message.sealedBytes != null && $Object.hasOwnProperty.call(message, "sealedBytes") && (typeof message.sealedBytes === "object" ? message.sealedBytes.low || message.sealedBytes.high : message.sealedBytes !== 0))
                        writer.uint32(40).uint64(message.sealedBytes);
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256 !== "")
                        writer.uint32(50).string(message.sha256);
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                        writer.uint32(58).string(message.keyId);
                    if (message.capturedAt != null && $Object.hasOwnProperty.call(message, "capturedAt"))
                        $root.google.protobuf.Timestamp.encode(message.capturedAt, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceOffer.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceOffer();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.plainBytes = value;
                                else
                                    delete message.plainBytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sealedBytes = value;
                                else
                                    delete message.sealedBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sha256 = value;
                                else
                                    delete message.sha256;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.keyId = value;
                                else
                                    delete message.keyId;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.capturedAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.capturedAt);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceOffer.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceOffer)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceOffer: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceOffer();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.seq != null)
                        if (typeof object.seq === "object" ? object.seq.low || object.seq.high : $Number(object.seq) !== 0)
                            if ($util.Long)
                                message.seq = $util.Long.fromValue(object.seq, true);
                            else if (typeof object.seq === "string")
                                message.seq = $parseInt(object.seq, 10);
                            else if (typeof object.seq === "number")
                                message.seq = object.seq;
                            else if (typeof object.seq === "object")
                                message.seq = new $util.LongBits(object.seq.low >>> 0, object.seq.high >>> 0).toNumber(true);
                    if (object.plainBytes != null)
                        if (typeof object.plainBytes === "object" ? object.plainBytes.low || object.plainBytes.high : $Number(object.plainBytes) !== 0)
                            if ($util.Long)
                                message.plainBytes = $util.Long.fromValue(object.plainBytes, true);
                            else if (typeof object.plainBytes === "string")
                                message.plainBytes = $parseInt(object.plainBytes, 10);
                            else if (typeof object.plainBytes === "number")
                                message.plainBytes = object.plainBytes;
                            else if (typeof object.plainBytes === "object")
                                message.plainBytes = new $util.LongBits(object.plainBytes.low >>> 0, object.plainBytes.high >>> 0).toNumber(true);
                    if (object.sealedBytes != null)
                        if (typeof object.sealedBytes === "object" ? object.sealedBytes.low || object.sealedBytes.high : $Number(object.sealedBytes) !== 0)
                            if ($util.Long)
                                message.sealedBytes = $util.Long.fromValue(object.sealedBytes, true);
                            else if (typeof object.sealedBytes === "string")
                                message.sealedBytes = $parseInt(object.sealedBytes, 10);
                            else if (typeof object.sealedBytes === "number")
                                message.sealedBytes = object.sealedBytes;
                            else if (typeof object.sealedBytes === "object")
                                message.sealedBytes = new $util.LongBits(object.sealedBytes.low >>> 0, object.sealedBytes.high >>> 0).toNumber(true);
                    if (object.sha256 != null)
                        if (typeof object.sha256 !== "string" || object.sha256.length)
                            message.sha256 = $String(object.sha256);
                    if (object.keyId != null)
                        if (typeof object.keyId !== "string" || object.keyId.length)
                            message.keyId = $String(object.keyId);
                    if (object.capturedAt != null) {
                        if (!$util.isObject(object.capturedAt))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceOffer.capturedAt: object expected");
                        message.capturedAt = $root.google.protobuf.Timestamp.fromObject(object.capturedAt, _depth + 1);
                    }
                    return message;
                };

                EvidenceOffer.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.seq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.seq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.plainBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.plainBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sealedBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sealedBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.sha256 = "";
                        object.keyId = "";
                        object.capturedAt = null;
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.seq = typeof message.seq === "number" ? $BigInt(message.seq) : $util.Long.fromBits(message.seq.low >>> 0, message.seq.high >>> 0, true).toBigInt();
                        else if (typeof message.seq === "number")
                            object.seq = options.longs === $String ? $String(message.seq) : message.seq;
                        else
                            object.seq = options.longs === $String ? $util.Long.prototype.toString.call(message.seq) : options.longs === $Number ? new $util.LongBits(message.seq.low >>> 0, message.seq.high >>> 0).toNumber(true) : message.seq;
                    if (message.plainBytes != null && $Object.hasOwnProperty.call(message, "plainBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.plainBytes = typeof message.plainBytes === "number" ? $BigInt(message.plainBytes) : $util.Long.fromBits(message.plainBytes.low >>> 0, message.plainBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.plainBytes === "number")
                            object.plainBytes = options.longs === $String ? $String(message.plainBytes) : message.plainBytes;
                        else
                            object.plainBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.plainBytes) : options.longs === $Number ? new $util.LongBits(message.plainBytes.low >>> 0, message.plainBytes.high >>> 0).toNumber(true) : message.plainBytes;
                    if (message.sealedBytes != null && $Object.hasOwnProperty.call(message, "sealedBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sealedBytes = typeof message.sealedBytes === "number" ? $BigInt(message.sealedBytes) : $util.Long.fromBits(message.sealedBytes.low >>> 0, message.sealedBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.sealedBytes === "number")
                            object.sealedBytes = options.longs === $String ? $String(message.sealedBytes) : message.sealedBytes;
                        else
                            object.sealedBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.sealedBytes) : options.longs === $Number ? new $util.LongBits(message.sealedBytes.low >>> 0, message.sealedBytes.high >>> 0).toNumber(true) : message.sealedBytes;
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256"))
                        object.sha256 = message.sha256;
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                        object.keyId = message.keyId;
                    if (message.capturedAt != null && $Object.hasOwnProperty.call(message, "capturedAt"))
                        object.capturedAt = $root.google.protobuf.Timestamp.toObject(message.capturedAt, options, _depth + 1);
                    return object;
                };

                EvidenceOffer.prototype.toJSON = function() {
                    return EvidenceOffer.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceOffer.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceOffer";
                };

                return EvidenceOffer;
            })();

            v1.EvidenceChunk = (function() {

                const EvidenceChunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceChunk.prototype.id = "";
                EvidenceChunk.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceChunk.prototype.data = $util.newBuffer([]);

                EvidenceChunk.create = function(properties) {
                    return new EvidenceChunk(properties);
                };

                EvidenceChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                        writer.uint32(16).uint64(message.offset);
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                        writer.uint32(26).bytes(message.data);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceChunk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceChunk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.data = value;
                                else
                                    delete message.data;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceChunk.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceChunk)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceChunk: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceChunk();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.offset != null)
                        if (typeof object.offset === "object" ? object.offset.low || object.offset.high : $Number(object.offset) !== 0)
                            if ($util.Long)
                                message.offset = $util.Long.fromValue(object.offset, true);
                            else if (typeof object.offset === "string")
                                message.offset = $parseInt(object.offset, 10);
                            else if (typeof object.offset === "number")
                                message.offset = object.offset;
                            else if (typeof object.offset === "object")
                                message.offset = new $util.LongBits(object.offset.low >>> 0, object.offset.high >>> 0).toNumber(true);
                    if (object.data != null)
                        if (object.data.length)
                            if (typeof object.data === "string")
                                $util.base64.decode(object.data, message.data = $util.newBuffer($util.base64.length(object.data)), 0);
                            else if (object.data.length >= 0)
                                message.data = object.data;
                    return message;
                };

                EvidenceChunk.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.offset = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.offset = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.data = "";
                        else {
                            object.data = [];
                            if (options.bytes !== $Array)
                                object.data = $util.newBuffer(object.data);
                        }
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.offset = typeof message.offset === "number" ? $BigInt(message.offset) : $util.Long.fromBits(message.offset.low >>> 0, message.offset.high >>> 0, true).toBigInt();
                        else if (typeof message.offset === "number")
                            object.offset = options.longs === $String ? $String(message.offset) : message.offset;
                        else
                            object.offset = options.longs === $String ? $util.Long.prototype.toString.call(message.offset) : options.longs === $Number ? new $util.LongBits(message.offset.low >>> 0, message.offset.high >>> 0).toNumber(true) : message.offset;
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                        object.data = options.bytes === $String ? $util.base64.encode(message.data, 0, message.data.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.data) : message.data;
                    return object;
                };

                EvidenceChunk.prototype.toJSON = function() {
                    return EvidenceChunk.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceChunk.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceChunk";
                };

                return EvidenceChunk;
            })();

            v1.EvidenceSkips = (function() {

                const EvidenceSkips = function (properties) {
                    this.skips = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceSkips.prototype.skips = $util.emptyArray;
                EvidenceSkips.prototype.uncounted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                EvidenceSkips.create = function(properties) {
                    return new EvidenceSkips(properties);
                };

                EvidenceSkips.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.skips != null && message.skips.length)
                        for (let i = 0; i < message.skips.length; ++i)
                            $root.holdfast.telemetry.v1.EvidenceSkip.encode(message.skips[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.uncounted != null && $Object.hasOwnProperty.call(message, "uncounted") && (typeof message.uncounted === "object" ? message.uncounted.low || message.uncounted.high : message.uncounted !== 0))
                        writer.uint32(16).uint64(message.uncounted);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceSkips.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceSkips();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.skips && message.skips.length))
                                    message.skips = [];
                                message.skips.push($root.holdfast.telemetry.v1.EvidenceSkip.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.uncounted = value;
                                else
                                    delete message.uncounted;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceSkips.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceSkips)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceSkips: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceSkips();
                    if (object.skips) {
                        if (!$Array.isArray(object.skips))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceSkips.skips: array expected");
                        message.skips = $Array(object.skips.length);
                        for (let i = 0; i < object.skips.length; ++i) {
                            if (!$util.isObject(object.skips[i]))
                                throw $TypeError(".holdfast.telemetry.v1.EvidenceSkips.skips: object expected");
                            message.skips[i] = $root.holdfast.telemetry.v1.EvidenceSkip.fromObject(object.skips[i], _depth + 1);
                        }
                    }
                    if (object.uncounted != null)
                        if (typeof object.uncounted === "object" ? object.uncounted.low || object.uncounted.high : $Number(object.uncounted) !== 0)
                            if ($util.Long)
                                message.uncounted = $util.Long.fromValue(object.uncounted, true);
                            else if (typeof object.uncounted === "string")
                                message.uncounted = $parseInt(object.uncounted, 10);
                            else if (typeof object.uncounted === "number")
                                message.uncounted = object.uncounted;
                            else if (typeof object.uncounted === "object")
                                message.uncounted = new $util.LongBits(object.uncounted.low >>> 0, object.uncounted.high >>> 0).toNumber(true);
                    return message;
                };

                EvidenceSkips.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.skips = [];
                    if (options.defaults)
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.uncounted = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.uncounted = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (message.skips && message.skips.length) {
                        object.skips = $Array(message.skips.length);
                        for (let j = 0; j < message.skips.length; ++j)
                            object.skips[j] = $root.holdfast.telemetry.v1.EvidenceSkip.toObject(message.skips[j], options, _depth + 1);
                    }
                    if (message.uncounted != null && $Object.hasOwnProperty.call(message, "uncounted"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.uncounted = typeof message.uncounted === "number" ? $BigInt(message.uncounted) : $util.Long.fromBits(message.uncounted.low >>> 0, message.uncounted.high >>> 0, true).toBigInt();
                        else if (typeof message.uncounted === "number")
                            object.uncounted = options.longs === $String ? $String(message.uncounted) : message.uncounted;
                        else
                            object.uncounted = options.longs === $String ? $util.Long.prototype.toString.call(message.uncounted) : options.longs === $Number ? new $util.LongBits(message.uncounted.low >>> 0, message.uncounted.high >>> 0).toNumber(true) : message.uncounted;
                    return object;
                };

                EvidenceSkips.prototype.toJSON = function() {
                    return EvidenceSkips.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceSkips.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceSkips";
                };

                return EvidenceSkips;
            })();

            v1.EvidenceSkip = (function() {

                const EvidenceSkip = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceSkip.prototype.epoch = "";
                EvidenceSkip.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceSkip.prototype.reason = "";
                EvidenceSkip.prototype.at = null;
                EvidenceSkip.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                EvidenceSkip.create = function(properties) {
                    return new EvidenceSkip(properties);
                };

                EvidenceSkip.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(10).string(message.epoch);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(16).uint64(message.seq);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(26).string(message.reason);
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                        $root.google.protobuf.Timestamp.encode(message.at, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                        writer.uint32(40).uint64(message.sizeBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceSkip.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceSkip();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.at = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.at);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sizeBytes = value;
                                else
                                    delete message.sizeBytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceSkip.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceSkip)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceSkip: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceSkip();
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.seq != null)
                        if (typeof object.seq === "object" ? object.seq.low || object.seq.high : $Number(object.seq) !== 0)
                            if ($util.Long)
                                message.seq = $util.Long.fromValue(object.seq, true);
                            else if (typeof object.seq === "string")
                                message.seq = $parseInt(object.seq, 10);
                            else if (typeof object.seq === "number")
                                message.seq = object.seq;
                            else if (typeof object.seq === "object")
                                message.seq = new $util.LongBits(object.seq.low >>> 0, object.seq.high >>> 0).toNumber(true);
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    if (object.at != null) {
                        if (!$util.isObject(object.at))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceSkip.at: object expected");
                        message.at = $root.google.protobuf.Timestamp.fromObject(object.at, _depth + 1);
                    }
                    if (object.sizeBytes != null)
                        if (typeof object.sizeBytes === "object" ? object.sizeBytes.low || object.sizeBytes.high : $Number(object.sizeBytes) !== 0)
                            if ($util.Long)
                                message.sizeBytes = $util.Long.fromValue(object.sizeBytes, true);
                            else if (typeof object.sizeBytes === "string")
                                message.sizeBytes = $parseInt(object.sizeBytes, 10);
                            else if (typeof object.sizeBytes === "number")
                                message.sizeBytes = object.sizeBytes;
                            else if (typeof object.sizeBytes === "object")
                                message.sizeBytes = new $util.LongBits(object.sizeBytes.low >>> 0, object.sizeBytes.high >>> 0).toNumber(true);
                    return message;
                };

                EvidenceSkip.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.seq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.seq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.reason = "";
                        object.at = null;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sizeBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sizeBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.seq = typeof message.seq === "number" ? $BigInt(message.seq) : $util.Long.fromBits(message.seq.low >>> 0, message.seq.high >>> 0, true).toBigInt();
                        else if (typeof message.seq === "number")
                            object.seq = options.longs === $String ? $String(message.seq) : message.seq;
                        else
                            object.seq = options.longs === $String ? $util.Long.prototype.toString.call(message.seq) : options.longs === $Number ? new $util.LongBits(message.seq.low >>> 0, message.seq.high >>> 0).toNumber(true) : message.seq;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                        object.at = $root.google.protobuf.Timestamp.toObject(message.at, options, _depth + 1);
                    if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sizeBytes = typeof message.sizeBytes === "number" ? $BigInt(message.sizeBytes) : $util.Long.fromBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.sizeBytes === "number")
                            object.sizeBytes = options.longs === $String ? $String(message.sizeBytes) : message.sizeBytes;
                        else
                            object.sizeBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.sizeBytes) : options.longs === $Number ? new $util.LongBits(message.sizeBytes.low >>> 0, message.sizeBytes.high >>> 0).toNumber(true) : message.sizeBytes;
                    return object;
                };

                EvidenceSkip.prototype.toJSON = function() {
                    return EvidenceSkip.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceSkip.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceSkip";
                };

                return EvidenceSkip;
            })();

            v1.EvidenceAnswer = (function() {

                const EvidenceAnswer = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceAnswer.prototype.receivedBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceAnswer.prototype.complete = false;
                EvidenceAnswer.prototype.refused = "";
                EvidenceAnswer.prototype.final = false;
                EvidenceAnswer.prototype.retryAfterSecs = 0;

                EvidenceAnswer.create = function(properties) {
                    return new EvidenceAnswer(properties);
                };

                EvidenceAnswer.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.receivedBytes != null && $Object.hasOwnProperty.call(message, "receivedBytes") && (typeof message.receivedBytes === "object" ? message.receivedBytes.low || message.receivedBytes.high : message.receivedBytes !== 0))
                        writer.uint32(8).uint64(message.receivedBytes);
                    if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                        writer.uint32(16).bool(message.complete);
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused") && message.refused !== "")
                        writer.uint32(26).string(message.refused);
                    if (message.final != null && $Object.hasOwnProperty.call(message, "final") && message.final !== false)
                        writer.uint32(32).bool(message.final);
                    if (message.retryAfterSecs != null && $Object.hasOwnProperty.call(message, "retryAfterSecs") && message.retryAfterSecs !== 0)
                        writer.uint32(40).uint32(message.retryAfterSecs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceAnswer.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceAnswer();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.receivedBytes = value;
                                else
                                    delete message.receivedBytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.complete = value;
                                else
                                    delete message.complete;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.refused = value;
                                else
                                    delete message.refused;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.final = value;
                                else
                                    delete message.final;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.retryAfterSecs = value;
                                else
                                    delete message.retryAfterSecs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceAnswer.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceAnswer)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceAnswer: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceAnswer();
                    if (object.receivedBytes != null)
                        if (typeof object.receivedBytes === "object" ? object.receivedBytes.low || object.receivedBytes.high : $Number(object.receivedBytes) !== 0)
                            if ($util.Long)
                                message.receivedBytes = $util.Long.fromValue(object.receivedBytes, true);
                            else if (typeof object.receivedBytes === "string")
                                message.receivedBytes = $parseInt(object.receivedBytes, 10);
                            else if (typeof object.receivedBytes === "number")
                                message.receivedBytes = object.receivedBytes;
                            else if (typeof object.receivedBytes === "object")
                                message.receivedBytes = new $util.LongBits(object.receivedBytes.low >>> 0, object.receivedBytes.high >>> 0).toNumber(true);
                    if (object.complete != null)
                        if (object.complete)
                            message.complete = $Boolean(object.complete);
                    if (object.refused != null)
                        if (typeof object.refused !== "string" || object.refused.length)
                            message.refused = $String(object.refused);
                    if (object.final != null)
                        if (object.final)
                            message.final = $Boolean(object.final);
                    if (object.retryAfterSecs != null)
                        if ($Number(object.retryAfterSecs) !== 0)
                            message.retryAfterSecs = object.retryAfterSecs >>> 0;
                    return message;
                };

                EvidenceAnswer.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.receivedBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.receivedBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.complete = false;
                        object.refused = "";
                        object.final = false;
                        object.retryAfterSecs = 0;
                    }
                    if (message.receivedBytes != null && $Object.hasOwnProperty.call(message, "receivedBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.receivedBytes = typeof message.receivedBytes === "number" ? $BigInt(message.receivedBytes) : $util.Long.fromBits(message.receivedBytes.low >>> 0, message.receivedBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.receivedBytes === "number")
                            object.receivedBytes = options.longs === $String ? $String(message.receivedBytes) : message.receivedBytes;
                        else
                            object.receivedBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.receivedBytes) : options.longs === $Number ? new $util.LongBits(message.receivedBytes.low >>> 0, message.receivedBytes.high >>> 0).toNumber(true) : message.receivedBytes;
                    if (message.complete != null && $Object.hasOwnProperty.call(message, "complete"))
                        object.complete = message.complete;
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                        object.refused = message.refused;
                    if (message.final != null && $Object.hasOwnProperty.call(message, "final"))
                        object.final = message.final;
                    if (message.retryAfterSecs != null && $Object.hasOwnProperty.call(message, "retryAfterSecs"))
                        object.retryAfterSecs = message.retryAfterSecs;
                    return object;
                };

                EvidenceAnswer.prototype.toJSON = function() {
                    return EvidenceAnswer.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceAnswer.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceAnswer";
                };

                return EvidenceAnswer;
            })();

            v1.SealHead = (function() {

                const SealHead = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SealHead.prototype.id = "";
                SealHead.prototype.deviceId = "";
                SealHead.prototype.organisation = "";
                SealHead.prototype.epoch = "";
                SealHead.prototype.seq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SealHead.prototype.keyId = "";
                SealHead.prototype.ephemeralKey = $util.newBuffer([]);
                SealHead.prototype.capturedAt = null;

                SealHead.create = function(properties) {
                    return new SealHead(properties);
                };

                SealHead.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.deviceId != null && $Object.hasOwnProperty.call(message, "deviceId") && message.deviceId !== "")
                        writer.uint32(18).string(message.deviceId);
                    if (message.organisation != null && $Object.hasOwnProperty.call(message, "organisation") && message.organisation !== "")
                        writer.uint32(26).string(message.organisation);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(34).string(message.epoch);
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq") && (typeof message.seq === "object" ? message.seq.low || message.seq.high : message.seq !== 0))
                        writer.uint32(40).uint64(message.seq);
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                        writer.uint32(50).string(message.keyId);
                    if (message.ephemeralKey != null && $Object.hasOwnProperty.call(message, "ephemeralKey") && message.ephemeralKey.length)
                        writer.uint32(58).bytes(message.ephemeralKey);
                    if (message.capturedAt != null && $Object.hasOwnProperty.call(message, "capturedAt"))
                        $root.google.protobuf.Timestamp.encode(message.capturedAt, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SealHead.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SealHead();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.deviceId = value;
                                else
                                    delete message.deviceId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.organisation = value;
                                else
                                    delete message.organisation;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.seq = value;
                                else
                                    delete message.seq;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.keyId = value;
                                else
                                    delete message.keyId;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.ephemeralKey = value;
                                else
                                    delete message.ephemeralKey;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.capturedAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.capturedAt);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SealHead.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SealHead)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SealHead: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SealHead();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.deviceId != null)
                        if (typeof object.deviceId !== "string" || object.deviceId.length)
                            message.deviceId = $String(object.deviceId);
                    if (object.organisation != null)
                        if (typeof object.organisation !== "string" || object.organisation.length)
                            message.organisation = $String(object.organisation);
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.seq != null)
                        if (typeof object.seq === "object" ? object.seq.low || object.seq.high : $Number(object.seq) !== 0)
                            if ($util.Long)
                                message.seq = $util.Long.fromValue(object.seq, true);
                            else if (typeof object.seq === "string")
                                message.seq = $parseInt(object.seq, 10);
                            else if (typeof object.seq === "number")
                                message.seq = object.seq;
                            else if (typeof object.seq === "object")
                                message.seq = new $util.LongBits(object.seq.low >>> 0, object.seq.high >>> 0).toNumber(true);
                    if (object.keyId != null)
                        if (typeof object.keyId !== "string" || object.keyId.length)
                            message.keyId = $String(object.keyId);
                    if (object.ephemeralKey != null)
                        if (object.ephemeralKey.length)
                            if (typeof object.ephemeralKey === "string")
                                $util.base64.decode(object.ephemeralKey, message.ephemeralKey = $util.newBuffer($util.base64.length(object.ephemeralKey)), 0);
                            else if (object.ephemeralKey.length >= 0)
                                message.ephemeralKey = object.ephemeralKey;
                    if (object.capturedAt != null) {
                        if (!$util.isObject(object.capturedAt))
                            throw $TypeError(".holdfast.telemetry.v1.SealHead.capturedAt: object expected");
                        message.capturedAt = $root.google.protobuf.Timestamp.fromObject(object.capturedAt, _depth + 1);
                    }
                    return message;
                };

                SealHead.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        object.deviceId = "";
                        object.organisation = "";
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.seq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.seq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.keyId = "";
                        if (options.bytes === $String)
                            object.ephemeralKey = "";
                        else {
                            object.ephemeralKey = [];
                            if (options.bytes !== $Array)
                                object.ephemeralKey = $util.newBuffer(object.ephemeralKey);
                        }
                        object.capturedAt = null;
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.deviceId != null && $Object.hasOwnProperty.call(message, "deviceId"))
                        object.deviceId = message.deviceId;
                    if (message.organisation != null && $Object.hasOwnProperty.call(message, "organisation"))
                        object.organisation = message.organisation;
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.seq = typeof message.seq === "number" ? $BigInt(message.seq) : $util.Long.fromBits(message.seq.low >>> 0, message.seq.high >>> 0, true).toBigInt();
                        else if (typeof message.seq === "number")
                            object.seq = options.longs === $String ? $String(message.seq) : message.seq;
                        else
                            object.seq = options.longs === $String ? $util.Long.prototype.toString.call(message.seq) : options.longs === $Number ? new $util.LongBits(message.seq.low >>> 0, message.seq.high >>> 0).toNumber(true) : message.seq;
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                        object.keyId = message.keyId;
                    if (message.ephemeralKey != null && $Object.hasOwnProperty.call(message, "ephemeralKey"))
                        object.ephemeralKey = options.bytes === $String ? $util.base64.encode(message.ephemeralKey, 0, message.ephemeralKey.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.ephemeralKey) : message.ephemeralKey;
                    if (message.capturedAt != null && $Object.hasOwnProperty.call(message, "capturedAt"))
                        object.capturedAt = $root.google.protobuf.Timestamp.toObject(message.capturedAt, options, _depth + 1);
                    return object;
                };

                SealHead.prototype.toJSON = function() {
                    return SealHead.toObject(this, $protobuf.util.toJSONOptions);
                };

                SealHead.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SealHead";
                };

                return SealHead;
            })();

            v1.SealEnd = (function() {

                const SealEnd = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SealEnd.prototype.plainBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SealEnd.prototype.sha256 = "";

                SealEnd.create = function(properties) {
                    return new SealEnd(properties);
                };

                SealEnd.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.plainBytes != null && $Object.hasOwnProperty.call(message, "plainBytes") && (typeof message.plainBytes === "object" ? message.plainBytes.low || message.plainBytes.high : message.plainBytes !== 0))
                        writer.uint32(8).uint64(message.plainBytes);
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256 !== "")
                        writer.uint32(18).string(message.sha256);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SealEnd.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SealEnd();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.plainBytes = value;
                                else
                                    delete message.plainBytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sha256 = value;
                                else
                                    delete message.sha256;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SealEnd.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SealEnd)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SealEnd: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SealEnd();
                    if (object.plainBytes != null)
                        if (typeof object.plainBytes === "object" ? object.plainBytes.low || object.plainBytes.high : $Number(object.plainBytes) !== 0)
                            if ($util.Long)
                                message.plainBytes = $util.Long.fromValue(object.plainBytes, true);
                            else if (typeof object.plainBytes === "string")
                                message.plainBytes = $parseInt(object.plainBytes, 10);
                            else if (typeof object.plainBytes === "number")
                                message.plainBytes = object.plainBytes;
                            else if (typeof object.plainBytes === "object")
                                message.plainBytes = new $util.LongBits(object.plainBytes.low >>> 0, object.plainBytes.high >>> 0).toNumber(true);
                    if (object.sha256 != null)
                        if (typeof object.sha256 !== "string" || object.sha256.length)
                            message.sha256 = $String(object.sha256);
                    return message;
                };

                SealEnd.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.plainBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.plainBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.sha256 = "";
                    }
                    if (message.plainBytes != null && $Object.hasOwnProperty.call(message, "plainBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.plainBytes = typeof message.plainBytes === "number" ? $BigInt(message.plainBytes) : $util.Long.fromBits(message.plainBytes.low >>> 0, message.plainBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.plainBytes === "number")
                            object.plainBytes = options.longs === $String ? $String(message.plainBytes) : message.plainBytes;
                        else
                            object.plainBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.plainBytes) : options.longs === $Number ? new $util.LongBits(message.plainBytes.low >>> 0, message.plainBytes.high >>> 0).toNumber(true) : message.plainBytes;
                    if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256"))
                        object.sha256 = message.sha256;
                    return object;
                };

                SealEnd.prototype.toJSON = function() {
                    return SealEnd.toObject(this, $protobuf.util.toJSONOptions);
                };

                SealEnd.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SealEnd";
                };

                return SealEnd;
            })();

            v1.SignedPolicy = (function() {

                const SignedPolicy = function (properties) {
                    this.signatures = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SignedPolicy.prototype.body = $util.newBuffer([]);
                SignedPolicy.prototype.signatures = $util.emptyArray;

                SignedPolicy.create = function(properties) {
                    return new SignedPolicy(properties);
                };

                SignedPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                        writer.uint32(10).bytes(message.body);
                    if (message.signatures != null && message.signatures.length)
                        for (let i = 0; i < message.signatures.length; ++i)
                            $root.holdfast.telemetry.v1.PolicySignature.encode(message.signatures[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SignedPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SignedPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.body = value;
                                else
                                    delete message.body;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.signatures && message.signatures.length))
                                    message.signatures = [];
                                message.signatures.push($root.holdfast.telemetry.v1.PolicySignature.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SignedPolicy.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SignedPolicy)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SignedPolicy: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SignedPolicy();
                    if (object.body != null)
                        if (object.body.length)
                            if (typeof object.body === "string")
                                $util.base64.decode(object.body, message.body = $util.newBuffer($util.base64.length(object.body)), 0);
                            else if (object.body.length >= 0)
                                message.body = object.body;
                    if (object.signatures) {
                        if (!$Array.isArray(object.signatures))
                            throw $TypeError(".holdfast.telemetry.v1.SignedPolicy.signatures: array expected");
                        message.signatures = $Array(object.signatures.length);
                        for (let i = 0; i < object.signatures.length; ++i) {
                            if (!$util.isObject(object.signatures[i]))
                                throw $TypeError(".holdfast.telemetry.v1.SignedPolicy.signatures: object expected");
                            message.signatures[i] = $root.holdfast.telemetry.v1.PolicySignature.fromObject(object.signatures[i], _depth + 1);
                        }
                    }
                    return message;
                };

                SignedPolicy.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.signatures = [];
                    if (options.defaults)
                        if (options.bytes === $String)
                            object.body = "";
                        else {
                            object.body = [];
                            if (options.bytes !== $Array)
                                object.body = $util.newBuffer(object.body);
                        }
                    if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                        object.body = options.bytes === $String ? $util.base64.encode(message.body, 0, message.body.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.body) : message.body;
                    if (message.signatures && message.signatures.length) {
                        object.signatures = $Array(message.signatures.length);
                        for (let j = 0; j < message.signatures.length; ++j)
                            object.signatures[j] = $root.holdfast.telemetry.v1.PolicySignature.toObject(message.signatures[j], options, _depth + 1);
                    }
                    return object;
                };

                SignedPolicy.prototype.toJSON = function() {
                    return SignedPolicy.toObject(this, $protobuf.util.toJSONOptions);
                };

                SignedPolicy.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SignedPolicy";
                };

                return SignedPolicy;
            })();

            v1.PolicySignature = (function() {

                const PolicySignature = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PolicySignature.prototype.keyId = "";
                PolicySignature.prototype.signature = $util.newBuffer([]);

                PolicySignature.create = function(properties) {
                    return new PolicySignature(properties);
                };

                PolicySignature.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                        writer.uint32(10).string(message.keyId);
                    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                        writer.uint32(18).bytes(message.signature);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PolicySignature.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.PolicySignature();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.keyId = value;
                                else
                                    delete message.keyId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.signature = value;
                                else
                                    delete message.signature;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PolicySignature.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.PolicySignature)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.PolicySignature: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.PolicySignature();
                    if (object.keyId != null)
                        if (typeof object.keyId !== "string" || object.keyId.length)
                            message.keyId = $String(object.keyId);
                    if (object.signature != null)
                        if (object.signature.length)
                            if (typeof object.signature === "string")
                                $util.base64.decode(object.signature, message.signature = $util.newBuffer($util.base64.length(object.signature)), 0);
                            else if (object.signature.length >= 0)
                                message.signature = object.signature;
                    return message;
                };

                PolicySignature.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.keyId = "";
                        if (options.bytes === $String)
                            object.signature = "";
                        else {
                            object.signature = [];
                            if (options.bytes !== $Array)
                                object.signature = $util.newBuffer(object.signature);
                        }
                    }
                    if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                        object.keyId = message.keyId;
                    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                        object.signature = options.bytes === $String ? $util.base64.encode(message.signature, 0, message.signature.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.signature) : message.signature;
                    return object;
                };

                PolicySignature.prototype.toJSON = function() {
                    return PolicySignature.toObject(this, $protobuf.util.toJSONOptions);
                };

                PolicySignature.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.PolicySignature";
                };

                return PolicySignature;
            })();

            v1.AgentPolicy = (function() {

                const AgentPolicy = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AgentPolicy.prototype.organisation = "";
                AgentPolicy.prototype.group = "";
                AgentPolicy.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                AgentPolicy.prototype.issuedAt = null;
                AgentPolicy.prototype.expiresAt = null;
                AgentPolicy.prototype.device = "";
                AgentPolicy.prototype.files = null;
                AgentPolicy.prototype.removableMedia = null;
                AgentPolicy.prototype.securityFeatures = null;
                AgentPolicy.prototype.applications = null;
                AgentPolicy.prototype.reporting = null;
                AgentPolicy.prototype.evidence = null;
                AgentPolicy.prototype.inspection = null;
                AgentPolicy.prototype.uninstall = null;

                AgentPolicy.create = function(properties) {
                    return new AgentPolicy(properties);
                };

                AgentPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.organisation != null && $Object.hasOwnProperty.call(message, "organisation") && message.organisation !== "")
                        writer.uint32(10).string(message.organisation);
                    if (message.group != null && $Object.hasOwnProperty.call(message, "group") && message.group !== "")
                        writer.uint32(18).string(message.group);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                        writer.uint32(24).uint64(message.version);
                    if (message.issuedAt != null && $Object.hasOwnProperty.call(message, "issuedAt"))
                        $root.google.protobuf.Timestamp.encode(message.issuedAt, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.expiresAt != null && $Object.hasOwnProperty.call(message, "expiresAt"))
                        $root.google.protobuf.Timestamp.encode(message.expiresAt, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.device != null && $Object.hasOwnProperty.call(message, "device") && message.device !== "")
                        writer.uint32(50).string(message.device);
                    if (message.files != null && $Object.hasOwnProperty.call(message, "files"))
                        $root.holdfast.telemetry.v1.FileWatch.encode(message.files, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.removableMedia != null && $Object.hasOwnProperty.call(message, "removableMedia"))
                        $root.holdfast.telemetry.v1.RemovableMediaWatch.encode(message.removableMedia, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.securityFeatures != null && $Object.hasOwnProperty.call(message, "securityFeatures"))
                        $root.holdfast.telemetry.v1.SecurityFeatureWatch.encode(message.securityFeatures, writer.uint32(98).fork(), _depth + 1).ldelim();
                    if (message.applications != null && $Object.hasOwnProperty.call(message, "applications"))
                        $root.holdfast.telemetry.v1.ApplicationWatch.encode(message.applications, writer.uint32(106).fork(), _depth + 1).ldelim();
                    if (message.reporting != null && $Object.hasOwnProperty.call(message, "reporting"))
                        $root.holdfast.telemetry.v1.Reporting.encode(message.reporting, writer.uint32(114).fork(), _depth + 1).ldelim();
                    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence"))
                        $root.holdfast.telemetry.v1.EvidenceCapture.encode(message.evidence, writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.inspection != null && $Object.hasOwnProperty.call(message, "inspection"))
                        $root.holdfast.telemetry.v1.ContentInspection.encode(message.inspection, writer.uint32(162).fork(), _depth + 1).ldelim();
                    if (message.uninstall != null && $Object.hasOwnProperty.call(message, "uninstall"))
                        $root.holdfast.telemetry.v1.UninstallProtection.encode(message.uninstall, writer.uint32(250).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AgentPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.AgentPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.organisation = value;
                                else
                                    delete message.organisation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.group = value;
                                else
                                    delete message.group;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.issuedAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.issuedAt);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.expiresAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.expiresAt);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.device = value;
                                else
                                    delete message.device;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.files = $root.holdfast.telemetry.v1.FileWatch.decode(reader, reader.size(), $undefined, _depth + 1, message.files);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.removableMedia = $root.holdfast.telemetry.v1.RemovableMediaWatch.decode(reader, reader.size(), $undefined, _depth + 1, message.removableMedia);
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.securityFeatures = $root.holdfast.telemetry.v1.SecurityFeatureWatch.decode(reader, reader.size(), $undefined, _depth + 1, message.securityFeatures);
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.applications = $root.holdfast.telemetry.v1.ApplicationWatch.decode(reader, reader.size(), $undefined, _depth + 1, message.applications);
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.reporting = $root.holdfast.telemetry.v1.Reporting.decode(reader, reader.size(), $undefined, _depth + 1, message.reporting);
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.evidence = $root.holdfast.telemetry.v1.EvidenceCapture.decode(reader, reader.size(), $undefined, _depth + 1, message.evidence);
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                message.inspection = $root.holdfast.telemetry.v1.ContentInspection.decode(reader, reader.size(), $undefined, _depth + 1, message.inspection);
                                continue;
                            }
                        case 31: {
                                if (wireType !== 2)
                                    break;
                                message.uninstall = $root.holdfast.telemetry.v1.UninstallProtection.decode(reader, reader.size(), $undefined, _depth + 1, message.uninstall);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                AgentPolicy.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.AgentPolicy)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.AgentPolicy: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.AgentPolicy();
                    if (object.organisation != null)
                        if (typeof object.organisation !== "string" || object.organisation.length)
                            message.organisation = $String(object.organisation);
                    if (object.group != null)
                        if (typeof object.group !== "string" || object.group.length)
                            message.group = $String(object.group);
                    if (object.version != null)
                        if (typeof object.version === "object" ? object.version.low || object.version.high : $Number(object.version) !== 0)
                            if ($util.Long)
                                message.version = $util.Long.fromValue(object.version, true);
                            else if (typeof object.version === "string")
                                message.version = $parseInt(object.version, 10);
                            else if (typeof object.version === "number")
                                message.version = object.version;
                            else if (typeof object.version === "object")
                                message.version = new $util.LongBits(object.version.low >>> 0, object.version.high >>> 0).toNumber(true);
                    if (object.issuedAt != null) {
                        if (!$util.isObject(object.issuedAt))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.issuedAt: object expected");
                        message.issuedAt = $root.google.protobuf.Timestamp.fromObject(object.issuedAt, _depth + 1);
                    }
                    if (object.expiresAt != null) {
                        if (!$util.isObject(object.expiresAt))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.expiresAt: object expected");
                        message.expiresAt = $root.google.protobuf.Timestamp.fromObject(object.expiresAt, _depth + 1);
                    }
                    if (object.device != null)
                        if (typeof object.device !== "string" || object.device.length)
                            message.device = $String(object.device);
                    if (object.files != null) {
                        if (!$util.isObject(object.files))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.files: object expected");
                        message.files = $root.holdfast.telemetry.v1.FileWatch.fromObject(object.files, _depth + 1);
                    }
                    if (object.removableMedia != null) {
                        if (!$util.isObject(object.removableMedia))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.removableMedia: object expected");
                        message.removableMedia = $root.holdfast.telemetry.v1.RemovableMediaWatch.fromObject(object.removableMedia, _depth + 1);
                    }
                    if (object.securityFeatures != null) {
                        if (!$util.isObject(object.securityFeatures))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.securityFeatures: object expected");
                        message.securityFeatures = $root.holdfast.telemetry.v1.SecurityFeatureWatch.fromObject(object.securityFeatures, _depth + 1);
                    }
                    if (object.applications != null) {
                        if (!$util.isObject(object.applications))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.applications: object expected");
                        message.applications = $root.holdfast.telemetry.v1.ApplicationWatch.fromObject(object.applications, _depth + 1);
                    }
                    if (object.reporting != null) {
                        if (!$util.isObject(object.reporting))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.reporting: object expected");
                        message.reporting = $root.holdfast.telemetry.v1.Reporting.fromObject(object.reporting, _depth + 1);
                    }
                    if (object.evidence != null) {
                        if (!$util.isObject(object.evidence))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.evidence: object expected");
                        message.evidence = $root.holdfast.telemetry.v1.EvidenceCapture.fromObject(object.evidence, _depth + 1);
                    }
                    if (object.inspection != null) {
                        if (!$util.isObject(object.inspection))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.inspection: object expected");
                        message.inspection = $root.holdfast.telemetry.v1.ContentInspection.fromObject(object.inspection, _depth + 1);
                    }
                    if (object.uninstall != null) {
                        if (!$util.isObject(object.uninstall))
                            throw $TypeError(".holdfast.telemetry.v1.AgentPolicy.uninstall: object expected");
                        message.uninstall = $root.holdfast.telemetry.v1.UninstallProtection.fromObject(object.uninstall, _depth + 1);
                    }
                    return message;
                };

                AgentPolicy.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.organisation = "";
                        object.group = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.version = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.version = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.issuedAt = null;
                        object.expiresAt = null;
                        object.device = "";
                        object.files = null;
                        object.removableMedia = null;
                        object.securityFeatures = null;
                        object.applications = null;
                        object.reporting = null;
                        object.evidence = null;
                        object.inspection = null;
                        object.uninstall = null;
                    }
                    if (message.organisation != null && $Object.hasOwnProperty.call(message, "organisation"))
                        object.organisation = message.organisation;
                    if (message.group != null && $Object.hasOwnProperty.call(message, "group"))
                        object.group = message.group;
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.version = typeof message.version === "number" ? $BigInt(message.version) : $util.Long.fromBits(message.version.low >>> 0, message.version.high >>> 0, true).toBigInt();
                        else if (typeof message.version === "number")
                            object.version = options.longs === $String ? $String(message.version) : message.version;
                        else
                            object.version = options.longs === $String ? $util.Long.prototype.toString.call(message.version) : options.longs === $Number ? new $util.LongBits(message.version.low >>> 0, message.version.high >>> 0).toNumber(true) : message.version;
                    if (message.issuedAt != null && $Object.hasOwnProperty.call(message, "issuedAt"))
                        object.issuedAt = $root.google.protobuf.Timestamp.toObject(message.issuedAt, options, _depth + 1);
                    if (message.expiresAt != null && $Object.hasOwnProperty.call(message, "expiresAt"))
                        object.expiresAt = $root.google.protobuf.Timestamp.toObject(message.expiresAt, options, _depth + 1);
                    if (message.device != null && $Object.hasOwnProperty.call(message, "device"))
                        object.device = message.device;
                    if (message.files != null && $Object.hasOwnProperty.call(message, "files"))
                        object.files = $root.holdfast.telemetry.v1.FileWatch.toObject(message.files, options, _depth + 1);
                    if (message.removableMedia != null && $Object.hasOwnProperty.call(message, "removableMedia"))
                        object.removableMedia = $root.holdfast.telemetry.v1.RemovableMediaWatch.toObject(message.removableMedia, options, _depth + 1);
                    if (message.securityFeatures != null && $Object.hasOwnProperty.call(message, "securityFeatures"))
                        object.securityFeatures = $root.holdfast.telemetry.v1.SecurityFeatureWatch.toObject(message.securityFeatures, options, _depth + 1);
                    if (message.applications != null && $Object.hasOwnProperty.call(message, "applications"))
                        object.applications = $root.holdfast.telemetry.v1.ApplicationWatch.toObject(message.applications, options, _depth + 1);
                    if (message.reporting != null && $Object.hasOwnProperty.call(message, "reporting"))
                        object.reporting = $root.holdfast.telemetry.v1.Reporting.toObject(message.reporting, options, _depth + 1);
                    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence"))
                        object.evidence = $root.holdfast.telemetry.v1.EvidenceCapture.toObject(message.evidence, options, _depth + 1);
                    if (message.inspection != null && $Object.hasOwnProperty.call(message, "inspection"))
                        object.inspection = $root.holdfast.telemetry.v1.ContentInspection.toObject(message.inspection, options, _depth + 1);
                    if (message.uninstall != null && $Object.hasOwnProperty.call(message, "uninstall"))
                        object.uninstall = $root.holdfast.telemetry.v1.UninstallProtection.toObject(message.uninstall, options, _depth + 1);
                    return object;
                };

                AgentPolicy.prototype.toJSON = function() {
                    return AgentPolicy.toObject(this, $protobuf.util.toJSONOptions);
                };

                AgentPolicy.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.AgentPolicy";
                };

                return AgentPolicy;
            })();

            v1.FileWatch = (function() {

                const FileWatch = function (properties) {
                    this.roots = [];
                    this.excludes = [];
                    this.kinds = [];
                    this.removableRoots = [];
                    this.networkShareRoots = [];
                    this.cloudSyncRoots = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FileWatch.prototype.enabled = false;
                FileWatch.prototype.roots = $util.emptyArray;
                FileWatch.prototype.excludes = $util.emptyArray;
                FileWatch.prototype.kinds = $util.emptyArray;
                FileWatch.prototype.hashLimitBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                FileWatch.prototype.removableRoots = $util.emptyArray;
                FileWatch.prototype.networkShareRoots = $util.emptyArray;
                FileWatch.prototype.cloudSyncRoots = $util.emptyArray;

                FileWatch.create = function(properties) {
                    return new FileWatch(properties);
                };

                FileWatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.roots != null && message.roots.length)
                        for (let i = 0; i < message.roots.length; ++i)
                            writer.uint32(18).string(message.roots[i]);
                    if (message.excludes != null && message.excludes.length)
                        for (let i = 0; i < message.excludes.length; ++i)
                            writer.uint32(26).string(message.excludes[i]);
                    if (message.kinds != null && message.kinds.length)
                        for (let i = 0; i < message.kinds.length; ++i)
                            writer.uint32(34).string(message.kinds[i]);
                    if (message.hashLimitBytes != null && $Object.hasOwnProperty.call(message, "hashLimitBytes") && (typeof message.hashLimitBytes === "object" ? message.hashLimitBytes.low || message.hashLimitBytes.high : message.hashLimitBytes !== 0))
                        writer.uint32(40).uint64(message.hashLimitBytes);
                    if (message.removableRoots != null && message.removableRoots.length)
                        for (let i = 0; i < message.removableRoots.length; ++i)
                            writer.uint32(50).string(message.removableRoots[i]);
                    if (message.networkShareRoots != null && message.networkShareRoots.length)
                        for (let i = 0; i < message.networkShareRoots.length; ++i)
                            writer.uint32(58).string(message.networkShareRoots[i]);
                    if (message.cloudSyncRoots != null && message.cloudSyncRoots.length)
                        for (let i = 0; i < message.cloudSyncRoots.length; ++i)
                            writer.uint32(66).string(message.cloudSyncRoots[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FileWatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.FileWatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.roots && message.roots.length))
                                    message.roots = [];
                                message.roots.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.excludes && message.excludes.length))
                                    message.excludes = [];
                                message.excludes.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.kinds && message.kinds.length))
                                    message.kinds = [];
                                message.kinds.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.hashLimitBytes = value;
                                else
                                    delete message.hashLimitBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.removableRoots && message.removableRoots.length))
                                    message.removableRoots = [];
                                message.removableRoots.push(reader.stringVerify());
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.networkShareRoots && message.networkShareRoots.length))
                                    message.networkShareRoots = [];
                                message.networkShareRoots.push(reader.stringVerify());
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.cloudSyncRoots && message.cloudSyncRoots.length))
                                    message.cloudSyncRoots = [];
                                message.cloudSyncRoots.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                FileWatch.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.FileWatch)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.FileWatch: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.FileWatch();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    if (object.roots) {
                        if (!$Array.isArray(object.roots))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.roots: array expected");
                        message.roots = $Array(object.roots.length);
                        for (let i = 0; i < object.roots.length; ++i)
                            message.roots[i] = $String(object.roots[i]);
                    }
                    if (object.excludes) {
                        if (!$Array.isArray(object.excludes))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.excludes: array expected");
                        message.excludes = $Array(object.excludes.length);
                        for (let i = 0; i < object.excludes.length; ++i)
                            message.excludes[i] = $String(object.excludes[i]);
                    }
                    if (object.kinds) {
                        if (!$Array.isArray(object.kinds))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.kinds: array expected");
                        message.kinds = $Array(object.kinds.length);
                        for (let i = 0; i < object.kinds.length; ++i)
                            message.kinds[i] = $String(object.kinds[i]);
                    }
                    if (object.hashLimitBytes != null)
                        if (typeof object.hashLimitBytes === "object" ? object.hashLimitBytes.low || object.hashLimitBytes.high : $Number(object.hashLimitBytes) !== 0)
                            if ($util.Long)
                                message.hashLimitBytes = $util.Long.fromValue(object.hashLimitBytes, true);
                            else if (typeof object.hashLimitBytes === "string")
                                message.hashLimitBytes = $parseInt(object.hashLimitBytes, 10);
                            else if (typeof object.hashLimitBytes === "number")
                                message.hashLimitBytes = object.hashLimitBytes;
                            else if (typeof object.hashLimitBytes === "object")
                                message.hashLimitBytes = new $util.LongBits(object.hashLimitBytes.low >>> 0, object.hashLimitBytes.high >>> 0).toNumber(true);
                    if (object.removableRoots) {
                        if (!$Array.isArray(object.removableRoots))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.removableRoots: array expected");
                        message.removableRoots = $Array(object.removableRoots.length);
                        for (let i = 0; i < object.removableRoots.length; ++i)
                            message.removableRoots[i] = $String(object.removableRoots[i]);
                    }
                    if (object.networkShareRoots) {
                        if (!$Array.isArray(object.networkShareRoots))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.networkShareRoots: array expected");
                        message.networkShareRoots = $Array(object.networkShareRoots.length);
                        for (let i = 0; i < object.networkShareRoots.length; ++i)
                            message.networkShareRoots[i] = $String(object.networkShareRoots[i]);
                    }
                    if (object.cloudSyncRoots) {
                        if (!$Array.isArray(object.cloudSyncRoots))
                            throw $TypeError(".holdfast.telemetry.v1.FileWatch.cloudSyncRoots: array expected");
                        message.cloudSyncRoots = $Array(object.cloudSyncRoots.length);
                        for (let i = 0; i < object.cloudSyncRoots.length; ++i)
                            message.cloudSyncRoots[i] = $String(object.cloudSyncRoots[i]);
                    }
                    return message;
                };

                FileWatch.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.roots = [];
                        object.excludes = [];
                        object.kinds = [];
                        object.removableRoots = [];
                        object.networkShareRoots = [];
                        object.cloudSyncRoots = [];
                    }
                    if (options.defaults) {
                        object.enabled = false;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.hashLimitBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.hashLimitBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    if (message.roots && message.roots.length) {
                        object.roots = $Array(message.roots.length);
                        for (let j = 0; j < message.roots.length; ++j)
                            object.roots[j] = message.roots[j];
                    }
                    if (message.excludes && message.excludes.length) {
                        object.excludes = $Array(message.excludes.length);
                        for (let j = 0; j < message.excludes.length; ++j)
                            object.excludes[j] = message.excludes[j];
                    }
                    if (message.kinds && message.kinds.length) {
                        object.kinds = $Array(message.kinds.length);
                        for (let j = 0; j < message.kinds.length; ++j)
                            object.kinds[j] = message.kinds[j];
                    }
                    if (message.hashLimitBytes != null && $Object.hasOwnProperty.call(message, "hashLimitBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.hashLimitBytes = typeof message.hashLimitBytes === "number" ? $BigInt(message.hashLimitBytes) : $util.Long.fromBits(message.hashLimitBytes.low >>> 0, message.hashLimitBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.hashLimitBytes === "number")
                            object.hashLimitBytes = options.longs === $String ? $String(message.hashLimitBytes) : message.hashLimitBytes;
                        else
                            object.hashLimitBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.hashLimitBytes) : options.longs === $Number ? new $util.LongBits(message.hashLimitBytes.low >>> 0, message.hashLimitBytes.high >>> 0).toNumber(true) : message.hashLimitBytes;
                    if (message.removableRoots && message.removableRoots.length) {
                        object.removableRoots = $Array(message.removableRoots.length);
                        for (let j = 0; j < message.removableRoots.length; ++j)
                            object.removableRoots[j] = message.removableRoots[j];
                    }
                    if (message.networkShareRoots && message.networkShareRoots.length) {
                        object.networkShareRoots = $Array(message.networkShareRoots.length);
                        for (let j = 0; j < message.networkShareRoots.length; ++j)
                            object.networkShareRoots[j] = message.networkShareRoots[j];
                    }
                    if (message.cloudSyncRoots && message.cloudSyncRoots.length) {
                        object.cloudSyncRoots = $Array(message.cloudSyncRoots.length);
                        for (let j = 0; j < message.cloudSyncRoots.length; ++j)
                            object.cloudSyncRoots[j] = message.cloudSyncRoots[j];
                    }
                    return object;
                };

                FileWatch.prototype.toJSON = function() {
                    return FileWatch.toObject(this, $protobuf.util.toJSONOptions);
                };

                FileWatch.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.FileWatch";
                };

                return FileWatch;
            })();

            v1.RemovableMediaWatch = (function() {

                const RemovableMediaWatch = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemovableMediaWatch.prototype.enabled = false;

                RemovableMediaWatch.create = function(properties) {
                    return new RemovableMediaWatch(properties);
                };

                RemovableMediaWatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemovableMediaWatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RemovableMediaWatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RemovableMediaWatch.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RemovableMediaWatch)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RemovableMediaWatch: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RemovableMediaWatch();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    return message;
                };

                RemovableMediaWatch.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.enabled = false;
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    return object;
                };

                RemovableMediaWatch.prototype.toJSON = function() {
                    return RemovableMediaWatch.toObject(this, $protobuf.util.toJSONOptions);
                };

                RemovableMediaWatch.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RemovableMediaWatch";
                };

                return RemovableMediaWatch;
            })();

            v1.SecurityFeatureWatch = (function() {

                const SecurityFeatureWatch = function (properties) {
                    this.features = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SecurityFeatureWatch.prototype.enabled = false;
                SecurityFeatureWatch.prototype.features = $util.emptyArray;
                SecurityFeatureWatch.prototype.pollIntervalSecs = 0;

                SecurityFeatureWatch.create = function(properties) {
                    return new SecurityFeatureWatch(properties);
                };

                SecurityFeatureWatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.features != null && message.features.length)
                        for (let i = 0; i < message.features.length; ++i)
                            writer.uint32(18).string(message.features[i]);
                    if (message.pollIntervalSecs != null && $Object.hasOwnProperty.call(message, "pollIntervalSecs") && message.pollIntervalSecs !== 0)
                        writer.uint32(24).uint32(message.pollIntervalSecs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SecurityFeatureWatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SecurityFeatureWatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.features && message.features.length))
                                    message.features = [];
                                message.features.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pollIntervalSecs = value;
                                else
                                    delete message.pollIntervalSecs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SecurityFeatureWatch.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SecurityFeatureWatch)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SecurityFeatureWatch: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SecurityFeatureWatch();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    if (object.features) {
                        if (!$Array.isArray(object.features))
                            throw $TypeError(".holdfast.telemetry.v1.SecurityFeatureWatch.features: array expected");
                        message.features = $Array(object.features.length);
                        for (let i = 0; i < object.features.length; ++i)
                            message.features[i] = $String(object.features[i]);
                    }
                    if (object.pollIntervalSecs != null)
                        if ($Number(object.pollIntervalSecs) !== 0)
                            message.pollIntervalSecs = object.pollIntervalSecs >>> 0;
                    return message;
                };

                SecurityFeatureWatch.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.features = [];
                    if (options.defaults) {
                        object.enabled = false;
                        object.pollIntervalSecs = 0;
                    }
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    if (message.features && message.features.length) {
                        object.features = $Array(message.features.length);
                        for (let j = 0; j < message.features.length; ++j)
                            object.features[j] = message.features[j];
                    }
                    if (message.pollIntervalSecs != null && $Object.hasOwnProperty.call(message, "pollIntervalSecs"))
                        object.pollIntervalSecs = message.pollIntervalSecs;
                    return object;
                };

                SecurityFeatureWatch.prototype.toJSON = function() {
                    return SecurityFeatureWatch.toObject(this, $protobuf.util.toJSONOptions);
                };

                SecurityFeatureWatch.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SecurityFeatureWatch";
                };

                return SecurityFeatureWatch;
            })();

            v1.ApplicationWatch = (function() {

                const ApplicationWatch = function (properties) {
                    this.sources = [];
                    this.deniedPrograms = [];
                    this.allowedPrograms = [];
                    this.knownDestinations = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ApplicationWatch.prototype.enabled = false;
                ApplicationWatch.prototype.sources = $util.emptyArray;
                ApplicationWatch.prototype.pollIntervalSecs = 0;
                ApplicationWatch.prototype.runs = false;
                ApplicationWatch.prototype.transfers = false;
                ApplicationWatch.prototype.deniedPrograms = $util.emptyArray;
                ApplicationWatch.prototype.allowedPrograms = $util.emptyArray;
                ApplicationWatch.prototype.knownDestinations = $util.emptyArray;

                ApplicationWatch.create = function(properties) {
                    return new ApplicationWatch(properties);
                };

                ApplicationWatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.sources != null && message.sources.length)
                        for (let i = 0; i < message.sources.length; ++i)
                            writer.uint32(18).string(message.sources[i]);
                    if (message.pollIntervalSecs != null && $Object.hasOwnProperty.call(message, "pollIntervalSecs") && message.pollIntervalSecs !== 0)
                        writer.uint32(24).uint32(message.pollIntervalSecs);
                    if (message.runs != null && $Object.hasOwnProperty.call(message, "runs") && message.runs !== false)
                        writer.uint32(32).bool(message.runs);
                    if (message.transfers != null && $Object.hasOwnProperty.call(message, "transfers") && message.transfers !== false)
                        writer.uint32(40).bool(message.transfers);
                    if (message.deniedPrograms != null && message.deniedPrograms.length)
                        for (let i = 0; i < message.deniedPrograms.length; ++i)
                            writer.uint32(50).string(message.deniedPrograms[i]);
                    if (message.allowedPrograms != null && message.allowedPrograms.length)
                        for (let i = 0; i < message.allowedPrograms.length; ++i)
                            writer.uint32(58).string(message.allowedPrograms[i]);
                    if (message.knownDestinations != null && message.knownDestinations.length)
                        for (let i = 0; i < message.knownDestinations.length; ++i)
                            writer.uint32(66).string(message.knownDestinations[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ApplicationWatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ApplicationWatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sources && message.sources.length))
                                    message.sources = [];
                                message.sources.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pollIntervalSecs = value;
                                else
                                    delete message.pollIntervalSecs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.runs = value;
                                else
                                    delete message.runs;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.transfers = value;
                                else
                                    delete message.transfers;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.deniedPrograms && message.deniedPrograms.length))
                                    message.deniedPrograms = [];
                                message.deniedPrograms.push(reader.stringVerify());
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.allowedPrograms && message.allowedPrograms.length))
                                    message.allowedPrograms = [];
                                message.allowedPrograms.push(reader.stringVerify());
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.knownDestinations && message.knownDestinations.length))
                                    message.knownDestinations = [];
                                message.knownDestinations.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ApplicationWatch.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ApplicationWatch)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ApplicationWatch: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ApplicationWatch();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    if (object.sources) {
                        if (!$Array.isArray(object.sources))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationWatch.sources: array expected");
                        message.sources = $Array(object.sources.length);
                        for (let i = 0; i < object.sources.length; ++i)
                            message.sources[i] = $String(object.sources[i]);
                    }
                    if (object.pollIntervalSecs != null)
                        if ($Number(object.pollIntervalSecs) !== 0)
                            message.pollIntervalSecs = object.pollIntervalSecs >>> 0;
                    if (object.runs != null)
                        if (object.runs)
                            message.runs = $Boolean(object.runs);
                    if (object.transfers != null)
                        if (object.transfers)
                            message.transfers = $Boolean(object.transfers);
                    if (object.deniedPrograms) {
                        if (!$Array.isArray(object.deniedPrograms))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationWatch.deniedPrograms: array expected");
                        message.deniedPrograms = $Array(object.deniedPrograms.length);
                        for (let i = 0; i < object.deniedPrograms.length; ++i)
                            message.deniedPrograms[i] = $String(object.deniedPrograms[i]);
                    }
                    if (object.allowedPrograms) {
                        if (!$Array.isArray(object.allowedPrograms))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationWatch.allowedPrograms: array expected");
                        message.allowedPrograms = $Array(object.allowedPrograms.length);
                        for (let i = 0; i < object.allowedPrograms.length; ++i)
                            message.allowedPrograms[i] = $String(object.allowedPrograms[i]);
                    }
                    if (object.knownDestinations) {
                        if (!$Array.isArray(object.knownDestinations))
                            throw $TypeError(".holdfast.telemetry.v1.ApplicationWatch.knownDestinations: array expected");
                        message.knownDestinations = $Array(object.knownDestinations.length);
                        for (let i = 0; i < object.knownDestinations.length; ++i)
                            message.knownDestinations[i] = $String(object.knownDestinations[i]);
                    }
                    return message;
                };

                ApplicationWatch.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.sources = [];
                        object.deniedPrograms = [];
                        object.allowedPrograms = [];
                        object.knownDestinations = [];
                    }
                    if (options.defaults) {
                        object.enabled = false;
                        object.pollIntervalSecs = 0;
                        object.runs = false;
                        object.transfers = false;
                    }
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    if (message.sources && message.sources.length) {
                        object.sources = $Array(message.sources.length);
                        for (let j = 0; j < message.sources.length; ++j)
                            object.sources[j] = message.sources[j];
                    }
                    if (message.pollIntervalSecs != null && $Object.hasOwnProperty.call(message, "pollIntervalSecs"))
                        object.pollIntervalSecs = message.pollIntervalSecs;
                    if (message.runs != null && $Object.hasOwnProperty.call(message, "runs"))
                        object.runs = message.runs;
                    if (message.transfers != null && $Object.hasOwnProperty.call(message, "transfers"))
                        object.transfers = message.transfers;
                    if (message.deniedPrograms && message.deniedPrograms.length) {
                        object.deniedPrograms = $Array(message.deniedPrograms.length);
                        for (let j = 0; j < message.deniedPrograms.length; ++j)
                            object.deniedPrograms[j] = message.deniedPrograms[j];
                    }
                    if (message.allowedPrograms && message.allowedPrograms.length) {
                        object.allowedPrograms = $Array(message.allowedPrograms.length);
                        for (let j = 0; j < message.allowedPrograms.length; ++j)
                            object.allowedPrograms[j] = message.allowedPrograms[j];
                    }
                    if (message.knownDestinations && message.knownDestinations.length) {
                        object.knownDestinations = $Array(message.knownDestinations.length);
                        for (let j = 0; j < message.knownDestinations.length; ++j)
                            object.knownDestinations[j] = message.knownDestinations[j];
                    }
                    return object;
                };

                ApplicationWatch.prototype.toJSON = function() {
                    return ApplicationWatch.toObject(this, $protobuf.util.toJSONOptions);
                };

                ApplicationWatch.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ApplicationWatch";
                };

                return ApplicationWatch;
            })();

            v1.Reporting = (function() {

                const Reporting = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Reporting.prototype.heartbeatIntervalSecs = 0;
                Reporting.prototype.spoolMaxBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Reporting.create = function(properties) {
                    return new Reporting(properties);
                };

                Reporting.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.heartbeatIntervalSecs != null && $Object.hasOwnProperty.call(message, "heartbeatIntervalSecs") && message.heartbeatIntervalSecs !== 0)
                        writer.uint32(8).uint32(message.heartbeatIntervalSecs);
                    if (message.spoolMaxBytes != null && $Object.hasOwnProperty.call(message, "spoolMaxBytes") && (typeof message.spoolMaxBytes === "object" ? message.spoolMaxBytes.low || message.spoolMaxBytes.high : message.spoolMaxBytes !== 0))
                        writer.uint32(16).uint64(message.spoolMaxBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Reporting.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Reporting();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.heartbeatIntervalSecs = value;
                                else
                                    delete message.heartbeatIntervalSecs;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.spoolMaxBytes = value;
                                else
                                    delete message.spoolMaxBytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Reporting.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Reporting)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Reporting: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Reporting();
                    if (object.heartbeatIntervalSecs != null)
                        if ($Number(object.heartbeatIntervalSecs) !== 0)
                            message.heartbeatIntervalSecs = object.heartbeatIntervalSecs >>> 0;
                    if (object.spoolMaxBytes != null)
                        if (typeof object.spoolMaxBytes === "object" ? object.spoolMaxBytes.low || object.spoolMaxBytes.high : $Number(object.spoolMaxBytes) !== 0)
                            if ($util.Long)
                                message.spoolMaxBytes = $util.Long.fromValue(object.spoolMaxBytes, true);
                            else if (typeof object.spoolMaxBytes === "string")
                                message.spoolMaxBytes = $parseInt(object.spoolMaxBytes, 10);
                            else if (typeof object.spoolMaxBytes === "number")
                                message.spoolMaxBytes = object.spoolMaxBytes;
                            else if (typeof object.spoolMaxBytes === "object")
                                message.spoolMaxBytes = new $util.LongBits(object.spoolMaxBytes.low >>> 0, object.spoolMaxBytes.high >>> 0).toNumber(true);
                    return message;
                };

                Reporting.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.heartbeatIntervalSecs = 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.spoolMaxBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.spoolMaxBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.heartbeatIntervalSecs != null && $Object.hasOwnProperty.call(message, "heartbeatIntervalSecs"))
                        object.heartbeatIntervalSecs = message.heartbeatIntervalSecs;
                    if (message.spoolMaxBytes != null && $Object.hasOwnProperty.call(message, "spoolMaxBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.spoolMaxBytes = typeof message.spoolMaxBytes === "number" ? $BigInt(message.spoolMaxBytes) : $util.Long.fromBits(message.spoolMaxBytes.low >>> 0, message.spoolMaxBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.spoolMaxBytes === "number")
                            object.spoolMaxBytes = options.longs === $String ? $String(message.spoolMaxBytes) : message.spoolMaxBytes;
                        else
                            object.spoolMaxBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.spoolMaxBytes) : options.longs === $Number ? new $util.LongBits(message.spoolMaxBytes.low >>> 0, message.spoolMaxBytes.high >>> 0).toNumber(true) : message.spoolMaxBytes;
                    return object;
                };

                Reporting.prototype.toJSON = function() {
                    return Reporting.toObject(this, $protobuf.util.toJSONOptions);
                };

                Reporting.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Reporting";
                };

                return Reporting;
            })();

            v1.EvidenceCapture = (function() {

                const EvidenceCapture = function (properties) {
                    this.destinations = [];
                    this.fileTypes = [];
                    this.privatePaths = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                EvidenceCapture.prototype.enabled = false;
                EvidenceCapture.prototype.destinations = $util.emptyArray;
                EvidenceCapture.prototype.fileTypes = $util.emptyArray;
                EvidenceCapture.prototype.maxFileBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceCapture.prototype.maxDayBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceCapture.prototype.maxFilesPerMinute = 0;
                EvidenceCapture.prototype.onlyWithFindings = false;
                EvidenceCapture.prototype.privatePaths = $util.emptyArray;
                EvidenceCapture.prototype.folderMaxBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                EvidenceCapture.prototype.publicKey = $util.newBuffer([]);

                EvidenceCapture.create = function(properties) {
                    return new EvidenceCapture(properties);
                };

                EvidenceCapture.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.destinations != null && message.destinations.length)
                        for (let i = 0; i < message.destinations.length; ++i)
                            writer.uint32(18).string(message.destinations[i]);
                    if (message.fileTypes != null && message.fileTypes.length)
                        for (let i = 0; i < message.fileTypes.length; ++i)
                            writer.uint32(26).string(message.fileTypes[i]);
                    if (message.maxFileBytes != null && $Object.hasOwnProperty.call(message, "maxFileBytes") && (typeof message.maxFileBytes === "object" ? message.maxFileBytes.low || message.maxFileBytes.high : message.maxFileBytes !== 0))
                        writer.uint32(32).uint64(message.maxFileBytes);
                    if (message.maxDayBytes != null && $Object.hasOwnProperty.call(message, "maxDayBytes") && (typeof message.maxDayBytes === "object" ? message.maxDayBytes.low || message.maxDayBytes.high : message.maxDayBytes !== 0))
                        writer.uint32(40).uint64(message.maxDayBytes);
                    if (message.maxFilesPerMinute != null && $Object.hasOwnProperty.call(message, "maxFilesPerMinute") && message.maxFilesPerMinute !== 0)
                        writer.uint32(48).uint32(message.maxFilesPerMinute);
                    if (message.onlyWithFindings != null && $Object.hasOwnProperty.call(message, "onlyWithFindings") && message.onlyWithFindings !== false)
                        writer.uint32(56).bool(message.onlyWithFindings);
                    if (message.privatePaths != null && message.privatePaths.length)
                        for (let i = 0; i < message.privatePaths.length; ++i)
                            writer.uint32(66).string(message.privatePaths[i]);
                    if (message.folderMaxBytes != null && $Object.hasOwnProperty.call(message, "folderMaxBytes") && (typeof message.folderMaxBytes === "object" ? message.folderMaxBytes.low || message.folderMaxBytes.high : message.folderMaxBytes !== 0))
                        writer.uint32(72).uint64(message.folderMaxBytes);
                    if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                        writer.uint32(82).bytes(message.publicKey);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                EvidenceCapture.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.EvidenceCapture();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.destinations && message.destinations.length))
                                    message.destinations = [];
                                message.destinations.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.fileTypes && message.fileTypes.length))
                                    message.fileTypes = [];
                                message.fileTypes.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.maxFileBytes = value;
                                else
                                    delete message.maxFileBytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.maxDayBytes = value;
                                else
                                    delete message.maxDayBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxFilesPerMinute = value;
                                else
                                    delete message.maxFilesPerMinute;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.onlyWithFindings = value;
                                else
                                    delete message.onlyWithFindings;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.privatePaths && message.privatePaths.length))
                                    message.privatePaths = [];
                                message.privatePaths.push(reader.stringVerify());
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.folderMaxBytes = value;
                                else
                                    delete message.folderMaxBytes;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.publicKey = value;
                                else
                                    delete message.publicKey;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                EvidenceCapture.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.EvidenceCapture)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.EvidenceCapture: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.EvidenceCapture();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    if (object.destinations) {
                        if (!$Array.isArray(object.destinations))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceCapture.destinations: array expected");
                        message.destinations = $Array(object.destinations.length);
                        for (let i = 0; i < object.destinations.length; ++i)
                            message.destinations[i] = $String(object.destinations[i]);
                    }
                    if (object.fileTypes) {
                        if (!$Array.isArray(object.fileTypes))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceCapture.fileTypes: array expected");
                        message.fileTypes = $Array(object.fileTypes.length);
                        for (let i = 0; i < object.fileTypes.length; ++i)
                            message.fileTypes[i] = $String(object.fileTypes[i]);
                    }
                    if (object.maxFileBytes != null)
                        if (typeof object.maxFileBytes === "object" ? object.maxFileBytes.low || object.maxFileBytes.high : $Number(object.maxFileBytes) !== 0)
                            if ($util.Long)
                                message.maxFileBytes = $util.Long.fromValue(object.maxFileBytes, true);
                            else if (typeof object.maxFileBytes === "string")
                                message.maxFileBytes = $parseInt(object.maxFileBytes, 10);
                            else if (typeof object.maxFileBytes === "number")
                                message.maxFileBytes = object.maxFileBytes;
                            else if (typeof object.maxFileBytes === "object")
                                message.maxFileBytes = new $util.LongBits(object.maxFileBytes.low >>> 0, object.maxFileBytes.high >>> 0).toNumber(true);
                    if (object.maxDayBytes != null)
                        if (typeof object.maxDayBytes === "object" ? object.maxDayBytes.low || object.maxDayBytes.high : $Number(object.maxDayBytes) !== 0)
                            if ($util.Long)
                                message.maxDayBytes = $util.Long.fromValue(object.maxDayBytes, true);
                            else if (typeof object.maxDayBytes === "string")
                                message.maxDayBytes = $parseInt(object.maxDayBytes, 10);
                            else if (typeof object.maxDayBytes === "number")
                                message.maxDayBytes = object.maxDayBytes;
                            else if (typeof object.maxDayBytes === "object")
                                message.maxDayBytes = new $util.LongBits(object.maxDayBytes.low >>> 0, object.maxDayBytes.high >>> 0).toNumber(true);
                    if (object.maxFilesPerMinute != null)
                        if ($Number(object.maxFilesPerMinute) !== 0)
                            message.maxFilesPerMinute = object.maxFilesPerMinute >>> 0;
                    if (object.onlyWithFindings != null)
                        if (object.onlyWithFindings)
                            message.onlyWithFindings = $Boolean(object.onlyWithFindings);
                    if (object.privatePaths) {
                        if (!$Array.isArray(object.privatePaths))
                            throw $TypeError(".holdfast.telemetry.v1.EvidenceCapture.privatePaths: array expected");
                        message.privatePaths = $Array(object.privatePaths.length);
                        for (let i = 0; i < object.privatePaths.length; ++i)
                            message.privatePaths[i] = $String(object.privatePaths[i]);
                    }
                    if (object.folderMaxBytes != null)
                        if (typeof object.folderMaxBytes === "object" ? object.folderMaxBytes.low || object.folderMaxBytes.high : $Number(object.folderMaxBytes) !== 0)
                            if ($util.Long)
                                message.folderMaxBytes = $util.Long.fromValue(object.folderMaxBytes, true);
                            else if (typeof object.folderMaxBytes === "string")
                                message.folderMaxBytes = $parseInt(object.folderMaxBytes, 10);
                            else if (typeof object.folderMaxBytes === "number")
                                message.folderMaxBytes = object.folderMaxBytes;
                            else if (typeof object.folderMaxBytes === "object")
                                message.folderMaxBytes = new $util.LongBits(object.folderMaxBytes.low >>> 0, object.folderMaxBytes.high >>> 0).toNumber(true);
                    if (object.publicKey != null)
                        if (object.publicKey.length)
                            if (typeof object.publicKey === "string")
                                $util.base64.decode(object.publicKey, message.publicKey = $util.newBuffer($util.base64.length(object.publicKey)), 0);
                            else if (object.publicKey.length >= 0)
                                message.publicKey = object.publicKey;
                    return message;
                };

                EvidenceCapture.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.destinations = [];
                        object.fileTypes = [];
                        object.privatePaths = [];
                    }
                    if (options.defaults) {
                        object.enabled = false;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.maxFileBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.maxFileBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.maxDayBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.maxDayBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.maxFilesPerMinute = 0;
                        object.onlyWithFindings = false;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.folderMaxBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.folderMaxBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.publicKey = "";
                        else {
                            object.publicKey = [];
                            if (options.bytes !== $Array)
                                object.publicKey = $util.newBuffer(object.publicKey);
                        }
                    }
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    if (message.destinations && message.destinations.length) {
                        object.destinations = $Array(message.destinations.length);
                        for (let j = 0; j < message.destinations.length; ++j)
                            object.destinations[j] = message.destinations[j];
                    }
                    if (message.fileTypes && message.fileTypes.length) {
                        object.fileTypes = $Array(message.fileTypes.length);
                        for (let j = 0; j < message.fileTypes.length; ++j)
                            object.fileTypes[j] = message.fileTypes[j];
                    }
                    if (message.maxFileBytes != null && $Object.hasOwnProperty.call(message, "maxFileBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.maxFileBytes = typeof message.maxFileBytes === "number" ? $BigInt(message.maxFileBytes) : $util.Long.fromBits(message.maxFileBytes.low >>> 0, message.maxFileBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.maxFileBytes === "number")
                            object.maxFileBytes = options.longs === $String ? $String(message.maxFileBytes) : message.maxFileBytes;
                        else
                            object.maxFileBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.maxFileBytes) : options.longs === $Number ? new $util.LongBits(message.maxFileBytes.low >>> 0, message.maxFileBytes.high >>> 0).toNumber(true) : message.maxFileBytes;
                    if (message.maxDayBytes != null && $Object.hasOwnProperty.call(message, "maxDayBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.maxDayBytes = typeof message.maxDayBytes === "number" ? $BigInt(message.maxDayBytes) : $util.Long.fromBits(message.maxDayBytes.low >>> 0, message.maxDayBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.maxDayBytes === "number")
                            object.maxDayBytes = options.longs === $String ? $String(message.maxDayBytes) : message.maxDayBytes;
                        else
                            object.maxDayBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.maxDayBytes) : options.longs === $Number ? new $util.LongBits(message.maxDayBytes.low >>> 0, message.maxDayBytes.high >>> 0).toNumber(true) : message.maxDayBytes;
                    if (message.maxFilesPerMinute != null && $Object.hasOwnProperty.call(message, "maxFilesPerMinute"))
                        object.maxFilesPerMinute = message.maxFilesPerMinute;
                    if (message.onlyWithFindings != null && $Object.hasOwnProperty.call(message, "onlyWithFindings"))
                        object.onlyWithFindings = message.onlyWithFindings;
                    if (message.privatePaths && message.privatePaths.length) {
                        object.privatePaths = $Array(message.privatePaths.length);
                        for (let j = 0; j < message.privatePaths.length; ++j)
                            object.privatePaths[j] = message.privatePaths[j];
                    }
                    if (message.folderMaxBytes != null && $Object.hasOwnProperty.call(message, "folderMaxBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.folderMaxBytes = typeof message.folderMaxBytes === "number" ? $BigInt(message.folderMaxBytes) : $util.Long.fromBits(message.folderMaxBytes.low >>> 0, message.folderMaxBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.folderMaxBytes === "number")
                            object.folderMaxBytes = options.longs === $String ? $String(message.folderMaxBytes) : message.folderMaxBytes;
                        else
                            object.folderMaxBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.folderMaxBytes) : options.longs === $Number ? new $util.LongBits(message.folderMaxBytes.low >>> 0, message.folderMaxBytes.high >>> 0).toNumber(true) : message.folderMaxBytes;
                    if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                        object.publicKey = options.bytes === $String ? $util.base64.encode(message.publicKey, 0, message.publicKey.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.publicKey) : message.publicKey;
                    return object;
                };

                EvidenceCapture.prototype.toJSON = function() {
                    return EvidenceCapture.toObject(this, $protobuf.util.toJSONOptions);
                };

                EvidenceCapture.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.EvidenceCapture";
                };

                return EvidenceCapture;
            })();

            v1.ContentInspection = (function() {

                const ContentInspection = function (properties) {
                    this.kinds = [];
                    this.types = [];
                    this.customTypes = [];
                    this.dictionaries = [];
                    this.exactData = [];
                    this.labels = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ContentInspection.prototype.enabled = false;
                ContentInspection.prototype.kinds = $util.emptyArray;
                ContentInspection.prototype.types = $util.emptyArray;
                ContentInspection.prototype.minConfidence = 0;
                ContentInspection.prototype.maxFileBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ContentInspection.prototype.maxFilesPerMinute = 0;
                ContentInspection.prototype.customTypes = $util.emptyArray;
                ContentInspection.prototype.dictionaries = $util.emptyArray;
                ContentInspection.prototype.exactData = $util.emptyArray;
                ContentInspection.prototype.labels = $util.emptyArray;

                ContentInspection.create = function(properties) {
                    return new ContentInspection(properties);
                };

                ContentInspection.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled") && message.enabled !== false)
                        writer.uint32(8).bool(message.enabled);
                    if (message.kinds != null && message.kinds.length)
                        for (let i = 0; i < message.kinds.length; ++i)
                            writer.uint32(18).string(message.kinds[i]);
                    if (message.types != null && message.types.length)
                        for (let i = 0; i < message.types.length; ++i)
                            writer.uint32(26).string(message.types[i]);
                    if (message.minConfidence != null && $Object.hasOwnProperty.call(message, "minConfidence") && message.minConfidence !== 0)
                        writer.uint32(32).uint32(message.minConfidence);
                    if (message.maxFileBytes != null && $Object.hasOwnProperty.call(message, "maxFileBytes") && (typeof message.maxFileBytes === "object" ? message.maxFileBytes.low || message.maxFileBytes.high : message.maxFileBytes !== 0))
                        writer.uint32(40).uint64(message.maxFileBytes);
                    if (message.maxFilesPerMinute != null && $Object.hasOwnProperty.call(message, "maxFilesPerMinute") && message.maxFilesPerMinute !== 0)
                        writer.uint32(48).uint32(message.maxFilesPerMinute);
                    if (message.customTypes != null && message.customTypes.length)
                        for (let i = 0; i < message.customTypes.length; ++i)
                            $root.holdfast.telemetry.v1.CustomInformationType.encode(message.customTypes[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.dictionaries != null && message.dictionaries.length)
                        for (let i = 0; i < message.dictionaries.length; ++i)
                            $root.holdfast.telemetry.v1.KeywordDictionary.encode(message.dictionaries[i], writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.exactData != null && message.exactData.length)
                        for (let i = 0; i < message.exactData.length; ++i)
                            $root.holdfast.telemetry.v1.ExactDataSet.encode(message.exactData[i], writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.labels != null && message.labels.length)
                        for (let i = 0; i < message.labels.length; ++i)
                            $root.holdfast.telemetry.v1.SensitivityLabel.encode(message.labels[i], writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ContentInspection.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ContentInspection();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enabled = value;
                                else
                                    delete message.enabled;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.kinds && message.kinds.length))
                                    message.kinds = [];
                                message.kinds.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.types && message.types.length))
                                    message.types = [];
                                message.types.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.minConfidence = value;
                                else
                                    delete message.minConfidence;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.maxFileBytes = value;
                                else
                                    delete message.maxFileBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxFilesPerMinute = value;
                                else
                                    delete message.maxFilesPerMinute;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.customTypes && message.customTypes.length))
                                    message.customTypes = [];
                                message.customTypes.push($root.holdfast.telemetry.v1.CustomInformationType.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.dictionaries && message.dictionaries.length))
                                    message.dictionaries = [];
                                message.dictionaries.push($root.holdfast.telemetry.v1.KeywordDictionary.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.exactData && message.exactData.length))
                                    message.exactData = [];
                                message.exactData.push($root.holdfast.telemetry.v1.ExactDataSet.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.labels && message.labels.length))
                                    message.labels = [];
                                message.labels.push($root.holdfast.telemetry.v1.SensitivityLabel.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ContentInspection.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ContentInspection)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ContentInspection: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ContentInspection();
                    if (object.enabled != null)
                        if (object.enabled)
                            message.enabled = $Boolean(object.enabled);
                    if (object.kinds) {
                        if (!$Array.isArray(object.kinds))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.kinds: array expected");
                        message.kinds = $Array(object.kinds.length);
                        for (let i = 0; i < object.kinds.length; ++i)
                            message.kinds[i] = $String(object.kinds[i]);
                    }
                    if (object.types) {
                        if (!$Array.isArray(object.types))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.types: array expected");
                        message.types = $Array(object.types.length);
                        for (let i = 0; i < object.types.length; ++i)
                            message.types[i] = $String(object.types[i]);
                    }
                    if (object.minConfidence != null)
                        if ($Number(object.minConfidence) !== 0)
                            message.minConfidence = object.minConfidence >>> 0;
                    if (object.maxFileBytes != null)
                        if (typeof object.maxFileBytes === "object" ? object.maxFileBytes.low || object.maxFileBytes.high : $Number(object.maxFileBytes) !== 0)
                            if ($util.Long)
                                message.maxFileBytes = $util.Long.fromValue(object.maxFileBytes, true);
                            else if (typeof object.maxFileBytes === "string")
                                message.maxFileBytes = $parseInt(object.maxFileBytes, 10);
                            else if (typeof object.maxFileBytes === "number")
                                message.maxFileBytes = object.maxFileBytes;
                            else if (typeof object.maxFileBytes === "object")
                                message.maxFileBytes = new $util.LongBits(object.maxFileBytes.low >>> 0, object.maxFileBytes.high >>> 0).toNumber(true);
                    if (object.maxFilesPerMinute != null)
                        if ($Number(object.maxFilesPerMinute) !== 0)
                            message.maxFilesPerMinute = object.maxFilesPerMinute >>> 0;
                    if (object.customTypes) {
                        if (!$Array.isArray(object.customTypes))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.customTypes: array expected");
                        message.customTypes = $Array(object.customTypes.length);
                        for (let i = 0; i < object.customTypes.length; ++i) {
                            if (!$util.isObject(object.customTypes[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ContentInspection.customTypes: object expected");
                            message.customTypes[i] = $root.holdfast.telemetry.v1.CustomInformationType.fromObject(object.customTypes[i], _depth + 1);
                        }
                    }
                    if (object.dictionaries) {
                        if (!$Array.isArray(object.dictionaries))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.dictionaries: array expected");
                        message.dictionaries = $Array(object.dictionaries.length);
                        for (let i = 0; i < object.dictionaries.length; ++i) {
                            if (!$util.isObject(object.dictionaries[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ContentInspection.dictionaries: object expected");
                            message.dictionaries[i] = $root.holdfast.telemetry.v1.KeywordDictionary.fromObject(object.dictionaries[i], _depth + 1);
                        }
                    }
                    if (object.exactData) {
                        if (!$Array.isArray(object.exactData))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.exactData: array expected");
                        message.exactData = $Array(object.exactData.length);
                        for (let i = 0; i < object.exactData.length; ++i) {
                            if (!$util.isObject(object.exactData[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ContentInspection.exactData: object expected");
                            message.exactData[i] = $root.holdfast.telemetry.v1.ExactDataSet.fromObject(object.exactData[i], _depth + 1);
                        }
                    }
                    if (object.labels) {
                        if (!$Array.isArray(object.labels))
                            throw $TypeError(".holdfast.telemetry.v1.ContentInspection.labels: array expected");
                        message.labels = $Array(object.labels.length);
                        for (let i = 0; i < object.labels.length; ++i) {
                            if (!$util.isObject(object.labels[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ContentInspection.labels: object expected");
                            message.labels[i] = $root.holdfast.telemetry.v1.SensitivityLabel.fromObject(object.labels[i], _depth + 1);
                        }
                    }
                    return message;
                };

                ContentInspection.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.kinds = [];
                        object.types = [];
                        object.customTypes = [];
                        object.dictionaries = [];
                        object.exactData = [];
                        object.labels = [];
                    }
                    if (options.defaults) {
                        object.enabled = false;
                        object.minConfidence = 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.maxFileBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.maxFileBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.maxFilesPerMinute = 0;
                    }
                    if (message.enabled != null && $Object.hasOwnProperty.call(message, "enabled"))
                        object.enabled = message.enabled;
                    if (message.kinds && message.kinds.length) {
                        object.kinds = $Array(message.kinds.length);
                        for (let j = 0; j < message.kinds.length; ++j)
                            object.kinds[j] = message.kinds[j];
                    }
                    if (message.types && message.types.length) {
                        object.types = $Array(message.types.length);
                        for (let j = 0; j < message.types.length; ++j)
                            object.types[j] = message.types[j];
                    }
                    if (message.minConfidence != null && $Object.hasOwnProperty.call(message, "minConfidence"))
                        object.minConfidence = message.minConfidence;
                    if (message.maxFileBytes != null && $Object.hasOwnProperty.call(message, "maxFileBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.maxFileBytes = typeof message.maxFileBytes === "number" ? $BigInt(message.maxFileBytes) : $util.Long.fromBits(message.maxFileBytes.low >>> 0, message.maxFileBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.maxFileBytes === "number")
                            object.maxFileBytes = options.longs === $String ? $String(message.maxFileBytes) : message.maxFileBytes;
                        else
                            object.maxFileBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.maxFileBytes) : options.longs === $Number ? new $util.LongBits(message.maxFileBytes.low >>> 0, message.maxFileBytes.high >>> 0).toNumber(true) : message.maxFileBytes;
                    if (message.maxFilesPerMinute != null && $Object.hasOwnProperty.call(message, "maxFilesPerMinute"))
                        object.maxFilesPerMinute = message.maxFilesPerMinute;
                    if (message.customTypes && message.customTypes.length) {
                        object.customTypes = $Array(message.customTypes.length);
                        for (let j = 0; j < message.customTypes.length; ++j)
                            object.customTypes[j] = $root.holdfast.telemetry.v1.CustomInformationType.toObject(message.customTypes[j], options, _depth + 1);
                    }
                    if (message.dictionaries && message.dictionaries.length) {
                        object.dictionaries = $Array(message.dictionaries.length);
                        for (let j = 0; j < message.dictionaries.length; ++j)
                            object.dictionaries[j] = $root.holdfast.telemetry.v1.KeywordDictionary.toObject(message.dictionaries[j], options, _depth + 1);
                    }
                    if (message.exactData && message.exactData.length) {
                        object.exactData = $Array(message.exactData.length);
                        for (let j = 0; j < message.exactData.length; ++j)
                            object.exactData[j] = $root.holdfast.telemetry.v1.ExactDataSet.toObject(message.exactData[j], options, _depth + 1);
                    }
                    if (message.labels && message.labels.length) {
                        object.labels = $Array(message.labels.length);
                        for (let j = 0; j < message.labels.length; ++j)
                            object.labels[j] = $root.holdfast.telemetry.v1.SensitivityLabel.toObject(message.labels[j], options, _depth + 1);
                    }
                    return object;
                };

                ContentInspection.prototype.toJSON = function() {
                    return ContentInspection.toObject(this, $protobuf.util.toJSONOptions);
                };

                ContentInspection.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ContentInspection";
                };

                return ContentInspection;
            })();

            v1.CustomInformationType = (function() {

                const CustomInformationType = function (properties) {
                    this.keywords = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CustomInformationType.prototype.id = "";
                CustomInformationType.prototype.name = "";
                CustomInformationType.prototype.pattern = "";
                CustomInformationType.prototype.keywords = $util.emptyArray;
                CustomInformationType.prototype.proximity = 0;
                CustomInformationType.prototype.keywordRequired = false;
                CustomInformationType.prototype.caseSensitive = false;
                CustomInformationType.prototype.checksum = "";

                CustomInformationType.create = function(properties) {
                    return new CustomInformationType(properties);
                };

                CustomInformationType.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.pattern != null && $Object.hasOwnProperty.call(message, "pattern") && message.pattern !== "")
                        writer.uint32(26).string(message.pattern);
                    if (message.keywords != null && message.keywords.length)
                        for (let i = 0; i < message.keywords.length; ++i)
                            writer.uint32(34).string(message.keywords[i]);
                    if (message.proximity != null && $Object.hasOwnProperty.call(message, "proximity") && message.proximity !== 0)
                        writer.uint32(40).uint32(message.proximity);
                    if (message.keywordRequired != null && $Object.hasOwnProperty.call(message, "keywordRequired") && message.keywordRequired !== false)
                        writer.uint32(48).bool(message.keywordRequired);
                    if (message.caseSensitive != null && $Object.hasOwnProperty.call(message, "caseSensitive") && message.caseSensitive !== false)
                        writer.uint32(56).bool(message.caseSensitive);
                    if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum") && message.checksum !== "")
                        writer.uint32(66).string(message.checksum);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CustomInformationType.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.CustomInformationType();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.pattern = value;
                                else
                                    delete message.pattern;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.keywords && message.keywords.length))
                                    message.keywords = [];
                                message.keywords.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.proximity = value;
                                else
                                    delete message.proximity;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.keywordRequired = value;
                                else
                                    delete message.keywordRequired;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.caseSensitive = value;
                                else
                                    delete message.caseSensitive;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.checksum = value;
                                else
                                    delete message.checksum;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                CustomInformationType.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.CustomInformationType)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.CustomInformationType: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.CustomInformationType();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.pattern != null)
                        if (typeof object.pattern !== "string" || object.pattern.length)
                            message.pattern = $String(object.pattern);
                    if (object.keywords) {
                        if (!$Array.isArray(object.keywords))
                            throw $TypeError(".holdfast.telemetry.v1.CustomInformationType.keywords: array expected");
                        message.keywords = $Array(object.keywords.length);
                        for (let i = 0; i < object.keywords.length; ++i)
                            message.keywords[i] = $String(object.keywords[i]);
                    }
                    if (object.proximity != null)
                        if ($Number(object.proximity) !== 0)
                            message.proximity = object.proximity >>> 0;
                    if (object.keywordRequired != null)
                        if (object.keywordRequired)
                            message.keywordRequired = $Boolean(object.keywordRequired);
                    if (object.caseSensitive != null)
                        if (object.caseSensitive)
                            message.caseSensitive = $Boolean(object.caseSensitive);
                    if (object.checksum != null)
                        if (typeof object.checksum !== "string" || object.checksum.length)
                            message.checksum = $String(object.checksum);
                    return message;
                };

                CustomInformationType.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.keywords = [];
                    if (options.defaults) {
                        object.id = "";
                        object.name = "";
                        object.pattern = "";
                        object.proximity = 0;
                        object.keywordRequired = false;
                        object.caseSensitive = false;
                        object.checksum = "";
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.pattern != null && $Object.hasOwnProperty.call(message, "pattern"))
                        object.pattern = message.pattern;
                    if (message.keywords && message.keywords.length) {
                        object.keywords = $Array(message.keywords.length);
                        for (let j = 0; j < message.keywords.length; ++j)
                            object.keywords[j] = message.keywords[j];
                    }
                    if (message.proximity != null && $Object.hasOwnProperty.call(message, "proximity"))
                        object.proximity = message.proximity;
                    if (message.keywordRequired != null && $Object.hasOwnProperty.call(message, "keywordRequired"))
                        object.keywordRequired = message.keywordRequired;
                    if (message.caseSensitive != null && $Object.hasOwnProperty.call(message, "caseSensitive"))
                        object.caseSensitive = message.caseSensitive;
                    if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum"))
                        object.checksum = message.checksum;
                    return object;
                };

                CustomInformationType.prototype.toJSON = function() {
                    return CustomInformationType.toObject(this, $protobuf.util.toJSONOptions);
                };

                CustomInformationType.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.CustomInformationType";
                };

                return CustomInformationType;
            })();

            v1.KeywordDictionary = (function() {

                const KeywordDictionary = function (properties) {
                    this.phrases = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                KeywordDictionary.prototype.id = "";
                KeywordDictionary.prototype.name = "";
                KeywordDictionary.prototype.phrases = $util.emptyArray;
                KeywordDictionary.prototype.caseSensitive = false;
                KeywordDictionary.prototype.minDistinct = 0;

                KeywordDictionary.create = function(properties) {
                    return new KeywordDictionary(properties);
                };

                KeywordDictionary.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.phrases != null && message.phrases.length)
                        for (let i = 0; i < message.phrases.length; ++i)
                            writer.uint32(26).string(message.phrases[i]);
                    if (message.caseSensitive != null && $Object.hasOwnProperty.call(message, "caseSensitive") && message.caseSensitive !== false)
                        writer.uint32(32).bool(message.caseSensitive);
                    if (message.minDistinct != null && $Object.hasOwnProperty.call(message, "minDistinct") && message.minDistinct !== 0)
                        writer.uint32(40).uint32(message.minDistinct);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                KeywordDictionary.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.KeywordDictionary();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.phrases && message.phrases.length))
                                    message.phrases = [];
                                message.phrases.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.caseSensitive = value;
                                else
                                    delete message.caseSensitive;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.minDistinct = value;
                                else
                                    delete message.minDistinct;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                KeywordDictionary.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.KeywordDictionary)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.KeywordDictionary: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.KeywordDictionary();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.phrases) {
                        if (!$Array.isArray(object.phrases))
                            throw $TypeError(".holdfast.telemetry.v1.KeywordDictionary.phrases: array expected");
                        message.phrases = $Array(object.phrases.length);
                        for (let i = 0; i < object.phrases.length; ++i)
                            message.phrases[i] = $String(object.phrases[i]);
                    }
                    if (object.caseSensitive != null)
                        if (object.caseSensitive)
                            message.caseSensitive = $Boolean(object.caseSensitive);
                    if (object.minDistinct != null)
                        if ($Number(object.minDistinct) !== 0)
                            message.minDistinct = object.minDistinct >>> 0;
                    return message;
                };

                KeywordDictionary.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.phrases = [];
                    if (options.defaults) {
                        object.id = "";
                        object.name = "";
                        object.caseSensitive = false;
                        object.minDistinct = 0;
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.phrases && message.phrases.length) {
                        object.phrases = $Array(message.phrases.length);
                        for (let j = 0; j < message.phrases.length; ++j)
                            object.phrases[j] = message.phrases[j];
                    }
                    if (message.caseSensitive != null && $Object.hasOwnProperty.call(message, "caseSensitive"))
                        object.caseSensitive = message.caseSensitive;
                    if (message.minDistinct != null && $Object.hasOwnProperty.call(message, "minDistinct"))
                        object.minDistinct = message.minDistinct;
                    return object;
                };

                KeywordDictionary.prototype.toJSON = function() {
                    return KeywordDictionary.toObject(this, $protobuf.util.toJSONOptions);
                };

                KeywordDictionary.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.KeywordDictionary";
                };

                return KeywordDictionary;
            })();

            v1.ExactDataSet = (function() {

                const ExactDataSet = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ExactDataSet.prototype.id = "";
                ExactDataSet.prototype.name = "";
                ExactDataSet.prototype.salt = $util.newBuffer([]);
                ExactDataSet.prototype.hashes = $util.newBuffer([]);
                ExactDataSet.prototype.maxWords = 0;
                ExactDataSet.prototype.minDistinct = 0;

                ExactDataSet.create = function(properties) {
                    return new ExactDataSet(properties);
                };

                ExactDataSet.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.salt != null && $Object.hasOwnProperty.call(message, "salt") && message.salt.length)
                        writer.uint32(26).bytes(message.salt);
                    if (message.hashes != null && $Object.hasOwnProperty.call(message, "hashes") && message.hashes.length)
                        writer.uint32(34).bytes(message.hashes);
                    if (message.maxWords != null && $Object.hasOwnProperty.call(message, "maxWords") && message.maxWords !== 0)
                        writer.uint32(40).uint32(message.maxWords);
                    if (message.minDistinct != null && $Object.hasOwnProperty.call(message, "minDistinct") && message.minDistinct !== 0)
                        writer.uint32(48).uint32(message.minDistinct);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ExactDataSet.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ExactDataSet();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.salt = value;
                                else
                                    delete message.salt;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.hashes = value;
                                else
                                    delete message.hashes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxWords = value;
                                else
                                    delete message.maxWords;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.minDistinct = value;
                                else
                                    delete message.minDistinct;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ExactDataSet.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ExactDataSet)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ExactDataSet: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ExactDataSet();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.salt != null)
                        if (object.salt.length)
                            if (typeof object.salt === "string")
                                $util.base64.decode(object.salt, message.salt = $util.newBuffer($util.base64.length(object.salt)), 0);
                            else if (object.salt.length >= 0)
                                message.salt = object.salt;
                    if (object.hashes != null)
                        if (object.hashes.length)
                            if (typeof object.hashes === "string")
                                $util.base64.decode(object.hashes, message.hashes = $util.newBuffer($util.base64.length(object.hashes)), 0);
                            else if (object.hashes.length >= 0)
                                message.hashes = object.hashes;
                    if (object.maxWords != null)
                        if ($Number(object.maxWords) !== 0)
                            message.maxWords = object.maxWords >>> 0;
                    if (object.minDistinct != null)
                        if ($Number(object.minDistinct) !== 0)
                            message.minDistinct = object.minDistinct >>> 0;
                    return message;
                };

                ExactDataSet.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        object.name = "";
                        if (options.bytes === $String)
                            object.salt = "";
                        else {
                            object.salt = [];
                            if (options.bytes !== $Array)
                                object.salt = $util.newBuffer(object.salt);
                        }
                        if (options.bytes === $String)
                            object.hashes = "";
                        else {
                            object.hashes = [];
                            if (options.bytes !== $Array)
                                object.hashes = $util.newBuffer(object.hashes);
                        }
                        object.maxWords = 0;
                        object.minDistinct = 0;
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.salt != null && $Object.hasOwnProperty.call(message, "salt"))
                        object.salt = options.bytes === $String ? $util.base64.encode(message.salt, 0, message.salt.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.salt) : message.salt;
                    if (message.hashes != null && $Object.hasOwnProperty.call(message, "hashes"))
                        object.hashes = options.bytes === $String ? $util.base64.encode(message.hashes, 0, message.hashes.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.hashes) : message.hashes;
                    if (message.maxWords != null && $Object.hasOwnProperty.call(message, "maxWords"))
                        object.maxWords = message.maxWords;
                    if (message.minDistinct != null && $Object.hasOwnProperty.call(message, "minDistinct"))
                        object.minDistinct = message.minDistinct;
                    return object;
                };

                ExactDataSet.prototype.toJSON = function() {
                    return ExactDataSet.toObject(this, $protobuf.util.toJSONOptions);
                };

                ExactDataSet.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ExactDataSet";
                };

                return ExactDataSet;
            })();

            v1.SensitivityLabel = (function() {

                const SensitivityLabel = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SensitivityLabel.prototype.id = "";
                SensitivityLabel.prototype.name = "";

                SensitivityLabel.create = function(properties) {
                    return new SensitivityLabel(properties);
                };

                SensitivityLabel.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(10).string(message.id);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SensitivityLabel.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SensitivityLabel();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SensitivityLabel.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SensitivityLabel)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SensitivityLabel: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SensitivityLabel();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    return message;
                };

                SensitivityLabel.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        object.name = "";
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    return object;
                };

                SensitivityLabel.prototype.toJSON = function() {
                    return SensitivityLabel.toObject(this, $protobuf.util.toJSONOptions);
                };

                SensitivityLabel.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SensitivityLabel";
                };

                return SensitivityLabel;
            })();

            v1.UninstallProtection = (function() {

                const UninstallProtection = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                UninstallProtection.prototype.salt = $util.newBuffer([]);
                UninstallProtection.prototype.tokenHash = $util.newBuffer([]);

                UninstallProtection.create = function(properties) {
                    return new UninstallProtection(properties);
                };

                UninstallProtection.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.salt != null && $Object.hasOwnProperty.call(message, "salt") && message.salt.length)
                        writer.uint32(10).bytes(message.salt);
                    if (message.tokenHash != null && $Object.hasOwnProperty.call(message, "tokenHash") && message.tokenHash.length)
                        writer.uint32(18).bytes(message.tokenHash);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                UninstallProtection.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.UninstallProtection();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.salt = value;
                                else
                                    delete message.salt;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.tokenHash = value;
                                else
                                    delete message.tokenHash;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                UninstallProtection.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.UninstallProtection)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.UninstallProtection: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.UninstallProtection();
                    if (object.salt != null)
                        if (object.salt.length)
                            if (typeof object.salt === "string")
                                $util.base64.decode(object.salt, message.salt = $util.newBuffer($util.base64.length(object.salt)), 0);
                            else if (object.salt.length >= 0)
                                message.salt = object.salt;
                    if (object.tokenHash != null)
                        if (object.tokenHash.length)
                            if (typeof object.tokenHash === "string")
                                $util.base64.decode(object.tokenHash, message.tokenHash = $util.newBuffer($util.base64.length(object.tokenHash)), 0);
                            else if (object.tokenHash.length >= 0)
                                message.tokenHash = object.tokenHash;
                    return message;
                };

                UninstallProtection.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.salt = "";
                        else {
                            object.salt = [];
                            if (options.bytes !== $Array)
                                object.salt = $util.newBuffer(object.salt);
                        }
                        if (options.bytes === $String)
                            object.tokenHash = "";
                        else {
                            object.tokenHash = [];
                            if (options.bytes !== $Array)
                                object.tokenHash = $util.newBuffer(object.tokenHash);
                        }
                    }
                    if (message.salt != null && $Object.hasOwnProperty.call(message, "salt"))
                        object.salt = options.bytes === $String ? $util.base64.encode(message.salt, 0, message.salt.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.salt) : message.salt;
                    if (message.tokenHash != null && $Object.hasOwnProperty.call(message, "tokenHash"))
                        object.tokenHash = options.bytes === $String ? $util.base64.encode(message.tokenHash, 0, message.tokenHash.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.tokenHash) : message.tokenHash;
                    return object;
                };

                UninstallProtection.prototype.toJSON = function() {
                    return UninstallProtection.toObject(this, $protobuf.util.toJSONOptions);
                };

                UninstallProtection.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.UninstallProtection";
                };

                return UninstallProtection;
            })();

            v1.ActivityBatch = (function() {

                const ActivityBatch = function (properties) {
                    this.activities = [];
                    this.gaps = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ActivityBatch.prototype.epoch = "";
                ActivityBatch.prototype.firstSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                ActivityBatch.prototype.activities = $util.emptyArray;
                ActivityBatch.prototype.gaps = $util.emptyArray;

                ActivityBatch.create = function(properties) {
                    return new ActivityBatch(properties);
                };

                ActivityBatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(10).string(message.epoch);
                    if (message.firstSeq != null && $Object.hasOwnProperty.call(message, "firstSeq") && (typeof message.firstSeq === "object" ? message.firstSeq.low || message.firstSeq.high : message.firstSeq !== 0))
                        writer.uint32(16).uint64(message.firstSeq);
                    if (message.activities != null && message.activities.length)
                        for (let i = 0; i < message.activities.length; ++i)
                            writer.uint32(26).bytes(message.activities[i]);
                    if (message.gaps != null && message.gaps.length)
                        for (let i = 0; i < message.gaps.length; ++i)
                            $root.holdfast.telemetry.v1.GapRecord.encode(message.gaps[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ActivityBatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.ActivityBatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstSeq = value;
                                else
                                    delete message.firstSeq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.activities && message.activities.length))
                                    message.activities = [];
                                message.activities.push(reader.bytes());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.gaps && message.gaps.length))
                                    message.gaps = [];
                                message.gaps.push($root.holdfast.telemetry.v1.GapRecord.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                ActivityBatch.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.ActivityBatch)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.ActivityBatch: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.ActivityBatch();
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.firstSeq != null)
                        if (typeof object.firstSeq === "object" ? object.firstSeq.low || object.firstSeq.high : $Number(object.firstSeq) !== 0)
                            if ($util.Long)
                                message.firstSeq = $util.Long.fromValue(object.firstSeq, true);
                            else if (typeof object.firstSeq === "string")
                                message.firstSeq = $parseInt(object.firstSeq, 10);
                            else if (typeof object.firstSeq === "number")
                                message.firstSeq = object.firstSeq;
                            else if (typeof object.firstSeq === "object")
                                message.firstSeq = new $util.LongBits(object.firstSeq.low >>> 0, object.firstSeq.high >>> 0).toNumber(true);
                    if (object.activities) {
                        if (!$Array.isArray(object.activities))
                            throw $TypeError(".holdfast.telemetry.v1.ActivityBatch.activities: array expected");
                        message.activities = $Array(object.activities.length);
                        for (let i = 0; i < object.activities.length; ++i)
                            if (typeof object.activities[i] === "string")
                                $util.base64.decode(object.activities[i], message.activities[i] = $util.newBuffer($util.base64.length(object.activities[i])), 0);
                            else if (object.activities[i].length >= 0)
                                message.activities[i] = object.activities[i];
                    }
                    if (object.gaps) {
                        if (!$Array.isArray(object.gaps))
                            throw $TypeError(".holdfast.telemetry.v1.ActivityBatch.gaps: array expected");
                        message.gaps = $Array(object.gaps.length);
                        for (let i = 0; i < object.gaps.length; ++i) {
                            if (!$util.isObject(object.gaps[i]))
                                throw $TypeError(".holdfast.telemetry.v1.ActivityBatch.gaps: object expected");
                            message.gaps[i] = $root.holdfast.telemetry.v1.GapRecord.fromObject(object.gaps[i], _depth + 1);
                        }
                    }
                    return message;
                };

                ActivityBatch.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.activities = [];
                        object.gaps = [];
                    }
                    if (options.defaults) {
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.firstSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.firstSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.firstSeq != null && $Object.hasOwnProperty.call(message, "firstSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.firstSeq = typeof message.firstSeq === "number" ? $BigInt(message.firstSeq) : $util.Long.fromBits(message.firstSeq.low >>> 0, message.firstSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.firstSeq === "number")
                            object.firstSeq = options.longs === $String ? $String(message.firstSeq) : message.firstSeq;
                        else
                            object.firstSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.firstSeq) : options.longs === $Number ? new $util.LongBits(message.firstSeq.low >>> 0, message.firstSeq.high >>> 0).toNumber(true) : message.firstSeq;
                    if (message.activities && message.activities.length) {
                        object.activities = $Array(message.activities.length);
                        for (let j = 0; j < message.activities.length; ++j)
                            object.activities[j] = options.bytes === $String ? $util.base64.encode(message.activities[j], 0, message.activities[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.activities[j]) : message.activities[j];
                    }
                    if (message.gaps && message.gaps.length) {
                        object.gaps = $Array(message.gaps.length);
                        for (let j = 0; j < message.gaps.length; ++j)
                            object.gaps[j] = $root.holdfast.telemetry.v1.GapRecord.toObject(message.gaps[j], options, _depth + 1);
                    }
                    return object;
                };

                ActivityBatch.prototype.toJSON = function() {
                    return ActivityBatch.toObject(this, $protobuf.util.toJSONOptions);
                };

                ActivityBatch.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.ActivityBatch";
                };

                return ActivityBatch;
            })();

            v1.GapRecord = (function() {

                const GapRecord = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                GapRecord.prototype.firstSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                GapRecord.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                GapRecord.prototype.reason = "";
                GapRecord.prototype.at = null;
                GapRecord.prototype.epoch = "";

                GapRecord.create = function(properties) {
                    return new GapRecord(properties);
                };

                GapRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.firstSeq != null && $Object.hasOwnProperty.call(message, "firstSeq") && (typeof message.firstSeq === "object" ? message.firstSeq.low || message.firstSeq.high : message.firstSeq !== 0))
                        writer.uint32(8).uint64(message.firstSeq);
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq") && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                        writer.uint32(16).uint64(message.lastSeq);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(26).string(message.reason);
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                        $root.google.protobuf.Timestamp.encode(message.at, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(42).string(message.epoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                GapRecord.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.GapRecord();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstSeq = value;
                                else
                                    delete message.firstSeq;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastSeq = value;
                                else
                                    delete message.lastSeq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.at = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.at);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                GapRecord.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.GapRecord)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.GapRecord: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.GapRecord();
                    if (object.firstSeq != null)
                        if (typeof object.firstSeq === "object" ? object.firstSeq.low || object.firstSeq.high : $Number(object.firstSeq) !== 0)
                            if ($util.Long)
                                message.firstSeq = $util.Long.fromValue(object.firstSeq, true);
                            else if (typeof object.firstSeq === "string")
                                message.firstSeq = $parseInt(object.firstSeq, 10);
                            else if (typeof object.firstSeq === "number")
                                message.firstSeq = object.firstSeq;
                            else if (typeof object.firstSeq === "object")
                                message.firstSeq = new $util.LongBits(object.firstSeq.low >>> 0, object.firstSeq.high >>> 0).toNumber(true);
                    if (object.lastSeq != null)
                        if (typeof object.lastSeq === "object" ? object.lastSeq.low || object.lastSeq.high : $Number(object.lastSeq) !== 0)
                            if ($util.Long)
                                message.lastSeq = $util.Long.fromValue(object.lastSeq, true);
                            else if (typeof object.lastSeq === "string")
                                message.lastSeq = $parseInt(object.lastSeq, 10);
                            else if (typeof object.lastSeq === "number")
                                message.lastSeq = object.lastSeq;
                            else if (typeof object.lastSeq === "object")
                                message.lastSeq = new $util.LongBits(object.lastSeq.low >>> 0, object.lastSeq.high >>> 0).toNumber(true);
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    if (object.at != null) {
                        if (!$util.isObject(object.at))
                            throw $TypeError(".holdfast.telemetry.v1.GapRecord.at: object expected");
                        message.at = $root.google.protobuf.Timestamp.fromObject(object.at, _depth + 1);
                    }
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    return message;
                };

                GapRecord.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.firstSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.firstSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.lastSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.lastSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.reason = "";
                        object.at = null;
                        object.epoch = "";
                    }
                    if (message.firstSeq != null && $Object.hasOwnProperty.call(message, "firstSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.firstSeq = typeof message.firstSeq === "number" ? $BigInt(message.firstSeq) : $util.Long.fromBits(message.firstSeq.low >>> 0, message.firstSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.firstSeq === "number")
                            object.firstSeq = options.longs === $String ? $String(message.firstSeq) : message.firstSeq;
                        else
                            object.firstSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.firstSeq) : options.longs === $Number ? new $util.LongBits(message.firstSeq.low >>> 0, message.firstSeq.high >>> 0).toNumber(true) : message.firstSeq;
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.lastSeq = typeof message.lastSeq === "number" ? $BigInt(message.lastSeq) : $util.Long.fromBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.lastSeq === "number")
                            object.lastSeq = options.longs === $String ? $String(message.lastSeq) : message.lastSeq;
                        else
                            object.lastSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.lastSeq) : options.longs === $Number ? new $util.LongBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0).toNumber(true) : message.lastSeq;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    if (message.at != null && $Object.hasOwnProperty.call(message, "at"))
                        object.at = $root.google.protobuf.Timestamp.toObject(message.at, options, _depth + 1);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    return object;
                };

                GapRecord.prototype.toJSON = function() {
                    return GapRecord.toObject(this, $protobuf.util.toJSONOptions);
                };

                GapRecord.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.GapRecord";
                };

                return GapRecord;
            })();

            v1.Sync = (function() {

                const Sync = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Sync.prototype.epoch = "";
                Sync.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Sync.prototype.firstHeldSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Sync.prototype.policyHash = "";
                Sync.prototype.policyVersion = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Sync.create = function(properties) {
                    return new Sync(properties);
                };

                Sync.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(10).string(message.epoch);
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq") && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                        writer.uint32(16).uint64(message.lastSeq);
                    if (message.firstHeldSeq != null && $Object.hasOwnProperty.call(message, "firstHeldSeq") && (typeof message.firstHeldSeq === "object" ? message.firstHeldSeq.low || message.firstHeldSeq.high : message.firstHeldSeq !== 0))
                        writer.uint32(24).uint64(message.firstHeldSeq);
                    if (message.policyHash != null && $Object.hasOwnProperty.call(message, "policyHash") && message.policyHash !== "")
                        writer.uint32(34).string(message.policyHash);
                    if (message.policyVersion != null && $Object.hasOwnProperty.call(message, "policyVersion") && (typeof message.policyVersion === "object" ? message.policyVersion.low || message.policyVersion.high : message.policyVersion !== 0))
                        writer.uint32(40).uint64(message.policyVersion);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Sync.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Sync();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastSeq = value;
                                else
                                    delete message.lastSeq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstHeldSeq = value;
                                else
                                    delete message.firstHeldSeq;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.policyHash = value;
                                else
                                    delete message.policyHash;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.policyVersion = value;
                                else
                                    delete message.policyVersion;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Sync.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Sync)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Sync: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Sync();
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.lastSeq != null)
                        if (typeof object.lastSeq === "object" ? object.lastSeq.low || object.lastSeq.high : $Number(object.lastSeq) !== 0)
                            if ($util.Long)
                                message.lastSeq = $util.Long.fromValue(object.lastSeq, true);
                            else if (typeof object.lastSeq === "string")
                                message.lastSeq = $parseInt(object.lastSeq, 10);
                            else if (typeof object.lastSeq === "number")
                                message.lastSeq = object.lastSeq;
                            else if (typeof object.lastSeq === "object")
                                message.lastSeq = new $util.LongBits(object.lastSeq.low >>> 0, object.lastSeq.high >>> 0).toNumber(true);
                    if (object.firstHeldSeq != null)
                        if (typeof object.firstHeldSeq === "object" ? object.firstHeldSeq.low || object.firstHeldSeq.high : $Number(object.firstHeldSeq) !== 0)
                            if ($util.Long)
                                message.firstHeldSeq = $util.Long.fromValue(object.firstHeldSeq, true);
                            else if (typeof object.firstHeldSeq === "string")
                                message.firstHeldSeq = $parseInt(object.firstHeldSeq, 10);
                            else if (typeof object.firstHeldSeq === "number")
                                message.firstHeldSeq = object.firstHeldSeq;
                            else if (typeof object.firstHeldSeq === "object")
                                message.firstHeldSeq = new $util.LongBits(object.firstHeldSeq.low >>> 0, object.firstHeldSeq.high >>> 0).toNumber(true);
                    if (object.policyHash != null)
                        if (typeof object.policyHash !== "string" || object.policyHash.length)
                            message.policyHash = $String(object.policyHash);
                    if (object.policyVersion != null)
                        if (typeof object.policyVersion === "object" ? object.policyVersion.low || object.policyVersion.high : $Number(object.policyVersion) !== 0)
                            if ($util.Long)
                                message.policyVersion = $util.Long.fromValue(object.policyVersion, true);
                            else if (typeof object.policyVersion === "string")
                                message.policyVersion = $parseInt(object.policyVersion, 10);
                            else if (typeof object.policyVersion === "number")
                                message.policyVersion = object.policyVersion;
                            else if (typeof object.policyVersion === "object")
                                message.policyVersion = new $util.LongBits(object.policyVersion.low >>> 0, object.policyVersion.high >>> 0).toNumber(true);
                    return message;
                };

                Sync.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.lastSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.lastSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.firstHeldSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.firstHeldSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.policyHash = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.policyVersion = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.policyVersion = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.lastSeq = typeof message.lastSeq === "number" ? $BigInt(message.lastSeq) : $util.Long.fromBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.lastSeq === "number")
                            object.lastSeq = options.longs === $String ? $String(message.lastSeq) : message.lastSeq;
                        else
                            object.lastSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.lastSeq) : options.longs === $Number ? new $util.LongBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0).toNumber(true) : message.lastSeq;
                    if (message.firstHeldSeq != null && $Object.hasOwnProperty.call(message, "firstHeldSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.firstHeldSeq = typeof message.firstHeldSeq === "number" ? $BigInt(message.firstHeldSeq) : $util.Long.fromBits(message.firstHeldSeq.low >>> 0, message.firstHeldSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.firstHeldSeq === "number")
                            object.firstHeldSeq = options.longs === $String ? $String(message.firstHeldSeq) : message.firstHeldSeq;
                        else
                            object.firstHeldSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.firstHeldSeq) : options.longs === $Number ? new $util.LongBits(message.firstHeldSeq.low >>> 0, message.firstHeldSeq.high >>> 0).toNumber(true) : message.firstHeldSeq;
                    if (message.policyHash != null && $Object.hasOwnProperty.call(message, "policyHash"))
                        object.policyHash = message.policyHash;
                    if (message.policyVersion != null && $Object.hasOwnProperty.call(message, "policyVersion"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.policyVersion = typeof message.policyVersion === "number" ? $BigInt(message.policyVersion) : $util.Long.fromBits(message.policyVersion.low >>> 0, message.policyVersion.high >>> 0, true).toBigInt();
                        else if (typeof message.policyVersion === "number")
                            object.policyVersion = options.longs === $String ? $String(message.policyVersion) : message.policyVersion;
                        else
                            object.policyVersion = options.longs === $String ? $util.Long.prototype.toString.call(message.policyVersion) : options.longs === $Number ? new $util.LongBits(message.policyVersion.low >>> 0, message.policyVersion.high >>> 0).toNumber(true) : message.policyVersion;
                    return object;
                };

                Sync.prototype.toJSON = function() {
                    return Sync.toObject(this, $protobuf.util.toJSONOptions);
                };

                Sync.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Sync";
                };

                return Sync;
            })();

            v1.Watermark = (function() {

                const Watermark = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Watermark.prototype.epoch = "";
                Watermark.prototype.committedSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                Watermark.create = function(properties) {
                    return new Watermark(properties);
                };

                Watermark.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(10).string(message.epoch);
                    if (message.committedSeq != null && $Object.hasOwnProperty.call(message, "committedSeq") && (typeof message.committedSeq === "object" ? message.committedSeq.low || message.committedSeq.high : message.committedSeq !== 0))
                        writer.uint32(16).uint64(message.committedSeq);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Watermark.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Watermark();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.committedSeq = value;
                                else
                                    delete message.committedSeq;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Watermark.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Watermark)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Watermark: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Watermark();
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.committedSeq != null)
                        if (typeof object.committedSeq === "object" ? object.committedSeq.low || object.committedSeq.high : $Number(object.committedSeq) !== 0)
                            if ($util.Long)
                                message.committedSeq = $util.Long.fromValue(object.committedSeq, true);
                            else if (typeof object.committedSeq === "string")
                                message.committedSeq = $parseInt(object.committedSeq, 10);
                            else if (typeof object.committedSeq === "number")
                                message.committedSeq = object.committedSeq;
                            else if (typeof object.committedSeq === "object")
                                message.committedSeq = new $util.LongBits(object.committedSeq.low >>> 0, object.committedSeq.high >>> 0).toNumber(true);
                    return message;
                };

                Watermark.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.committedSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.committedSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.committedSeq != null && $Object.hasOwnProperty.call(message, "committedSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.committedSeq = typeof message.committedSeq === "number" ? $BigInt(message.committedSeq) : $util.Long.fromBits(message.committedSeq.low >>> 0, message.committedSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.committedSeq === "number")
                            object.committedSeq = options.longs === $String ? $String(message.committedSeq) : message.committedSeq;
                        else
                            object.committedSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.committedSeq) : options.longs === $Number ? new $util.LongBits(message.committedSeq.low >>> 0, message.committedSeq.high >>> 0).toNumber(true) : message.committedSeq;
                    return object;
                };

                Watermark.prototype.toJSON = function() {
                    return Watermark.toObject(this, $protobuf.util.toJSONOptions);
                };

                Watermark.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Watermark";
                };

                return Watermark;
            })();

            v1.Down = (function() {

                const Down = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Down.prototype.watermark = null;
                Down.prototype.policy = null;
                Down.prototype.retryAfter = null;
                Down.prototype.credential = null;

                let $oneOfFields;

                $Object.defineProperty(Down.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["watermark", "policy", "retryAfter", "credential"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Down.create = function(properties) {
                    return new Down(properties);
                };

                Down.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.watermark != null && $Object.hasOwnProperty.call(message, "watermark"))
                        $root.holdfast.telemetry.v1.Watermark.encode(message.watermark, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                        $root.holdfast.telemetry.v1.SignedPolicy.encode(message.policy, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.retryAfter != null && $Object.hasOwnProperty.call(message, "retryAfter"))
                        $root.holdfast.telemetry.v1.RetryAfter.encode(message.retryAfter, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.credential != null && $Object.hasOwnProperty.call(message, "credential"))
                        $root.holdfast.telemetry.v1.CredentialRenewal.encode(message.credential, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Down.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Down();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.watermark = $root.holdfast.telemetry.v1.Watermark.decode(reader, reader.size(), $undefined, _depth + 1, message.watermark);
                                message.message = "watermark";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.policy = $root.holdfast.telemetry.v1.SignedPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                                message.message = "policy";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.retryAfter = $root.holdfast.telemetry.v1.RetryAfter.decode(reader, reader.size(), $undefined, _depth + 1, message.retryAfter);
                                message.message = "retryAfter";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.credential = $root.holdfast.telemetry.v1.CredentialRenewal.decode(reader, reader.size(), $undefined, _depth + 1, message.credential);
                                message.message = "credential";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Down.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Down)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Down: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Down();
                    if (object.watermark != null) {
                        if (!$util.isObject(object.watermark))
                            throw $TypeError(".holdfast.telemetry.v1.Down.watermark: object expected");
                        message.watermark = $root.holdfast.telemetry.v1.Watermark.fromObject(object.watermark, _depth + 1);
                    }
                    if (object.policy != null) {
                        if (!$util.isObject(object.policy))
                            throw $TypeError(".holdfast.telemetry.v1.Down.policy: object expected");
                        message.policy = $root.holdfast.telemetry.v1.SignedPolicy.fromObject(object.policy, _depth + 1);
                    }
                    if (object.retryAfter != null) {
                        if (!$util.isObject(object.retryAfter))
                            throw $TypeError(".holdfast.telemetry.v1.Down.retryAfter: object expected");
                        message.retryAfter = $root.holdfast.telemetry.v1.RetryAfter.fromObject(object.retryAfter, _depth + 1);
                    }
                    if (object.credential != null) {
                        if (!$util.isObject(object.credential))
                            throw $TypeError(".holdfast.telemetry.v1.Down.credential: object expected");
                        message.credential = $root.holdfast.telemetry.v1.CredentialRenewal.fromObject(object.credential, _depth + 1);
                    }
                    return message;
                };

                Down.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.watermark != null && $Object.hasOwnProperty.call(message, "watermark")) {
                        object.watermark = $root.holdfast.telemetry.v1.Watermark.toObject(message.watermark, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "watermark";
                    }
                    if (message.policy != null && $Object.hasOwnProperty.call(message, "policy")) {
                        object.policy = $root.holdfast.telemetry.v1.SignedPolicy.toObject(message.policy, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "policy";
                    }
                    if (message.retryAfter != null && $Object.hasOwnProperty.call(message, "retryAfter")) {
                        object.retryAfter = $root.holdfast.telemetry.v1.RetryAfter.toObject(message.retryAfter, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "retryAfter";
                    }
                    if (message.credential != null && $Object.hasOwnProperty.call(message, "credential")) {
                        object.credential = $root.holdfast.telemetry.v1.CredentialRenewal.toObject(message.credential, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "credential";
                    }
                    return object;
                };

                Down.prototype.toJSON = function() {
                    return Down.toObject(this, $protobuf.util.toJSONOptions);
                };

                Down.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Down";
                };

                return Down;
            })();

            v1.CredentialRenewal = (function() {

                const CredentialRenewal = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                CredentialRenewal.prototype.jwt = "";

                CredentialRenewal.create = function(properties) {
                    return new CredentialRenewal(properties);
                };

                CredentialRenewal.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.jwt != null && $Object.hasOwnProperty.call(message, "jwt") && message.jwt !== "")
                        writer.uint32(10).string(message.jwt);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                CredentialRenewal.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.CredentialRenewal();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.jwt = value;
                                else
                                    delete message.jwt;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                CredentialRenewal.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.CredentialRenewal)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.CredentialRenewal: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.CredentialRenewal();
                    if (object.jwt != null)
                        if (typeof object.jwt !== "string" || object.jwt.length)
                            message.jwt = $String(object.jwt);
                    return message;
                };

                CredentialRenewal.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.jwt = "";
                    if (message.jwt != null && $Object.hasOwnProperty.call(message, "jwt"))
                        object.jwt = message.jwt;
                    return object;
                };

                CredentialRenewal.prototype.toJSON = function() {
                    return CredentialRenewal.toObject(this, $protobuf.util.toJSONOptions);
                };

                CredentialRenewal.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.CredentialRenewal";
                };

                return CredentialRenewal;
            })();

            v1.RetryAfter = (function() {

                const RetryAfter = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RetryAfter.prototype.seconds = 0;
                RetryAfter.prototype.reason = "";

                RetryAfter.create = function(properties) {
                    return new RetryAfter(properties);
                };

                RetryAfter.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && message.seconds !== 0)
                        writer.uint32(8).uint32(message.seconds);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(18).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RetryAfter.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.RetryAfter();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.seconds = value;
                                else
                                    delete message.seconds;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                RetryAfter.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.RetryAfter)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.RetryAfter: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.RetryAfter();
                    if (object.seconds != null)
                        if ($Number(object.seconds) !== 0)
                            message.seconds = object.seconds >>> 0;
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    return message;
                };

                RetryAfter.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.seconds = 0;
                        object.reason = "";
                    }
                    if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds"))
                        object.seconds = message.seconds;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    return object;
                };

                RetryAfter.prototype.toJSON = function() {
                    return RetryAfter.toObject(this, $protobuf.util.toJSONOptions);
                };

                RetryAfter.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.RetryAfter";
                };

                return RetryAfter;
            })();

            v1.SensorTier = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "SENSOR_TIER_UNSPECIFIED"] = 0;
                values[valuesById[1] = "SENSOR_TIER_FULL"] = 1;
                values[valuesById[2] = "SENSOR_TIER_DEGRADED"] = 2;
                values[valuesById[3] = "SENSOR_TIER_BLIND"] = 3;
                values[valuesById[4] = "SENSOR_TIER_OFF"] = 4;
                return values;
            })();

            v1.SensorState = (function() {

                const SensorState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SensorState.prototype.name = "";
                SensorState.prototype.tier = 0;
                SensorState.prototype.reason = "";
                SensorState.prototype.fix = "";
                SensorState.prototype.lastSelfTestAt = null;
                SensorState.prototype.selfTestPassed = false;
                SensorState.prototype.emitted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SensorState.prototype.watches = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                SensorState.create = function(properties) {
                    return new SensorState(properties);
                };

                SensorState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== 0)
                        writer.uint32(16).int32(message.tier);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(26).string(message.reason);
                    if (message.fix != null && $Object.hasOwnProperty.call(message, "fix") && message.fix !== "")
                        writer.uint32(34).string(message.fix);
                    if (message.lastSelfTestAt != null && $Object.hasOwnProperty.call(message, "lastSelfTestAt"))
                        $root.google.protobuf.Timestamp.encode(message.lastSelfTestAt, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.selfTestPassed != null && $Object.hasOwnProperty.call(message, "selfTestPassed") && message.selfTestPassed !== false)
                        writer.uint32(48).bool(message.selfTestPassed);
                    if (message.emitted != null && $Object.hasOwnProperty.call(message, "emitted") && (typeof message.emitted === "object" ? message.emitted.low || message.emitted.high : message.emitted !== 0))
                        writer.uint32(56).uint64(message.emitted);
                    if (message.watches != null && $Object.hasOwnProperty.call(message, "watches") && (typeof message.watches === "object" ? message.watches.low || message.watches.high : message.watches !== 0))
                        writer.uint32(64).uint64(message.watches);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SensorState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SensorState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.tier = value;
                                else
                                    delete message.tier;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.fix = value;
                                else
                                    delete message.fix;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.lastSelfTestAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.lastSelfTestAt);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.selfTestPassed = value;
                                else
                                    delete message.selfTestPassed;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.emitted = value;
                                else
                                    delete message.emitted;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.watches = value;
                                else
                                    delete message.watches;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SensorState.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SensorState)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SensorState: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SensorState();
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.tier !== 0 && (typeof object.tier !== "string" || $root.holdfast.telemetry.v1.SensorTier[object.tier] !== 0))
                        switch (object.tier) {
                        case "SENSOR_TIER_UNSPECIFIED":
                        case 0:
                            message.tier = 0;
                            break;
                        case "SENSOR_TIER_FULL":
                        case 1:
                            message.tier = 1;
                            break;
                        case "SENSOR_TIER_DEGRADED":
                        case 2:
                            message.tier = 2;
                            break;
                        case "SENSOR_TIER_BLIND":
                        case 3:
                            message.tier = 3;
                            break;
                        case "SENSOR_TIER_OFF":
                        case 4:
                            message.tier = 4;
                            break;
                        default:
                            if (typeof object.tier === "number" && (object.tier | 0) === object.tier)
                                message.tier = object.tier;
                        }
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    if (object.fix != null)
                        if (typeof object.fix !== "string" || object.fix.length)
                            message.fix = $String(object.fix);
                    if (object.lastSelfTestAt != null) {
                        if (!$util.isObject(object.lastSelfTestAt))
                            throw $TypeError(".holdfast.telemetry.v1.SensorState.lastSelfTestAt: object expected");
                        message.lastSelfTestAt = $root.google.protobuf.Timestamp.fromObject(object.lastSelfTestAt, _depth + 1);
                    }
                    if (object.selfTestPassed != null)
                        if (object.selfTestPassed)
                            message.selfTestPassed = $Boolean(object.selfTestPassed);
                    if (object.emitted != null)
                        if (typeof object.emitted === "object" ? object.emitted.low || object.emitted.high : $Number(object.emitted) !== 0)
                            if ($util.Long)
                                message.emitted = $util.Long.fromValue(object.emitted, true);
                            else if (typeof object.emitted === "string")
                                message.emitted = $parseInt(object.emitted, 10);
                            else if (typeof object.emitted === "number")
                                message.emitted = object.emitted;
                            else if (typeof object.emitted === "object")
                                message.emitted = new $util.LongBits(object.emitted.low >>> 0, object.emitted.high >>> 0).toNumber(true);
                    if (object.watches != null)
                        if (typeof object.watches === "object" ? object.watches.low || object.watches.high : $Number(object.watches) !== 0)
                            if ($util.Long)
                                message.watches = $util.Long.fromValue(object.watches, true);
                            else if (typeof object.watches === "string")
                                message.watches = $parseInt(object.watches, 10);
                            else if (typeof object.watches === "number")
                                message.watches = object.watches;
                            else if (typeof object.watches === "object")
                                message.watches = new $util.LongBits(object.watches.low >>> 0, object.watches.high >>> 0).toNumber(true);
                    return message;
                };

                SensorState.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.name = "";
                        object.tier = options.enums === $String ? "SENSOR_TIER_UNSPECIFIED" : 0;
                        object.reason = "";
                        object.fix = "";
                        object.lastSelfTestAt = null;
                        object.selfTestPassed = false;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.emitted = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.emitted = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.watches = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.watches = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.tier != null && $Object.hasOwnProperty.call(message, "tier"))
                        object.tier = options.enums === $String ? $root.holdfast.telemetry.v1.SensorTier[message.tier] === $undefined ? message.tier : $root.holdfast.telemetry.v1.SensorTier[message.tier] : message.tier;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    if (message.fix != null && $Object.hasOwnProperty.call(message, "fix"))
                        object.fix = message.fix;
                    if (message.lastSelfTestAt != null && $Object.hasOwnProperty.call(message, "lastSelfTestAt"))
                        object.lastSelfTestAt = $root.google.protobuf.Timestamp.toObject(message.lastSelfTestAt, options, _depth + 1);
                    if (message.selfTestPassed != null && $Object.hasOwnProperty.call(message, "selfTestPassed"))
                        object.selfTestPassed = message.selfTestPassed;
                    if (message.emitted != null && $Object.hasOwnProperty.call(message, "emitted"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.emitted = typeof message.emitted === "number" ? $BigInt(message.emitted) : $util.Long.fromBits(message.emitted.low >>> 0, message.emitted.high >>> 0, true).toBigInt();
                        else if (typeof message.emitted === "number")
                            object.emitted = options.longs === $String ? $String(message.emitted) : message.emitted;
                        else
                            object.emitted = options.longs === $String ? $util.Long.prototype.toString.call(message.emitted) : options.longs === $Number ? new $util.LongBits(message.emitted.low >>> 0, message.emitted.high >>> 0).toNumber(true) : message.emitted;
                    if (message.watches != null && $Object.hasOwnProperty.call(message, "watches"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.watches = typeof message.watches === "number" ? $BigInt(message.watches) : $util.Long.fromBits(message.watches.low >>> 0, message.watches.high >>> 0, true).toBigInt();
                        else if (typeof message.watches === "number")
                            object.watches = options.longs === $String ? $String(message.watches) : message.watches;
                        else
                            object.watches = options.longs === $String ? $util.Long.prototype.toString.call(message.watches) : options.longs === $Number ? new $util.LongBits(message.watches.low >>> 0, message.watches.high >>> 0).toNumber(true) : message.watches;
                    return object;
                };

                SensorState.prototype.toJSON = function() {
                    return SensorState.toObject(this, $protobuf.util.toJSONOptions);
                };

                SensorState.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SensorState";
                };

                return SensorState;
            })();

            v1.Heartbeat = (function() {

                const Heartbeat = function (properties) {
                    this.sensors = [];
                    this.sessionAccounts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Heartbeat.prototype.sentAt = null;
                Heartbeat.prototype.agentVersion = "";
                Heartbeat.prototype.hostname = "";
                Heartbeat.prototype.os = "";
                Heartbeat.prototype.osVersion = "";
                Heartbeat.prototype.kernel = "";
                Heartbeat.prototype.uptimeSecs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Heartbeat.prototype.sensors = $util.emptyArray;
                Heartbeat.prototype.spool = null;
                Heartbeat.prototype.policy = null;
                Heartbeat.prototype.usage = null;
                Heartbeat.prototype.sessionAccounts = $util.emptyArray;
                Heartbeat.prototype.elevated = false;
                Heartbeat.prototype.permissionSet = 0;

                Heartbeat.create = function(properties) {
                    return new Heartbeat(properties);
                };

                Heartbeat.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt"))
                        $root.google.protobuf.Timestamp.encode(message.sentAt, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                        writer.uint32(18).string(message.agentVersion);
                    if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                        writer.uint32(26).string(message.hostname);
                    if (message.os != null && $Object.hasOwnProperty.call(message, "os") && message.os !== "")
                        writer.uint32(34).string(message.os);
                    if (message.osVersion != null && $Object.hasOwnProperty.call(message, "osVersion") && message.osVersion !== "")
                        writer.uint32(42).string(message.osVersion);
                    if (message.kernel != null && $Object.hasOwnProperty.call(message, "kernel") && message.kernel !== "")
                        writer.uint32(50).string(message.kernel);
                    if (message.uptimeSecs != null && $Object.hasOwnProperty.call(message, "uptimeSecs") && (typeof message.uptimeSecs === "object" ? message.uptimeSecs.low || message.uptimeSecs.high : message.uptimeSecs !== 0))
                        writer.uint32(56).uint64(message.uptimeSecs);
                    if (message.sensors != null && message.sensors.length)
                        for (let i = 0; i < message.sensors.length; ++i)
                            $root.holdfast.telemetry.v1.SensorState.encode(message.sensors[i], writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.spool != null && $Object.hasOwnProperty.call(message, "spool"))
                        $root.holdfast.telemetry.v1.SpoolState.encode(message.spool, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                        $root.holdfast.telemetry.v1.PolicyState.encode(message.policy, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.usage != null && $Object.hasOwnProperty.call(message, "usage"))
                        $root.holdfast.telemetry.v1.Usage.encode(message.usage, writer.uint32(90).fork(), _depth + 1).ldelim();
                    if (message.sessionAccounts != null && message.sessionAccounts.length)
                        for (let i = 0; i < message.sessionAccounts.length; ++i)
                            writer.uint32(98).string(message.sessionAccounts[i]);
                    if (message.elevated != null && $Object.hasOwnProperty.call(message, "elevated") && message.elevated !== false)
                        writer.uint32(104).bool(message.elevated);
                    if (message.permissionSet != null && $Object.hasOwnProperty.call(message, "permissionSet") && message.permissionSet !== 0)
                        writer.uint32(112).uint32(message.permissionSet);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Heartbeat();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.sentAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.sentAt);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.agentVersion = value;
                                else
                                    delete message.agentVersion;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.hostname = value;
                                else
                                    delete message.hostname;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.os = value;
                                else
                                    delete message.os;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.osVersion = value;
                                else
                                    delete message.osVersion;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kernel = value;
                                else
                                    delete message.kernel;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.uptimeSecs = value;
                                else
                                    delete message.uptimeSecs;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sensors && message.sensors.length))
                                    message.sensors = [];
                                message.sensors.push($root.holdfast.telemetry.v1.SensorState.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.spool = $root.holdfast.telemetry.v1.SpoolState.decode(reader, reader.size(), $undefined, _depth + 1, message.spool);
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.policy = $root.holdfast.telemetry.v1.PolicyState.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.usage = $root.holdfast.telemetry.v1.Usage.decode(reader, reader.size(), $undefined, _depth + 1, message.usage);
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sessionAccounts && message.sessionAccounts.length))
                                    message.sessionAccounts = [];
                                message.sessionAccounts.push(reader.stringVerify());
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.elevated = value;
                                else
                                    delete message.elevated;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.permissionSet = value;
                                else
                                    delete message.permissionSet;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Heartbeat.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Heartbeat)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Heartbeat: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Heartbeat();
                    if (object.sentAt != null) {
                        if (!$util.isObject(object.sentAt))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.sentAt: object expected");
                        message.sentAt = $root.google.protobuf.Timestamp.fromObject(object.sentAt, _depth + 1);
                    }
                    if (object.agentVersion != null)
                        if (typeof object.agentVersion !== "string" || object.agentVersion.length)
                            message.agentVersion = $String(object.agentVersion);
                    if (object.hostname != null)
                        if (typeof object.hostname !== "string" || object.hostname.length)
                            message.hostname = $String(object.hostname);
                    if (object.os != null)
                        if (typeof object.os !== "string" || object.os.length)
                            message.os = $String(object.os);
                    if (object.osVersion != null)
                        if (typeof object.osVersion !== "string" || object.osVersion.length)
                            message.osVersion = $String(object.osVersion);
                    if (object.kernel != null)
                        if (typeof object.kernel !== "string" || object.kernel.length)
                            message.kernel = $String(object.kernel);
                    if (object.uptimeSecs != null)
                        if (typeof object.uptimeSecs === "object" ? object.uptimeSecs.low || object.uptimeSecs.high : $Number(object.uptimeSecs) !== 0)
                            if ($util.Long)
                                message.uptimeSecs = $util.Long.fromValue(object.uptimeSecs, true);
                            else if (typeof object.uptimeSecs === "string")
                                message.uptimeSecs = $parseInt(object.uptimeSecs, 10);
                            else if (typeof object.uptimeSecs === "number")
                                message.uptimeSecs = object.uptimeSecs;
                            else if (typeof object.uptimeSecs === "object")
                                message.uptimeSecs = new $util.LongBits(object.uptimeSecs.low >>> 0, object.uptimeSecs.high >>> 0).toNumber(true);
                    if (object.sensors) {
                        if (!$Array.isArray(object.sensors))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.sensors: array expected");
                        message.sensors = $Array(object.sensors.length);
                        for (let i = 0; i < object.sensors.length; ++i) {
                            if (!$util.isObject(object.sensors[i]))
                                throw $TypeError(".holdfast.telemetry.v1.Heartbeat.sensors: object expected");
                            message.sensors[i] = $root.holdfast.telemetry.v1.SensorState.fromObject(object.sensors[i], _depth + 1);
                        }
                    }
                    if (object.spool != null) {
                        if (!$util.isObject(object.spool))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.spool: object expected");
                        message.spool = $root.holdfast.telemetry.v1.SpoolState.fromObject(object.spool, _depth + 1);
                    }
                    if (object.policy != null) {
                        if (!$util.isObject(object.policy))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.policy: object expected");
                        message.policy = $root.holdfast.telemetry.v1.PolicyState.fromObject(object.policy, _depth + 1);
                    }
                    if (object.usage != null) {
                        if (!$util.isObject(object.usage))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.usage: object expected");
                        message.usage = $root.holdfast.telemetry.v1.Usage.fromObject(object.usage, _depth + 1);
                    }
                    if (object.sessionAccounts) {
                        if (!$Array.isArray(object.sessionAccounts))
                            throw $TypeError(".holdfast.telemetry.v1.Heartbeat.sessionAccounts: array expected");
                        message.sessionAccounts = $Array(object.sessionAccounts.length);
                        for (let i = 0; i < object.sessionAccounts.length; ++i)
                            message.sessionAccounts[i] = $String(object.sessionAccounts[i]);
                    }
                    if (object.elevated != null)
                        if (object.elevated)
                            message.elevated = $Boolean(object.elevated);
                    if (object.permissionSet != null)
                        if ($Number(object.permissionSet) !== 0)
                            message.permissionSet = object.permissionSet >>> 0;
                    return message;
                };

                Heartbeat.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.sensors = [];
                        object.sessionAccounts = [];
                    }
                    if (options.defaults) {
                        object.sentAt = null;
                        object.agentVersion = "";
                        object.hostname = "";
                        object.os = "";
                        object.osVersion = "";
                        object.kernel = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.uptimeSecs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.uptimeSecs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.spool = null;
                        object.policy = null;
                        object.usage = null;
                        object.elevated = false;
                        object.permissionSet = 0;
                    }
                    if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt"))
                        object.sentAt = $root.google.protobuf.Timestamp.toObject(message.sentAt, options, _depth + 1);
                    if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                        object.agentVersion = message.agentVersion;
                    if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname"))
                        object.hostname = message.hostname;
                    if (message.os != null && $Object.hasOwnProperty.call(message, "os"))
                        object.os = message.os;
                    if (message.osVersion != null && $Object.hasOwnProperty.call(message, "osVersion"))
                        object.osVersion = message.osVersion;
                    if (message.kernel != null && $Object.hasOwnProperty.call(message, "kernel"))
                        object.kernel = message.kernel;
                    if (message.uptimeSecs != null && $Object.hasOwnProperty.call(message, "uptimeSecs"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.uptimeSecs = typeof message.uptimeSecs === "number" ? $BigInt(message.uptimeSecs) : $util.Long.fromBits(message.uptimeSecs.low >>> 0, message.uptimeSecs.high >>> 0, true).toBigInt();
                        else if (typeof message.uptimeSecs === "number")
                            object.uptimeSecs = options.longs === $String ? $String(message.uptimeSecs) : message.uptimeSecs;
                        else
                            object.uptimeSecs = options.longs === $String ? $util.Long.prototype.toString.call(message.uptimeSecs) : options.longs === $Number ? new $util.LongBits(message.uptimeSecs.low >>> 0, message.uptimeSecs.high >>> 0).toNumber(true) : message.uptimeSecs;
                    if (message.sensors && message.sensors.length) {
                        object.sensors = $Array(message.sensors.length);
                        for (let j = 0; j < message.sensors.length; ++j)
                            object.sensors[j] = $root.holdfast.telemetry.v1.SensorState.toObject(message.sensors[j], options, _depth + 1);
                    }
                    if (message.spool != null && $Object.hasOwnProperty.call(message, "spool"))
                        object.spool = $root.holdfast.telemetry.v1.SpoolState.toObject(message.spool, options, _depth + 1);
                    if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                        object.policy = $root.holdfast.telemetry.v1.PolicyState.toObject(message.policy, options, _depth + 1);
                    if (message.usage != null && $Object.hasOwnProperty.call(message, "usage"))
                        object.usage = $root.holdfast.telemetry.v1.Usage.toObject(message.usage, options, _depth + 1);
                    if (message.sessionAccounts && message.sessionAccounts.length) {
                        object.sessionAccounts = $Array(message.sessionAccounts.length);
                        for (let j = 0; j < message.sessionAccounts.length; ++j)
                            object.sessionAccounts[j] = message.sessionAccounts[j];
                    }
                    if (message.elevated != null && $Object.hasOwnProperty.call(message, "elevated"))
                        object.elevated = message.elevated;
                    if (message.permissionSet != null && $Object.hasOwnProperty.call(message, "permissionSet"))
                        object.permissionSet = message.permissionSet;
                    return object;
                };

                Heartbeat.prototype.toJSON = function() {
                    return Heartbeat.toObject(this, $protobuf.util.toJSONOptions);
                };

                Heartbeat.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Heartbeat";
                };

                return Heartbeat;
            })();

            v1.SpoolState = (function() {

                const SpoolState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SpoolState.prototype.epoch = "";
                SpoolState.prototype.lastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SpoolState.prototype.ackedSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SpoolState.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SpoolState.prototype.maxBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                SpoolState.prototype.dropped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                SpoolState.create = function(properties) {
                    return new SpoolState(properties);
                };

                SpoolState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== "")
                        writer.uint32(10).string(message.epoch);
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq") && (typeof message.lastSeq === "object" ? message.lastSeq.low || message.lastSeq.high : message.lastSeq !== 0))
                        writer.uint32(16).uint64(message.lastSeq);
                    if (message.ackedSeq != null && $Object.hasOwnProperty.call(message, "ackedSeq") && (typeof message.ackedSeq === "object" ? message.ackedSeq.low || message.ackedSeq.high : message.ackedSeq !== 0))
                        writer.uint32(24).uint64(message.ackedSeq);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(32).uint64(message.bytes);
                    if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes") && (typeof message.maxBytes === "object" ? message.maxBytes.low || message.maxBytes.high : message.maxBytes !== 0))
                        writer.uint32(40).uint64(message.maxBytes);
                    if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && (typeof message.dropped === "object" ? message.dropped.low || message.dropped.high : message.dropped !== 0))
                        writer.uint32(48).uint64(message.dropped);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SpoolState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.SpoolState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.epoch = value;
                                else
                                    delete message.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastSeq = value;
                                else
                                    delete message.lastSeq;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.ackedSeq = value;
                                else
                                    delete message.ackedSeq;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.maxBytes = value;
                                else
                                    delete message.maxBytes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.dropped = value;
                                else
                                    delete message.dropped;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                SpoolState.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.SpoolState)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.SpoolState: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.SpoolState();
                    if (object.epoch != null)
                        if (typeof object.epoch !== "string" || object.epoch.length)
                            message.epoch = $String(object.epoch);
                    if (object.lastSeq != null)
                        if (typeof object.lastSeq === "object" ? object.lastSeq.low || object.lastSeq.high : $Number(object.lastSeq) !== 0)
                            if ($util.Long)
                                message.lastSeq = $util.Long.fromValue(object.lastSeq, true);
                            else if (typeof object.lastSeq === "string")
                                message.lastSeq = $parseInt(object.lastSeq, 10);
                            else if (typeof object.lastSeq === "number")
                                message.lastSeq = object.lastSeq;
                            else if (typeof object.lastSeq === "object")
                                message.lastSeq = new $util.LongBits(object.lastSeq.low >>> 0, object.lastSeq.high >>> 0).toNumber(true);
                    if (object.ackedSeq != null)
                        if (typeof object.ackedSeq === "object" ? object.ackedSeq.low || object.ackedSeq.high : $Number(object.ackedSeq) !== 0)
                            if ($util.Long)
                                message.ackedSeq = $util.Long.fromValue(object.ackedSeq, true);
                            else if (typeof object.ackedSeq === "string")
                                message.ackedSeq = $parseInt(object.ackedSeq, 10);
                            else if (typeof object.ackedSeq === "number")
                                message.ackedSeq = object.ackedSeq;
                            else if (typeof object.ackedSeq === "object")
                                message.ackedSeq = new $util.LongBits(object.ackedSeq.low >>> 0, object.ackedSeq.high >>> 0).toNumber(true);
                    if (object.bytes != null)
                        if (typeof object.bytes === "object" ? object.bytes.low || object.bytes.high : $Number(object.bytes) !== 0)
                            if ($util.Long)
                                message.bytes = $util.Long.fromValue(object.bytes, true);
                            else if (typeof object.bytes === "string")
                                message.bytes = $parseInt(object.bytes, 10);
                            else if (typeof object.bytes === "number")
                                message.bytes = object.bytes;
                            else if (typeof object.bytes === "object")
                                message.bytes = new $util.LongBits(object.bytes.low >>> 0, object.bytes.high >>> 0).toNumber(true);
                    if (object.maxBytes != null)
                        if (typeof object.maxBytes === "object" ? object.maxBytes.low || object.maxBytes.high : $Number(object.maxBytes) !== 0)
                            if ($util.Long)
                                message.maxBytes = $util.Long.fromValue(object.maxBytes, true);
                            else if (typeof object.maxBytes === "string")
                                message.maxBytes = $parseInt(object.maxBytes, 10);
                            else if (typeof object.maxBytes === "number")
                                message.maxBytes = object.maxBytes;
                            else if (typeof object.maxBytes === "object")
                                message.maxBytes = new $util.LongBits(object.maxBytes.low >>> 0, object.maxBytes.high >>> 0).toNumber(true);
                    if (object.dropped != null)
                        if (typeof object.dropped === "object" ? object.dropped.low || object.dropped.high : $Number(object.dropped) !== 0)
                            if ($util.Long)
                                message.dropped = $util.Long.fromValue(object.dropped, true);
                            else if (typeof object.dropped === "string")
                                message.dropped = $parseInt(object.dropped, 10);
                            else if (typeof object.dropped === "number")
                                message.dropped = object.dropped;
                            else if (typeof object.dropped === "object")
                                message.dropped = new $util.LongBits(object.dropped.low >>> 0, object.dropped.high >>> 0).toNumber(true);
                    return message;
                };

                SpoolState.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.epoch = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.lastSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.lastSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.ackedSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.ackedSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.bytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.bytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.maxBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.maxBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.dropped = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.dropped = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                        object.epoch = message.epoch;
                    if (message.lastSeq != null && $Object.hasOwnProperty.call(message, "lastSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.lastSeq = typeof message.lastSeq === "number" ? $BigInt(message.lastSeq) : $util.Long.fromBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.lastSeq === "number")
                            object.lastSeq = options.longs === $String ? $String(message.lastSeq) : message.lastSeq;
                        else
                            object.lastSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.lastSeq) : options.longs === $Number ? new $util.LongBits(message.lastSeq.low >>> 0, message.lastSeq.high >>> 0).toNumber(true) : message.lastSeq;
                    if (message.ackedSeq != null && $Object.hasOwnProperty.call(message, "ackedSeq"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.ackedSeq = typeof message.ackedSeq === "number" ? $BigInt(message.ackedSeq) : $util.Long.fromBits(message.ackedSeq.low >>> 0, message.ackedSeq.high >>> 0, true).toBigInt();
                        else if (typeof message.ackedSeq === "number")
                            object.ackedSeq = options.longs === $String ? $String(message.ackedSeq) : message.ackedSeq;
                        else
                            object.ackedSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.ackedSeq) : options.longs === $Number ? new $util.LongBits(message.ackedSeq.low >>> 0, message.ackedSeq.high >>> 0).toNumber(true) : message.ackedSeq;
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.bytes = typeof message.bytes === "number" ? $BigInt(message.bytes) : $util.Long.fromBits(message.bytes.low >>> 0, message.bytes.high >>> 0, true).toBigInt();
                        else if (typeof message.bytes === "number")
                            object.bytes = options.longs === $String ? $String(message.bytes) : message.bytes;
                        else
                            object.bytes = options.longs === $String ? $util.Long.prototype.toString.call(message.bytes) : options.longs === $Number ? new $util.LongBits(message.bytes.low >>> 0, message.bytes.high >>> 0).toNumber(true) : message.bytes;
                    if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.maxBytes = typeof message.maxBytes === "number" ? $BigInt(message.maxBytes) : $util.Long.fromBits(message.maxBytes.low >>> 0, message.maxBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.maxBytes === "number")
                            object.maxBytes = options.longs === $String ? $String(message.maxBytes) : message.maxBytes;
                        else
                            object.maxBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.maxBytes) : options.longs === $Number ? new $util.LongBits(message.maxBytes.low >>> 0, message.maxBytes.high >>> 0).toNumber(true) : message.maxBytes;
                    if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.dropped = typeof message.dropped === "number" ? $BigInt(message.dropped) : $util.Long.fromBits(message.dropped.low >>> 0, message.dropped.high >>> 0, true).toBigInt();
                        else if (typeof message.dropped === "number")
                            object.dropped = options.longs === $String ? $String(message.dropped) : message.dropped;
                        else
                            object.dropped = options.longs === $String ? $util.Long.prototype.toString.call(message.dropped) : options.longs === $Number ? new $util.LongBits(message.dropped.low >>> 0, message.dropped.high >>> 0).toNumber(true) : message.dropped;
                    return object;
                };

                SpoolState.prototype.toJSON = function() {
                    return SpoolState.toObject(this, $protobuf.util.toJSONOptions);
                };

                SpoolState.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.SpoolState";
                };

                return SpoolState;
            })();

            v1.PolicyState = (function() {

                const PolicyState = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PolicyState.prototype.runningVersion = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                PolicyState.prototype.runningHash = "";
                PolicyState.prototype.refusedVersion = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                PolicyState.prototype.refusedReason = "";
                PolicyState.prototype.appliedAt = null;
                PolicyState.prototype.expiresAt = null;

                PolicyState.create = function(properties) {
                    return new PolicyState(properties);
                };

                PolicyState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.runningVersion != null && $Object.hasOwnProperty.call(message, "runningVersion") && (typeof message.runningVersion === "object" ? message.runningVersion.low || message.runningVersion.high : message.runningVersion !== 0))
                        writer.uint32(8).uint64(message.runningVersion);
                    if (message.runningHash != null && $Object.hasOwnProperty.call(message, "runningHash") && message.runningHash !== "")
                        writer.uint32(18).string(message.runningHash);
                    if (message.refusedVersion != null && $Object.hasOwnProperty.call(message, "refusedVersion") && (typeof message.refusedVersion === "object" ? message.refusedVersion.low || message.refusedVersion.high : message.refusedVersion !== 0))
                        writer.uint32(24).uint64(message.refusedVersion);
                    if (message.refusedReason != null && $Object.hasOwnProperty.call(message, "refusedReason") && message.refusedReason !== "")
                        writer.uint32(34).string(message.refusedReason);
                    if (message.appliedAt != null && $Object.hasOwnProperty.call(message, "appliedAt"))
                        $root.google.protobuf.Timestamp.encode(message.appliedAt, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.expiresAt != null && $Object.hasOwnProperty.call(message, "expiresAt"))
                        $root.google.protobuf.Timestamp.encode(message.expiresAt, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PolicyState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.PolicyState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.runningVersion = value;
                                else
                                    delete message.runningVersion;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.runningHash = value;
                                else
                                    delete message.runningHash;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.refusedVersion = value;
                                else
                                    delete message.refusedVersion;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.refusedReason = value;
                                else
                                    delete message.refusedReason;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.appliedAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.appliedAt);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.expiresAt = $root.google.protobuf.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1, message.expiresAt);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                PolicyState.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.PolicyState)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.PolicyState: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.PolicyState();
                    if (object.runningVersion != null)
                        if (typeof object.runningVersion === "object" ? object.runningVersion.low || object.runningVersion.high : $Number(object.runningVersion) !== 0)
                            if ($util.Long)
                                message.runningVersion = $util.Long.fromValue(object.runningVersion, true);
                            else if (typeof object.runningVersion === "string")
                                message.runningVersion = $parseInt(object.runningVersion, 10);
                            else if (typeof object.runningVersion === "number")
                                message.runningVersion = object.runningVersion;
                            else if (typeof object.runningVersion === "object")
                                message.runningVersion = new $util.LongBits(object.runningVersion.low >>> 0, object.runningVersion.high >>> 0).toNumber(true);
                    if (object.runningHash != null)
                        if (typeof object.runningHash !== "string" || object.runningHash.length)
                            message.runningHash = $String(object.runningHash);
                    if (object.refusedVersion != null)
                        if (typeof object.refusedVersion === "object" ? object.refusedVersion.low || object.refusedVersion.high : $Number(object.refusedVersion) !== 0)
                            if ($util.Long)
                                message.refusedVersion = $util.Long.fromValue(object.refusedVersion, true);
                            else if (typeof object.refusedVersion === "string")
                                message.refusedVersion = $parseInt(object.refusedVersion, 10);
                            else if (typeof object.refusedVersion === "number")
                                message.refusedVersion = object.refusedVersion;
                            else if (typeof object.refusedVersion === "object")
                                message.refusedVersion = new $util.LongBits(object.refusedVersion.low >>> 0, object.refusedVersion.high >>> 0).toNumber(true);
                    if (object.refusedReason != null)
                        if (typeof object.refusedReason !== "string" || object.refusedReason.length)
                            message.refusedReason = $String(object.refusedReason);
                    if (object.appliedAt != null) {
                        if (!$util.isObject(object.appliedAt))
                            throw $TypeError(".holdfast.telemetry.v1.PolicyState.appliedAt: object expected");
                        message.appliedAt = $root.google.protobuf.Timestamp.fromObject(object.appliedAt, _depth + 1);
                    }
                    if (object.expiresAt != null) {
                        if (!$util.isObject(object.expiresAt))
                            throw $TypeError(".holdfast.telemetry.v1.PolicyState.expiresAt: object expected");
                        message.expiresAt = $root.google.protobuf.Timestamp.fromObject(object.expiresAt, _depth + 1);
                    }
                    return message;
                };

                PolicyState.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.runningVersion = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.runningVersion = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.runningHash = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.refusedVersion = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.refusedVersion = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.refusedReason = "";
                        object.appliedAt = null;
                        object.expiresAt = null;
                    }
                    if (message.runningVersion != null && $Object.hasOwnProperty.call(message, "runningVersion"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.runningVersion = typeof message.runningVersion === "number" ? $BigInt(message.runningVersion) : $util.Long.fromBits(message.runningVersion.low >>> 0, message.runningVersion.high >>> 0, true).toBigInt();
                        else if (typeof message.runningVersion === "number")
                            object.runningVersion = options.longs === $String ? $String(message.runningVersion) : message.runningVersion;
                        else
                            object.runningVersion = options.longs === $String ? $util.Long.prototype.toString.call(message.runningVersion) : options.longs === $Number ? new $util.LongBits(message.runningVersion.low >>> 0, message.runningVersion.high >>> 0).toNumber(true) : message.runningVersion;
                    if (message.runningHash != null && $Object.hasOwnProperty.call(message, "runningHash"))
                        object.runningHash = message.runningHash;
                    if (message.refusedVersion != null && $Object.hasOwnProperty.call(message, "refusedVersion"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.refusedVersion = typeof message.refusedVersion === "number" ? $BigInt(message.refusedVersion) : $util.Long.fromBits(message.refusedVersion.low >>> 0, message.refusedVersion.high >>> 0, true).toBigInt();
                        else if (typeof message.refusedVersion === "number")
                            object.refusedVersion = options.longs === $String ? $String(message.refusedVersion) : message.refusedVersion;
                        else
                            object.refusedVersion = options.longs === $String ? $util.Long.prototype.toString.call(message.refusedVersion) : options.longs === $Number ? new $util.LongBits(message.refusedVersion.low >>> 0, message.refusedVersion.high >>> 0).toNumber(true) : message.refusedVersion;
                    if (message.refusedReason != null && $Object.hasOwnProperty.call(message, "refusedReason"))
                        object.refusedReason = message.refusedReason;
                    if (message.appliedAt != null && $Object.hasOwnProperty.call(message, "appliedAt"))
                        object.appliedAt = $root.google.protobuf.Timestamp.toObject(message.appliedAt, options, _depth + 1);
                    if (message.expiresAt != null && $Object.hasOwnProperty.call(message, "expiresAt"))
                        object.expiresAt = $root.google.protobuf.Timestamp.toObject(message.expiresAt, options, _depth + 1);
                    return object;
                };

                PolicyState.prototype.toJSON = function() {
                    return PolicyState.toObject(this, $protobuf.util.toJSONOptions);
                };

                PolicyState.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.PolicyState";
                };

                return PolicyState;
            })();

            v1.Usage = (function() {

                const Usage = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Usage.prototype.rssBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
                Usage.prototype.cpuMillis = 0;

                Usage.create = function(properties) {
                    return new Usage(properties);
                };

                Usage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.rssBytes != null && $Object.hasOwnProperty.call(message, "rssBytes") && (typeof message.rssBytes === "object" ? message.rssBytes.low || message.rssBytes.high : message.rssBytes !== 0))
                        writer.uint32(8).uint64(message.rssBytes);
                    if (message.cpuMillis != null && $Object.hasOwnProperty.call(message, "cpuMillis") && message.cpuMillis !== 0)
                        writer.uint32(16).uint32(message.cpuMillis);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Usage.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.holdfast.telemetry.v1.Usage();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.rssBytes = value;
                                else
                                    delete message.rssBytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.cpuMillis = value;
                                else
                                    delete message.cpuMillis;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                Usage.fromObject = function (object, _depth) {
                    if (object instanceof $root.holdfast.telemetry.v1.Usage)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".holdfast.telemetry.v1.Usage: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.holdfast.telemetry.v1.Usage();
                    if (object.rssBytes != null)
                        if (typeof object.rssBytes === "object" ? object.rssBytes.low || object.rssBytes.high : $Number(object.rssBytes) !== 0)
                            if ($util.Long)
                                message.rssBytes = $util.Long.fromValue(object.rssBytes, true);
                            else if (typeof object.rssBytes === "string")
                                message.rssBytes = $parseInt(object.rssBytes, 10);
                            else if (typeof object.rssBytes === "number")
                                message.rssBytes = object.rssBytes;
                            else if (typeof object.rssBytes === "object")
                                message.rssBytes = new $util.LongBits(object.rssBytes.low >>> 0, object.rssBytes.high >>> 0).toNumber(true);
                    if (object.cpuMillis != null)
                        if ($Number(object.cpuMillis) !== 0)
                            message.cpuMillis = object.cpuMillis >>> 0;
                    return message;
                };

                Usage.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.rssBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.rssBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.cpuMillis = 0;
                    }
                    if (message.rssBytes != null && $Object.hasOwnProperty.call(message, "rssBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.rssBytes = typeof message.rssBytes === "number" ? $BigInt(message.rssBytes) : $util.Long.fromBits(message.rssBytes.low >>> 0, message.rssBytes.high >>> 0, true).toBigInt();
                        else if (typeof message.rssBytes === "number")
                            object.rssBytes = options.longs === $String ? $String(message.rssBytes) : message.rssBytes;
                        else
                            object.rssBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.rssBytes) : options.longs === $Number ? new $util.LongBits(message.rssBytes.low >>> 0, message.rssBytes.high >>> 0).toNumber(true) : message.rssBytes;
                    if (message.cpuMillis != null && $Object.hasOwnProperty.call(message, "cpuMillis"))
                        object.cpuMillis = message.cpuMillis;
                    return object;
                };

                Usage.prototype.toJSON = function() {
                    return Usage.toObject(this, $protobuf.util.toJSONOptions);
                };

                Usage.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/holdfast.telemetry.v1.Usage";
                };

                return Usage;
            })();

            return v1;
        })();

        return telemetry;
    })();

    return holdfast;
})();

export const google = $root.google = (() => {

    const google = {};

    google.protobuf = (function() {

        const protobuf = {};

        protobuf.Timestamp = (function() {

            const Timestamp = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Timestamp.prototype.seconds = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
            Timestamp.prototype.nanos = 0;

            Timestamp.create = function(properties) {
                return new Timestamp(properties);
            };

            Timestamp.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && (typeof message.seconds === "object" ? message.seconds.low || message.seconds.high : message.seconds !== 0))
                    writer.uint32(8).int64(message.seconds);
                if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos") && message.nanos !== 0)
                    writer.uint32(16).int32(message.nanos);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Timestamp.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.protobuf.Timestamp();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.seconds = value;
                            else
                                delete message.seconds;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.nanos = value;
                            else
                                delete message.nanos;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            Timestamp.fromObject = function (object, _depth) {
                if (object instanceof $root.google.protobuf.Timestamp)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".google.protobuf.Timestamp: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.google.protobuf.Timestamp();
                if (object.seconds != null)
                    if (typeof object.seconds === "object" ? object.seconds.low || object.seconds.high : $Number(object.seconds) !== 0)
                        if ($util.Long)
                            message.seconds = $util.Long.fromValue(object.seconds, false);
                        else if (typeof object.seconds === "string")
                            message.seconds = $parseInt(object.seconds, 10);
                        else if (typeof object.seconds === "number")
                            message.seconds = object.seconds;
                        else if (typeof object.seconds === "object")
                            message.seconds = new $util.LongBits(object.seconds.low >>> 0, object.seconds.high >>> 0).toNumber();
                if (object.nanos != null)
                    if ($Number(object.nanos) !== 0)
                        message.nanos = object.nanos | 0;
                return message;
            };

            Timestamp.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, false);
                        object.seconds = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.seconds = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.nanos = 0;
                }
                if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.seconds = typeof message.seconds === "number" ? $BigInt(message.seconds) : $util.Long.fromBits(message.seconds.low >>> 0, message.seconds.high >>> 0, false).toBigInt();
                    else if (typeof message.seconds === "number")
                        object.seconds = options.longs === $String ? $String(message.seconds) : message.seconds;
                    else
                        object.seconds = options.longs === $String ? $util.Long.prototype.toString.call(message.seconds) : options.longs === $Number ? new $util.LongBits(message.seconds.low >>> 0, message.seconds.high >>> 0).toNumber() : message.seconds;
                if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos"))
                    object.nanos = message.nanos;
                return object;
            };

            Timestamp.prototype.toJSON = function() {
                return Timestamp.toObject(this, $protobuf.util.toJSONOptions);
            };

            Timestamp.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/google.protobuf.Timestamp";
            };

            return Timestamp;
        })();

        return protobuf;
    })();

    return google;
})();

export {
  $root as default
};
