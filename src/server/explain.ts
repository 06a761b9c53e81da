import type { StartFailure } from './start.ts'

/** What keeps a program from the database, and what to do: the server and its commands say it alike. */
export const databaseSentences = {
  notWritable: (detail: string) =>
    `cannot write to the data folder ${detail}. Correct its rights or make room, or set HADIR_DATA.`,
  brokenDatabase: (detail: string) =>
    `the database in the data folder is damaged (${detail}). Keep a copy of the folder, then put the last backup back: ` +
    '`npm run restore -- FILE`.',
  brokenPostgres: (detail: string) =>
    `the database of DATABASE_URL is damaged (${detail}). Keep a copy of PostgreSQL's data folder, then put the last ` +
    'backup back: `npm run restore -- FILE`.',
  unreachable: (detail: string) =>
    `the database of DATABASE_URL does not answer (${detail}). Start it, or correct the address.`,
  mayNotCreate: (detail: string) =>
    `the role of DATABASE_URL may not make tables (${detail}). ` +
    "As the database's owner: `GRANT CREATE ON SCHEMA public TO role`.",
  newerDatabase: (migration: string) =>
    `a newer version of Hadir has worked with this database (${migration}). Update Hadir here, or restore a backup.`,
}

const sentences: Record<StartFailure['kind'], (detail: string) => string> = {
  ...databaseSentences,
  badSetting: (detail) => `${detail}.`,
  notBuilt: (folder) => `the built app is missing in ${folder}. Run \`npm run build\`, or \`npm start\`, which builds.`,
  inUse: (folder) =>
    `another Hadir server uses the data folder ${folder}. Stop it, or set HADIR_DATA to another folder.`,
  noBucket: (detail) =>
    `the bucket of HADIR_S3_… does not answer as it should (${detail}). Correct its settings or its rights.`,
  portInUse: (port) => `port ${port} is in use by another program. Stop it, or set PORT to another port.`,
  portRefused: (port) => `this user may not listen on port ${port}. Set PORT to 1024 or more.`,
  hostUnknown: (host) => `this machine has no address ${host}. Correct HADIR_HOST.`,
}

/** Why the server did not start and what to do, in one line. */
export function explain({ kind, detail }: StartFailure): string {
  return `Hadir cannot start: ${sentences[kind](detail)}`.replaceAll('\n', ' ')
}
