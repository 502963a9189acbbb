package io.erulb.upstream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Tells of servers that go out and come back, each once. */
final class HealthLog {
    private static final Logger LOG = System.getLogger("io.erulb.upstream");

    private HealthLog() {}

    static void ejected(String upstream, Peer peer, String reason, long nanos) {
        say(Level.WARNING, upstream, peer, "is ejected for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s: " + reason);
    }

    static void checkedDown(String upstream, Peer peer, String reason) {
        say(Level.WARNING, upstream, peer, "is out by its checks: " + reason);
    }

    static void checkedUp(String upstream, Peer peer) {
        say(Level.INFO, upstream, peer, "is in by its checks");
    }

    static void failedOut(String upstream, Peer peer, Failure last, FailureRule rule) {
        String after = rule.maxFails() == 1 ? "a failure: " : rule.maxFails() + " failures, the last one: ";
        String time = TimeUnit.NANOSECONDS.toSeconds(rule.timeoutNanos()) + " s";
        say(
                Level.WARNING,
                upstream,
                peer,
                "is out for " + time + ", and until it answers again, after " + after + last);
    }

    static void back(String upstream, Peer peer) {
        say(Level.INFO, upstream, peer, "answers again and is back in");
    }

    private static void say(Level level, String upstream, Peer peer, String what) {
        LOG.log(level, () -> "upstream " + upstream + ": server " + peer + ' ' + what);
    }
}
