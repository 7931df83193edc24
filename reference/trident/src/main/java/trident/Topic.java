package trident;

/** What the recordings are about, in the words of the conformance table. */
final class Topic {
    static final String SPOUTS_AND_STATES = "Trident's three spouts by three states";
    static final String RESTART = "restart and what repeats";
    static final String TIMEOUT = "acker and timeout";
    static final String WINDOWS = "tumbling and sliding count and time windows";
    static final String PARTIAL_WINDOWS = "first partial windows";
    static final String GROUPINGS = "groupings";
    static final String MISTAKES = "configuration mistakes";
    static final String DERIVED = "derived, racy or recalled";

    private Topic() {
    }
}
