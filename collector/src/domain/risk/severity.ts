// How heavy one event is, where events of one indicator differ: antivirus off is not a changed option of sshd.

export type EventSeverity = 'critical' | 'high' | 'medium' | 'low'

/**
 * Tenths of an ordinary event. With a low threshold of one, an event scores 32 points when it is critical, 20 when it is
 * high, 10 when it is medium and 4 when it is low: alone none of them is more than a low alert.
 */
export const severityTenths: Readonly<Record<EventSeverity, number>> = { critical: 15, high: 10, medium: 5, low: 2 }
