"""What is in a window, and how its result is kept up to date."""

from cases import case

FIRST = "first partial windows"
INVERSE = "inverse reduce, also with slide larger than window"
ALIGNMENT = "window alignment"
KINDS = "tumbling and sliding count and time windows"


def ones(*words):
    return [[word, 1] for word in words]


BIG_TEST = [ones(*text.split()) for text in ("a", "a b", "a b c", "a b", "a", "", "a", "a b", "a b c", "a b", "a", "")]
POWERS = [[["a", 10**i]] for i in range(8)]


def intervals(batch, window, slide):
    return {"batchIntervalMs": batch, "windowMs": window, "slideMs": slide}


def reduced(batch, window, slide, inverse=False, api="python", keeps=None):
    return {**intervals(batch, window, slide), "api": api, "inverse": inverse, "keepsMoreThan": keeps}


def scala(batch, window, slide, keeps=None):
    return reduced(batch, window, slide, True, "scala", keeps)


REDUCE = "reduce-by-key-and-window"

CASES = [
    case("window-6-slide-4-on-batch-2", KINDS, REDUCE, "The slide need not divide the window.", reduced(2000, 6000, 4000), POWERS),
    case("first-windows-are-partial", FIRST, REDUCE, "The first output comes after one slide.", reduced(1000, 4000, 2000), POWERS),
    case("slide-longer-than-window", INVERSE, REDUCE, "Batches in the gap are in no window.", reduced(1000, 2000, 3000), POWERS),
    case(
        "slide-longer-than-window-with-inverse",
        INVERSE,
        REDUCE,
        "In Python a window shorter than its slide is reduced whole, in spite of its inverse: nothing is subtracted.",
        reduced(1000, 2000, 3000, True),
        POWERS,
    ),
    case("big-test", KINDS, REDUCE, "Each key's count over two batches, while batches grow and shrink.", reduced(1000, 2000, 1000), BIG_TEST),
    case("big-test-with-inverse", INVERSE, REDUCE, "With an inverse, too, each key's count over two batches is right while batches grow and shrink.", reduced(1000, 2000, 1000, True), BIG_TEST),
    case(
        "long-window-with-inverse",
        INVERSE,
        REDUCE,
        "From five slides a window on, Python subtracts; a key that is no longer in it stays, with 0.",
        reduced(1000, 5000, 1000, True),
        BIG_TEST,
    ),
    case(
        "window-6-slide-1-with-inverse", INVERSE, REDUCE, "A window of six slides adds the batch that came and takes away the one that left.", reduced(1000, 6000, 1000, True), POWERS
    ),
    case("tumbling", KINDS, REDUCE, "Where slide and window are equal, every batch is in one window.", reduced(1000, 3000, 3000), BIG_TEST),
    case(
        "scala-big-test-with-inverse",
        INVERSE,
        REDUCE,
        "Scala subtracts in short windows too: a key that has left the window stays for ever, with 0.",
        scala(1000, 2000, 1000),
        BIG_TEST,
    ),
    case(
        "scala-big-test-with-inverse-and-filter",
        INVERSE,
        REDUCE,
        "With an inverse, a filter that drops zeros lets those keys go that have left the window.",
        scala(1000, 2000, 1000, 0),
        BIG_TEST,
    ),
    case(
        "scala-slide-longer-than-window-with-inverse",
        INVERSE,
        REDUCE,
        "In Scala the batches in the gap are counted and never taken away: the sums are wrong, and nothing warns.",
        scala(1000, 2000, 3000),
        POWERS,
    ),
    case(
        "scala-filter-drops-a-key-too-early",
        INVERSE,
        REDUCE,
        "A filter that drops a key still in the window makes the job fail when its batch leaves, and every later one.",
        scala(1000, 2000, 1000, 1),
        [ones("a"), ones("b"), [], [], ones("a", "a"), []],
    ),
    case(
        "python-filter-drops-a-key-too-early",
        INVERSE,
        REDUCE,
        "In Python a filter that drops a key still in the window makes no job fail, and what it dropped is missing from then on.",
        reduced(1000, 5000, 1000, True, "python", 1),
        [ones("a", "a"), ones("b"), ones("b"), ones("a"), [], [], []],
    ),
    case(
        "group-by-key-and-window",
        KINDS,
        "group-by-key-and-window",
        "All values of the window, those of the oldest batch first.",
        intervals(1000, 3000, 2000),
        POWERS,
    ),
    case(
        "window-4-slide-2",
        FIRST,
        "window",
        "window() at first holds what there is; afterwards it drains batch by batch.",
        {"batchIntervalMs": 1000, "startMs": 0, "windows": [{"windowMs": 4000, "slideMs": 2000}]},
        [[0], [1], [2], [3], [4], [5], [], [], [], []],
    ),
    case(
        "windows-count-from-the-start",
        ALIGNMENT,
        "window",
        "Batches lie on multiples of the batch interval since 1970; windows count from the start, here 12 s, and not from 1970.",
        {"batchIntervalMs": 1000, "startMs": 12_345, "windows": [{"windowMs": 10_000, "slideMs": 5000}]},
        [[i] for i in range(12)],
    ),
    case(
        "start-on-a-multiple-of-the-batch",
        ALIGNMENT,
        "window",
        "A program that starts exactly on a multiple of the batch interval waits for the next one.",
        {"batchIntervalMs": 2000, "startMs": 4000, "windows": [{"windowMs": 4000, "slideMs": 4000}]},
        [[i] for i in range(4)],
    ),
    case(
        "window-of-windows",
        FIRST,
        "window",
        "A window on a window gathers the inner windows, so elements repeat.",
        {
            "batchIntervalMs": 1000,
            "startMs": 0,
            "windows": [{"windowMs": 2000, "slideMs": 1000}, {"windowMs": 4000, "slideMs": 2000}],
        },
        [[i] for i in range(1, 9)],
    ),
    case(
        "scala-count-by-window",
        FIRST,
        "count-by-window",
        "Nothing is said before the first element ever comes; after that an empty window says 0.",
        {**intervals(1000, 2000, 1000), "api": "scala"},
        [0, 0, 1, 2, 0, 0, 0, 3],
    ),
    case(
        "python-count-by-window",
        FIRST,
        "count-by-window",
        "In Python a short window is reduced whole, so that an empty one says nothing at all.",
        {**intervals(1000, 2000, 1000), "api": "python"},
        [0, 0, 1, 2, 0, 0, 0, 3],
    ),
    case(
        "scala-count-by-value-and-window",
        KINDS,
        "count-by-value-and-window",
        "Values that have left the window are dropped.",
        {**intervals(1000, 3000, 1000), "api": "scala"},
        [["x"], ["x", "y"], ["y", "y"], [], ["x"], [], [], []],
    ),
    case(
        "python-count-by-value-and-window",
        KINDS,
        "count-by-value-and-window",
        "In PySpark countByValueAndWindow subtracts once the window is five slides long.",
        {**intervals(1000, 5000, 1000), "api": "python"},
        [["x"], ["x", "y"], ["y", "y"], [], ["x"], [], [], [], [], []],
    ),
]
