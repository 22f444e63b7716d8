import { CopyButton } from '#src/ui/copy-button.tsx';
import { Scroller } from '#src/ui/scroller.tsx';
import { plainCode, programLines } from '../model/programs.ts';

/** A program in short, with the lines to add marked, and a button to copy it. */
export function ProgramCode({ code, label }: { readonly code: string; readonly label: string }) {
  const lines = programLines(code);
  return (
    <div className="relative rounded-[6px] bg-sunk">
      <div className="flex justify-end p-2 pb-0 sm:absolute sm:top-2 sm:right-2 sm:z-1 sm:p-0">
        <CopyButton text={plainCode(code)} />
      </div>
      <Scroller label={label}>
        <pre className="w-max min-w-full pt-2 pb-4 pe-4 sm:pt-4 sm:pe-24 font-mono text-small">
          {lines.map(({ text, added }, i) => {
            const Line = added ? 'ins' : 'span';
            return (
              <Line
                key={`${i} ${text}`}
                className={`block border-s-2 ps-[14px] no-underline ${added ? 'border-accent text-ink' : 'border-transparent text-muted'}`}
              >
                {text === '' ? ' ' : text}
              </Line>
            );
          })}
        </pre>
      </Scroller>
    </div>
  );
}
