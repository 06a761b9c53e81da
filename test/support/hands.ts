import { fireEvent, screen } from '@testing-library/preact'

/** What a person finds on the screen, once it is there, and does with it. */
export const button = (name: string | RegExp) => screen.findByRole('button', { name })
export const press = async (name: string | RegExp) => fireEvent.click(await button(name))
export const field = (label: string | RegExp) => screen.findByLabelText<HTMLInputElement>(label)
export const type = async (label: string | RegExp, value: string) =>
  fireEvent.input(await field(label), { target: { value } })
/** The only one to be signed on; `sign` of event.tsx draws on it. */
export const pad = () => screen.findByRole('img', { name: /^Bidang tanda tangan/ })
