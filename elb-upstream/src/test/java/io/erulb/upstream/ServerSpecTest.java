package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerSpecTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 80, true",
        "127.0.0.1:8080, 127.0.0.1, 8080, true",
        "0.0.0.0:1, 0.0.0.0, 1, true",
        "backend, backend, 80, false",
        "backend_1.local.:65535, backend_1.local., 65535, false",
        "xn--bcher-kva.example:81, xn--bcher-kva.example, 81, false",
        "10-0-0-1.local, 10-0-0-1.local, 80, false",
        "[::1], ::1, 80, true",
        "[2001:db8::A]:8080, 2001:db8::A, 8080, true",
        "[::ffff:10.0.0.1]:81, ::ffff:10.0.0.1, 81, true"
    })
    void takesAnAddressApart(String address, String host, int port, boolean literal) {
        ServerSpec spec = ServerSpec.parse(address, "");

        assertThat(spec.address()).isEqualTo(address);
        assertThat(spec.host()).isEqualTo(host);
        assertThat(spec.port()).isEqualTo(port);
        assertThat(spec.literal()).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "a:0",
                "a:65536",
                "a:+80",
                "a:80:80",
                "a:8x",
                "a b",
                " a",
                "a\n",
                "-a",
                "a-",
                "a..b",
                ".a",
                "http://a",
                "a/b",
                "::1",
                "[::1",
                "[]",
                "[a]",
                "[::1]x",
                "[::1]:",
                "[::1]80",
                "[10.0.0.1]",
                "[fe80::1%eth0]",
                "[1:2:3]",
                "1.2.3",
                "127.1",
                "2130706433",
                "010.0.0.1",
                "1.2.3.256",
                "1.2.3.4.5",
                "a.1",
                "1.2.3.4.",
                "0x7f.0.0.1",
                "b\u00fccher.example"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> ServerSpec.parse(address, ""))
                .isInstanceOf(ServerSpecException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void refusesANameOfMoreThan253Characters() {
        String fits = "a.".repeat(126) + "a";

        assertThat(ServerSpec.parse(fits, "").host()).hasSize(253);
        assertThatThrownBy(() -> ServerSpec.parse("a" + fits, "")).isInstanceOf(ServerSpecException.class);
        assertThatThrownBy(() -> ServerSpec.parse("a".repeat(64), "")).isInstanceOf(ServerSpecException.class);
    }

    @Test
    void refusesALongHostileNameAtOnce() {
        for (String part : List.of("a", "1", "1.", "a-", "[:")) {
            String hostile = part.repeat(100_000) + "!]";

            assertThatThrownBy(() -> ServerSpec.parse(hostile, "")).isInstanceOf(ServerSpecException.class);
        }
    }

    @Test
    void readsEveryParameter() {
        ServerSpec spec =
                ServerSpec.parse("a", "  weight=5 max_fails=2\tfail_timeout=1m30s max_conns=7 down backup=true drain ");

        assertThat(spec).isEqualTo(new ServerSpec("a", "a", 80, 5, 2, Duration.ofSeconds(90), 7, true, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10000",
        "10s, 10000",
        "0, 0",
        "500ms, 500",
        "1500ms, 1500",
        "1m, 60000",
        "1m30, 90000",
        "1h, 3600000",
        "1d, 86400000",
        "1d2h3m4s5ms, 93784005",
        "365d, 31536000000"
    })
    void readsTimesWithAndWithoutUnits(String text, long millis) {
        assertThat(ServerSpec.parse("a", "fail_timeout=" + text).failTimeout()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "1x", "1.5s", "1s1m", "1s1s", "10 s", "10S", "366d", "99999999999", "1w"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> ServerSpec.parse("a", "fail_timeout=" + text)).isInstanceOf(ServerSpecException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weight",
                "weight=",
                "weight=0",
                "weight=-1",
                "weight=65536",
                "weight=1.5",
                "weight=99999999999",
                "weight==1",
                "max_fails=-1",
                "max_fails=x",
                "max_conns=2147483648",
                "down=false",
                "down=",
                "down=1",
                "backup=yes",
                "Weight=1",
                "resolve",
                "slow_start=30s",
                "weight=1;",
                "=",
                "weight =1"
            })
    void refusesWhatIsNoParameter(String parameters) {
        assertThatThrownBy(() -> ServerSpec.parse("a", parameters)).isInstanceOf(ServerSpecException.class);
    }

    @Test
    void refusesAParameterGivenTwice() {
        assertThatThrownBy(() -> ServerSpec.parse("a", "weight=2 weight=2 down down=true"))
                .isInstanceOf(ServerSpecException.class)
                .hasMessage("a: weight: weight=2 (expected: each parameter once); "
                        + "a: down: down=true (expected: each parameter once)");
    }

    @Test
    void reportsAllFaultsAtOnceEachWithWhatIsAccepted() {
        ServerSpecException refusal = catchThrowableOfType(
                ServerSpecException.class,
                () -> ServerSpec.parse("1.2.3:0", "weight=0 max_fails fail_timeout=soon max_conns=-1 backup=no wait"));

        assertThat(refusal.faults())
                .extracting(ServerFault::toString)
                .containsExactly(
                        "1.2.3:0: host: 1.2.3 (expected: four numbers from 0 to 255, without leading zeros)",
                        "1.2.3:0: port: 0 (expected: an integer from 1 to 65535)",
                        "1.2.3:0: wait: wait (expected: one of weight, max_fails, fail_timeout, max_conns, down, backup, drain)",
                        "1.2.3:0: weight: 0 (expected: an integer from 1 to 65535)",
                        "1.2.3:0: max_fails: nothing (expected: an integer from 0 to 2147483647)",
                        "1.2.3:0: fail_timeout: soon (expected: a time up to a year, such as 10, 10s, 500ms, 1m30s)",
                        "1.2.3:0: max_conns: -1 (expected: an integer from 0 to 2147483647)",
                        "1.2.3:0: backup: no (expected: backup without a value, or backup=true)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "weight=1 max_fails=1 fail_timeout=10000ms max_conns=0, ''",
        "backup=true down=true fail_timeout=1m30 weight=05, weight=5 fail_timeout=90s down backup",
        "fail_timeout=1500ms max_conns=3 max_fails=0, max_fails=0 fail_timeout=1500ms max_conns=3"
    })
    void printsParametersInOneForm(String written, String printed) {
        assertThat(ServerSpec.parse("a", written).parameters()).isEqualTo(printed);
    }

    @Test
    void readsBackWhatItPrints() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            ServerSpec spec = new ServerSpec(
                    "a:81",
                    "a",
                    81,
                    random.nextInt(1, 65_536),
                    random.nextInt(3),
                    Duration.ofMillis(random.nextLong(100_000)),
                    random.nextInt(3),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());

            assertThat(ServerSpec.parse(spec.address(), spec.parameters())).isEqualTo(spec);
        }
    }

    @Test
    void refusesValuesOutOfRangeFromCodeToo() {
        assertThatThrownBy(() -> new ServerSpec("a", "a", 80, 0, 1, Duration.ZERO, 0, false, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight: 0 (expected: 1 to 65535)");
    }
}
