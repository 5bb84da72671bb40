import { NumberInput, type NumberInputProps } from '@mantine/core'

const MIB = 1024 * 1024

export interface AmountInputProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  /** In the unit itself: files, events or bytes. */
  readonly value: number
  readonly unit: string
  readonly onAmount: (value: number) => void
}

/** A number of files or events, or an amount of bytes that is typed in MiB. */
export const AmountInput = ({ value, unit, onAmount, ...rest }: AmountInputProps) => {
  const scale = unit === 'bytes' ? MIB : 1
  return (
    <NumberInput {...rest} min={1} allowNegative={false} decimalScale={scale === 1 ? 0 : 2} suffix={scale === 1 ? '' : ' MiB'} value={value / scale} onChange={(typed) => {
      const amount = typeof typed === 'number' ? Math.round(typed * scale) : 0
      if (amount >= 1 && amount !== value) onAmount(amount)
    }} />
  )
}
