/**
 * What an agent says while it reads its configuration: the error list of `FlumeConfiguration` (1.11.0)
 * and the log lines beside it. Most mistakes remove one component and let the agent run on, so these
 * lines are all that tells a user why nothing arrives.
 */
export type ErrorType =
  | 'AGENT_NAME_MISSING'
  | 'PROPERTY_NAME_NULL'
  | 'PROPERTY_VALUE_NULL'
  | 'INVALID_PROPERTY'
  | 'CONFIG_ERROR'
  | 'ATTRS_MISSING'
  | 'PROPERTY_PART_OF_ANOTHER_GROUP'
  | 'AGENT_CONFIGURATION_INVALID';

/** `FlumeConfigurationError`. */
export interface ConfigurationError {
  component: string;
  key: string;
  error: ErrorType;
  level: 'ERROR' | 'WARNING';
}

export interface LogLine {
  level: 'INFO' | 'WARN' | 'ERROR';
  text: string;
}

export interface Report {
  errors: ConfigurationError[];
  log: LogLine[];
  /** The exception that ended the load and with it the process, or null. */
  fatal: string | null;
}

export function createReport(): Report {
  return { errors: [], log: [], fatal: null };
}

export function addError(
  report: Report,
  error: ErrorType,
  component: string,
  key = '',
  level: ConfigurationError['level'] = 'ERROR',
): void {
  report.errors.push({ component, key, error, level });
}

export function warn(report: Report, text: string): void {
  report.log.push({ level: 'WARN', text });
}
