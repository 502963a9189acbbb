package io.erulb.server;

import java.time.Duration;
import java.util.Random;

/** What befalls etcd or the way to it: how it begins, how long it lasts and how it ends. */
@SuppressWarnings("ImmutableEnumChecker") // What is done is a lambda that captures nothing.
enum Fault {
    KILL(
            "etcd killed",
            6000,
            scene -> scene.etcd().kill(),
            scene -> scene.etcd().launch()),
    RESTART(
            "etcd restarted",
            4000,
            scene -> scene.etcd().terminate(),
            scene -> scene.etcd().launch()),
    STOP(
            "etcd held",
            16_000,
            scene -> scene.etcd().suspend(),
            scene -> scene.etcd().resume()),
    CUT(
            "cut",
            6000,
            scene -> scene.forwarder().cut(),
            scene -> scene.forwarder().heal()),
    SILENCE("silence", 0, scene -> scene.forwarder().loseConnections(), scene -> {}),
    BLACK_HOLE(
            "black hole",
            16_000,
            scene -> scene.forwarder().swallow(),
            scene -> scene.forwarder().heal()),
    COMPACT("compaction", 600, scene -> {}, scene -> scene.etcd().compact()),
    DELETE(
            "prefix deleted",
            600,
            scene -> scene.loaded().deleteEverything(scene.etcd()),
            scene -> scene.loaded().rewriteAll()),
    BATCH("big batch", 0, scene -> scene.other().writeBatch(), scene -> {});

    private static final int LEAST_MILLIS = 200;

    private final String words;
    private final int mostMillis;
    private final Act strike;
    private final Act end;

    Fault(String words, int mostMillis, Act strike, Act end) {
        this.words = words;
        this.mostMillis = mostMillis;
        this.strike = strike;
        this.end = end;
    }

    /** Whether nothing tells that connections are gone, so that it takes a timeout to notice. */
    boolean isSilent() {
        return this == SILENCE || this == BLACK_HOLE;
    }

    /** For how long it lasts: mostly short, now and then long enough for every timeout. */
    Duration draw(Random random) {
        double part = Math.pow(random.nextDouble(), 3);
        return Duration.ofMillis(Math.min(mostMillis, LEAST_MILLIS + (long) (mostMillis * part)));
    }

    void strike(FaultScene scene) throws Exception {
        strike.on(scene);
    }

    void end(FaultScene scene) throws Exception {
        end.on(scene);
    }

    @Override
    public String toString() {
        return words;
    }

    private interface Act {
        void on(FaultScene scene) throws Exception;
    }
}
