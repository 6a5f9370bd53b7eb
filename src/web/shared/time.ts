const clock = new Intl.DateTimeFormat('zh-CN', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const moment = new Intl.DateTimeFormat('zh-CN', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** 14:05:09, in the time of this machine. */
export const clockText = (instant: string): string => clock.format(new Date(instant));
/** 11/22 14:05, in the time of this machine. */
export const momentText = (instant: string): string => moment.format(new Date(instant));
