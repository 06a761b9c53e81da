/** All that the simulator runs of the server; frozen as `../former/server.js`, like the app (client.ts). */
export { createApp } from '../../../src/server/app.ts'
export { openDisk } from '../../../src/server/files/disk.ts'
export { createDeps } from '../../../src/server/start.ts'
export { openSqlite } from '../../../src/server/store/sqlite.ts'
