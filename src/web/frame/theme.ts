import type { ThemeConfig } from 'antd/es/config-provider/context';

/** Ink on paper with one green: a page that is looked at for hours. Text colours hold 4.5:1 on their grounds. */
export const colours = {
  green: '#0b5f56',
  paper: '#f6f5f0',
  ink: '#1c2321',
  quiet: '#5b6461',
  line: '#dedcd3',
  settled: '#17713f',
  suggested: '#1a5fb4',
  examiner: '#955300',
  unknown: '#8a2be2',
  process: '#5b6461',
  bad: '#b42318',
} as const;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.green,
    colorLink: colours.green,
    colorSuccess: colours.settled,
    colorInfo: colours.suggested,
    colorWarning: colours.examiner,
    colorError: colours.bad,
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorTextTertiary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: '#6b7370',
    colorBorderSecondary: colours.line,
    colorBgLayout: colours.paper,
    colorSuccessBg: '#e9f5ee',
    colorSuccessBorder: '#b9dcc7',
    colorInfoBg: '#eaf1fb',
    colorInfoBorder: '#bcd3f0',
    colorWarningBg: '#fdf3e3',
    colorWarningBorder: '#efd6a8',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#f3c2bd',
    borderRadius: 6,
    fontFamily:
      '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  },
};
