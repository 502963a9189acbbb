package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoredConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/moving-in.md shows is what happens. */
class MovingInPageTest {

    private static String block(String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "moving-in.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    @Test
    void theConfigurationOfNginxIsReadAsItSays(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("nginx.conf"), block("nginx"));
        Findings found = Source.of(file.toString()).read(new KeyLayout("ELB"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        new Report(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .print(Planning.of(found, StoredConfig.EMPTY, FilterTypes.installed()));

        assertThat(printed.toString(StandardCharsets.UTF_8).replace(folder + "/", ""))
                .isEqualTo(block("text").replaceFirst("Nothing was written.*\n$", ""));
    }

    @Test
    void theDocumentIsGood() throws Exception {
        assertThat(RuleGraph.compile("t.local", RuleSet.parse(block("json")), FilterTypes.installed())
                        .upstreams())
                .containsExactly("blog");
    }
}
