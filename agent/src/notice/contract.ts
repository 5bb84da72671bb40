// What the rest of the agent sees of notices on the desktop of the person at the keyboard.

export type NoticeOutcome = 'shown' | 'no_session' | 'failed'

export interface Choice {
  /** `[a-z_]{1,32}`; comes back as the answer. */
  readonly id: string
  readonly label: string
}

export interface NoticeAnswer {
  /** Id of the choice; `dismissed` when the person closed the notice. */
  readonly id: string
  /** What the person typed, where `typed` asked for it and the desktop has a field for it. */
  readonly text?: string
}

export interface Notice {
  readonly uid: number
  /** Plain text; what a desktop takes for markup is escaped. Cut at MAX_TITLE and MAX_BODY characters. */
  readonly title: string
  readonly body: string
  /** A later notice with the same key replaces the one that is shown. */
  readonly key: string
  readonly urgency: 'low' | 'normal' | 'critical'
  readonly choices?: readonly Choice[]
  /** Choice after which the person may type a line. */
  readonly typed?: string
  /** Called at most once, within ANSWER_MS of being shown; never when nobody answers. */
  readonly onAnswer?: (answer: NoticeAnswer) => void
}

export const MAX_TITLE = 120
export const MAX_BODY = 1000
/** Longest line that a person may type. */
export const MAX_TYPED = 500
/** How long an answer is waited for; a process that waits costs some memory. */
export const ANSWER_MS = 120_000

export interface Notices {
  /**
   * Shows a notice in the person's session. Never rejects.
   * @returns `no_session` where the person has no desktop to show it on (at a terminal, over ssh, signed out)
   */
  show(notice: Notice): Promise<NoticeOutcome>
  /** Language of the person's desktop, as two letters; undefined where nobody can tell. */
  languageOf(uid: number): Promise<string | undefined>
  /** Ends what waits for an answer. */
  close(): Promise<void>
}
