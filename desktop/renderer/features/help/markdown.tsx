import { lexer, type MarkedToken, type Token } from 'marked';
import { Fragment, type ReactNode } from 'react';

/**
 * Markdown as elements, one by one for the kinds known here. Nothing is ever written as HTML: what is not known, and any HTML in
 * the text, stands as the letters it is made of.
 */
export function Markdown({ text }: { text: string }) {
  return <div className="article">{drawAll(lexer(text))}</div>;
}

const drawAll = (tokens: readonly Token[] = []): ReactNode =>
  // eslint-disable-next-line react/no-array-index-key -- the parts of one text never move
  tokens.map((token, place) => <Fragment key={place}>{draw(token as MarkedToken)}</Fragment>);

function draw(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return token.depth <= 2 ? <h2>{drawAll(token.tokens)}</h2> : <h3>{drawAll(token.tokens)}</h3>;
    case 'paragraph':
      return <p>{drawAll(token.tokens)}</p>;
    case 'list': {
      const items = token.items.map((item, place) => (
        // eslint-disable-next-line react/no-array-index-key -- the items of one text never move
        <li key={place}>{drawAll(item.tokens)}</li>
      ));
      return token.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'blockquote':
      return <blockquote>{drawAll(token.tokens)}</blockquote>;
    case 'strong':
      return <strong>{drawAll(token.tokens)}</strong>;
    case 'em':
      return <em>{drawAll(token.tokens)}</em>;
    case 'codespan':
    case 'code':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'text':
      return token.tokens ? drawAll(token.tokens) : token.text;
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}
