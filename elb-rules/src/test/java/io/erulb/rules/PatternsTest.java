package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.re2j.Pattern;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @CsvSource({
        "blog, x/blog/y, true",
        "blog, x/Blog/y, false",
        "^/blog, /blog/y, true",
        "^/blog, x/blog, false",
        "\\.php$, /a.php, true",
        "\\.php$, /a.phpx, false",
        "\\.php$, php, false",
        "^/a$, /a, true",
        "^/a$, /ab, false",
        "^\\/blog\\/(\\S+)$, /blog/a, true",
        "^\\/blog\\/(\\S+)$, /blog/, false",
        "^/ab?c, /ac, true",
        "^/ab{0}c, /ac, true",
        "^a*, b, true",
        "a|b, b, true",
        "^$, x, false",
        "'^', x, true"
    })
    void findsAnywhereUnlessAnchored(String pattern, String input, boolean found) throws BadPatternException {
        assertThat(Patterns.compile(pattern, false, false).test(input)).isEqualTo(Verdict.of(found));
        assertThat(Patterns.compile(pattern, false, true).test(input)).isEqualTo(Verdict.of(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blog", "^/blog", "\\.php$", "^/a$"})
    void matchesPlainTextWithoutAnEngine(String pattern) throws BadPatternException {
        assertThat(Patterns.compile(pattern, true, false)).isInstanceOf(LiteralPattern.class);
    }

    @Test
    void thePrecheckNeverChangesTheAnswer() throws BadPatternException {
        Random random = new Random(7);
        String alphabet = "aAkKsS/.\u212A\u017F";
        List<String> pieces =
                List.of("a", "K", "s", "/", "\\/", "\\.", "a?", "k*", "S{0,2}", "(a)", "[ak]", ".", "\\w+");

        for (int i = 0; i < 20_000; i++) {
            String pattern = pick(random, List.of("", "^"))
                    + pick(random, pieces)
                    + pick(random, pieces)
                    + pick(random, pieces)
                    + pick(random, List.of("", "$"));
            boolean ignoreCase = random.nextBoolean();
            StringBuilder input = new StringBuilder();
            for (int j = random.nextInt(8); j > 0; j--) {
                input.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
            boolean expected = Pattern.compile(pattern, flags).matcher(input).find();

            assertThat(Patterns.compile(pattern, ignoreCase, false).test(input.toString()))
                    .as("%s on %s, ignoring case %s, seed 7", pattern, input, ignoreCase)
                    .isEqualTo(Verdict.of(expected));
        }
    }

    private static String pick(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void capturesByNumberAndName(boolean backtracking) throws BadPatternException {
        TextPattern pattern = Patterns.compile("^/(?<kind>[a-z]+)/(x)?(.*)$", false, backtracking);

        assertThat(pattern.capturing()).isTrue();
        assertThat(pattern.captures("/blog/a").byName()).isEqualTo(Map.of("1", "blog", "3", "a", "kind", "blog"));
        assertThat(pattern.captures("/blog/a").group(0)).isEqualTo("/blog/a");
        assertThat(pattern.captures("/blog/a").group(2)).isNull();
        assertThat(pattern.captures("/blog/a").group(4)).isNull();
        assertThat(pattern.captures("none").byName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(?=b)", "(a)\\1", "a++", "(?>a)", "\\ha"})
    void saysHowToOptIntoSyntaxThatNeedsBacktracking(String text) throws BadPatternException {
        assertThat(reason(text, false)).contains("bad pattern: ", "\"backtracking\": true");
        assertThat(Patterns.compile(text, false, true).text()).isEqualTo(text);
    }

    @Test
    void saysWhereAPatternIsBad() {
        assertThat(reason("/a/[z-a]", false))
                .isEqualTo("bad pattern: invalid character class range at position 4: z-a");
        assertThat(reason("(((", false))
                .startsWith("bad pattern: missing closing )")
                .doesNotContain("backtracking");
        assertThat(reason("(((", true)).contains("at position");
    }

    @Test
    void matchesInTimeLinearInTheInput() throws BadPatternException {
        TextPattern pattern = Patterns.compile("(.*)foo(.*)bar(.*)baz$", false, false);

        assertThat(pattern.test("foobar".repeat(2_000))).isEqualTo(Verdict.MISS);
    }

    @Test
    void backtrackingGivesUpWhenItsBudgetIsSpent() throws BadPatternException {
        TextPattern pattern = Patterns.compile("(.*)foo(.*)bar(.*)baz$", false, true);

        assertThat(pattern.test("foobarbaz")).isEqualTo(Verdict.MATCH);
        assertThat(pattern.test("foobar".repeat(200))).isEqualTo(Verdict.GAVE_UP);
        assertThat(pattern.captures("foobar".repeat(200)).byName()).isEmpty();
    }

    @Test
    void backtrackingGivesUpRatherThanOverflowTheStack() throws BadPatternException {
        assertThat(Patterns.compile("^(a|b)*c$", false, true).test("a".repeat(49_000)))
                .isEqualTo(Verdict.GAVE_UP);
    }

    private static String reason(String text, boolean backtracking) {
        return catchThrowableOfType(BadPatternException.class, () -> Patterns.compile(text, false, backtracking))
                .reason();
    }
}
