package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.PatternPool.Source;
import io.erulb.rules.spi.TextPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal patterns are compiled once, and none is kept for nobody. */
class PatternPoolTest {
    private final PatternPool pool = new PatternPool();

    @Test
    void rulesOfTwoDomainsHaveTheSamePattern() throws BadPatternException {
        TextPattern first = Patterns.compile("^/blog/(\\S+)$", false, false);

        assertThat(Patterns.compile("^/blog/(\\S+)$", false, false)).isSameAs(first);
    }

    @Test
    void aPatternThatIgnoresCaseOrMayBacktrackIsAnother() throws BadPatternException {
        TextPattern plain = Patterns.compile("^/blog/(\\S+)$", false, false);
        TextPattern ignoring = Patterns.compile("^/blog/(\\S+)$", true, false);
        TextPattern backtracking = Patterns.compile("^/blog/(\\S+)$", false, true);

        assertThat(List.of(plain, ignoring, backtracking)).doesNotHaveDuplicates();
    }

    @Test
    void patternsThatNoRuleHoldsAreForgotten() throws BadPatternException {
        List<TextPattern> held = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            TextPattern pattern =
                    pool.get(new Source("p" + i, false, false), source -> new LiteralPattern(source.text(), null));
            if (i % 10 == 0) {
                held.add(pattern);
            }
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (pool.size() > held.size() && System.nanoTime() < end) {
            System.gc();
        }

        assertThat(pool.size()).isEqualTo(held.size());
    }
}
