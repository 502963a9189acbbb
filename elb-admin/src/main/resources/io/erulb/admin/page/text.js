const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

/** 1234567 as 1,234,567. */
export function whole(number) {
  return WHOLE.format(number);
}

/** 1234567 as 1.2M. */
export function short(number) {
  return number < 10_000 ? WHOLE.format(number) : SHORT.format(number);
}

/** Requests per second, to what can be told apart at a glance. */
export function rate(perSecond) {
  if (perSecond === 0) {
    return '0/s';
  }
  return perSecond < 10 ? `${Math.max(perSecond, 0.1).toFixed(1)}/s` : `${short(Math.round(perSecond))}/s`;
}

/** A share of one as a percentage; what is not nothing never reads as nothing. */
export function percent(share) {
  const hundredths = share * 100;
  if (hundredths === 0 || hundredths >= 99.95) {
    return `${Math.round(hundredths)}\u00a0%`;
  }
  return hundredths < 10 ? `${Math.max(hundredths, 0.1).toFixed(1)}\u00a0%` : `${Math.min(Math.round(hundredths), 99)}\u00a0%`;
}

/** A time as the reader's clock shows it. */
export function moment(time) {
  return MOMENT.format(new Date(time));
}

/** How long ago a time was, in words. */
export function ago(time) {
  const seconds = Math.max(0, (Date.now() - new Date(time).getTime()) / 1000);
  if (seconds < 10) {
    return 'just now';
  }
  if (seconds < 90) {
    return `${Math.round(seconds)} s ago`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min ago`;
  }
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86_400)} days ago`;
}

/** 1 rule, 2 rules. */
export function count(number, one, several = `${one}s`) {
  return `${whole(number)} ${number === 1 ? one : several}`;
}
