import type { ReactNode } from 'react';
import type { LeafField, RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import { AttributeEditor } from './attribute-editor.tsx';
import { ChoiceEditor, FlagEditor, GroupsEditor, SegmentEditor, TagsEditor } from './choice-editors.tsx';
import { findRuleField, type EditorKind } from './rule-fields.ts';
import { MomentEditor, MoneyEditor, ScoreEditor, TextEditor } from './value-editors.tsx';
import { ConsentEditor } from './consent-editor.tsx';

export type EditorProps = {
  field: LeafField;
  /** The condition as it is; null while it is being made. */
  leaf: RuleLeaf | null;
  /** Each whole condition that is chosen, at once: the list follows. */
  onChange: (leaf: RuleLeaf) => void;
};

const EDITORS: Record<Exclude<EditorKind, 'search'>, (props: EditorProps) => ReactNode> = {
  text: TextEditor,
  number: ScoreEditor,
  score: ScoreEditor,
  money: MoneyEditor,
  moment: MomentEditor,
  choice: ChoiceEditor,
  tags: TagsEditor,
  groups: GroupsEditor,
  flag: FlagEditor,
  consent: ConsentEditor,
  segment: SegmentEditor,
  attribute: AttributeEditor,
};

/** Chooses one condition: what a person may say about its field. */
export function LeafEditor(props: EditorProps) {
  const kind = findRuleField(props.field)?.kind ?? 'text';
  const Editor = EDITORS[kind === 'search' ? 'text' : kind];
  return <Editor {...props} />;
}
