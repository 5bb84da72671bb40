// Locks of named pieces of work, among the processes that share a store. A process that dies loses its own at once.

export interface WorkLocks {
  /** @returns `taken` when it is this process's from now on, `kept` when it was already, undefined when another one has it or nobody can say */
  take(name: string): Promise<'taken' | 'kept' | undefined>
  release(name: string): Promise<void>
  close(): Promise<void>
}
