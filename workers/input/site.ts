// The web site whose log is generated: a town library that nobody will mistake for a real one. Hosts
// are from the address blocks set aside for documentation.

/** Pages, the popular ones first, with the usual size of the answer in bytes. */
export const PAGES: readonly (readonly [path: string, bytes: number])[] = [
  ['/', 8_412],
  ['/css/site.css', 14_210],
  ['/search', 6_180],
  ['/img/logo.svg', 2_304],
  ['/js/site.js', 31_877],
  ['/opening-hours', 3_905],
  ['/books', 11_630],
  ['/books/moby-dick', 7_714],
  ['/favicon.ico', 1_150],
  ['/books/the-tale-of-genji', 7_290],
  ['/account', 5_022],
  ['/books/middlemarch', 7_548],
  ['/img/reading-room.jpg', 184_503],
  ['/books/don-quixote', 7_931],
  ['/renew', 2_611],
  ['/events', 9_204],
  ['/books/the-water-margin', 7_066],
  ['/feed.xml', 22_018],
  ['/api/availability', 417],
  ['/books/the-bridge-on-the-drina', 7_402],
  ['/robots.txt', 68],
  ['/events/story-hour', 4_127],
  ['/catalogue.pdf', 1_204_511],
  ['/contact', 3_318],
];

/** What is asked for and is not there. */
export const MISSING_PAGES: readonly string[] = [
  '/books/lost-plays',
  '/wp-login.php',
  '/old/index.html',
  '/apple-touch-icon.png',
];

export const HOME = 'https://library.example';

const REFERRERS = ['-', `${HOME}/`, `${HOME}/search`, 'https://search.example/', `${HOME}/books`];

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example/)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
];

/** A visitor's host, and what stands at the end of each of their lines. */
export interface Visitor {
  readonly host: string;
  readonly ending: string;
}

/** The visitors, the busy ones first. */
export const VISITORS: readonly Visitor[] = ['192.0.2.', '198.51.100.', '203.0.113.'].flatMap(
  (block, blockNumber) =>
    [17, 201, 88, 4, 133, 59, 240, 112, 31, 176, 65, 222, 9, 147, 98, 254].map((last, index) => ({
      host: block + String(last),
      ending:
        ` "${REFERRERS[(index * 3 + blockNumber) % REFERRERS.length] ?? '-'}"` +
        ` "${AGENTS[(index + blockNumber) % AGENTS.length] ?? '-'}"`,
    })),
);
