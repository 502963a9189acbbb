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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "httpie(\\S+)$",
                "^\\/blog\\/(\\S+)$",
                "^/(?P<year>\\d+)/([a-z_-]*?)x?",
                "[^/]+\\.(?:php)$",
                ".+[\\w.-]"
            })
    void matchesPlainSequencesWithoutAnEngine(String pattern) {
        assertThat(SequenceParser.parse(pattern, true)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a|b",
                "(ab)+",
                "a{2}",
                "a*",
                "\\bx",
                "(?i)x",
                "[[:alpha:]]x",
                "a^b",
                "a$b",
                "ä",
                "[ä]",
                "\\pLx",
                "\\x41"
            })
    void leavesTheOtherPatternsToTheEngine(String pattern) {
        assertThat(SequenceParser.parse(pattern, true)).isNull();
    }

    @Test
    void leavesPatternsOfMoreThan63PositionsToTheEngine() {
        assertThat(SequenceParser.parse("[ab]".repeat(63), false)).isNotNull();
        assertThat(SequenceParser.parse("[ab]".repeat(64), false)).isNull();
    }

    @Test
    void theFastWaysNeverChangeTheAnswer() throws BadPatternException {
        Random random = new Random(7);
        List<String> atoms = List.of(
                "a", "K", "s", "/", "\\/", "\\.", ".", "\\w", "\\S", "\\s", "\\D", "[ak]", "[^ks]", "[/-a]", "[\\d.-]",
                "[^\\w]", "ä");
        List<String> quantifiers = List.of("", "", "", "?", "*", "+", "+?", "{0,2}");
        int fast = 0;

        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder(pick(random, List.of("", "^")));
            for (int j = random.nextInt(5); j >= 0; j--) {
                String atom = pick(random, atoms) + pick(random, quantifiers);
                pattern.append(pick(random, List.of("%s", "%s", "(%s)", "(?:%s)", "(%s)?"))
                        .formatted(atom));
            }
            String text = pattern.append(pick(random, List.of("", "$"))).toString();
            boolean ignoreCase = random.nextBoolean();
            String input = input(random);
            fast += SequenceParser.parse(text, ignoreCase) == null ? 0 : 1;

            assertThat(Patterns.compile(text, ignoreCase, false).test(input))
                    .as("%s on %s, ignoring case %s, seed 7", text, input, ignoreCase)
                    .isEqualTo(Verdict.of(Pattern.compile(text, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                            .matcher(input)
                            .find()));
        }
        assertThat(fast).isGreaterThan(4_000);
    }

    private static String input(Random random) {
        String alphabet = random.nextInt(5) == 0 ? "aAkKsS\u212A\u017Fä" : "aAkKsS/. \n1_";
        StringBuilder input = new StringBuilder();
        for (int j = random.nextInt(8); j > 0; j--) {
            input.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return input.toString();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(?:(?:(?:){1000}){1000}){1000}x",
                "(?:(?=a){101}){100}x",
                "(a{100}b){99,100}",
                "[a)(]{999999999}"
            })
    void refusesAFewCharactersThatStandForMillions(String text) {
        assertThat(reason(text, false)).contains("too big", "at most 10000 steps");
        assertThat(reason(text, true)).contains("too big", "at most 10000 steps");
    }

    @Test
    void acceptsRepetitionsSideBySide() throws BadPatternException {
        assertThat(Patterns.compile("^[a-z]{1,1000}-(a{100}){9}\\{9999}", false, false)
                        .test("-"))
                .isEqualTo(Verdict.MISS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesNestingThatOverflowsTheStack(boolean backtracking) {
        String deep = "(".repeat(20_000) + "a" + ")".repeat(20_000);

        assertThat(reason(deep, backtracking))
                .startsWith("bad pattern: ")
                .contains(backtracking ? "" : "nested too deeply");
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
