package io.erulb.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a text has in it, it stays inside its string and its line. */
class EscapesTest {
    private static final long SEED = 20_260_201;
    private static final Pattern VISIBLE = Pattern.compile("[ -~]*");
    private static final String CHARS =
            "\u0000\u0001\t\n\r\u001b\"\\'/<>{}$ aZ~\u007f\u0080\u0085\u00e4\u00ff\u2028\ud800\udc00\uffff";

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most); left > 0; left--) {
            text.append(
                    random.nextBoolean()
                            ? CHARS.charAt(random.nextInt(CHARS.length()))
                            : (char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    private static String parsed(String json) throws IOException {
        JsonReader in = new JsonReader(new StringReader(json));
        in.setStrictness(Strictness.STRICT);
        return in.nextString();
    }

    @Test
    void aJsonStringGivesBackWhatWentIn() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            String text = text(random, 40);
            StringBuilder out = new StringBuilder();

            assertThat(Escapes.jsonCut(out, text)).isFalse();

            assertThat(out).matches(VISIBLE);
            assertThat(parsed(out.toString())).isEqualTo(text);
        }
    }

    @Test
    void aPlainTextEndsNeitherItsQuotesNorItsLine() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder out = new StringBuilder();

            Escapes.plain(out, text(random, 40));

            assertThat(out).matches(VISIBLE).doesNotContain("\"");
            assertThat(out.toString().replaceAll("\\\\x[0-9a-f]{2}", "")).doesNotContain("\\");
        }
    }

    @Test
    void whatIsTooLongIsCutWithAMark() throws IOException {
        StringBuilder json = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        String whole = "\u0001".repeat(Escapes.LONGEST);

        assertThat(Escapes.jsonCut(json, whole + "x")).isTrue();
        Escapes.plain(plain, whole + "x");

        assertThat(parsed(json.toString())).isEqualTo(whole + "...");
        assertThat(plain.toString()).isEqualTo("\\x01".repeat(Escapes.LONGEST) + "...");
    }
}
