import type { Theme } from '#src/ui/use-theme.ts';

// The colours of ECharts' charts: a canvas cannot read CSS variables.

export const INK: Readonly<Record<Theme, { text: string; grid: string; ground: string; ink: string; accent: string }>> =
  {
    light: { text: '#5c6269', grid: '#e4e4df', ground: '#ffffff', ink: '#1a1c1f', accent: '#3d46c2' },
    dark: { text: '#a0a7ae', grid: '#2c3034', ground: '#1b1e21', ink: '#e9eaeb', accent: '#a3acff' },
  };

/** In single quotes, because ECharts writes it unescaped between double quotes in an SVG. */
export const FONT = `'Inter Variable', system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif`;

/** Removes braces, which ECharts' rich text would read as styles. */
export const plainText = (text: string): string => text.replace(/[{}|]/g, ' ');
