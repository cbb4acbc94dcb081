import { APP_VERSION } from '../../../shared/protocol/app-version.ts';

const changes = (n: number) => (n === 1 ? '1 change waits' : `${n} changes wait`);

/** What the app says outside of its pages. */
const EN = {
  open: 'Open Switchboard',
  peopleWait: (n: number) => (n === 1 ? '1 person waits' : `${n} people wait`),
  notSignedIn: 'Not signed in',
  editsRefused: (n: number) => (n === 1 ? '1 edit was refused' : `${n} edits were refused`),
  standsStill: 'Sync stands still',
  offline: 'Offline',
  offlineWith: (n: number) => `Offline, ${changes(n)}`,
  changesWait: changes,
  saved: 'All changes saved',
  syncNow: 'Sync now',
  startAtLogin: 'Start when I sign in to this computer',
  quit: 'Quit',
  couldNotStart: 'Switchboard could not start',
  endedAgain: `Switchboard ${APP_VERSION} ended right after its start, three times in a row`,
  wayBack: (version: string) =>
    `Your data is as it was. You can go back to version ${version}, which worked before, until a newer one is out.`,
  goBack: (version: string) => `Go back to ${version}`,
  startAnyway: 'Start anyway',
};
export type Words = Readonly<typeof EN>;

const cambios = (n: number) => (n === 1 ? '1 cambio en espera' : `${n} cambios en espera`);

const ES: Words = {
  open: 'Abrir Switchboard',
  peopleWait: (n) => (n === 1 ? '1 persona espera' : `${n} personas esperan`),
  notSignedIn: 'Sin sesión iniciada',
  editsRefused: (n) => (n === 1 ? '1 cambio fue rechazado' : `${n} cambios fueron rechazados`),
  standsStill: 'La sincronización está detenida',
  offline: 'Sin conexión',
  offlineWith: (n) => `Sin conexión, ${cambios(n)}`,
  changesWait: cambios,
  saved: 'Todos los cambios están guardados',
  syncNow: 'Sincronizar ahora',
  startAtLogin: 'Abrir al iniciar sesión en este equipo',
  quit: 'Salir',
  couldNotStart: 'Switchboard no pudo iniciarse',
  endedAgain: `Switchboard ${APP_VERSION} se cerró justo después de iniciarse, tres veces seguidas`,
  wayBack: (version) =>
    `Tus datos están como estaban. Puedes volver a la versión ${version}, que funcionaba antes, hasta que salga una más nueva.`,
  goBack: (version) => `Volver a la ${version}`,
  startAnyway: 'Iniciar de todos modos',
};

/** The words of the first of these languages that there are words in, else English. */
export function wordsIn(languages: readonly string[]): Words {
  for (const tag of languages) {
    const base = tag.split('-', 1)[0]?.toLowerCase();
    if (base === 'es') return ES;
    if (base === 'en') return EN;
  }
  return EN;
}
