import { constantsOf, nameOf, nodeAt, nodesAt, parse, textsOf, walk, type Node } from './syntax.ts';

const TOLD_BY = new Set(['message', 'reason', 'notice', 'because']);
const CHECKS = new Set(['min', 'max', 'email', 'e164', 'regex', 'refine', 'tooMany', 'fail']);
const DESCRIPTIONS = new Set(['summary', 'description', 'help']);
const WRITTEN_ELSEWHERE = new Set(['log', 'write', 'must', 'onProblem', 'query', 'info', 'warn', 'error']);

/**
 * Words for people who run a server or start the app: they stand in a terminal or in answers to other programs,
 * before anybody has chosen a language.
 */
const IN_TERMINALS =
  /^(sync-server\/(seed|env|server|shapes\/raw|shapes\/log|shapes\/open|shapes\/electric|shapes\/shape-answer|db\/(embedded|backup)|db\/test|http\/(openapi|metrics|request-log))|desktop\/(main\/index|main\/presence\/words|web-host|preload))/u;

const isSentence = (text: string): boolean =>
  /^[A-Z{“].*[.!?](\s?\{\{\w+\}\})?$/u.test(text) && text.split(' ').length > 2;
const isSql = (text: string): boolean =>
  /\b(SELECT|FROM|WHERE|UPDATE|INSERT|DELETE|PRAGMA|GLOB|excluded)\b/u.test(text);
const hasWords = (text: string): boolean => /[a-z]{2}|“.*”/u.test(text.replaceAll(/\{\{[^}]*\}\}/gu, ''));

/** What the core, the server and the rules they share say to people: errors, notices, reasons, titles of changes. */
export function heardWords(file: string): string[] {
  if (IN_TERMINALS.test(file)) return [];
  const found = new Set<string>();
  const hear = (texts: readonly string[]) => {
    for (const text of texts) if (hasWords(text) && !isSql(text) && text !== LIST_JOINER) found.add(text.trim());
  };
  const titles = /(write|act|setup)-title\.ts$/u.test(file);
  const tree = parse(file);
  const constants = constantsOf(tree);
  const texts = (node: Node | null) => textsOf(node, constants);
  walk(tree, (node) => {
    if (node.type === 'TaggedTemplateExpression') return false;
    if (node.type === 'NewExpression') {
      const [, message] = nodesAt(node, 'arguments');
      if (nameOf(nodeAt(node, 'callee')) === 'AppError') hear(texts(message ?? null));
      return nameOf(nodeAt(node, 'callee')) === 'AppError';
    }
    if (node.type === 'VariableDeclarator' && /(WORDS|LABELS)$/u.test(nameOf(nodeAt(node, 'id'))))
      hear(literalsIn(node));
    if (node.type === 'VariableDeclarator' && isChoiceOfSeveral(node))
      hear(literalsIn(node).filter((text) => /\s/u.test(text)));
    if (node.type === 'KeyValueProperty') {
      const name = nameOf(nodeAt(node, 'key'));
      if (TOLD_BY.has(name)) hear(texts(nodeAt(node, 'value')).filter((text) => /\s/u.test(text)));
      return !DESCRIPTIONS.has(name);
    }
    if (node.type === 'CallExpression') {
      const name = nameOf(nodeAt(node, 'callee'));
      if (CHECKS.has(name))
        hear(
          nodesAt(node, 'arguments')
            .flatMap(texts)
            .filter((text) => /\s/u.test(text)),
        );
      return !WRITTEN_ELSEWHERE.has(name);
    }
    hear(plainTexts(node, texts(node), titles));
    return true;
  });
  return [...found];
}

/** `const [what, remedy] = old ? [..] : [..]`: texts that are put into one sentence together. */
const isChoiceOfSeveral = (declaration: Node): boolean =>
  nodeAt(declaration, 'id')?.type === 'ArrayPattern' &&
  ['ConditionalExpression', 'BinaryExpression'].includes(nodeAt(declaration, 'init')?.type ?? '');

/** Tables of words: their values are said inside sentences. */
function literalsIn(table: Node): string[] {
  const found: string[] = [];
  walk(nodeAt(table, 'init'), (node) => {
    if (node.type === 'StringLiteral') found.push(String(node['value']));
    return true;
  });
  return found;
}

/** Joins the items of a list; read back by the renderer, which joins them in its own language. */
const LIST_JOINER = '{{slice}} and {{words}}';

function plainTexts(node: Node, texts: readonly string[], titles: boolean): string[] {
  if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return [];
  return texts.filter(
    (text) => isSentence(text.trim()) || (titles && (node.type === 'TemplateLiteral' || /^[A-Z]/u.test(text))),
  );
}

/** Words that a part of the renderer says as the core does, for `saidInWords` to find: the messages of its own refusals. */
export function toldWords(file: string): string[] {
  const found: string[] = [];
  const tree = parse(file);
  const constants = constantsOf(tree);
  walk(tree, (node) => {
    if (node.type === 'CallExpression' && nameOf(nodeAt(node, 'callee')) === 't') return false;
    if (node.type === 'KeyValueProperty' && TOLD_BY.has(nameOf(nodeAt(node, 'key'))))
      found.push(...textsOf(nodeAt(node, 'value'), constants).filter((text) => /\s/u.test(text)));
    return true;
  });
  return found;
}
