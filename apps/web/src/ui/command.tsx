'use client';

import { CopyButton } from './copy-button.tsx';

/** A command line with a button to copy it. */
export function Command({ text }: { readonly text: string }) {
  return (
    <div className="flex items-start gap-2 rounded-[6px] bg-sunk p-2 pl-4">
      <code className="min-w-0 flex-1 py-[6px] font-mono text-small break-words whitespace-pre-wrap">{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
