import type { ComponentType } from 'react';
import { AboutSection } from './about-section.tsx';
import { AutomationsSection } from './contacts/automations/automations-section.tsx';
import { DoNotCallSection } from './contacts/do-not-call-section.tsx';
import { FieldsSection } from './contacts/fields/fields-section.tsx';
import { GroupsSection } from './contacts/groups-section.tsx';
import { PipelinesSection } from './contacts/pipelines-section.tsx';
import { StatusesSection } from './contacts/statuses-section.tsx';
import { DataSection } from './data/data-section.tsx';
import { JobsSection } from './data/jobs-section.tsx';
import { PeopleSection } from './people/people-section.tsx';
import { PermissionsSection } from './people/permissions-section.tsx';
import { SecuritySection } from './security/security-section.tsx';
import type { SectionId } from './settings-sections.ts';
import { IntegrationsSection } from './workspace/integrations-section.tsx';
import { NumbersSection } from './workspace/numbers-section.tsx';
import { TokensSection } from './workspace/tokens-section.tsx';
import { WorkspaceSection } from './workspace/workspace-section.tsx';
import { KeyboardSection } from './you/keyboard-section.tsx';
import { NotificationsSection } from './you/notifications-section.tsx';
import { ProfileSection } from './you/profile-section.tsx';

const SECTION: Record<SectionId, ComponentType> = {
  profile: ProfileSection,
  security: SecuritySection,
  notifications: NotificationsSection,
  keyboard: KeyboardSection,
  workspace: WorkspaceSection,
  people: PeopleSection,
  permissions: PermissionsSection,
  numbers: NumbersSection,
  statuses: StatusesSection,
  automations: AutomationsSection,
  pipelines: PipelinesSection,
  groups: GroupsSection,
  fields: FieldsSection,
  doNotCall: DoNotCallSection,
  integrations: IntegrationsSection,
  tokens: TokensSection,
  data: DataSection,
  jobs: JobsSection,
  about: AboutSection,
};

export function SectionBody({ section }: { section: SectionId }) {
  const Section = SECTION[section];
  return <Section />;
}
