package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.MissDetector.Look;
import org.junit.jupiter.api.Test;

final class MissDetectorTest {

    private static final long TOLD = 10;
    private static final long COUNT = 3;
    private static final Look SAME = new Look(12, COUNT, 0);
    private static final Look NEWER = new Look(12, COUNT, 11);
    private static final Look FEWER = new Look(12, COUNT - 1, 0);

    private final MissDetector detector = new MissDetector();

    @Test
    void isContentWhenNothingDiffers() {
        assertThat(misses(SAME)).isFalse();
        assertThat(misses(SAME)).isFalse();
    }

    @Test
    void seesAKeyThatIsNewerTwice() {
        assertThat(misses(NEWER)).isFalse();
        assertThat(misses(NEWER)).isTrue();
    }

    @Test
    void seesADeletionTwice() {
        assertThat(misses(FEWER)).isFalse();
        assertThat(misses(FEWER)).isTrue();
    }

    @Test
    void waitsWhenTheWatchToldSomethingInBetween() {
        assertThat(misses(NEWER)).isFalse();
        detector.told();
        assertThat(misses(NEWER)).isFalse();
        assertThat(misses(SAME)).isFalse();
        assertThat(misses(NEWER)).isFalse();
    }

    @Test
    void makesNothingOfALookThatTheWatchHasOvertaken() {
        assertThat(misses(new Look(TOLD - 1, COUNT - 1, 0))).isFalse();
        assertThat(misses(FEWER)).isFalse();
    }

    private boolean misses(Look look) {
        return detector.misses(look, TOLD, COUNT);
    }
}
