export declare const PERSON_ID: string;
export interface SeedPersonOptions {
    /** Folder of the installation's data. */
    readonly dir: string;
    readonly nowMs: number;
    /** So many activities over 90 days, instead of the story. */
    readonly activities?: number;
}
/** @returns how many activities were written */
export declare function seedPerson({ dir, nowMs, activities }: SeedPersonOptions): Promise<number>;
