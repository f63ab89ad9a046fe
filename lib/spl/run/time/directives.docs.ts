/** Directives of `strftime` and `strptime` for the support page; each row is run as a test. Not bundled. */
export interface DirectiveDocs {
  readonly directive: string;
  readonly summary: string;
  /** What `strftime` makes of `DIRECTIVE_EXAMPLE`. */
  readonly example: string;
  /** Whether `strptime` reads it. */
  readonly parsed: boolean;
}

/** 2018-08-03 19:22:33.123456 UTC. */
export const DIRECTIVE_EXAMPLE = 1_533_324_153.123456;

export const DIRECTIVE_DOCS: readonly DirectiveDocs[] = [
  { directive: '%Y', summary: 'Year', example: '2018', parsed: true },
  { directive: '%y', summary: 'Year without century', example: '18', parsed: true },
  { directive: '%C', summary: 'Century', example: '20', parsed: false },
  { directive: '%G', summary: 'Year of the ISO week', example: '2018', parsed: false },
  { directive: '%g', summary: 'The same without century', example: '18', parsed: false },
  { directive: '%m', summary: 'Month, 01 to 12', example: '08', parsed: true },
  { directive: '%B', summary: 'Month by name', example: 'August', parsed: true },
  { directive: '%b', summary: 'Month by short name', example: 'Aug', parsed: true },
  { directive: '%h', summary: 'The same as `%b`', example: 'Aug', parsed: true },
  { directive: '%d', summary: 'Day of the month, 01 to 31', example: '03', parsed: true },
  { directive: '%e', summary: 'Day of the month, padded with a blank', example: ' 3', parsed: true },
  { directive: '%j', summary: 'Day of the year', example: '215', parsed: true },
  { directive: '%A', summary: 'Day of the week', example: 'Friday', parsed: true },
  { directive: '%a', summary: 'Day of the week, short', example: 'Fri', parsed: true },
  { directive: '%w', summary: 'Day of the week, 0 is Sunday', example: '5', parsed: true },
  { directive: '%u', summary: 'Day of the week, 7 is Sunday', example: '5', parsed: true },
  { directive: '%U', summary: 'Week of the year, from Sunday', example: '30', parsed: true },
  { directive: '%W', summary: 'Week of the year, from Monday', example: '31', parsed: false },
  { directive: '%V', summary: 'ISO week of the year', example: '31', parsed: true },
  { directive: '%H', summary: 'Hour, 00 to 23', example: '19', parsed: true },
  { directive: '%k', summary: 'Hour, padded with a blank', example: '19', parsed: true },
  { directive: '%I', summary: 'Hour, 01 to 12', example: '07', parsed: true },
  { directive: '%l', summary: 'Hour of twelve, padded with a blank', example: ' 7', parsed: true },
  { directive: '%p', summary: 'AM or PM', example: 'PM', parsed: true },
  { directive: '%P', summary: 'am or pm', example: 'pm', parsed: true },
  { directive: '%M', summary: 'Minute', example: '22', parsed: true },
  { directive: '%S', summary: 'Second', example: '33', parsed: true },
  {
    directive: '%N',
    summary: 'Nanoseconds; `%3N` milliseconds, `%6N` microseconds',
    example: '123456000',
    parsed: true,
  },
  { directive: '%3N', summary: 'Milliseconds', example: '123', parsed: true },
  { directive: '%Q', summary: 'Milliseconds; `%6Q` and `%9Q` more digits', example: '123', parsed: true },
  { directive: '%f', summary: 'Microseconds', example: '123456', parsed: true },
  { directive: '%s', summary: 'Epoch seconds', example: '1533324153', parsed: true },
  { directive: '%z', summary: 'Offset from UTC', example: '+0000', parsed: true },
  { directive: '%:z', summary: 'Offset from UTC with a colon', example: '+00:00', parsed: true },
  { directive: '%Ez', summary: 'Offset from UTC in minutes', example: '0', parsed: false },
  { directive: '%Z', summary: 'Name of the zone', example: 'UTC', parsed: true },
  { directive: '%F', summary: '`%Y-%m-%d`', example: '2018-08-03', parsed: true },
  { directive: '%T', summary: '`%H:%M:%S`', example: '19:22:33', parsed: true },
  { directive: '%R', summary: '`%H:%M`', example: '19:22', parsed: true },
  { directive: '%r', summary: '`%I:%M:%S %p`', example: '07:22:33 PM', parsed: true },
  { directive: '%D', summary: '`%m/%d/%y`', example: '08/03/18', parsed: true },
  { directive: '%x', summary: 'Date', example: '08/03/2018', parsed: true },
  { directive: '%X', summary: 'Time', example: '19:22:33', parsed: true },
  { directive: '%c', summary: 'Date and time', example: 'Fri Aug  3 19:22:33 2018', parsed: true },
  {
    directive: '%+',
    summary: 'Date and time with the zone',
    example: 'Fri Aug  3 19:22:33 UTC 2018',
    parsed: true,
  },
  { directive: '%n', summary: 'A newline', example: '\n', parsed: true },
  { directive: '%t', summary: 'A tab', example: '\t', parsed: true },
  { directive: '%%', summary: 'A percent sign', example: '%', parsed: true },
];
