// The helpers of the program text, as a user of PySpark and of the Java interfaces writes them.
// They are shown, never run: the simulator's own functions stand in table.ts.

export const pythonText = {
  parseAccessLog: String.raw`LINE = re.compile(
    r'(\S+) \S+ .*?\[(.*?)\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)')
Request = namedtuple("Request", "host time path status bytes")

def parse_access_log(line):
    match = LINE.match(line)
    if match is None:
        return []
    host, time, request, status, size = match.groups()
    path = request.split(" ")[1] if " " in request else request
    return [Request(host, time, path, int(status), 0 if size == "-" else int(size))]`,

  wordAndNumber: String.raw`def word_and_number(line):
    match = re.fullmatch(r"(\S+) (-?\d{1,9})", line)
    return [(match[1], int(match[2]))] if match else []`,
} as const;

export const javaText = {
  request: String.raw`record Request(String host, String path, int status, int bytes) {
  private static final Pattern LINE = Pattern.compile(
      "(\\S+) \\S+ .*?\\[.*?\\] \"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3}) (\\d+|-).*");

  static List<Request> parse(String line) {
    Matcher match = LINE.matcher(line);
    if (!match.matches()) return List.of();
    String[] request = match.group(2).split(" ");
    return List.of(new Request(match.group(1), request.length > 1 ? request[1] : request[0],
        Integer.parseInt(match.group(3)),
        match.group(4).equals("-") ? 0 : Integer.parseInt(match.group(4))));
  }
}`,

  wordAndNumber: String.raw`static List<Pair> wordAndNumber(String line) {
  Matcher match = Pattern.compile("(\\S+) (-?\\d{1,9})").matcher(line);
  return match.matches()
      ? List.of(new Pair(match.group(1), Integer.parseInt(match.group(2))))
      : List.of();
}`,
} as const;
