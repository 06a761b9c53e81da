/** What the simulator calls of the former server takes and answers what the present one does. */
export * from '../simulator/server.ts'
