import { type ChildProcess } from 'node:child_process';
export declare const repository: string;
export declare const collectorMain: string;
export declare const agentMain: string;
export interface Finished {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}
/** Runs a command to its end. */
export declare function runCommand(script: string, args: readonly string[], options?: {
    readonly env?: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly input?: string;
}): Promise<Finished>;
export interface Daemon {
    readonly child: ChildProcess;
    /** Everything written so far. */
    log(): string;
    stop(signal?: NodeJS.Signals): Promise<void>;
}
/** Starts a process and collects its output; `stop` ends it by pid, by force after 10 s. */
export declare function startDaemon(script: string, args: readonly string[], options?: {
    readonly env?: NodeJS.ProcessEnv;
    readonly onLine?: (line: string) => void;
}): Daemon;
/** Polls until the probe gives a value; fails with `what` after `seconds`. */
export declare function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined> | T | undefined): Promise<T>;
