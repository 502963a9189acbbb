package io.erulb.rules;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** The border to a rule's code: what to answer when it throws, said once in the log, counted each time. */
final class NodeGuard {
    private static final System.Logger LOG = System.getLogger("io.erulb.rules");

    private final String rule;
    private final String type;
    private final String place;
    private final Decision failure;
    private final AtomicBoolean logged = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();

    NodeGuard(String domain, String rule, String type) {
        this.rule = rule;
        this.type = type;
        this.place = domain + ": rule " + rule + " of type " + type;
        this.failure = new Decision.Reject(500, "rule " + rule + " of type " + type + " failed");
    }

    String rule() {
        return rule;
    }

    String type() {
        return type;
    }

    Decision failure() {
        return failure;
    }

    long failures() {
        return failures.sum();
    }

    void failed(Throwable thrown) {
        failures.increment();
        if (logged.compareAndSet(false, true)) {
            LOG.log(Level.ERROR, place + " failed; requests that reach it get 500; said once", thrown);
        }
    }
}
