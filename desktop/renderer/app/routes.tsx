import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { ContactPage } from '../features/contacts/detail/contact-page.tsx';
import { ContactThread } from '../features/inbox/contact-thread.tsx';
import { InboxPage } from '../features/inbox/inbox-page.tsx';
import { ImportDraftPage } from '../features/imports/import-draft-page.tsx';
import { ImportsPage } from '../features/imports/imports-page.tsx';
import { ContactRefusals } from '../features/outbox/contact-refusals.tsx';
import { OutboxPage } from '../features/outbox/outbox-page.tsx';
import { ContactsRoute } from './contacts-route.tsx';
import { ContactMeetings } from '../features/merges/contact-meetings.tsx';
import { DuplicatesPage } from '../features/duplicates/duplicates-page.tsx';
import { MergePage } from '../features/duplicates/merge-page.tsx';
import { MergesPage } from '../features/merges/merges-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { isSection } from '../features/settings/settings-sections.ts';
import { ActivityPage } from '../features/activity/activity-page.tsx';
import { isArticle } from '../features/help/articles.ts';
import { HelpPage } from '../features/help/help-page.tsx';
import { NotificationsPage } from '../features/notifications/notifications-page.tsx';
import { ContactTasks } from '../features/tasks/contact-tasks.tsx';
import { DayPage } from '../features/tasks/day-page.tsx';
import { TasksPage } from '../features/tasks/tasks-page.tsx';
import { SyncPage } from '../features/sync/sync-page.tsx';
import { useLanguage } from '../lib/i18n/use-language.ts';
import { SegmentsPage } from '../features/segments/segments-page.tsx';
import { SegmentRoute } from './lists/segment-route.tsx';
import { DashboardRoute } from './lists/dashboard-route.tsx';
import { PipelinesRoute } from './lists/pipelines-route.tsx';
import { BrokenPage, NoSuchPage } from './lost-pages.tsx';
import { Shell } from './shell.tsx';

/** The router draws a page once and keeps it, so each follows a change of language by itself. */
const speaking = (Page: ComponentType) =>
  function SpeakingPage() {
    useLanguage();
    return <Page />;
  };

const root = createRootRoute({ component: speaking(Shell) });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/contacts' });
  },
});
const contacts = createRoute({ getParentRoute: () => root, path: '/contacts', component: speaking(ContactsRoute) });
const contact = createRoute({
  getParentRoute: () => root,
  path: '/contacts/$id',
  component: function ContactRoute() {
    useLanguage();
    const { id } = contact.useParams();
    return (
      <ContactPage
        key={id}
        id={id}
        thread={<ContactThread contactId={id} />}
        refusals={<ContactRefusals contactId={id} />}
        meetings={<ContactMeetings contactId={id} />}
        tasks={({ name, brief }) => <ContactTasks contactId={id} contactName={name} brief={brief} />}
      />
    );
  },
});
const dashboard = createRoute({ getParentRoute: () => root, path: '/dashboard', component: speaking(DashboardRoute) });
const pipelines = createRoute({
  getParentRoute: () => root,
  path: '/pipelines',
  component: speaking(() => <PipelinesRoute id={null} />),
});
const pipeline = createRoute({
  getParentRoute: () => root,
  path: '/pipelines/$id',
  component: function PipelineRoute() {
    useLanguage();
    return <PipelinesRoute id={pipeline.useParams().id} />;
  },
});
const segments = createRoute({ getParentRoute: () => root, path: '/segments', component: speaking(SegmentsPage) });
const segment = createRoute({
  getParentRoute: () => root,
  path: '/segments/$id',
  component: function SegmentRouteOf() {
    useLanguage();
    return <SegmentRoute id={segment.useParams().id} />;
  },
});
const inbox = createRoute({ getParentRoute: () => root, path: '/inbox', component: speaking(InboxPage) });
const outbox = createRoute({ getParentRoute: () => root, path: '/outbox', component: speaking(OutboxPage) });
const sync = createRoute({ getParentRoute: () => root, path: '/sync', component: speaking(SyncPage) });
const merges = createRoute({ getParentRoute: () => root, path: '/merges', component: speaking(MergesPage) });
const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/duplicates',
  component: speaking(() => <DuplicatesPage />),
});
const duplicatePair = createRoute({
  getParentRoute: () => root,
  path: '/duplicates/$keepId/$mergeId',
  component: function DuplicatePairRoute() {
    useLanguage();
    const { keepId, mergeId } = duplicatePair.useParams();
    return <MergePage key={`${keepId} ${mergeId}`} keepId={keepId} mergeId={mergeId} />;
  },
});
const imports = createRoute({ getParentRoute: () => root, path: '/imports', component: speaking(ImportsPage) });
const importDraft = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  component: function ImportDraftRoute() {
    useLanguage();
    const { id } = importDraft.useParams();
    return <ImportDraftPage key={id} id={id} />;
  },
});

const activity = createRoute({ getParentRoute: () => root, path: '/activity', component: speaking(ActivityPage) });
const day = createRoute({ getParentRoute: () => root, path: '/day', component: speaking(DayPage) });
const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  component: speaking(() => <TasksPage />),
});
const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$id',
  component: function TaskRoute() {
    useLanguage();
    return <TasksPage id={task.useParams().id} />;
  },
});
const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  component: speaking(NotificationsPage),
});
const help = createRoute({
  getParentRoute: () => root,
  path: '/help',
  component: speaking(() => <HelpPage article={null} />),
});
const helpArticle = createRoute({
  getParentRoute: () => root,
  path: '/help/$article',
  component: function HelpArticleRoute() {
    useLanguage();
    const { article } = helpArticle.useParams();
    return isArticle(article) ? <HelpPage article={article} /> : <NoSuchPage />;
  },
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: speaking(() => <SettingsPage section={null} />),
});
const settingsSection = createRoute({
  getParentRoute: () => root,
  path: '/settings/$section',
  component: function SettingsSectionRoute() {
    useLanguage();
    const { section } = settingsSection.useParams();
    return isSection(section) ? <SettingsPage section={section} /> : <NoSuchPage />;
  },
});
const routeTree = root.addChildren([
  home,
  dashboard,
  contacts,
  contact,
  pipelines,
  pipeline,
  segments,
  segment,
  inbox,
  outbox,
  sync,
  merges,
  duplicates,
  duplicatePair,
  imports,
  importDraft,
  activity,
  day,
  tasks,
  task,
  notifications,
  help,
  helpArticle,
  settings,
  settingsSection,
]);

/** Hash history, because Electron opens the app from a file. */
export const createAppRouter = () =>
  createRouter({
    routeTree,
    history: createHashHistory(),
    defaultPreload: false,
    defaultNotFoundComponent: speaking(NoSuchPage),
    defaultErrorComponent: BrokenPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
