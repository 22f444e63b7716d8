import type { Theme } from '#src/ui/use-theme.ts';

// What ECharts draws with: canvases know no CSS variables.

export const INK: Readonly<Record<Theme, { text: string; grid: string; ground: string; ink: string; accent: string }>> =
  {
    light: { text: '#5c6269', grid: '#e4e4df', ground: '#ffffff', ink: '#1a1c1f', accent: '#3d46c2' },
    dark: { text: '#a0a7ae', grid: '#2c3034', ground: '#1b1e21', ink: '#e9eaeb', accent: '#a3acff' },
  };

/** In single quotes: ECharts writes it between double ones into an SVG as it is. */
export const FONT = `'Inter Variable', system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif`;

/** Rich text reads braces as styles; a name is only a name. */
export const plainText = (text: string): string => text.replace(/[{}|]/g, ' ');
