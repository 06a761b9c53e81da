import type { Attendance } from '../../../src/core/attendance.ts'
import type { EventRecord, SessionRecord } from '../../../src/core/event.ts'
import type { Person } from '../../../src/core/person.ts'
import type { SheetInput, SheetOptions } from '../../../src/documents/sheet.ts'
export declare const sampleEvent: EventRecord
export declare const sampleSession: SessionRecord
/** A wavy line with loops, as a thumb draws a name; another for every seed. */
export declare function sampleInk(seed: number): string
export declare function samplePerson(at: number): Person
export declare function sampleAttendance(at: number): Omit<Attendance, 'facts'>
export declare const sampleOptions: SheetOptions
/** An event with so many persons who all came. */
export declare function sampleInput(count: number, options?: Partial<SheetOptions>): SheetInput
