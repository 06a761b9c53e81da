import type { ComponentType } from 'preact'
import { lazy } from 'preact-iso'
import type { Page } from '../../core/pages.ts'
import { loadWords } from '../i18n/i18n.ts'

/** What the address says; every screen takes what it needs of it. */
export type ScreenProps = { space?: string; person?: string; code?: string; form?: string; material?: string }

/** A screen that is loaded, with its words, when it is first opened; all of them are in the precache. */
function screen(words: string | string[], load: () => Promise<ComponentType<ScreenProps>>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), ...[words].flat().map(loadWords)])
    return { default: component }
  })
}

/** The screen of every address; a new one is named in core/pages.ts too, so that the server knows it. */
export const routes = {
  '/': screen(['events', 'signOut'], () => import('./screens/events/Events.tsx').then((m) => m.Events)),
  '/siapkan': screen('account', () => import('./screens/account/SetUp.tsx').then((m) => m.SetUp)),
  '/masuk': screen('account', () => import('./screens/account/SignIn.tsx').then((m) => m.SignIn)),
  '/lupa-sandi': screen(['myAccount', 'account'], () =>
    import('./screens/myAccount/ForgotPassword.tsx').then((m) => m.ForgotPassword),
  ),
  '/akun': screen(['myAccount', 'account', 'signOut'], () =>
    import('./screens/myAccount/MyAccount.tsx').then((m) => m.MyAccount),
  ),
  '/kode-sandi': screen('myAccount', () => import('./screens/myAccount/IssueCode.tsx').then((m) => m.IssueCode)),
  '/gabung': screen('join', () => import('./screens/join/Join.tsx').then((m) => m.Join)),
  '/status': screen(['status', 'safe', 'person'], () =>
    import('./screens/status/StatusScreen.tsx').then((m) => m.StatusScreen),
  ),
  '/aman': screen(['safe', 'status'], () => import('./screens/safe/Safe.tsx').then((m) => m.Safe)),
  '/cadangan-darurat': screen('rescue', () => import('./screens/rescue/Rescue.tsx').then((m) => m.Rescue)),
  '/m': screen(['attendee', 'person'], () =>
    import('./screens/attendee/AttendeeScreen.tsx').then((m) => m.AttendeeScreen),
  ),
  '/pindai': screen(['scanner', 'attendee'], () => import('./screens/attendee/ScanGate.tsx').then((m) => m.ScanGate)),
  '/m/:code': screen(['attendee', 'person'], () =>
    import('./screens/attendee/AttendeeScreen.tsx').then((m) => m.AttendeeScreen),
  ),
  '/kegiatan/baru': screen('eventForm', () => import('./screens/eventForm/NewEvent.tsx').then((m) => m.NewEvent)),
  '/kegiatan/:space': screen(['eventHome', 'person'], () =>
    import('./screens/eventHome/EventHome.tsx').then((m) => m.EventHome),
  ),
  '/kegiatan/:space/ubah': screen('eventForm', () =>
    import('./screens/eventForm/EditEvent.tsx').then((m) => m.EditEvent),
  ),
  '/kegiatan/:space/impor': screen('import', () => import('./screens/import/Import.tsx').then((m) => m.Import)),
  '/kegiatan/:space/peserta': screen(['people', 'person', 'attendance', 'passes'], () =>
    import('./screens/people/People.tsx').then((m) => m.People),
  ),
  '/kegiatan/:space/peserta/:person': screen(['people', 'person', 'attendance', 'passes'], () =>
    import('./screens/people/PersonScreen.tsx').then((m) => m.PersonScreen),
  ),
  '/kegiatan/:space/hadir': screen(['checkIn', 'person', 'attendance'], () =>
    import('./screens/checkIn/CheckIn.tsx').then((m) => m.CheckIn),
  ),
  '/kegiatan/:space/hadir/:person': screen(['checkIn', 'person', 'attendance'], () =>
    import('./screens/checkIn/SignAttendance.tsx').then((m) => m.SignAttendance),
  ),
  '/kegiatan/:space/baru': screen(['checkIn', 'person', 'attendance'], () =>
    import('./screens/checkIn/WalkIn.tsx').then((m) => m.WalkIn),
  ),
  '/kegiatan/:space/pindai': screen(['scan', 'scanner', 'person'], () =>
    import('./screens/scan/Scan.tsx').then((m) => m.Scan),
  ),
  '/kegiatan/:space/dokumen': screen('documents', () =>
    import('./screens/documents/Documents.tsx').then((m) => m.Documents),
  ),
  '/kegiatan/:space/siap': screen(['readiness', 'status'], () =>
    import('./screens/readiness/Readiness.tsx').then((m) => m.Readiness),
  ),
  '/kegiatan/:space/gerbang': screen(['gate', 'person'], () =>
    import('./screens/gate/GateScreen.tsx').then((m) => m.GateScreen),
  ),
  '/kegiatan/:space/layar': screen('gate', () => import('./screens/wall/Wall.tsx').then((m) => m.Wall)),
  '/kegiatan/:space/kios': screen(['kiosk', 'person'], () =>
    import('./screens/kiosk/StartKiosk.tsx').then((m) => m.StartKiosk),
  ),
  '/kegiatan/:space/lupakan': screen(['safe', 'person'], () =>
    import('./screens/safe/ForgetEvent.tsx').then((m) => m.ForgetEvent),
  ),
  '/kegiatan/:space/tanda-pengenal': screen(['passes', 'person'], () =>
    import('./screens/passes/Passes.tsx').then((m) => m.Passes),
  ),
  '/riwayat': screen(['history', 'fileButtons'], () =>
    import('./screens/history/ServerHistory.tsx').then((m) => m.ServerHistory),
  ),
  '/kegiatan/:space/riwayat': screen(['history', 'historyWords', 'fileButtons'], () =>
    import('./screens/history/History.tsx').then((m) => m.History),
  ),
  '/tim': screen(['team', 'gate'], () => import('./screens/team/Organization.tsx').then((m) => m.Organization)),
  '/kegiatan/:space/karantina': screen(['quarantine', 'historyWords'], () =>
    import('./screens/quarantine/Quarantine.tsx').then((m) => m.Quarantine),
  ),
  '/kegiatan/:space/tim': screen(['team', 'gate'], () => import('./screens/team/Team.tsx').then((m) => m.Team)),
  '/kegiatan/:space/materi': screen(['materials', 'materialForm', 'person'], () =>
    import('./screens/materials/Materials.tsx').then((m) => m.Materials),
  ),
  '/kegiatan/:space/materi/baru': screen(['materialForm', 'person'], () =>
    import('./screens/materialForm/NewMaterial.tsx').then((m) => m.NewMaterial),
  ),
  '/kegiatan/:space/materi/:material': screen(['materials', 'handOver'], () =>
    import('./screens/materials/ShowMaterial.tsx').then((m) => m.ShowMaterial),
  ),
  '/kegiatan/:space/materi/:material/ubah': screen(['materialForm', 'materials', 'person'], () =>
    import('./screens/materialForm/EditMaterial.tsx').then((m) => m.EditMaterial),
  ),
  '/kegiatan/:space/materi/:material/bagikan': screen(['materials', 'handOver', 'gate'], () =>
    import('./screens/materials/HandOver.tsx').then((m) => m.HandOver),
  ),
  '/kegiatan/:space/umpan-balik': screen(['feedback', 'results', 'fileButtons', 'import', 'person'], () =>
    import('./screens/feedback/Feedback.tsx').then((m) => m.Feedback),
  ),
  '/kegiatan/:space/umpan-balik/:form': screen(['feedback', 'questions', 'person'], () =>
    import('./screens/feedback/FillForm.tsx').then((m) => m.FillForm),
  ),
  '/kegiatan/:space/umpan-balik/:form/hasil': screen(['results', 'fileButtons'], () =>
    import('./screens/results/Results.tsx').then((m) => m.Results),
  ),
  '/kegiatan/:space/umpan-balik/:form/ubah': screen(['feedback', 'questions', 'person'], () =>
    import('./screens/formEditor/FormEditor.tsx').then((m) => m.FormEditor),
  ),
} satisfies Record<Page, ComponentType<ScreenProps>>

/** What every address shows while this device is a kiosk. */
export const kioskScreen = screen(['kiosk', 'person', 'questions'], () =>
  import('./screens/kiosk/Kiosk.tsx').then((m) => m.Kiosk),
)
