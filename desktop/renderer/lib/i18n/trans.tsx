import type { ReactElement } from 'react';
import { TransWithoutContext } from 'react-i18next';
import { i18n } from './i18n.ts';

type TransProps = {
  /** The English sentence, with a tag for every element: `Ask <who>{{name}}</who> for it.` */
  text: string;
  parts: Record<string, ReactElement>;
  values?: Record<string, string | number>;
};

/** A sentence with elements in it. Translators may move the tags; what stands in a value is never read as one. */
export const Trans = ({ text, parts, values = {} }: TransProps) => (
  <TransWithoutContext
    i18n={i18n}
    i18nKey={text}
    components={parts}
    values={values}
    {...(typeof values['count'] === 'number' && { count: values['count'] })}
  />
);
