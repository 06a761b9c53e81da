/**
 * Freezes the app and the server as they were at a commit, for the simulator: `node tools/freeze.ts COMMIT` packs what
 * test/sync/simulator/client.ts and server.ts name, with the source of that commit, into test/sync/former/. Packages
 * stay outside, and so do the files that code reads beside itself. When and why: test/README.md.
 */
import { execFileSync } from 'node:child_process'
import { dirname, relative, resolve } from 'node:path'
import { build, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, '..')
const folder = resolve(root, 'test/sync/former')

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
}

/** Reads `src/` from the commit, whatever lies in the working tree. */
const readCommit = (commit: string): Plugin => ({
  name: 'commit',
  enforce: 'pre',
  resolveId: (from, importer) => (importer && from.startsWith('.') ? resolve(dirname(importer), from) : undefined),
  load: (id) => (id.startsWith(`${root}/src/`) ? git('show', `${commit}:${relative(root, id)}`) : undefined),
  transform: (code, id) => {
    const place = JSON.stringify(relative(folder, id))
    return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
  },
})

const commit = git('rev-parse', '--verify', `${process.argv[2] ?? 'HEAD'}^{commit}`).trim()
for (const part of ['client', 'server']) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [readCommit(commit)],
    build: {
      ssr: `test/sync/simulator/${part}.ts`,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      /** Whoever looks for the reason of a failing seed reads it. */
      minify: false,
      rolldownOptions: {
        output: {
          entryFileNames: `${part}.js`,
          codeSplitting: false,
          comments: false,
          banner: `/* src/${part} at ${commit}, packed by tools/freeze.ts: not to be edited. */`,
        },
      },
    },
  })
}
