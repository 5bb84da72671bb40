export interface RawAnswer {
    readonly status: number;
    readonly body: string;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    /** The stable code of a problem document, or an empty text. */
    readonly code: string;
}
export declare function rawRequest(url: string, ca: string, method: string, path: string, options?: {
    readonly body?: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
}): Promise<RawAnswer>;
