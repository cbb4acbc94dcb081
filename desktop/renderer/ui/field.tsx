import { CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';

export function FieldError({ id, message }: { id?: string; message: string }) {
  return (
    <span id={id} className="field-error" role="alert">
      <CircleAlert size={12} aria-hidden="true" />
      {message}
    </span>
  );
}

type TextFieldProps = Omit<ComponentProps<'input'>, 'size'> & {
  label: string;
  error?: string | undefined;
  size?: 'md' | 'lg';
  /** Sits inside the box, at its end. */
  after?: ReactNode;
};

/** A labelled input with its error beneath, in words. */
export function TextField({ label, error, size = 'md', after, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className="label">
      <label htmlFor={id}>{label}</label>
      <span className={`field ${size}`} data-invalid={error ? '' : undefined}>
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          {...rest}
        />
        {after}
      </span>
      {error && <FieldError id={`${id}-error`} message={error} />}
    </div>
  );
}

type SelectFieldProps = Omit<ComponentProps<'select'>, 'size'> & { label: string; size?: 'md' | 'lg' };

export function SelectField({ label, size = 'md', children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="label">
      <label htmlFor={id}>{label}</label>
      <span className={`field ${size}`}>
        <select id={id} {...rest}>
          {children}
        </select>
      </span>
    </div>
  );
}

type AreaFieldProps = ComponentProps<'textarea'> & { label: string; error?: string | undefined };

/** Several lines of text with their label. */
export function AreaField({ label, error, ...rest }: AreaFieldProps) {
  const id = useId();
  return (
    <div className="label">
      <label htmlFor={id}>{label}</label>
      <span className="field area" data-invalid={error ? '' : undefined}>
        <textarea
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          {...rest}
        />
      </span>
      {error && <FieldError id={`${id}-error`} message={error} />}
    </div>
  );
}
