package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what is compatible names tests that are there. */
class CompatibilityPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern TEST = Pattern.compile("\\[(\\w+)\\.(\\w+)]\\(([^)]+)\\)");

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(DOCS.resolve("compatibility.md")).stream()
                .filter(line ->
                        line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| the original "));
    }

    @Test
    void everyRowNamesATest() throws IOException {
        List<String> rows = rows().toList();

        assertThat(rows)
                .hasSizeGreaterThan(50)
                .allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<MatchResult> tests =
                rows().flatMap(row -> TEST.matcher(row).results()).toList();

        assertThat(tests).isNotEmpty();
        for (MatchResult test : tests) {
            Path file = DOCS.resolve(test.group(3));
            assertThat(file).hasFileName(test.group(1) + ".java");
            assertThat(Files.readString(file).contains("void " + test.group(2) + "("))
                    .as("%s has %s", file, test.group(2))
                    .isTrue();
        }
    }
}
