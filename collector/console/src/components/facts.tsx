import { Fragment, type ReactNode } from 'react'
import classes from './facts.module.css'

/** Names and values in two columns; rows without a value are left out. */
export const Facts = ({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes['facts']}>
    {rows.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>)}
  </dl>
)
