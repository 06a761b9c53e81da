/** Stands in for packages that the build leaves out (vite.config.ts). */
export {}
