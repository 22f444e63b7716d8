'use client';

import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { Tick } from '#src/ui/tick.tsx';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** A button that opens a menu of settings. The menu stays open while several are changed. */
export function ChoiceMenu({ label, children }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button">
        {label}
        <svg
          width="8"
          height="8"
          viewBox="0 0 8 8"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.25"
          aria-hidden="true"
        >
          <path d="M1 2.5 4 5.5 7 2.5" />
        </svg>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-30">
          <Menu.Popup className="popup">{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** A setting that can be on together with others. */
export function CheckItem(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  const { checked, onChange, disabled = false, children } = props;
  return (
    <Menu.CheckboxItem
      className="popup-item"
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      closeOnClick={false}
    >
      <Tick shown={checked} />
      <span className="min-w-0 truncate">{children}</span>
    </Menu.CheckboxItem>
  );
}

/** A group of settings of which exactly one is on. */
export function RadioItems<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly name: string }[];
  readonly onChange: (value: T) => void;
}) {
  const { label, value, choices, onChange } = props;
  return (
    <Menu.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <GroupName>{label}</GroupName>
      {choices.map((choice) => (
        <Menu.RadioItem key={choice.value} className="popup-item" value={choice.value} closeOnClick={false}>
          <Tick shown={choice.value === value} />
          {choice.name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** The heading of a group of settings. */
export function GroupName({ children }: { readonly children: ReactNode }) {
  return (
    <div className="px-3 pt-2 pb-1 text-muted" aria-hidden="true">
      {children}
    </div>
  );
}
