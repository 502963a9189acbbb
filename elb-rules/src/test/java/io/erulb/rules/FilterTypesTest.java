package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTypesTest {
    private record Own(String type) implements FilterProvider {
        @Override
        public Filter create(FilterArgs args) {
            return request -> Verdict.MATCH;
        }
    }

    @Test
    void findsTheBuiltInTypesLikeAnyoneElses() {
        assertThat(FilterTypes.load(FilterTypesTest.class.getClassLoader()).names())
                .containsExactly(
                        "backend",
                        "client",
                        "concurrency",
                        "cookie",
                        "header",
                        "host",
                        "method",
                        "path",
                        "query",
                        "rate",
                        "redirect",
                        "respond",
                        "split",
                        "time",
                        "ua");
    }

    @Test
    void refusesTwoProvidersOfOneTypeAndNamesBoth() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FilterTypes.installed().with(new Own("ua")))
                .withMessage(
                        "rule type ua has two providers: io.erulb.rules.filter.UaProvider and " + Own.class.getName());
        assertThatIllegalStateException()
                .isThrownBy(() -> FilterTypes.installed().with(new Own("backend")));
    }

    @Test
    void addingTypesLeavesTheOthersAlone() {
        FilterTypes more = FilterTypes.none().with(new Own("own"));

        assertThat(more.names()).containsExactly("own");
        assertThat(FilterTypes.none().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.erulb.rules.spi.FilterProvider", "io.erulb.rules.spi.TerminalProvider"})
    void theModuleAndTheClassPathNameTheSameProviders(String service) throws IOException, URISyntaxException {
        Path classes = Path.of(FilterTypes.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> provided =
                ModuleFinder.of(classes).find("io.erulb.rules").orElseThrow().descriptor().provides().stream()
                        .filter(provides -> provides.service().equals(service))
                        .flatMap(provides -> provides.providers().stream())
                        .toList();

        assertThat(provided).isNotEmpty();
        assertThat(Files.readAllLines(classes.resolve("META-INF/services").resolve(service)))
                .containsExactlyInAnyOrderElementsOf(provided);
    }
}
