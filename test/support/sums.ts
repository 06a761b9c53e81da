import type { Reporter } from 'vitest/node'

/**
 * Says at the end how long the files of each project took in sum: those of `torture` shall stay within three minutes.
 */
export function createSums(): Reporter {
  return {
    onTestRunEnd: (modules) => {
      const sums = new Map<string, { files: number; ms: number }>()
      for (const module of modules) {
        const { files, ms } = sums.get(module.project.name) ?? { files: 0, ms: 0 }
        sums.set(module.project.name, { files: files + 1, ms: ms + module.diagnostic().duration })
      }
      for (const [project, { files, ms }] of sums)
        console.log(`${project}: ${files} files, ${Math.round(ms / 1000)} s in sum`)
    },
  }
}
