export const session = {
  signIn: {
    title: 'Sign in', name: 'Account', password: 'Password', submit: 'Sign in', wrong: 'Account or password is not right.', locked: 'Too many tries. Wait a little, then try again.', ended: 'Sign in again to go on.',
  },
  setUp: {
    title: 'Set up Holdfast', intro: 'Make the first account, an administrator. The set-up code was printed by holdfast init; it works once.', code: 'Set-up code', name: 'Account name', nameHint: 'Without spaces, at most 64 characters.', password: 'Password', passwordHint: 'At least 15 characters; a sentence is easy to remember.',
    again: 'Password again', differs: 'The two passwords differ.', short: 'At least 15 characters.', submit: 'Create the account', codeShort: 'The code is longer than that.', nameBad: 'One to 64 characters without spaces.',
  },
} as const
