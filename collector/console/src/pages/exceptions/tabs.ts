/** Tabs of the page of exceptions, and the states behind each. */
export const EXCEPTION_TABS = ['waiting', 'held', 'over'] as const
export const EXCEPTION_STATES = { waiting: ['pending'], held: ['granted'], over: ['refused', 'revoked', 'ended', 'expired'] } as const
