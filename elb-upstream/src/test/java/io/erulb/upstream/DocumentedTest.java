package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.upstream.testing.AnyProvider;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/upstreams.md shows is what happens. */
final class DocumentedTest {
    private static final Path PAGE = Path.of("..", "docs", "upstreams.md");
    private static final Path EXAMPLE =
            Path.of("src", "test", "java", "io", "erulb", "upstream", "testing", "AnyProvider.java");

    @Test
    void theExampleBalancerIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(EXAMPLE);

        assertThat(Files.readString(PAGE)).contains(source.substring(source.indexOf("public final class")));
    }

    @Test
    void theExampleBalancerWorks() {
        Upstream upstream = Upstream.of(
                "up",
                Servers.of("a", "b", "c"),
                Servers.options(new TestClock()).withBalancer(new AnyProvider()));

        assertThat(Servers.picks(upstream, 100)).contains("a", "b", "c");
    }

    @Test
    void theFaultsShownAreThoseReported() throws IOException {
        ServerSpecException refusal = catchThrowableOfType(
                ServerSpecException.class, () -> ServerSpec.parse("10.0.0.1:0", "weight=ten wait"));

        assertThat(refusal.faults()).hasSize(3);
        for (ServerFault fault : refusal.faults()) {
            assertThat(Files.readString(PAGE)).contains(fault.toString());
        }
    }
}
