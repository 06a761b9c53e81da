import axe from 'axe-core'

/** What axe finds in what is shown, one line each; what belongs to a whole page is e2e's. */
export async function faultsShown(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
