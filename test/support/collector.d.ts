import { type Client } from '../../scripts/demo-run/client.ts';
import { type Daemon } from './processes.ts';
export interface Installation {
    readonly folder: string;
    readonly dir: string;
    url: string;
    natsUrl: string;
    readonly ca: string;
    readonly password: string;
    /** Good for the first account; used up unless `account: false` was asked for. */
    readonly setupCode: string;
    client: Client;
    /** Signs in again, for a client that was made by somebody else (the console). */
    signIn(name?: string): Promise<void>;
    daemon: Daemon;
    /** Ends the collector, without a word to it when the signal is SIGKILL. */
    stop(signal?: NodeJS.Signals): Promise<void>;
    /** Starts the collector again on the same ports, after it was killed or stopped. Sessions outlive it. */
    start(): Promise<void>;
    restart(): Promise<void>;
    /** Starts the collector and kills it while it starts. */
    startAndKill(afterMs: number): Promise<void>;
    /** Process id of the supervised nats-server, or undefined while it is gone. */
    brokerPid(): number | undefined;
    /** `holdfast ...` with --dir; throws unless it exits 0. */
    holdfast(...args: string[]): Promise<string>;
    /** The text of /metrics. */
    metrics(): Promise<string>;
    enrolAgent(name: string, options?: {
        readonly collectorUrl?: string;
    }): Promise<string>;
    close(): Promise<void>;
}
export interface InstallOptions {
    /** More arguments of `holdfast serve`. */
    readonly serve?: readonly string[];
    /** `false`: nobody has an account yet, and `client` is refused until signIn(). */
    readonly account?: boolean;
}
export declare function install(options?: InstallOptions): Promise<Installation>;
