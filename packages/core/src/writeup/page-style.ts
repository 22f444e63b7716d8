/** The style of a report as a page: for a screen and for A4, on white, as its figures are. */
export const PAGE_STYLE = `
@page { size: A4; margin: 17mm 16mm 18mm; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: #1b1d20; font: 16px/1.65 Inter, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 40px 20px 80px; }
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 16px; }
h2 { font-size: 22px; line-height: 1.35; margin: 56px 0 8px; padding-bottom: 6px; border-bottom: 1px solid #d5d8dc; }
h3 { font-size: 18px; line-height: 1.4; margin: 40px 0 8px; }
p, ul { margin: 12px 0; }
ul { padding-left: 22px; }
nav { margin: 20px 0 8px; font-size: 15px; }
nav ul { list-style: none; padding: 0; }
nav .l3 { padding-left: 20px; }
a { color: #0b5aa0; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
.table { overflow-x: auto; margin: 20px 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.45; font-variant-numeric: tabular-nums; border-bottom: 1.5px solid #1b1d20; }
caption { text-align: left; padding-bottom: 8px; font-size: 14px; color: #474d54; }
th { text-align: left; font-weight: 600; border-top: 1.5px solid #1b1d20; border-bottom: 1px solid #8a9097; }
th, td { padding: 5px 10px 5px 0; vertical-align: top; }
td + td, th + th { padding-left: 10px; }
tbody tr + tr td { border-top: 1px solid #e6e8eb; }
.n { text-align: right; white-space: nowrap; }
th.n { white-space: normal; min-width: 4.2em; }
@media (min-width: 600px) { th:first-child, td:first-child { white-space: nowrap; } }
td.n:last-child, th.n:last-child { padding-right: 0; }
figure { margin: 24px 0; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid #e6e8eb; }
figcaption { margin-top: 8px; font-size: 14px; line-height: 1.5; color: #474d54; }
pre { margin: 12px 0; padding: 10px 14px; background: #f4f5f6; overflow-x: auto; font-size: 13.5px; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font-family: ui-monospace, 'SF Mono', Consolas, 'Liberation Mono', monospace; font-size: 0.92em; }
td code { overflow-wrap: break-word; }
@media screen and (max-width: 599px) { .table table { min-width: 560px; } }
pre code { font-size: 1em; }
.own { margin: 24px 0; padding: 4px 16px 14px; border: 1.5px dashed #8a9097; }
.own div { min-height: 84px; padding: 6px 8px; background: #fafbfb; white-space: pre-wrap; }
.own div:focus-visible { outline: 2px solid #0b5aa0; }
.missing { margin: 20px 0; padding: 2px 16px; border-left: 4px solid #b3480d; background: #fdf6f0; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 15pt; margin-top: 22pt; } h3 { font-size: 12.5pt; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .own, pre { break-inside: avoid; }
  .table { overflow: visible; }
  table, caption, figcaption { font-size: 9pt; }
  .own div { background: none; min-height: 70pt; }
  a { color: inherit; }
}
`.trim();
