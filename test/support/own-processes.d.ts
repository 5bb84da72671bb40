import { type ChildProcess } from 'node:child_process';
/** Remembers a process that somebody else started; `mark` must be in its command line when it is ended, for ids are used again. */
export declare const adopt: (pid: number, mark: string) => void;
export declare function track<T extends ChildProcess>(child: T): T;
export declare const isRunning: (child: ChildProcess) => boolean;
/** Ends a process and waits for its end; by force after `graceMs`. */
export declare function end(child: ChildProcess, signal: NodeJS.Signals, graceMs?: number): Promise<void>;
export declare function commandLine(pid: number): string;
/** Process ids whose command line names this text: a temporary folder of our own, never a program. */
export declare const processesOf: (folder: string) => readonly number[];
export declare function childrenOf(pid: number): readonly number[];
export declare function killPid(pid: number, signal: NodeJS.Signals): boolean;
export declare function endEverything(): Promise<void>;
/** Runs a program of the system to its end; throws with its words when it fails. */
export declare function run(program: string, args: readonly string[], options?: {
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
    readonly allowFailure?: boolean;
}): Promise<string>;
