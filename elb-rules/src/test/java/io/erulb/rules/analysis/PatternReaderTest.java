package io.erulb.rules.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set of texts that is read out of a pattern is the one that the matcher finds it in. */
class PatternReaderTest {
    private static final long SEED = 20_261_127;
    private static final String LETTERS = "abAkKsS\u212A\u017F/.-_ 1\n\t\u00e4Z^$";
    private static final List<String> UNITS = List.of(
            "a",
            "b",
            "k",
            "S",
            "/",
            "\\.",
            ".",
            "\\d",
            "\\w",
            "\\W",
            "\\s",
            "\\S",
            "[ab]",
            "[^a]",
            "[a-k1]",
            "[^\\w/]",
            "[\\s-]",
            "[]a]",
            "[[:alpha:]]",
            "[[:^digit:]_]",
            "\\x61",
            "\\x{212A}",
            "\\141",
            "\\n",
            "\\Qa.\\E",
            "(?i:k)",
            "(?s:.)",
            "(?i)",
            "^",
            "$",
            "\\A",
            "\\z",
            "1",
            "\\-");
    private static final List<String> TIMES =
            List.of("", "", "", "", "*", "+", "?", "*?", "{2}", "{1,}", "{0,2}", "+?", "{02}", "{1,02}", "{0}");

    @Test
    void agreesWithTheMatcherOnRandomPatterns() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            String pattern = pattern(random, 3);
            boolean ignoreCase = random.nextInt(3) == 0;
            Automaton language = languageOf(pattern, ignoreCase);
            if (language == null) {
                continue;
            }
            read++;
            Pattern compiled = Pattern.compile(pattern, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
            for (int j = 0; j < 40; j++) {
                String text = text(random);
                assertThat(Operations.run(language, text))
                        .as("%s in %s, ignoring case: %s", pattern, text, ignoreCase)
                        .isEqualTo(compiled.matcher(text).find());
            }
        }
        assertThat(read).isGreaterThan(2_000);
    }

    private static Automaton languageOf(String pattern, boolean ignoreCase) {
        try {
            Pattern.compile(pattern);
            return Languages.deterministic(PatternReader.found(pattern, ignoreCase));
        } catch (com.google.re2j.PatternSyntaxException | UnreadablePatternException e) {
            return null;
        }
    }

    private static String pattern(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            boolean group = depth > 0 && random.nextInt(4) == 0;
            String unit = group
                    ? one(random, List.of("(", "(?:", "(?P<n" + random.nextInt(1_000) + ">", "(?i:"))
                            + pattern(random, depth - 1) + ")"
                    : one(random, UNITS);
            pattern.append(unit).append(one(random, TIMES));
            if (random.nextInt(6) == 0) {
                pattern.append('|');
            }
        }
        return pattern.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ba", "\\pL", "(?m)^a", "(^a|b)*", "[\\p{Greek}]"})
    void saysWhatItCannotRead(String pattern) {
        Pattern.compile(pattern);

        assertThatThrownBy(() -> PatternReader.found(pattern, false)).isInstanceOf(UnreadablePatternException.class);
    }

    @Test
    void doesNotFoldLettersBeyondAscii() {
        assertThatThrownBy(() -> PatternReader.found("\u00e4", true)).isInstanceOf(UnreadablePatternException.class);
        assertThat(PatternReader.found("[^/]\u00e4?", false)).isNotNull();
    }
}
