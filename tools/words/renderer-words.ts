import { nameOf, nodeAt, nodesAt, parse, textsOf, walk, type Node } from './syntax.ts';

export type Word = { key: string; counted: boolean; file: string };

/** What a file of the renderer asks the catalogs for, and where it asks while the module loads (which is too early). */
export function rendererWords(file: string): { words: Word[]; early: string[] } {
  const words: Word[] = [];
  const early: string[] = [];
  const tree = parse(file);
  walk(tree, (node) => {
    if (node.type === 'CallExpression' && nameOf(nodeAt(node, 'callee')) === 't')
      words.push(...wordsOfCall(node, file));
    else if (node.type === 'JSXAttribute' && nameOf(nodeAt(node, 'name')) === 'text')
      words.push(...marked(textsOf(nodeAt(node, 'value')), file));
    return true;
  });
  for (const statement of nodesAt(tree, 'body'))
    walk(statement, (node) => {
      if (/Function|ClassMethod|MethodProperty|GetterProperty/u.test(node.type)) return false;
      if (node.type === 'CallExpression' && nameOf(nodeAt(node, 'callee')) === 't') early.push(file);
      return true;
    });
  return { words, early };
}

/** A sentence handed on to `Trans` has a tag or a place in it. */
const marked = (texts: readonly string[], file: string): Word[] =>
  texts.filter((text) => /\{\{|<\w/u.test(text)).map((key) => ({ key, counted: key.includes('{{count}}'), file }));

function wordsOfCall(call: Node, file: string): Word[] {
  const [text, values] = nodesAt(call, 'arguments');
  const given = values ? nodesAt(values, 'properties') : [];
  const nameOfProperty = (property: Node) => nameOf(nodeAt(property, 'key')) || nameOf(property);
  const counted = given.some((property) => nameOfProperty(property) === 'count');
  const meaning = given.find((property) => nameOfProperty(property) === 'context');
  const suffix = meaning ? `_${nameOf(nodeAt(meaning, 'value'))}` : '';
  return textsOf(text ?? null).map((key) => ({ key: key + suffix, counted, file }));
}
