package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.storm.topology.FailedException;
import org.apache.storm.trident.topology.TransactionAttempt;

/**
 * What a topology is to go through, attempt by attempt, and what it did. The topology's parts are serialized on their
 * way to the workers, which are threads here, and find their course by its name.
 */
final class Course {
    private static final Map<String, Course> COURSES = new ConcurrentHashMap<>();
    private static final long PATIENCE_SECONDS = 60;

    private final List<String> records;
    private final List<JsonNode> script;
    private final StateBench.Memory<Object> memory = new StateBench.Memory<>();
    private final List<Object> answers = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private int attempts;
    private TransactionAttempt attempt;
    private List<Object> emitted = new ArrayList<>();

    Course(String name, List<String> records, List<JsonNode> script) {
        this.records = records;
        this.script = script;
        COURSES.put(name, this);
    }

    static Course of(String name) {
        return COURSES.get(name);
    }

    List<String> records() {
        return records;
    }

    StateBench.Memory<Object> memory() {
        return memory;
    }

    /** A batch, or a batch again, may be given out. */
    synchronized boolean isReady() {
        return attempts < script.size();
    }

    /** An attempt begins, so the one before is over. @return how many records it finds */
    synchronized int begin(TransactionAttempt begun) {
        endAttempt();
        attempt = begun;
        emitted = new ArrayList<>();
        attempts++;
        return step().get("finds").asInt();
    }

    synchronized void emit(String record) {
        emitted.add(record);
    }

    /** The attempt has not emitted yet all that it finds. */
    synchronized boolean findsMore() {
        return emitted.size() < step().get("finds").asInt();
    }

    /** A place where an attempt may be made to fail. */
    synchronized void pass(String place) {
        String ends = step().get("ends").asText();
        if (ends.equals(place)) {
            throw new FailedException(ends);
        }
    }

    /** The state is committed. */
    synchronized void committed() {
        if (attempts == script.size()) {
            endAttempt();
            end.countDown();
        }
    }

    List<Object> await() throws Exception {
        if (!end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The topology did not come to its end: " + answers);
        }
        return answers;
    }

    private JsonNode step() {
        return script.get(attempts - 1);
    }

    private void endAttempt() {
        if (attempt != null) {
            answers.add(Answer.of("txid", attempt.getTransactionId(), "attempt", attempt.getAttemptId(), "emitted", emitted,
                "stored", StateBench.stored(memory)));
        }
    }
}
